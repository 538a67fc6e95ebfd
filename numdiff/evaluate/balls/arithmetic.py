"""Certified evaluation with python-flint: exact rationals (fmpq) and balls (arb), complex balls (acb).

:class:`BallFunction` is what the error sweep uses: a tree compiled once, evaluated at any precision.

    with working_precision(300):                 # python-flint's precision is process-wide: this holds a lock
        f = ball_function(tree)                  # cached
        value = f.value({"x": fmpq(2) + fmpq(1, 10**4)})
        slope = f.derivative({"x": fmpq(2)}, "x")
        z = f.complex_value({"x": acb(2, arb(2) ** -300)})

Arguments are ints, Fractions, floats (their exact binary value), fmpq or arb. ``value`` returns an fmpq if the result
is exactly known to be that rational number, else an arb (NaN or infinite if nothing is decided at this precision: try
a higher one); fmpq and arb mix freely in arithmetic, and ``as_ball`` makes an arb of either. ``value`` raises
``UndefinedAtPoint`` (of rules.py) where there is provably no value, ``derivative`` also where there is provably
no derivative.
``complex_value`` continues the function analytically and returns an acb, NaN where it is not analytic (abs, floor,
max, …); an imaginary part of size h needs a precision well beyond −log2 h.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from flint import acb, arb, ctx, fmpq, fmpz

from numdiff.evaluate.balls import special
from numdiff.evaluate.balls.complex import complex_operation
from numdiff.evaluate.balls.forward import derivative
from numdiff.evaluate.balls.rules import Arithmetic, Element
from numdiff.evaluate.balls.run import ExactProgram
from numdiff.evaluate.tape import Tape, compile_tape
from numdiff.tree import Node

LONGEST_RATIONAL = 16384
"""Bits of numerator or denominator beyond which a rational becomes a ball, so that x^10000 stays quick."""

_LARGEST_INTEGER = arb(2) ** LONGEST_RATIONAL

_LOCK = threading.RLock()

Rational: TypeAlias = Any
"""An exact number: int, Fraction, float (its binary value) or fmpq; or an arb."""


class _Caches:
    """What FLINT keeps for one thread: tables of constants and memory to use again, about 0.2 MB.

    It is not freed when the thread ends, and a server that computes each answer in a thread of its own would lose it
    each time. An object of this class lies among the thread's own data: it goes with the thread, and within it.
    """

    def __del__(self, cleanup: Callable[[], None] = ctx.cleanup) -> None:
        """Free it."""
        cleanup()


_of_thread = threading.local()


def watch_thread() -> None:
    """Have FLINT's caches of this thread freed at its end; the main thread's go with the process."""
    if not hasattr(_of_thread, "caches"):
        _of_thread.caches = None if threading.current_thread() is threading.main_thread() else _Caches()


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Set python-flint's precision for the block. It belongs to the whole process, so other threads wait.

    Keep the blocks short: a search belongs outside, each of its evaluations within a block of its own.
    """
    watch_thread()
    with _LOCK:
        before = ctx.prec
        ctx.prec = bits
        try:
            yield
        finally:
            ctx.prec = before


def as_element(value: Rational) -> Element:
    """Return an int, Fraction or float as the fmpq of its exact value; fmpq, arb and acb stay what they are.

    Raises
    ------
    TypeError
        For anything else (python-flint's unbound methods do not check what they are given).
    ValueError, OverflowError
        For a float that is NaN or infinite.
    """
    if type(value) in (fmpq, arb, acb):
        return value
    if isinstance(value, int | float | Fraction):
        exact = Fraction(value)
        return fmpq(exact.numerator, exact.denominator)
    raise TypeError(f"an exact number is needed, got {type(value).__name__}")


def as_ball(value: Element) -> arb:
    """Return a rational as a ball at the working precision; a ball as it is."""
    return arb(value) if isinstance(value, fmpq) else value


class BallArithmetic(Arithmetic):
    """Rationals are fmpq, reals are arb at python-flint's precision."""

    def __init__(self) -> None:
        self.nan = arb.nan()
        self.exp, self.expm1, self.ln, self.log1p = arb.exp, arb.expm1, arb.log, arb.log1p
        self.sqrt, self.erf, self.erfc = arb.sqrt, arb.erf, arb.erfc
        self.sin, self.cos, self.tan = arb.sin, arb.cos, arb.tan
        self.asin, self.acos, self.atan = arb.asin, arb.acos, arb.atan
        self.sinh, self.cosh, self.tanh = arb.sinh, arb.cosh, arb.tanh
        self.asinh, self.acosh, self.atanh = arb.asinh, arb.acosh, arb.atanh
        self.gamma, self.lgamma = special.gamma, special.lgamma
        self.digamma, self.trigamma = special.digamma, special.trigamma
        self.sinc, self.sinc_slope = arb.sinc, special.sinc_slope
        self.pi, self.e = arb.pi, arb.const_e

    def rational(self, value: Fraction) -> Element:
        """Return an fmpq."""
        return fmpq(value.numerator, value.denominator)

    def is_rational(self, u: Element) -> bool:
        """Return True for an fmpq."""
        return type(u) is fmpq

    def real(self, u: Element) -> Element:
        """Return an arb."""
        return u if type(u) is arb else arb(u)

    def tidy(self, u: Element) -> Element:
        """Return an fmpq longer than :data:`LONGEST_RATIONAL` as an arb."""
        return arb(u) if type(u) is fmpq and u.height_bits() > LONGEST_RATIONAL else u

    def integer_power(self, u: Element, n: int) -> Element:
        """Return u**n, as a ball if the rational would be too long."""
        if type(u) is fmpq and u.height_bits() * abs(n) > LONGEST_RATIONAL:
            u = arb(u)
        return u**n

    def positive_root(self, u: Element, n: int) -> Element:
        """Return arb's root."""
        return u.root(n)

    def odd_root(self, u: Element, n: int) -> Element:
        """Return the root of abs(u) with the sign of u; a ball around 0 gives a ball around 0."""
        if u > 0:
            return u.root(n)
        if u < 0:
            return -(-u).root(n)
        return arb(0, arb(u.abs_upper()).root(n))

    def sign(self, u: Element) -> int | None:
        """Return the sign if the whole ball has it."""
        if u > 0:
            return 1
        if u < 0:
            return -1
        return 0 if (u == 0 if type(u) is fmpq else u.is_zero()) else None

    def floor(self, u: Element) -> Element:
        """Return the floor if the whole ball has the same."""
        if type(u) is fmpq:
            return fmpq(u.floor())
        # an integer of 10^16 bits would exhaust the memory: such a ball is left undecided
        whole = u.floor().unique_fmpz() if abs(u) < _LARGEST_INTEGER else None
        return fmpq(whole) if isinstance(whole, fmpz) else None

    def is_finite(self, u: Element) -> bool:
        """Return False for NaN and infinite balls."""
        return type(u) is fmpq or bool(u.is_finite())

    def greater(self, u: Element, w: Element) -> Element:
        """Return arb's enclosure of the maximum."""
        return u.max(w)

    def expansion(self, name: str, u: Element, count: int) -> list[Element]:
        """Return FLINT's power series."""
        return special.expansion(name, as_ball(u), count)

    def is_right(self, u: Element) -> bool:
        """Return whether the midpoint is positive."""
        return bool(u.mid() > 0)


BALLS = BallArithmetic()


class BallFunction:
    """A tree compiled for balls. The results are at the working precision, or at ``bits`` if given."""

    def __init__(self, tape: Tape) -> None:
        self.variables = tape.variables
        self._program = ExactProgram(tape, BALLS)
        self._continued = [None if not step.operands else complex_operation(step) for step in tape.instructions]

    def value(self, arguments: Mapping[str, Rational], bits: int | None = None) -> Element:
        """Return the value: an fmpq if it is known exactly, else an arb.

        Raises
        ------
        UndefinedAtPoint
            If there is provably no value (a pole, or outside the domain).
        """
        given = {name: as_element(value) for name, value in arguments.items()}
        with working_precision(bits or ctx.prec):
            return self._program.run(given)[-1]

    def derivative(self, arguments: Mapping[str, Rational], var: str, bits: int | None = None) -> Element:
        """Return the derivative: an fmpq if it is known exactly, else an arb.

        Raises
        ------
        UndefinedAtPoint
            If there is provably no value or no derivative.
        """
        given = {name: as_element(value) for name, value in arguments.items()}
        with working_precision(bits or ctx.prec):
            return derivative(self._program, given, var)

    def complex_value(self, arguments: Mapping[str, Element], bits: int | None = None) -> Element:
        """Return the value at arguments of which some are acb: an acb, or a real element if none of them matters.

        Raises
        ------
        UndefinedAtPoint
            If a part that contains no complex argument has provably no value.
        """
        given = {name: as_element(value) for name, value in arguments.items()}
        with working_precision(bits or ctx.prec):
            return self._run_complex(given)

    def _run_complex(self, arguments: Mapping[str, Element]) -> Element:
        values: list[Element] = []
        for (real, operands), continued in zip(self._program.steps, self._continued, strict=True):
            given = [values[place] for place in operands]
            if isinstance(real, str):
                values.append(arguments[real])
            elif continued is not None and any(type(value) is acb for value in given):
                values.append(continued(*given))
            else:
                values.append(real(*given))
        return values[-1]


@lru_cache(maxsize=256)
def _by_tape(tape: Tape) -> BallFunction:
    return BallFunction(tape)


def ball_function(tree: Node) -> BallFunction:
    """Return the tree's :class:`BallFunction`, kept for the 256 trees used last."""
    return _by_tape(compile_tape(tree))
