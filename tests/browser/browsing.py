"""How the browser tests find things, by label or by the key of a container, and how they wait for them.

Whatever a test does, the page follows a moment later, and on a busy machine much later. So nothing is read at once:
an ``expect(...)`` waits, :func:`eventually` and :func:`agree` wait for anything else, :func:`settled` waits until the
server has answered everything, and :func:`place` until a thing has stopped moving.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

WORDS = {
    "ko": {"f": "함수", "x": "점 x", "dx": "증분 Δx", "stale": "마지막으로 제대로 입력된", "explore": "탐구하기"},
    "en": {"f": "Function", "x": "Point x", "dx": "Step Δx", "stale": "The last good picture", "explore": "Explore"},
}
TITLES = {
    "secant": {"ko": "할선과 접선", "en": "Secant and tangent"},
    "error": {"ko": "Δx에 따른 오차", "en": "Error against Δx"},
}
LIMIT = 60
"""Seconds that anything may take; a page on a busy two-core machine can take many."""
T = TypeVar("T")

_SETTLED = """(question) => {
    const { traffic } = window
    if (traffic.question !== question) Object.assign(traffic, { question, calm: 0 })
    const app = document.querySelector('[data-testid="stApp"]')
    const isAnswered = traffic.awaits === null && app?.dataset.testScriptState === "notRunning"
    traffic.calm = isAnswered ? traffic.calm + 1 : 0
    return traffic.calm > 5  // looks, between which whatever waits its turn in the page is done, and may ask for more
}"""
_questions = count()
_PLACE = """async (element, limit) => {
    const frame = () => new Promise((next) => [requestAnimationFrame(next), setTimeout(next, 250)])
    const end = performance.now() + limit
    for (let last, same = 0; performance.now() < end; await frame()) {
        const { x, y, width, height } = element.getBoundingClientRect()
        const now = [x, y, width, height].join()
        same = now === last ? same + 1 : 0
        last = now
        if (same === 4) return { x, y, width, height }
    }
    throw new Error("it does not stop moving")
}"""


def field(page: Page, lang: str, name: str) -> Locator:
    return page.get_by_label(WORDS[lang][name], exact=True)


def echo(page: Page) -> Locator:
    return page.locator(".st-key-echo .katex-mathml annotation").first


def numbers(page: Page) -> Locator:
    return page.locator(".nd-panel")


def title(page: Page) -> Locator:
    return page.get_by_test_id("stMain").locator("h1")


def parameters(page: Page) -> dict[str, list[str]]:
    """What the address bar says now; it follows a field by a moment, so wait for it."""
    return parse_qs(urlsplit(page.url).query)


def eventually(page: Page, read: Callable[[], T], holds: Callable[[T], object] = bool) -> T:
    """Read again and again until what was read passes, and return it; fail with the last that was read."""
    end = time.monotonic() + LIMIT
    while True:
        seen = read()
        if holds(seen):
            return seen
        assert time.monotonic() < end, f"after {LIMIT} s still {seen!r}"
        page.wait_for_timeout(50)


def agree(page: Page, one: Callable[[], object], other: Callable[[], object]) -> None:
    """Wait until two readings are the same."""
    eventually(page, lambda: (one(), other()), lambda both: both[0] == both[1])


def settled(page: Page) -> None:
    """Wait until the server has answered everything that the page has asked (see traffic.js)."""
    page.wait_for_function(_SETTLED, arg=next(_questions), polling=20, timeout=1000 * LIMIT)


def place(locator: Locator) -> dict[str, float]:
    """Return the box of an element, in px of the window, once it has stopped moving."""
    box: dict[str, float] = locator.evaluate(_PLACE, 1000 * LIMIT)
    return box


def fits(page: Page) -> None:
    """Wait until the page is no wider than the screen; wide things scroll in their own boxes."""
    widths = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
    eventually(page, lambda: page.evaluate(f"{widths}.map((e) => e.scrollWidth - innerWidth)"), lambda o: max(o) <= 0)


def go_to(page: Page, name: str, lang: str) -> None:
    """Follow the navigation to an explorer."""
    page.get_by_test_id("stTopNavSection").filter(has_text=WORDS[lang]["explore"]).click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text=TITLES[name][lang]).click()
    expect(title(page)).to_have_text(TITLES[name][lang])
    settled(page)
