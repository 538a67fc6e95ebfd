"""The reference by mpmath, where python-flint cannot be installed: Fractions, and reals with an estimated error.

Every value is computed at the working precision and at twice that; the difference is taken for its error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from numdiff.evaluate.exact_dual import derivative
from numdiff.evaluate.exact_rules import Element, UndefinedAtPoint
from numdiff.evaluate.exact_values import ExactProgram
from numdiff.evaluate.multiprecision import ARITHMETIC, LOCK
from numdiff.evaluate.tape import compile_tape
from numdiff.evaluate.taylor import NotSmoothError, taylor
from numdiff.function import Function
from numdiff.reference.errors import DOMAIN, NoValueError

_context: Any = ARITHMETIC.context


@dataclass(frozen=True, slots=True)
class Real:
    """A real number with an estimated error; sums, products and quotients carry it along."""

    value: Any
    error: Any

    def __add__(self, other: Number) -> Real:
        right = real(other)
        return _rounded(self.value + right.value, self.error + right.error)

    def __sub__(self, other: Number) -> Real:
        return self + -real(other)

    def __neg__(self) -> Real:
        return Real(-self.value, self.error)

    def __mul__(self, other: Number) -> Real:
        right = real(other)
        error = abs(self.value) * right.error + abs(right.value) * self.error + self.error * right.error
        return _rounded(self.value * right.value, error)

    def __truediv__(self, other: Rational) -> Real:
        right = real(other)
        return _rounded(
            self.value / right.value, (self.error + abs(self.value / right.value) * right.error) / abs(right.value)
        )

    def __radd__(self, other: Rational) -> Real:
        return self + other

    def __rsub__(self, other: Rational) -> Real:
        return -self + other

    def __rmul__(self, other: Rational) -> Real:
        return self * other


Rational = Fraction | int
Number = Real | Rational


def _rounded(value: Any, error: Any) -> Real:  # noqa: ANN401 - mpmath has no types
    return Real(value, error + _context.ldexp(abs(value), -_context.prec))


def real(number: Number) -> Real:
    """Return a rational number as a real one at the working precision."""
    if isinstance(number, Real):
        return number
    return _rounded(_context.mpf(number.numerator) / number.denominator, _context.zero)


@contextmanager
def working(bits: int) -> Iterator[None]:
    """Set the precision for the block; other threads wait."""
    with LOCK:  # the context is shared with the exact values of numdiff.evaluate
        before = _context.prec
        _context.prec = bits
        try:
            yield
        finally:
            _context.prec = before


class Reference:
    """See :class:`numdiff.reference.Reference`."""

    def __init__(self, f: Function) -> None:
        self._program = ExactProgram(compile_tape(f.tree), ARITHMETIC)
        self._name = f.variables[0] if f.variables else "x"

    def value(self, x: Fraction) -> Number:
        """Return f(x)."""
        return _twice(lambda: (self._program.run({self._name: x})[-1],))[0]

    def derivative(self, x: Fraction) -> Number:
        """Return f′(x)."""
        return _twice(lambda: (derivative(self._program, {self._name: x}, self._name),))[0]

    def imaginary(self, _x: Fraction, _h: Fraction) -> Number:
        """There are no complex values without python-flint."""
        raise NoValueError("no_exact_reference")

    def taylor(self, x: Fraction, count: int) -> tuple[Number, ...]:
        """Return f⁽ⁿ⁾(x)/n! for n < count."""
        return _twice(lambda: taylor(self._program, {self._name: x}, self._name, count))

    def taylor_bounds(self, _x: Fraction, _radius: Fraction, count: int) -> tuple[float, ...]:
        """Return infinities: without python-flint there are no enclosures, and nothing is proved."""
        return (math.inf,) * count

    def largest(self, _x: Fraction, _radius: Fraction) -> float:
        """Return infinity: without python-flint there are no enclosures, and nothing is proved."""
        return math.inf


def _twice(compute: Callable[[], tuple[Element, ...]]) -> tuple[Number, ...]:
    """Return values computed at the working precision and at twice that, with their difference as the error."""
    try:
        coarse = compute()
        with working(2 * _context.prec):
            fine = compute()
    except UndefinedAtPoint as missing:
        raise NoValueError("outside_domain" if missing.reason in DOMAIN else "not_differentiable") from missing
    except NotSmoothError as missing:
        raise NoValueError("not_differentiable") from missing
    return tuple(_number(one, two) for one, two in zip(coarse, fine, strict=True))


def _number(coarse: Element, fine: Element) -> Number:
    if isinstance(fine, Fraction):
        return fine
    if not (ARITHMETIC.is_finite(coarse) and ARITHMETIC.is_finite(fine)):
        raise NoValueError("undecidable")
    return _rounded(+fine, 2 * abs(fine - ARITHMETIC.real(coarse)))


def rational(value: float) -> Fraction:
    """Return the exact value of a finite float."""
    return Fraction(value)


def to_float(number: Number) -> float:
    """Return the number rounded to nearest."""
    if isinstance(number, Real):
        return float(number.value)
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def accuracy(number: Number) -> float:
    """Return how many leading bits of the number are known."""
    if not isinstance(number, Real) or number.error == 0:
        return math.inf
    return -math.inf if number.value == 0 else float(_context.mag(number.value) - _context.mag(number.error))


def contains_zero(number: Number) -> bool:
    """Return True unless the number is greater than its error."""
    return bool(abs(number.value) <= number.error) if isinstance(number, Real) else number == 0


def upper_bound(number: Number) -> float:
    """Return an upper bound of the number's absolute value."""
    if not isinstance(number, Real):
        return math.nextafter(abs(to_float(number)), math.inf) if number else 0.0
    return math.nextafter(float(abs(number.value) + number.error), math.inf)
