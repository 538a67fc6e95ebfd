"""The live pieces that lessons share: the canvas, tables of quotients that settle, sentences in the learner's numbers.

They are made of the explorers' own parts; what is special is only what a beginner is not shown yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from html import escape

import numpy as np
import streamlit as st

from numdiff.difference.schemes import difference
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from pages.learn.lessons.entry import Asked, follow
from pages.learn.lessons.stage import Stage
from pages.parts import numbers, panel, sentences, state
from pages.parts.canvas import Moved, cached, canvas
from pages.parts.entries import function_of, variable_of
from pages.parts.i18n import Translator
from pages.parts.kept import kept
from pages.parts.picture import draw_slopes, slopes
from pages.parts.results import EXACT_DIGITS, Result, result
from pages.parts.tables import look

DECADES = tuple(10.0**-power for power in range(7))
"""1, 0.1, …, 10⁻⁶: where a forward quotient visibly settles."""

SLOPE_HEIGHT = 170
"""Of the picture of f′, in px."""


def draw_canvas(
    stage: Stage, given: Asked, schemes: tuple[str, ...], on_move: Callable[[Moved], None] | None = None
) -> None:
    """Draw the live picture; a hand on it moves the screen's own x and Δx, or what ``on_move`` says."""
    text, x, dx = given.place
    shown = replace(cached.scene(text, x, dx, schemes), plain=True)
    key = f"canvas_{stage.lesson.slug}"
    canvas(shown, state.language(), key=key, on_move=on_move or follow(stage.screen))


def found(given: Asked, schemes: tuple[str, ...] = ("forward", "central")) -> Result:
    """Return everything that is known at the learner's point."""
    return result(*given.place, schemes)


@kept
def exact_slope(text: str, x: float) -> Exact:
    """Return f′(x) for a function that was understood."""
    function = function_of(text)
    name = variable_of(function)
    return exact_derivative(function.tree, {name: Fraction(x)}, name, digits=EXACT_DIGITS)


def shown_exact(exact: Exact) -> str:
    """Return the exact value with its true digits; a dash where there is none."""
    return numbers.exact_shown(exact.value, exact.radius).text if exact.status == "ok" else look.NONE


def quotients_html(function: Function, x: float, steps: Iterable[float], schemes: Sequence[str], _: Translator) -> str:
    """Return a table of quotients, a row for each Δx; digits that agree with f′(x) are bold."""
    exact = exact_slope(function.text, x)
    rows = []
    for step in steps:
        with np.errstate(all="ignore"):
            values = [np.float64(difference(function, x, step, scheme=scheme)) for scheme in schemes]
        rows.append(look.row(numbers.step(step), [look.number_cell(value, exact) for value in values]))
    heads = ["Δx", *(_(f"term.{scheme}") for scheme in schemes)]
    return look.panel_html(look.table(_("lesson.quotients"), heads, rows, "nd-short"))


def draw_quotients(given: Asked, steps: Iterable[float], schemes: Sequence[str], _: Translator) -> None:
    """Draw the table of quotients."""
    st.html(quotients_html(given.function, given.x.value, steps, schemes, _))


def draw_exact(given: Asked, _: Translator) -> None:
    """Write f′(x) with its true digits, or why there is none."""
    here = found(given)
    if not here.has_derivative:
        draw_said(panel.sentence(here, "forward", _))
        return
    shown = numbers.exact_shown(here.exact.value, here.exact.radius)
    label = _("lesson.exact", x=sentences.number(given.x.value))
    st.html(look.panel_html(f'<div class="nd-lead">{label} {shown.relation} {shown.text}</div>'))


def draw_slope(given: Asked, _: Translator) -> None:
    """Draw f′: by rule, and over it as the numerical derivative gives it."""
    seen = slopes(*given.place, "central", "auto")
    draw_slopes(_, seen, height=SLOPE_HEIGHT, key="slopes")


def draw_sentence(text: str) -> None:
    """Write a sentence that matters, larger than the rest; all of it is ours or a number."""
    st.html(f'<div class="nd-lead">{escape(text)}</div>')


def draw_said(text: str) -> None:
    """Write what is to be seen at the learner's point."""
    st.html(f'<div class="nd-said">{escape(text)}</div>')


def same(given: Asked) -> dict[str, str]:
    """Return the fields with which an explorer opens at the same function, point and step."""
    return {"f": given.function.text, "x": given.x.text, "dx": given.dx.text}
