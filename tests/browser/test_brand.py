"""The name of the app and its icon come from this machine."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import expect

from pages.parts import shell
from tests.browser.browsing import eventually


def test_the_name_stands_beside_the_navigation(visit):
    for width, height in ((1280, 720), (390, 844)):
        page = visit("/secant", "ko", width, height)
        brand = page.locator('[data-testid="stHeaderLogo"]')
        expect(brand).to_be_visible()
        eventually(page, lambda brand=brand: brand.evaluate("image => image.naturalWidth"), lambda width: width == 116)


def test_the_tab_has_our_icon(visit, address):
    page = visit("/", "en")
    icon = page.locator('link[rel~="icon"]').first
    expect(icon).not_to_have_attribute("href", "./favicon.png")
    href = icon.evaluate("link => link.href")
    if href.startswith("data:"):
        head, _, body = href.partition(",")
        drawn = base64.b64decode(body).decode() if head.endswith("base64") else unquote(body)
    else:
        assert href.startswith(address)
        drawn = page.request.get(href).text()
    assert drawn.strip() == Path(shell.ICON).read_text(encoding="utf-8").strip()
