"""Whether a function of one variable is 0 somewhere in a closed interval, decided by enclosures of its values.

An interval whose enclosure excludes 0 holds no zero. Where the enclosure is finite, so that the function has a value
everywhere in it, and the signs at both ends differ, there is one; if they do not and the function is proved to be
monotonic, there is none; any other interval is halved. A zero that is touched without crossing is found at the simplest
fraction in the interval, if it lies there, and else said to be undecided.

Without ball arithmetic there are no enclosures: signs are compared at many points, and nothing is certain.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from fractions import Fraction
from typing import NamedTuple, Protocol

from numdiff.reference import IS_CERTIFIED

HALVINGS = 64
"""After so many an interval is given up as undecided."""
MOST_LOOKS = 1200
"""So many enclosures are computed at most."""
SAMPLES = 257
"""Points at which signs are compared where there is no ball arithmetic."""


class Zero(NamedTuple):
    """Where there is a zero, and whether that is proved: if not, it only could not be excluded."""

    position: Fraction
    certain: bool


class Enclosure(Enum):
    """What is known of a function over an interval."""

    WITHOUT_ZERO = auto()
    """It has no zero, or no value anywhere."""
    FINITE = auto()
    UNBOUNDED = auto()
    """It may have no value somewhere."""


class Seen(Protocol):
    """What the search asks of a function."""

    def sign(self, place: Fraction) -> int | None:
        """Return its sign at a place, None if that is not decided or there is no value."""

    def enclosed(self, low: Fraction, high: Fraction) -> Enclosure:
        """Return what is known of it over an interval."""

    def is_monotonic(self, low: Fraction, high: Fraction) -> bool:
        """Whether its derivative is proved to have one sign over an interval."""


def find_zero(function: Seen, low: Fraction, high: Fraction) -> Zero | None:
    """Return a zero in a closed interval, None if there is none."""
    for place in (low, high, simplest(low, high)):
        if function.sign(place) == 0:
            return Zero(place, certain=IS_CERTIFIED)
    if not IS_CERTIFIED:
        return _by_samples(function.sign, low, high)
    stack, looks = [(low, high, 0)], 0
    while stack:
        left, right, halvings = stack.pop()
        looks += 1
        known = function.enclosed(left, right)
        if known is Enclosure.WITHOUT_ZERO:
            continue
        ends = function.sign(left), function.sign(right)
        if 0 in ends:
            return Zero(left if ends[0] == 0 else right, certain=True)
        if known is Enclosure.FINITE and None not in ends:
            if ends[0] != ends[1]:
                return Zero(_halved(function.sign, left, right), certain=True)
            if function.is_monotonic(left, right):
                continue
        if halvings == HALVINGS and known is Enclosure.UNBOUNDED:
            continue  # a pole or an edge of the domain, or a jump within, which is told of by itself
        if halvings == HALVINGS or looks == MOST_LOOKS:
            best = simplest(left, right)
            return Zero(best, certain=function.sign(best) == 0)
        middle = (left + right) / 2
        stack += [(middle, right, halvings + 1), (left, middle, halvings + 1)]
    return None


def _halved(sign: Callable[[Fraction], int | None], low: Fraction, high: Fraction) -> Fraction:
    """Return where the sign changes, to the accuracy of a float."""
    first = sign(low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        found = sign(middle)
        if found == 0:
            return middle
        low, high = (middle, high) if found == first else (low, middle)
    return (low + high) / 2


def _by_samples(sign: Callable[[Fraction], int | None], low: Fraction, high: Fraction) -> Zero | None:
    places = [low + (high - low) * step / (SAMPLES - 1) for step in range(SAMPLES)]
    signs = [sign(place) for place in places]
    for before, after, one, two in zip(places[:-1], places[1:], signs[:-1], signs[1:], strict=True):
        if two == 0:
            return Zero(after, certain=False)
        if one is not None and two is not None and one != two:
            return Zero(_halved(sign, before, after), certain=False)
    return None


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
