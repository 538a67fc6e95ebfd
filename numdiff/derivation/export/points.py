"""Where a script checks a derivation: points at which float64 arithmetic itself is good enough to tell.

A point is left out where a displayed expression loses its digits to cancellation, or where a measured slope is not the
derivative to the tolerance, both judged against exact values. Whether two lines agree plays no part in the choice: a
false line stays false at every point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from numdiff.derivation.chain.exact import ExactTable, Value, needed, sample_points
from numdiff.derivation.chain.values import point_of
from numdiff.derivation.export.claims import Claims, length
from numdiff.derivation.steps import Derivative, Line
from numdiff.evaluate.floats import evaluate

STEP = 1e-3
"""The step of a measured slope, times max(1, abs(x)): its error is about h⁴ = 1e-12 and rounding 1e-16/h = 1e-13."""

MEASURED, CLOSE = 1e-6, 1e-8
"""Relative tolerances of a script's checks: with a measured slope, and without (a true line may lose some digits)."""

FLOOR = 1e-3
"""Numbers smaller than this are compared as if they were this large: the digits of a measured 0 are noise."""

MOST_NODES = 40_000
"""Nodes of all lines at all points that are tried: of long work fewer points are, at least one."""

_GREATEST = 10**300
"""Beyond this float64 overflows."""


def points_for(claims: Claims, at: Mapping[str, float] | None) -> dict[str, list[float]]:
    """Return a column of values for each variable of the function; empty columns where no point will do."""
    candidates = sample_points(claims.tree, claims.variables, claims.variable)
    if at is not None:
        own = point_of(claims.variables, at)
        candidates = [{name: Fraction(value) for name, value in own.items()}, *candidates]
    lines = [line for claim in claims.claims for line in claim.lines]
    candidates = candidates[: max(1, MOST_NODES // sum(map(length, lines)))]
    exact = ExactTable(claims.inner, candidates)
    good = [point for place, point in enumerate(candidates) if _is_good(lines, exact, place)]
    return {name: [float(point[name]) for point in good] for name in claims.variables}


def _is_good(lines: Sequence[Line], exact: ExactTable, place: int) -> bool:
    """Return True if float64 gives every line to the tolerance at the point."""
    point = exact.point(place)
    if point is None or any(abs(value) > _GREATEST for value in point.values()):
        return False
    rounded = {name: float(value) for name, value in point.items()}
    return all(_is_computed(line, rounded, exact.value(line, place)) for line in lines)


def _is_computed(line: Line, rounded: Mapping[str, float], true: Value) -> bool:
    if isinstance(true, str) or abs(true) > _GREATEST:
        return False
    value, wanted = _measured_line(line, rounded), float(true)
    tolerance = (MEASURED if line.open else CLOSE) / 4
    return abs(value - wanted) <= tolerance * max(FLOOR, abs(wanted))  # False for NaN


def _measured_line(line: Line, point: Mapping[str, float]) -> float:
    slopes = {name: measured_slope(derivative, point) for name, derivative in line.open.items()}
    return float(evaluate(line.tree, needed(line.tree, {**point, **slopes})))


def measured_slope(derivative: Derivative, point: Mapping[str, float]) -> float:
    """Return the derivative as a script measures it: central differences with two steps, extrapolated."""
    x = point[derivative.variable]
    h = STEP * max(1.0, abs(x))
    nodes = x + h * np.array([1.0, -1.0, 2.0, -2.0])
    moved: dict[str, Any] = {**point, derivative.variable: nodes}
    values = np.broadcast_to(evaluate(derivative.of, needed(derivative.of, moved)), nodes.shape)
    right, left, further_right, further_left = values
    with np.errstate(all="ignore"):
        near, far = (right - left) / (2 * h), (further_right - further_left) / (4 * h)
        return float((4 * near - far) / 3)
