"""Links that were handed out stay good: whatever becomes of the code, they open the views that they opened.

``old_links.json`` was written once by the program: what a view begins with, the fields that the links of each page
carry, and for each page links with all of its fields, with what in them differs from the beginning. A new field adds
to these tables; nothing in them changes.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pages.parts import page, state

OLD = json.loads((Path(__file__).parent / "old_links.json").read_text(encoding="utf-8"))


def plain(values: object) -> object:
    """Return values as JSON has them."""
    return json.loads(json.dumps(values))


def opened(query: str) -> tuple[dict[str, object], tuple[str, ...]]:
    values, unread = state.read_link(parse_qs(query, keep_blank_values=True))
    return {name: values.get(name, item.default) for name, item in page.fields().items()}, unread


def test_a_link_that_says_nothing_opens_the_first_view():
    values, unread = opened("lang=ko")
    assert plain(values) == OLD["defaults"]
    assert unread == ()


@pytest.mark.parametrize(("there", "query", "changed"), OLD["links"])
def test_an_old_link_opens_the_view_that_it_opened(there, query, changed):
    values, unread = opened(query)
    assert plain(values) == OLD["defaults"] | changed
    assert unread == ()
    assert set(parse_qs(query, keep_blank_values=True)) == {"lang", *OLD["pages"][there]}


@pytest.mark.parametrize(("there", "query", "changed"), OLD["links"])
def test_a_page_writes_the_same_fields_into_its_links(there, query, changed):
    given = parse_qs(query, keep_blank_values=True)
    values, _unread = state.read_link(given)
    assert state.parameters(values, given["lang"][0], there or None) == {name: text for name, (text,) in given.items()}


@pytest.mark.parametrize("name", [name for name in OLD["defaults"] if name not in {"own_at", "at"}])
def test_what_cannot_be_read_is_said(name):
    _values, unread = opened(f"{name}=%00{'x' * 80}")
    assert unread == (name,)
