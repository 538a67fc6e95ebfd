"""Make the pictures in README from the running app: ``.venv/bin/python -m tests.browser.screenshot``.

They lie beside this file: ``secant.png`` and ``error.png``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VIEWS = {
    "secant": "/secant?lang=en&f=3x+e^x&x=2.0&dx=0.5&schemes=forward.central",
    "error": "/error?lang=en&f=3x+e^x&x=2.0&dx=10^-4",
    "chain": "/chain?lang=en&f=e^(3x^2)&x=0.5&dx=10^-4",
    "partial": "/partial?lang=en&f=2x+%2B+3xy+%2B+y^3&var=y&x=1&at=x%3D1&dx=0.5",
}
PROJECTOR = {"width": 1280, "height": 720}
COLOURS = 256
"""Of the written picture: flat colours and text lose nothing that an eye would see."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_healthy(address: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
        else:
            return
    raise TimeoutError("the server was not ready in time")


def photograph(page: Page, address: str, file: Path) -> None:
    page.goto(address)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)  # until the picture, whatever draws it, has its final size
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, optimize=True)


def main() -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(address)
        found = shutil.which("chromium") or shutil.which("google-chrome") or os.environ.get("CHROMIUM")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport=PROJECTOR, locale="en-US", color_scheme="light")
            for name, view in VIEWS.items():
                photograph(page, address + view, HERE / f"{name}.png")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
