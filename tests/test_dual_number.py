"""Dual numbers: every rule against mpmath, kinks, nesting, and plain NumPy code."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numdiff.blackbox.dual_number import Dual
from numdiff.blackbox.ufuncs import COMPARISONS, PARTIALS, WHOLE

# ufunc: the same in mpmath, and a point (two for two operands)
ONE = {
    np.negative: (lambda x: -x, 0.7),
    np.positive: (lambda x: x, 0.7),
    np.square: (lambda x: x**2, -1.3),
    np.reciprocal: (lambda x: 1 / x, -1.3),
    np.sqrt: (mpmath.sqrt, 2.3),
    np.cbrt: (mpmath.cbrt, 2.3),
    np.exp: (mpmath.exp, 1.1),
    np.exp2: (lambda x: mpmath.mpf(2) ** x, 1.1),
    np.expm1: (mpmath.expm1, 0.01),
    np.log: (mpmath.log, 2.3),
    np.log2: (lambda x: mpmath.log(x, 2), 2.3),
    np.log10: (mpmath.log10, 2.3),
    np.log1p: (lambda x: mpmath.log(1 + x), 0.3),
    np.sin: (mpmath.sin, 0.7),
    np.cos: (mpmath.cos, 0.7),
    np.tan: (mpmath.tan, 0.7),
    np.arcsin: (mpmath.asin, 0.7),
    np.arccos: (mpmath.acos, -0.7),
    np.arctan: (mpmath.atan, 1.7),
    np.sinh: (mpmath.sinh, 0.7),
    np.cosh: (mpmath.cosh, 0.7),
    np.tanh: (mpmath.tanh, 15.0),
    np.arcsinh: (mpmath.asinh, 0.7),
    np.arccosh: (mpmath.acosh, 1.7),
    np.arctanh: (mpmath.atanh, 0.7),
    np.deg2rad: (mpmath.radians, 30.0),
    np.radians: (mpmath.radians, 30.0),
    np.rad2deg: (mpmath.degrees, 1.0),
    np.degrees: (mpmath.degrees, 1.0),
    np.absolute: (abs, -1.5),
    np.fabs: (abs, 1.5),
    np.sign: (mpmath.sign, -1.5),
    np.floor: (mpmath.floor, 1.5),
    np.ceil: (mpmath.ceil, 1.5),
    np.trunc: (mpmath.floor, 1.5),
    np.rint: (mpmath.nint, 1.7),
    np.conjugate: (lambda x: x, 0.7),
}
TWO = {
    np.add: (lambda x, y: x + y, (0.7, 1.9)),
    np.subtract: (lambda x, y: x - y, (0.7, 1.9)),
    np.multiply: (lambda x, y: x * y, (0.7, 1.9)),
    np.divide: (lambda x, y: x / y, (0.7, 1.9)),
    np.power: (lambda x, y: x**y, (0.7, 1.9)),
    np.float_power: (lambda x, y: x**y, (0.7, 1.9)),
    np.hypot: (lambda x, y: mpmath.sqrt(x**2 + y**2), (0.7, 1.9)),
    np.arctan2: (mpmath.atan2, (0.7, -1.9)),
    np.logaddexp: (lambda x, y: mpmath.log(mpmath.exp(x) + mpmath.exp(y)), (0.7, 1.9)),
    np.logaddexp2: (lambda x, y: mpmath.log(mpmath.mpf(2) ** x + mpmath.mpf(2) ** y, 2), (0.7, 1.9)),
    np.copysign: (lambda x, y: abs(x) * mpmath.sign(y), (0.7, -1.9)),
    np.remainder: (lambda x, y: x - y * mpmath.floor(x / y), (-7.3, 1.9)),
    np.fmod: (lambda x, y: x + y * mpmath.floor(-x / y), (-7.3, 1.9)),
    np.floor_divide: (lambda x, y: mpmath.floor(x / y), (-7.3, 1.9)),
    np.maximum: (max, (0.7, 1.9)),
    np.minimum: (min, (0.7, 1.9)),
    np.fmax: (max, (0.7, 1.9)),
    np.fmin: (min, (0.7, 1.9)),
    np.heaviside: (lambda x, y: mpmath.mpf(x > 0), (0.7, 0.5)),
}


def slope(f, *point):
    with mpmath.workdps(50):
        return mpmath.diff(f, *[p if isinstance(p, tuple) else mpmath.mpf(p) for p in point])


def test_every_rule_is_tested():
    assert set(ONE) | set(TWO) == set(PARTIALS) | set(WHOLE)


@pytest.mark.parametrize("ufunc", ONE)
def test_one_operand(ufunc):
    f, x = ONE[ufunc]
    result = ufunc(Dual(x, 3.0))
    assert result.value == ufunc(x)
    assert result.slope == pytest.approx(float(3 * slope(f, x)), rel=1e-15, abs=1e-30)


@pytest.mark.parametrize("ufunc", TWO)
def test_two_operands(ufunc):
    f, (x, y) = TWO[ufunc]
    by_first, by_second = float(slope(lambda t: f(t, mpmath.mpf(y)), x)), float(slope(lambda t: f(mpmath.mpf(x), t), y))
    if ufunc is np.heaviside:
        by_second = 0.0
    assert ufunc(Dual(x, 1.0), y).slope == pytest.approx(by_first, rel=1e-15)
    assert ufunc(Dual(x, 1.0), Dual(y, 2.0)).slope == pytest.approx(by_first + 2 * by_second, rel=1e-14)
    assert ufunc(x, Dual(y, 1.0)).slope == pytest.approx(by_second, rel=1e-15)
    assert ufunc(x, Dual(y, 1.0)).value == ufunc(x, y)


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x: x + 2, 1),
        (lambda x: 2 + x, 1),
        (lambda x: x - 2, 1),
        (lambda x: 2 - x, -1),
        (lambda x: x * 2, 2),
        (lambda x: np.float64(2) * x, 2),
        (lambda x: x / 2, 0.5),
        (lambda x: 2 / x, -2 / 9),
        (lambda x: x**2, 6),
        (lambda x: 2**x, 8 * math.log(2)),
        (lambda x: x**x, 27 * (1 + math.log(3))),
        (lambda x: -x, -1),
        (lambda x: +x, 1),
        (lambda x: abs(-x), 1),
        (lambda x: x**-1, -1 / 9),
        (lambda x: x**0, 0),
        (lambda x: np.where(x > 2, x**2, x), 6),
        (lambda x: np.where(x < 2, x, 5.0), 0),
        (lambda x: np.clip(x, 0, 4), 1),
        (lambda x: np.clip(x, None, 2), 0),
        (np.sinc, (math.cos(3 * math.pi) * 3 * math.pi - math.sin(3 * math.pi)) / (9 * math.pi)),
        (lambda x: np.full_like(x, 7) * x, 7),
        (lambda x: np.zeros_like(x) + x * np.ones_like(x), 1),
        (lambda x: x if x > 0 else -x, 1),
    ],
)
def test_plain_code(f, expected):
    assert f(Dual(3.0, 1.0)).slope == pytest.approx(expected, rel=1e-14)


def test_arrays():
    x = Dual(np.array([1.0, 2.0, 3.0]), 1.0)
    np.testing.assert_allclose((x * np.sin(x)).slope, np.sin(x.value) + x.value * np.cos(x.value), rtol=1e-15)
    assert (x.shape, x.ndim, x.size, len(x), x.dtype) == ((3,), 1, 3, 3, np.float64)
    assert (np.shape(x), np.ndim(x), np.size(x)) == ((3,), 1, 3)
    assert np.sum(x**2).slope == 12
    assert np.mean(x**2).slope == 4
    assert x[1].value == 2
    np.testing.assert_array_equal(x[1:].slope, [1, 1])
    np.testing.assert_array_equal((np.array([1.0, 2.0, 3.0]) * x).slope, [1, 2, 3])
    np.testing.assert_array_equal(x > 1.5, [False, True, True])
    with pytest.raises(TypeError, match="a dual number without dimensions has no length"):
        len(Dual(1.0))
    assert np.add.reduce(x**2).slope == 12


def test_comparisons_look_at_the_value():
    x = Dual(1.0, 5.0)
    assert x == 1
    assert x != 2
    assert x < 2
    assert x <= Dual(1.0, 0.0)
    assert x > 0
    assert x >= 1
    assert bool(x)
    assert np.isfinite(x)
    assert not np.isnan(x)
    assert np.less in COMPARISONS
    with pytest.raises(TypeError, match="unhashable"):
        hash(x)


def test_numbers_become_floats():
    assert Dual(2).value.dtype == np.float64
    assert Dual(np.float32(2), np.float32(1)).value.dtype == np.float32
    assert (1 / Dual(0.0, 1.0)).value == math.inf
    assert repr(Dual(2, 1)) == "Dual(2.0, 1.0)"


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (np.abs, 0.0, math.nan),
        (lambda x: np.abs(x**2), 0.0, 0.0),
        (lambda x: np.maximum(x, 0), 0.0, math.nan),
        (lambda x: np.maximum(x, x**2), 0.0, math.nan),
        (lambda x: np.maximum(x, 2 * x - x), 0.0, 1.0),
        (np.sign, 0.0, math.nan),
        (np.floor, 2.0, math.nan),
        (np.trunc, 0.0, 0.0),
        (np.sqrt, 0.0, math.inf),
        (lambda x: np.sqrt(x**2), 0.0, math.nan),
        (lambda x: x**1.5, 0.0, 0.0),
        (lambda x: x**1, 0.0, 1.0),
        (lambda x: 0**x, 2.0, 0.0),
        (np.sinc, 0.0, 0.0),
    ],
)
def test_kinks_and_edges(f, x, expected):
    np.testing.assert_equal(float(f(Dual(x, 1.0)).slope), expected)


def test_second_derivatives():
    x = Dual(Dual(2.0, 1.0), 1.0)
    assert x.depth == 2
    result = x**3 * np.exp(x)
    assert result.value.value == pytest.approx(8 * math.exp(2), rel=1e-15)
    assert result.slope.value == result.value.slope == pytest.approx((12 + 8) * math.exp(2), rel=1e-15)
    assert result.slope.slope == pytest.approx((12 + 24 + 8) * math.exp(2), rel=1e-15)
    assert np.where(x > 0, np.tanh(x), 0).slope.slope == pytest.approx(-2 * math.tanh(2) / math.cosh(2) ** 2, rel=1e-14)
    assert (np.abs(-x) * x).slope.slope == 2
    assert np.maximum(x, 0).slope.slope == 0
    third = Dual(Dual(Dual(1.5, 1.0), 1.0), 1.0)
    assert np.sin(third).slope.slope.slope == pytest.approx(-math.cos(1.5), rel=1e-15)


def test_a_shallow_number_is_a_constant_for_the_outer_variable():
    inner = Dual(3.0, 1.0)  # y, and y′ = 1
    outer = Dual(Dual(2.0, 0.0), 1.0)  # x by the outer variable, constant for the inner one
    mixed = (outer * inner).slope  # ∂(xy)/∂x = y
    assert (mixed.value, mixed.slope) == (3, 1)


def test_what_does_not_work_says_so():
    x = Dual(1.0, 1.0)
    with pytest.raises(TypeError, match=r"a dual number is no float: use NumPy's functions"):
        math.sin(x)
    with pytest.raises(TypeError, match=r"np\.unique does not work on dual numbers"):
        np.unique(x)
    with pytest.raises(TypeError, match=r"np\.spacing has no rule for dual numbers"):
        np.spacing(x)


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_product_and_chain_rule(x, y):
    u, v = np.sin(Dual(x, 1.0)), np.exp(Dual(x / 10, 0.1)) + y
    product = u * v
    assert product.slope == pytest.approx(u.slope * v.value + u.value * v.slope, rel=1e-15, abs=1e-300)
    assert np.tanh(u).slope == pytest.approx(u.slope / math.cosh(u.value) ** 2, rel=1e-14)
