"""What the difference quotient tends to from the left and from the right, and what kind of point that makes.

Two quotients with tiny steps are computed in high precision. If they agree, the second one is the one-sided
derivative, as far as numbers can tell; if the second is far greater, the quotient grows without bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import mpmath
import numpy as np

from numdiff.blackbox.precision import as_dtype
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.function import Function, one_variable
from numdiff.precise import context

_STEPS = (Fraction(1, 2**40), Fraction(1, 2**80))
_DIGITS = 80
"""Digits of f: 24 of them cancel in the difference over the smaller step."""
_SETTLED = 1e-9
"""Relative change of the quotient from one step to the other: a smooth f gives about 2⁻⁴⁰ ≈ 1e-12."""
_GROWN = 1e3
"""A vertical tangent like √x at 0 makes the quotient 2²⁰ times greater, ∛x 2^(80/3) times."""

_LEAPS = 0.98
"""A jump leaves f this part of its difference from one step to the other; a vertical tangent like ∛x 2^(−40/3)."""

SideStatus = Literal["slope", "vertical", "outside", "unknown"]
Bend = Literal["smooth", "kink", "vertical", "cusp", "edge", "edge_vertical", "isolated", "unknown"]
Kind = Literal[
    "", "kink", "jump", "vertical", "cusp", "edge", "edge_vertical", "isolated", "unknown",
    "outside", "overflow", "undecidable",
]  # fmt: skip


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

    @property
    def bend(self) -> Bend:
        """How they fit together: what a continuous f looks like at the point, as far as numbers can tell.

        "smooth" (the slopes agree), "kink" (they differ), "vertical" (the quotient tends to the same infinity from
        both sides), "cusp" (to different ones), "edge" or "edge_vertical" (f has values on one side only), "isolated"
        (on none), or "unknown".
        """
        left, right = self.left, self.right
        if "outside" in (left.status, right.status):
            inside = left if right.status == "outside" else right
            edges: dict[SideStatus, Bend] = {"slope": "edge", "vertical": "edge_vertical", "outside": "isolated"}
            return edges.get(inside.status, "unknown")
        if left.status != right.status or left.status == "unknown":
            return "unknown"
        if left.status == "slope":
            return "smooth" if left.slope == right.slope else "kink"
        return "vertical" if left.slope == right.slope else "cusp"


@dataclass(frozen=True, slots=True)
class Point:
    """What kind of point x is for f.

    Attributes
    ----------
    kind : str
        "" where f′(x) exists; where it does not, "jump" or one of :attr:`Sides.bend` ("unknown" if none of these
        fits); "outside" if f has no value at x, "overflow" if the value is beyond the range of the number format,
        and "undecidable" if it could not be found out whether there is a derivative.
    sides : Sides or None
        Both sides, where f has a value but is not known to have a derivative.
    """

    kind: Kind
    sides: Sides | None = None


def _value(f: Function, x: Fraction) -> mpmath.mpf | None:
    found = exact_value(f.tree, dict.fromkeys(f.variables, x), digits=_DIGITS)
    return found.value if found.status == "ok" else None


def _side(f: Function, x: Fraction, direction: int) -> Side:
    middle = _value(f, x)
    values = [_value(f, x + direction * step) for step in _STEPS]
    if middle is None or any(value is None for value in values):
        return Side("outside")
    with context(_DIGITS + 10) as mp:
        first, second = (
            direction * (mp.convert(value) - middle) * step.denominator
            for value, step in zip(values, _STEPS, strict=True)
        )
        if abs(second) * _GROWN < abs(first):  # like x√x at 0: the quotient goes to 0, only slower than the step
            return Side("slope", 0.0)
        if abs(second - first) <= _SETTLED * abs(first) or abs(first) < mp.mpf(10) ** -_DIGITS:
            return Side("slope", float(second))
        leaps = abs(second) * _STEPS[1] > _LEAPS * abs(first) * _STEPS[0]
        if abs(second) > _GROWN * abs(first) and not leaps:
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

    Returns
    -------
    Sides

    Raises
    ------
    ValueError
        If f has several variables.

    Examples
    --------
    >>> import numdiff as nd
    >>> sides = nd.one_sided_slopes(nd.parse("|x|"), 0.0)
    >>> sides.left.slope, sides.right.slope
    (-1.0, 1.0)
    """
    one_variable(f)
    point = Fraction(x)
    return Sides(_side(f, point, -1), _side(f, point, 1))


@lru_cache(maxsize=512)
def point_kind(f: Function, x: float, dtype: str = "float64") -> Point:
    """Return what kind of point x is for f.

    Parameters
    ----------
    f : Function
        Of one variable, or a constant.
    x : float
        Rounded to the dtype first.
    dtype : str
        The number format in which f is to have a value.

    Raises
    ------
    ValueError
        If f has several variables, or x is not finite in the dtype.
    """
    working = as_dtype(dtype)
    with np.errstate(over="ignore"):
        held = working.type(x)
    if not np.isfinite(held):
        raise ValueError(f"x must be a finite number in {working.name}, got {x!r}")
    place = Fraction(float(held))
    arguments = dict.fromkeys(f.variables, place)
    value = exact_value(f.tree, arguments, digits=_DIGITS)
    if value.status == "undefined":
        return Point("outside")
    with np.errstate(all="ignore"):
        is_held = bool(np.isfinite(f(held)))
    if not is_held:
        return Point("overflow")
    name = f.variables[0] if f.variables else "x"
    exact = exact_derivative(f.tree, arguments, name, digits=_DIGITS)
    if exact.status == "ok":
        return Point("")
    sides = one_sided_slopes(f, float(held))
    return Point(_kind(exact, sides), sides)


def _kind(exact: Exact, sides: Sides) -> Kind:
    bend = sides.bend
    if exact.reason == "jump":  # the quotient of a jump grows like that of a vertical tangent
        return "jump"
    if exact.status == "undecidable" and bend in ("smooth", "unknown", "isolated"):
        return "undecidable"  # nor do the sides tell: values that cannot be decided look like none
    return "unknown" if bend == "smooth" else bend
