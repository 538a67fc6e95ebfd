"""Points without a derivative, recognised from values alone; and points that only look like them."""

import math

import numpy as np
import pytest

from numdiff.derivative.api import derivative
from numdiff.derivative.result import Reason, Status
from numdiff.function import parse

INF, NAN = math.inf, math.nan


def at_zero(f, value=0.0):
    """Return f with a value put in at 0."""
    return lambda x: np.where(x == 0, value, f(np.where(x == 0, 1.0, x)))


KINKS = [
    ("abs", np.abs, 0.0, -1, 1),
    ("|x|", parse("|x|"), 0.0, -1, 1),
    ("relu", lambda x: np.maximum(x, 0), 0.0, 0, 1),
    ("leaky_relu", parse("leaky_relu(x)"), 0.0, 0.01, 1),
    ("max(x, 2x)", lambda x: np.maximum(x, 2 * x), 0.0, 1, 2),
    ("abs(x-1) + 5", lambda x: np.abs(x - 1) + 5, 1.0, -1, 1),
    ("abs(x) exp(x)", lambda x: np.abs(x) * np.exp(x), 0.0, -1, 1),
    ("sqrt(x^2)", lambda x: np.sqrt(x**2), 0.0, -1, 1),
    ("abs(x^2-4)", lambda x: np.abs(x**2 - 4), 2.0, -4, 4),
    ("abs(log(x))", lambda x: np.abs(np.log(x)), 1.0, -1, 1),
    ("exp(-abs(x))", lambda x: np.exp(-np.abs(x)), 0.0, 1, -1),
    ("10x + abs(x)/1000", lambda x: 10 * x + np.abs(x) / 1000, 0.0, 9.999, 10.001),
    ("abs(x) + 1000x^2", lambda x: np.abs(x) + 1000 * x**2, 0.0, -1, 1),
    ("min(sin, cos)", lambda x: np.minimum(np.sin(x), np.cos(x)), math.pi / 4, math.sqrt(0.5), -math.sqrt(0.5)),
    ("abs(x-10^6)", lambda x: np.abs(x - 1e6), 1e6, -1, 1),
    ("abs(x)/10^6", lambda x: np.abs(x) / 1e6, 0.0, -1e-6, 1e-6),
    ("two branches", lambda x: np.where(x > 0, 3 * x, np.sin(x)), 0.0, 1, 3),
]


@pytest.mark.parametrize(("name", "f", "x", "left", "right"), KINKS, ids=[row[0] for row in KINKS])
def test_kinks(name, f, x, left, right):
    result = derivative(f, x)
    assert result.status == Status.KINK
    assert result.reason == Reason.KINK
    assert not result.success
    assert math.isnan(result.df)
    assert math.isnan(result.error)
    assert result.left == pytest.approx(left, rel=1e-9, abs=1e-9)
    assert result.right == pytest.approx(right, rel=1e-9, abs=1e-9)


# Each row: name, f, point; then the status and reason expected, and the slopes on both sides.
OBSTACLES = [
    ("sign", np.sign, 0.0, "not_differentiable", "jump", INF, INF),
    ("floor", np.floor, 1.0, "not_differentiable", "jump", INF, 0),
    ("ceil + x", lambda x: np.ceil(x) + x, 2.0, "not_differentiable", "jump", 1, INF),
    ("step + exp", lambda x: np.where(x < 2, 0, 1) + np.exp(x), 2.0, "not_differentiable", "jump", INF, math.exp(2)),
    ("spike", lambda x: np.where(x == 0, 1.0, 0.0), 0.0, "not_differentiable", "jump", INF, -INF),
    ("x/abs(x)", lambda x: x / np.abs(x), 0.0, "outside_domain", "jump", NAN, NAN),
    ("sqrt(abs)", lambda x: np.sqrt(np.abs(x)), 0.0, "not_differentiable", "cusp", -INF, INF),
    ("x^(2/3)", parse("x^(2/3)"), 0.0, "not_differentiable", "cusp", -INF, INF),
    ("1 - abs(x-2)^0.9", lambda x: 1 - np.abs(x - 2) ** 0.9, 2.0, "not_differentiable", "cusp", INF, -INF),
    ("sin + abs^0.5/100", lambda x: np.sin(x) + np.abs(x) ** 0.5 / 100, 0.0, "not_differentiable", "cusp", -INF, INF),
    ("cbrt", np.cbrt, 0.0, "not_differentiable", "vertical_tangent", INF, INF),
    ("-x^(1/5)", parse("-x^(1/5)"), 0.0, "not_differentiable", "vertical_tangent", -INF, -INF),
    ("cbrt(x-1) + x", lambda x: np.cbrt(x - 1) + x, 1.0, "not_differentiable", "vertical_tangent", INF, INF),
    ("x log(abs)", at_zero(lambda x: x * np.log(np.abs(x))), 0.0, "not_differentiable", "vertical_tangent", -INF, -INF),
    ("sqrt(relu)", lambda x: np.sqrt(np.maximum(x, 0)), 0.0, "not_differentiable", "vertical_tangent", 0, INF),
    ("sqrt", np.sqrt, 0.0, "not_differentiable", "vertical_tangent_at_domain_edge", NAN, INF),
    ("math.sqrt", math.sqrt, 0.0, "not_differentiable", "vertical_tangent_at_domain_edge", NAN, INF),
    ("arcsin", np.arcsin, 1.0, "not_differentiable", "vertical_tangent_at_domain_edge", INF, NAN),
    ("arccos", np.arccos, -1.0, "not_differentiable", "vertical_tangent_at_domain_edge", NAN, -INF),
    ("sqrt(4-x)", lambda x: np.sqrt(4 - x), 4.0, "not_differentiable", "vertical_tangent_at_domain_edge", -INF, NAN),
    ("sqrt + 5", lambda x: np.sqrt(x) + 5, 0.0, "not_differentiable", "vertical_tangent_at_domain_edge", NAN, INF),
    ("sqrt at -1", np.sqrt, -1.0, "outside_domain", "undefined", NAN, NAN),
    ("math.log at -3", math.log, -3.0, "outside_domain", "undefined", NAN, NAN),
    ("exp at 800", np.exp, 800.0, "outside_domain", "undefined", NAN, NAN),
    ("log", np.log, 0.0, "outside_domain", "pole_at_domain_edge", NAN, NAN),
    ("math.log", math.log, 0.0, "outside_domain", "pole_at_domain_edge", NAN, NAN),
    ("ln + 7", parse("7 + ln(x)/100"), 0.0, "outside_domain", "pole_at_domain_edge", NAN, NAN),
    ("1/sqrt(x-1)", lambda x: 1 / np.sqrt(x - 1), 1.0, "outside_domain", "pole_at_domain_edge", NAN, NAN),
    ("1/x", lambda x: 1 / x, 0.0, "outside_domain", "pole", NAN, NAN),
    ("1/x, a Function", parse("1/x"), 0.0, "outside_domain", "pole", NAN, NAN),
    ("1/x^2", lambda x: 1 / x**2, 0.0, "outside_domain", "pole", NAN, NAN),
    ("log(abs(x-1))", lambda x: np.log(np.abs(x - 1)), 1.0, "outside_domain", "pole", NAN, NAN),
    ("1/x with a value", at_zero(lambda x: 1 / x), 0.0, "not_differentiable", "pole", NAN, NAN),
    ("1/math.sin", lambda x: 1 / math.sin(x), 0.0, "outside_domain", "pole", NAN, NAN),
    ("sin(x)/x", lambda x: np.sin(x) / x, 0.0, "outside_domain", "hole", NAN, NAN),
    ("x log(x)", lambda x: x * np.log(x), 0.0, "outside_domain", "domain_edge", NAN, NAN),
    ("sin(1/x)", lambda x: np.sin(1 / x), 0.0, "outside_domain", "oscillation", NAN, NAN),
    ("x sin(1/x)", at_zero(lambda x: x * np.sin(1 / x)), 0.0, "not_differentiable", "oscillation", NAN, NAN),
    ("sin(1/x), 0 at 0", at_zero(lambda x: np.sin(1 / x)), 0.0, "not_differentiable", "oscillation", NAN, NAN),
    ("x + x cos(1/x)", at_zero(lambda x: x + x * np.cos(1 / x)), 0.0, "not_differentiable", "oscillation", NAN, NAN),
    (
        "sqrt(x)^2 sin(1/x)",
        lambda x: np.where(x < 0, NAN, at_zero(lambda t: t * np.sin(1 / t))(x)),
        0.0,
        "not_differentiable",
        "oscillation_at_domain_edge",
        NAN,
        NAN,
    ),
    ("a single point", lambda x: np.where(x == 1, 2.0, NAN), 1.0, "outside_domain", "isolated_point", NAN, NAN),
    ("nan", np.sin, NAN, "outside_domain", "not_finite", NAN, NAN),
    ("inf", np.exp, -INF, "outside_domain", "not_finite", NAN, NAN),
    ("math.sin at inf", math.sin, INF, "outside_domain", "not_finite", NAN, NAN),
]


@pytest.mark.parametrize(
    ("name", "f", "x", "status", "reason", "left", "right"), OBSTACLES, ids=[row[0] for row in OBSTACLES]
)
def test_obstacles(name, f, x, status, reason, left, right):  # noqa: PLR0917 - the columns of the table
    result = derivative(f, x)
    assert (result.status, result.reason) == (status, reason)
    assert not result.success
    assert math.isnan(result.df)
    assert math.isnan(result.error)
    # a finite slope beside a jump or a vertical tangent is computed as always
    assert result.left == pytest.approx(left, rel=1e-9, abs=1e-9, nan_ok=True)
    assert result.right == pytest.approx(right, rel=1e-9, abs=1e-9, nan_ok=True)


EDGES = [
    ("x^1.5", lambda x: x**1.5, 0.0, 0.0),
    ("x sqrt(x), a Function", parse("x sqrt(x)"), 0.0, 0.0),
    ("x + x^1.5", lambda x: x + x**1.5, 0.0, 1.0),
    ("x^1.1", lambda x: x**1.1, 0.0, 0.0),
    ("(x-1)^2.5 - x", lambda x: (x - 1) ** 2.5 - x, 1.0, -1.0),
    ("cos(sqrt(x))", lambda x: np.cos(np.sqrt(x)), 0.0, -0.5),
    ("arccos^2", lambda x: np.arccos(x) ** 2, 1.0, -2.0),
    ("math.sqrt^3", lambda x: math.sqrt(x) ** 3, 0.0, 0.0),
    ("exp, cut off", lambda x: np.where(x > 2, NAN, np.exp(x)), 2.0, math.exp(2)),
]


@pytest.mark.parametrize(("name", "f", "x", "df"), EDGES, ids=[row[0] for row in EDGES])
def test_one_sided_derivatives(name, f, x, df):
    result = derivative(f, x)
    assert (result.status, result.reason) == ("one_sided", "domain_edge")
    assert result.success
    assert abs(result.df - df) <= result.error + np.spacing(abs(df))
    assert result.error <= 1e-6
    assert sum(math.isnan(side) for side in (result.left, result.right)) == 1
    assert result.df in (result.left, result.right)


SMOOTH_AFTER_ALL = [
    ("abs^1.5", lambda x: np.abs(x) ** 1.5, 0.0, 0.0),
    ("abs^1.1", lambda x: np.abs(x) ** 1.1, 0.0, 0.0),
    ("x abs(x)", lambda x: x * np.abs(x), 0.0, 0.0),
    ("relu^2", lambda x: np.maximum(x, 0) ** 2, 0.0, 0.0),
    ("x^(4/3)", parse("x^(4/3)"), 0.0, 0.0),
    ("x + abs^1.5", lambda x: x + np.abs(x) ** 1.5, 0.0, 1.0),
    ("Huber's loss", lambda x: np.where(np.abs(x) <= 1, x**2 / 2, np.abs(x) - 0.5), 1.0, 1.0),
    ("elu", lambda x: np.where(x > 0, x, np.expm1(x)), 0.0, 1.0),
    ("exp(-1/x^2)", at_zero(lambda x: np.exp(-1 / x**2)), 0.0, 0.0),
    ("cos", np.cos, 0.0, 0.0),
    ("gelu", parse("gelu(x)"), 0.0, 0.5),
    ("abs at 1e-10", np.abs, 1e-10, 1.0),
    ("abs at 1e-20", np.abs, 1e-20, 1.0),
    ("abs(x-1) at 1 + 1e-9", lambda x: np.abs(x - 1), 1 + 1e-9, 1.0),
    ("relu at -1e-8", lambda x: np.maximum(x, 0), -1e-8, 0.0),
    ("floor at 0.999", np.floor, 0.999, 0.0),
    ("sign at 1e-9", np.sign, 1e-9, 0.0),
    ("sqrt at 1e-20", np.sqrt, 1e-20, 5e9),
    ("cbrt at 1e-12", np.cbrt, 1e-12, 1e8 / 3),
    ("1/x at 1e-30", lambda x: 1 / x, 1e-30, -1e60),
    ("log at 1e-300", np.log, 1e-300, 1e300),
    ("faint quick wave", lambda x: x + np.sin(2.0**20 * x) / 2**26, 1.0, 1 + math.cos(2.0**20) / 64),
]


@pytest.mark.parametrize(("name", "f", "x", "df"), SMOOTH_AFTER_ALL, ids=[row[0] for row in SMOOTH_AFTER_ALL])
def test_smooth_after_all(name, f, x, df):
    result = derivative(f, x)
    assert result.status == Status.CONVERGED
    assert abs(result.df - df) <= result.error + 2 * np.spacing(abs(df))
    assert result.error <= 1e-6 * max(abs(df), 1)


RANDOM = np.random.default_rng(1)
NOISY = [
    ("sin where the numbers lie 2 apart", np.sin, 1e16),
    ("sin at 1e300", np.sin, 1e300),
    ("random", lambda x: RANDOM.normal(size=np.shape(x)), 1.0),
]


@pytest.mark.parametrize(("name", "f", "x"), NOISY, ids=[row[0] for row in NOISY])
def test_noise(name, f, x):
    result = derivative(f, x)
    assert (result.status, result.reason) == ("noise_limited", "noise")
    assert not result.success


def test_noise_is_measured():
    rng = np.random.default_rng(2)
    result = derivative(lambda x: np.exp(x) + 1e-9 * rng.uniform(-1, 1, x.shape), 1.0)
    assert abs(result.df - math.e) <= result.error
    assert 1e-9 < result.error < 1e-7


def test_a_staircase_is_flat_but_fine_steps_are_rounding():
    stairs, rounded = (derivative(lambda x, n=digits: np.round(np.exp(x), n), 1.0) for digits in (2, 9))
    assert (stairs.df, stairs.status) == (0, Status.CONVERGED)
    assert abs(rounded.df - math.e) <= rounded.error < 1e-7


def test_rounding_inside_f_is_not_taken_for_its_shape():
    # 1 + erf is rounded to steps of 2⁻⁵³, between which gelu is a straight line with another slope
    f = parse("silu(gelu(-x))")
    result = derivative(f, 6.25)
    slope = float(f(6.25 + 1e-3) - f(6.25 - 1e-3)) / 2e-3
    assert abs(result.df - slope) < 1e-4 * abs(slope)


def test_verdicts_in_an_array():
    result = derivative(np.sqrt, [-1.0, 0.0, 4.0])
    assert result.status.tolist() == ["outside_domain", "not_differentiable", "converged"]
    np.testing.assert_allclose(result.df, [NAN, NAN, 0.25], rtol=1e-14)
    assert result.right.tolist()[1] == INF
    np.testing.assert_array_equal(result.success, [False, False, True])


@pytest.mark.parametrize("step", [1e-300, 1e-20, 1e-14, 1e-10, 1e-5, 1e-3, 100.0, 1e4, 1e20, 1e300])
@pytest.mark.parametrize(
    ("f", "slope"), [(np.exp, np.exp), (np.sin, np.cos), (np.sqrt, lambda x: 0.5 / np.sqrt(x)), (np.abs, np.sign)]
)
def test_no_step_makes_a_false_verdict(f, slope, step):
    x = np.array([1.0, 0.25, 30.0, 123.4, 1.0])
    every = derivative(f, x, step=step)
    for place, point in enumerate(x.tolist()):
        one, truth = derivative(f, point, step=step), float(slope(point))
        assert one.status in ("converged", "noise_limited")
        assert abs(one.df - truth) <= one.error + 4e-16 * abs(truth)
        assert one.error <= 1e-3 * abs(truth)
        assert (every.df[place], every.error[place], every.nfev[place]) == (one.df, one.error, one.nfev)
    assert derivative(np.abs, 0.0, step=step).reason == "kink"
    assert derivative(np.sqrt, 0.0, step=step).reason == "vertical_tangent_at_domain_edge"


@pytest.mark.parametrize("scale", [1e-8, 1e-7, 1e-6, 1e-5])
@pytest.mark.parametrize("slope", [1e-2, 0.1, 1.0])
@pytest.mark.parametrize(("f", "derived"), [(lambda x: x * x, 0.6), (lambda x: x, 1.0), (np.sin, math.cos(0.3))])
def test_a_narrow_feature_is_seen_or_its_slope_is_in_the_error(scale, slope, f, derived):
    result = derivative(lambda x: f(x) + slope * scale * np.tanh((x - 0.3) / scale), 0.3)
    assert abs(result.df - derived - slope) <= result.error
