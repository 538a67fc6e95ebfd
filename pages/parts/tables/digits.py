"""Which digits of a computed number are right: those that it has in common with the exact value, from the left."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from itertools import takewhile

import mpmath

from pages.parts import numbers
from pages.parts.numbers import Real

_DEEP = 25
"""Digits of the exact value that are compared: more than any float shows, fewer than are known, so that one that ends
is seen to end."""


def right_digits(value: Real, exact: Real) -> int:
    """Return how many of the shown digits of a float agree with the exact value, sign and power of ten included.

    All of them (at least 1) if the value is the exact one.
    """
    if not numbers.is_finite(value) or not numbers.is_finite(exact):
        return 0
    text = numbers.shortest(value)
    shown = Decimal(text)
    if exact == 0 or shown == 0:
        return len(_figures(text)) if exact == 0 and shown == 0 else 0
    if isinstance(exact, mpmath.mpf) and abs(mpmath.mag(exact)) > 4000:
        return 0  # beyond every float
    true = numbers.to_decimal(exact, _DEEP)
    if true.negative != shown.is_signed():
        return 0
    return max(
        sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(_figures(text), expansion, strict=False)))
        for expansion, exponent in _expansions(true.digits, true.exponent)
        if exponent == shown.adjusted() or expansion == ""
    )


def _expansions(digits: str, exponent: int) -> list[tuple[str, int]]:
    """Return the ways to write a number in decimal, each as digits and exponent: 6 is 5.999… too; last, none at all."""
    known = digits.ljust(_DEEP, "0")
    ways = [(known, exponent)]
    ending = known.rstrip("0")
    if len(ending) < _DEEP:
        nines = (ending[:-1] + str(int(ending[-1]) - 1)).ljust(_DEEP, "9")
        ways.append((nines[1:] + "9", exponent - 1) if nines[0] == "0" else (nines, exponent))
    return [*ways, ("", 0)]


def _figures(text: str) -> str:
    """Return the digits of a number in Python's notation, without leading zeros; zero is "0"."""
    mantissa = text.lower().partition("e")[0].lstrip("-").replace(".", "")
    return mantissa.lstrip("0") or "0"


def marked(shown: str, count: int) -> str:
    """Return a number as HTML: its first ``count`` significant digits bold, the others dim."""
    place = _end(shown, count)
    right, wrong = escape(shown[:place]), escape(shown[place:])
    strong = f'<b class="nd-right">{right}</b>' if right else ""
    return strong + (f'<span class="nd-wrong">{wrong}</span>' if wrong else "")


def _end(shown: str, count: int) -> int:
    """Return the place after the ``count``-th significant digit; the end if no digit of the mantissa is left."""
    if not count:
        return 0
    if not shown.strip("−-0."):
        return len(shown)  # zero
    mantissa = len(shown.partition("·")[0].partition("e")[0])
    seen = 0
    for place, sign in enumerate(shown[:mantissa]):
        if sign.isdigit() and (seen or sign != "0"):
            seen += 1
            if seen == count:
                rest = shown[place + 1 : mantissa]
                return len(shown) if not any(part.isdigit() for part in rest) else place + 1
    return len(shown)


def html(value: Real, exact: Real) -> str:
    """Return a float with all its digits as HTML, the right ones bold."""
    return marked(numbers.full(value), right_digits(value, exact))
