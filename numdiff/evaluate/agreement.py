"""Do two expressions agree? Their values, to many digits, at exact points spread over the variables' range."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice

from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_value
from numdiff.precise import context
from numdiff.tree import Node, Number, Sub, walk

Point = Mapping[str, Fraction]

DIGITS = 50
_AGREEING_DIGITS = 35
"""Relative digits in which equal values agree; the rest is room for values near 0."""

_GENERIC = tuple(
    Fraction(text)
    for text in (
        *("3/7", "-5/9", "17/13", "-19/8", "29/11", "-1/17", "41/6", "-67/15", "1/31", "53/58", "-31/37", "97/4"),
        *("-83/3", "211/2", "-7/6", "23/19", "-313/3", "1/512", "71/23", "-12/11", "1013/7", "-1/997"),
    )
)
"""Values near 0 and far from it, on both sides, within (0, 1) and outside; each is moved before it is used."""

_STEPS_ASIDE = (Fraction(1, 99_991), Fraction(-1, 99_989))
"""How far the neighbours of a point lie, on either side; each coordinate of a point has a denominator of its own."""


def sample_points(trees: Sequence[Node], variables: Sequence[str], count: int) -> tuple[Point, ...]:
    """Return points at which to compare expressions, always the same ones for the same expressions.

    Parameters
    ----------
    trees : sequence of Node
        The expressions. Beside generic points there are points around the numbers that occur in them, where a
        maximum, an absolute value or a root may change its behaviour.
    variables : sequence of str
        The names that need a value.
    count : int
        How many points are wanted.

    Returns
    -------
    tuple of mapping
        From name to value, at most ``count`` of them, no two the same.
    """
    lines = tuple(islice(_one_variable(trees), count))
    generator = random.Random(20)  # the same points in every run
    if len(variables) <= 1:
        alone = dict.fromkeys(_apart((value,), generator)[0] for value in lines)
        return tuple(dict.fromkeys(variables, value) for value in alone)[: None if variables else 1]
    found: dict[tuple[Fraction, ...], None] = {}
    for value in lines:
        others = [abs(value) * Fraction(k + 2, k + 3) + Fraction(1, k + 5) for k in range(len(variables))]
        found[_apart(others, generator)] = None  # all positive, all of one size: often inside the domain
        found[_apart([generator.choice(_GENERIC) for _ in variables], generator)] = None
    return tuple(dict(zip(variables, values, strict=True)) for values in islice(found, count))


def _apart(values: Sequence[Fraction], generator: random.Random) -> tuple[Fraction, ...]:
    """Return coordinates moved by less than 1 % each, so that no short equation such as x = y holds between them.

    Each gets a prime of its own into its denominator: an equation with smaller whole coefficients that contains it
    cannot come out even. So a factor that two expressions differ by, as in (x² − y²)/(x − y), is 0 at no point, and
    an exponent such as 2/x is no whole number, for which alone a negative base would have a power.
    """
    moved = []
    for value, prime in zip(values, _primes(len(values)), strict=True):
        step = Fraction(generator.randrange(1, prime // 100), prime)
        moved.append(value * (1 + step) + Fraction(generator.choice((1, -1)), prime))
    return tuple(moved)


@cache
def _primes(count: int) -> tuple[int, ...]:
    """Return the first primes above 10⁴."""
    found: list[int] = []
    number = 10_001
    while len(found) < count:
        if all(number % divisor for divisor in range(3, math.isqrt(number) + 1, 2)):
            found.append(number)
        number += 2
    return tuple(found)


def _one_variable(trees: Sequence[Node]) -> Iterator[Fraction]:
    numbers = {part.value for tree in trees for part in walk(tree) if isinstance(part, Number)}
    around = sorted(number for number in numbers if 1 < number <= 10**6)
    near = [sign * number * scale for number in around[:6] for scale in (_BELOW, _ABOVE) for sign in (1, -1)]
    yield from dict.fromkeys((*_GENERIC[:14], *near, *_GENERIC[14:]))
    # 8009 is prime: the multiples of 1231 run through all remainders, near and far in turn
    yield from (Fraction(k * 1231 % 8009 - 4004, 997) for k in range(1, 8009))


_BELOW, _ABOVE = Fraction(89, 101), Fraction(127, 113)


@dataclass(frozen=True)
class Agreement:
    """How two expressions compare at points.

    Attributes
    ----------
    agree, differ : tuple of Point
        Where both have a value: the same one to :data:`DIGITS` digits, or another.
    only_left, only_right : tuple of Point
        Where one has a value and the other provably none.
    undecided : int
        At how many points one of them could not be decided.
    """

    agree: tuple[Point, ...]
    differ: tuple[Point, ...]
    only_left: tuple[Point, ...]
    only_right: tuple[Point, ...]
    undecided: int

    def __add__(self, other: Agreement) -> Agreement:
        """Return the comparison at the points of both."""
        return Agreement(
            self.agree + other.agree,
            self.differ + other.differ,
            self.only_left + other.only_left,
            self.only_right + other.only_right,
            self.undecided + other.undecided,
        )


def same_value(left: Exact, right: Exact) -> bool:
    """Return True if two exact values agree within their bounds and to about 35 relative digits."""
    with context(2 * DIGITS) as mp:
        first, second = mp.convert(left.value), mp.convert(right.value)
        room = mp.mpf(10) ** -_AGREEING_DIGITS * max(abs(first), abs(second)) + left.radius + right.radius
        return bool(abs(first - second) <= room)


def compare(left: Node, right: Node, points: Sequence[Point], deadline: float = math.inf) -> Agreement:
    """Return where two expressions agree and where they differ, in exact arithmetic at the points given.

    It ends with the first difference, and at the deadline (of ``time.monotonic``); the points left are not counted.
    """
    agree: list[Point] = []
    differ: list[Point] = []
    only_left: list[Point] = []
    only_right: list[Point] = []
    undecided = 0
    for point in points:
        if differ or time.monotonic() > deadline:
            break
        a, b = exact_value(left, point, DIGITS), exact_value(right, point, DIGITS)
        match a.status, b.status:
            case "ok", "ok":
                (agree if same_value(a, b) else differ).append(point)
            case "ok", "undefined":
                only_left.append(point)
            case "undefined", "ok":
                only_right.append(point)
            case "undefined", "undefined":
                pass
            case _:
                undecided += 1
    return Agreement(tuple(agree), tuple(differ), tuple(only_left), tuple(only_right), undecided)


def differing_domains(found: Agreement, left: Node, right: Node) -> tuple[int, int]:
    """Return at how many points only the left, and only the right, side has a value, single points left out.

    A point counts if it is the same at a neighbour of it: a hole of one side, and a point at which one side has a value
    by chance, have neighbours at which both sides have one or neither.
    """
    return (
        sum(_is_alone(left, right, point) for point in found.only_left),
        sum(_is_alone(right, left, point) for point in found.only_right),
    )


def _is_alone(with_value: Node, without: Node, point: Point) -> bool:
    """Return True if at a neighbour of the point, too, only the first has a value."""
    for step in _STEPS_ASIDE:
        beside = {name: value + step / (place + 1) for place, (name, value) in enumerate(point.items())}
        statuses = exact_value(with_value, beside, DIGITS).status, exact_value(without, beside, DIGITS).status
        if statuses == ("ok", "undefined"):
            return True
    return False


def differ_beyond(left: Node, right: Node, point: Point, digits: int) -> bool | None:
    """Return True if the difference at a point is proved not to be 0, False if it is below 10^−digits, else None."""
    difference = exact_value(Sub(left, right), point, digits)
    return bool(abs(difference.value) > difference.radius) if difference.status == "ok" else None
