"""The tangent at a point, and by how much f leaves it: all of it exact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import MOST_DIGITS, exact_derivative, exact_value
from numdiff.function import Function, one_variable
from numdiff.precise import context, public


@dataclass(frozen=True, slots=True)
class Tangent:
    """The line y = slope·(x − x₀) + height through (x₀, f(x₀)), and what it misses one step away.

    Attributes
    ----------
    x, dx : float
        x₀ and the step: the exact values of these floats.
    slope, height : Exact
        f′(x₀) and f(x₀).
    gap : mpmath.mpf
        f(x₀ + Δx) − f(x₀) − f′(x₀)·Δx; NaN where one of the three does not exist.
    radius : mpmath.mpf
        A bound of the gap's error: 0 where it is exact.
    """

    x: float
    dx: float
    slope: Exact
    height: Exact
    gap: Any
    radius: Any


def tangent(f: Function, x: float, dx: float, digits: int = 30) -> Tangent:
    """Return the tangent of f at x.

    Parameters
    ----------
    f : Function
        Of one variable, or of none.
    x, dx : float
        The point and the step at whose end the gap is taken; their exact values.
    digits : int
        Digits wanted of slope and height. The gap, like f″(x)·Δx²/2, is computed with as many more as cancel in it.

    Returns
    -------
    Tangent

    Raises
    ------
    TypeError
        If f is no Function.
    ValueError
        If f has several variables, or x or dx is not finite.

    Examples
    --------
    >>> import numdiff as nd
    >>> float(nd.tangent(nd.parse("x^2"), 3.0, 0.1).slope.value)
    6.0
    """
    one_variable(f)
    if not (math.isfinite(x) and math.isfinite(dx)):
        raise ValueError(f"x and dx must be finite, got {x!r} and {dx!r}")
    lost = 2 * max(0, math.ceil(-math.log10(abs(dx)))) if dx else 0
    count = min(digits + lost, MOST_DIGITS)
    name = f.variables[0] if f.variables else "x"
    here, there = ({name: place} for place in (Fraction(x), Fraction(x) + Fraction(dx)))
    slope, height = exact_derivative(f.tree, here, name, count), exact_value(f.tree, here, count)
    beside = exact_value(f.tree, there, count)
    with context(2 * count + 50) as mp:
        step = mp.mpf(dx)
        gap = mp.convert(beside.value) - height.value - step * slope.value
        radius = mp.convert(beside.radius) + height.radius + abs(step) * slope.radius
    return Tangent(x, dx, slope, height, public(gap), public(radius))
