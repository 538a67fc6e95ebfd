"""What is said at a step, and the best step measured."""

import math

import numpy as np
import pytest

from numdiff.error.advice import BALANCE, NEAR, crossover, explain, measured_best, rule
from numdiff.error.model import optimal_step
from numdiff.error.split import Parts
from numdiff.error.sweep import error_sweep
from numdiff.function import parse


@pytest.mark.parametrize(
    ("asked", "scheme", "dx", "code", "advice"),
    [
        (("sin x", 1.0, "float64"), "central", 1e-4, "truncation", "smaller"),
        (("sin x", 1.0, "float64"), "central", 1e-8, "evaluation", "larger"),
        (("sin x", 1.0, "float64"), "central", 1e-5, "truncation", "near_best"),
        (("sin x", 1.0, "float64"), "forward", 1e-16, "step_lost", ""),
        # the complex step has no left arm: a smaller step is no worse
        (("sin x", 1.0, "float64"), "complex", 1e-15, "evaluation", "near_best"),
        (("3x e^x", 2.0, "float64"), "central", -1e-4, "truncation", "smaller"),
        (("x^2", 3.0, "float64"), "central", 1e-4, "only_nodes", "larger"),
        (("x^2", 3.0, "float64"), "central", 1.0, "exact", ""),
        (("sin x", 0.0, "float64"), "forward", 1e-12, "cancelled", ""),
        (("sin x", 1.0, "float16"), "central", 1e-4, "step_lost", ""),
        (("|x|", 0.0, "float64"), "central", 1e-4, "not_differentiable", ""),
        (("ln x", 0.001, "float64"), "central", 1.0, "outside_domain", ""),
    ],
)
def test_verdicts(asked, scheme, dx, code, advice):
    text, x, dtype = asked
    verdict = explain(error_sweep(parse(text), x, (scheme,), dtype=dtype), scheme, dx)
    assert (verdict.code, verdict.advice) == (code, advice)


@pytest.mark.parametrize(
    ("truncation", "node_rounding", "evaluation", "code"),
    [
        (0.0, 0.0, 0.0, "exact"),
        (2.0, -1.0, -1.0, "cancelled"),
        (0.0, 2.0, -1.0, "only_nodes"),
        (0.0, -1.0, 1.5, "only_evaluation"),
        (7.0, 1.0, 1.0, "truncation"),
        (6.0, 1.0, 1.0, "balanced"),
        (-1.0, 3.0, 0.5, "nodes"),
        (-1.0, 0.5, 3.0, "evaluation"),
    ],
)
def test_the_part_that_rules(truncation, node_rounding, evaluation, code):
    rounding = node_rounding + evaluation
    assert rule(Parts(truncation + rounding, truncation, rounding, node_rounding, evaluation)) == code


def test_a_truncation_error_that_is_only_bounded_is_not_said_to_be_none():
    assert rule(Parts(1e-9, 0.0, 1e-9, 1e-9, 0.0, truncation_bound=1e-40)) == "nodes"


def test_luck_at_one_step_is_no_reason_to_go_smaller():
    sweep = error_sweep(parse("sin x"), 1.0, ("central",))
    place = int(np.searchsorted(sweep.steps, 1e-9))
    found = sweep.parts("central", place)
    lucky = Parts(2 * abs(found.rounding) / NEAR, 2 * abs(found.rounding) / NEAR, 0.0, 0.0, 0.0)
    assert abs(lucky.truncation) < BALANCE * abs(found.rounding)
    verdict = explain(sweep, "central", 1e-9, lucky)
    assert (verdict.code, verdict.advice) == ("truncation", "lucky")


@pytest.mark.parametrize("scheme", ["forward", "central", "central4"])
@pytest.mark.parametrize(("text", "x"), [("sin x", 1.0), ("3x e^x", 2.0), ("ln x", 2.0), ("tan x", 1.0), ("x^3", 0.1)])
def test_the_advice_holds_for_the_steps_measured(text, x, scheme):
    sweep = error_sweep(parse(text), x, (scheme,))
    errors, best = np.abs(sweep.errors[0]), measured_best(sweep, scheme)
    for place, dx in enumerate(sweep.steps):
        advice = explain(sweep, scheme, float(dx)).advice
        if advice == "smaller":
            assert dx > best.step
            assert np.nanmin(errors[:place]) < errors[place]
        if advice == "larger":
            assert dx < best.step
        if advice == "near_best":
            # 4 times the least for each of truncation and round-off
            assert errors[place] <= 2 * NEAR * best.error


@pytest.mark.parametrize("scheme", ["forward", "backward", "central", "central4"])
@pytest.mark.parametrize(("text", "x"), [("sin x", 1.0), ("3x e^x", 2.0), ("ln x", 0.001), ("e^x", -5.0)])
def test_the_arms_cross_near_the_optimal_step(text, x, scheme):
    f = parse(text)
    crossing = crossover(error_sweep(f, x), scheme)
    assert crossing / 4 < optimal_step(f, x, scheme).step < crossing * 4


def test_the_arms_cross_between_what_is_said_on_both_sides():
    sweep = error_sweep(parse("sin x"), 1.0, ("forward",))
    crossing = crossover(sweep, "forward")
    assert explain(sweep, "forward", crossing / 20).advice == "larger"
    assert explain(sweep, "forward", crossing * 20).advice == "smaller"


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
    assert math.isnan(crossover(error_sweep(parse("x^2"), 3.0), "central"))
    assert explain(error_sweep(math.sin, 1.0), "central", 1e-4).code == "no_exact_reference"


def test_the_parts_of_one_step():
    parts = error_sweep(parse("x^2"), 3.0, ("central",), [1e-4]).parts("central")
    assert parts.truncation == 0
    assert parts.errors == parts.rounding == pytest.approx(1.2662e-11, rel=1e-4)
    assert parts.reason == ""


@pytest.mark.parametrize("dx", [0.0, math.nan, math.inf])
def test_bad_step(dx):
    with pytest.raises(ValueError, match=f"^dx must be finite and not 0, got {dx}$"):
        explain(error_sweep(parse("sin x"), 1.0), "central", dx)
