"""The practice page in a browser: an answer is typed, checked by keyboard, diagnosed, and helped with."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import fits, settled

WORDS = {
    "ko": {
        "answer": "답",
        "inner": "속함수의 도함수를 곱하지",
        "right": "맞았습니다",
        "count": "13문제 가운데 1문제",
    },
    "en": {
        "answer": "Your answer",
        "inner": "inner function is missing",
        "right": "Right",
        "count": "1 of 13",
    },
}


@pytest.mark.parametrize(("lang", "width", "height"), [("ko", 1280, 720), ("en", 390, 844)])
def test_an_exercise_is_answered_by_keyboard(visit, lang, width, height):
    words = WORDS[lang]
    page = visit(f"/practice?lang={lang}&number=6", lang, width=width, height=height)
    answer = page.get_by_label(words["answer"], exact=True)
    answer.fill("e^(3x^2)")
    expect(page.locator(".st-key-practice_echo .katex")).to_be_visible()
    expect(page.locator(".st-key-practice_check button")).to_be_enabled()
    settled(page)
    answer.press("Control+Enter")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text(words["inner"])
    page.locator(".st-key-practice_help button").click()
    expect(page.locator(".st-key-practice_help_place p")).not_to_have_count(1)
    answer.fill("6x e^{3x^2}")
    expect(alert).to_have_count(0)
    settled(page)
    answer.press("Control+Enter")
    expect(alert).to_contain_text(words["right"])
    expect(page.locator(".st-key-practice_keep")).to_contain_text(words["count"])
    expect(page).to_have_url(re.compile("number=6"))
    fits(page)
