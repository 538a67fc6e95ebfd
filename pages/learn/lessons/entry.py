"""What a learner puts into a lesson: their own f, x and Δx in place of the lecture's, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from numdiff.function import Function
from pages.parts import messages, state
from pages.parts.canvas import Moved, cached
from pages.parts.entries import Problem, Quantity, function_of, parse, quantity_of, read_point, read_step
from pages.parts.i18n import Translator
from pages.parts.lessons.outline import Screen, View

READERS: dict[str, Callable[[str], object]] = {"f": parse, "x": read_point, "dx": read_step}
WIDTHS = {"f": 5, "x": 3, "dx": 3}
"""How wide the fields are beside each other."""


@dataclass(frozen=True)
class Asked:
    """What a screen is about: the learner's own where they gave it, else the lecture's."""

    function: Function
    x: Quantity
    dx: Quantity

    @property
    def place(self) -> tuple[str, float, float]:
        """The text of f, x and Δx, as what computes takes them."""
        return self.function.text, self.x.value, self.dx.value


def text_of(screen: Screen, name: str) -> str:
    """Return the understood text of a field: f, x or dx."""
    return str(state.value(f"own_{name}")) or str(getattr(screen.start, name))


def asked(screen: Screen) -> Asked:
    """Return what the screen is about."""
    function = function_of(text_of(screen, "f"))
    if len(function.variables) > 1:  # from a link: such a function is refused when it is typed
        function = function_of(screen.start.f)
    point, length = quantity_of(read_point(text_of(screen, "x"))), quantity_of(read_step(text_of(screen, "dx")))
    return Asked(function, point, length)


def _slot(screen: Screen, name: str) -> str:
    return f"lesson.{state.view(View).section.partition('.')[0]}.{screen.name}.{name}"


def put(screen: Screen, name: str, text: str) -> None:
    """Take a text for a field, and show it there; only in a callback or before the field is drawn."""
    is_lectures = text == getattr(screen.start, name)
    state.change(**{f"own_{name}": "" if is_lectures else text})
    state.keep_draft(_slot(screen, name), text)
    state.put(state.key(_slot(screen, name)), text)


def _understood(screen: Screen, name: str, text: str) -> Problem | None:
    """Let a text into the view if it is understood; return what is wrong with it otherwise."""
    state.keep_draft(_slot(screen, name), text)
    found = READERS[name](text)
    if isinstance(found, Problem):
        return found
    is_function_of_several = isinstance(found, Function) and len(found.variables) > 1
    if is_function_of_several:
        return Problem("one_variable", text, (0, len(text)))
    if text_of(screen, name) != text:
        is_lectures = text == getattr(screen.start, name)
        state.change(**{f"own_{name}": "" if is_lectures else text})
    return None


def _readings(problem: Problem, screen: Screen, name: str, _: Translator) -> None:
    """Offer what could have been meant, typeset by our own printer; a click types it."""
    offered = [(text, found) for text in problem.readings if isinstance(found := parse(text), Function)]
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="readings"):
        messages.show_remark(_("reading.use" if len(offered) == 1 else "reading.choose"), key="question")
        for number, (text, found) in enumerate(offered):
            st.button(f"${found.latex()}$", key=f"reading_{number}", on_click=put, args=(screen, name, text))


def fields(screen: Screen, _: Translator, names: Sequence[str] = ("f", "x", "dx")) -> Asked:
    """Draw fields side by side, and return what the screen is about; bad input leaves the last good values."""
    problems: list[tuple[str, Problem]] = []
    with st.container(key="lesson_fields", gap=None):
        places = st.columns([WIDTHS[name] for name in names], gap="small", wrap=False)
        for column, name in zip(places, names, strict=True):
            slot = _slot(screen, name)
            with column:
                text = st.text_input(
                    _(f"lesson.field.{name}"),
                    state.draft(slot, text_of(screen, name)),
                    key=state.key(slot),
                    live="0ms",
                    autocomplete="off",
                )
            problem = _understood(screen, name, text)
            if problem is not None:
                problems.append((name, problem))
        for name, problem in problems[:1]:
            with st.container(key="problem", gap="xsmall"):
                messages.show_problem(problem, _, key=f"problem_{name}")
                _readings(problem, screen, name, _)
    return asked(screen)


def code_field(screen: Screen, _: Translator) -> Function:
    """Draw a field for a piece of Python code, and return what it means; bad input leaves the last good function."""
    slot = _slot(screen, "f")
    text = st.text_area(
        _("lesson.paste.code"), state.draft(slot, text_of(screen, "f")), key=state.key(slot), height=150
    )
    state.keep_draft(slot, text)
    found = parse(text)
    if isinstance(found, Problem):
        with st.container(key="problem", gap="xsmall"):
            messages.show_problem(found, _, key="problem_f")
            _readings(found, screen, "f", _)
    elif text_of(screen, "f") != text:
        state.change(own_f="" if text == screen.start.f else text)
    return function_of(text_of(screen, "f"))


def follow(screen: Screen) -> Callable[[Moved], None]:
    """Return what lets the fields follow a hand on the canvas."""

    def take(moved: Moved) -> None:
        put(screen, "x", cached.typed(moved.x))
        put(screen, "dx", cached.typed(moved.dx))

    return take
