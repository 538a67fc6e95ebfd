import pytest
from hypothesis import given, settings

import numdiff as nd
from numdiff.notation.lexer import tokenize
from numdiff.notation.limits import MAX_CHARACTERS
from numdiff.notation.parser import Parser
from numdiff.notation.words import resolve
from numdiff.printing.text import to_text
from tests.strategies import trees

LINES = [
    ("3x e^x", "3x·eˣ"),
    ("x**2", "x²"),
    (r"\frac{1}{1+e^{-x}}", "1/(1 + e⁻ˣ)"),
    ("sqrt(x^2+1)", "√(x² + 1)"),
    ("√x ln x", "√x·ln(x)"),
    ("|x-1|", "|x − 1|"),
    ("||x|-1|", "abs(|x| − 1)"),
    ("e^{3x^2}", "e^(3x²)"),
    ("e^(-2x)", "e⁻²ˣ"),
    ("sin^2 x", "sin(x)²"),
    ("-x^2 + 2", "−x² + 2"),
    ("(x+1)(x-1)/2", "(x + 1)·(x − 1)/2"),
    ("1e-4 x", "10⁻⁴·x"),
    ("x_1 θ", "x₁·θ"),
    ("체중(야식, 운동) = 2야식 - 운동", "2야식 − 운동"),
    ("f(x) = log_2 x", "log₂(x)"),
    ("x^(1/3)", "x^(1/3)"),
    ("def f(x): return np.exp(-x)", "exp(−x)"),
    ("Σ_{i=1}^{2} 3 y x_i", "sum(3y·x_i, i, 1, 2)"),
]


@pytest.mark.parametrize(("typed", "line"), LINES)
def test_a_formula_is_printed_on_one_line(typed, line):
    assert to_text(nd.parse(typed).tree) == line


@settings(max_examples=500, deadline=None)
@given(trees(scientific=False))
def test_what_is_printed_reads_back_as_the_same_tree(tree):
    line = to_text(tree)
    if len(line) <= MAX_CHARACTERS:
        assert read_back(line) == tree


def read_back(line):
    return Parser(line, resolve(line, tokenize(line, 0, len(line))), {}).parse()
