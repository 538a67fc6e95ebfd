"""The printed LaTeX: exact texts, KaTeX's consent, a bounded length, and the way back through the notation."""

import re

import pytest
from hypothesis import assume, given, settings

from numdiff.functions.registry import FUNCTIONS
from numdiff.notation.errors import InputError
from numdiff.notation.limits import MAX_CHARACTERS, MAX_NODES
from numdiff.notation.source import read
from numdiff.printing.latex import LATEX_LIMIT, to_latex
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    size,
    transform,
    walk,
)
from tests.strategies import trees

x, y = Variable("x"), Variable("y")
e, pi = Constant("e"), Constant("pi")
one, two, three = (Number(text) for text in "123")

KNOWN_COMMANDS = frozenset(
    (
        *("frac", "sqrt", "cdot", "sum", "ln", "log", "exp", "min", "max", "operatorname", "mathrm", "text", "pi"),
        *("sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth"),
        *("lvert", "rvert", "lfloor", "rfloor", "lceil", "rceil", "sigma", "theta", "lambda"),
        *("Gamma", "psi", "begin", "end", "le", "ge", "ne"),
    )
)
LIMITS = {"too_long", "too_many_nodes", "too_deep", "too_many_variables", "exponent_too_large"}
LIMITS |= {"constant_too_large", "undefined_constant"}


def call(name: str, *arguments: Node) -> Call:
    return Call(name, arguments)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        # products and numbers
        (Mul(Mul(three, x), Pow(e, x)), "3x e^{x}"),
        (Mul(two, three), r"2 \cdot 3"),
        (Mul(x, two), r"x \cdot 2"),
        (Mul(x, Pow(two, three)), r"x \cdot 2^{3}"),
        (Mul(two, Div(one, two)), r"2 \cdot \frac{1}{2}"),
        (Mul(Div(one, two), x), r"\frac{1}{2} x"),
        (Mul(Mul(two, pi), x), r"2 \pi x"),
        (Mul(two, e), "2 e"),
        (Mul(x, Add(x, one)), "x (x + 1)"),
        (Mul(Variable("f"), Add(x, one)), r"f \cdot (x + 1)"),
        (Mul(Variable("sigma"), Add(x, one)), r"\sigma \cdot (x + 1)"),
        (Mul(Variable("width"), Add(x, one)), r"\mathrm{width} \cdot (x + 1)"),
        (Mul(x, Mul(y, x)), "x (y x)"),
        (Number("1e-4"), "10^{-4}"),
        (Number("2e3"), r"2 \cdot 10^{3}"),
        (Mul(x, Number("2e3")), r"x (2 \cdot 10^{3})"),
        (Mul(x, Number("1e3")), r"x \cdot 10^{3}"),
        (Pow(Number("1e-4"), two), "(10^{-4})^{2}"),
        (Number("0.50"), "0.50"),
        # signs
        (Neg(x), "-x"),
        (Neg(Mul(two, x)), "-2x"),
        (Mul(Neg(two), x), "(-2) x"),
        (Neg(Neg(x)), "-(-x)"),
        (Neg(Add(x, y)), "-(x + y)"),
        (Neg(Pow(x, two)), "-x^{2}"),
        (Pow(Neg(x), two), "(-x)^{2}"),
        (Sub(x, Neg(y)), "x - (-y)"),
        (Add(x, Neg(y)), "x + (-y)"),
        (Add(Neg(x), y), "-x + y"),
        (Mul(x, Neg(y)), "x (-y)"),
        (Sub(x, Sub(y, one)), "x - (y - 1)"),
        (Sub(Sub(x, y), one), "x - y - 1"),
        # quotients, powers, roots
        (Div(one, Add(one, Pow(e, Neg(x)))), r"\frac{1}{1 + e^{-x}}"),
        (Pow(Pow(x, two), three), "(x^{2})^{3}"),
        (Pow(x, Pow(two, three)), "x^{2^{3}}"),
        (Pow(Div(x, y), two), r"(\frac{x}{y})^{2}"),
        (Pow(Variable("x_1"), two), "x_{1}^{2}"),
        (call("sqrt", Add(x, one)), r"\sqrt{x + 1}"),
        (call("cbrt", x), r"\sqrt[3]{x}"),
        (call("root", x, Number("5")), r"\sqrt[5]{x}"),
        (Pow(call("sqrt", x), two), r"(\sqrt{x})^{2}"),
        # functions and their arguments
        (call("sin", x), r"\sin x"),
        (call("sin", Mul(two, x)), r"\sin 2x"),
        (call("sin", Mul(Mul(two, pi), x)), r"\sin 2 \pi x"),
        (call("sin", Pow(x, two)), r"\sin x^{2}"),
        (call("sin", Div(x, two)), r"\sin \frac{x}{2}"),
        (call("sin", Mul(x, y)), r"\sin(x y)"),
        (call("sin", Add(x, one)), r"\sin(x + 1)"),
        (call("sin", Neg(x)), r"\sin(-x)"),
        (call("sin", call("cos", x)), r"\sin(\cos x)"),
        (call("ln", call("abs", x)), r"\ln \lvert x \rvert"),
        (call("exp", Neg(x)), r"\exp(-x)"),
        (Mul(x, call("ln", x)), r"x \ln x"),
        (Mul(call("sin", x), call("cos", x)), r"\sin x \cos x"),
        (Mul(call("sin", x), y), r"\sin(x) y"),
        (Mul(call("sin", x), Add(x, one)), r"\sin(x) (x + 1)"),
        (Mul(Mul(call("sin", x), call("cos", x)), y), r"\sin x \cos(x) y"),
        (Add(call("sin", x), one), r"\sin x + 1"),
        (Pow(call("sin", x), two), r"\sin^{2} x"),
        (Pow(call("sech", Add(x, one)), two), r"\operatorname{sech}^{2}(x + 1)"),
        (Pow(call("sin", x), Neg(one)), r"(\sin x)^{-1}"),
        (Pow(call("ln", x), two), r"(\ln x)^{2}"),
        (Pow(call("abs", x), two), r"\lvert x \rvert^{2}"),
        (call("log10", x), r"\log_{10} x"),
        (call("log2", Add(x, one)), r"\log_{2}(x + 1)"),
        (call("log", x, Variable("b")), r"\log_{b} x"),
        (call("floor", x), r"\lfloor x \rfloor"),
        (call("ceil", x), r"\lceil x \rceil"),
        (call("max", Number("0"), x), r"\max(0, x)"),
        (call("relu", x), r"\operatorname{ReLU}(x)"),
        (call("sigmoid", x), r"\sigma(x)"),
        (Pow(call("sigmoid", x), two), r"\sigma(x)^{2}"),
        (call("sign", x), r"\operatorname{sgn}(x)"),
        (call("arsinh", x), r"\operatorname{arsinh} x"),
        # names
        (Mul(Variable("theta"), Variable("x_1")), r"\theta x_{1}"),
        (Mul(three, Variable("야식")), r"3 \text{야식}"),
        (Variable("width_2"), r"\mathrm{width}_{2}"),
        # sums over an index
        (IndexedSum("i", 1, 2, Mul(Mul(three, y), Indexed("x", "i"))), r"\sum_{i=1}^{2} 3y x_{i}"),
        (IndexedSum("i", 1, 2, Add(Indexed("x", "i"), one)), r"\sum_{i=1}^{2} (x_{i} + 1)"),
        (Mul(IndexedSum("i", -1, 2, Indexed("x", "i")), y), r"(\sum_{i=-1}^{2} x_{i}) y"),
        (Mul(y, IndexedSum("i", 1, 2, Indexed("x", "i"))), r"y \sum_{i=1}^{2} x_{i}"),
    ],
)
def test_an_expression_is_set_as_in_a_textbook(katex, tree: Node, expected: str) -> None:
    assert to_latex(tree) == expected
    katex.ask(expected)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"trigamma"}))  # which is not typed
def test_every_function_is_set_and_read_back(katex, name: str) -> None:
    second = Number("5") if name in ("root", "log") else y
    tree = Call(name, (x, second)[: FUNCTIONS[name][0]])
    for variant in (tree, Mul(tree, y), Mul(y, tree), Pow(tree, two), Pow(e, tree)):
        katex.ask(to_latex(variant))
        assert read(to_latex(variant)).tree == variant


@pytest.mark.parametrize("name", ["}", r"\rule{99em}{1em}", "$", "a b", "<b>", "x^2", "%", "#", "~", "{", "é", "&_"])
def test_a_name_cannot_carry_commands(katex, name: str) -> None:
    text = to_latex(Variable(name))
    assert not set(re.findall(r"\\([A-Za-z]+)", text)) - {"text", "textbackslash", "textasciicircum", "textasciitilde"}
    assert re.sub(r"\\[{}]", "", text).count("{") == re.sub(r"\\[{}]", "", text).count("}")
    katex.ask(text.replace("é", "e"))


@settings(max_examples=400, deadline=None)
@given(trees())
def test_katex_takes_it_and_no_command_is_foreign(katex, tree: Node) -> None:
    text = to_latex(tree)
    katex.ask(text)
    assert set(re.findall(r"\\([A-Za-z]+)", text)) <= KNOWN_COMMANDS
    assert not re.search(r"\d+(\.\d+)?e-?\d", text)


def as_printed(node: Node) -> Node:
    """The literal 2e3 as it is printed and read back: 2·10³."""
    if not isinstance(node, Number) or "e" not in node.text:
        return node
    mantissa, _, places = node.text.partition("e")
    exponent = Neg(Number(places[1:])) if places.startswith("-") else Number(places)
    power = Pow(Number("10"), exponent)
    return power if mantissa == "1" else Mul(Number(mantissa), power)


@settings(max_examples=600, deadline=None)
@given(trees())
def test_the_notation_reads_it_back(tree: Node) -> None:
    try:
        result = read(to_latex(tree)).tree
    except InputError as error:
        assume(error.code not in LIMITS)
        raise
    assert result == transform(tree, as_printed)


@settings(max_examples=200, deadline=None)
@given(trees(max_leaves=60))
def test_the_length_is_linear_in_the_tree(tree: Node) -> None:
    nodes = sum(1 for _ in walk(tree))
    assert len(to_latex(tree)) <= 30 * nodes


def chain(part: Node, length: int) -> Node:
    tree = part
    for _ in range(length - 1):
        tree = Mul(tree, part)
    return tree


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        (call("leaky_relu", x), len("lrelu(x)")),
        (call("arsech", x), len("asech x")),
        (call("abs", x), len("|x|")),
        (Number("1e-9"), len("1e-9*")),
        (Number("2e-9"), len("2e-9*")),
        (Div(one, two), 1),
        (Variable("upsilon"), 1),
        (Variable("upsilon_1"), 2),
        (Variable("야식"), 3),
        (Pow(x, two), 2),
        (Pow(Neg(x), Neg(two)), len("(-x)⁻²")),
        (call("sqrt", x), 2),
        (Neg(Neg(x)), len("(--x)")),
    ],
)
def test_the_longest_inputs_stay_within_the_limit(part: Node, typed: int) -> None:
    length = min(MAX_CHARACTERS // typed, MAX_NODES // (size(part) + 1))
    assert len(to_latex(chain(part, length))) <= LATEX_LIMIT


def test_a_long_quotient_does_not_exhaust_the_stack() -> None:
    tree: Node = x
    for _ in range(MAX_NODES // 2):
        tree = Div(tree, two)
    assert to_latex(tree).count("frac") == MAX_NODES // 2
