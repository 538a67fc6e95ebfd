"""The error's parts against mpmath, that they add up, and the cases with nothing to add up."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numdiff.difference.schemes import SCHEMES, Scheme, difference
from numdiff.error.model import optimal_step
from numdiff.error.sweep import DEFAULT_STEPS, ErrorSweep, error_sweep
from numdiff.function import parse

REAL = tuple(name for name in SCHEMES if name != "complex")
PARTS = ("errors", "truncation", "rounding", "node_rounding", "evaluation", "truncation_bound", "estimates")


def oracle(f, df, x, h, name):
    """Return the truncation error by mpmath: the quotient at the exact nodes, with 400 digits."""
    scheme = SCHEMES[name]
    with mpmath.workdps(400):
        exact_x, exact_h = mpmath.mpf(x), mpmath.mpf(h)
        total = sum(n * f(exact_x + o * exact_h) for n, o in zip(scheme.numerators, scheme.offsets, strict=True))
        return float(total / (scheme.denominator * exact_h) - df(exact_x))


@pytest.mark.parametrize(
    ("text", "f", "df", "x"),
    [
        ("sin x", mpmath.sin, mpmath.cos, 1.0),
        ("3x e^x", lambda x: 3 * x * mpmath.exp(x), lambda x: 3 * (1 + x) * mpmath.exp(x), 2.0),
        ("x^3", lambda x: x**3, lambda x: 3 * x**2, 0.1),
        ("1/(1+e^-x)", lambda x: 1 / (1 + mpmath.exp(-x)), lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2, -0.3),
        ("ln x", mpmath.log, lambda x: 1 / x, 1e5),
        ("x^10", lambda x: x**10, lambda x: 10 * x**9, 1.7),
    ],
)
@pytest.mark.parametrize("name", REAL)
def test_truncation_agrees_with_mpmath(text, f, df, x, name):
    steps = np.array([1e-16, 1e-12, 1e-7, 1e-4, 1e-2, 0.3])
    sweep = error_sweep(parse(text), x, (name,), steps)
    expected = [oracle(f, df, x, h, name) for h in steps]
    # 400 digits leave at least 200 after the cancellation; both are rounded once.
    np.testing.assert_allclose(sweep.truncation[0], expected, rtol=2.3e-16, atol=0)
    np.testing.assert_array_equal(sweep.truncation_bound, 0)


def test_errors_are_measured_against_the_exact_derivative():
    sweep = error_sweep(parse("3x e^x"), 2.0)
    with mpmath.workdps(60):
        exact = 9 * mpmath.exp(2)
        expected = [[float(mpmath.mpf(value) - exact) for value in row] for row in sweep.estimates]
    np.testing.assert_array_equal(sweep.errors, expected)
    assert sweep.exact == 66.50150489037586


def test_node_rounding_agrees_with_mpmath():
    sweep = error_sweep(parse("sin x"), 1.0, ("central",))
    with mpmath.workdps(60):
        for column, h in enumerate(sweep.steps):
            rounded = mpmath.sin(mpmath.mpf(1.0 + h)) - mpmath.sin(mpmath.mpf(1.0 - h))
            ideal = mpmath.sin(1 + mpmath.mpf(h)) - mpmath.sin(1 - mpmath.mpf(h))
            expected = float((rounded - ideal) / (2 * mpmath.mpf(h)))
            assert sweep.node_rounding[0, column] == pytest.approx(expected, rel=1e-15, abs=1e-40)


def check_adds_up(sweep):
    known = np.isfinite(sweep.errors)
    parts = [getattr(sweep, name)[known] for name in PARTS[:5]]
    errors, truncation, rounding, node_rounding, evaluation = parts
    tolerance = 4 * np.spacing(np.max(np.abs(parts), axis=0, initial=0))
    assert np.all(np.abs(truncation + rounding - errors) <= tolerance)
    assert np.all(np.abs(node_rounding + evaluation - rounding) <= tolerance)
    assert np.all(np.abs(truncation + node_rounding + evaluation - errors) <= tolerance)
    assert np.all(known == np.isfinite(sweep.rounding))
    assert np.all(known | (sweep.reasons != ""))


def test_tiny_derivatives_are_no_zeros():
    for x in (15.0, 26.0):
        sweep = error_sweep(parse("erf x"), x, ("forward", "central"), [1e-8, 1.0])
        np.testing.assert_allclose(sweep.exact, 2 / math.sqrt(math.pi) * math.exp(-x * x), rtol=1e-12)
        check_adds_up(sweep)
        np.testing.assert_allclose(sweep.truncation[0, 1], -sweep.exact, rtol=0.05)


TEXTS = [
    "sin x",
    "3x e^x",
    "x^2",
    "x^3/7 - x",
    "1/x",
    "ln x",
    "sqrt x",
    "tanh x",
    "|x|",
    "e^-x^2",
    "relu(x)",
    "5",
    "erf x",
    "x^x",
    "cbrt(x)",
    "floor(x)",
    "gelu(x)",
    "max(x, x^2)",
]


@settings(max_examples=60, deadline=None)
@given(
    f=st.sampled_from(TEXTS).map(parse),
    x=st.floats(-20, 20),
    schemes=st.lists(st.sampled_from(list(SCHEMES)), min_size=1, max_size=3, unique=True),
    steps=st.lists(st.floats(-18, 1.5).map(lambda e: 10.0**e), min_size=1, max_size=6),
    dtype=st.sampled_from(["float16", "bfloat16", "float32", "float64"]),
    step=st.sampled_from(["nominal", "taken"]),
)
def test_the_parts_add_up(**arguments):
    check_adds_up(error_sweep(**arguments))
    check_adds_up(error_sweep(**arguments | {"steps": [-h for h in arguments["steps"]]}))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_parts_add_up_over_the_default_range(text, dtype):
    check_adds_up(error_sweep(parse(text), 1.25, ("forward", "central", "central6"), dtype=dtype))


def test_why_not_six():
    column = list(DEFAULT_STEPS).index(1e-4)
    sweep = error_sweep(parse("x^2"), 3.0, ("central",))
    assert sweep.estimates[0, column] == 6.000000000012662
    assert np.all(sweep.truncation == 0)
    assert np.all(sweep.truncation_bound == 0)
    assert sweep.errors[0, column] == pytest.approx(1.2662e-11, rel=1e-4)
    assert sweep.node_rounding[0, column] == pytest.approx(1.26616e-11, rel=1e-5)
    assert sweep.evaluation[0, column] == pytest.approx(2.9e-16, rel=0.01)


def test_the_step_taken_leaves_no_rounding_of_the_nodes():
    column = list(DEFAULT_STEPS).index(1e-4)
    sweep = error_sweep(parse("x^2"), 3.0, ("central",), step="taken")
    assert sweep.estimates[0, column] == 6.0
    assert bool(sweep.is_exact[0, column])
    # (x+h)² − (x−h)² over the step between the rounded nodes is their sum, 6 up to the rounding of both nodes.
    assert abs(sweep.node_rounding[0, column]) <= 9e-16


def test_truncation_that_is_exactly_known():
    steps = np.array([2.0**-20, 1e-3, 0.1])
    sweep = error_sweep(parse("x^2"), 3.0, ("forward", "backward", "forward3"), steps)
    np.testing.assert_array_equal(sweep.truncation, [steps, -steps, [0, 0, 0]])
    sweep = error_sweep(parse("x^2/3"), 0.1, ("central",), steps)
    np.testing.assert_array_equal(sweep.truncation, [[0, 0, 0]])


def test_truncation_that_may_be_zero_has_a_bound():
    sweep = error_sweep(parse("sin^2 x + cos^2 x"), 1.0, ("central",))
    assert np.all(sweep.truncation == 0)
    assert np.all(sweep.truncation_bound < 1e-40)
    assert np.any(sweep.truncation_bound > 0)
    np.testing.assert_array_equal(error_sweep(parse("cos x"), 0.0, ("central",)).errors, 0)


def test_float16_loses_the_step():
    sweep = error_sweep(parse("x^2"), 3.0, ("central",), [1e-4, 1e-9, 1e6, 0.5], "float16")
    assert sweep.reasons.tolist() == [["step_lost", "step_underflow", "overflow", ""]]
    assert (sweep.estimates[0, 0], sweep.errors[0, 0], sweep.node_rounding[0, 0]) == (0, -6, -6)
    assert np.isnan(sweep.errors[0, 1:3]).all()
    assert sweep.steps.tolist() == [float(np.float16(1e-4)), 0.0, math.inf, 0.5]


def test_steps_lost_with_the_step_taken_are_nan():
    sweep = error_sweep(parse("x^2"), 3.0, ("central",), [1e-17], step="taken")
    assert sweep.reasons.tolist() == [["step_lost"]]
    assert np.isnan(sweep.estimates[0, 0])
    assert np.isnan(sweep.errors[0, 0])
    assert sweep.truncation[0, 0] == 0


@pytest.mark.parametrize(
    ("text", "x", "step", "reasons"),
    [
        ("|x|", 0.0, 0.1, ["not_differentiable"] * 3),
        ("cbrt(x)", 0.0, 0.1, ["not_differentiable"] * 3),
        ("sqrt x", 0.0, 0.1, ["not_differentiable"] * 3),
        ("sqrt x", 0.01, 0.1, ["", "outside_domain", "outside_domain"]),
        ("ln x", 0.5, 0.5, ["", "outside_domain", "outside_domain"]),
        ("ln x", -1.0, 0.1, ["outside_domain"] * 3),
        ("1/x", 0.5, 0.5, ["", "outside_domain", "outside_domain"]),
        ("1/x", 0.0, 0.1, ["outside_domain"] * 3),
        ("e^x", 709.0, 1.0, ["overflow", "", "overflow"]),
    ],
)
def test_reasons(text, x, step, reasons):
    sweep = error_sweep(parse(text), x, ("forward", "backward", "central"), [step])
    assert sweep.reasons[:, 0].tolist() == reasons
    np.testing.assert_array_equal(np.isnan(sweep.errors[:, 0]), [bool(reason) for reason in reasons])


def test_overflow_keeps_the_truncation():
    sweep = error_sweep(parse("e^x"), 709.0, ("forward",), [1.0])
    assert sweep.truncation[0, 0] == pytest.approx(math.exp(709) * (math.e - 2), rel=1e-14)


def test_a_kink_shows_both_sides():
    sweep = error_sweep(parse("|x|"), 0.0, ("forward", "backward", "central"), [0.1])
    assert sweep.estimates[:, 0].tolist() == [1, -1, 0]
    assert math.isnan(sweep.exact)


def test_kinks_beside_x_are_no_obstacle():
    sweep = error_sweep(parse("|x|"), 1.0, ("central",), [0.1, 3.0])
    np.testing.assert_array_equal(sweep.truncation, [[0, -2 / 3]])


def test_complex_step():
    sweep = error_sweep(parse("sin x"), 1.0, ("complex",), [1e-200, 1e-20, 1e-3])
    assert np.all(np.abs(sweep.errors[0, :2]) < 1.2e-16)
    assert np.all(sweep.node_rounding == 0)
    assert sweep.truncation[0, 2] == pytest.approx(-(1e-6) * -math.cos(1) / 6, rel=1e-6)
    assert error_sweep(parse("|x|"), 1.0, ("complex",), [1e-3]).reasons.tolist() == [["not_analytic"]]
    assert error_sweep(parse("sin x"), 1.0, ("complex",), [1e-3], "float16").reasons.tolist() == [["no_complex_dtype"]]


def test_estimates_are_the_difference_function_in_every_dtype():
    for dtype in ("float16", "bfloat16", "float32", "float64"):
        sweep = error_sweep(parse("3x e^x"), 1.5, REAL, dtype=dtype, exact=False)
        for row, name in enumerate(REAL):
            expected = difference(parse("3x e^x"), 1.5, DEFAULT_STEPS[60:], name, dtype).astype(np.float64)
            np.testing.assert_array_equal(sweep.estimates[row, 60:], expected)


def test_plain_callables_have_estimates_only():
    sweep = error_sweep(math.sin, 1.0)
    formula = error_sweep(parse("sin x"), 1.0, exact=False)
    np.testing.assert_array_equal(sweep.estimates, formula.estimates)
    assert set(sweep.reasons.ravel()) <= {"no_exact_reference", "step_lost"}
    assert np.isnan(sweep.errors).all()
    known = error_sweep(math.log, 1.0, steps=[0.1, 2.0], derivative=1.0)
    np.testing.assert_allclose(known.errors[0], [math.log(1.1) / 0.1 - 1, math.log(3) / 2 - 1], rtol=1e-13)
    assert known.reasons[2].tolist() == ["no_exact_reference", "outside_domain"]
    assert known.exact == 1.0


def test_one_call_of_the_function_and_one_point_alone():
    sizes = []

    def f(x):
        sizes.append(np.shape(x))
        return np.sin(x)

    error_sweep(f, 1.0, ("forward", "central", "central8"))
    assert sizes == [(8 * 120 + 1,), ()]  # the point that shows whether f is elementwise


def test_results_are_shared_and_read_only():
    first, second = error_sweep(parse("sin x"), 1.0), error_sweep(parse("sin(x)"), 1.0)
    assert first is second
    for name in (*PARTS, "steps"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(first, name)[...] = 0
    assert first.estimates.shape == first.reasons.shape == (4, 120)
    assert (first.schemes, first.dtype, first.step_kind) == (
        ("forward", "backward", "central", "central4"),
        "float64",
        "nominal",
    )


def test_default_steps():
    assert (len(DEFAULT_STEPS), DEFAULT_STEPS[0], DEFAULT_STEPS[-1]) == (120, 1e-16, 10.0)
    assert {1e-4, 1e-8, 1.0} <= set(DEFAULT_STEPS)
    np.testing.assert_allclose(np.diff(np.log10(DEFAULT_STEPS)), 1 / 7, rtol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"schemes": ()}, "schemes must be one or more schemes for the first derivative"),
        (
            {"schemes": (Scheme.from_offsets("second", (-1, 0, 1), 2),)},
            "schemes must be one or more schemes for the first derivative",
        ),
        ({"schemes": ("middle",)}, "scheme must be one of"),
        ({"steps": [0.1, 0.0]}, "steps must be one-dimensional, finite and not 0"),
        ({"steps": 0.1}, "steps must be one-dimensional, finite and not 0"),
        ({"steps": []}, "steps must be one-dimensional, finite and not 0"),
        ({"x": math.inf}, "x must be a finite number in float64, got inf"),
        ({"x": 1e6, "dtype": "float16"}, "x must be a finite number in float16, got 1000000.0"),
        ({"f": parse("x y")}, "f must be a function of one variable, got x, y"),
        ({"step": "half"}, "step must be one of nominal, taken, got 'half'"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        error_sweep(**{"f": parse("sin x"), "x": 1.0, **arguments})
    sweep = error_sweep(parse("sin x"), 1.0)
    with pytest.raises(ValueError, match="scheme must be one of forward, backward, central, central4, got 'complex'"):
        sweep.row("complex")


def test_estimates_without_error_are_marked():
    sweep = error_sweep(parse("x"), 0.0, ("forward", "backward", "central"))
    assert isinstance(sweep, ErrorSweep)
    assert np.all(sweep.is_exact)
    assert not np.any(error_sweep(parse("|x|"), 0.0).is_exact)


@pytest.mark.parametrize("text", ["x^x^x", "e^e^e^x", "erf(erf(erf(x)))", "(sin x)^(cos x)^(tan x)"])
def test_a_function_that_would_take_minutes_is_left_undecided(text):
    sweep = error_sweep(parse(text), 1e300)
    assert "undecidable" in sweep.reasons or "overflow" in sweep.reasons or "outside_domain" in sweep.reasons


@pytest.mark.parametrize("text", ["x^(1/3)", "erf(10^200 x)", "sin(10^290 x)"])
def test_the_model_says_when_a_derivative_is_beyond_float64(text):
    best = optimal_step(parse(text), 1e-300, "central")
    assert (best.reason, np.isnan(best.step)) == ("overflow", True)
