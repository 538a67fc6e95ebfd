"""From a function and a point to what the canvas is told about them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from numdiff.error.point import point_kind
from numdiff.error.sweep import DEFAULT_STEPS, PER_DECADE
from numdiff.error.totals import total_errors
from numdiff.function import Function
from numdiff.precise import context
from numdiff.printing.javascript import to_javascript
from numdiff.printing.text import to_text
from pages.parts import numbers
from pages.parts.canvas.component import Heights, Known, Scene, Zoom
from pages.parts.entries import function_of, shown_name, variable_of
from pages.parts.fields import SCHEMES
from pages.parts.kept import kept
from pages.parts.picture import value
from pages.parts.results import EXACT_DIGITS, slope

SENT_DIGITS = 4
"""Digits of an error that a chart can show."""

_RESTS = DEFAULT_STEPS[::PER_DECADE]
"""The steps at which the canvas's animation rests and writes a quotient down: the powers of ten."""

_SPECIAL = {math.inf: "Infinity", -math.inf: "-Infinity"}


def code(function: Function) -> str:
    """Return f as JavaScript of one parameter; the helpers are in the canvas's script already."""
    return to_javascript(function.tree, (variable_of(function),), inline_helpers=False)


def _sent(errors: NDArray[np.float64]) -> list[float | None]:
    return [float(f"{error:.{SENT_DIGITS}g}") if math.isfinite(error) else None for error in errors.tolist()]


@kept
def known(text: str, x: float) -> Known:
    """Return f′(x) and the errors of the canvas's schemes, for a function that was understood."""
    function = function_of(text)
    totals = total_errors(function, x, SCHEMES)
    errors = {scheme: _sent(totals.errors[totals.row(scheme)]) for scheme in SCHEMES}
    exact = slope(text, x)
    if exact.status != "ok":
        return Known(x, None, None, "", "", errors, point_kind(function, x).kind == "overflow")
    shown, nearest = numbers.exact_shown(exact.value, exact.radius), float(exact.value)
    with context(EXACT_DIGITS + 10) as mp:
        rest = float(mp.convert(exact.value) - nearest) if math.isfinite(nearest) else 0.0
    return Known(x, nearest if math.isfinite(nearest) else None, rest, shown.text, shown.relation, errors)


def _plain(height: float) -> float | str:
    return height if math.isfinite(height) else _SPECIAL.get(height, "NaN")


@kept
def heights(text: str, x: float, dx: float) -> Heights:
    """Return f at x + s and x − s for the steps s = 0, Δx and the powers of ten, as the page's tables have it."""
    function, steps = function_of(text), np.array([0.0, dx, *_RESTS])
    right, left = (value(function, x + sign * steps).tolist() for sign in (1, -1))
    return tuple(map(_plain, right)), tuple(map(_plain, left))


def scene(
    text: str, x: float, dx: float, schemes: tuple[str, ...], *, zoom: Zoom | None = None, present: bool = False
) -> Scene:
    """Return what the canvas shows, from the text of a function that was understood."""
    function = function_of(text)
    name, sent = shown_name(variable_of(function)), heights(text, x, dx)
    return Scene(
        code(function), to_text(function.tree), x, dx, schemes, known(text, x), zoom, present, name=name, heights=sent
    )


def typed(value: float) -> str:
    """Return a number from the canvas as one would type it: ``2.5``, ``-0.5``, ``10^-4``."""
    mantissa, exponent = numbers.step_mantissa(value)
    if exponent is not None and mantissa == "1" and value > 0:
        return f"10^{exponent}"
    return repr(float(value))
