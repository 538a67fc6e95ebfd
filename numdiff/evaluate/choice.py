"""How one of several values is chosen by conditions, as the tape keeps it: places among the operands.

A condition has three verdicts: it holds, it fails, or nothing is known because something that is compared has no value
(or, in enclosed numbers, is not decided). The first condition that does not fail decides; if it does not hold either,
there is no value.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy as np

from numdiff.functions.recipes import Value
from numdiff.tree import Comparison, Condition, Piecewise, Relation

RELATIONS: Mapping[Relation, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of two operands by their places among all."""

    relation: Relation
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Tests:
    """Tests all of which hold, or one of them at least."""

    is_and: bool
    parts: tuple[AnyTest, ...]


AnyTest: TypeAlias = Test | Tests

Verdict: TypeAlias = tuple[Any, Any]
"""Whether a test holds and whether it fails: booleans or arrays of them."""
Compare: TypeAlias = Callable[[Test], Verdict]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the first ``count`` operands is the value: that of the first test that holds, else the last one.

    Attributes
    ----------
    count : int
        Of the values; one more than there are tests, if the last one holds otherwise.
    tests : tuple
        The conditions of the values, in order.
    """

    count: int
    tests: tuple[AnyTest, ...]

    @classmethod
    def of(cls, node: Piecewise) -> Choice:
        """Return the choice that a node makes among its children."""
        places = iter(range(len(node.values), len(node.values) + 2 * 10**6))
        return cls(len(node.values), tuple(_test(condition, places) for condition in node.conditions))

    @property
    def has_otherwise(self) -> bool:
        """Whether the last value holds where no test does."""
        return self.count > len(self.tests)


def _test(condition: Condition, places: Iterator[int]) -> AnyTest:
    if isinstance(condition, Comparison):
        return Test(condition.relation, next(places), next(places))
    return Tests(condition.word == "and", tuple(_test(part, places) for part in condition.parts))


def verdict(test: AnyTest, compare: Compare) -> Verdict:
    """Return whether a test holds and whether it fails, from the verdicts of its comparisons."""
    if isinstance(test, Test):
        return compare(test)
    holds, fails = zip(*(verdict(part, compare) for part in test.parts), strict=True)
    every, some = operator.and_, operator.or_
    return (reduce(every, holds), reduce(some, fails)) if test.is_and else (reduce(some, holds), reduce(every, fails))


def comparisons_of(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons that a condition is made of."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in condition.parts:
            yield from comparisons_of(part)


def meets(choice: Choice, operands: tuple[Value, ...]) -> bool:
    """Return whether the values on either side of a comparison that changes at these numbers are the same there."""

    def beside(side: int) -> int | None:
        def compare(test: Test) -> Verdict:
            left, right = operands[test.left], operands[test.right]
            return by_sign(test, side if left == right else int(np.sign(left - right)))

        return chosen(choice, compare)[0]

    places = {beside(-1), beside(1)}
    values = [float(operands[place]) for place in places if place is not None]
    return None not in places and max(values) - min(values) <= 1e-9 * max(map(abs, values))


def by_sign(test: Test, sign: int | None) -> Verdict:
    """Return the verdict of a comparison from the sign of left − right; None is not known."""
    holds = sign is not None and RELATIONS[test.relation](sign, 0)
    return holds, sign is not None and not holds


def chosen(choice: Choice, compare: Compare) -> tuple[int | None, bool]:
    """Return which value is chosen, None for none, and whether that is decided; for verdicts that are booleans."""
    for place, test in enumerate(choice.tests):
        holds, fails = verdict(test, compare)
        if not fails:
            return (place, True) if holds else (None, False)
    return (choice.count - 1 if choice.has_otherwise else None), True


def pick(choice: Choice, compare: Compare, values: tuple[Value, ...], nothing: Value) -> Value:
    """Return the chosen value where there is one, ``nothing`` elsewhere; for arrays, by verdicts that are arrays."""
    result, is_open = nothing, np.bool_(True)
    for test, value in zip(choice.tests, values, strict=False):
        holds, fails = verdict(test, compare)
        result = np.where(np.logical_and(is_open, holds), value, result)
        is_open = np.logical_and(is_open, fails)
    if choice.has_otherwise:
        result = np.where(is_open, values[-1], result)
    return result[()]


def in_floats(operands: tuple[Value, ...]) -> Compare:
    """Return the comparisons of operands in NumPy; nothing is known where one is NaN."""

    def compare(test: Test) -> Verdict:
        left, right = operands[test.left], operands[test.right]
        known = np.logical_and(left == left, right == right)  # noqa: PLR0124 - NaN is not equal to itself
        holds = np.logical_and(RELATIONS[test.relation](left, right), known)
        return holds, np.logical_and(known, np.logical_not(holds))

    return compare


def in_dtype(choice: Choice, dtype: np.dtype[Any]) -> Callable[..., Value]:
    """Return what chooses among operands of a dtype; NaN for complex ones, as for all that is made of pieces."""
    nothing = dtype.type(np.nan)
    if dtype.kind == "c":
        return lambda *operands: sum(operands[: choice.count]) * nothing
    return lambda *operands: pick(choice, in_floats(operands), operands[: choice.count], nothing)
