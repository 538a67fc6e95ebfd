"""The numbers of the page: partial derivatives exactly and by difference quotients, and along a direction."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

from numdiff.difference.schemes import difference
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.evaluate.floats import evaluate
from numdiff.precise import context, public
from pages.parts.entries import function_of, variable_of
from pages.parts.kept import kept
from pages.parts.results import EXACT_DIGITS
from pages.parts.surface.question import Asked, At

PRECISION = 60
"""Decimal digits with which exact numbers are put together."""


@dataclass(frozen=True)
class Slope:
    """A derivative exactly, and as the central difference quotient gives it in float64."""

    exact: Exact
    estimate: float

    @property
    def value(self) -> float:
        """The float64 nearest to the exact value; NaN if there is none."""
        return float(self.exact.value) if self.exact.status == "ok" else math.nan


@kept
def slope(text: str, x: float, dx: float, scheme: str = "central") -> Slope:
    """Return the derivative at x of a function of one variable that was understood."""
    function = function_of(text)
    name = variable_of(function)
    exact = exact_derivative(function.tree, {name: Fraction(x)}, name, digits=EXACT_DIGITS)
    with np.errstate(all="ignore"):
        estimate = float(difference(function, x, dx, scheme=scheme))
    return Slope(exact, estimate)


def partial(asked: Asked, name: str, scheme: str = "central") -> Slope:
    """Return the partial derivative by a variable at the learner's point."""
    return slope(asked.along(name).text, asked.given.at[name].value, asked.given.dx.value, scheme)


@dataclass(frozen=True)
class Direction:
    """The derivative along a direction of the plane of two variables.

    Attributes
    ----------
    gradient : tuple of two Slopes
        By both variables.
    angle : float
        Of the direction, in degrees from the first variable towards the second.
    along : Slope
        ∇f·u, and the central quotient along u.
    """

    gradient: tuple[Slope, Slope]
    angle: float
    along: Slope

    @property
    def exists(self) -> bool:
        """Whether both partial derivatives exist, within the range of float64."""
        return math.isfinite(self.length)

    @property
    def vector(self) -> tuple[float, float]:
        """The gradient in float64."""
        return self.gradient[0].value, self.gradient[1].value

    @property
    def length(self) -> float:
        """The gradient's length in float64."""
        return math.hypot(*self.vector)

    @property
    def steepest(self) -> float:
        """The angle of the gradient, in degrees from 0 to 360; NaN if it is 0 or does not exist."""
        return math.degrees(math.atan2(*reversed(self.vector))) % 360 if self.length > 0 else math.nan


def unit(angle: float) -> tuple[float, float]:
    """Return the direction of an angle in degrees; exactly along an axis where it is a right one."""
    exact = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
    turned = angle % 360
    if turned in exact:
        return exact[int(turned)]
    return math.cos(math.radians(turned)), math.sin(math.radians(turned))


def direction(asked: Asked, angle: float) -> Direction:
    """Return the derivative along a direction in the plane of the page's two variables."""
    first, second = asked.axes
    gradient = partial(asked, first), partial(asked, second)
    along = _along(asked.text, (first, second), asked.at, asked.given.dx.value, unit(angle))
    return Direction(gradient, angle, Slope(_projected(gradient, angle), along))


def _cosine(mp: Any, angle: float) -> tuple[mpmath.mpf, bool]:  # noqa: ANN401 - mpmath has no types
    """Return the cosine of an angle in degrees in the precision of a context, and whether it is exactly that."""
    exact = {0: "1", 60: "0.5", 90: "0", 120: "-0.5", 180: "-1", 240: "-0.5", 270: "0", 300: "0.5"}
    turned = angle % 360
    if turned in exact:
        return mp.mpf(exact[int(turned)]), True
    return mp.cos(mp.radians(mp.mpf(turned))), False


def _projected(gradient: tuple[Slope, Slope], angle: float) -> Exact:
    """Return ∇f·u = ∂f/∂x·cos + ∂f/∂y·sin; what is missing stays missing unless u does not need it."""
    with context(PRECISION) as mp:
        u = _cosine(mp, angle), _cosine(mp, angle - 90)
    needed = [(part.exact, turn, is_known) for part, (turn, is_known) in zip(gradient, u, strict=True) if turn]
    for exact, *_turn in needed:
        if exact.status != "ok":
            return exact
    with context(PRECISION) as mp:
        terms = [mp.convert(turn) * exact.value for exact, turn, _known in needed]
        radius = sum((abs(mp.convert(turn)) * exact.radius for exact, turn, _known in needed), mp.mpf(0))
        is_whole = all(exact.radius == 0 and (is_known or exact.value == 0) for exact, _turn, is_known in needed)
        if not is_whole:  # what is put together is rounded once more, far below the digits that are shown
            radius += sum(map(abs, terms), mp.mpf(0)) * mp.mpf(10) ** -(PRECISION - 5)
        return Exact(public(sum(terms, mp.mpf(0))), public(radius))


@kept
def _along(text: str, axes: tuple[str, str], at: At, dx: float, u: tuple[float, float]) -> float:
    """Return (f(p + Δx·u) − f(p − Δx·u)) / 2Δx in float64."""
    function, place = function_of(text), dict(at)
    steps = np.array([dx, -dx])
    given: dict[str, np.ndarray | float] = {name: place[name] for name in function.variables}
    given |= {name: place[name] + steps * turn for name, turn in zip(axes, u, strict=True)}
    with np.errstate(all="ignore"):
        ahead, behind = np.broadcast_to(evaluate(function.tree, given), (2,)).astype(np.float64)
        return float((ahead - behind) / (2 * dx))
