"""Functions of several variables in a lesson: one moves, each of the others is held at the value of its slider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import streamlit as st

from numdiff.derivation.work import Derivation
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.tree import Node, substitute
from pages.learn.lessons import formula, program
from pages.parts import state, variables
from pages.parts.derivation import cached
from pages.parts.entries import Quantity, function_of, parse, quantity_of, read_point, shown_name
from pages.parts.lessons.outline import Screen, View
from pages.parts.results import EXACT_DIGITS


@dataclass(frozen=True)
class Span:
    """A slider's ends and its step; ``unit`` of them make 1 of the variable."""

    least: float
    most: float
    step: float
    unit: float = 1.0
    label: str = ""


@dataclass(frozen=True)
class Several:
    """A function of several variables at a point, with the step of the numerical derivative."""

    function: Function
    at: Mapping[str, Quantity]
    dx: Quantity

    @property
    def point(self) -> dict[str, float]:
        """The values by name."""
        return {name: quantity.value for name, quantity in self.at.items()}

    def frozen(self, moved: str) -> Function:
        """Return the function of the one variable that moves."""
        return variables.freeze(self.function, self.at, moved)


def asked(screen: Screen) -> Several:
    """Return the screen's function at the learner's point, or at the lesson's."""
    start, view = screen.start, state.view(View)
    function = function_of(start.f)
    given = dict(view.own_at)
    texts = {function.variables[0]: view.own_x or start.x} | dict(start.at)
    at = {name: quantity_of(read_point(given.get(name, texts[name]))) for name in function.variables}
    if view.own_x:
        at[function.variables[0]] = quantity_of(read_point(view.own_x))
    return Several(function, at, quantity_of(read_point(start.dx)))


def put(screen: Screen, name: str, text: str) -> None:
    """Take a value for a variable; only in a callback."""
    if name == function_of(screen.start.f).variables[0]:
        state.change(own_x=text)
    else:
        state.change(own_at=tuple((dict(state.view(View).own_at) | {name: text}).items()))


@dataclass(frozen=True)
class _Slider:
    """A slider and the text that it has set; one takes its place whenever the value is changed by other means."""

    turn: int
    text: str


def _slide(screen: Screen, name: str, slot: str, key: str, unit: float) -> None:
    text = f"{state.get(key) / unit:g}"
    put(screen, name, text)
    state.put(slot, _Slider(state.get(slot).turn, text))


def _slider_key(slot: str, text: str) -> str:
    """Return the key of the slider that belongs to a value now (see pages/parts/controls.py for why it changes)."""
    last: _Slider | None = state.get(slot, None)
    if last is None or last.text != text:
        last = _Slider(last.turn + 1 if last else 0, text)
        state.put(slot, last)
    return f"{slot}_{last.turn}"


def sliders(screen: Screen, spans: Mapping[str, Span]) -> Several:
    """Draw a slider for each variable of a span, and return what the screen is about."""
    given = asked(screen)
    places = st.columns(len(spans), gap="medium", wrap=False)
    for column, (name, span) in zip(places, spans.items(), strict=True):
        # a place that a link asks for may lie beside the slider's stops
        shown = given.at[name].value * span.unit
        value = min(max(round(shown / span.step) * span.step, span.least), span.most)
        slot = state.key(f"lesson.{state.view(View).section}.{name}")
        key = _slider_key(slot, given.at[name].text)
        with column:
            st.slider(
                span.label or shown_name(name),
                float(span.least),
                float(span.most),
                float(value),
                float(span.step),
                format="%g",
                key=key,
                on_change=_slide,
                args=(screen, name, slot, key, span.unit),
            )
    return asked(screen)


def derivation(text: str, by: str) -> Derivation:
    """Return the partial derivative of a function that was understood, worked out."""
    return cached.derivation(text, by)


def formula_latex(function: Function) -> str:
    """Return ``f(x, y) = …``, by the function's own name."""
    names = ", ".join(map(latex_name, function.variables))
    return f"{latex_name(function.name)}({names}) = {function.latex()}"


def put_in_latex(given: Several, by: str) -> str:
    """Return ``∂f/∂x (1, 2) = …``, the learner's point put into the partial derivative."""
    found = derivation(given.function.text, by)
    place = ", ".join(given.at[name].latex for name in given.function.variables)
    left = rf"\frac{{\partial f}}{{\partial {latex_name(by)}}}({place})"
    return f"{left} = {to_latex(substitute(found.result.tree, _trees(given)))}"


def _trees(given: Several) -> dict[str, Node]:
    """Return the values as they were typed, by name."""
    found = {name: parse(quantity.text) for name, quantity in given.at.items()}
    return {name: function.tree for name, function in found.items() if isinstance(function, Function)}


def lines_latex(text: str, by: str, *, held: tuple[str, ...] = ()) -> str:
    """Return ``∂f/∂x = … = …``: term by term, and the result. ``held`` leaves those names out of f( )."""
    found = derivation(text, by)
    names = [latex_name(name) for name in found.function.variables if name not in held]
    left = rf"\frac{{\partial f({', '.join(names)})}}{{\partial {latex_name(by)}}}"
    lines = [line.latex() for line in found.root.lines] + [found.result.latex()]
    return formula.aligned(left, lines)


def value(given: Several, by: str) -> np.float64:
    """Return the partial derivative by rules at the point, as float64 computes it."""
    result = derivation(given.function.text, by).result
    with np.errstate(all="ignore"):
        return np.float64(result(*(given.point[name] for name in result.variables)))


def exact(given: Several, by: str) -> Exact:
    """Return the partial derivative at the point, exactly."""
    point = {name: Fraction(value) for name, value in given.point.items()}
    return exact_derivative(given.function.tree, point, by, digits=EXACT_DIGITS)


def numerical(given: Several, by: str) -> float:
    """Return the partial derivative as the lecture's function computes it, the other variables held."""
    return program.computed(given.frozen(by), given.point[by], given.dx.value)


def frozen_latex(given: Several, by: str, color: str) -> str:
    """Return ``f(x, 1) = …`` with the held values in a colour, as they stand in the formula."""
    names = [
        latex_name(name) if name == by else rf"\textcolor{{{color}}}{{{given.at[name].latex}}}"
        for name in given.function.variables
    ]
    trees = {name: tree for name, tree in _trees(given).items() if name != by}
    return f"f({', '.join(names)}) = {to_latex(substitute(given.function.tree, trees))}"
