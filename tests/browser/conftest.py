"""A server on a free port and a Chromium that notes every request which would leave the machine."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Request, expect, sync_playwright

from tests.browser.browsing import LIMIT, settled, title

TRAFFIC = Path(__file__).with_name("traffic.js")
ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOCALES = {"ko": "ko-KR", "en": "en-US"}

expect.set_options(timeout=1000 * LIMIT)


def _free_port() -> int:
    """Return a port that nobody listens on, outside the range from which the system takes ports for connections."""
    while True:
        port = random.SystemRandom().randrange(20_000, 30_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def _is_healthy(address: str, server: subprocess.Popen[bytes]) -> bool:
    """Wait until a server answers; return False if it has ended, as it does when another has taken its port."""
    end = time.monotonic() + 4 * LIMIT
    while server.poll() is None:
        assert time.monotonic() < end, "the server was not ready in time"
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
            return server.poll() is None
        time.sleep(0.1)
    return False


@contextmanager
def serving(command: Sequence[str], folder: Path, **environment: str) -> Iterator[str]:
    """Run a command that starts the app, with a free port and what tests need, and give the address."""
    for _attempt in range(5):
        port = _free_port()
        # a file watcher would rerun the pages when the tests write caches beside the sources
        options = f"--server.port {port} --server.headless true --server.fileWatcherType none"
        options += " --server.address 127.0.0.1 --browser.gatherUsageStats false"
        server = subprocess.Popen(
            [*command, *options.split()],
            cwd=folder,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            if _is_healthy(base, server):
                yield base
                return
        finally:
            server.terminate()
            server.wait(timeout=2 * LIMIT)
    raise AssertionError("the server ended before it was ready, five times")


@contextmanager
def running_server(script: Path = ROOT / "app.py") -> Iterator[str]:
    """Start the app, or another script, on a free port and give its address."""
    with serving([sys.executable, "-m", "streamlit", "run", str(script)], script.parent) as base:
        yield base


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server that all tests share."""
    with running_server() as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome") or os.environ.get("CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS, timeout=4000 * LIMIT)
        yield launched
        launched.close()


class Pages:
    """Pages to show the app in, one browser context for each language.

    A page that has shown the app before has its scripts ready and opens it again in half the time, so pages are used
    again; each opening is a session of its own all the same.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._free: dict[str, list[Page]] = {lang: [] for lang in LOCALES}

    def _context(self, lang: str) -> BrowserContext:
        if lang not in self._contexts:
            self._contexts[lang] = self._browser.new_context(locale=LOCALES[lang])
            self._contexts[lang].set_default_timeout(1000 * LIMIT)
            self._contexts[lang].add_init_script(path=TRAFFIC)
        return self._contexts[lang]

    def take(self, lang: str, width: int, height: int, *, fresh: bool = False) -> Page:
        """Return an empty page; a fresh one has no history."""
        free = self._free[lang]
        page = free.pop() if free and not fresh else self._context(lang).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(reduced_motion="null")
        page.mouse.move(0, 0)
        page.bring_to_front()
        return page

    def give_back(self, page: Page, lang: str) -> None:
        """Empty a page, which ends its session, and keep it."""
        page.goto("about:blank")
        self._free[lang].append(page)

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Iterator[Pages]:
    made = Pages(browser)
    yield made
    made.close()


@pytest.fixture
def visit(pages: Pages, address: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the app; in the end no script may have failed, and nothing been asked of another machine."""
    taken: list[tuple[Page, str]] = []
    outside: list[str] = []
    failures: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            outside.append(request.url)

    def fail(error: Error) -> None:
        failures.append(str(error))

    def speak(dialog: Dialog) -> None:
        failures.append(f"a script opened a dialog: {dialog.message}")
        dialog.dismiss()

    listeners = {"request": ask, "pageerror": fail, "dialog": speak}

    def open_page(
        path: str = "/", lang: str = "ko", width: int = 1280, height: int = 720, *, fresh: bool = False
    ) -> Page:
        page = pages.take(lang, width, height, fresh=fresh)
        taken.append((page, lang))
        for event, listener in listeners.items():
            page.on(event, listener)
        page.goto(path if path.startswith("http") else address + path, wait_until="domcontentloaded")
        expect(title(page)).to_be_visible()
        settled(page)
        return page

    yield open_page
    for page, lang in taken:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        pages.give_back(page, lang)
    assert outside == []
    assert failures == []
