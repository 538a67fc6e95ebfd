"""The fields that every explorer has: the function with its echo, x, Δx, and choices bound to fields of the view."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from numdiff.function import Function
from numdiff.notation.errors import Note
from pages.parts import address, messages, numbers, state, variables
from pages.parts.entries import (
    Problem,
    Quantity,
    formula_latex,
    function_of,
    parse,
    quantity_of,
    read_point,
    read_step,
    shown_name,
)
from pages.parts.i18n import Translator
from pages.parts.takehome.document import Package
from pages.parts.takehome.popover import popover

STEPS: tuple[str, ...] = (*(f"{digit}e{power}" for power in range(-16, 1) for digit in (1, 2, 5)), "1e1")
"""The stops of the logarithmic slider."""


def step_text(stop: str) -> str:
    """Return a stop of the slider as one would type it: ``10^-4``, ``2*10^-5``, ``0.5``."""
    digit, power = stop.split("e")
    if -4 < int(power) <= 1:
        return f"{float(stop):g}"
    return f"10^{int(power)}" if digit == "1" else f"{digit}*10^{int(power)}"


def nearest_step(value: float) -> str:
    """Return the stop of the slider nearest to a step, on the logarithmic scale."""
    return min(STEPS, key=lambda stop: abs(math.log(float(stop)) - math.log(value)))


def reach(value: float) -> float:
    """Return the half-length of the x slider: 5, 50, 500, … so that the value lies on it."""
    return 5.0 * 10.0 ** max(0, math.ceil(math.log10(max(abs(value), 1e-9) / 5.0)))


@dataclass(frozen=True)
class _Slider:
    """A slider beside a field: ``start`` is the field's text when it was made, ``text`` what it holds by now.

    Whenever the field is changed by other means, a new one takes its place. The browser sends the values of all
    widgets with every change: a slider that the server moves while something is being typed comes back where it was,
    as if a hand had moved it, and would undo what was typed meanwhile.
    """

    turn: int
    start: str
    text: str

    def key(self, name: str) -> str:
        return f"{state.key(name)}_slider_{self.turn}"


def _slot(name: str) -> str:
    return f"{state.key(name)}_slider"


def _slider(name: str) -> _Slider:
    """Return the slider that belongs beside a field now."""
    text = state.value(name)
    last: _Slider | None = state.get(_slot(name), None)
    if last is None or last.text != text:
        last = _Slider(last.turn + 1 if last else 0, text, text)
        state.put(_slot(name), last)
    return last


def _slide(name: str, key: str, write: Callable[[Any], str]) -> None:
    """Type into a field what its slider was moved to; one that has been replaced has no say."""
    slider: _Slider = state.get(_slot(name))
    if key != slider.key(name):
        return
    text = write(state.get(key))
    state.set_field(name, text)
    state.change(**{name: text})
    state.put(_slot(name), replace(slider, text=text))


def _point_text(value: float) -> str:
    return f"{value:.10g}"


def x_slider(_: Translator) -> None:
    """Draw the slider of x: as many powers of ten wide as x asks for."""
    slider = _slider("x")
    value, key = quantity_of(read_point(slider.start)).value, slider.key("x")
    length = reach(value)
    st.slider(
        _("field.x.slider"),
        -length,
        length,
        value,
        step=length / 500,
        format="%g",
        key=key,
        on_change=_slide,
        args=("x", key, _point_text),
        label_visibility="collapsed",
    )


def dx_slider(_: Translator) -> None:
    """Draw the slider of Δx, on a logarithmic scale."""
    slider = _slider("dx")
    key = slider.key("dx")
    st.select_slider(
        _("field.dx.slider"),
        STEPS,
        nearest_step(quantity_of(read_step(slider.start)).value),
        format_func=lambda stop: numbers.step(float(stop)),
        key=key,
        on_change=_slide,
        args=("dx", key, step_text),
        label_visibility="collapsed",
    )


@dataclass(frozen=True)
class Example:
    """A function at hand, with a point worth looking at; ``at`` holds the values of the variables that do not move.

    The one that moves is ``var``, the first by default.
    """

    f: str
    x: str
    at: tuple[tuple[str, str], ...] = ()
    var: str = ""


EXAMPLES = tuple(
    Example(f, x)
    for f, x in (
        ("x^2", "3.0"),
        ("3x e^x", "2.0"),
        ("3x^2 + e^x + 7", "1.0"),
        ("ln x + 1/x", "2.0"),
        ("e^-x", "1.0"),
        ("1/(1 + e^-x)", "0.5"),
        ("sin x", "1.0"),
        ("√x", "1.0"),
        ("|x|", "0.0"),
        ("relu(x)", "0.0"),
        ("tan x", "1.0"),
        ("x^3 - 3x", "1.5"),
    )
)
"""The lecture's functions come first."""


@dataclass(frozen=True)
class Controls:
    """What the fields ask for; while one is not understood, the last good values, and ``stale`` is set.

    Attributes
    ----------
    function : Function
        Of the one variable that moves; any other is held at its value.
    whole : Function
        As typed, with all its variables.
    variable : str
        The variable that moves.
    x, dx : Quantity
        Its value and its increment.
    at : Mapping[str, Quantity]
        The value of every variable, the moving one included.
    stale : bool
        True while a field holds something that is not understood.
    """

    function: Function
    whole: Function
    variable: str
    x: Quantity
    dx: Quantity
    at: Mapping[str, Quantity]
    stale: bool


def _understood(name: str, text: str, found: object) -> Problem | None:
    """Keep what was typed; let it into the view if it was understood."""
    state.keep_draft(name, text)
    if isinstance(found, Problem):
        return found
    if state.value(name) != text:
        state.change(**{name: text})
    return None


def _typed(name: str, label: str, placeholder: str | None = None) -> str:
    return st.text_input(
        label, state.draft(name), key=state.key(name), live="0ms", autocomplete="off", placeholder=placeholder
    )  # nothing is sent while a Hangul syllable is being put together


def take(example: Example) -> None:
    """Put an example's function and point into the fields; only in a callback."""
    state.set_field("f", example.f)
    state.set_field("x", example.x)
    variables.move(function_of(example.f), example.var)
    state.hold(dict(example.at))


def _examples(_: Translator, examples: Sequence[Example]) -> None:
    folded = st.popover(_("examples"), key="examples", on_change="rerun")
    if not folded.open:
        return  # what is closed costs nothing
    with folded, st.container(horizontal=True, gap="small", key="examples_list", width=380):
        for place, example in enumerate(examples):
            latex = function_of(example.f).latex()
            st.button(f"${latex}$", key=f"example_{place}", on_click=take, args=(example,), width="content")


_MOST_NOTES = 2
"""Remarks on how an entry was read that are shown below it."""


def _readings(readings: Sequence[str], field: str, question: str, suffix: str = "") -> None:
    """Offer what could have been meant, typeset by our own printer; a click types it. The suffix tells keys apart."""
    offered = [(text, found) for text in readings if not isinstance(found := parse(text), Problem)]
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"readings{suffix}"):
        messages.show_remark(question, key=f"question{suffix}")
        for place, (text, found) in enumerate(offered):
            st.button(
                f"${found.latex()}$", key=f"reading{suffix}_{place}", on_click=state.set_field, args=(field, text)
            )


def _echo(function: Function, write: Callable[[Function], str], _: Translator) -> None:
    st.latex(write(function), width="content")
    by_code: dict[str, Note] = {}
    for note in function.notes:  # of two logarithms the first one
        by_code.setdefault(note.code, note)
    for number, note in enumerate([*by_code.values()][:_MOST_NOTES]):
        if note.readings:
            _readings(note.readings, "f", _(f"note.{note.code}"), f"_{number}" if number else "")
        else:
            messages.show_remark(_(f"note.{note.code}"), key=f"note_{note.code}")


def _numbers(_: Translator, moved: str, step_of: str, *, sliders: bool) -> tuple[Problem | None, Problem | None]:
    """Draw x and Δx, each as a field with a slider beside it, on a phone too; return what is wrong with them."""
    labels = {"x": _("field.x", name=shown_name(moved)), "dx": _("field.dx", name=shown_name(step_of))}
    if not sliders:
        return _fields(labels)
    x_place, dx_place = st.columns([9, 10], gap="small")
    problems = []
    for place, name, read, slider in ((x_place, "x", read_point, x_slider), (dx_place, "dx", read_step, dx_slider)):
        with place:
            field, slide = st.columns([4, 5], gap="small", vertical_alignment="bottom", wrap=False)
        with field:
            text = _typed(name, labels[name])
        problems.append(_understood(name, text, read(text)))
        with slide:
            slider(_)
    return problems[0], problems[1]


def _fields(labels: Mapping[str, str]) -> tuple[Problem | None, Problem | None]:
    """Draw x and Δx side by side as fields only."""
    problems = []
    places = st.columns(2, gap="small", wrap=False)
    for place, name, read in zip(places, ("x", "dx"), (read_point, read_step), strict=True):
        with place:
            text = _typed(name, labels[name])
        problems.append(_understood(name, text, read(text)))
    return problems[0], problems[1]


def explorer(
    _: Translator,
    choices: Callable[[], object] | None = None,
    *,
    sliders: bool = True,
    moves: bool = True,
    examples: Sequence[Example] = EXAMPLES,
    echo: Callable[[Function], str] = formula_latex,
    home: Callable[[Translator, Controls], Package] | None = None,
) -> Controls:
    """Draw the fields and return what they ask for.

    Parameters
    ----------
    _ : Translator
    choices : callable, optional
        Draws the page's own choices, side by side below x and Δx.
    sliders : bool
        Draw sliders for x and Δx beside their fields; a page with the canvas has them there.
    moves : bool
        Offer the choice of the variable that moves; a page that treats all of them alike has no use for it, and its
        Δx is that of none in particular.
    examples : sequence of Example
        The functions at hand on this page.
    echo : callable
        Writes the function that was understood as LaTeX.
    home : callable, optional
        Gives what can be taken home besides the link.
    """
    left, right = st.columns([7, 8], gap="medium")
    with left:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="function_row"):
            text = _typed("f", _("field.f"), _("field.f.placeholder"))
            _examples(_, examples)
            link_place = st.container(width="content")
        echo_place = st.container(key="echo", gap=None)
    f_problem = _understood("f", text, parse(text))
    if f_problem is None:
        with echo_place:
            _echo(function_of(text), echo, _)
    whole = function_of(state.view().f)
    with right:
        problems = {"f": f_problem, **_point(_, whole, choices, sliders=sliders, moves=moves)}
    _show_first(problems, echo_place, _)
    asked = _controls(whole, stale=any(problem is not None for problem in problems.values()))
    query = state.link()
    with link_place:
        popover(_, query, partial(home, _, asked) if home else None)
    address.show(query, state.language(), state.page())
    return asked


def _point(
    _: Translator, whole: Function, choices: Callable[[], object] | None, *, sliders: bool, moves: bool
) -> dict[str, Problem | None]:
    """Draw the fields of the point, the held variables and the page's choices; return what is wrong, by field."""
    moved = variables.moving(whole)
    x_problem, dx_problem = _numbers(_, moved, moved if moves else "x", sliders=sliders)
    held, held_problem = "at", None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="choices"):
        if len(whole.variables) > 1:
            if moves:
                variables.choose_moving(_, whole)
            held, held_problem = variables.held_fields(_, whole)
        if choices:
            choices()
    return {"x": x_problem, "dx": dx_problem, held: held_problem}


def _controls(whole: Function, *, stale: bool) -> Controls:
    """Return what the fields ask for, by the last good values."""
    at, moved = variables.values(whole), variables.moving(whole)
    step = quantity_of(read_step(state.view().dx))
    return Controls(variables.freeze(whole, at, moved), whole, moved, at[moved], step, at, stale)


def _show_first(problems: Mapping[str, Problem | None], place: DeltaGenerator, _: Translator) -> None:
    for name, problem in problems.items():
        if problem is not None:
            with place, st.container(key="problem", gap="xsmall"):
                messages.show_problem(problem, _, key=f"problem_{name}")
                question = "reading.use" if len(problem.readings) == 1 else "reading.choose"
                _readings(problem.readings, name, _(question))
            return
