"""What is taken home, as the browser gets it: a script with the page's numbers, pictures as files, a page on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import settled

OPEN = {"ko": "가져가기", "en": "Take home"}


@pytest.mark.parametrize(("lang", "page_name", "picture"), [("en", "secant", "svg"), ("ko", "error", "png")])
def test_a_script_and_the_picture_are_downloaded(visit, lang, page_name, picture):
    page = visit(f"/{page_name}?f=x%5E2&x=3.0&dx=10%5E-4&lang={lang}", lang)
    settled(page)
    page.get_by_role("button", name=OPEN[lang]).click()
    button = page.get_by_test_id("stDownloadButton").get_by_role("button", name="Python")
    expect(button).to_be_visible()
    with page.expect_download() as script:
        button.click()
    text = Path(script.value.path()).read_text(encoding="utf-8")
    assert script.value.suggested_filename == f"numdiff-{page_name}.py"
    assert "return x**2" in text
    assert "numdiff" not in text.replace(f"numdiff-{page_name}.html", "")
    with page.expect_download() as saved:
        page.locator(".st-key-takehome_pictures").get_by_text(picture.upper(), exact=True).click()
    content = Path(saved.value.path()).read_bytes()
    assert saved.value.suggested_filename.endswith(f".{picture}")
    assert content.startswith(b"\x89PNG" if picture == "png" else b"<svg")
    assert len(content) > 5000


def test_paper_has_the_work_and_nothing_for_the_hand(visit):
    page = visit("/secant?f=x%5E2&x=3.0&dx=10%5E-4&lang=en", "en")
    settled(page)
    try:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        for gone in ("stAppHeader", "stTextInput", "stPopover", "stButtonGroup"):
            expect(page.locator(f".{gone}").first).to_be_hidden()
        expect(page.locator(".st-key-canvas_place .tools")).to_be_hidden()
        expect(page.locator(".st-key-echo .katex-display")).to_be_visible()
        plots = page.locator(".st-key-canvas_place svg.plot")
        expect(plots.first).to_be_visible()
        assert all(plot.get_attribute("viewBox") for plot in plots.all())
        # the whole page stands on paper, not what the window shows of it
        assert page.evaluate("document.documentElement.scrollHeight") > 900
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert not any(plot.get_attribute("viewBox") for plot in plots.all())
    finally:
        page.emulate_media(media="screen")
