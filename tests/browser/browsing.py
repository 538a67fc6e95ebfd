"""How the browser tests find things: by label, or by the key of a container."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

WORDS = {
    "ko": {"f": "함수", "x": "점 x", "dx": "증분 Δx", "stale": "마지막으로 제대로 입력된", "explore": "탐구하기"},
    "en": {"f": "Function", "x": "Point x", "dx": "Step Δx", "stale": "The last good picture", "explore": "Explore"},
}


def field(page: Page, lang: str, name: str) -> Locator:
    return page.get_by_label(WORDS[lang][name], exact=True)


def echo(page: Page) -> Locator:
    return page.locator(".st-key-echo .katex-mathml annotation").first


def numbers(page: Page) -> Locator:
    return page.locator(".nd-panel")


def settled(page: Page) -> None:
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached()
