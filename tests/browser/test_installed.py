"""The app as its wheel installs it, started by its command from a folder that is not a checkout."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.installing import install, wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    site = install(wheel(tmp_path_factory.mktemp("wheel")), tmp_path_factory.mktemp("site"))
    folder = tmp_path_factory.mktemp("anywhere")
    with serving([sys.executable, "-m", "numdiff"], folder, PYTHONPATH=str(site)) as address:
        yield address


@pytest.mark.parametrize(("slug", "picture"), [("secant", "canvas, svg"), ("chain", ".katex"), ("glossary", "h2, h3")])
def test_the_installed_app_draws_its_pages(installed, browser, slug, picture):
    page = browser.new_page()
    page.goto(f"{installed}/{slug}?lang=en")
    expect(page.locator(picture).first).to_be_visible()
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    page.close()
