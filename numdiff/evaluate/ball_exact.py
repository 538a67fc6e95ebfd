"""Certified values to a chosen number of digits: the precision is doubled until they are proved, up to a cap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath
from flint import arb, fmpq

from numdiff.evaluate.ball import BALLS, as_element, ball_function, working_precision
from numdiff.evaluate.exact import Exact, missing
from numdiff.evaluate.exact_rules import Element, UndefinedAtPoint
from numdiff.evaluate.exact_values import ExactProgram
from numdiff.evaluate.tape import compile_tape
from numdiff.evaluate.taylor import NotSmoothError, taylor
from numdiff.tree import Node

HIGHEST_PRECISION = 4000
"""Bits after which a relative accuracy is given up (or four times the digits asked for, if that is more)."""

LARGEST_EXPONENT = 1_000_000
"""Numbers beyond 2^±this are not written out: their decimal form would take too long."""


def _mpf(exact: arb) -> Any:  # noqa: ANN401 - mpmath has no types
    """Return an exact ball (radius 0) as the same mpmath number."""
    mantissa, exponent = exact.man_exp()
    return mpmath.mp.make_mpf(mpmath.libmp.from_man_exp(int(mantissa), int(exponent)))


def _magnitude(exact: arb) -> int:
    """Return e with abs(exact) < 2^e, for a nonzero number."""
    mantissa, exponent = exact.man_exp()
    return int(exponent) + int(mantissa).bit_length()


def _answer(ball: arb) -> Exact:
    """Return midpoint and radius as a certified answer, or 0 where the ball lies below the smallest number."""
    bound = ball.abs_upper()
    if ball.is_zero() or _magnitude(bound) < -LARGEST_EXPONENT:
        tiny = mpmath.ldexp(1, -LARGEST_EXPONENT)
        return Exact(mpmath.mpf(0), mpmath.mpf(0) if ball.is_zero() else tiny, certified=True)
    if _magnitude(bound) > LARGEST_EXPONENT:
        return missing("undecidable", "overflow", certified=True)
    radius = ball.rad()
    if not radius.is_zero() and _magnitude(radius) < -LARGEST_EXPONENT:
        return Exact(_mpf(ball.mid()), mpmath.ldexp(1, -LARGEST_EXPONENT), certified=True)
    return Exact(_mpf(ball.mid()), _mpf(radius), certified=True)


def _last_answer(ball: Element, digits: int) -> Exact:
    """Return what can be said at the highest precision: an absolute bound, if it is small."""
    if not ball.is_finite():
        return missing("undecidable", "precision", certified=True)
    small = arb(fmpq(1, 10**digits))
    if ball.contains(0) and ball.abs_upper() <= small:
        bound = _answer(ball.abs_upper())
        return Exact(mpmath.mpf(0), mpmath.fadd(bound.value, bound.radius, exact=True), certified=True)
    if ball.rad() <= small:
        return _answer(ball)
    return missing("undecidable", "precision", certified=True)


def _solve(compute: Callable[[int], Element], digits: int) -> Exact:
    wanted = int(digits * 3.3220) + 2
    highest = max(HIGHEST_PRECISION, 4 * wanted)
    bits = wanted + 32
    while True:
        with working_precision(bits):
            try:
                element = compute(bits)
            except UndefinedAtPoint as none:
                return missing("undefined", none.reason, certified=True)
            ball = arb(element) if type(element) is fmpq else element
            if ball.is_finite() and (ball.rad().is_zero() or ball.rel_accuracy_bits() >= wanted):
                return _answer(ball)
            if bits >= highest:
                return _last_answer(ball, digits)
        bits = min(2 * bits, highest)


def value(tree: Node, arguments: Mapping[str, Fraction], digits: int) -> Exact:
    """Return the certified value; see :func:`numdiff.evaluate.exact.exact_value`."""
    function = ball_function(tree)
    return _solve(lambda bits: function.value(arguments, bits), digits)


def derivative(tree: Node, arguments: Mapping[str, Fraction], var: str, digits: int) -> Exact:
    """Return the certified derivative; see :func:`numdiff.evaluate.exact.exact_derivative`."""
    function = ball_function(tree)
    return _solve(lambda bits: function.derivative(arguments, var, bits), digits)


def derivative_by_series(tree: Node, arguments: Mapping[str, Fraction], var: str, digits: int) -> Exact | None:
    """Return the certified derivative; see :func:`numdiff.evaluate.exact.derivative_by_series`."""
    program = ExactProgram(compile_tape(tree), BALLS)
    given = {name: as_element(value) for name, value in arguments.items()}
    try:
        return _solve(lambda _: taylor(program, given, var, 2)[1], digits)
    except NotSmoothError:
        return None
