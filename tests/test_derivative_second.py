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


SCALES = [
    (lambda m, x: x * x + 1e-8 * m.cos(1e4 * x), [0.3, 0.0, 1.7]),
    (lambda m, x: x * x + 1e-5 * m.tanh((x - 0.3) / 1e-5), [0.3 + 3e-6, 0.3, 0.29999]),
    (lambda m, x: 1 / (x + 1e-6), [0.0, 1e-7, 1e-6]),
    (lambda m, x: 2e-12 * x * x + 2e-28 / abs(x + 2.6e-6), [2.6e-6, 0.0]),
    (lambda m, x: m.exp(-((x / 1e-3) ** 2)), [3e-4, 0.0, 1e-3]),
    (lambda m, x: m.exp(-((x / 1e-6) ** 2)), [3e-7, 0.0]),
    (lambda m, x: m.sin(x / 1e-4), [3e-5, 1.0]),
    (lambda m, x: 1 / (1 + 1e8 * (x - 1) ** 2), [1.0, 1.00005]),
    (lambda m, x: m.sin(x) + 1e-7 * m.sin(1e4 * x), [0.2, 2.0]),
]


@pytest.mark.parametrize(("f", "x"), [(f, x) for f, points in SCALES for x in points])
def test_small_scales(f, x):
    with mpmath.workdps(60):
        truth = float(mpmath.diff(lambda z: f(mpmath, z), mpmath.mpf(x), 2, h=mpmath.mpf(10) ** -20))
    result = second_derivative(lambda t: f(np, t), x)
    assert abs(result.df - truth) <= 2 * result.error + 1e-11 * abs(truth)
    assert result.error <= 1e-4 * abs(truth)


def at_0_too(f):
    return lambda x: np.where(x == 0, 0, f(np.where(x == 0, 1, x)))


@pytest.mark.parametrize(
    ("f", "reason"),
    [
        (lambda x: np.cbrt(x) ** 5, "vertical_tangent"),
        (lambda x: x * np.sqrt(np.abs(x)), "vertical_tangent"),
        (at_0_too(lambda x: x**3 * np.sin(1 / x)), "oscillation"),
        (at_0_too(lambda x: x**3 * np.cos(1 / x)), "oscillation"),
        (at_0_too(lambda x: x**2 * np.sin(1 / x)), "oscillation"),
    ],
)
def test_where_the_slope_has_no_derivative(f, reason):
    result = second_derivative(f, 0.0)
    assert (result.status, result.reason, result.success) == ("not_differentiable", reason, False)


@pytest.mark.parametrize("f", [lambda x: np.sqrt(x) ** 3, lambda x: np.where(x < 0, np.nan, np.exp(x))])
def test_no_success_at_the_edge_of_a_domain(f):
    result = second_derivative(f, 0.0)
    assert math.isnan(result.df)
    assert not result.success


@pytest.mark.parametrize("shift", [1e4, 1e5])
def test_rounding_is_no_oscillation(shift):
    for x in np.linspace(-2, 2, 9):
        result = second_derivative(lambda t: (t + shift) ** 3 - shift**3 - 3 * shift**2 * t, x)
        assert result.reason != "oscillation"


@pytest.mark.parametrize("scale", [1e-4, 1e-5, 1e-6, 1e-7])
@pytest.mark.parametrize("amount", [1.0, 0.1])
@pytest.mark.parametrize("place", [0.4, -0.3, 0.8])
def test_a_narrow_feature_is_seen_or_the_error_says_that_it_is_not(scale, amount, place):
    """The second differences keep the same offset at all steps that are wider than the feature."""
    wanted = 2 - 2 * amount / scale * math.tanh(place) / math.cosh(place) ** 2
    found = second_derivative(lambda x: x * x + amount * scale * np.tanh((x - 0.3) / scale + place), 0.3)
    assert abs(found.df - wanted) <= found.error
    if found.success:
        assert found.df == pytest.approx(wanted, rel=1e-4)
