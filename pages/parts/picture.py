"""What is seen of a function: the stretch of its curve, its secants, and f′ beside its difference quotient."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from numdiff.difference.schemes import SCHEMES, difference
from numdiff.error.model import taylor_terms
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.function import Function
from pages.parts import theme
from pages.parts.entries import function_of, variable_of
from pages.parts.figures.secant import Secant, SecantPicture, slope_figure
from pages.parts.i18n import Translator
from pages.parts.kept import kept
from pages.parts.sampling import Curve, sample_curve, x_window
from pages.parts.sentences import short_name

Floats = NDArray[np.float64]

STEPS_AROUND = 3.0
"""Half-width of the window that follows Δx, in units of Δx."""


def value(function: Function, x: Floats | float) -> Floats:
    """Return f(x) in float64, NaN or infinite where there is none."""
    return np.asarray(evaluate(function.tree, {variable_of(function): x}), dtype=np.float64)


def slope(function: Function, x: Floats | float) -> Floats:
    """Return f′(x) in float64 by dual numbers, NaN where there is none."""
    name = variable_of(function)
    return np.asarray(evaluate_dual(function.tree, {name: x}, name)[1], dtype=np.float64)


def _derivatives(function: Function, x: float) -> tuple[float, ...]:
    """Return f′, f″ and f‴ at x, NaN where f is not smooth."""
    return tuple(float(term) for term in taylor_terms(function, x, 4)[1:])


def window_around(function: Function, x: float, dx: float, window: str) -> tuple[float, float]:
    """Return the stretch of the x axis for a choice of :data:`pages.explore.secant.fields.WINDOWS`."""
    if window == "auto":
        return x_window(x, dx, _derivatives(function, x))
    half = STEPS_AROUND * dx if window == "step" else float(window)
    half = max(half, 64 * float(np.spacing(abs(x))))
    return x - half, x + half


def _secant(function: Function, scheme: str, x: float, dx: float) -> Secant:
    """Return the secant through the first and the last node of a scheme, as float64 has them."""
    offsets = sorted(SCHEMES[scheme].offsets)
    ends = [x + float(offset) * dx for offset in (offsets[0], offsets[-1])]
    first, second = ((end, float(value(function, end))) for end in ends)
    return Secant(scheme, first, second)


@kept
def scene(text: str, x: float, dx: float, schemes: tuple[str, ...], window: str) -> SecantPicture:
    """Return what is seen, from the text of a function that was understood."""
    function = function_of(text)
    span = window_around(function, x, dx, window)
    height = float(value(function, x))
    secants = tuple(_secant(function, scheme, x, dx) for scheme in schemes)
    marked = [height] + [end[1] for secant in secants for end in (secant.first, secant.second)]
    taylor = (height, *_derivatives(function, x))
    curve = sample_curve(lambda points: value(function, points), span, marked, taylor)
    return SecantPicture(curve, span, secants)


@dataclass(frozen=True)
class Slopes:
    """f′ over a window: exact, and as a difference quotient gives it."""

    exact: Curve
    numerical: Curve
    window: tuple[float, float]
    point: tuple[float, float]
    scheme: str


@kept
def slopes(text: str, x: float, dx: float, scheme: str, window: str) -> Slopes:
    """Return f′ over the window of :func:`scene`."""
    function = function_of(text)
    span = window_around(function, x, dx, window)
    rise = float(slope(function, x))
    own = [rise] if math.isfinite(rise) else []

    def quotient(points: Floats) -> Floats:
        return np.asarray(difference(function, points, dx, scheme=scheme), dtype=np.float64)

    exact = sample_curve(lambda points: slope(function, points), span, own)
    return Slopes(exact, sample_curve(quotient, span, own), span, (x, rise), scheme)


def draw_slopes(_: Translator, seen: Slopes, *, height: int, key: str) -> None:
    """Draw f′ under the picture of f, over the same window."""
    labels = {"exact": "f′", "numerical": short_name(_, seen.scheme)}
    figure = slope_figure(
        seen.exact,
        seen.numerical,
        seen.window,
        seen.point,
        labels=labels,
        theme=theme.current(),
        role=seen.scheme,
        height=height,
    )
    words = _("picture.slopes.alt", name=labels["numerical"])
    st.plotly_chart(figure, config=dict(theme.CONFIG), key=key, theme=None, alt=words)
