"""The other views of the error page in a browser: chosen by a click, kept in the link, readable on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import field, fits, settled

VIEWS = {"ko": {"methods": "방법 비교", "bugs": "흔한 버그"}, "en": {"methods": "Methods", "bugs": "Bugs"}}


def choose(page: Page, lang: str, view: str) -> None:
    page.get_by_role("radio", name=VIEWS[lang][view], exact=True).click()
    expect(page).to_have_url(re.compile(f"view={view}"))
    settled(page)


@pytest.mark.parametrize(("lang", "width", "height"), [("ko", 390, 844), ("en", 1280, 720)])
def test_a_view_is_chosen_by_a_click_and_kept_in_the_link(visit, lang, width, height):
    page = visit("/error?f=x%5E2&x=3.0&dx=10%5E-4", lang, width, height)
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    choose(page, lang, "methods")
    lecture = page.locator(".nd-panel tr").nth(1)
    expect(lecture).to_contain_text("6.000000000012662")
    expect(lecture.locator(".nd-right")).to_have_text("6.0000000000")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    receiver = visit(page.url, lang, width, height)
    expect(receiver.locator(".nd-panel tr").nth(1)).to_contain_text("6.000000000012662")
    field(receiver, lang, "x").fill("4")
    expect(receiver.locator(".nd-panel").first).to_contain_text("f′(4) = 8")
    choose(receiver, lang, "bugs")
    expect(receiver.locator(".nd-output").first).to_contain_text("0.0")
    expect(receiver.locator(".nd-output")).to_have_count(16)
    fits(receiver)
