"""Verification finds what is wrong, exactly there, and nothing else."""

from dataclasses import replace

import pytest

import numdiff as nd
from numdiff.derivation.check.verify import equal_at_samples
from numdiff.derivation.rules.base import Rule
from numdiff.derivation.rules.order import RULES
from numdiff.derivation.steps import Line
from numdiff.tree import Add, Call, Mul, Neg, Number, Sub


class Wrong(Rule):
    """A rule that is corrupted by a function of its result."""

    def __init__(self, right, change):
        self.right, self.change = right, change

    def apply(self, node, depends, /):
        given = self.right.apply(node, depends)
        return given and replace(given, form=self.change(given.form))


CORRUPTIONS = {
    "sign": Neg,
    "factor": lambda form: Mul(Number("2"), form),
    "small": lambda form: Mul(Number("1.0000001"), form),
    "term": lambda form: Add(form, Number("1")),
}


@pytest.mark.parametrize("change", CORRUPTIONS.values(), ids=CORRUPTIONS)
@pytest.mark.parametrize(
    ("rule", "typed", "place"),
    [
        ("sin", "x^2 + 3 sin(x) e^x", "root.children[1].children[0].children[0].lines[0]"),
        ("power", "ln x + x^3", "root.children[1].lines[0]"),
        ("product", "7 + x ln x", "root.children[1].lines[0]"),
        ("quotient", "e^{x/(1+x)}", "root.children[0].lines[0]"),
        ("exponential", "cos(e^{3x^2})", "root.children[0].lines[0]"),
        ("logarithm", "√(ln x)", "root.children[0].lines[0]"),
        ("power_exponent", "2x^x", "root.children[0].lines[1]"),
        ("max", "1 + max(x, y)", "root.children[1].lines[0]"),
        ("tanh", "tanh(x)", "root.lines[0]"),
    ],
)
def test_a_corrupted_rule_fails_at_its_own_line(monkeypatch, change, rule, typed, place):
    assert nd.differentiate(typed, "x").verify()
    monkeypatch.setattr("numdiff.derivation.engine.RULES", {**RULES, rule: Wrong(RULES[rule], change)})
    verification = nd.differentiate(typed, "x").verify()
    assert not verification
    assert [check.place for check in verification.causes] == [place]
    assert verification.causes[0].reason == "different"
    assert {check.place for check in verification.failed} >= {place, "result"}


def test_a_wrong_line_fails_alone():
    derivation = nd.differentiate("3x^2 + e^x + 7")
    lines = list(derivation.root.lines)
    lines[-1] = Line(Add(lines[-1].tree, Number("1")))
    verification = replace(derivation, root=replace(derivation.root, lines=tuple(lines))).verify()
    assert [check.place for check in verification.failed] == ["root.lines[2]"]


def test_a_wrong_tidying_step_fails_alone():
    derivation = nd.differentiate("x^2 ln x")
    steps = list(derivation.tidying)
    steps[0] = replace(steps[0], before=Sub(steps[0].before, Number("1")))
    verification = replace(derivation, tidying=tuple(steps)).verify()
    assert [check.place for check in verification.failed] == [("tidy", 0)]


def test_every_displayed_equality_is_checked():
    derivation = nd.differentiate("x^2 ln x")
    places = [check.place for check in derivation.verify().checks]
    assert len(set(places)) == len(places)
    assert len(places) == sum(len(step.lines) for step in derivation.steps) + len(derivation.tidying) + 1


@pytest.mark.parametrize(
    ("typed", "at", "known"),
    [
        ("x^2", {"x": 3.0}, True),
        ("1 - σ(x)", {"x": 36.0}, True),  # float64 has one digit left there
        ("(1 - cos(x))/x^2", {"x": 1e-7}, True),
        ("e^x/(1+e^x)", {"x": 40.0}, True),
        ("(x+1)^3 - x^3", {"x": 1e9}, True),
        ("e^{-x^2}", {"x": 40.0}, True),  # below the smallest float64
        ("|x|", {"x": 0.0}, False),
        ("√x", {"x": 0.0}, False),
        ("1/x", {"x": 0.0}, False),
        ("ln x", {"x": -1.0}, False),
        ("x", {"x": float("nan")}, False),
        ("3x ln y + y e^{x^2} + 5", {"x": 2.0, "y": 3.0}, True),
        ("7", {}, True),
    ],
)
def test_the_learners_point(typed, at, known):
    verification = nd.differentiate(typed, "x").verify(at)
    assert verification, verification.failed
    assert verification.at_point is known


def test_where_the_derivative_exists_but_a_step_has_none():
    """x·|x| at 0: f′(0) = 0, but the product rule does not apply there; the lines say nothing about 0."""
    derivation = nd.differentiate("x|x|")
    verification = derivation.verify({"x": 0.0})
    assert verification
    assert verification.at_point
    assert [condition.latex() for condition in derivation.conditions] == [r"x \ne 0"]


def test_where_two_kinks_make_up_for_each_other():
    """max(x, y) + min(x, y) = x + y has a derivative at x = y too; the rules for max and min say nothing there."""
    derivation = nd.differentiate("max(x, y) + min(x, y)", "x")
    verification = derivation.verify({"x": 2.0, "y": 2.0})
    assert verification, verification.failed
    assert verification.at_point
    assert "x - y \\ne 0" in [condition.latex() for condition in derivation.conditions]


def test_a_point_needs_all_variables():
    with pytest.raises(TypeError, match="y"):
        nd.differentiate("x y", "x").verify({"x": 1.0})


def test_two_expressions_are_compared_where_the_first_has_a_value():
    x = nd.parse("x").tree
    one = nd.parse("sin(x)^2").tree
    other = nd.parse("1 - cos(x)^2").tree
    assert equal_at_samples(one, other, ("x",)).holds
    assert equal_at_samples(one, other, ("x",), {"x": 1e-9}).holds
    assert equal_at_samples(one, x, ("x",)).reason == "different"
    assert equal_at_samples(x, Call("sqrt", (Mul(x, x),)), ("x",)).reason == "different"
    nowhere = nd.parse("ln(-x^2)").tree
    assert equal_at_samples(nowhere, nowhere, ("x",)).reason == "no_point_found"
    assert not equal_at_samples(nowhere, nowhere, ("x",)).holds


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("0^x", "0"),
        ("(x-x)^x", None),
        ("x/((e-e) - e^0)", None),
        ("(2x)^2/(-3x)", None),
        ("√x/(-√x - x)", None),
        ("1^x", None),
        ("min(-1, √(x-x))", None),
        ("x + log(1/(x-x), 3)", None),
        ("(1/x)/(x/e)", None),
        ("(x+1)/((x+1)(x/e))", None),
        ("1/(-x*x)", None),
        ("1/(x*(-x))", None),
    ],
)
def test_odd_but_allowed(typed, printed):
    derivation = nd.differentiate(typed)
    verification = derivation.verify()
    assert verification, verification.failed
    assert printed is None or derivation.result.latex() == printed


def test_nothing_is_claimed_where_a_condition_fails():
    """(x − x)^x is 0 for x > 0 and the rule's ln(x − x) has no value: the condition x − x > 0 says so."""
    derivation = nd.differentiate("(x-x)^x")
    assert "x - x > 0" in [condition.latex() for condition in derivation.conditions]
    assert "no_point_found" in {check.reason for check in derivation.verify().checks}


@pytest.mark.parametrize(
    "text", ["sinc(x)", "erf(sinc(heaviside(x)))", "sinc(relu(x))", "sinc(x^2 - 1)", "x sinc(floor(x))"]
)
def test_the_slope_of_sinc_holds_where_its_formula_has_a_value(text):
    """(cos u − sinc u)/u has none at u = 0, which may be so on an interval."""
    work = nd.differentiate(text)
    assert work.verify()
    assert "nonzero" in [condition.code for condition in work.conditions]
