"""The reference: fmpq where a value is exactly known, else arb, a ball that is proved to hold it."""

from __future__ import annotations

import math

from flint import acb, arb, fmpq

from numdiff.evaluate.balls.arithmetic import BALLS, as_ball, ball_function, working_precision
from numdiff.evaluate.balls.forward import derivative
from numdiff.evaluate.balls.rules import UndefinedAtPoint
from numdiff.evaluate.balls.run import ExactProgram
from numdiff.evaluate.balls.taylor import NotSmoothError, taylor
from numdiff.evaluate.tape import compile_tape
from numdiff.function import Function
from numdiff.functions.registry import pieces
from numdiff.reference.errors import DOMAIN, NoValueError, Number, Rational

working = working_precision
"""Set the bits that numbers have within the block."""


class Reference:
    """A function of one variable, or of none, in high precision. Call it within ``working(bits)``."""

    def __init__(self, f: Function) -> None:
        self._function = ball_function(f.tree)
        self._program = ExactProgram(compile_tape(f.tree), BALLS)
        made_of_pieces = pieces() | {"piecewise"}
        self._is_analytic = not any(step.op in made_of_pieces for step in compile_tape(f.tree).instructions)
        self._name = f.variables[0] if f.variables else "x"

    def value(self, x: Rational) -> Number:
        """Return f(x). NoValueError: "outside_domain" or "undecidable"."""
        try:
            return _decided(self._program.run({self._name: x})[-1])
        except UndefinedAtPoint as missing:
            raise NoValueError("outside_domain") from missing

    def derivative(self, x: Rational) -> Number:
        """Return f′(x). NoValueError: "outside_domain", "not_differentiable" or "undecidable"."""
        try:
            return _decided(derivative(self._program, {self._name: x}, self._name))
        except UndefinedAtPoint as missing:
            raise NoValueError("outside_domain" if missing.reason in DOMAIN else "not_differentiable") from missing

    def imaginary(self, x: Rational, h: Rational) -> Number:
        """Return Im f(x + ih). NoValueError: "not_analytic" or "undecidable"."""
        try:
            value = self._function.complex_value({self._name: acb(arb(x), arb(h))})
        except UndefinedAtPoint as missing:
            raise NoValueError("outside_domain") from missing
        if not isinstance(value, acb):
            return fmpq(0)
        if not value.is_finite():
            raise NoValueError("undecidable" if self._is_analytic else "not_analytic")
        return value.imag

    def taylor(self, x: Rational, count: int) -> tuple[Number, ...]:
        """Return f⁽ⁿ⁾(x)/n! for n < count. NoValueError: those of :meth:`derivative`."""
        try:
            return tuple(_decided(term) for term in taylor(self._program, {self._name: x}, self._name, count))
        except UndefinedAtPoint as missing:
            raise NoValueError("outside_domain") from missing
        except NotSmoothError as missing:
            raise NoValueError("not_differentiable") from missing

    def taylor_bounds(self, x: Rational, radius: Rational, count: int) -> tuple[float, ...]:
        """Return bounds of abs(f⁽ⁿ⁾)/n! on [x − radius, x + radius] for n < count; infinite where nothing is proved.

        The rules for the coefficients of a series hold for all points of a ball at once. Where a kink or a jump lies
        in it, the first coefficient is not a number, and the others say nothing.
        """
        try:
            terms = taylor(self._program, {self._name: arb(x, arb(radius))}, self._name, count)
        except (UndefinedAtPoint, NotSmoothError):
            return (math.inf,) * count
        if not all(isinstance(term, fmpq) or term.is_finite() for term in terms):
            return (math.inf,) * count
        return tuple(map(upper_bound, terms))

    def largest(self, x: Rational, radius: Rational) -> float:
        """Return a bound of abs(f) on [x − radius, x + radius]; infinite unless f is proved to have values there."""
        try:
            value = self._program.run({self._name: arb(x, arb(radius))})[-1]
        except UndefinedAtPoint:
            return math.inf
        return upper_bound(value) if isinstance(value, fmpq) or value.is_finite() else math.inf


def _decided(value: Number) -> Number:
    if isinstance(value, arb) and not value.is_finite():
        raise NoValueError("undecidable")
    return value


def rational(value: float) -> Rational:
    """Return the exact value of a finite float."""
    return fmpq(*value.as_integer_ratio())


def to_float(number: Number) -> float:
    """Return the number rounded to nearest; a ball's midpoint. Beyond float64's range it is infinite."""
    return float(as_ball(number))


def accuracy(number: Number) -> float:
    """Return how many leading bits of the number are known; infinite for an exact one."""
    if isinstance(number, fmpq) or number.is_exact():
        return math.inf
    return float(number.rel_accuracy_bits())


def contains_zero(number: Number) -> bool:
    """Return True unless the number is proved not to be 0."""
    return bool(number == 0) if isinstance(number, fmpq) else bool(number.contains(0))


def upper_bound(number: Number) -> float:
    """Return an upper bound of the number's absolute value."""
    return 0.0 if number == 0 else math.nextafter(float(as_ball(number).abs_upper()), math.inf)
