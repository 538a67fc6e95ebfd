"""The chain rule worked out: the deck's lines, kinds of compositions, choices, values, and the checks of every line."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.derivation.chain.build import chain
from numdiff.derivation.chain.choice import ChainError
from numdiff.derivation.steps import Line
from numdiff.evaluate.exact import exact_derivative
from numdiff.exact import rational
from numdiff.printing.latex import to_latex
from numdiff.printing.text import to_text
from numdiff.tree import Mul, Number, expand_sums, substitute
from tests.printing.conftest import katex  # noqa: F401 - a fixture
from tests.strategies import trees

D = r"\partial"

DECK = {
    "e^{3x^2}": [
        ("cancel", rf"\frac{{{D} f}}{{\cancel{{{D} t}}}} \cdot \frac{{\cancel{{{D} t}}}}{{{D} x}}"),
        ("compose", rf"\frac{{{D}(e^{{t}})}}{{{D} t}} \cdot \frac{{{D}(3x^{{2}})}}{{{D} x}}"),
        ("differentiated", "(e^{t})(6x)"),
        ("substituted_back", "(e^{3x^{2}})(6x)"),
        ("tidied", "6x e^{3x^{2}}"),
    ],
    "e^{-x}": [
        ("cancel", rf"\frac{{{D} f}}{{\cancel{{{D} t}}}} \cdot \frac{{\cancel{{{D} t}}}}{{{D} x}}"),
        ("compose", rf"\frac{{{D}(e^{{t}})}}{{{D} t}} \cdot \frac{{{D}(-x)}}{{{D} x}}"),
        ("differentiated", "(e^{t})(-1)"),
        ("substituted_back", "(e^{-x})(-1)"),
        ("tidied", "-e^{-x}"),
    ],
}
"""Slides "연쇄법칙 - chain rule", line by line."""


@pytest.mark.parametrize(("text", "stages"), DECK.items())
def test_the_stages_of_the_deck(text, stages):
    found = chain(text)
    assert found.kind == "chain"
    assert found.head() == r"\frac{\partial f}{\partial x}"
    assert [(stage.id, stage.latex()) for stage in found.stages] == stages
    total = [(stage.id, stage.latex("total")) for stage in found.stages]
    assert total == [(name, line.replace(D, "d")) for name, line in stages]


def test_the_names_of_the_deck():
    found = chain("e^{3x^2}")
    assert [named.latex() for named in found.names] == ["t = 3x^{2}"]
    assert to_text(found.outer) == "eᵗ"


def test_three_factors():
    found = chain("sin(cos(x^2))")
    assert [named.latex() for named in found.names] == [r"t = \cos u", "u = x^{2}"]
    assert [named.latex(full=True) for named in found.names] == [r"t = \cos x^{2}", "u = x^{2}"]
    assert found.stages[0].latex() == (
        r"\frac{\partial f}{\cancel{\partial t}} \cdot \frac{\cancel{\partial t}}{\cancel{\partial u}}"
        r" \cdot \frac{\cancel{\partial u}}{\partial x}"
    )
    assert found.stages[2].latex() == r"(\cos t)(-\sin u)(2x)"


def test_two_ways_are_added_and_nothing_is_struck_through():
    found = chain("e^{2x} sin(x^2)", inner="2x")
    assert found.kind == "paths"
    assert found.stages[0].id == "paths"
    assert found.stages[0].latex() == (
        r"\frac{\partial f}{\partial t} \cdot \frac{\partial t}{\partial x}"
        r" + \frac{\partial f}{\partial u} \cdot \frac{\partial u}{\partial x}"
    )
    assert not any("cancel" in stage.latex() for stage in found.stages)


def test_another_rule_comes_first_where_the_variable_stands_outside():
    found = chain("3x e^{3x^2}")
    assert (found.kind, found.rule, found.paths) == ("parts", "product", ())
    assert to_text(found.outer) == "3x·eᵗ"
    (part,) = found.parts
    assert part.head() == r"\frac{\partial(e^{3x^{2}})}{\partial x}"
    assert [stage.latex() for stage in part.stages][2:] == [line for _, line in DECK["e^{3x^2}"]][2:]
    assert found.result.latex() == "3 e^{3x^{2}} (1 + 6x^{2})"


KINDS = {
    "5 sin(2x) + 2": ("chain", ""),
    "ln(ln(ln(x)))": ("chain", ""),
    "e^x/(1+e^x)": ("chain", ""),
    "e^{3x^2} + sin(x^2)": ("parts", ""),
    "sin(x)^{x^2}": ("paths", ""),
    "max(x^2, 2x)": ("paths", ""),
    "(e^x - e^{-x})/(e^x + e^{-x})": ("parts", ""),
    "x + sin(2x)": ("parts", ""),
    "x^2": ("none", "not_composite"),
    "x + 1": ("none", "not_composite"),
    "3x e^x": ("none", "not_composite"),
    "x^x": ("none", "not_composite"),
    "x": ("none", "not_composite"),
    "7": ("none", "constant"),
    "x^{sin x}": ("none", "variable_outside"),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_kinds(text, kind):
    found = chain(text)
    assert (found.kind, found.reason) == kind
    assert bool(found.stages) == (found.kind != "none")
    assert found.verify()


def test_the_rule_that_comes_first_is_named():
    rules = {
        "x + sin(2x)": "sum",
        "x e^{-x}": "product",
        "e^{-x}/x": "quotient",
        # sums and products of several compositions, too
        "sin(2x)cos(3x)": "product",
        "e^(2x) + e^(4x)": "sum",
        "cos(x)^2 - sin(x)^2": "difference",
        "(x-1)^2(x+1)^2": "product",
    }
    assert {text: chain(text).rule for text in rules} == rules


ONE_NAME = {
    "1/(x^2+1)^3": r"\frac{1}{t^{3}}",
    "3/(2x+1)^2": r"\frac{3}{t^{2}}",
    "1/√(1-x)": r"\frac{1}{\sqrt{t}}",
    "1/(2(x^2+1)^3)": r"\frac{1}{2t^{3}}",
}


@pytest.mark.parametrize(("text", "outer"), ONE_NAME.items())
def test_a_power_below_the_line_needs_one_name(text, outer):
    found = chain(text)
    assert (found.kind, len(found.names), to_latex(found.outer)) == ("chain", 1, outer)
    assert found.verify()


def test_a_quotient_of_polynomials_is_no_composition():
    assert chain("(x^2+1)/(x^2-1)").kind == "none"
    assert chain("(x^2+1)/(x^2-1)", inner="x^2").kind == "chain"


def test_a_product_inside_is_not_taken_apart_unasked():
    found = chain("e^(sin(2x)cos(3x))")
    assert (found.kind, len(found.names)) == ("chain", 1)


def test_inner_names_skip_the_letters_in_use():
    assert [named.name for named in chain("t u e^{3x^2}", "x").names] == ["v"]
    assert [named.name for named in chain("t(x) = e^{3x^2}").names] == ["u"]
    assert [named.name for named in chain("체중(야식) = e^{-야식}").names] == ["t"]
    assert chain("체중(야식) = e^{-야식}").head() == r"\frac{\partial \text{체중}}{\partial \text{야식}}"


def test_thirty_sines():
    found = chain("sin(" * 30 + "x" + ")" * 30)
    assert [named.name for named in found.names] == [f"t_{number}" for number in range(1, 30)]
    assert [named.level for named in found.names] == list(range(1, 30))
    assert len(found.factors) == 30
    assert found.stages[0].latex().count("cancel") == 58


def test_many_ways_do_not_repeat_the_whole_function_in_every_factor():
    found = chain(" + ".join(f"sin({n}x)" for n in range(2, 12)), inner="2x")
    assert [stage.id for stage in found.stages] == ["paths", "differentiated", "substituted_back", "tidied"]
    assert found.verify()


CHOICES = {
    "e^{3x^2}": ["3x²", "x²"],
    "e^{-x}": ["−x"],
    "1/(1+e^{-x})": ["1 + e⁻ˣ", "e⁻ˣ", "−x"],
    "x e^{3x^2}": ["3x²", "x²"],
    "sin(x^2 + 2x + 1)": ["x² + 2x + 1"],
    "x^2": [],
    "x^2 + 1": ["x²"],
    "7": [],
}


@pytest.mark.parametrize(("text", "choices"), CHOICES.items())
def test_choices(text, choices):
    found = chain(text)
    assert [to_text(node) for node in found.choices] == choices
    for choice in found.choices:
        other = chain(text, inner=choice)
        assert choice in [named.full for named in other.names]
        assert other.verify()


def test_another_inner_function_may_be_chosen_and_the_work_follows():
    for inner in ("x^2", "t = x²", nd.parse("x^2").tree):
        found = chain("e^{3x^2}", inner=inner)
        assert to_text(found.outer) == "e³ᵗ"
        assert [stage.latex() for stage in found.stages][2:] == [
            "(3 e^{3t})(2x)",
            "(3 e^{3x^{2}})(2x)",
            "6x e^{3x^{2}}",
        ]


def test_a_choice_inside_a_part():
    found = chain("x e^{3x^2}", inner="x^2")
    assert (found.kind, to_text(found.outer)) == ("parts", "x·e³ᵗ")
    assert found.verify()


def test_a_choice_that_leaves_the_variable_says_so():
    found = chain("sin(x + x^2)", inner="x^2")
    assert (found.kind, found.reason, found.stages) == ("none", "variable_remains", ())


REFUSED = {
    ("e^{3x^2}", "2x"): "absent",
    ("e^{3x^2}", "y^2"): "absent",
    ("e^{3x^2}", "x"): "variable",
    ("e^{3x^2}", "e^{3x^2}"): "whole",
    ("e^{3x^2}", "3"): "constant",
}


@pytest.mark.parametrize(("typed", "code"), REFUSED.items())
def test_a_choice_that_cannot_be_is_refused(typed, code):
    with pytest.raises(ChainError, match="the inner function") as caught:
        chain(typed[0], inner=typed[1])
    assert caught.value.code == code


def test_a_choice_that_cannot_be_read_is_refused():
    with pytest.raises(nd.InputError):
        chain("e^{3x^2}", inner="x +")


def test_the_variable_must_be_named_and_known():
    with pytest.raises(ValueError, match="several variables"):
        chain("e^{xy}")
    with pytest.raises(ValueError, match="no variable 'z'"):
        chain("e^{xy}", "z")


def test_values():
    values = chain("e^{3x^2}").values({"x": 0.5})
    assert values.at == {"x": 0.5, "t": 0.75}
    (path,) = values.paths
    assert [factor.value for factor in path.factors] == [math.exp(0.75), 3.0]
    assert path.product == values.total == math.exp(0.75) * 3.0


def test_values_of_several_ways_and_parts():
    assert chain("e^{2x} sin(x^2)").values({"x": 0.0}).total == 0.0
    found = chain("3x ln y + y e^{x^2} + 5", "x")
    point = {"x": 1.0, "y": 2.0}
    assert found.values(point).total == pytest.approx(3 * math.log(2) + 4 * math.e, rel=1e-15)
    assert found.parts[0].values(point).total == pytest.approx(2 * math.e, rel=1e-15)
    with pytest.raises(TypeError, match="a value is needed for y"):
        found.values({"x": 1.0})


def test_there_is_no_value_at_a_kink():
    values = chain("|x - 1|").values({"x": 1.0})
    assert math.isnan(values.total)
    assert [factor.value for factor in values.paths[0].factors][1] == 1.0


FUNCTIONS = (
    *DECK, *KINDS, "1/(1+e^{-x})", "ln(1+e^x)", "sqrt(1-x^2)", "tanh(2x-1)", "relu(3x+1)", "sigmoid(w x + b)^2",
    "cos(sin(tan(x/2)))", "(x^2+1)^{-3}", "2^{sin x}", "sin(x)^{x^2}", "sin(e^{x^2}) + cos(x^2)", "arcsin(x/3)",
    "(y - w x)^2", "-y ln(sigmoid(w x)) - (1-y) ln(1-sigmoid(w x))", "log2(x^2+1)", "cbrt(2x+1)", "erf(x/2)",
    "gelu(2x)", "|sin x|", "Σ_{i=1}^{3} sin(2x_i)", "floor(2x)", "leaky_relu(2x)", "min(2x, x^2, 1)",
)  # fmt: skip


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_line_holds_and_can_be_typeset(text, katex):  # noqa: F811
    for variable in nd.parse(text).variables or ("x",):
        found = chain(text, variable)
        verification = found.verify()
        assert verification, verification.failed
        for part in (found, *found.parts):
            assert katex.ask(part.latex()).startswith("<span")
            assert katex.ask(part.latex("total")).startswith("<span")


def test_a_false_line_is_found():
    found = chain("sin(cos(x^2))")
    stage = found.stages[2]
    spoilt = replace(stage, line=Line(Mul(stage.line.tree, Number("1.001"))))
    broken = replace(found, stages=(*found.stages[:2], spoilt, *found.stages[3:]))
    assert [check.place for check in broken.verify().failed] == ["stages[2]"]
    assert broken.verify().failed[0].reason == "different"


def test_a_false_name_is_found():
    found = chain("sin(cos(x^2))")
    first, second = found.names
    for other in (replace(second, full=first.full), replace(second, expression=nd.parse("x^3").tree)):
        assert "names" in [check.place for check in replace(found, names=(first, other)).verify().failed]


def test_the_own_point_is_checked_where_there_is_a_derivative():
    assert chain("|x - 1|").verify({"x": 3.0}).at_point is True
    assert chain("|x - 1|").verify({"x": 1.0}).at_point is False
    assert chain("|x - 1|").verify().at_point is None


def test_without_any_point_the_lines_hold_of_none():
    verification = chain("ln(-x^2)").verify()
    assert verification.points == 0
    assert {check.reason for check in verification.checks if check.kind != "names"} == {"no_point_found"}


def test_what_cannot_be_decided_exactly_is_decided_in_float64():
    assert chain("max(x, e, e)^2").verify()  # sgn(max(x, e) − e) is that of a 0 that no enclosure can be sure of


@settings(deadline=None, max_examples=150)
@given(trees(NAMES := ("x", "y", "t"), max_leaves=12), st.sampled_from(NAMES))
def test_names_mean_one_thing_each_and_give_the_function_back(tree, variable):
    tree = expand_sums(tree)
    free = tuple(dict.fromkeys((*NAMES, "a", "x_0", "x_1", "x_2", "z_1")))
    found = chain(nd.Function(tree, free), variable)
    full = {named.name: named.full for named in found.names}
    assert len(full) == len(set(full.values())) == len(found.names)
    assert not set(full) & {*free, "e", "f"}
    assert substitute(found.outer, full) == tree
    written = found.outer
    for named in found.names:
        assert substitute(named.expression, full) == named.full
        written = substitute(written, {named.name: named.expression})
    assert written == tree
    for part in found.parts:
        assert substitute(part.outer, full) == part.function.tree


@settings(deadline=None, max_examples=100)
@given(trees(("x", "y"), max_leaves=12))
def test_no_line_of_any_chain_is_false(tree):
    found = chain(nd.Function(expand_sums(tree), (*NAMES, "a", "x_0", "x_1", "x_2", "x_3", "x_4", "z_1")), "x")
    # what cannot be decided (e to the power of 10^10, again and again) counts as failed; it is not shown to be false
    assert not [check for check in found.verify().checks if check.reason == "different"]


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_sum_of_the_products_is_the_derivative(text):
    f = nd.parse(text)
    point = {name: 0.30078125 + place / 8 for place, name in enumerate(f.variables)}  # inside of every domain
    for variable in f.variables:
        found = chain(f, variable)
        exact = exact_derivative(f.tree, {name: rational(value) for name, value in point.items()}, variable, 20)
        if exact.status == "ok":
            assert found.values(point).total == pytest.approx(float(exact.value), rel=1e-13, abs=1e-15)


def test_what_would_fill_hundreds_of_lines_is_not_taken_apart():
    long = nd.chain("(cosh(max(" + ",".join(f"e^({k}y)" for k in range(2, 42)) + ")))^y")
    assert (long.kind, long.reason, long.names, long.stages) == ("none", "too_long", (), ())
    assert long.verify({"y": 0.3})
    assert nd.export_python(long)
    assert nd.chain("sin(" * 30 + "x" + ")" * 30).kind == "chain"
