"""What a hand does on the live canvas."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import place, settled


def handle(page: Page, name: str) -> Locator:
    return page.locator(f".canvas .handle[data-handle={name}]")


def value(page: Page, name: str) -> str | None:
    """What a handle says now; wait for it with eventually or agree."""
    return handle(page, name).get_attribute("aria-valuetext")


def central(page: Page) -> Locator:
    return page.locator(".canvas .cell.central .value")


def rows(page: Page) -> Locator:
    """Return the rows of the table that the limit leaves; while it plays, never wait for just so many: more come."""
    return page.locator(".canvas .rows li")


def opened(visit: Callable[..., Page], path: str, lang: str = "en", **screen: int | bool) -> Page:
    page = visit(f"{path}{'&' if '?' in path else '?'}lang={lang}", lang, **screen)
    expect(handle(page, "point")).to_have_attribute("aria-valuetext", re.compile("x ="))
    return page


def centre(page: Page, name: str) -> tuple[float, float]:
    box = place(handle(page, name).locator(".reach"))
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, name: str, right: float, down: float = 0.0, steps: int = 12) -> None:
    settled(page)
    x, y = centre(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=steps)
    page.mouse.up()


def sent(page: Page) -> int:
    """How many messages the page has sent to the server."""
    count: int = page.evaluate("window.traffic.sent")
    return count


def idle(page: Page, milliseconds: int) -> None:
    """Let time pass by the page's own clock, so that whatever it would do until then is done, however busy it is."""
    page.evaluate("(time) => new Promise((resolve) => setTimeout(resolve, time))", milliseconds)
