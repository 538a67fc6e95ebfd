"""The ball evaluator that the sweep stands on: kinds of arguments and results, complex continuation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import acb, arb, ctx, fmpq

from numdiff.evaluate.balls.arithmetic import as_ball, ball_function, working_precision
from numdiff.evaluate.balls.rules import UndefinedAtPoint
from numdiff.tree import Add, Constant, Div, Mul, Pow, Sub
from tests.evaluate.cases import SMOOTH, E, X, Y, call, n, power, ratio

LECTURE = ball_function(Mul(Mul(n("3"), X), Pow(E, X)))


@pytest.mark.parametrize("two", [2, 2.0, Fraction(2), fmpq(2), arb(2)])
def test_exact_arguments_of_every_kind(two: object) -> None:
    value = LECTURE.value({"x": two}, 300)
    assert value.overlaps(6 * arb(2).exp())
    assert value.rel_accuracy_bits() > 290


@pytest.mark.parametrize("wrong", ["2", None, 2j])
def test_inexact_arguments_are_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="an exact number is needed"):
        LECTURE.value({"x": wrong})


def test_rational_functions_stay_rational() -> None:
    f = ball_function(Div(Sub(power(X, "2"), n("0.25")), Add(X, ratio(1, 3))))
    assert f.value({"x": Fraction(1, 2)}) == fmpq(0)
    assert f.value({"x": 1}) == fmpq(9, 16)
    assert f.derivative({"x": 1}, "x") == fmpq(2) / fmpq(4, 3) - fmpq(3, 4) / fmpq(16, 9)
    with pytest.raises(UndefinedAtPoint, match="pole"):
        f.value({"x": Fraction(-1, 3)})


def test_long_rationals_become_balls() -> None:
    value = ball_function(power(X, "10000")).value({"x": 0.1}, 100)
    assert type(value) is arb
    assert value.rel_accuracy_bits() > 80


def test_the_precision_is_that_of_the_block() -> None:
    before = ctx.prec
    with working_precision(500):
        assert as_ball(LECTURE.value({"x": 2})).rel_accuracy_bits() > 490
        assert as_ball(LECTURE.value({"x": 2}, 100)).rel_accuracy_bits() < 110
        assert ctx.prec == 500
    assert ctx.prec == before


@pytest.mark.parametrize("name", SMOOTH)
def test_the_complex_step_in_balls(name: str) -> None:
    tree, _, points = SMOOTH[name]
    f, h = ball_function(tree), Fraction(1, 2**400)
    for point in map(float, points):
        with working_precision(1500):
            z = f.complex_value({"x": acb(arb(point), arb(as_ball(fmpq(1, h.denominator))))})
            slope = as_ball(f.derivative({"x": point}, "x"))
            # the complex step errs by h²·f‴/6, which is far below 2^-600 of these derivatives
            assert abs(z.imag * h.denominator - slope) < abs(slope) / arb(2) ** 600
            assert abs(z.real - as_ball(f.value({"x": point}))) < arb(2) ** -600


def test_what_is_not_analytic_is_nan_only_for_complex_arguments() -> None:
    f = ball_function(Mul(call("abs", n("-3")), call("max", X, Y)))
    assert f.complex_value({"x": 1, "y": 2}) == fmpq(6)
    assert not f.complex_value({"x": acb(1, 1), "y": 2}).is_finite()
    g = ball_function(Mul(call("abs", Y), power(X, "2")))
    assert g.complex_value({"x": acb(0, 1), "y": -3}).real == -3


def test_constants_are_balls() -> None:
    assert ball_function(call("sin", Constant("pi"))).value({}, 200).contains(0)


def test_undecided_is_not_a_number() -> None:
    hidden = Sub(Add(power(call("sin"), "2"), power(call("cos"), "2")), n("1"))
    f = ball_function(Div(n("1"), hidden))
    assert not f.value({"x": 1}, 300).is_finite()
    assert not f.derivative({"x": 1}, "x", 300).is_finite()
