"""Tidied derivatives in the form a textbook prints, and what stays as it was typed."""

import pytest

import numdiff as nd
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.tidy import tidy
from numdiff.printing.latex import to_latex

NUMBERS = [
    ("4x/6", r"\frac{2}{3}"),
    ("x^{4/6}", r"\frac{2}{3} x^{-\frac{1}{3}}"),
    ("√(x+√x)", r"\frac{2 \sqrt{x} + 1}{4 \sqrt{x + \sqrt{x}} \sqrt{x}}"),
    ("Σ_{i=1}^{4} x^i/i", "1 + x + x^{2} + x^{3}"),
    ("Σ_{i=1}^{3} sin(i x)", r"\cos x + 2 \cos 2x + 3 \cos 3x"),
]
POWERS = [
    ("(2x)^3", "24x^{2}"),
    ("arctan(0.5x)", r"\frac{0.5}{1 + 0.25x^{2}}"),
    ("arctan(1.2345x)", r"\frac{1.2345}{1 + (1.2345x)^{2}}"),
    ("(1/x)^3", r"-\frac{3}{x^{4}}"),
    ("(-2/x)^3", r"\frac{24}{x^{4}}"),
    ("((x+1)/(x-1))^3", r"-\frac{6 (x + 1)^{2}}{(x - 1)^{4}}"),
    ("erf(x/√2)", r"\frac{2 e^{-\frac{x^{2}}{2}}}{\sqrt{\pi} \sqrt{2}}"),
    ("arcsin(√x)", r"\frac{1}{2 \sqrt{1 - x} \sqrt{x}}"),
    ("arcsin(e^{-x})", r"-\frac{e^{-x}}{\sqrt{1 - e^{-2x}}}"),
    ("arccos(2x)", r"-\frac{2}{\sqrt{1 - 4x^{2}}}"),
    ("arccos(1/x)", r"\frac{1}{x^{2} \sqrt{1 - \frac{1}{x^{2}}}}"),
    ("arcsec(√x)", r"\frac{1}{2x \sqrt{x - 1}}"),
    ("2^{2^x}", r"2^{2^{x}} \cdot 2^{x} (\ln 2)^{2}"),
]
FRACTIONS = [
    ("arctan(1/x)", r"-\frac{1}{x^{2} + 1}"),
    ("arctan(x/a)", r"\frac{a}{a^{2} + x^{2}}"),
    ("(1+1/x)^x", r"(1 + \frac{1}{x})^{x} (\ln(1 + \frac{1}{x}) - \frac{1}{x + 1})"),
    ("1/(1 + 1/(1 + 1/x))", r"-\frac{1}{(2x + 1)^{2}}"),
    ("B log10(1 + S/N)", r"-\frac{B S}{N \ln(10) (N + S)}"),
]
PIECES = [
    ("max(2x+1, x+3)", r"\frac{3 + \operatorname{sgn}(x - 2)}{2}"),
]
TYPED = [
    ("e^{(√x)^2}", r"e^{(\sqrt{x})^{2}}"),
    ("sin(2·3x)", r"6 \cos(2 \cdot 3x)"),
    ("cos(1x)", r"-\sin 1x"),
    ("√(1+(x/a)^2)", r"\frac{x}{a^{2} \sqrt{1 + (\frac{x}{a})^{2}}}"),
    ("√((x-1)/(x+1))", r"\frac{1}{\sqrt{\frac{x - 1}{x + 1}} (x + 1)^{2}}"),
]
"""Arguments, bases and exponents that the learner wrote are found again in the result."""

BY = {"arctan(x/a)": "x", "√(1+(x/a)^2)": "x", "B log10(1 + S/N)": "N"}


@pytest.mark.parametrize(("typed", "printed"), [*NUMBERS, *POWERS, *FRACTIONS, *PIECES, *TYPED])
def test_the_form_of_a_textbook(typed, printed):
    derivation = nd.differentiate(typed, BY.get(typed))
    assert derivation.result.latex() == printed
    assert derivation.verify()


def test_no_power_of_a_power_is_left_in_an_exponent():
    assert r"e^{-\frac{x^{4}}{2}}" in nd.differentiate("gelu(x^2)").result.latex()


def test_what_was_typed_is_kept_and_nothing_else():
    tree = nd.parse("e^{(√x)^2}").tree
    assert tidy(tree) == tree
    assert to_latex(tidy(tree, Order())) == "e^{x}"


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ("arcsin(√x)", ["fraction", "powers"]),
        ("Σ_{i=1}^{3} sin(i x)", ["obvious"]),
        ("arctan(1/x)", ["fraction", "powers", "clear"]),
    ],
)
def test_tidying_inside_is_a_named_step_too(typed, rules):
    assert [step.rule for step in nd.differentiate(typed).tidying] == rules
