"""The tangent and its gap against hand calculation and mpmath."""

import math
from fractions import Fraction

import mpmath
import pytest

from numdiff.error.tangent import tangent
from numdiff.function import parse


def test_a_parabola_leaves_its_tangent_by_the_square_of_the_step():
    found = tangent(parse("x^2"), 3.0, 0.5)
    assert (found.slope.value, found.height.value, found.gap, found.radius) == (6, 9, 0.25, 0)


@pytest.mark.parametrize("dx", [1.0, 1e-4, -1e-12, 1e-300])
def test_the_gap_has_true_digits_however_much_cancels(dx):
    found = tangent(parse("3x e^x"), 2.0, dx)
    with mpmath.workdps(800):
        h = mpmath.mpf(Fraction(dx).numerator) / Fraction(dx).denominator
        expected = 3 * (2 + h) * mpmath.exp(2 + h) - 6 * mpmath.exp(2) - 9 * mpmath.exp(2) * h
        assert abs(found.gap - expected) <= found.radius
        assert abs(found.gap - expected) < mpmath.mpf(10) ** -20 * abs(expected)


@pytest.mark.parametrize(("text", "x", "dx"), [("|x|", 0.0, 0.1), ("ln x", 0.5, -0.75), ("1/x", 0.0, 1.0)])
def test_no_gap_where_something_is_missing(text, x, dx):
    assert mpmath.isnan(tangent(parse(text), x, dx).gap)


def test_a_line_has_no_gap():
    for text in ("5", "2x - 1"):
        assert tangent(parse(text), 0.1, 1e-9).gap == 0


def test_bad_arguments():
    with pytest.raises(ValueError, match="x and dx must be finite"):
        tangent(parse("x"), math.nan, 1.0)
    with pytest.raises(ValueError, match="one variable, got x, y"):
        tangent(parse("x*y"), 1.0, 1.0)
