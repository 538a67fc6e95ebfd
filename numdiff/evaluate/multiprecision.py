"""The stand-in for ball arithmetic where python-flint cannot be installed: mpmath, not certified.

The same tables run on Fractions and mpf numbers. Each answer is computed at two precisions, with guard digits, and
given when the two agree to the digits asked for; the radius is their difference. A number is taken as nonzero only if
it is well above the rounding noise of its precision.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import mpmath

from numdiff.evaluate.exact import Exact, missing
from numdiff.evaluate.exact_dual import derivative as derivative_on_tape
from numdiff.evaluate.exact_rules import Arithmetic, Element, UndefinedAtPoint
from numdiff.evaluate.exact_values import ExactProgram
from numdiff.evaluate.tape import Tape, compile_tape
from numdiff.evaluate.taylor import NotSmoothError, taylor
from numdiff.tree import Node

HIGHEST_PRECISION = 2000
"""Bits after which agreement is given up (or four times the digits asked for, if that is more)."""

LONGEST_RATIONAL = 16384
LARGEST_MAGNITUDE = 2048
"""Arguments beyond 2^±this are left undecided: mpmath would work with as many bits to reduce them."""

LARGEST_GROWTH = 64
"""The same for functions that grow like e^u: beyond it nothing representable comes out."""

LARGEST_EXPONENT = 1_000_000
"""Numbers beyond 2^±this are not written out."""

LOCK = threading.RLock()
"""Held while the precision of mpmath, which is the whole process's, is changed."""


class MultiprecisionArithmetic(Arithmetic):
    """Rationals are Fractions, reals are mpf of a private mpmath context, whose precision nobody else changes."""

    def __init__(self) -> None:
        self.context = mpmath.MPContext()
        context, guarded, growing = self.context, self._guarded, self._growing
        self.nan = context.mpf("nan")
        self.exp, self.expm1, self.erf, self.erfc = map(
            growing, (context.exp, context.expm1, context.erf, context.erfc)
        )
        self.sinh, self.cosh, self.tanh = map(growing, (context.sinh, context.cosh, context.tanh))
        self.ln, self.log1p, self.sqrt = map(guarded, (context.ln, context.log1p, context.sqrt))
        self.sin, self.cos, self.tan = map(guarded, (context.sin, context.cos, context.tan))
        self.asin, self.acos, self.atan = map(guarded, (context.asin, context.acos, context.atan))
        self.asinh, self.acosh, self.atanh = map(guarded, (context.asinh, context.acosh, context.atanh))
        self.pi, self.e = lambda: +context.pi, lambda: +context.e

    def _growing(self, function: Callable[[Element], Element]) -> Callable[[Element], Element]:
        return self._guarded(function, LARGEST_GROWTH)

    def _guarded(
        self, function: Callable[[Element], Element], largest: int = LARGEST_MAGNITUDE
    ) -> Callable[[Element], Element]:
        def apply(u: Element) -> Element:
            if not self.context.isfinite(u) or (u and self.context.mag(u) > largest):
                return self.nan
            if u and self.context.mag(u) < -LARGEST_MAGNITUDE:
                return self.nan
            result = function(u)
            return result if isinstance(result, self.context.mpf) else self.nan

        return apply

    def rational(self, value: Fraction) -> Element:
        """Return the Fraction itself."""
        return value

    def is_rational(self, u: Element) -> bool:
        """Return True for a Fraction."""
        return isinstance(u, Fraction)

    def real(self, u: Element) -> Element:
        """Return an mpf at the working precision."""
        if isinstance(u, Fraction):
            return self.context.mpf(u.numerator) / u.denominator
        return self.context.mpf(u)

    def tidy(self, u: Element) -> Element:
        """Return a Fraction that is too long as an mpf."""
        return self.real(u) if isinstance(u, Fraction) and _height(u) > LONGEST_RATIONAL else u

    def integer_power(self, u: Element, n: int) -> Element:
        """Return u**n, as mpf if the Fraction would be too long."""
        if isinstance(u, Fraction) and _height(u) * abs(n) > LONGEST_RATIONAL:
            u = self.real(u)
        return u**n

    def positive_root(self, u: Element, n: int) -> Element:
        """Return mpmath's root."""
        return self.context.root(u, n)

    def odd_root(self, u: Element, n: int) -> Element:
        """Return the root of abs(u) with the sign of u."""
        return self.context.root(u, n) if u >= 0 else -self.context.root(-u, n)

    def sign(self, u: Element) -> int | None:
        """Return the sign of a number above the noise of its precision; 0 only if it is exactly 0."""
        if isinstance(u, Fraction):
            return (u > 0) - (u < 0)
        if self.context.isnan(u) or (u and abs(u) < self._noise()):
            return None
        return int(u > 0) - int(u < 0)

    def floor(self, u: Element) -> Element:
        """Return the floor unless the number is next to an integer."""
        if isinstance(u, Fraction):
            return Fraction(math.floor(u))
        if not self.context.isfinite(u) or self.context.mag(u) > self.context.prec // 2:
            return None
        if abs(u - self.context.nint(u)) < self._noise():
            return None
        return Fraction(int(self.context.floor(u)))

    def is_finite(self, u: Element) -> bool:
        """Return False for NaN and infinity."""
        return isinstance(u, Fraction) or bool(self.context.isfinite(u))

    def greater(self, u: Element, w: Element) -> Element:
        """Return the greater number."""
        return max(u, w)

    def is_right(self, u: Element) -> bool:
        """Return whether u is positive."""
        return bool(u > 0)

    def _noise(self) -> Element:
        return self.context.ldexp(1, -(self.context.prec * 2) // 3)


def _height(u: Fraction) -> int:
    return max(u.numerator.bit_length(), u.denominator.bit_length())


ARITHMETIC = MultiprecisionArithmetic()


@lru_cache(maxsize=256)
def _program(tape: Tape) -> ExactProgram:
    return ExactProgram(tape, ARITHMETIC)


def _agreed(low: Element, high: Element, digits: int, last: bool) -> Exact | None:
    """Return the answer if two precisions agree, else None; the last time, an absolute agreement will do."""
    context = ARITHMETIC.context
    if isinstance(low, str) or isinstance(high, str):
        return missing("undefined", str(high), certified=False) if low == high else None
    low, high = ARITHMETIC.real(low), ARITHMETIC.real(high)
    if not (context.isfinite(low) and context.isfinite(high)):
        return None
    if high and abs(context.mag(high)) > LARGEST_EXPONENT:
        return missing("undecidable", "overflow", certified=False) if last else None
    difference, small = abs(high - low), context.mpf(10) ** -digits
    if difference <= abs(high) * small:
        return Exact(_plain(high), _plain(difference), certified=False)
    if last and max(abs(low), abs(high)) <= small:
        return Exact(mpmath.mpf(0), _plain(max(abs(low), abs(high))), certified=False)
    return Exact(_plain(high), _plain(difference), certified=False) if last and difference <= small else None


def _plain(number: Element) -> Any:  # noqa: ANN401 - mpmath has no types
    """Return the same number in mpmath's public context."""
    return mpmath.mp.make_mpf(number._mpf_)


def _attempt(compute: Callable[[], Element], bits: int) -> Element:
    """Return what is computed at a precision, or the reason why there is nothing as a string."""
    ARITHMETIC.context.prec = bits
    try:
        return compute()
    except UndefinedAtPoint as none:
        return none.reason


def _solve(compute: Callable[[], Element], digits: int) -> Exact:
    bits = int(digits * 3.3220) + 64
    highest = max(HIGHEST_PRECISION, 4 * bits)
    with LOCK:
        low = _attempt(compute, bits)
        while bits < highest:
            bits = min(2 * bits, highest)
            high = _attempt(compute, bits)
            answer = _agreed(low, high, digits, last=bits == highest)
            if answer is not None:
                return answer
            low = high
    return missing("undecidable", "precision", certified=False)


def value(tree: Node, arguments: Mapping[str, Fraction], digits: int) -> Exact:
    """Return the value by mpmath; see :func:`numdiff.evaluate.exact.exact_value`."""
    program = _program(compile_tape(tree))
    return _solve(lambda: program.run(arguments)[-1], digits)


def derivative(tree: Node, arguments: Mapping[str, Fraction], var: str, digits: int) -> Exact:
    """Return the derivative by mpmath; see :func:`numdiff.evaluate.exact.exact_derivative`."""
    program = _program(compile_tape(tree))
    return _solve(lambda: derivative_on_tape(program, arguments, var), digits)


def derivative_by_series(tree: Node, arguments: Mapping[str, Fraction], var: str, digits: int) -> Exact | None:
    """Return the derivative by mpmath; see :func:`numdiff.evaluate.exact.derivative_by_series`."""
    program = _program(compile_tape(tree))
    try:
        return _solve(lambda: taylor(program, arguments, var, 2)[1], digits)
    except NotSmoothError:
        return None
