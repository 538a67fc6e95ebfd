"""Answers in any form are judged by what they mean, and a known mistake is named."""

from __future__ import annotations

import pytest

from numdiff.evaluate.floats import evaluate
from numdiff.function import parse
from numdiff.notation.errors import InputError
from numdiff.practice.differentiator import Differentiator
from numdiff.practice.exercise import FORMULAS, LEVELS, FormulaExercise, exercise
from numdiff.practice.judge import judge
from numdiff.practice.mistakes import MISTAKES, mistaken
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


PREFIXES = [
    *("", "f'(x) = ", "f'(x)=", "f′ = ", "f’(x)=", "y' = ", "y′=", "dy/dx = ", "df/dx =", "df(x)/dx = ", "∂f/∂x = "),
    *(r"\frac{dy}{dx} = ", r"\frac{\partial f}{\partial x}=", r"f^{\prime}(x) = ", "d/dx f = ", "d/dx (x^3) = ", "= "),
    *(r"\frac{d}{dx} x^3 = ", "f_x = ", "답: ", "정답: ", "정답은 ", "답은 f'(x) = ", "Answer: ", "따라서 y' = ", "∴ "),
    *("f(x) = ", "y = ", "Df(x) = "),
]
ENDINGS = ["", ".", ",", " .", "입니다", "입니다.", " 입니다.", "이다", "이다.", "이에요", "예요.", ";"]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("body", ["3x^2", "3X²", "3*x**2", "3x^{2}", "x+x+3x^2-2x"])
def test_what_stands_before_and_behind_an_answer_does_not_matter(prefix, body):
    for ending in ENDINGS:
        assert judge(ask("x^3"), prefix + body + ending).right is True, prefix + body + ending
    assert judge(ask("x^3"), f"${prefix}{body}$.").right is True
    assert judge(ask("x^3"), f"{prefix}{body} + 1").right is False


@pytest.mark.parametrize(
    ("text", "variable", "answer", "verdict"),
    [
        ("1/(1+e^(-x))", "x", "f(1-f)", True),
        ("1/(1+e^(-x))", "x", "f(x)(1-f(x))", True),
        ("1/(1+e^(-x))", "x", "y' = y(1-y).", True),
        ("1/(1+e^(-x))", "x", "f'(x) = f(x) - f(x)^2", True),
        ("1/(1+e^(-x))", "x", "σ(1-σ)", True),
        ("1/(1+e^(-x))", "x", "σ(x)(1-σ(x))", True),
        ("1/(1+e^(-x))", "x", "f(1+f)", False),
        ("tanh x", "x", "1-y²", True),
        ("tanh x", "x", "(1-f)(1+f)", True),
        ("e^(x^2)", "x", "2x f(x)", True),
        ("e^(x^2)", "x", "2xy", True),
        ("x y", "x", "y", True),  # y is the variable here
        ("x y", "x", "f/x", True),
        ("sin x", "x", "σ(1-σ)", False),
    ],
)
def test_an_answer_may_be_in_terms_of_the_function(text, variable, answer, verdict):
    assert judge(ask(text, variable), answer).right is verdict


@pytest.mark.parametrize(
    ("text", "answer", "digits"),
    [
        ("x/3", "0.33", "2"),
        ("x/3", "0.3333", "4"),
        ("x^(1/3)", "0.3333x^(-0.6667)", "4"),
        ("4^x", "1.386*4^x", "4"),
        ("4^x", "1.38*4^x", "3"),
        ("pi x^2", "6.283185307179586x", "16"),
        ("log_10(x)", "0.4343/x", "4"),
        ("x/7", "0.1428571428571428", "16"),
    ],
)
def test_a_rounded_answer_is_called_rounded(text, answer, digits):
    found = judge(ask(text), answer)
    assert (found.right, found.diagnosis, found.params) == (False, "rounded", {"digits": digits})


@pytest.mark.parametrize(("text", "answer"), [("x/3", "0.4"), ("x/3", "0.32"), ("4^x", "1.2*4^x"), ("x^2", "2.5x")])
def test_a_wrong_decimal_is_not_called_rounded(text, answer):
    assert judge(ask(text), answer).diagnosis != "rounded"


def test_a_factor_that_nobody_loses_is_not_named():
    assert judge(ask("5x^2 + 7"), "7x").diagnosis == ""


def test_a_place_belongs_to_the_text_as_typed():
    text = "f'(x) = f(1-f) + 2x +"
    with pytest.raises(InputError) as refused:
        judge(ask("x^2"), text)
    start, end = refused.value.span
    assert text[start:end] == "+"
    assert start == len(text) - 1


WRONG = [
    ("x^3", "x", "3x^2 + C", "plus_constant"),
    ("x^3", "x", "x^4/4", "integral"),
    ("x^3", "x", "x^4/4 + C", "integral"),
    ("ln x", "x", "x ln x - x", "integral"),
    ("x^3", "x", "3x^4", "exponent_raised"),
    ("x^(-2)", "x", "-2x^(-1)", "negative_exponent"),
    ("1/x^3", "x", "-3/x^2", "negative_exponent"),
    ("e^(x^2)", "x", "e^(2x)", "inner_only"),
    ("e^(x^2)", "x", "2x e^(2x)", "inner_only"),
    ("(2x+1)^5", "x", "5*2^4", "inner_only"),
    ("e^(2x)", "x", "2x e^(2x-1)", "exponential_as_power"),
    ("log_2(x)", "x", "1/x", "logarithm_base"),
    ("log10(3x+1)", "x", "3/(3x+1)", "logarithm_base"),
    ("log_5(x)", "x", "ln(5)/x", "logarithm_base"),
    ("sin(x)^2", "x", "2cos x", "power_of_derivative"),
    ("ln(x)^3", "x", "3/x", "power_of_derivative"),
    ("tan(x)^2", "x", "sec(x)^4", "power_of_derivative"),
    ("x/(x^2+1)", "x", "(3x^2+1)/(x^2+1)^2", "quotient_plus"),
    ("x/(x^2+1)", "x", "1/(x^2+1)", "quotient_numerator_only"),
    ("x/(x^2+1)", "x", "1-x^2", "quotient_not_squared"),
    ("1/(x^2+1)", "x", "1/(2x)", "quotient"),
    ("1/(x^2+1)", "x", "-1/(x^2+1)^2", "inner"),
    ("x^2 sin x", "x", "2x sin x - x^2 cos x", "product_minus"),
    ("sin(3x)", "x", "3cos(x)", "argument_lost"),
    ("x e^y+3y", "y", "e^y+3", "constant_factor"),
    ("x^2 + y^2", "x", "2x+2y", "other_differentiated"),
    ("x^2 y + y^3", "x", "2x+3y^2", "other_differentiated"),
    ("4x^3-2x", "x", "12x^2-2x", "linear_kept"),
    ("x^2+x^3", "x", "2x-3x^2", "sign_of_term"),
    ("√x", "x", "sqrt(x)/2", "exponent_kept"),
    ("3x^2+2x+1", "x", "3x+2", "exponent_not_multiplied"),
    ("e^(2x) + sin(3x)", "x", "2e^(2x) + cos(3x)", "inner"),
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


IN_SUMS = {"constant_kept", "linear_kept", "other_differentiated"}
"""Mistakes that can be made in x + y."""


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_that_cannot_be_made_gives_nothing(mistake):
    assert (mistaken(parse("x + y").tree, "x", mistake) is None) == (mistake not in IN_SUMS)
    assert mistaken(parse("x").tree, "x", mistake) is None
