"""The one owner of state: what is shown, what is typed in the fields, the language, and the link that reopens it.

A session keeps a :class:`View` (always valid), the texts in the fields (drafts, perhaps not yet valid) and the
language under keys that belong to no widget, so that they outlive a change of page and Back. Widgets get their values
from here whenever a page is entered. The address bar shows the link to the view at any time: the browser replaces it
without a new entry in its history (see address.py), because Streamlit's own way adds one for every change, which
leaves Back stuck. A link is read when a session starts, or when it carries ``open=1`` (links inside the app).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import streamlit as st

from pages.parts.fields import FIELDS, PLACE, STARTS, TYPED, Field, View

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

OPEN = "open"
"""The parameter of a link inside the app, which is read although the session has begun."""


@dataclass
class _Session:
    """What one visitor's session remembers; ``is_chosen`` once the function or the point is the visitor's own."""

    view: View = field(default_factory=View)
    drafts: dict[str, str] = field(default_factory=dict)
    language: Language = "en"
    page: str | None = None
    unread: tuple[str, ...] = ()
    is_chosen: bool = False


_SESSION = "numdiff"
_CHOSEN = tuple(item for item in FIELDS if item.name not in PLACE)


def _session() -> _Session:
    session: _Session | None = st.session_state.get(_SESSION)
    if session is None:
        session = st.session_state[_SESSION] = _Session()
    return session


def key(name: str) -> str:
    """Return the widget key of a field of the view (or of a companion of it, such as ``dx_slider``)."""
    return f"view_{name}"


def parameters(view: View, language: Language, page: str | None = None) -> dict[str, str]:
    """Return a link's parameters: the language first, then the fields that the page shows (every field without one)."""
    return {"lang": language} | {item.name: item.write(getattr(view, item.name)) for item in _carried(page)}


def _carried(page: str | None) -> list[Field]:
    """Return the fields that a page shows; every field without one."""
    return [item for item in FIELDS if page is None or not item.pages or page in item.pages]


def link(view: View, language: Language, page: str | None = None) -> str:
    """Return a link's query, without the question mark."""
    return urlencode(parameters(view, language, page))


def read_link(given: Mapping[str, Sequence[str]]) -> tuple[View, tuple[str, ...]]:
    """Return the view that a link asks for, and the names of the parameters that could not be read.

    Unknown parameters belong to others and are left alone; a repeated one is not read, since it says two things.
    """
    found: dict[str, Any] = {}
    unread: list[str] = []
    for item in FIELDS:
        values = given.get(item.name, ())
        if not values:
            continue
        value = item.read(values[0]) if len(values) == 1 and len(values[0]) <= 1000 else None
        if value is None:
            unread.append(item.name)
        else:
            found[item.name] = value
    return View(**found), tuple(unread)


def _language(given: Mapping[str, Sequence[str]], locale: str | None) -> Language:
    asked = given.get("lang", ())
    for language in LANGUAGES:
        if list(asked) == [language]:
            return language
    return "ko" if (locale or "").lower().startswith("ko") else "en"


def open_session() -> None:
    """Read the address at the session's first run, and again whenever a link inside the app was followed."""
    is_new = _SESSION not in st.session_state
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    if not is_new and OPEN not in given:
        return
    session = _session()
    if is_new:
        session.language = _language(given, st.context.locale)
    session.view, session.unread = read_link(given)
    session.is_chosen = not given.keys().isdisjoint(PLACE)
    session.drafts = {}
    session.page = None


def enter(page: str) -> None:
    """Give the widgets their values from the state when another page (or a link) is opened."""
    session = _session()
    if session.page == page:
        return
    session.page = page
    if not session.is_chosen:
        start = {name: getattr(View(), name) for name in PLACE} | dict(STARTS.get(page, {}))
        session.view = replace(session.view, **start)
        session.drafts = {}
    # only those of the page: every field of text looks through all keys of the session whenever it is drawn
    for name in (item.name for item in _carried(page)):
        if name in TYPED:
            st.session_state[key(name)] = draft(name)
        elif name == "at":
            st.session_state.update({key(slot): text for slot, text in _slots(session).items()})
        else:
            _show(name, getattr(session.view, name))


def _slots(session: _Session) -> dict[str, str]:
    """Return the texts in the fields of the variables that are held, by name of the field."""
    return {f"at.{name}": session.drafts.get(f"at.{name}", text) for name, text in session.view.at}


def page() -> str:
    """Return the name of the page that was entered, as it stands in the address; the home page has none."""
    return _session().page or ""


def view() -> View:
    """Return the view: always valid, the last good one while a field holds something that is not understood."""
    return _session().view


def _is_sound(item: Field, value: object) -> bool:
    try:
        return item.read(item.write(value)) is not None
    except (TypeError, ValueError):
        return False


def change(**fields: object) -> View:
    """Change fields of the view and return it; what no link could carry is not taken, and its widget is set back.

    A choice comes from the browser by its label. One that is made just when the language changes comes with a label
    that no option has any more, and Streamlit hands that on as the value.
    """
    session = _session()
    for item in _CHOSEN:
        if item.name in fields and not _is_sound(item, fields[item.name]):
            del fields[item.name]
            _show(item.name, getattr(session.view, item.name))
    session.view = replace(session.view, **fields)  # type: ignore[arg-type]  # the names are those of the fields
    session.is_chosen = session.is_chosen or not fields.keys().isdisjoint(PLACE)
    session.unread = ()
    return session.view


def set_field(name: str, value: object) -> None:
    """Change a field and the widget that shows it; only in a callback or before the widget is drawn."""
    if name in TYPED:
        _session().drafts[name] = str(value)
    else:
        change(**{name: value})
    _show(name, value)


def _show(name: str, value: object) -> None:
    st.session_state[key(name)] = list(value) if isinstance(value, tuple) else value


def hold(values: Mapping[str, str]) -> None:
    """Set the values at which variables are held, and their fields; only in a callback or before they are drawn."""
    session = _session()
    change(at=tuple((dict(session.view.at) | dict(values)).items()))
    for name, text in values.items():
        session.drafts[f"at.{name}"] = text
        st.session_state[key(f"at.{name}")] = text


def draft(name: str, default: str | None = None) -> str:
    """Return the text in a field, as typed so far; before that the default, or what the view has."""
    session = _session()
    return session.drafts.get(name, str(getattr(session.view, name)) if default is None else default)


def keep_draft(name: str, text: str) -> None:
    """Remember the text in a field, understood or not; what is not there yet as it was typed is the visitor's own."""
    session = _session()
    session.drafts[name] = text
    if name in PLACE and text != getattr(session.view, name):
        session.is_chosen = True


def language() -> Language:
    """Return the session's language."""
    return _session().language


def set_language(chosen: Language) -> None:
    """Change the session's language."""
    _session().language = chosen


def unread() -> tuple[str, ...]:
    """Return the link's parameters that could not be read, until the view is changed."""
    return _session().unread
