"""Links that were handed out stay good: whatever becomes of the code, they open the views that they opened.

``old_links.json`` was written once by the program: what a view begins with, the fields that the links of each page
carry, and for each page links with all of its fields, with what in them differs from the beginning. A new field adds
to these tables; nothing in them changes.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pages.parts import state

OLD = json.loads((Path(__file__).parent / "old_links.json").read_text(encoding="utf-8"))


def plain(values: object) -> object:
    """Return values as JSON has them."""
    return json.loads(json.dumps(values))


def opened(query: str) -> tuple[dict[str, object], tuple[str, ...]]:
    view, unread = state.read_link(parse_qs(query, keep_blank_values=True))
    return dataclasses.asdict(view), unread


def test_a_link_that_says_nothing_opens_the_first_view():
    values, unread = opened("lang=ko")
    assert plain(values) == OLD["defaults"]
    assert unread == ()


@pytest.mark.parametrize(("page", "query", "changed"), OLD["links"])
def test_an_old_link_opens_the_view_that_it_opened(page, query, changed):
    values, unread = opened(query)
    assert plain(values) == OLD["defaults"] | changed
    assert unread == ()
    assert set(parse_qs(query, keep_blank_values=True)) == {"lang", *OLD["pages"][page]}


@pytest.mark.parametrize("page", OLD["pages"])
def test_a_page_writes_the_same_fields_into_its_links(page):
    for there, query, _changed in OLD["links"]:
        if there == page:
            view, _unread = state.read_link(parse_qs(query, keep_blank_values=True))
            language = parse_qs(query)["lang"][0]
            written = state.link(view, language, page or None)
            assert parse_qs(written, keep_blank_values=True) == parse_qs(query, keep_blank_values=True)


@pytest.mark.parametrize("name", [name for name in OLD["defaults"] if name not in {"own_at", "at"}])
def test_what_cannot_be_read_is_said(name):
    _values, unread = opened(f"{name}=%00{'x' * 80}")
    assert unread == (name,)
