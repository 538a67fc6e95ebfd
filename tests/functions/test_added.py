"""A function that the program does not have, added as one row: what works with it at once."""

import numpy as np
import pytest
from mpmath import mp, mpf, workdps

import numdiff as nd
from numdiff.evaluate.exact import derivative_by_series, exact_derivative, exact_value
from numdiff.evaluate.forward import evaluate_dual
from numdiff.functions import registry
from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import nonzero
from numdiff.graph.build import graph
from numdiff.printing.text import to_text

SINC = Elementary(
    name="sinc",
    slope="(u*cos(u) - sin(u))/u**2",
    definition="sin(u)/u",
    domain=nonzero("u"),
    spellings="sinus_cardinalis",
)
SOFTSIGN = Elementary(
    name="softsign",
    family="activation",
    slope="1/(1 + abs(u))**2",
    definition="u/(1 + abs(u))",
    shape="kink",
    breaks="u",
    branches=("u/(1 - u)", "u/(1 + u)"),
)


@pytest.fixture(autouse=True)
def added():
    registry.register(SINC)
    yield
    registry.unregister("sinc")


def wanted(x):
    with workdps(60):
        x = mpf(x)
        return mp.sin(x) / x, (x * mp.cos(x) - mp.sin(x)) / x**2


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_it_is_typed_and_has_values_in_every_format(dtype):
    f = nd.parse("3 sinc(2x)")
    x = np.array([0.25, 1.0, 2.5], dtype)
    assert f(x).dtype == x.dtype
    assert np.array_equal(f(x), np.dtype(dtype).type(3) * (np.sin(2 * x) / (2 * x)))
    assert np.isnan(f(0.0))


def test_it_is_printed_in_latex_and_text():
    tree = nd.parse("sinc(x)^2").tree
    assert nd.parse("2sinc(x)").latex() == r"2 \operatorname{sinc}(x)"
    assert to_text(tree) == "sinc(x)²"
    assert nd.parse(nd.parse("sinc(x)^2").latex()).tree == tree


def test_its_exact_value_and_derivative_are_certified():
    tree = nd.parse("sinc(x)").tree
    value, slope = wanted(2)
    for found, number in ((exact_value(tree, {"x": 2}), value), (exact_derivative(tree, {"x": 2}, "x"), slope)):
        assert (found.status, found.certified) == ("ok", True)
        assert abs(found.value - number) < 1e-45
    by_series = derivative_by_series(tree, {"x": 2}, "x")
    assert by_series is not None
    assert abs(by_series.value - slope) < 1e-45
    assert (exact_value(tree, {"x": 0}).status, exact_value(tree, {"x": 0}).reason) == ("undefined", "pole")


@pytest.mark.parametrize("typed", ["sinc(x)", "x^2 sinc(3x - 1)", "ln(sinc(x)^2 + 1)", "sinc(sinc(x))"])
def test_its_derivation_is_worked_out_and_verified(typed):
    derivation = nd.differentiate(typed)
    assert derivation.verify()
    assert any("sinc" in (step.rule, step.outer) for step in derivation.steps)
    exact = exact_derivative(nd.parse(typed).tree, {"x": 2}, "x")
    found = exact_value(derivation.result.tree, {"x": 2})
    assert abs(exact.value - found.value) < 1e-40


def test_every_way_to_a_derivative_agrees():
    f = nd.parse("x sinc(y) + sinc(x)")
    at = {"x": 1.5, "y": 0.5}
    expected = float(nd.exact_derivative(f, 1.5, "x", at={"y": 0.5}))
    assert nd.partial(f, "x", at=at).df == pytest.approx(expected, rel=1e-9)
    assert graph(f, at=at).node("v-1").adjoint == pytest.approx(expected, rel=1e-14)
    g = nd.parse("sinc(x)")
    assert nd.complex_step(g, 1.5) == pytest.approx(float(wanted(1.5)[1]), rel=1e-14)
    assert nd.derivative(g, 1.5).df == pytest.approx(float(wanted(1.5)[1]), rel=1e-9)
    sweep = nd.error_sweep(g, 1.5)
    assert np.isfinite(sweep.errors).all()
    assert nd.gradcheck(f, at=at)


@pytest.mark.parametrize(
    ("row", "typed", "kind", "place"),
    [(SINC, "sinc(3x - 1)", "pole", 1 / 3), (SOFTSIGN, "softsign(x - 0.25)", "kink", 0.25)],
    ids=["sinc", "softsign"],
)
def test_gradient_checks_find_where_it_has_no_derivative(row, typed, kind, place):
    if row is not SINC:
        registry.register(row)
    try:
        f = nd.parse(typed)
        (near,) = nd.gradcheck(f, at={"x": place + 0.004}, dx=0.01)["x"].kinks
        assert (near.operation, near.kind, near.certain) == (row.name, kind, True)
        assert near.position == pytest.approx(place, rel=1e-15)
        assert not nd.gradcheck(f, at={"x": place + 0.04}, dx=0.01)["x"].kinks
    finally:
        if row is not SINC:
            registry.unregister(row.name)


def test_a_kinked_row_has_values_a_rule_and_both_branches():
    registry.register(SOFTSIGN)
    try:
        f = nd.parse("softsign(2x)")
        assert np.array_equal(f(np.array([-1.0, 0.0, 1.0])), np.array([-2 / 3, 0.0, 2 / 3]))
        assert nd.parse("softsign(x)").latex() == r"\operatorname{softsign}(x)"
        for x in (-1.25, 0.5, 3.0):
            slope = 2 / (1 + abs(2 * x)) ** 2
            assert float(exact_derivative(f.tree, {"x": x}, "x").value) == pytest.approx(slope, rel=1e-15)
            assert float(derivative_by_series(f.tree, {"x": x}, "x").value) == pytest.approx(slope, rel=1e-15)
            assert float(exact_value(f.tree, {"x": x}).value) == pytest.approx(f(x), rel=1e-15)
            assert evaluate_dual(f.tree, {"x": x}, "x")[1] == pytest.approx(slope, rel=1e-15)
        assert np.isnan(evaluate_dual(f.tree, {"x": 0.0}, "x")[1])
        assert exact_derivative(f.tree, {"x": 0}, "x").status == "undecidable"
        derivation = nd.differentiate("softsign(2x)")
        assert derivation.verify()
        assert [condition.code for condition in derivation.conditions] == ["nonzero"]
    finally:
        registry.unregister("softsign")
