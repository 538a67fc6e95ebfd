"""What the difference quotient tends to from the left and from the right, where f may have no derivative.

Two quotients with tiny steps are computed in high precision. If they agree, the second one is the one-sided
derivative, as far as numbers can tell; if the second is far greater, the quotient grows without bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import mpmath

from numdiff.evaluate.exact import exact_value
from numdiff.function import Function

_STEPS = (Fraction(1, 2**40), Fraction(1, 2**80))
_DIGITS = 80
"""Digits of f: 24 of them cancel in the difference over the smaller step."""
_SETTLED = 1e-9
"""Relative change of the quotient from one step to the other: a smooth f gives about 2⁻⁴⁰ ≈ 1e-12."""
_GROWN = 1e3
"""A vertical tangent like √x at 0 makes the quotient 2²⁰ times greater, ∛x 2^(80/3) times."""

SideStatus = Literal["slope", "vertical", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Side:
    """The limit of the difference quotient from one side.

    Attributes
    ----------
    status : str
        "slope": it is ``slope``; "vertical": infinite, with ``slope`` +inf or −inf; "outside": f has no value there;
        "unknown": it does not settle.
    slope : float
        NaN for the last two.
    """

    status: SideStatus
    slope: float = math.nan


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a point."""

    left: Side
    right: Side


def _value(f: Function, x: Fraction) -> mpmath.mpf | None:
    found = exact_value(f.tree, dict.fromkeys(f.variables, x), digits=_DIGITS)
    return found.value if found.status == "ok" else None


def _side(f: Function, x: Fraction, direction: int) -> Side:
    with mpmath.workdps(_DIGITS + 10):
        middle = _value(f, x)
        values = [_value(f, x + direction * step) for step in _STEPS]
        if middle is None or any(value is None for value in values):
            return Side("outside")
        first, second = (
            direction * (value - middle) * step.denominator for value, step in zip(values, _STEPS, strict=True)
        )
        if abs(second) * _GROWN < abs(first):  # like x√x at 0: the quotient goes to 0, only slower than the step
            return Side("slope", 0.0)
        if abs(second - first) <= _SETTLED * abs(first) or abs(first) < mpmath.mpf(10) ** -_DIGITS:
            return Side("slope", float(second))
        if abs(second) > _GROWN * abs(first):
            return Side("vertical", math.copysign(math.inf, second))
        return Side("unknown")


def one_sided_slopes(f: Function, x: float) -> Sides:
    """Return the limits of f's difference quotient at x from the left and from the right.

    Parameters
    ----------
    f : Function
        Of one variable, or a constant.
    x : float
        Taken as its exact binary value.

    Raises
    ------
    ValueError
        If f has several variables.
    """
    if len(f.variables) > 1:
        raise ValueError(f"f must be a function of one variable, got {', '.join(f.variables)}")
    point = Fraction(x)
    return Sides(_side(f, point, -1), _side(f, point, 1))
