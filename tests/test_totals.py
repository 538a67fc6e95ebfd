"""The total errors against a sweep's, and the verdict by a few steps against the verdict by all of them."""

import mpmath
import numpy as np
import pytest

from numdiff.error import totals
from numdiff.error.advice import explain
from numdiff.error.nearby import explain_nearby
from numdiff.error.sweep import DEFAULT_STEPS, error_sweep
from numdiff.error.totals import total_errors
from numdiff.function import parse

SCHEMES = ("forward", "backward", "central")
POINTS = (0.0, 1.0, 2.0, -1.0, 0.1, 20.0, -700.0, 1e8, 1e-9)
FUNCTIONS = (
    "3x e^x", "x^2", "2x + 1", "5", "x^10", "1/(1+e^-x)", "e^(x^2)", "sin(x)^2+cos(x)^2", "erf(x)",  # everywhere
    "1/x", "tan x", "1/(x^2-1)", "x^(-1/3)", "sin(1/x)", "e^(1/x)",  # poles
    "ln x", "√x", "sqrt(1-x^2)", "sqrt(x^2-x)", "arcsin x", "artanh x", "x^x", "x^2.5", "ln|x|",  # edges
    "|x|", "relu(x)", "max(x, x^2)", "floor(x)", "sign(x)", "leaky_relu(x)", "x^(1/3)",  # kinks and jumps
    "x + 4503599627370497 - 4503599627370497", "1e299x*10^6", "((1+x^3*10^-20)-1)*10^299*10^30", "e^(e^x)",
)  # fmt: skip


@pytest.mark.parametrize("text", FUNCTIONS)
def test_total_errors_are_those_of_the_sweep(text):
    f = parse(text)
    for x in POINTS:
        sweep, found = error_sweep(f, x, SCHEMES), total_errors(f, x, SCHEMES)
        np.testing.assert_array_equal(found.errors, sweep.errors, err_msg=f"{text} at {x}")
        np.testing.assert_array_equal(found.estimates, sweep.estimates)
        assert not np.signbit(found.errors[found.errors == 0]).any()


def test_they_are_subtracted_exactly_and_rounded_once():
    found = total_errors(parse("3x e^x"), 2.0, SCHEMES)
    with mpmath.workdps(60):
        exact = 9 * mpmath.exp(2)
        expected = [[float(mpmath.mpf(value) - exact) for value in row] for row in found.estimates]
    np.testing.assert_array_equal(found.errors, expected)


@pytest.mark.parametrize(("text", "most"), [("3x e^x", 0), ("sin x", 0), ("1/x", 25), ("ln x", 20), ("|x|", 0)])
def test_few_steps_are_split(text, most, monkeypatch):
    split, places = totals.Splitter.split, []

    def counted(self, h, nodes, estimates):
        places.append(h)
        return split(self, h, nodes, estimates)

    monkeypatch.setattr(totals.Splitter, "split", counted)
    total_errors(parse(text), 1.25, SCHEMES)
    assert len(places) <= most < len(DEFAULT_STEPS) / 4


@pytest.mark.parametrize("text", ["3x e^x", "x^2", "2x + 1", "1/x", "ln x", "|x|", "x^x", "floor(x)", "cos x", "5"])
def test_the_verdict_by_a_few_steps_is_the_verdict_by_all(text):
    f = parse(text)
    for x in (0.0, 1.0, 2.0, 0.1):
        sweep, found = error_sweep(f, x, SCHEMES), total_errors(f, x, SCHEMES)
        for dx in (100.0, 1.0, 0.1, 1e-4, 3e-6, 1e-8, 1e-11, 1e-16, 1e-20):
            for scheme in SCHEMES:
                parts = error_sweep(f, x, (scheme,), [dx]).parts(scheme)
                nearby = explain_nearby(f, x, scheme, dx, parts=parts, totals=found)
                assert nearby == explain(sweep, scheme, dx, parts), (text, x, dx, scheme)


def test_several_variables_are_refused():
    with pytest.raises(ValueError, match="one variable, got x, y"):
        total_errors(parse("x y"), 1.0, SCHEMES)
