"""The glossary: a term is found while it is typed, its picture is seen, and the ways on and back keep everything."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.browsing import TITLES, eventually, field, fits, title

CARD = ".st-key-glossary_card_tangent"


def test_a_term_typed_letter_by_letter_leads_to_the_explorer_and_back(visit):
    page = visit("/glossary", "ko", width=390, height=844)
    asked = page.get_by_label("찾을 용어", exact=True)
    expect(asked).to_be_visible()
    asked.press_sequentially("tange")
    expect(page.locator(f"{CARD} .nd-term")).to_contain_text("접선")
    expect(page).to_have_url(re.compile("term=tange(&|$)"))
    fits(page)
    picture = page.locator(f"{CARD} img.nd-sketch")
    expect(picture).to_have_attribute("alt", re.compile("접선"))
    eventually(page, lambda: picture.evaluate("(image) => image.complete && image.naturalWidth"))
    page.locator(CARD).get_by_test_id("stPageLink-NavLink").first.click()
    expect(title(page)).to_have_text(TITLES["secant"]["ko"])
    expect(field(page, "ko", "f")).to_have_value("x^2")
    expect(field(page, "ko", "dx")).to_have_value("0.01")
    page.go_back()
    expect(asked).to_have_value("tange")
    expect(page.locator(f"{CARD} .nd-term")).to_be_visible()
