"""Home: the idea as a picture to take hold of, the way through, and what was last open."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from numdiff.difference.schemes import numerical_derivative
from numdiff.function import parse
from pages.learn.home.style import STYLE
from pages.parts import address, numbers, shell, state
from pages.parts.canvas import Moved, cached, canvas
from pages.parts.i18n import Translator
from pages.parts.lessons import place, prose
from pages.parts.lessons.outline import lessons
from pages.parts.page import has, page_of

LAST = "numdiff_last"
"""Session key: the page from which the visitor came here last."""
HAND = "numdiff_home"
"""Session key: where a hand has left the picture."""

START = (1.0, 1.0)
"""x and Δx of the picture."""
SQUARE: dict[str, object] = {"f": "x^2", "x": "3.0", "dx": "10^-4", "schemes": ("forward", "central")}
PRODUCT: dict[str, object] = {"f": "3x e^x", "x": "2.0", "dx": "10^-4"}
KINK: dict[str, object] = {"f": "|x|", "x": "0.0", "dx": "0.5", "schemes": ("forward", "backward", "central")}


def _take(moved: Moved) -> None:
    state.put(HAND, (moved.x, moved.dx))


@st.fragment
def _picture() -> None:
    """Draw the live picture; what a hand does there redraws only this."""
    x, dx = state.get(HAND, START)
    shown = replace(cached.scene("x^2", x, dx, ("forward",)), plain=True)
    canvas(shown, state.language(), key="canvas_home", on_move=_take)


def _way(page: str, label: str, icon: str, **fields: object) -> None:
    """Link to an explorer that opens with these fields set; a new tab works as well as a click."""
    st.page_link(page_of(page).script, label=label, icon=icon, query_params=place.to_explorer(**fields))


def _printed(view: dict[str, object]) -> str:
    """Return what the lecture's function prints for a view."""
    return numbers.full(numerical_derivative(parse(str(view["f"])), float(str(view["x"]))))


def _ways(_: Translator) -> None:
    st.subheader(_("home.ways"), anchor=False)
    _way("secant", _("home.way.square", printed=_printed(SQUARE)), ":material/pin:", **SQUARE)
    _way("secant", _("home.way.product", printed=_printed(PRODUCT)), ":material/functions:", **PRODUCT)
    _way("secant", _("home.way.kink"), ":material/call_split:", **KINK)


def _chapters(_: Translator) -> None:
    st.subheader(_("home.chapters"), anchor=False)
    for lesson in lessons():
        st.page_link(lesson.script, label=lesson.title(_))


def _last(_: Translator) -> tuple[str, str] | None:
    """Return file and title of the page that was open before this one."""
    slug = str(state.get(LAST, ""))
    if not slug or not has(slug):
        return None
    page, seen = page_of(slug), place.seen()
    title = page.title(_)
    if seen is not None and seen[0] == page:
        title = f"{title} — {prose.heading(*seen, state.language())}"
    return page.script, title


def page() -> None:
    """Draw the page."""
    _ = shell.messages_of_session()
    address.show(f"lang={state.language()}", state.language(), state.page())
    st.html(STYLE)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.markdown(_("home.invite"))
        with st.container(key="home_picture"):
            _picture()
        st.markdown(_("home.question"))
        with st.container(key="home_answer"):
            _way("error", _("home.way.error"), ":material/ssid_chart:", **PRODUCT)
    with right, st.container(key="home_ways"):
        last = _last(_)
        if last is not None:
            st.page_link(last[0], label=_("home.last", title=last[1]), icon=":material/history:")
        _chapters(_)
        _ways(_)


if state.page():
    state.put(LAST, state.page())
state.enter("")
page()
