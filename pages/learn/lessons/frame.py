"""The frame of a lesson's page: one idea a screen, the way on and back, and a projection mode with large type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.learn.lessons import takehome
from pages.learn.lessons.stage import Stage
from pages.parts import address, asset, shell, state, theme
from pages.parts.i18n import Translator
from pages.parts.lessons import place
from pages.parts.lessons.outline import Lesson, Screen, View, lesson_of, neighbours
from pages.parts.lessons.prose import heading, texts
from pages.parts.page import page_of
from pages.parts.takehome.document import Package
from pages.parts.takehome.popover import popover
from pages.parts.theme import Theme

COLUMNS = (5, 6)
"""The widths of the words and of what moves."""

_STYLE = asset.read(__file__, "lessons.css")

_PRESENTED = asset.read(__file__, "presented.css")


def sheet(theme: Theme, *, is_presented: bool) -> str:
    """Return the style sheet of a lesson's page; presented, it has large type in black on white, or white on black."""
    ink, paper = ("#fff", "#000") if theme.mode == "dark" else ("#000", "#fff")
    shown = _PRESENTED.replace("PAPER", paper).replace("INK", ink) if is_presented else ""
    return f"<style>{_STYLE}{shown}</style>"


# Streamlit keeps the place to which a page was scrolled; another idea begins at its top. And a choice that was clicked
# keeps the focus, and with it the arrow keys, which are to turn the screens; one that was reached by keyboard may.
_SCRIPT = asset.read(__file__, "frame.js")

PRACTICE = "practice"
"""What follows the last lesson."""

_top = st.components.v2.component("numdiff_lesson_top", js=_SCRIPT)


Draw = Callable[[Stage], None]
Home = Callable[[Translator, Lesson, Screen], Package]


def _jump(key: str, lesson: Lesson) -> None:
    place.go(lesson, lesson.screen(state.get(key)))


def _present() -> None:
    state.change(present=not state.view(View).present)


def _arrow(label: str, key: str, icon: str, shortcut: str, **more: Any) -> bool:  # noqa: ANN401 — st.button's own
    return st.button(label, key=key, icon=icon, shortcut=shortcut, wrap=False, **more)


def _turn(lesson: Lesson, step: int, _: Translator) -> None:
    """Draw the button to the next screen or the one before, across the lessons' borders."""
    language, now = state.language(), place.screen()
    names = [screen.name for screen in lesson.screens]
    there = names.index(now.name) + step
    name, icon = ("next", ":material/arrow_forward:") if step > 0 else ("back", ":material/arrow_back:")
    key, shortcut = f"lesson_{name}", "Right" if step > 0 else "Left"
    side: dict[str, Any] = {"icon_position": "right" if step > 0 else "left"}
    if 0 <= there < len(names):
        target = lesson.screens[there]
        _arrow(heading(lesson, target, language), key, icon, shortcut, on_click=place.go, args=(lesson, target), **side)
        return
    other = neighbours(lesson)[step > 0]
    if other is None and step > 0:
        if _arrow(_("lesson.next.practice"), f"{key}_practice", icon, shortcut, **side):
            st.switch_page(page_of(PRACTICE).script)
    elif other is None:
        _arrow(_("lesson.back.none"), f"{key}_none", icon, shortcut, disabled=True, **side)
    # a key of its own: the run that a click on the other button brings about would find this one pressed
    elif _arrow(other.title(_), f"{key}_lesson", icon, shortcut, **side):
        place.go(other, other.screens[0 if step > 0 else -1])
        st.switch_page(other.script)


def _bar(lesson: Lesson, home: Home, _: Translator) -> None:
    """Draw the way on and back, at the lower edge of the window."""
    with st.container(
        key="lesson_bar", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        with st.container(key="lesson_back_place", width="stretch"):
            _turn(lesson, -1, _)
        now = place.screen().name
        key = f"lesson_screen_{lesson.slug}_{now}"  # anew for each screen: what a browser says late cannot turn it back
        names = [screen.name for screen in lesson.screens]
        st.segmented_control(
            _("lesson.screens"),
            names,
            default=now,
            required=True,
            format_func=lambda name: str(names.index(name) + 1),
            key=key,
            on_change=_jump,
            args=(key, lesson),
            label_visibility="collapsed",
            width="content",
        )
        is_presented = state.view(View).present
        label = _("lesson.present.leave" if is_presented else "lesson.present")
        icon = ":material/close_fullscreen:" if is_presented else ":material/open_in_full:"
        popover(_, place.link(lesson.slug), lambda: home(_, lesson, place.screen()))
        st.button("", key="lesson_present", icon=icon, help=label, shortcut="P", on_click=_present, type="tertiary")
        with st.container(key="lesson_next_place", width="stretch", horizontal_alignment="right"):
            _turn(lesson, 1, _)


def show(slug: str, drawings: Mapping[str, Draw], home: Home = takehome.package) -> None:
    """Draw a lesson's page: the screen that is open, by the drawing of its name, and what is taken home from it."""
    place.enter(slug)
    _page(slug, drawings, home)


@st.fragment
def _page(slug: str, drawings: Mapping[str, Draw], home: Home) -> None:
    """Draw the screen; whatever is typed, moved or turned redraws this fragment only."""
    _, lesson, screen = shell.messages_of_session(), lesson_of(slug), place.screen()
    address.show(place.link(slug), state.language(), slug)
    _top(data={"section": state.view(View).section}, key="lesson_top", height=1)
    st.html(sheet(theme.current(), is_presented=state.view(View).present))
    text = texts(lesson, state.language())[screen.name]
    st.subheader(text.title, anchor=False)
    left, right = st.columns(COLUMNS, gap="large")
    drawings[screen.name](Stage(lesson, screen, text, _, left, right))
    _bar(lesson, home, _)
