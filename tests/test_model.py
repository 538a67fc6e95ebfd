"""The optimal step against the closed formulas, the model against what is measured."""

import math

import mpmath
import numpy as np
import pytest

from numdiff.difference.schemes import SCHEMES, Scheme
from numdiff.error.advice import measured_best
from numdiff.error.model import optimal_step, taylor_terms
from numdiff.error.sweep import error_sweep
from numdiff.function import parse

U = 2.0**-53

# The formulas written out, with δ the error of one value and d the derivative of order p + 1.
FORMULAS = {
    "forward": lambda delta, d: 2 * math.sqrt(delta / d),
    "backward": lambda delta, d: 2 * math.sqrt(delta / d),
    "forward3": lambda delta, d: (6 * delta / d) ** (1 / 3),
    "backward3": lambda delta, d: (6 * delta / d) ** (1 / 3),
    "central": lambda delta, d: (3 * delta / d) ** (1 / 3),
    "central4": lambda delta, d: (45 * delta / (4 * d)) ** (1 / 5),
    "central6": lambda delta, d: (385 * delta / (9 * d)) ** (1 / 7),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_closed_formulas(name):
    best = optimal_step(parse("e^x"), 0.5, name)
    assert best.step == pytest.approx(FORMULAS[name](U * math.exp(0.5), math.exp(0.5)), rel=1e-13)
    assert best.reason == ""
    assert best.order == SCHEMES[name].order
    lines = best.truncation_line(np.array([best.step])) + best.rounding_line(np.array([best.step]))
    assert best.error == pytest.approx(lines[0], rel=1e-15)
    for other in (0.9, 1.1):
        step = np.array([best.step * other])
        assert best.truncation_line(step) + best.rounding_line(step) > best.error


def test_the_condition_of_f_counts():
    delta = U * max(math.log(2), 2 * 0.5)
    assert optimal_step(parse("ln x"), 2.0, "central").step == pytest.approx(
        (3 * delta / (1 / 4)) ** (1 / 3), rel=1e-13
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ["forward", "backward", "central", "central4", "central6"])
@pytest.mark.parametrize(("text", "x"), [("sin x", 1.0), ("3x e^x", 2.0), ("ln x", 2.0), ("1/(1+e^-x)", 0.3)])
def test_the_model_meets_the_measurement(text, x, name, dtype):
    f = parse(text)
    model = optimal_step(f, x, name, dtype)
    best = measured_best(error_sweep(f, x, (name,), dtype=dtype), name)
    # The model is the worst case at one point; the measurement is a matter of luck within a factor of a few.
    assert model.error / 10 < best.error < 4 * model.error
    assert model.step / 10 < best.step < 5 * model.step


@pytest.mark.parametrize(("dtype", "least", "greatest"), [("float16", 1e-3, 1e-2), ("bfloat16", 1e-2, 1e-1)])
def test_low_precision(dtype, least, greatest):
    assert least < optimal_step(parse("sin x"), 1.0, "central", dtype).error / math.cos(1) < greatest


def test_nothing_to_balance():
    square = optimal_step(parse("x^2"), 3.0, "central")
    assert (square.step, square.error, square.reason, square.truncation) == (math.inf, 0, "no_truncation", 0)
    assert square.rounding == U * 18
    assert np.all(square.truncation_line(np.array([0.1, 1.0])) == 0)
    sine = optimal_step(parse("sin x"), 0.0, "forward")
    assert (sine.reason, sine.order, sine.error) == ("leading_derivative_vanishes", 2, U)
    assert sine.step == pytest.approx(math.sqrt(6 * U), rel=1e-13)
    cubic = optimal_step(parse("x^3 + 1"), 0.0, "forward")
    assert (cubic.reason, cubic.order) == ("leading_derivative_vanishes", 2)
    assert cubic.step == pytest.approx((2 * U / 2) ** (1 / 3), rel=1e-13)
    assert optimal_step(parse("cos x"), 0.0, "central").reason == "no_truncation"


def test_complex_step():
    best = optimal_step(parse("sin x"), 1.0, "complex")
    assert best.reason == "no_rounding_arm"
    assert best.step == pytest.approx(math.sqrt(6 * U), rel=1e-13)
    assert best.error == pytest.approx(U * math.cos(1), rel=1e-13)


@pytest.mark.parametrize(
    ("text", "x", "reason"),
    [("|x|", 0.0, "not_differentiable"), ("ln x", -1.0, "outside_domain"), ("1/x", 0.0, "outside_domain")],
)
def test_no_model(text, x, reason):
    best = optimal_step(parse(text), x, "central")
    assert best.reason == reason
    assert math.isnan(best.step)
    assert math.isnan(best.error)


def test_taylor_terms():
    with mpmath.workdps(60):
        expected = [float(v) for v in mpmath.diffs(lambda x: 3 * x * mpmath.exp(x), 2, 7)]
    np.testing.assert_allclose(taylor_terms(parse("3x e^x"), 2.0), expected, rtol=3e-16)
    assert taylor_terms(parse("x^2"), 3.0, 5).tolist() == [9, 6, 2, 0, 0]
    assert taylor_terms(parse("sin x"), 0.0, 4).tolist() == [0, 1, 0, -1]
    assert np.isnan(taylor_terms(parse("|x|"), 0.0, 3)).all()
    assert taylor_terms(parse("5"), 1.0, 1).tolist() == [5]
    with pytest.raises(ValueError, match="count must be at least 1, got 0"):
        taylor_terms(parse("x"), 1.0, 0)


def test_bad_arguments():
    with pytest.raises(TypeError, match=r"f must be a numdiff\.Function, got function"):
        optimal_step(lambda x: x, 1.0, "central")
    with pytest.raises(ValueError, match="f must be a function of one variable, got x, y"):
        optimal_step(parse("x y"), 1.0, "central")
    with pytest.raises(ValueError, match="scheme must be one of"):
        optimal_step(parse("x"), 1.0, "middle")
    with pytest.raises(ValueError, match="scheme must be one for the first derivative"):
        optimal_step(parse("x"), 1.0, Scheme.from_offsets("second", (-1, 0, 1), 2))
    with pytest.raises(ValueError, match="x must be a finite number in float64, got inf"):
        optimal_step(parse("x"), math.inf, "central")
