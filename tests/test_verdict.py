"""What is said at a step, and the best step measured."""

import math

import numpy as np
import pytest

from numdiff.function import parse
from numdiff.model import optimal_step
from numdiff.sweep import error_sweep
from numdiff.verdict import crossover, explain, measured_best


@pytest.mark.parametrize(
    ("asked", "scheme", "dx", "code"),
    [
        (("sin x", 1.0, "float64"), "central", 1e-4, "truncation_wins"),
        (("sin x", 1.0, "float64"), "central", 1e-8, "rounding_wins"),
        (("sin x", 1.0, "float64"), "central", 1e-5, "near_best"),
        (("sin x", 1.0, "float64"), "forward", 1e-16, "step_lost"),
        (("3x e^x", 2.0, "float64"), "central", -1e-4, "truncation_wins"),
        (("x^2", 3.0, "float64"), "central", 1e-4, "no_truncation"),
        (("sin x", 0.0, "float64"), "forward", 1e-12, "exact"),
        (("sin x", 1.0, "float16"), "central", 1e-4, "step_lost"),
        (("|x|", 0.0, "float64"), "central", 1e-4, "not_differentiable"),
        (("ln x", 0.001, "float64"), "central", 1.0, "outside_domain"),
    ],
)
def test_verdicts(asked, scheme, dx, code):
    text, x, dtype = asked
    assert explain(error_sweep(parse(text), x, dtype=dtype), scheme, dx).code == code


def test_the_numbers_of_a_verdict():
    verdict = explain(error_sweep(parse("x^2"), 3.0), "central", 1.05e-4)
    assert verdict.params["step"] == 1e-4
    assert verdict.params["truncation"] == 0
    assert verdict.params["error"] == pytest.approx(1.2662e-11, rel=1e-4)
    assert verdict.params["node_rounding"] == pytest.approx(1.2662e-11, rel=1e-4)
    assert math.isnan(verdict.params["crossover"])


@pytest.mark.parametrize("scheme", ["forward", "backward", "central", "central4"])
@pytest.mark.parametrize(("text", "x"), [("sin x", 1.0), ("3x e^x", 2.0), ("ln x", 0.001), ("e^x", -5.0)])
def test_the_arms_cross_near_the_optimal_step(text, x, scheme):
    f = parse(text)
    crossing = crossover(error_sweep(f, x), scheme)
    assert crossing / 4 < optimal_step(f, x, scheme).step < crossing * 4


def test_the_arms_cross_between_two_steps():
    sweep = error_sweep(parse("sin x"), 1.0, ("forward",))
    crossing = crossover(sweep, "forward")
    below, above = explain(sweep, "forward", crossing / 20), explain(sweep, "forward", crossing * 20)
    assert (below.code, above.code) == ("rounding_wins", "truncation_wins")
    assert below.params["crossover"] == crossing


def test_a_lucky_hit_is_not_the_best():
    sweep = error_sweep(parse("sin x"), 1.0, ("central",))
    best = measured_best(sweep, "central")
    assert 1e-6 < best.step < 3e-5
    assert np.nanmin(np.abs(sweep.errors)) < best.error
    largest = measured_best(error_sweep(parse("x^2"), 3.0), "central")
    assert largest.step == 10.0


def test_nothing_known():
    best = measured_best(error_sweep(parse("|x|"), 0.0), "central")
    assert math.isnan(best.step)
    assert math.isnan(best.error)
    assert math.isnan(crossover(error_sweep(parse("|x|"), 0.0), "central"))
    assert explain(error_sweep(math.sin, 1.0), "central", 1e-4).code == "no_exact_reference"


@pytest.mark.parametrize("dx", [0.0, math.nan, math.inf])
def test_bad_step(dx):
    with pytest.raises(ValueError, match=f"^dx must be finite and not 0, got {dx}$"):
        explain(error_sweep(parse("sin x"), 1.0), "central", dx)
