"""Answers in any form are judged by what they mean, and a known mistake is named."""

from __future__ import annotations

import pytest

from numdiff.evaluate.floats import evaluate
from numdiff.function import parse
from numdiff.notation.errors import InputError
from numdiff.practice.exercise import FORMULAS, LEVELS, FormulaExercise, exercise
from numdiff.practice.judge import judge
from numdiff.practice.mistakes import MISTAKES, Differentiator, mistaken
from numdiff.printing.text import to_text
from numdiff.tree import size


def ask(text: str, variable: str = "x") -> FormulaExercise:
    return FormulaExercise("chain", 1, 0, parse(text), variable)


RIGHT = [
    ("e^(3x^2)", "x", "6x e^{3x^2}"),
    ("e^(3x^2)", "x", "2*3*x*exp(3*x**2)"),
    ("e^(3x^2)", "x", r"6x\,e^{3x^2}"),
    ("e^(3x^2)", "x", "6x (e^x)^(3x)"),
    ("ln x + 1/x", "x", "1/x - x^-2"),
    ("ln x + 1/x", "x", "(x-1)/x^2"),
    ("3x e^x", "x", "3e^x(1+x)"),
    ("3x e^x", "x", "3exp(x) + 3x*exp(x)"),
    ("1/(1+e^-x)", "x", "σ(x)(1-σ(x))"),
    ("1/(1+e^-x)", "x", "1/(e^x + 2 + e^-x)"),
    ("1/(1+e^-x)", "x", "1/(4cosh(x/2)^2)"),
    ("sin(x)^2", "x", "sin(2x)"),
    ("sin(x)^2", "x", "2 sin(x) cos(x)"),
    ("tan x", "x", "1 + tan(x)^2"),
    ("tan x", "x", "1/cos(x)^2"),
    ("√x", "x", "1/(2√x)"),
    ("√x", "x", "½ x^(-1/2)"),
    ("x^(1/3)", "x", "1/(3 x^(2/3))"),
    ("|x|", "x", "x/|x|"),
    ("|x|", "x", "sign(x)"),
    ("ln(x^2)", "x", "2/x"),
    ("2^x", "x", "ln(2)*2^x"),
    ("log10(x)", "x", "1/(x ln(10))"),
    ("3x ln y + y e^(x^2) + 5", "y", "3x/y + exp(x²)"),
    ("-sum(3y x_i, i, 1, 2)", "x_1", "-3y"),
    ("7", "x", "0"),
    ("x^x", "x", "x^x (1 + ln x)"),
]


@pytest.mark.parametrize(("text", "variable", "answer"), RIGHT)
def test_a_right_answer_in_an_unusual_form_is_right(text, variable, answer):
    assert judge(ask(text, variable), answer).right is True


WRONG = [
    ("e^(3x^2)", "x", "e^(3x^2)", "inner"),
    ("e^(3x^2)", "x", "-6x e^(3x^2)", "sign"),
    ("sin(2x)", "x", "cos(2x)", "inner"),
    ("(x^2+1)^3", "x", "3(x^2+1)^2", "inner"),
    ("ln(x^2+1)", "x", "1/(2x)", "inner_only"),
    ("3x e^x", "x", "3e^x", "product"),
    ("x^2 sin(x)", "x", "2x sin(x)", "product_half"),
    ("x^2 sin(x)", "x", "x^2 cos(x)", "product_other_half"),
    ("sin(x)/(x^2+1)", "x", "cos(x)/(2x)", "quotient"),
    ("x^2 + x/(x+1)", "x", "2x - 1/(x+1)^2", "quotient_order"),
    ("sin(x)/(x^2+1)", "x", "(2x sin(x) - (x^2+1)cos(x))/sin(x)^2", "quotient_upside_down"),
    ("sin(x)/(x^2+1)", "x", "(cos(x)(x^2+1) - 2x sin(x))/(x^2+1)", "quotient_not_squared"),
    ("x^5", "x", "x^5 ln x", "power_as_exponential"),
    ("x^5", "x", "5x^5", "exponent_kept"),
    ("x^5", "x", "x^4", "exponent_not_multiplied"),
    ("2^x", "x", "x*2^(x-1)", "exponential_as_power"),
    ("2^x", "x", "2^x", "base_forgotten"),
    ("3x^2 + e^x + 7", "x", "6x + e^x + 7", "constant_kept"),
    ("ln x + x", "x", "1/ln(x) + 1", "logarithm_reciprocal"),
    ("x + cos x", "x", "1 + sin x", "sine_sign"),
    ("xy + 3e^-x + y^2", "x", "x + 2y", "variable"),
    ("x^2", "x", "2z", "unknown_variable"),
    ("x^2 + 3x", "x", "x^2 + 3x", "unchanged"),
    ("x^2 + 3x", "x", "4x + 6", "factor"),
    ("x^2 + 3x", "x", "2x", "term"),
    ("x^2", "x", "17x^3", ""),
]


@pytest.mark.parametrize(("text", "variable", "answer", "diagnosis"), WRONG)
def test_a_known_mistake_is_named(text, variable, answer, diagnosis):
    found = judge(ask(text, variable), answer)
    assert found.right is False
    assert found.diagnosis == diagnosis


def test_the_factor_and_the_term_are_told():
    assert judge(ask("x^2 + 3x"), "4x + 6").params == {"factor": "2"}
    assert judge(ask("x^2 + 3x"), "x + 3/2").params == {"factor": "1/2"}
    assert judge(ask("x^2 + 3x"), "2x").params == {"term": "-3"}
    assert judge(ask("x y"), "z y").params == {"variable": "z"}
    assert judge(ask("x^2 + x y"), "x").params == {"variable": "y"}


def test_what_is_not_understood_is_said_with_its_place():
    with pytest.raises(InputError):
        judge(ask("x^2"), "2x +")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", sorted(FORMULAS))
def test_the_answer_itself_is_right_and_every_mistake_in_it_is_wrong(kind, level):
    for seed in range(1, 4):
        made = exercise(kind, level, seed)
        assert isinstance(made, FormulaExercise)
        assert judge(made, to_text(made.answer.tree)).right is True
        for name in MISTAKES:
            wrong = mistaken(made.function.tree, made.variable, name)
            if wrong is None or size(wrong) > 60:
                continue
            found = judge(made, to_text(wrong))
            # a mistake may have no effect (the sign of sine, twice) or look like another one
            assert found.right or found.diagnosis, (made.function.text, name)


@pytest.mark.parametrize("text", ["x^3 sin(2x)", "e^(x^2)/(1 + x)", "ln(3x + 1)^2", "√(x^2 + 4) + 2^x", "x y^2 + y"])
def test_without_a_mistake_the_differentiator_is_right(text):
    f = parse(text)
    found = Differentiator("x")(f.tree)
    assert found is not None
    answer = FormulaExercise("chain", 1, 0, f, "x").answer
    for x in (0.3, 1.1, 2.7):
        values = dict.fromkeys(f.variables, x)
        wanted = answer(**dict.fromkeys(answer.variables, x))
        assert float(evaluate(found, values)) == pytest.approx(float(wanted), rel=1e-12)


@pytest.mark.parametrize("mistake", sorted(set(MISTAKES) - {"constant_kept"}))
def test_a_mistake_that_cannot_be_made_gives_nothing(mistake):
    assert mistaken(parse("x + y").tree, "x", mistake) is None
