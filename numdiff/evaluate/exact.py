"""Exact values and derivatives to a chosen number of digits, proved by ball arithmetic or exact rational arithmetic.

The precision is doubled until the digits asked for are proved, up to a cap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath
from flint import arb, fmpq

from numdiff.evaluate.answer import Exact, missing
from numdiff.evaluate.balls.arithmetic import BALLS, as_element, ball_function, working_precision
from numdiff.evaluate.balls.rules import Element, UndefinedAtPoint
from numdiff.evaluate.balls.run import ExactProgram
from numdiff.evaluate.balls.taylor import NotSmoothError, taylor
from numdiff.evaluate.tape import compile_tape
from numdiff.tree import Node

MOST_DIGITS = 1000
"""The most digits that may be asked for."""

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
        return Exact(mpmath.mpf(0), mpmath.mpf(0) if ball.is_zero() else tiny)
    if _magnitude(bound) > LARGEST_EXPONENT:
        return missing("undecidable", "overflow")
    radius = ball.rad()
    if not radius.is_zero() and _magnitude(radius) < -LARGEST_EXPONENT:
        return Exact(_mpf(ball.mid()), mpmath.ldexp(1, -LARGEST_EXPONENT))
    return Exact(_mpf(ball.mid()), _mpf(radius))


def _last_answer(ball: Element, digits: int) -> Exact:
    """Return what can be said at the highest precision: an absolute bound, if it is small."""
    if not ball.is_finite():
        return missing("undecidable", "precision")
    small = arb(fmpq(1, 10**digits))
    if ball.contains(0) and ball.abs_upper() <= small:
        bound = _answer(ball.abs_upper())
        return Exact(mpmath.mpf(0), mpmath.fadd(bound.value, bound.radius, exact=True))
    if ball.rad() <= small:
        return _answer(ball)
    return missing("undecidable", "precision")


def _solve(compute: Callable[[int], Element], digits: int) -> Exact:
    wanted = int(digits * 3.3220) + 2
    highest = max(HIGHEST_PRECISION, 4 * wanted)
    bits = wanted + 32
    while True:
        with working_precision(bits):
            try:
                element = compute(bits)
            except UndefinedAtPoint as none:
                return missing("undefined", none.reason)
            ball = arb(element) if type(element) is fmpq else element
            if ball.is_finite() and (ball.rad().is_zero() or ball.rel_accuracy_bits() >= wanted):
                return _answer(ball)
            if bits >= highest:
                return _last_answer(ball, digits)
        bits = min(2 * bits, highest)


def _checked(tree: Node, arguments: Mapping[str, Fraction | int | float], digits: int) -> dict[str, Fraction]:
    if not 1 <= digits <= MOST_DIGITS:
        raise ValueError(f"digits must be between 1 and {MOST_DIGITS}, got {digits}")
    for name in compile_tape(tree).variables:
        if name not in arguments:
            raise TypeError(f"missing argument {name!r}")
    return {name: Fraction(value) for name, value in arguments.items()}


def exact_value(tree: Node, arguments: Mapping[str, Fraction | int | float], digits: int = 50) -> Exact:
    """Return the value of the tree at exact arguments.

    Parameters
    ----------
    tree : Node
        An expression; decimals in it are exact decimals (0.1 is 1/10).
    arguments : mapping of str to Fraction, int or float
        The exact arguments; a float is its binary value.
    digits : int
        Relative digits wanted, 1 to 1000; where the value may be 0, an absolute bound of 10^−digits.

    Returns
    -------
    Exact

    Raises
    ------
    ValueError
        For digits out of range, or an argument that is NaN.
    OverflowError
        For an infinite argument.
    TypeError
        For a missing argument.
    """
    given = _checked(tree, arguments, digits)
    function = ball_function(tree)
    return _solve(lambda bits: function.value(given, bits), digits)


def exact_derivative(tree: Node, arguments: Mapping[str, Fraction | int | float], var: str, digits: int = 50) -> Exact:
    """Return the derivative of the tree by a variable at exact arguments; parameters and errors as for the value.

    A derivative exists where the two one-sided derivatives agree; at the edge of a power's domain (x^1.5 at 0) the
    right one counts if it is finite. By a variable that does not occur it is 0, where the tree has a value.
    """
    given = _checked(tree, arguments, digits)
    function = ball_function(tree)
    return _solve(lambda bits: function.derivative(given, var, bits), digits)


def derivative_by_series(
    tree: Node, arguments: Mapping[str, Fraction | int | float], var: str, digits: int = 50
) -> Exact | None:
    """Return the derivative from the arithmetic of power series, which knows no table of slopes; None at a kink.

    It is the coefficient of the first power, worked out by sums, products and the differential equations of the
    functions that an arithmetic has (:mod:`numdiff.evaluate.balls.taylor`); so it can judge what the rows state.
    Parameters and errors as for the value. None where the function or a part of it has a kink, a jump or a vertical
    tangent.
    """
    given = {name: as_element(value) for name, value in _checked(tree, arguments, digits).items()}
    program = ExactProgram(compile_tape(tree), BALLS)
    try:
        return _solve(lambda _: taylor(program, given, var, 2)[1], digits)
    except NotSmoothError:
        return None
