"""Exact values of the lines of a chain: inner functions and open derivatives from what they stand for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias, TypeVar

import mpmath
import numpy as np

from numdiff.derivation.check.samples import find_samples
from numdiff.derivation.steps import Condition, Derivative, Line
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import MOST_DIGITS, derivative_by_series, exact_derivative, exact_value
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.tape import compile_tape
from numdiff.exact import rational
from numdiff.tree import Node

Point: TypeAlias = Mapping[str, Fraction]

T = TypeVar("T")

Value: TypeAlias = Fraction | Literal["undefined", "undecided"]
"""A number, provably none, or no answer at the highest precision."""

_SAMPLES_KEPT = 64
"""Of so many functions: the points are the same wherever the learner looks."""

DIGITS = 30
_WITHIN = DIGITS + 10
"""Digits of what a line is computed from."""


def sample_points(
    tree: Node, variables: Sequence[str], variable: str, conditions: Sequence[Condition] = ()
) -> list[Point]:
    """Return points at which the tree has a derivative and conditions hold, exact ones: a float is its binary value."""
    return list(_sample_points(tree, tuple(variables), variable, tuple(conditions)))


@lru_cache(maxsize=_SAMPLES_KEPT)
def _sample_points(
    tree: Node, variables: tuple[str, ...], variable: str, conditions: tuple[Condition, ...]
) -> tuple[Point, ...]:
    with np.errstate(all="ignore"):  # a constant such as 0/0 is worked out at once
        samples = find_samples(tree, variables, variable, conditions)
    columns = {name: [Fraction(float(value)) for value in column] for name, column in samples.points.items()}
    return tuple({name: column[row] for name, column in columns.items()} for row in range(samples.count))


def has_derivative(tree: Node, point: Point, variable: str) -> bool:
    """Return True if the derivative by the variable is known to exist at the point."""
    return exact_derivative(tree, point, variable, DIGITS).status == "ok"


def exact_inner(definitions: Mapping[str, Node], point: Point) -> dict[str, Fraction] | None:
    """Return the point with the exact values of the inner functions added; None where one of them has none.

    What is rounded is the places behind the point: the sine or the exponential of a large number needs them.
    """
    values = dict(point)
    for name, definition in reversed(list(definitions.items())):
        value = exact_value(definition, values, _WITHIN)
        if value.status == "ok" and abs(value.value) > 1:
            digits = _WITHIN + math.ceil(mpmath.mag(value.value) * math.log10(2))
            if digits > MOST_DIGITS:
                return None
            value = exact_value(definition, values, digits)
        if value.status != "ok":
            return None
        values[name] = rational(value.value)
    return values


class ExactTable:
    """Exact values of lines at points, each computed once.

    Parameters
    ----------
    definitions : mapping of str to Node
        The inner functions that the lines may hold, each in the names after it.
    points : sequence of mapping of str to Fraction
        Values of the variables.
    """

    def __init__(self, definitions: Mapping[str, Node], points: Sequence[Point]) -> None:
        self._definitions, self._given = definitions, points
        self._points: dict[int, Point | None] = {}
        self._slopes: dict[tuple[Derivative, int], Value] = {}
        self._values: dict[tuple[Node, int], Value] = {}

    def point(self, place: int) -> Point | None:
        """Return a point with the values of the inner functions; None where one of them has none."""
        if place not in self._points:
            self._points[place] = exact_inner(self._definitions, self._given[place])
        return self._points[place]

    def slope(self, derivative: Derivative, place: int) -> Value:
        """Return the value of an open derivative at a point."""
        point, key = self.point(place), (derivative, place)
        if point is None:
            return "undecided"
        if key not in self._slopes:
            asked = derivative.of, needed(derivative.of, point), derivative.variable, _WITHIN
            found = derivative_by_series(*asked) or exact_derivative(*asked)
            self._slopes[key] = _settled(found)
        return self._slopes[key]

    def value(self, line: Line, place: int) -> Value:
        """Return the value of a line at a point, its open derivatives included."""
        slopes = {name: self.slope(derivative, place) for name, derivative in line.open.items()}
        point, key = self.point(place), (line.tree, place)
        if point is None:
            return "undecided"
        if slopes:
            return exact_tree(line.tree, point, slopes)
        if key not in self._values:
            self._values[key] = exact_tree(line.tree, point, slopes)
        return self._values[key]


def needed(tree: Node, point: Mapping[str, T]) -> dict[str, T]:
    """Return the values of the variables that occur in the tree: a chain has dozens of names, a line a few of them."""
    return {name: point[name] for name in compile_tape(tree).variables}


def exact_tree(tree: Node, point: Point, slopes: Mapping[str, Value]) -> Value:
    """Return the value of a tree, the derivatives in it given.

    Interval arithmetic cannot tell that two expressions are equal, as sgn(max(x, e) − e) needs it where x < e. There
    the value in float64 has to do.
    """
    numbers: dict[str, Fraction] = {}
    for name, slope in slopes.items():
        if isinstance(slope, str):
            return slope
        numbers[name] = slope
    values = needed(tree, {**point, **numbers})
    value = _settled(exact_value(tree, values, DIGITS))
    return _in_float64(tree, values) if value == "undecided" else value


def _in_float64(tree: Node, values: Point) -> Value:
    sizes = {name: abs(value) for name, value in values.items()}
    if any(size > Fraction(10) ** 300 for size in sizes.values()):
        return "undecided"
    found = float(evaluate(tree, {name: float(value) for name, value in values.items()}))
    return Fraction(found) if np.isfinite(found) else "undecided"


def _settled(value: Exact) -> Value:
    if value.status == "ok":
        return rational(value.value)
    return "undefined" if value.status == "undefined" else "undecided"
