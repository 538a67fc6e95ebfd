"""The lecture's derivatives in the lecture's own form, and the steps that it shows."""

import pytest

import numdiff as nd
from numdiff.derivation.rules.order import RULES

DECK = [
    ("7", "x", "0"),
    ("5x^3", "x", "15x^{2}"),
    ("a x^n", "x", "a n x^{n - 1}"),
    ("e^x", "x", "e^{x}"),
    ("ln x", "x", r"\frac{1}{x}"),
    ("e^-x", "x", "-e^{-x}"),
    ("3x^2 + e^x + 7", "x", "6x + e^{x}"),
    ("ln x + 1/x", "x", r"\frac{1}{x} - \frac{1}{x^{2}}"),
    ("x^2", "x", "2x"),
    ("3x e^x", "x", "3 e^{x} + 3x e^{x}"),
    ("2x + 3xy + y^3", "x", "2 + 3y"),
    ("2x + 3xy + y^3", "y", "3x + 3y^{2}"),
    ("e^{3x^2}", "x", "6x e^{3x^{2}}"),
    ("xy + 3e^{-x} + y^2", "x", "y - 3 e^{-x}"),
    ("xy + 3e^{-x} + y^2", "y", "x + 2y"),
    ("3x ln y + y e^{x^2} + 5", "x", r"3 \ln y + 2x y e^{x^{2}}"),
    ("3x ln y + y e^{x^2} + 5", "y", r"\frac{3x}{y} + e^{x^{2}}"),
    ("-Σ_{i=1}^{2} 3y x_i", "x_1", "-3y"),
    ("-Σ_{i=1}^{2} 3y x_i", "x2", "-3y"),
    ("1/(1+e^-x)", "x", r"\frac{e^{-x}}{(1 + e^{-x})^{2}}"),
    (r"\frac{1}{1+e^{-x}}", "x", r"\frac{e^{-x}}{(1 + e^{-x})^{2}}"),
]


@pytest.mark.parametrize(("typed", "by", "printed"), DECK)
def test_the_form_of_the_lecture(typed, by, printed):
    derivation = nd.differentiate(typed, by)
    assert derivation.result.latex() == printed
    assert derivation.verify()


def d(inner):
    return rf"\frac{{\partial({inner})}}{{\partial x}}"


def lines_of(step):
    return [line.latex() for line in (step.question, *step.lines)]


def test_term_by_term_the_constant_becomes_0():
    root = nd.differentiate("3x^2 + e^x + 7").root
    assert root.rule == "sum"
    assert lines_of(root) == [
        d("3x^{2} + e^{x} + 7"),
        f"{d('3x^{2}')} + {d('e^{x}')} + {d('7')}",
        "6x + e^{x} + 0",
        "6x + e^{x}",
    ]
    assert [child.rule for child in root.children] == ["constant_multiple", "exponential", "constant"]
    assert lines_of(root.children[2]) == [d("7"), "0"]


def test_the_fraction_is_written_as_a_power_and_back():
    step = nd.differentiate("ln x + 1/x").root.children[1]
    assert step.rule == "reciprocal"
    assert lines_of(step) == [r"\frac{\partial}{\partial x}(\frac{1}{x})", d("x^{-1}"), "-x^{-2}", r"-\frac{1}{x^{2}}"]
    assert [child.rule for child in step.children] == ["power"]


def test_the_chain_rule_stands_as_in_the_lecture():
    step = nd.differentiate("e^{3x^2}").root
    assert (step.rule, step.outer) == ("chain", "exponential")
    assert lines_of(step)[1:] == ["e^{3x^{2}} " + d("3x^{2}"), "e^{3x^{2}} (6x)"]


def test_the_logistic_function_is_a_power_first():
    step = nd.differentiate("1/(1+e^-x)").root
    assert step.rule == "reciprocal"
    assert lines_of(step)[1] == d("(1 + e^{-x})^{-1}")
    assert (step.children[0].rule, step.children[0].outer) == ("chain", "power")


def test_total_derivatives_on_request():
    line = nd.differentiate("3x^2").root.question
    assert line.latex("total") == r"\frac{d(3x^{2})}{d x}"


def test_what_is_long_or_tall_stands_behind_the_operator():
    for typed in ("3x^2 + e^x + 7 - x^3 + 2x", "1/x", "Σ_{i=1}^{2} x^i"):
        derivation = nd.differentiate(typed)
        inner = derivation.function.latex()
        for style, sign in (("partial", r"\partial"), ("total", "d")):
            assert derivation.root.question.latex(style) == rf"\frac{{{sign}}}{{{sign} x}}({inner})"


def test_the_chain_writes_open_derivatives_in_the_same_way():
    (factor, *_), *_ = nd.chain("sin(1/x)").paths
    assert factor.composed() == r"\frac{\partial(\sin t)}{\partial t}"
    (_, inner), *_ = nd.chain("sin(1/x)").paths
    assert inner.composed() == r"\frac{\partial}{\partial x}(\frac{1}{x})"


def test_where_it_holds():
    shown = [condition.latex() for condition in nd.differentiate("3x ln y + y e^{x^2} + 5", "x").conditions]
    assert shown == ["y > 0"]
    assert [c.latex() for c in nd.differentiate("ln x + 1/x").conditions] == ["x > 0", r"x \ne 0"]
    kink = nd.differentiate("|x - 1|").conditions
    assert [(c.latex(), c.kind) for c in kink] == [(r"x - 1 \ne 0", "differentiable")]
    assert nd.differentiate("1/(1+e^-x)").conditions == ()


def test_several_variables_need_a_name():
    with pytest.raises(ValueError, match="x, y"):
        nd.differentiate("x y")
    with pytest.raises(ValueError, match="no variable 'z'"):
        nd.differentiate("x y", "z")
    with pytest.raises(nd.InputError):
        nd.differentiate("x +")
    with pytest.raises(TypeError, match="Function or a str"):
        nd.differentiate(3)
    assert nd.differentiate("7").variable == "x"


def test_the_result_is_a_function_of_the_same_variables():
    derivation = nd.differentiate("3x ln y + y e^{x^2} + 5", "y")
    assert derivation.result.variables == ("x", "y")
    assert derivation.result(2.0, 4.0) == pytest.approx(3 * 2 / 4 + 2.718281828459045**4, rel=1e-14)
    assert "def df(x, y):" in derivation.result.python()


def test_steps_are_flattened_parents_first():
    derivation = nd.differentiate("3x^2 + e^x + 7")
    assert [step.rule for step in derivation.steps] == ["sum", "constant_multiple", "power", "exponential", "constant"]
    assert all(step.rule in RULES or step.rule == "chain" for step in derivation.steps)
