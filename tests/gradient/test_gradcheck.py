"""The gradient check: bands, broken rules found on their edges, precision, steps."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numdiff import gradcheck, gradcheck_sweep, graph, parse
from numdiff.gradient.check.check import Band, band_of, relative_error
from tests.gradient.cases import AT, TABLE

SMOOTH = [text for text, _ in TABLE if "|" not in text and "max" not in text]


@pytest.mark.parametrize("text", [text for text, _ in TABLE])
def test_right_rules_pass(text):
    f = parse(text)
    check = gradcheck(f, {name: AT[name] for name in f.variables})
    assert check.torch
    assert check.relative < 1e-6  # sin(50y) bends much within the default step
    assert not check.wrong_edges
    assert not check.warned
    assert [variable.name for variable in check.variables] == list(f.variables)


@pytest.mark.parametrize(
    "text", ["xy + 3e^{-x} + y^2", "3x ln y + y e^{x^2} + 5", "sin(x y)/(1 + x^2)", "tanh(x + y)^3"]
)
def test_every_broken_edge_is_found_and_no_other(text):
    f, at = parse(text), {"x": 0.7, "y": 1.3}
    for edge in graph(f).edges:
        for factor in (-1.0, 2.0, 0.0, 1.001):
            check = gradcheck(f, at, broken={edge.key: factor})
            assert [wrong.key for wrong in check.wrong_edges] == [edge.key]
            assert check.relative > 1e-6
            assert check.band != Band.HAPPY


def test_a_broken_operation_by_name():
    f, at = parse("cos(x) y + cos(y)"), {"x": 1.0, "y": 2.0}
    check = gradcheck(f, at, broken="cos")
    assert {edge.operation for edge in check.wrong_edges} == {"cos"}
    assert len(check.wrong_edges) == 2
    wrong = check.wrong_edges[0]
    assert wrong.analytic == pytest.approx(-wrong.numerical, rel=1e-10)
    assert wrong.relative == pytest.approx(2, rel=1e-9)
    assert check["x"].band == Band.PROBABLY_WRONG
    assert not check.torch
    with pytest.raises(ValueError, match="no operation 'tan'"):
        gradcheck(f, at, broken="tan")
    with pytest.raises(ValueError, match="no edge"):
        gradcheck(f, at, broken={("v99", 0): -1.0})
    with pytest.raises(ValueError, match="broken rules"):
        gradcheck(np.sum, [1.0], broken="cos")


@settings(deadline=None)
@given(st.sampled_from(SMOOTH), st.integers(0, 100), st.sampled_from([-1.0, 0.5, 3.0]))
def test_any_broken_edge_is_named(text, which, factor):
    f = parse(text)
    at = {name: AT[name] for name in f.variables}
    edges = [edge for edge in graph(f, at).edges if edge.value and abs(edge.value) > 1e-9]
    if edges:  # x alone has none
        key = edges[which % len(edges)].key
        assert [wrong.key for wrong in gradcheck(f, at, broken={key: factor}).wrong_edges] == [key]


@pytest.mark.parametrize(
    ("relative", "band"),
    [
        (0.0, Band.HAPPY),
        (1e-7, Band.HAPPY),
        (1.1e-7, Band.OKAY_WITH_KINKS),
        (1e-4, Band.OKAY_WITH_KINKS),
        (1.1e-4, Band.UNCOMFORTABLE),
        (1e-2, Band.UNCOMFORTABLE),
        (0.011, Band.PROBABLY_WRONG),
        (2.0, Band.PROBABLY_WRONG),
        (math.nan, Band.UNKNOWN),
    ],
)
def test_the_bands_of_cs231n(relative, band):
    assert band_of(relative) == band


def test_relative_errors():
    assert relative_error(0, 0, 0) == 0
    assert relative_error(1, 2, -4) == 0.25
    assert math.isnan(relative_error(math.nan, 1, math.nan))


def test_steps_schemes_and_evaluations():
    f, at = parse("x^3 + y^3"), {"x": 1.0, "y": 2.0}
    central = gradcheck(f, at, 0.5)
    assert central["x"].numerical == 3.25
    assert central["x"].step == 0.5
    assert central.nfev == 4  # 2n
    forward = gradcheck(f, at, 0.5, scheme="forward")
    assert forward["x"].numerical == 4.75
    assert forward.nfev == 3  # n + 1
    assert gradcheck(f, at, {"x": 0.5, "y": 0.25})["y"].numerical == 12.0625
    with pytest.raises(ValueError, match="step must"):
        gradcheck(f, at, 0.0)
    with pytest.raises(ValueError, match="scheme must"):
        gradcheck(f, at, scheme="sideways")
    with pytest.raises(ValueError, match="one point"):
        gradcheck(f, {"x": [1, 2], "y": 1})


def test_low_precision_is_not_good_enough():
    f, at = parse("x y + 3e^{-x} + y^2"), {"x": 1.0, "y": 2.0}
    bands = [gradcheck(f, at, 1e-4, dtype).band for dtype in ("float64", "float32", "float16", "bfloat16")]
    assert bands[0] == Band.HAPPY
    assert bands[1] != Band.HAPPY
    # at Δx = 1e-4 the nodes of 16 bits are all the same: the quotient is 0
    assert bands[2:] == [Band.PROBABLY_WRONG] * 2


def test_gradients_of_ones_own():
    x = np.arange(6.0).reshape(2, 3)
    right = gradcheck(lambda x: np.sum(x**3), x, gradient=lambda x: 3 * x**2)
    assert right.band == Band.HAPPY
    assert right.variables[4].name == "x[1, 1]"
    assert right.graph is None
    wrong = gradcheck(lambda x: np.sum(x**3), x, gradient=lambda x: 3 * x)
    assert [variable.band == Band.HAPPY for variable in wrong.variables] == [True, True, False, False, False, False]
    assert gradcheck(lambda x: np.sum(x**3, axis=0), np.arange(3.0)).band == Band.HAPPY  # by dual numbers
    assert gradcheck(lambda x, y: x * y, {"x": 2.0, "y": 3.0}, gradient={"x": 3, "y": 2}).band == Band.HAPPY
    with pytest.raises(ValueError, match="shape"):
        gradcheck(np.sum, x, gradient=[1.0])
    with pytest.raises(KeyError, match="z"):
        _ = right["z"]


def test_where_there_is_no_derivative():
    check = gradcheck(parse("max(x, y)"), {"x": 1.0, "y": 1.0})
    assert check.band == Band.UNKNOWN
    assert not check.wrong_edges
    assert len(check.warned) == 2
    outside = gradcheck(parse("x ln y"), {"x": 1.0, "y": -1.0})
    assert outside["x"].band == Band.UNKNOWN


def test_a_sweep_shows_both_arms():
    sweep = gradcheck_sweep(parse("e^x sin(y)"), {"x": 1.0, "y": 2.0})
    assert sweep.numerical.shape == sweep.relative.shape == (2, sweep.steps.size)
    best = int(np.nanargmin(sweep.whole))
    assert 1e-7 < sweep.steps[best] < 1e-3
    assert sweep.whole[0] > 1e3 * sweep.whole[best]
    assert sweep.whole[-1] > 1e3 * sweep.whole[best]
    assert all(math.isnan(step) for step in sweep.kink_from)
    narrow = gradcheck_sweep(parse("e^x sin(y)"), {"x": 1.0, "y": 2.0}, dtype="float32")
    assert np.nanmin(narrow.whole) > 10 * np.nanmin(sweep.whole)


def test_a_sweep_knows_from_which_step_on_there_is_a_kink():
    steps = np.array([1e-4, 1e-3, 1e-2, 1e-1])
    sweep = gradcheck_sweep(parse("|x| + relu(y)"), {"x": 0.002, "y": -0.5}, steps)
    assert sweep.kink_from[0] == 0.01
    assert math.isnan(sweep.kink_from[1])
    for wrong in ([], [0.0], [-1.0], [np.inf]):
        with pytest.raises(ValueError, match="steps must"):
            gradcheck_sweep(parse("x"), {"x": 1.0}, wrong)


def test_without_a_variable_there_is_nothing_to_check_unless_one_is_given():
    constant = parse("5")
    for check in (gradcheck, gradcheck_sweep):
        with pytest.raises(ValueError, match="no variable to check"):
            check(constant, {})
        with pytest.raises(ValueError, match="no variable to check"):
            check(np.sum, [])
    assert gradcheck(constant, {"x": 1.0})["x"].analytic == 0


def test_what_is_infinite_cannot_pass():
    check = gradcheck(parse("1/(x - y)"), {"x": 2.0, "y": 1.0}, 1.0)
    assert math.isinf(check["x"].numerical)
    assert check["x"].band == Band.UNKNOWN
    assert not check.torch
