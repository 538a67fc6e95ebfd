"""The schemes' weights against SymPy's, the quotients against the formulas written out, the lecture's digits."""

import math
import re
from fractions import Fraction

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Rational
from sympy.calculus import finite_diff_weights

from numdiff.blackbox.precision import as_dtype, complex_dtype, unit_roundoff
from numdiff.difference.schemes import (
    SCHEMES,
    Scheme,
    as_scheme,
    difference,
    finite_difference_weights,
    numerical_derivative,
)

REAL = [name for name in SCHEMES if name != "complex"]

TEXTBOOK = {
    "forward": lambda f, x, h: (f(x + h) - f(x)) / h,
    "backward": lambda f, x, h: (f(x) - f(x - h)) / h,
    "central": lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
    "forward3": lambda f, x, h: (-f(x + 2 * h) + 4 * f(x + h) - 3 * f(x)) / (2 * h),
    "backward3": lambda f, x, h: (3 * f(x) - 4 * f(x - h) + f(x - 2 * h)) / (2 * h),
    "central4": lambda f, x, h: (-f(x + 2 * h) + 8 * f(x + h) - 8 * f(x - h) + f(x - 2 * h)) / (12 * h),
    "complex": lambda f, x, h: f(x + 1j * h).imag / h,
}

# name: order p, error constant c, noise W = Σ|w| (Fornberg 1988, table 1; Abramowitz & Stegun 25.3)
PROPERTIES = {
    "forward": (1, Fraction(1, 2), Fraction(2)),
    "backward": (1, Fraction(-1, 2), Fraction(2)),
    "central": (2, Fraction(1, 6), Fraction(1)),
    "forward3": (2, Fraction(-1, 3), Fraction(4)),
    "backward3": (2, Fraction(-1, 3), Fraction(4)),
    "central4": (4, Fraction(-1, 30), Fraction(3, 2)),
    "central6": (6, Fraction(1, 140), Fraction(11, 6)),
    "central8": (8, Fraction(-1, 630), Fraction(25, 12)),
    "complex": (2, Fraction(-1, 6), Fraction(0)),
}


def exactly(message):
    return f"^{re.escape(message)}$"


def line(x):
    return 3 * x * np.exp(x)


@pytest.mark.parametrize("order", [0, 1, 2, 3])
@pytest.mark.parametrize("offsets", [(0, 1, 2, 3), (-2, -1, 0, 1, 2), (3, -1, 0, 7), (Fraction(1, 2), -1, 2, 4, 5)])
def test_weights_agree_with_sympy(offsets, order):
    points = [Rational(Fraction(o).numerator, Fraction(o).denominator) for o in offsets]
    expected = finite_diff_weights(order, points, Integer(0))[order][-1]
    assert finite_difference_weights(offsets, order) == tuple(Fraction(int(w.p), int(w.q)) for w in expected)


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=7, unique=True), st.data())
def test_weights_differentiate_polynomials_exactly(offsets, data):
    order = data.draw(st.integers(0, len(offsets) - 1))
    weights = finite_difference_weights(offsets, order)
    for degree in range(len(offsets)):
        quotient = sum(w * Fraction(o) ** degree for w, o in zip(weights, offsets, strict=True))
        assert quotient == (math.factorial(order) if degree == order else 0)


@pytest.mark.parametrize(
    ("offsets", "order", "message"),
    [
        ((0, 1), 2, "offsets must be at least 3 different numbers, got (0, 1)"),
        ((0, 0, 1), 1, "offsets must be at least 2 different numbers, got (0, 0, 1)"),
        ((0, math.inf), 1, "offsets must be finite, got (0, inf)"),
        ((0, 1), -1, "order must be at least 0, got -1"),
    ],
)
def test_bad_grids(offsets, order, message):
    with pytest.raises(ValueError, match=exactly(message)):
        finite_difference_weights(offsets, order)


@pytest.mark.parametrize("name", SCHEMES)
def test_properties_follow_from_the_weights(name):
    scheme = SCHEMES[name]
    assert (scheme.order, scheme.error_constant, scheme.noise) == PROPERTIES[name]
    assert tuple(Fraction(n, scheme.denominator) for n in scheme.numerators) == scheme.weights


@pytest.mark.parametrize("name", TEXTBOOK)
@pytest.mark.parametrize("f", [line, np.sin, lambda x: x**3 - x, lambda x: 1 / (1 + np.exp(-x))])
def test_quotient_is_the_textbooks_bit_for_bit(name, f):
    rng = np.random.default_rng(1)
    x, h = rng.uniform(-3, 3, 50), 10 ** rng.uniform(-10, 0, 50)
    np.testing.assert_array_equal(difference(f, x, h, name), TEXTBOOK[name](f, x, h))
    for point, step in zip(x, h, strict=True):
        assert difference(f, point, step, name) == TEXTBOOK[name](f, point, step)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_converges_with_its_order(name):
    coarse, fine = (abs(float(difference(np.exp, 0.5, h, name)) - math.exp(0.5)) for h in (0.4, 0.2))
    # Only halving once from a large step: the next terms of the expansion still shift the observed order a little.
    assert math.log2(coarse / fine) == pytest.approx(SCHEMES[name].order, abs=0.25)


@pytest.mark.parametrize(
    ("f", "x", "value"),
    [
        (lambda x: x**2, 3.0, 6.000000000012662),
        (lambda x: x**2, 3, 6.000000000012662),
        (line, 2.0, 66.50150507518049),
        (lambda x: 3 * x * math.exp(x), 2.0, 66.50150507518049),
    ],
)
def test_lecture_digits(f, x, value):
    assert numerical_derivative(f, x) == value


def test_step_taken_removes_the_rounding_of_the_nodes():
    assert difference(lambda x: x**2, 3.0, 1e-4, step="taken") == 6.0
    x, h = np.linspace(0.1, 9, 30), 1e-7
    for name in ("forward", "backward", "central"):
        np.testing.assert_allclose(difference(lambda x: x, x, h, name, step="taken"), 1, rtol=0)


@given(st.floats(-1e3, 1e3), st.floats(1e-12, 10), st.sampled_from(["forward", "backward", "central"]))
def test_step_taken_is_the_difference_of_the_nodes(x, h, name):
    right, left = (x if name == "backward" else x + h), (x if name == "forward" else x - h)
    expected = (right * right - left * left) / np.float64(right - left) if right != left else math.nan
    np.testing.assert_array_equal(difference(lambda t: t * t, x, h, name, step="taken"), expected)


@pytest.mark.parametrize("f", [math.exp, lambda x: x if x > 0 else -x, lambda x: 5.0])
@pytest.mark.parametrize("name", REAL)
def test_scalar_only_callables(f, name):
    x = np.array([[0.5, 1.0], [2.0, 3.0]])
    result = difference(f, x, 1e-3, name)
    assert result.shape == x.shape
    assert result.dtype == np.float64
    for index in np.ndindex(x.shape):
        assert result[index] == difference(f, x[index], 1e-3, name)


def test_outside_the_domain_is_nan():
    np.testing.assert_array_equal(np.isnan(difference(math.log, np.array([-1.0, 1.0]), 1e-3)), [True, False])
    np.testing.assert_array_equal(np.isnan(difference(np.log, np.array([-1.0, 1.0]), 1e-3)), [True, False])
    assert np.isnan(difference(np.log, -1.0, 1e-20, "complex"))
    with pytest.raises(ValueError, match=r"math domain error|positive"):
        difference(math.log, -1.0, 1e-3)


def test_complex_step_has_no_rounding_arm():
    # W. Squire, G. Trapp (1998): f = e^x/(sin³x + cos³x) at 1.5, the derivative as in their paper's corrected variant
    def f(x):
        return np.exp(x) / (np.sin(x) ** 3 + np.cos(x) ** 3)

    assert difference(f, 1.5, 1e-30, "complex") == pytest.approx(3.6220337007163260426, rel=4e-16)
    assert np.isnan(difference(np.abs, 1.5, 1e-30, "complex"))
    with pytest.raises(ValueError, match="f must accept complex numbers"):
        difference(math.exp, np.array([1.5]), 1e-30, "complex")
    with pytest.raises(ValueError, match="f must accept complex numbers"):
        difference(lambda x: math.exp(complex(x)), 1.5, 1e-30, "complex")
    assert difference(lambda x: x * x if x.real > 0 else -x, np.array([3.0]), 1e-30, "complex") == 6


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
@pytest.mark.parametrize("name", REAL)
def test_dtype_is_kept(dtype, name):
    seen = set()

    def f(x):
        seen.add(x.dtype.name)
        return x * x

    assert float(difference(f, 3.0, 0.25, name, dtype=dtype)) == pytest.approx(6, abs=0.3)
    array = difference(f, np.array([3.0, 4.0]), 0.25, name, dtype=dtype)
    assert (seen, array.dtype.name, array.shape) == ({dtype}, dtype, (2,))
    assert difference(f, np.array([3.0], as_dtype(dtype)), 0.25, name).dtype.name == dtype


def test_small_steps_in_low_precision():
    assert difference(np.square, 3.0, 1e-4, dtype="float16") == 0  # 3 + 1e-4 rounds to 3
    assert difference(np.sin, 0.0, 1e-4, dtype="float16") == 1  # at 0 nothing is lost
    assert np.isnan(difference(np.square, 3.0, 1e-8, dtype="float16"))  # Δx itself rounds to 0: 0/0
    assert difference(np.square, 3.0, 1e-50, dtype="float64") == 0


def test_broadcasting():
    x, h = np.linspace(1, 2, 5), np.geomspace(1e-6, 1e-1, 3)[:, None]
    result = difference(np.sin, x, h, "central4")
    assert result.shape == (3, 5)
    np.testing.assert_array_equal(result[1, 2], difference(np.sin, x[2], h[1, 0], "central4"))


@pytest.mark.parametrize("name", REAL)
def test_a_negative_step_mirrors_the_scheme(name):
    mirror = name.replace("forward", "@").replace("backward", "forward").replace("@", "backward")
    # Not bit for bit: the terms are then added from the other end.
    assert difference(np.exp, 1.0, -1e-2, name) == pytest.approx(difference(np.exp, 1.0, 1e-2, mirror), rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dx": 0.0}, "dx must be finite and not 0, got 0.0"),
        ({"dx": math.nan}, "dx must be finite and not 0, got nan"),
        ({"dx": math.inf}, "dx must be finite and not 0, got inf"),
        ({"x": 1j}, "x must be real numbers, got complex128"),
        ({"dtype": "int32"}, "dtype must be one of float16, bfloat16, float32, float64, got int32"),
        ({"step": "real"}, "step must be one of nominal, taken, got 'real'"),
        (
            {"scheme": "central5"},
            "scheme must be one of forward, backward, central, forward3, backward3, central4, central6, central8, "
            "complex, got 'central5'",
        ),
        (
            {"scheme": "complex", "dtype": "float16"},
            "dtype must be float32 or float64 for the complex step, got float16",
        ),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=exactly(message)):
        difference(**{"f": np.sin, "x": 1.0, "dx": 1e-4, **arguments})


def test_own_schemes():
    second = Scheme.from_offsets("second", (-1, 0, 1), derivative=2)
    assert (second.weights, second.order, second.error_constant, second.noise) == ((1, -2, 1), 2, Fraction(1, 12), 4)
    assert difference(np.exp, 1.0, 1e-3, second) == pytest.approx(math.e, rel=1e-6)
    assert as_scheme(second) is second
    with pytest.raises(ValueError, match="step must be 'nominal' for a derivative of order 2"):
        difference(np.exp, 1.0, 1e-3, second, step="taken")


def test_precisions():
    assert unit_roundoff("float64") == 2.0**-53
    assert unit_roundoff("bfloat16") == unit_roundoff(ml_dtypes.bfloat16) == 2.0**-8
    assert complex_dtype("float32") == np.complex64
