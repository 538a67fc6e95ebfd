"""The one owner of state: what is shown, what is typed in the fields, the language, and the link that reopens it.

A session keeps what is shown by name of the field (always valid), the texts in the fields (drafts, perhaps not yet
valid) and the language under keys that belong to no widget, so that they outlive a change of page and Back. Widgets get
their values from here whenever a page is entered. The address bar shows the link to the view at any time: the browser
replaces it without a new entry in its history (see address.py), because Streamlit's own way adds one for every change,
which leaves Back stuck. A link is read when a session starts, or when it carries ``open=1`` (links inside the app).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload
from urllib.parse import urlencode

import streamlit as st

from pages.parts.fields import PLACE, TYPED, Field, Place, fields_of
from pages.parts.i18n import DEFAULT, languages
from pages.parts.page import field_of, fields, has, page_of

OPEN = "open"
"""The parameter of a link inside the app, which is read although the session has begun."""


@dataclass
class _Session:
    """What one visitor's session remembers; ``is_chosen`` once the function or the point is the visitor's own."""

    values: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    language: str = DEFAULT
    page: str | None = None
    unread: tuple[str, ...] = ()
    is_chosen: bool = False


_SESSION = "numdiff"
T = TypeVar("T")
V = TypeVar("V", bound=Place)


def _session() -> _Session:
    return own(_SESSION, _Session)


def get(slot: str, *default: Any) -> Any:  # noqa: ANN401 — a widget's value, or whatever was put there
    """Return what is in a slot of the session: the value of the widget with this key, or what was put there.

    Raises
    ------
    KeyError
        If nothing is there and no default is given.
    """
    return st.session_state.get(slot, *default) if default else st.session_state[slot]


def put(slot: str, value: object) -> None:
    """Put something into a slot of the session; into that of a widget only in a callback or before it is drawn."""
    st.session_state[slot] = value


def own(slot: str, make: Callable[[], T]) -> T:
    """Return what the session keeps in a slot, made when it is first asked for."""
    if slot not in st.session_state:
        st.session_state[slot] = make()
    kept: T = st.session_state[slot]
    return kept


def key(name: str) -> str:
    """Return the widget key of a field of the view (or of a companion of it, such as ``dx_slider``)."""
    return f"view_{name}"


def parameters(values: Mapping[str, Any], language: str, page: str | None = None) -> dict[str, str]:
    """Return a link's parameters: the language first, then the fields that the page shows (every field without one).

    What is not among the values is written as it is at first.
    """
    carried = fields(page)
    return {"lang": language} | {name: item.write(values.get(name, item.default)) for name, item in carried.items()}


def link() -> str:
    """Return the query, without the question mark, of the link to what the page shows."""
    return urlencode(parameters(_session().values, language(), page()))


def read_link(given: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the values that a link gives, and the names of the parameters that could not be read.

    Unknown parameters belong to others and are left alone; a repeated one is not read, since it says two things.
    """
    found: dict[str, Any] = {}
    unread: list[str] = []
    for name, item in fields().items():
        texts = given.get(name, ())
        if not texts:
            continue
        value = item.read(texts[0]) if len(texts) == 1 and len(texts[0]) <= 1000 else None
        if value is None:
            unread.append(name)
        else:
            found[name] = value
    return found, tuple(unread)


def _language(given: Mapping[str, Sequence[str]], locale: str | None) -> str:
    asked = list(given.get("lang", ()))
    if len(asked) == 1 and asked[0] in languages():
        return asked[0]
    return next((code for code in languages() if (locale or "").lower().startswith(code)), DEFAULT)


def open_session() -> None:
    """Read the address at the session's first run, and again whenever a link inside the app was followed."""
    is_new = _SESSION not in st.session_state
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    if not is_new and OPEN not in given:
        return
    session = _session()
    if is_new:
        session.language = _language(given, st.context.locale)
    session.values, session.unread = read_link(given)
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
        session.values = {name: value for name, value in session.values.items() if name not in PLACE}
        session.values |= page_of(page).start if has(page) else {}
        session.drafts = {}
    # only those of the page: every field of text looks through all keys of the session whenever it is drawn
    for name in fields(page):
        if name in TYPED:
            st.session_state[key(name)] = draft(name)
        elif name == "at":
            st.session_state.update({key(slot): text for slot, text in _slots(session).items()})
        else:
            _show(name, value(name))


def _slots(session: _Session) -> dict[str, str]:
    """Return the texts in the fields of the variables that are held, by name of the field."""
    return {f"at.{name}": session.drafts.get(f"at.{name}", text) for name, text in view().at}


def page() -> str:
    """Return the name of the page that was entered, as it stands in the address; the home page has none."""
    return _session().page or ""


@overload
def view() -> Place: ...


@overload
def view(kind: type[V]) -> V: ...


def view(kind: type[Place] = Place) -> Place:
    """Return what is shown, of one kind of page: always valid, the last that was understood while something is not."""
    values = _session().values
    return kind(**{name: values[name] for name in fields_of(kind) if name in values})


def value(name: str) -> Any:  # noqa: ANN401 — each field has its own type
    """Return a field of what is shown, by its name in the link."""
    values = _session().values
    return values[name] if name in values else field_of(name).default


def values() -> dict[str, Any]:
    """Return all that is shown and not as it is at first, by name of the field."""
    return dict(_session().values)


def _is_sound(item: Field, chosen: object) -> bool:
    try:
        return item.read(item.write(chosen)) is not None
    except (TypeError, ValueError):
        return False


def change(**changed: object) -> None:
    """Change fields of what is shown; what no link could carry is not taken, and its widget is set back.

    A choice comes from the browser by its label. One that is made just when the language changes comes with a label
    that no option has any more, and Streamlit hands that on as the value.
    """
    session = _session()
    for name, item in fields().items():
        if name in changed and name not in PLACE and not _is_sound(item, changed[name]):
            del changed[name]
            _show(name, value(name))
    session.values |= changed
    session.is_chosen = session.is_chosen or not changed.keys().isdisjoint(PLACE)
    session.unread = ()


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
    change(at=tuple((dict(view().at) | dict(values)).items()))
    for name, text in values.items():
        session.drafts[f"at.{name}"] = text
        st.session_state[key(f"at.{name}")] = text


def draft(name: str, default: str | None = None) -> str:
    """Return the text in a field, as typed so far; before that the default, or what the view has."""
    session = _session()
    return session.drafts.get(name, str(value(name)) if default is None else default)


def keep_draft(name: str, text: str) -> None:
    """Remember the text in a field, understood or not; what is not there yet as it was typed is the visitor's own."""
    session = _session()
    session.drafts[name] = text
    if name in PLACE and text != value(name):
        session.is_chosen = True


def language() -> str:
    """Return the session's language."""
    return _session().language


def set_language(chosen: str) -> None:
    """Change the session's language."""
    _session().language = chosen


def is_at_start() -> bool:
    """Return True while the function and the point are those of a first visit."""
    return all(value(name) == fields_of(Place)[name].default for name in PLACE)


def unread() -> tuple[str, ...]:
    """Return the link's parameters that could not be read, until the view is changed."""
    return _session().unread
