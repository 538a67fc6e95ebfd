"""The documentation: it builds without a warning and without a network, and its examples print what they say."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import numdiff

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
"""The tags that make a browser ask for something, and where they say for what."""


class Requests(HTMLParser):
    """What a page asks for as soon as it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if LOADED.get(tag) == name]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(DOCS), str(folder)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return folder


def test_every_page_is_built(site):
    assert {path.stem for path in PAGES} <= {path.stem for path in site.glob("*.html")}


def test_no_page_asks_another_site_for_anything(site):
    for path in site.rglob("*.html"):
        page = Requests()
        page.feed(path.read_text(encoding="utf-8"))
        assert not [one for one in page.addresses if re.match(r"(https?:)?//", one)], path.name
    for path in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//|@import", path.read_text(encoding="utf-8")), path.name


def test_formulas_are_mathml(site):
    assert "<math" in (site / "errors.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_examples_print_what_they_say(path):
    assert doctest.testfile(str(path), module_relative=False, encoding="utf-8").failed == 0


def test_the_reference_has_every_public_name_once():
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    names = re.findall(r"^\.\. (?:auto)?(?:class|function|data):: (\w+)$", text, re.MULTILINE)
    assert sorted(names) == sorted(name for name in numdiff.__all__ if not name.startswith("__"))
