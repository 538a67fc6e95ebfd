"""Is an answer right but for the rounding of its decimals?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from numdiff.evaluate.agreement import Point
from numdiff.evaluate.floats import evaluate
from numdiff.tree import Node, Number, Variable, transform, walk

_FEWEST_POINTS = 3
_FEWEST_DIGITS_CUT = 2
"""A decimal with fewer digits is taken for rounded, not for cut off: 0.33 may stand for 0.339, 0.3 not for 0.39."""

_ROOM = 1e-12
"""Relative room for the float64 values that are compared."""


def digits_of_rounded(given: Node, answer: Node, points: Sequence[Point]) -> int:
    """Return to how many digits an answer is right whose decimals are rounded, 0 if it is wrong in another way.

    At every point the answer must be as near as its decimals allow, each of them being off by half a unit of its last
    digit, or by one where it was cut off.

    Parameters
    ----------
    given, answer : Node
        A wrong answer, and the right one.
    points : sequence of Point
        Where they are compared.
    """
    decimals = tuple(dict.fromkeys(part for part in walk(given) if isinstance(part, Number) and _digits(part)))
    if not decimals:
        return 0
    names = {part: f"#{place}" for place, part in enumerate(decimals)}
    opened = transform(
        given, lambda node: Variable(names[node]) if isinstance(node, Number) and node in names else node
    )
    compared = 0
    for point in points:
        values = {name: float(value) for name, value in point.items()}
        known = values | {names[part]: float(part.value) for part in decimals}
        at, wanted = _float(opened, known), _float(answer, values)
        if not math.isfinite(at) or not math.isfinite(wanted):
            continue
        reach = sum(_reach(opened, known, names[part], _unit(part), at) for part in decimals)
        if not abs(at - wanted) <= reach + _ROOM * abs(wanted):
            return 0
        compared += 1
    long = [_digits(part) for part in decimals if _digits(part) >= _FEWEST_DIGITS_CUT]
    return min(long, default=1) if compared >= _FEWEST_POINTS else 0


def _reach(opened: Node, known: dict[str, float], name: str, unit: float, at: float) -> float:
    """Return by how much the value changes where a decimal changes by so much, to the side where it changes more."""
    changes = [abs(_float(opened, known | {name: known[name] + side * unit}) - at) for side in (-1, 1)]
    return max((change for change in changes if math.isfinite(change)), default=0.0)


def _unit(decimal: Number) -> float:
    """Return by how much a decimal may be off."""
    unit = Fraction(1, 10 ** _places(decimal))
    return float(unit if _digits(decimal) >= _FEWEST_DIGITS_CUT else unit / 2)


def _places(decimal: Number) -> int:
    return len(decimal.text.partition(".")[2])


def _digits(number: Number) -> int:
    """Return the significant digits of a decimal, 0 for a whole number and for one with a power of ten."""
    if "." not in number.text or not number.text.replace(".", "").isdigit():
        return 0
    return len(number.text.replace(".", "").lstrip("0")) if _places(number) else 0


def _float(tree: Node, values: dict[str, float]) -> float:
    with np.errstate(all="ignore"):  # the answer may have no value there
        return float(evaluate(tree, values))
