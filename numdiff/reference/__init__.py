"""What the error's parts are measured against: f, f′ and Im f(x + ih) in high precision, at one's choice of bits.

With python-flint everything is proved; where it cannot be installed, mpmath stands in, and the bounds are estimates.
Both offer the same: a ``Reference`` whose methods are called within ``working(bits)``, and functions of the numbers
they return, which are exact rationals or reals with a bound, and mix in arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from numdiff.function import Function
from numdiff.reference.errors import NoValueError, Number, Rational

__all__ = [
    "IS_CERTIFIED",
    "NoValueError",
    "Number",
    "Rational",
    "Reference",
    "accuracy",
    "contains_zero",
    "rational",
    "reference",
    "to_float",
    "upper_bound",
    "working",
]

IS_CERTIFIED: bool = find_spec("flint") is not None
"""True if the bounds are proved: python-flint is there."""


class Reference(Protocol):
    """A function of one variable, or of none, in high precision. NoValueError where there is nothing to return."""

    def value(self, x: Rational) -> Number:
        """Return f(x); reasons "outside_domain" or "undecidable"."""

    def derivative(self, x: Rational) -> Number:
        """Return f′(x); reasons "outside_domain", "not_differentiable" or "undecidable"."""

    def imaginary(self, x: Rational, h: Rational, /) -> Number:
        """Return Im f(x + ih); reasons "not_analytic", "undecidable" or "no_exact_reference"."""

    def taylor(self, x: Rational, count: int) -> tuple[Number, ...]:
        """Return f⁽ⁿ⁾(x)/n! for n < count; reasons as for the derivative."""

    def taylor_bounds(self, x: Rational, radius: Rational, count: int, /) -> tuple[float, ...]:
        """Return bounds of abs(f⁽ⁿ⁾)/n! on [x − radius, x + radius] for n < count; infinite where nothing is proved."""

    def largest(self, x: Rational, radius: Rational, /) -> float:
        """Return a bound of abs(f) on [x − radius, x + radius]; infinite unless f is proved to have values there."""


_backend: Any = import_module("numdiff.reference.balls" if IS_CERTIFIED else "numdiff.reference.multiprecision")

reference: Callable[[Function], Reference] = _backend.Reference
"""Make the reference of a function."""

working: Callable[[int], AbstractContextManager[None]] = _backend.working
"""Set the bits that numbers have within the block."""

rational: Callable[[float], Rational] = _backend.rational
"""Return the exact value of a finite float."""

to_float: Callable[[Number], float] = _backend.to_float
"""Return the number rounded to nearest (a real number by its midpoint); infinite beyond float64's range."""

accuracy: Callable[[Number], float] = _backend.accuracy
"""Return how many leading bits of the number are known; infinite for an exact one."""

contains_zero: Callable[[Number], bool] = _backend.contains_zero
"""Return True unless the number is known not to be 0."""

upper_bound: Callable[[Number], float] = _backend.upper_bound
"""Return an upper bound of the number's absolute value."""
