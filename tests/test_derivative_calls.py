"""Whatever f takes, returns or raises."""

import math
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from numdiff.derivative.api import METHODS, derivative
from numdiff.derivative.result import Status


class Counted:
    """A function that counts its calls."""

    def __init__(self, f):
        self.f, self.calls = f, 0

    def __call__(self, x):
        self.calls += 1
        return self.f(x)


@pytest.mark.parametrize("x", [1.0, 0.0, 1e-20, [0.5, 1.5], np.linspace(-3, 3, 50)])
def test_one_call_of_a_function_that_takes_arrays_and_a_few_for_spare_points(x):
    f = Counted(np.sin)
    derivative(f, x)
    assert f.calls == (3 if np.size(x) > 1 else 2)


def test_f_sees_flat_arrays_of_the_working_dtype():
    for dtype in ("float16", "float32", "float64"):
        derivative(
            lambda x, dtype=dtype: (np.testing.assert_equal((x.ndim, x.dtype.name), (1, dtype)), x)[1], 1.0, dtype=dtype
        )
    derivative(lambda x: (np.testing.assert_equal(x.dtype.name, "float32"), x)[1], np.ones((2, 2), dtype=np.float32))


def test_integer_points():
    assert derivative(np.exp, 1).df == derivative(np.exp, 1.0).df
    result = derivative(lambda x: x**2, np.array([1, 2, 3]))
    np.testing.assert_allclose(result.df, [2, 4, 6], rtol=1e-15)
    assert derivative(lambda x: x**2, np.int8(100)).df == 200


def test_a_function_that_returns_integers():
    result = derivative(lambda x: np.floor(x).astype(int), 2.5)
    assert (result.df, result.status) == (0, Status.CONVERGED)
    assert derivative(math.floor, 2.5).df == 0
    assert derivative(lambda x: np.floor(x).astype(int), 2.0).reason == "jump"


def test_a_function_that_returns_booleans():
    assert derivative(lambda x: x > 1, 2.0).df == 0
    assert derivative(lambda x: x > 1, 1.0).reason == "jump"


@pytest.mark.parametrize(
    ("f", "x", "df"),
    [
        (math.exp, 1.0, math.e),
        (lambda x: math.sin(x) if x > 0 else x, 0.5, math.cos(0.5)),
        (math.gamma, 1.0, -0.5772156649015329),
        (math.log, 1e-6, 1e6),
        (lambda x: float(np.exp(x)), 0.0, 1.0),
    ],
)
def test_scalar_only_functions(f, x, df):
    result = derivative(f, x)
    assert result.status == Status.CONVERGED
    assert result.df == pytest.approx(df, rel=1e-12)
    np.testing.assert_array_equal(derivative(f, [x, x]).df, [result.df, result.df])


def picky(x):
    if x < 1:
        raise ValueError("too small")
    return x * math.sqrt(x)


def test_a_function_that_raises_at_some_points():
    assert derivative(picky, 4.0).df == pytest.approx(3, rel=1e-12)
    edge = derivative(picky, 1.0)
    assert edge.status == Status.ONE_SIDED
    assert edge.df == pytest.approx(1.5, rel=1e-10)
    assert derivative(picky, 0.5).status == Status.OUTSIDE_DOMAIN
    assert derivative(lambda x: 1 // 0 if x == 0 else 1 / x, 0.0).reason == "pole"


def test_a_function_that_raises_on_arrays_at_some_points():
    def strict(x):
        with np.errstate(all="raise"):
            return np.sqrt(x)

    assert derivative(strict, 4.0).df == pytest.approx(0.25, rel=1e-13)
    assert derivative(strict, 0.0).reason == "vertical_tangent_at_domain_edge"


def test_other_exceptions_are_not_swallowed():
    with pytest.raises(KeyError):
        derivative({}.__getitem__, 1.0)
    with pytest.raises(TypeError, match="f must return one number for each point"):
        derivative(lambda x: [x, x], 1.0)
    with pytest.raises(TypeError):
        derivative(lambda x: None, 1.0)
    with pytest.raises(TypeError):
        derivative("x^2", 1.0)


@pytest.mark.parametrize("method", METHODS)
def test_no_warnings(method):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x in (0.0, -1.0, 1.0, 1e300, 1e-300, math.nan, math.inf, [0.0, 1.0, -1.0]):
            derivative(np.log, x, method=method)
            derivative(lambda t: 1 / t, x, method=method)
        for x in (800.0, -1e308):
            derivative(np.exp, x, method=method)


def test_complex_values():
    root = derivative(np.emath.sqrt, 4.0)  # complex as soon as one node is negative
    assert root.df == pytest.approx(0.25, rel=1e-13)
    assert derivative(np.emath.sqrt, 0.0).reason == "vertical_tangent_at_domain_edge"
    assert derivative(np.emath.sqrt, -1.0).status == Status.OUTSIDE_DOMAIN
    assert derivative(lambda x: x**0.5 if isinstance(x, float) else NotImplemented, 4.0).df == pytest.approx(0.25)
    assert derivative(lambda x: np.sin(x) + 0j, 1.0).df == derivative(np.sin, 1.0).df


def test_numbers_of_other_libraries():
    assert derivative(mpmath.sin, 1.0).df == pytest.approx(math.cos(1), rel=1e-14)
    assert derivative(lambda x: Fraction(x) ** 2, 3.0).df == 6
    assert derivative(lambda x: np.array([math.exp(x)]), 1.0).df == pytest.approx(math.e, rel=1e-13)


def test_constants():
    for f in (lambda x: 7, lambda x: 7.0, lambda x: np.full_like(x, 7), lambda x: np.float64(7)):
        result = derivative(f, [0.0, 2.0, 1e300])
        assert result.df.tolist() == [0, 0, 0]
        assert set(result.status) == {Status.CONVERGED}


@pytest.mark.parametrize(
    ("f", "x", "df"),
    [
        (lambda x: x / 1e300, 1e300, 1e-300),
        (lambda x: x**2, 1e-300, 2e-300),
        (np.exp, 709.0, math.exp(709)),
        (np.sin, 5e-324, 1.0),
        (lambda x: x / 4, 1.7e308, 0.25),
        (np.sin, -1e-300, 1.0),
    ],
)
def test_huge_and_tiny(f, x, df):
    result = derivative(f, x)
    assert result.df == pytest.approx(df, rel=1e-12)
    assert result.status == Status.CONVERGED


def test_single_precision_inside():
    result = derivative(lambda x: np.sin(x.astype(np.float32)), 1.0)
    assert abs(result.df - math.cos(1)) <= result.error <= 1e-5


@pytest.mark.parametrize(("dtype", "tolerance"), [("float16", 0.05), ("bfloat16", 0.2), ("float32", 1e-5)])
def test_low_precision(dtype, tolerance):
    result = derivative(np.sin, 1.0, dtype=dtype)
    assert abs(result.df - math.cos(1)) <= result.error <= tolerance
    assert derivative(np.abs, 0.0, dtype=dtype).status == Status.KINK
    assert derivative(np.sqrt, 0.0, dtype=dtype).reason == "vertical_tangent_at_domain_edge"
    assert derivative(np.sign, 0.0, dtype=dtype).reason == "jump"
    assert derivative(np.sqrt, -1.0, dtype=dtype).status == Status.OUTSIDE_DOMAIN
