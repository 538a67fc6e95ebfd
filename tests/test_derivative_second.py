"""The second derivative from values of f alone."""

import math

import mpmath
import numpy as np
import pytest

from numdiff.derivative.second import second_derivative
from tests.derivative_cases import CASES, NP

NAMES = "x^3 - 2x|sin|cos|exp|log|tanh|sigmoid|bell|1/(1+x^2)|x^3.5|1/x|sin(64x)|1/(x-2)|x log(x)|x abs(x)".split("|")
POINTS = [(name, x) for name in NAMES for x in CASES[name][1] if abs(x) < 50 and (x == 0 or abs(x) > 1e-50)]


def exact(name, x):
    f = CASES[name][0]
    with mpmath.workdps(500):
        point, step = mpmath.mpf(x), mpmath.mpf(10) ** -150
        return (f(mpmath, point + step) - 2 * f(mpmath, point) + f(mpmath, point - step)) / step**2


@pytest.mark.parametrize(("name", "x"), POINTS)
def test_against_mpmath(name, x):
    result = second_derivative(lambda t: CASES[name][0](NP, t), x)
    expected = exact(name, x)
    assert result.status == "converged"
    assert abs(mpmath.mpf(result.df) - expected) <= 2 * result.error + np.spacing(abs(float(expected)))
    # noise is divided by h²: about ten digits are left
    assert result.error <= 1e-7 * max(1, abs(float(expected)))
    assert result.method == "second"


@pytest.mark.parametrize(
    ("f", "x", "status", "reason"),
    [
        (np.abs, 0.0, "kink", "kink"),
        (lambda x: x * np.abs(x), 0.0, "not_differentiable", "kink"),
        (np.sqrt, 0.0, "not_differentiable", "vertical_tangent_at_domain_edge"),
        (np.log, -1.0, "outside_domain", "undefined"),
        (np.sign, 0.0, "not_differentiable", "jump"),
        (lambda x: x**2.5, 0.0, "one_sided", "domain_edge"),
    ],
)
def test_where_there_is_none(f, x, status, reason):
    result = second_derivative(f, x)
    assert (result.status, result.reason) == (status, reason)
    assert math.isnan(result.df)


def test_arrays_with_one_call_and_two_spare_points():
    calls = []

    def f(x):
        calls.append(x)
        return np.sin(x)

    x = np.array([[0.0, 1.0], [2.0, -1e-12]])
    result = second_derivative(f, x)
    np.testing.assert_allclose(result.df, -np.sin(x), atol=1e-11)
    assert [np.size(item) > 1 for item in calls] == [True, False, False]
    assert second_derivative(np.exp, np.array([])).df.shape == (0,)


def test_noise():
    result = second_derivative(lambda x: 1e8 + x**2, 0.5)
    assert abs(result.df - 2) <= result.error
    assert second_derivative(np.sin, 1e300).status == "noise_limited"
