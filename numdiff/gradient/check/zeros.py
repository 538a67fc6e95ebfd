"""Whether a function of one variable is 0 somewhere in a closed interval, decided by enclosures of its values.

An interval whose enclosure excludes 0 holds no zero. Where the enclosure is finite, so that the function has a value
everywhere in it, and the signs at both ends differ, there is one; if they do not and the function is proved to be
monotonic, there is none; any other interval is halved. A zero that is touched without crossing is found at the simplest
fraction in the interval, if it lies there, and else said to be undecided. What the budget leaves open is undecided too.

A search is a generator: between two of its steps nothing of the arithmetic's working precision is needed, so whoever
drives it can let others have their turn.
"""

from __future__ import annotations

from collections.abc import Generator
from enum import Enum, auto
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

T = TypeVar("T")

Search: TypeAlias = Generator[None, None, T]
"""A search for a T that can rest after every step."""

HALVINGS = 64
"""After so many an interval is given up as undecided."""


class Zero(NamedTuple):
    """Where there is a zero, and whether that is proved: if not, it only could not be excluded."""

    position: Fraction
    certain: bool


class Enclosure(Enum):
    """What is known of a function over an interval."""

    WITHOUT_ZERO = auto()
    """It has no zero that counts, or no value anywhere."""
    FINITE = auto()
    UNBOUNDED = auto()
    """It may have no value somewhere."""


class Seen(Protocol):
    """What the search asks of a function."""

    @property
    def is_exhausted(self) -> bool:
        """Whether no more may be asked: the budget is spent."""

    def sign(self, place: Fraction) -> int | None:
        """Return its sign at a place, None if that is not decided, there is no value, or a zero does not count."""

    def counts(self, low: Fraction, high: Fraction) -> bool:
        """Whether a zero between two places would count: False if it is proved that none does."""

    def enclosed(self, low: Fraction, high: Fraction) -> Enclosure:
        """Return what is known of it over an interval."""

    def is_monotonic(self, low: Fraction, high: Fraction) -> bool:
        """Whether its derivative is proved to have one sign over an interval."""


def find_zero(function: Seen, low: Fraction, high: Fraction) -> Search[Zero | None]:
    """Return a zero in a closed interval, None if there is none."""
    if function.is_exhausted:
        return Zero(simplest(low, high), certain=False)
    if function.enclosed(low, high) is Enclosure.WITHOUT_ZERO:
        return None
    for place in dict.fromkeys((low, high, simplest(low, high))):
        yield
        if not function.is_exhausted and function.sign(place) == 0:
            return Zero(place, certain=True)
    return (yield from _by_enclosures(function, low, high))


def _by_enclosures(function: Seen, low: Fraction, high: Fraction) -> Search[Zero | None]:
    stack = [(low, high, 0)]
    while stack:
        left, right, halvings = stack.pop()
        yield
        if function.is_exhausted:
            return Zero(simplest(left, right), certain=False)
        known = function.enclosed(left, right)
        if known is Enclosure.WITHOUT_ZERO:
            continue
        ends = function.sign(left), function.sign(right)
        if 0 in ends:
            return Zero(left if ends[0] == 0 else right, certain=True)
        if known is Enclosure.FINITE and None not in ends:
            if ends[0] != ends[1]:
                zero = yield from _crossing(function, left, right)
                if zero is not None:
                    return zero
            elif function.is_monotonic(left, right):
                continue
        if halvings == HALVINGS and known is Enclosure.UNBOUNDED:
            continue  # a pole or an edge of the domain, or a jump within, which is told of by itself
        if halvings == HALVINGS:
            best = simplest(left, right)
            return Zero(best, certain=function.sign(best) == 0)
        middle = (left + right) / 2
        stack += [(middle, right, halvings + 1), (left, middle, halvings + 1)]
    return None


def _crossing(function: Seen, low: Fraction, high: Fraction) -> Search[Zero | None]:
    """Return where the sign changes, to the accuracy of a float; None if that zero does not count."""
    first = function.sign(low)
    for _ in range(HALVINGS):
        yield
        if function.is_exhausted:
            return Zero((low + high) / 2, certain=False)
        middle = (low + high) / 2
        sign = function.sign(middle)
        if sign == 0:
            return Zero(middle, certain=True)
        low, high = (middle, high) if sign == first else (low, middle)
    return Zero((low + high) / 2, certain=True) if function.counts(low, high) else None


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction of the least denominator in a closed interval, and of those the one nearest to 0."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = -((-low.numerator) // low.denominator)  # the ceiling
    if whole <= high:
        return Fraction(whole)
    floor = whole - 1
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))
