"""The adaptive derivative of a black box: accuracy, honesty of the estimate, invariants."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numdiff.derivative.api import METHODS, derivative
from numdiff.derivative.result import DerivativeResult, Reason, Status
from numdiff.function import parse
from tests.derivative_cases import CASES, cases

MEASURED = cases()


def relative(difference, exact, scale):
    """Errors are taken relative to max(1, abs(f)) where f′ is 0."""
    return float(abs(difference) / abs(exact)) if exact else float(abs(difference)) / max(1, abs(scale))


@pytest.fixture(scope="module")
def measured():
    table = []
    for name, f, x, exact in MEASURED:
        result = derivative(f, x)
        error = relative(mpmath.mpf(result.df) - exact, exact, float(f(x)))
        claim = relative(mpmath.mpf(result.error), exact, float(f(x)))
        table.append((name, x, error, claim, np.spacing(abs(float(exact))) / (abs(float(exact)) or 1)))
    return table


def test_no_case_fails(measured):
    assert [row for row in measured if not row[2] <= 1e-6] == []


def test_median_error(measured):
    assert np.median([error for _, _, error, _, _ in measured]) <= 1e-14


def test_estimates_cover_the_error(measured):
    covered = [error <= claim + ulp for _, _, error, claim, ulp in measured]
    assert np.mean(covered) >= 0.98


def test_estimates_are_not_idle(measured):
    assert np.median([claim / error for _, _, error, claim, ulp in measured if error > ulp / 2]) <= 30


@pytest.mark.parametrize(("name", "f", "x", "exact"), MEASURED, ids=[f"{row[0]} at {row[2]}" for row in MEASURED])
def test_every_case(name, f, x, exact):
    result = derivative(f, x)
    assert result.status == Status.CONVERGED
    assert result.reason == Reason.NONE
    assert result.success
    assert result.left == result.right == result.df
    # ten times the estimate: above that an error would be silent
    assert abs(mpmath.mpf(result.df) - exact) <= 10 * result.error + np.spacing(abs(float(exact)))
    assert 0 <= result.truncation_error <= result.error
    assert result.rounding_error >= 0
    assert result.truncation_error + result.rounding_error == pytest.approx(result.error, rel=1e-15)
    assert result.step > 0
    assert result.order in (2, 4, 6, 8, 10, 12)
    assert result.nfev <= 2 * 93


def test_the_result_of_a_scalar():
    result = derivative(np.sin, 1.0)
    assert isinstance(result, DerivativeResult)
    assert abs(result.df - math.cos(1)) < 1e-14
    assert type(result.df) is float
    assert result.status is Status.CONVERGED
    assert result.method == "auto"
    assert result.nfev == 93
    with pytest.raises(AttributeError):
        result.df = 0.0


@pytest.mark.parametrize("method", METHODS)
def test_shapes(method):
    x = np.array([[0.5, 1.0, 1.5], [2.0, 2.5, 3.0]])
    result = derivative(np.sin, x, method=method)
    for field in DerivativeResult.__slots__:
        if field not in ("method", "raised"):
            assert getattr(result, field).shape == (2, 3), field
    np.testing.assert_allclose(result.df, np.cos(x), atol=2e-8)
    assert all(isinstance(status, Status) for status in result.status.flat)
    assert all(isinstance(reason, Reason) for reason in result.reason.flat)
    assert derivative(np.sin, np.array([]), method=method).df.shape == (0,)
    assert isinstance(derivative(np.sin, np.float64(1.0), method=method).df, float)
    assert isinstance(derivative(np.sin, np.array(1.0), method=method).df, float)


@pytest.mark.parametrize("name", ["sin", "abs", "log, scales", "sqrt(1-x^2)", "x^2", "sin(2048x)"])
def test_an_array_gives_what_its_elements_give(name):
    rows = [row for row in MEASURED if row[0] == name]
    f, points = rows[0][1], [row[2] for row in rows]
    together = derivative(f, points)
    for place, x in enumerate(points):
        alone = derivative(f, x)
        assert together.status[place] == alone.status
        # NumPy may round sin and the like otherwise in an array of another length
        assert abs(together.df[place] - alone.df) <= together.error[place] + alone.error


def test_many_points_at_once():
    x = np.linspace(-1, 1, 1001)
    result = derivative(np.abs, x)
    np.testing.assert_array_equal(result.df, np.where(x == 0, np.nan, np.sign(x)))
    assert result.status[500] == Status.KINK
    assert np.count_nonzero(result.status == Status.CONVERGED) == 1000


def test_a_function_is_a_black_box():
    f = parse("3x e^x")
    as_function, as_lambda = derivative(f, 2.0), derivative(f.__call__, 2.0)
    assert as_function == as_lambda
    assert abs(as_function.df - 66.50150489037585) < 1e-12
    assert derivative(parse("7"), 2.0).df == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"x": 1j}, "x must be real numbers, got complex128"),
        ({"x": "1"}, "x must be real numbers, got str"),
        (
            {"method": "middle"},
            "method must be one of auto, forward, backward, central, richardson, complex, dual, got 'm",
        ),
        ({"order": 2}, "order has no meaning for the auto method: it is for forward, backward, central"),
        ({"order": 3, "method": "central"}, "order must be an even number from 2 to 8 for the central method, got 3"),
        ({"order": 9, "method": "forward"}, "order must be from 1 to 8 for the forward method, got 9"),
        ({"step": 0.0}, "step must be finite and more than 0, got 0.0"),
        ({"step": math.inf}, "step must be finite and more than 0, got inf"),
        ({"step": 0.1, "method": "dual"}, "step has no meaning for the dual method"),
        ({"domain": (1, 0)}, r"domain must be a pair of numbers, the lower one first, got \(1, 0\)"),
        ({"domain": (0, 1), "method": "central"}, "domain has no meaning for the central method: it is for auto"),
        ({"dtype": "int32"}, "dtype must be one of float16, bfloat16, float32, float64, got int32"),
        ({"f": parse("x y")}, "f must be a function of one variable, got x, y"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        derivative(**({"f": np.sin, "x": 1.0} | arguments))


def test_domain_keeps_f_within():
    seen = []

    def f(x):
        seen.append(np.ravel(x))
        return np.sqrt(x)

    result = derivative(f, [0.25, 0.0, 1.0, 2.0], domain=(0, 1))
    nodes = np.concatenate(seen)
    assert nodes.min() >= 0
    assert nodes.max() <= 1
    assert result.df[0] == pytest.approx(1, rel=1e-13)
    assert result.status.tolist() == ["converged", "not_differentiable", "one_sided", "outside_domain"]
    assert abs(result.df[2] - 0.5) <= result.error[2]
    assert result.reason[2] == Reason.DOMAIN_EDGE


def test_the_largest_step_can_be_given():
    widths = []

    def f(x):
        widths.append(np.ptp(x))
        return np.exp(x)

    assert derivative(f, 0.0, step=0.3).df == pytest.approx(1, rel=1e-12)
    assert widths == [0.5, 0.0]  # 2·¼: rounded down to a power of two; then a point alone


@given(st.floats(-3, 3), st.integers(-30, 30))
def test_scaling_f_scales_the_derivative(x, power):
    one, other = derivative(np.exp, x), derivative(lambda t: np.exp(t) * 2.0**power, x)
    assert other.df == one.df * 2.0**power
    assert other.error == pytest.approx(one.error * 2.0**power, rel=1e-12)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=8), st.floats(-4, 4))
def test_polynomials(coefficients, x):
    exact = mpmath.polyval([mpmath.mpf(c) * n for n, c in enumerate(coefficients)][:0:-1] or [0], mpmath.mpf(x))
    result = derivative(lambda t: np.polyval(coefficients[::-1], t), x)
    assert result.status in (Status.CONVERGED, Status.NOISE_LIMITED)
    assert abs(mpmath.mpf(result.df) - exact) <= 10 * result.error + np.spacing(abs(float(exact)))


@given(st.floats(-2, 2), st.floats(0.125, 8))
def test_kinks_wherever_they_are(place, steepness):
    result = derivative(lambda t: steepness * np.abs(t - place), place)
    assert result.status == Status.KINK
    assert result.left == pytest.approx(-steepness, rel=1e-9)
    assert result.right == pytest.approx(steepness, rel=1e-9)


def test_the_table_has_the_classes_it_promises():
    assert len(MEASURED) >= 140
    assert len(CASES) >= 55


@pytest.mark.parametrize("scale", [1e-5, 1e-6, 1e-7, 1e-8])
@pytest.mark.parametrize("amount", [1.0, 0.1, 1e-2])
@pytest.mark.parametrize("place", [0.0, 0.4, -0.3])
def test_a_feature_far_narrower_than_the_best_step_is_seen(scale, amount, place):
    """Beside it f is so smooth that a wide step seems exact; the feature leaves the same offset at all steps."""
    wanted = 0.6 + amount / math.cosh(place) ** 2
    found = derivative(lambda x: x * x + amount * scale * np.tanh((x - 0.3) / scale + place), 0.3)
    assert abs(found.df - wanted) <= max(found.error, 1e-12)
    assert found.df == pytest.approx(wanted, rel=1e-4)
