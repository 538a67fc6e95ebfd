"""Slopes read off the sweep: the order of accuracy on the right, −1 on the left."""

import math

import numpy as np
import pytest

from numdiff.difference.schemes import SCHEMES
from numdiff.error.orders import envelope
from numdiff.error.sweep import error_sweep
from numdiff.function import parse

REAL = tuple(name for name in SCHEMES if name != "complex")


@pytest.mark.parametrize("name", REAL)
def test_sine_at_one(name):
    fitted = error_sweep(parse("sin x"), 1.0, (name,)).orders[name]
    assert fitted.order == pytest.approx(SCHEMES[name].order, abs=0.005 * SCHEMES[name].order)
    # The round-off jumps about below its envelope; over five decades and more the slope is known to about 0.02.
    assert fitted.rounding_slope == pytest.approx(-1, abs=0.05)
    assert (fitted.order_reason, fitted.rounding_reason) == ("", "")
    assert fitted.rounding_range[1] < fitted.order_range[1]


@pytest.mark.parametrize(
    ("text", "x"),
    [("3x e^x", 2.0), ("ln x", 0.7), ("1/x", -3.0), ("x^5", 1.3), ("1/(1+e^-x)", 0.3), ("tanh x", 1.0), ("2^x", 5.0)],
)
def test_ordinary_functions(text, x):
    orders = error_sweep(parse(text), x).orders
    for name, order in (("forward", 1), ("backward", 1), ("central", 2), ("central4", 4)):
        assert orders[name].order == pytest.approx(order, rel=0.01)
        # At these points the scatter is up to three times that of the sine.
        assert orders[name].rounding_slope == pytest.approx(-1, abs=0.08)


def test_no_truncation_arm():
    fitted = error_sweep(parse("x^2"), 3.0).orders["central"]
    assert math.isnan(fitted.order)
    assert fitted.order_reason == "no_truncation"
    assert fitted.rounding_slope == pytest.approx(-1, abs=0.05)


def test_vanishing_leading_derivative():
    orders = error_sweep(parse("sin x"), 0.0).orders
    assert orders["forward"].order == pytest.approx(2, abs=0.01)
    # At 0 the round-off is that of the result alone: isolated ulps, no line.
    assert math.isnan(orders["forward"].rounding_slope)
    assert orders["forward"].rounding_reason == "too_short"


def test_the_line_passes_through_the_arm():
    sweep = error_sweep(parse("sin x"), 1.0, ("forward",))
    fitted = sweep.orders["forward"]
    assert 10**fitted.order_intercept == pytest.approx(math.sin(1) / 2, rel=0.05)
    low, high = fitted.order_range
    assert 1e-9 < low < high <= 0.2


def test_reasons_without_arms():
    assert error_sweep(parse("|x|"), 0.0).orders["central"].order_reason == "not_differentiable"
    assert error_sweep(parse("ln x"), -1.0).orders["central"].rounding_reason == "outside_domain"
    assert error_sweep(math.sin, 1.0).orders["central"].order_reason == "no_exact_reference"
    constant = error_sweep(parse("5"), 1.0).orders["central"]
    assert (constant.order_reason, constant.rounding_reason) == ("no_truncation", "no_rounding")
    few = error_sweep(parse("sin x"), 1.0, steps=[1e-3, 1e-4]).orders["central"]
    assert (few.order_reason, few.rounding_reason) == ("no_straight_part", "too_short")
    short = error_sweep(parse("sin x"), 1.0, ("forward",), dtype="bfloat16").orders["forward"]
    assert (short.order, short.rounding_reason) == (pytest.approx(1, abs=0.01), "too_short")


def test_the_complex_step_has_no_rounding_arm():
    fitted = error_sweep(parse("sin x"), 1.0, ("complex",)).orders["complex"]
    assert fitted.order == pytest.approx(2, abs=0.01)
    assert fitted.rounding_reason == "no_rounding_arm"
    assert fitted.rounding_slope == pytest.approx(0, abs=0.05)


def test_the_order_of_the_steps_does_not_matter():
    steps = np.logspace(-15, 0, 100)
    forwards, backwards = (error_sweep(parse("e^x"), 1.0, steps=s).orders for s in (steps, -steps[::-1]))
    assert forwards["central"].order == pytest.approx(backwards["central"].order, rel=1e-9)
    repeated = error_sweep(parse("e^x"), 1.0, steps=np.repeat(steps, 2)).orders["central"]
    assert repeated.order == pytest.approx(2, abs=0.01)


def test_envelope():
    values = np.array([1.0, np.nan, 5.0, 2.0, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(envelope(values, 1), [1, 5, 5, 5, 2, np.nan, np.nan])
