"""The one owner of state: what is shown, what is typed in the fields, the language, and the link that reopens it.

A session keeps a :class:`View` (always valid), the texts in the fields (drafts, perhaps not yet valid) and the
language under keys that belong to no widget, so that they outlive a change of page and Back. Widgets get their values
from here whenever a page is entered. The address bar shows the link to the view at any time: the browser replaces it
without a new entry in its history (see address.py), because Streamlit's own way adds one for every change, which
leaves Back stuck. A link is read when a session starts, or when it carries ``open=1`` (links inside the app).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import streamlit as st

from pages.parts.entries import Problem, read_function, read_point, read_step

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

SCHEMES = ("forward", "backward", "central")
"""Difference schemes that have a secant in the picture."""
CURVES = ("forward", "backward", "central", "forward3", "backward3", "central4", "central6", "central8", "complex")
"""Difference schemes whose error can be drawn against Δx."""
DTYPES = ("float16", "bfloat16", "float32", "float64")
WINDOWS = ("auto", "step", "0.01", "0.1", "1", "10", "100")
"""Half-widths of the picture around x; auto follows the function and Δx, step is a few Δx."""
STEP_KINDS = ("nominal", "taken")
VIEWS = ("curve", "methods", "precision", "bugs")
"""What the error page shows."""


@dataclass(frozen=True)
class View:
    """Everything that a link must carry to show the same again. Ids and typed texts only, never translated labels."""

    f: str = "3x e^x"
    x: str = "2.0"
    dx: str = "1"
    schemes: tuple[str, ...] = ("forward", "central")
    window: str = "auto"
    slope: bool = False
    curves: tuple[str, ...] = ("forward", "central", "central4")
    dtypes: tuple[str, ...] = ("float64",)
    focus: str = "central"
    parts: bool = False
    model: bool = False
    step: str = "nominal"
    zoom: str = "auto"
    present: bool = False
    view: str = "curve"


@dataclass(frozen=True)
class _Field:
    """How one field of the view is written into a link and read back; reading gives None for anything unknown."""

    name: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _text(accept: Callable[[str], object]) -> Callable[[str], str | None]:
    return lambda raw: None if isinstance(accept(raw), Problem) else raw


def _one(options: Sequence[str]) -> Callable[[str], str | None]:
    return lambda raw: raw if raw in options else None


def _many(options: Sequence[str]) -> Callable[[str], tuple[str, ...] | None]:
    def read(raw: str) -> tuple[str, ...] | None:
        names = raw.split(".") if raw else []
        return tuple(name for name in options if name in names) if set(names) <= set(options) else None

    return read


def _zoom(raw: str) -> str | None:
    return raw if raw == "auto" or read_zoom(raw) else None


def read_zoom(raw: str) -> tuple[float, float, float, float] | None:
    """Return what is seen of the plane, centre and half-sizes ``x,y,w,h``; None for anything else (``auto``)."""
    try:
        x, y, width, height = (float(part) for part in raw.split(","))
    except ValueError:
        return None
    is_frame = all(map(math.isfinite, (x, y, width, height))) and width > 0 and height > 0
    return (x, y, width, height) if is_frame else None


FIELDS: tuple[_Field, ...] = (
    _Field("f", str, _text(read_function)),
    _Field("x", str, _text(read_point)),
    _Field("dx", str, _text(read_step)),
    _Field("schemes", ".".join, _many(SCHEMES)),
    _Field("window", str, _one(WINDOWS)),
    _Field("slope", lambda on: str(int(on)), {"0": False, "1": True}.get),
    _Field("curves", ".".join, _many(CURVES)),
    _Field("dtypes", ".".join, _many(DTYPES)),
    _Field("focus", str, _one(CURVES)),
    _Field("parts", lambda on: str(int(on)), {"0": False, "1": True}.get),
    _Field("model", lambda on: str(int(on)), {"0": False, "1": True}.get),
    _Field("step", str, _one(STEP_KINDS)),
    _Field("zoom", str, _zoom),
    _Field("present", lambda on: str(int(on)), {"0": False, "1": True}.get),
    _Field("view", str, _one(VIEWS)),
)

TYPED = ("f", "x", "dx")
"""The fields in which something is typed: each has a draft, and enters the view only while it is understood."""

OPEN = "open"
"""The parameter of a link inside the app, which is read although the session has begun."""


@dataclass
class _Session:
    """What one visitor's session remembers."""

    view: View = field(default_factory=View)
    drafts: dict[str, str] = field(default_factory=dict)
    language: Language = "en"
    page: str | None = None
    unread: tuple[str, ...] = ()


_SESSION = "numdiff"


def _session() -> _Session:
    session: _Session = st.session_state.setdefault(_SESSION, _Session())
    return session


def key(name: str) -> str:
    """Return the widget key of a field of the view (or of a companion of it, such as ``dx_slider``)."""
    return f"view_{name}"


def parameters(view: View, language: Language) -> dict[str, str]:
    """Return a link's parameters: the language first, then every field of the view."""
    values = asdict(view)
    return {"lang": language} | {item.name: item.write(values[item.name]) for item in FIELDS}


def link(view: View, language: Language) -> str:
    """Return a link's query, without the question mark."""
    return urlencode(parameters(view, language))


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
    session.drafts = {}
    session.page = None


def enter(page: str) -> None:
    """Give the widgets their values from the state when another page (or a link) is opened."""
    session = _session()
    if session.page == page:
        return
    session.page = page
    for name, value in asdict(session.view).items():
        st.session_state[key(name)] = draft(name) if name in TYPED else list(value) if _is_many(value) else value


def page() -> str:
    """Return the name of the page that was entered, as it stands in the address; the home page has none."""
    return _session().page or ""


def _is_many(value: object) -> bool:
    return isinstance(value, tuple)


def view() -> View:
    """Return the view: always valid, the last good one while a field holds something that is not understood."""
    return _session().view


def change(**fields: object) -> View:
    """Change fields of the view and return it."""
    session = _session()
    session.view = replace(session.view, **fields)  # type: ignore[arg-type]  # the names are those of the fields
    session.unread = ()
    return session.view


def set_field(name: str, value: object) -> None:
    """Change a field and the widget that shows it; only in a callback or before the widget is drawn."""
    if name in TYPED:
        _session().drafts[name] = str(value)
    else:
        change(**{name: value})
    st.session_state[key(name)] = list(value) if isinstance(value, tuple) else value


def draft(name: str) -> str:
    """Return the text in a field, as typed so far."""
    session = _session()
    return session.drafts.get(name, str(getattr(session.view, name)))


def keep_draft(name: str, text: str) -> None:
    """Remember the text in a field, understood or not."""
    _session().drafts[name] = text


def language() -> Language:
    """Return the session's language."""
    return _session().language


def set_language(chosen: Language) -> None:
    """Change the session's language."""
    _session().language = chosen


def unread() -> tuple[str, ...]:
    """Return the link's parameters that could not be read, until the view is changed."""
    return _session().unread
