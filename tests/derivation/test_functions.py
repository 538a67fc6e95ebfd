"""Every function of the tables, by each of its variables: right by value, every line verified, every line typeset."""

import re
from fractions import Fraction

import pytest

import numdiff as nd
from numdiff.derivation.pieces import cases_latex
from numdiff.derivation.rules.order import RULES
from numdiff.derivation.terms import factors_of
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import Add, Call, Mul, Sub, children
from tests.derivation.functions import EMPTY, SPECIAL
from tests.derivation.functions import FUNCTIONS as TYPED
from tests.printing.conftest import katex  # noqa: F401 - a fixture

FORBIDDEN = re.compile(r"\\(left|right|big|Big|dfrac|displaystyle|tiny|small|large|huge)\b")
CASES = [(typed, name) for typed in TYPED for name in nd.parse(typed).variables or ("x",)]


def lines_of(derivation):
    for step in derivation.steps:
        yield from (step.question, *step.lines)
    for step in derivation.tidying:
        yield nd.Line(step.after)


def assert_right_by_value(derivation):
    """The result agrees with the exact derivative of the function wherever it was sampled."""
    tree, variable, points = derivation.function.tree, derivation.variable, derivation.samples.points
    for place in range(derivation.samples.count):
        at = {name: Fraction(float(values[place])) for name, values in points.items()}
        wanted = exact_derivative(tree, at, variable, 30)
        found = exact_value(derivation.result.tree, at, 30)
        assert (wanted.status, found.status) == ("ok", "ok"), at
        # both are certified: they differ by no more than their radii
        assert abs(wanted.value - found.value) <= wanted.radius + found.radius, at


@pytest.mark.parametrize(("typed", "by"), CASES)
def test_right_verified_and_typeset(typed, by):
    derivation = nd.differentiate(typed, by)
    verification = derivation.verify()
    assert verification, verification.failed
    assert verification.points >= 2
    assert_right_by_value(derivation)
    for line in lines_of(derivation):
        for style in ("partial", "total"):
            text = line.latex(style)
            assert not FORBIDDEN.search(text)
            assert "#" not in text
            assert text.count("{") == text.count("}")


@pytest.mark.parametrize(("typed", "by"), CASES)
def test_no_step_only_reorders(typed, by):
    """Tidying ends, never comes back to a form it has left, and never only exchanges terms or factors."""
    derivation = nd.differentiate(typed, by)
    forms = [derivation.root.after, *(step.after for step in derivation.tidying)]
    assert len(set(forms)) == len(forms)
    for step in derivation.tidying:
        assert in_any_order(step.before) != in_any_order(step.after), step


def in_any_order(tree):
    """The tree with terms and factors sorted, brackets kept: equal for trees that differ by their order only."""
    if isinstance(tree, Add | Sub):
        terms = []
        while isinstance(tree, Add | Sub):
            terms.append((type(tree) is Add, in_any_order(tree.right)))
            tree = tree.left
        return "sum" + repr(sorted([*terms, (True, in_any_order(tree))]))
    if isinstance(tree, Mul):
        return "product" + repr(sorted(map(in_any_order, factors_of(tree))))
    return type(tree).__name__ + repr([*map(in_any_order, children(tree))] or tree)


@pytest.mark.parametrize("typed", [*TYPED, *SPECIAL, *EMPTY], ids=lambda typed: typed[:40])
def test_katex_typesets_every_line(typed, katex):  # noqa: F811
    function = nd.parse(typed)
    derivation = nd.differentiate(function, function.variables[-1] if function.variables else "x")
    texts = {line.latex(style) for line in lines_of(derivation) for style in ("partial", "total")}
    texts |= {condition.latex() for condition in derivation.conditions}
    texts.add(cases_latex(derivation.pieces))
    for text in texts:
        assert katex.ask(text).startswith("<span")


@pytest.mark.parametrize("typed", SPECIAL, ids=lambda typed: typed[:24])
def test_long_and_deep(typed):
    derivation = nd.differentiate(typed)
    assert derivation.verify()
    assert_right_by_value(derivation)
    assert len(derivation.result.latex()) < 20_000


def test_simple_where_the_input_is_only_long():
    assert nd.differentiate("x" + "*x" * 99).result.latex() == "100x^{99}"


@pytest.mark.parametrize("typed", EMPTY)
def test_a_function_without_a_real_point_is_said_to_be_one(typed):
    derivation = nd.differentiate(typed)
    assert [condition.code for condition in derivation.conditions][-1] == "no_point_found"
    verification = derivation.verify()
    assert verification
    assert verification.points == 0
    assert {check.reason for check in verification.checks} == {"no_point_found"}


def test_every_function_has_a_rule():
    x, n = nd.parse("x").tree, nd.parse("5").tree
    for name, (least, _) in FUNCTIONS.items():
        if name == "trigamma":  # it is a derivative here, and no function to differentiate
            continue
        step = nd.differentiate(nd.Function(Call(name, (x, n)[:least]), ("x",))).root
        assert step.rule in RULES


def test_rules_say_what_they_are():
    for name, rule in RULES.items():
        assert rule.name == name
        assert rule.__doc__
        assert "′" in rule.__doc__ or name == "reciprocal"


def test_a_derivative_that_is_too_long_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr("numdiff.derivation.tidy.tidy.LONGEST", 50)
    derivation = nd.differentiate("(x+1)(x+2)(x+3)(x+4)(x+5)(x+6) e^x x")
    assert derivation.tidying == ()
    assert derivation.result.tree == derivation.root.after
    assert [condition.code for condition in derivation.conditions] == ["too_long"]
    assert derivation.conditions[0].latex() == ""
    assert derivation.verify()
    assert_right_by_value(derivation)
