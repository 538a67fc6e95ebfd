"""Both parts of the error at the usual steps against a sweep's, and how much less is computed for them."""

import numpy as np
import pytest

from numdiff.error import arms
from numdiff.error.advice import crossover, explain, measured_best
from numdiff.error.arms import error_arms
from numdiff.error.orders import fit_orders
from numdiff.error.sweep import DEFAULT_STEPS, error_sweep
from numdiff.function import parse
from tests.test_totals import FUNCTIONS, POINTS

SCHEMES = ("forward", "backward", "central", "central4")


@pytest.mark.parametrize("text", FUNCTIONS)
def test_both_parts_are_those_of_the_sweep(text):
    f = parse(text)
    for x in POINTS:
        sweep, found = error_sweep(f, x, SCHEMES), error_arms(f, x, SCHEMES)
        for name in ("steps", "estimates", "errors", "truncation", "rounding", "reasons", "exact"):
            np.testing.assert_array_equal(getattr(found, name), getattr(sweep, name), err_msg=f"{name}: {text}, {x}")
        assert (found.schemes, found.x, found.dtype) == (sweep.schemes, sweep.x, sweep.dtype)
        assert repr(found.orders) == repr(fit_orders(sweep))
        assert repr(measured_best(found, "central")) == repr(measured_best(sweep, "central"))
        assert repr(crossover(found, "forward")) == repr(crossover(sweep, "forward"))


@pytest.mark.parametrize("schemes", [("complex",), ("forward", "complex"), ("central",), ("forward3",)])
def test_any_choice_of_schemes(schemes):
    f = parse("3x e^x")
    sweep, found = error_sweep(f, 2.0, schemes), error_arms(f, 2.0, schemes)
    np.testing.assert_array_equal(found.truncation, sweep.truncation)
    np.testing.assert_array_equal(found.rounding, sweep.rounding)
    with pytest.raises(ValueError, match="scheme must be one of"):
        found.row("backward")


def test_the_verdict_needs_parts_or_a_whole_sweep():
    f = parse("3x e^x")
    sweep, found = error_sweep(f, 2.0, SCHEMES), error_arms(f, 2.0, SCHEMES)
    parts = error_sweep(f, 2.0, ("central",), [1e-5]).parts("central")
    assert explain(found, "central", 1e-5, parts) == explain(sweep, "central", 1e-5, parts)
    with pytest.raises(TypeError, match="whole sweep"):
        explain(found, "central", 1e-5)


@pytest.mark.parametrize(("text", "most"), [("3x e^x", 0), ("sin x", 0), ("1/x", 25), ("ln x", 20), ("x^2", 0)])
def test_few_steps_are_split_and_few_need_f(text, most, monkeypatch):
    split, from_values, split_at, valued_at = arms.Splitter.split, arms._from_values, [], []

    def counted(self, h, nodes, estimates):
        split_at.append(h)
        return split(self, h, nodes, estimates)

    def also_counted(splitter, computed, place, parts):
        valued_at.append(place)
        return from_values(splitter, computed, place, parts)

    monkeypatch.setattr(arms.Splitter, "split", counted)
    monkeypatch.setattr(arms, "_from_values", also_counted)
    error_arms(parse(text), 1.28125, SCHEMES)
    assert len(split_at) <= most
    assert len(valued_at) <= 36 < len(DEFAULT_STEPS) / 3


def test_several_variables_are_refused():
    with pytest.raises(ValueError, match="one variable, got x, y"):
        error_arms(parse("x y"), 1.0, SCHEMES)
