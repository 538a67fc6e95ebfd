"""Whether the lines about f and f′ hold: each side's value, with the exact values of f and f′ put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath

from numdiff.derivation.relation.screen import DIGITS, Sample, exact_fraction
from numdiff.derivation.steps import Check, Place
from numdiff.evaluate.exact import exact_value
from numdiff.precise import context
from numdiff.tree import Node

_DIGITS = 50
_ROOM = mpmath.mpf(10) ** -30
"""Relative difference allowed: f and f′ are put in with 80 digits, of which cancelling may take some."""

_FEWEST = 2


def check_sides(place: Place, sides: Sequence[Node], points: Sequence[Sample], name: str) -> Check:
    """Return whether all sides are equal at all points at which they can be computed, at least at two.

    Parameters
    ----------
    place
        What is checked, for the report.
    sides : sequence of Node
        Expressions with variables ``name`` and ``name'`` for f and f′.
    points
        Where, with the values of f and f′.
    name : str
        What f is called.
    """
    worst, compared = 0.0, 0
    for sample in points:
        values = [_value(side, sample, name) for side in sides]
        if any(value is None for value in values):
            continue
        compared += 1
        gap = _greatest_gap(values)
        worst = max(worst, float(gap))
        if gap > _ROOM:
            return Check(place, "proof", holds=False, reason="different", difference=worst)
    if compared < min(_FEWEST, len(points)) or not compared:
        return Check(place, "proof", holds=False, reason="undecided")
    return Check(place, "proof", holds=True, difference=worst)


def _greatest_gap(values: Sequence[Any]) -> Any:  # noqa: ANN401 - mpmath has no types
    """Return by how much any value differs from the first, relative to the greatest."""
    with context(DIGITS) as mp:
        numbers = [mp.convert(value) for value in values]
        size = max([abs(number) for number in numbers] + [mp.mpf(10) ** -20])
        return max(abs(number - numbers[0]) for number in numbers) / size


def _value(side: Node, sample: Sample, name: str) -> Any:  # noqa: ANN401 - mpmath has no types
    known = {name: exact_fraction(sample.value), f"{name}'": exact_fraction(sample.slope)}
    found = exact_value(side, {**sample.point, **known}, _DIGITS)
    return found.value if found.status == "ok" else None
