"""Is f′ a polynomial in f? Asked of numbers: values of f and f′ to many digits, at points where both exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

from numdiff.budget import Budget
from numdiff.derivation.check.samples import find_samples
from numdiff.evaluate.agreement import sample_points
from numdiff.evaluate.exact import derivative_by_series, exact_derivative, exact_value
from numdiff.evaluate.tape import compile_tape
from numdiff.functions.registry import pieces
from numdiff.precise import context, public
from numdiff.tree import Call, Node, Piecewise, variables, walk

DIGITS = 80
HIGHEST_DEGREE = 12
"""Up to this degree a polynomial is looked for."""

_COST_OF_SAMPLE, _COST_OF_STEP = 50, 6
"""Operations of the budget that values of f and f′ cost, and each instruction of f in them."""
_NEEDED = HIGHEST_DEGREE + 5
_NEEDED_FOR_PIECES = 80
_NEAR = mpmath.mpf(10) ** -8
_AGREEMENT = mpmath.mpf(10) ** -30
_TINY = mpmath.mpf(10) ** -20
_SMALL_DENOMINATOR = 10**12

_POINTS = tuple(
    Fraction(text)
    for text in (
        *("3/7", "-5/9", "17/13", "-19/16", "29/11", "-1/17", "41/19", "-67/25", "1/31", "53/58", "-31/37", "97/44"),
        *("-83/49", "21/8", "-7/6", "23/19", "-13/3", "1/5", "71/23", "-12/11", "37/7", "-1/3", "5/8", "-2/7", "9/2"),
        *("101/13", "-77/12", "53/3", "211/2"),
    )
)
_PARAMETERS = tuple(
    Fraction(text) for text in "13/9 17/11 6/7 23/15 19/21 31/18 29/23 25/22 34/27 37/30 16/19 41/32 22/29".split()
)


@dataclass(frozen=True, eq=False)
class Sample:
    """A point with the values of f and f′ there."""

    point: Mapping[str, Fraction]
    value: Any
    slope: Any


def samples(tree: Node, variable: str, budget: Budget) -> tuple[Sample, ...]:
    """Return points at which f and f′ exist, with their values to :data:`DIGITS` digits.

    The other variables are parameters: each has one value, the same in all samples. A function made of pieces has more
    of them, far out too. Fewer come back where the domain is too small or the budget is spent.
    """
    wanted = _NEEDED_FOR_PIECES if is_in_pieces(tree) else _NEEDED
    cost = _COST_OF_SAMPLE + _COST_OF_STEP * len(compile_tape(tree).instructions)
    found: list[Sample] = []
    for point in _candidates(tree, variable):
        if len(found) >= wanted or budget.is_spent:
            break
        budget.count(cost)
        sample = _sample(tree, point, variable)
        if sample is not None:
            found.append(sample)
    return tuple(found)


def is_in_pieces(tree: Node) -> bool:
    """Return whether the function may behave otherwise where no sample lies: it has a maximum, a sign or the like."""
    return any(isinstance(part, Piecewise) or (isinstance(part, Call) and part.name in pieces()) for part in walk(tree))


def _candidates(tree: Node, variable: str) -> Iterator[Mapping[str, Fraction]]:
    others = [name for name in variables(tree) if name != variable]
    fixed = dict(zip(others, _PARAMETERS, strict=False))
    for value in _POINTS:
        yield {**fixed, variable: value}
    for point in sample_points((tree,), (variable,), 60)[14:]:
        yield {**fixed, **point}
    with np.errstate(all="ignore"):  # a constant part may have no value
        known = find_samples(tree, tuple(dict.fromkeys((variable, *others))), variable)
    for place in range(known.count):
        point = {name: Fraction(float(column[place])) for name, column in known.points.items()}
        for k in range(12):
            yield {**point, variable: point[variable] * (1 + Fraction(k, 9973))}


def _sample(tree: Node, point: Mapping[str, Fraction], variable: str) -> Sample | None:
    value = exact_value(tree, point, DIGITS)
    if value.status != "ok":
        return None
    slope = derivative_by_series(tree, point, variable, DIGITS) or exact_derivative(tree, point, variable, DIGITS)
    return Sample(point, value.value, slope.value) if slope.status == "ok" else None


def lowest_degree(known: tuple[Sample, ...]) -> tuple[int, tuple[Any, ...]] | None:
    """Return the degree and coefficients of a polynomial P with f′ = P(f) at all samples; None if there is none.

    It is Newton's interpolation at the first samples, tested at the others; up to :data:`HIGHEST_DEGREE`.
    """
    different = _different(known)
    if len(different) < 4:
        return None
    with context(DIGITS) as mp:
        points = [(mp.convert(s.value), mp.convert(s.slope)) for s in known]
        xs, ys = [mp.convert(s.value) for s in different], [mp.convert(s.slope) for s in different]
        highest = min(HIGHEST_DEGREE, len(different) - 4)
        divided = list(ys[: highest + 1])
        for k in range(1, highest + 1):
            for i in range(highest, k - 1, -1):
                divided[i] = (divided[i] - divided[i - 1]) / (xs[i] - xs[i - k])
        for degree in range(highest + 1):
            if all(_close(_newton(divided[: degree + 1], xs, y), slope) for y, slope in points):
                return degree, tuple(map(public, _standard(divided[: degree + 1], xs)))
    return None


def _different(known: tuple[Sample, ...]) -> list[Sample]:
    """Return samples with clearly different values of f, no more than are needed."""
    kept: list[Sample] = []
    for sample in known:
        if len(kept) == _NEEDED:
            break
        if all(_is_apart(sample.value, other.value) for other in kept):
            kept.append(sample)
    return kept


def _is_apart(value: Any, other: Any) -> bool:  # noqa: ANN401 - mpmath has no types
    with context(DIGITS) as mp:
        first = mp.convert(value)
        return bool(abs(first - other) > _NEAR * (1 + abs(first)))


def _close(a: Any, b: Any) -> bool:  # noqa: ANN401 - mpmath has no types
    return bool(abs(a - b) <= _AGREEMENT * (abs(b) + _TINY))


def _newton(divided: list[Any], xs: list[Any], x: Any) -> Any:  # noqa: ANN401 - mpmath has no types
    total = 0 * x
    for k in range(len(divided) - 1, -1, -1):
        total = total * (x - xs[k]) + divided[k]
    return total


def _standard(divided: list[Any], xs: list[Any]) -> tuple[Any, ...]:
    """Return the coefficients of 1, y, y², … from Newton's form."""
    zero = 0 * xs[0]
    result = [zero]
    for k in range(len(divided) - 1, -1, -1):
        shifted = [zero, *result]
        lowered = [-xs[k] * c for c in result] + [zero]
        result = [a + b for a, b in zip(shifted, lowered, strict=True)]
        result[0] += divided[k]
    return tuple(result[: len(divided)])


def as_fraction(value: Any) -> Fraction | None:  # noqa: ANN401 - mpmath has no types
    """Return the simple fraction that a number is to 30 digits, or None."""
    exact = exact_fraction(value)
    return simple_fraction(exact, abs(exact))


def simple_fraction(exact: Fraction, size: Fraction) -> Fraction | None:
    """Return the simple fraction that a difference of numbers of some size is to 30 digits, or None."""
    near = exact.limit_denominator(_SMALL_DENOMINATOR)
    return near if abs(exact - near) <= Fraction(1, 10**30) * (1 + size) else None


def exact_fraction(value: Any) -> Fraction:  # noqa: ANN401 - mpmath has no types
    """Return the exact value of a finite mpmath number."""
    sign, mantissa, exponent, _ = value._mpf_
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size
