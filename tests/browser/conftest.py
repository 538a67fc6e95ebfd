"""A server on a free port and a Chromium that notes every request which would leave the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOCALES = {"ko": "ko-KR", "en": "en-US"}

expect.set_options(timeout=30_000)  # a page on a busy two-core machine can take many seconds


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, "the server ended before it was ready"
            time.sleep(0.25)
        else:
            return
    raise AssertionError("the server was not ready in time")


@contextmanager
def running_server() -> Iterator[str]:
    """Start the app on a free port and give its address."""
    port = _free_port()
    # a file watcher would rerun the pages when the tests write caches beside the sources
    options = ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_until_healthy(base, server)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server that all tests share."""
    with running_server() as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome") or os.environ.get("CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[[str, int, int], BrowserContext]]:
    """One context for each language and screen: pages share its cache of scripts, but each opens its own session."""
    made: dict[tuple[str, int, int], BrowserContext] = {}

    def context(lang: str, width: int, height: int) -> BrowserContext:
        wanted = (lang, width, height)
        if wanted not in made:
            made[wanted] = browser.new_context(locale=LOCALES[lang], viewport={"width": width, "height": height})
        return made[wanted]

    yield context
    for used in made.values():
        used.close()


@pytest.fixture
def visit(contexts: Callable[[str, int, int], BrowserContext], address: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the app in a page of its own; afterwards nothing may have been asked of another machine."""
    pages: list[Page] = []
    outside: list[str] = []
    failures: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            outside.append(url)

    def open_page(path: str = "/", lang: str = "ko", width: int = 1280, height: int = 720) -> Page:
        page = contexts(lang, width, height).new_page()
        pages.append(page)
        page.on("request", lambda request: note(request.url))
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(path if path.startswith("http") else address + path, wait_until="domcontentloaded")
        expect(page.get_by_test_id("stMain").locator("h1")).to_be_visible()
        return page

    yield open_page
    for page in pages:
        page.close()
    assert outside == []
    assert failures == []
