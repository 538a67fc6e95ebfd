"""Judging answers: the same function in any form, and not the same."""

from fractions import Fraction
from importlib import import_module

import pytest
from hypothesis import given, settings

import numdiff as nd
from numdiff.evaluate.agreement import compare, differing_domains, sample_points
from numdiff.tree import Add, Mul, Number, variables
from tests.strategies import trees

module = import_module("numdiff.derivation.equivalent")  # the package's attribute of this name is the function

RIGHT = (
    ("6x e^{3x^2}", "(6x)*exp(3x^2)"),
    ("6x e^{3x^2}", "6*x*(e^{x^2})^3"),
    ("6x e^{3x^2}", "3x e^{3x^2} + 3e^{3x^2} x"),
    ("1/x - x^{-2}", "(x - 1)/x^2"),
    ("1/x - x^{-2}", "1/x*(1 - 1/x)"),
    ("cos(2x)*2", "2cos(x)^2 - 2sin(x)^2"),
    ("sin(2x)", "2 sin(x) cos(x)"),
    ("sigmoid(x)(1 - sigmoid(x))", "e^{-x}/(1 + e^{-x})^2"),
    ("sigmoid(x)(1 - sigmoid(x))", "1/(2 + e^x + e^{-x})"),
    ("sigmoid(x)(1 - sigmoid(x))", "1/(4cosh(x/2)^2)"),
    ("sigmoid(x)", "e^x/(e^x + 1)"),
    ("1 - tanh(x)^2", "1/cosh(x)^2"),
    ("1 - tanh(x)^2", "4/(e^x + e^{-x})^2"),
    ("3e^x + 3x e^x", "3e^x (1 + x)"),
    ("3e^x + 3x e^x", "(3x + 3)exp(x)"),
    ("2x + 3y", "3y + 2x"),
    ("2x y e^{x^2}", "y (e^{x^2})(2x)"),
    ("x^x (ln x + 1)", "e^{x ln x} ln(e x)"),
    ("ln(x^2)", "2 ln|x|"),
    ("|x|/x", "sign(x)"),
    ("x/|x|", "|x|/x"),
    ("sqrt(x^2)", "|x|"),
    ("cbrt(x)", "x^{1/3}"),
    ("1/(3cbrt(x^2))", "x^{-2/3}/3"),
    ("cbrt(x)^2", "x^{2/3}"),
    ("1/(2sqrt(x))", "x^{-1/2}/2"),
    ("1/(2sqrt(x))", "0.5 x^{-0.5}"),
    ("1/(2sqrt(x))", "sqrt(x)/(2x)"),
    ("sec(x)^2", "1 + tan(x)^2"),
    ("tan(x) sec(x)", "sin(x)/cos(x)^2"),
    ("-csc(x)^2", "-1 - cot(x)^2"),
    ("1/(x ln 10)", "log10(e)/x"),
    ("2^x ln 2", "ln(2) e^{x ln 2}"),
    ("a^x ln a", "ln(a) a^x"),
    ("relu(x)", "(x + |x|)/2"),
    ("max(x, 0)", "relu(x)"),
    ("softplus(x)", "ln(1 + e^x)"),
    ("silu(x)", "x sigmoid(x)"),
    ("x^2 - x^2", "0"),
    ("3", "3.0"),
    ("pi/2", "arcsin(1)"),
    ("(x^2 - 1)/(x - 1)", "x + 1"),
    ("x y/y", "x"),
    ("arcsin(x) + arccos(x)", "pi/2 + sqrt(1 - x^2) - sqrt(1 - x^2)"),
    ("1/(1 + x^2)", "1/(x^2 + 1)"),
    ("(x + 1)^3", "x^3 + 3x^2 + 3x + 1"),
    ("e^{2x}", "(e^x)^2"),
    ("sinh(x)", "(e^x - e^{-x})/2"),
    ("ln(1/x)", "-ln x"),
    ("sqrt(8x)", "2 sqrt(2x)"),
    ("sum(x_i^2, i, 1, 3)", "x_1^2 + x_2^2 + x_3^2"),
    ("3야식 + 2", "2 + 야식*3"),
    ("arcsin(x - 1000)", "arcsin(x - 1000) + 0"),
    ("sqrt(x - 12345) + 1", "1 + sqrt(x - 12345)"),
    ("erf(-x)", "-erf(x)"),
    ("floor(-x)", "-ceil(x)"),
)

FACTORS = (
    *(
        "x - y",
        "x + y",
        "2x - 3y",
        "x y - 1",
        "x^2 - y^2",
        "x - y - 1",
        "x^2 + y^2 - 1",
        "x/y - 2",
        "x^3 - y^3",
        "y - x^2",
    ),
    *(
        "9x - 8y - 1/3",
        "7x + 9y",
        "x^2 y - x y^2",
        "√(x^2 + 1) - √(y^2 + 1)",
        "sin x - sin y",
        "e^x - e^y",
        "|x| - |y|",
    ),
)
"""Each is 0 on a line or a curve in the plane, on which no point of a comparison may lie."""

WRONG = (
    ("6x e^{3x^2}", "e^{3x^2}"),
    ("6x e^{3x^2}", "6x e^{3x}"),
    ("1/x - x^{-2}", "1/x + x^{-2}"),
    ("cos(x)", "-cos(x)"),
    ("2x", "2y"),
    ("x^3", "x^2"),
    ("sin(2x)", "2 sin(x)"),
    ("ln(x^2)", "2 ln x"),
    ("e^{ln x}", "x"),
    ("sqrt(x)^2", "x"),
    ("arctan(tan x)", "x"),
    ("arctan(x) + arctan(1/x)", "pi/2"),
    ("x", "x + 1e-40"),
    ("x", "x + 1e-300"),
    ("1e-300", "0"),
    ("max(x, 50)", "50"),
    ("max(x, -300)", "x"),
    ("|x - 7|", "7 - x"),
    ("x^{1/3}", "x^{0.3333333333333333}"),
    ("pi", "3.14159265358979323846"),
    ("sin(x)^{30}", "0"),
    ("sqrt(-1 - x^2)", "x"),
    ("1/(1 + e^{-x})", "1/(1 + e^x)"),
    ("2^x", "x^2"),
    ("floor(x)", "x"),
)


@pytest.mark.parametrize(("a", "b"), RIGHT)
def test_the_same(a, b):
    assert nd.equivalent(a, b) is True
    assert nd.equivalent(nd.parse(b), nd.parse(a)) is True


@pytest.mark.parametrize("factor", FACTORS)
def test_a_factor_that_is_0_on_a_curve_does_not_matter(factor):
    for more in ("", " + z", " + (z - x)/(z - x)·a"):
        assert nd.equivalent(f"({factor})^2/({factor})", factor) is True
        assert (
            nd.equivalent(f"(x + 1)·({factor})/({factor}){more}", f"x + 1{more.replace('(z - x)/(z - x)·', '')}")
            is True
        )
        assert nd.equivalent(f"(x + 1)·({factor})/({factor}){more}", f"x + 1 + ({factor})/1000{more}") is False


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("(x^2-y^2)/(x-y)", "x+y"),
        ("(x^3-y^3)/(x-y)", "x^2 + x y + y^2"),
        ("(x^2 - 2x y + y^2)/(x - y)", "x - y"),
        ("(a^4 - b^4)/(a^2 - b^2)", "a^2 + b^2"),
        ("(x y - x z)/(y - z)", "x"),
        ("1/(1/(x-y))", "x-y"),
        ("e^(ln|x-y|)", "|x-y|"),
        ("(x^2-y^2)/(x+y)/(x-y)", "1"),
        ("(x/y - y/x)/(1/y - 1/x)", "x + y"),
    ],
)
def test_fractions_of_several_variables(a, b):
    assert nd.equivalent(a, b) is True
    assert nd.equivalent(b, a) is True


@pytest.mark.parametrize("k", [1, 2, 3, 7, 12, 100, 210])
@pytest.mark.parametrize("exponent", ["{}/x", "{}/x^2", "{}x", "x/{}", "{}/(x-1)"])
def test_a_power_has_no_value_below_0_by_chance(k, exponent):
    exponent = exponent.format(k)
    assert nd.equivalent(f"x^({exponent})", f"e^(ln(x)·({exponent}))") is True
    assert nd.equivalent(f"x^({exponent})", f"e^(ln|x|·({exponent}))") is False


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        ("x^(2/x)", "e^(2 ln(x)/x)", (Fraction(-1), Fraction(-1, 17), Fraction(-2))),  # a value by chance
        ("(x-3)^2/(x-3)", "x-3", (Fraction(3),)),  # a hole
        ("e^(ln x)", "x", ()),
    ],
)
def test_single_points_are_no_domain(a, b, points):
    left, right = nd.parse(a).tree, nd.parse(b).tree
    found = compare(left, right, [{"x": value} for value in points])
    assert len(found.only_left) + len(found.only_right) == len(points)
    assert differing_domains(found, left, right) == (0, 0)
    below = compare(left, right, [{"x": Fraction(-67, 15)}])
    assert differing_domains(below, left, right) == (0, int(a == "e^(ln x)"))


def test_points_of_several_variables_lie_on_no_short_curve():
    points = sample_points((nd.parse("x y z + 2 + 3").tree,), ("x", "y", "z"), 60)
    assert len(points) == 60
    whole = range(-4, 5)
    for point in points:
        x, y, z = point.values()
        assert all(a * x + b * y + c != 0 for a in whole for b in whole for c in whole if a or b)
        assert all(a * x * y + b * z * z + c * x * z != 0 for a in whole for b in whole for c in whole if a or b or c)


@pytest.mark.parametrize(("a", "b"), WRONG)
def test_not_the_same(a, b):
    assert nd.equivalent(a, b) is False
    assert nd.equivalent(b, a) is False


@pytest.mark.parametrize(
    ("a", "b"), [("sqrt(-1 - x^2)", "sqrt(-2 - x^2)"), ("ln(-|x|)", "ln(-x^2)"), ("1/(x - x)", "2/(x - x)")]
)
def test_undecided(a, b):
    assert nd.equivalent(a, b) is None


@pytest.mark.parametrize(
    ("f", "expected", "given_answer", "verdict"),
    [
        ("ln x", "1/x", "e^{-ln x}", True),
        ("ln(x^2)", "2/x", "2/x", True),
        ("ln(x^2)", "2/x", "2e^{-ln x}", False),
        ("x ln x", "ln x + 1", "ln(x^2)/2 + 1", True),
        ("sqrt(x)", "1/(2sqrt(x))", "1/(2sqrt|x|)", True),
    ],
)
def test_only_where_the_function_has_values(f, expected, given_answer, verdict):
    assert nd.equivalent(expected, given_answer, where=f) is verdict


def test_single_points_do_not_matter_but_intervals_do():
    assert nd.equivalent("x/x", "1") is True
    assert nd.equivalent("sqrt(x)/sqrt(x)", "1") is False
    assert nd.equivalent("sqrt(x - 40)/sqrt(x - 40)", "1") is False


def test_few_points_are_left_to_sympy(monkeypatch):
    class Judge:
        def __init__(self, verdict):
            self.verdict = verdict

        def prove_equal(self, left, right, timeout):
            assert timeout <= module.SECONDS
            return self.verdict

    monkeypatch.setattr(module, "_ENOUGH", 10**6)
    for verdict in (True, False, None):
        monkeypatch.setattr(module, "algebra", lambda verdict=verdict: Judge(verdict))
        assert nd.equivalent("x + x", "2x") is verdict


def test_out_of_time_is_undecided(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 0.0)
    assert nd.equivalent("x + x", "2x") is None
    assert nd.equivalent("x + x", "x + x") is True


@settings(deadline=None, max_examples=50)
@given(tree=trees(("x", "y"), max_leaves=5))
def test_a_tree_equals_its_variations_and_nothing_else(tree):
    f = nd.Function(tree, variables(tree))
    same = nd.Function(Add(Mul(Number("1"), tree), Number("0")), f.variables)
    assert nd.equivalent(f, same) in {True, None}
    other = nd.Function(Add(tree, Number("0.001")), f.variables)
    assert nd.equivalent(f, other) in {False, None}
