"""Random trees: NumPy's value and derivative lie where a rigorous rounding analysis says they must."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from flint import arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numdiff.evaluate.balls.arithmetic import BallArithmetic, ball_function, working_precision
from numdiff.evaluate.balls.forward import derivative
from numdiff.evaluate.balls.rules import Element, UndefinedAtPoint
from numdiff.evaluate.balls.run import ExactProgram
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.evaluate.tape import compile_tape
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import Node, Pow, walk
from tests.strategies import trees

ROUGH = 44
"""Bits of the rounding analysis: each operation errs by 2^-44 of its result, 2^9 times float64's own rounding; that
leaves room for NumPy's functions (a few units in the last place) and for formulas of a few operations."""


class RoundedBalls(BallArithmetic):
    """Balls in which even rationals are rounded, as they are in floating point."""

    def rational(self, value: Fraction) -> Element:
        exact = arb(fmpq(value.numerator, value.denominator))
        # 0 and powers of two are exact in floating point too
        return exact if exact.is_exact() and exact.mid().bits() <= 24 else exact + arb(0, abs(exact.mid()) / 2**ROUGH)

    def is_rational(self, u: Element) -> bool:
        return False

    def floor(self, u: Element) -> Element:
        whole = super().floor(u)
        return None if whole is None else arb(whole)


# gelu's value is 1 + erf, which cancels below 0; erfc, which the exact side uses, does not.
NAMES = [name for name in FUNCTIONS if name not in {"log", "root", "leaky_relu", "min", "max", "gelu"}]
TREES = trees(("x", "y"), functions=NAMES, sums=False, max_leaves=8)
POINTS = st.floats(-20, 20, allow_subnormal=False).map(lambda x: round(x, 3))


def is_within(number: float, ball: arb) -> bool:
    """Whether float64's result lies in the ball, its own last rounding allowed for."""
    return bool(abs(arb(number) - ball.mid()) <= 2 * ball.rad() + abs(ball.mid()) / 2**ROUGH)


def is_ordinary(value: Element) -> bool:
    """Whether a number is far from float64's overflow and underflow."""
    ball = value if isinstance(value, arb) else arb(value)
    return bool(ball.is_finite() and (ball.is_zero() or (ball.abs_lower() > 1e-140 and ball.abs_upper() < 1e140)))


@settings(max_examples=300, deadline=None)
@given(tree=TREES, x=POINTS, y=POINTS, a=st.floats(1.5, 4))
def test_numpy_values_and_derivatives_lie_in_the_rounded_balls(tree: Node, x: float, y: float, a: float) -> None:
    given_ = {"x": x, "y": y, "a": a}
    with working_precision(ROUGH):
        program = ExactProgram(compile_tape(tree), RoundedBalls())
        rounded = {name: arb(value) + arb(0, abs(value) / 2**ROUGH) for name, value in given_.items()}
        try:
            values = program.run(rounded)
            slope = derivative(program, rounded, "x")
        except UndefinedAtPoint:
            assume(False)
        assume(all(is_ordinary(value) for value in values))
        assert is_within(float(evaluate(tree, given_)), values[-1])
        assert is_within(float(evaluate(tree, {name: np.array([v]) for name, v in given_.items()})[0]), values[-1])
        assume(is_ordinary(slope))
        by_dual_numbers = float(evaluate_dual(tree, given_, "x")[1])
        # the balls see that relu is 0 all around −1, and so is relu^0.9; a dual number sees 0 and its slope only
        if not (math.isnan(by_dual_numbers) and _has_power_of_zero(tree, given_)):
            assert is_within(by_dual_numbers, slope)


def _has_power_of_zero(tree: Node, point: dict[str, float]) -> bool:
    powers = (part for part in walk(tree) if isinstance(part, Pow))
    return any(float(evaluate(part.base, point)) == 0 for part in powers)


@settings(max_examples=200, deadline=None)
@given(tree=TREES, x=POINTS, y=POINTS)
def test_a_higher_precision_only_narrows_the_ball(tree: Node, x: float, y: float) -> None:
    function = ball_function(tree)
    given_ = {"x": Fraction(x), "y": Fraction(y), "a": Fraction(3)}
    try:
        low, high = (function.derivative(given_, "x", bits) for bits in (80, 400))
    except UndefinedAtPoint:
        return
    with working_precision(500):
        low, high = arb(low), arb(high)
        assert not high.is_finite() or not low.is_finite() or low.overlaps(high)


@settings(max_examples=200, deadline=None)
@given(tree=TREES, x=st.sampled_from((0.0, 1.0, -1.0, 0.5, 2.0, math.inf, math.nan, 1e308)))
def test_nothing_raises_and_the_dual_value_is_the_value(tree: Node, x: float) -> None:
    given_ = {"x": x, "y": 1.0, "a": 3.0}
    value, _ = evaluate_dual(tree, given_, "x")
    assert np.array_equal(value, evaluate(tree, given_), equal_nan=True)
    columns = {name: np.array([[v]]) for name, v in given_.items()}
    assert evaluate_dual(tree, columns, "x")[1].shape == (1, 1)
    assert evaluate(tree, columns, np.complex128).shape == (1, 1)
