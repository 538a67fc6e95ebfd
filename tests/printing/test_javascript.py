"""The printed JavaScript, run by node: exact texts, and the evaluator's values up to the last places.

The two run on different mathematical libraries (V8's fdlibm, NumPy's), each with an error of a few units in the last
place, and an expression can amplify that at will. So the tolerance is measured: the tree is evaluated several times
with every function value disturbed by up to 8 units of rounding (Monte Carlo arithmetic, D. S. Parker 1997), and four
times the spread of the results is allowed. Where a disturbance decides between a number, an infinity and NaN, nothing
is asked. The sign of a zero, and so of its reciprocal, is NumPy's choice in max and min and is not compared.
"""

import math
import random
import re

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings

from numdiff.evaluate.floats import evaluate
from numdiff.functions.javascript_recipes import HELPER_NAMES
from numdiff.functions.registry import FUNCTIONS
from numdiff.printing.javascript import JAVASCRIPT_HELPERS, to_javascript
from numdiff.tree import (
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
    children,
    expand_sums,
    integer_literal,
    odd_root,
    rebuild,
)
from numdiff.tree import variables as free_variables
from tests.strategies import trees

x, y = Variable("x"), Variable("y")
e, pi = Constant("e"), Constant("pi")
one, two, three = (Number(text) for text in "123")

UNIT = 2.0**-53
EXACT = frozenset(("abs", "sign", "floor", "ceil", "min", "max", "relu", "leaky_relu", "sqrt"))
POINTS = [0.0, 1.0, -1.0, 0.5, 2.0, -0.5, 1e-8, 3.7, 30.0, -750.0, 1e200, math.nan, math.inf, -math.inf]


def noisy(node: Node, arguments: dict[str, float], noise: random.Random) -> np.float64:
    """The value of the tree, each function value disturbed by up to 8 units of rounding."""
    match node:
        case Variable():
            return np.float64(arguments[node.name])
        case Pow(Constant("e"), _):
            parts = [1]
        case Pow(_, exponent) if integer_literal(exponent) is not None or odd_root(exponent) is not None:
            parts = [0]
        case Call("root"):
            parts = [0]
        case _:
            parts = list(range(len(children(node))))
    kept = list(children(node))
    values = {}
    for place in parts:
        values[f"v{place}"] = noisy(kept[place], arguments, noise)
        kept[place] = Variable(f"v{place}")
    value = evaluate(rebuild(node, tuple(kept)) if kept else node, values)
    if isinstance(node, Call) and node.name in {"digamma", "lgamma"}:  # sums whose terms cancel beside their zeros
        value += np.float64(noise.choice((-1, 1)) * 32 * UNIT)
    is_exact = not isinstance(node, Pow | Call) or (isinstance(node, Call) and node.name in EXACT)
    return value if is_exact else value * np.float64(1 + noise.choice((-8, -4, 4, 8)) * UNIT)


def kind(value: float) -> str:
    return "nan" if math.isnan(value) else "inf" if math.isinf(value) else "number"


def sent(value: float) -> float | str | None:
    return None if math.isnan(value) else value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def ask(javascript, tree: Node, names: tuple[str, ...], points: list[tuple[float, ...]]) -> list[float]:
    question = {"code": to_javascript(tree, names), "points": [[sent(v) for v in point] for point in points]}
    return [float(value) for value in javascript.ask(question)]


def assert_agrees(javascript, tree: Node) -> None:
    names = free_variables(tree)
    columns = [POINTS[4 * place :] + POINTS[: 4 * place] for place in range(len(names))]
    points = list(zip(*columns, strict=True)) if names else [()]
    written = expand_sums(tree)
    for point, value in zip(points, ask(javascript, tree, names, points), strict=True):
        arguments = dict(zip(names, point, strict=True))
        with np.errstate(all="ignore"):
            expected = float(evaluate(tree, arguments))
            noise = random.Random(1)
            disturbed = [float(noisy(written, arguments, noise)) for _ in range(12)]
        if {kind(other) for other in disturbed} != {kind(expected)}:
            continue
        where = (to_javascript(tree, names), point, value, expected)
        assert kind(value) == kind(expected), where
        if kind(expected) == "number":
            spread = max(abs(other - expected) for other in disturbed)
            assert abs(value - expected) <= 4 * spread + 4 * UNIT * abs(expected) + 1e-300, where


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Mul(Mul(three, x), Pow(e, x)), "(x) => 3*x*Math.exp(x)"),
        (Neg(Pow(x, two)), "(x) => -Math.pow(x, 2)"),
        (Pow(Neg(x), Neg(two)), "(x) => Math.pow(-x, -2)"),
        (Sub(x, Neg(y)), "(x, y) => x - (-y)"),
        (Neg(Neg(x)), "(x) => -(-x)"),
        (Sub(x, Sub(y, one)), "(x, y) => x - (y - 1)"),
        (Div(x, Mul(two, y)), "(x, y) => x/(2*y)"),
        (Pow(x, Div(one, three)), "(x) => Math.cbrt(x)"),
        (Pow(x, Div(two, three)), "(x) => Math.pow(Math.cbrt(x), 2)"),
        (Call("arccot", (x,)), "(x) => Math.PI/2 - Math.atan(x)"),
        (Call("sec", (Div(one, x),)), "(x) => 1/Math.cos(1/x)"),
        (Call("log", (x, three)), "(x) => Math.log(x)/Math.log(3)"),
        (IndexedSum("i", 1, 2, Mul(three, Indexed("x", "i"))), "(x_1, x_2) => 3*x_1 + 3*x_2"),
        (Mul(pi, Variable("theta")), "(v0) => Math.PI*v0"),
        (Mul(Variable("야식"), Variable("width")), "(v0, v1) => v0*v1"),
        (Mul(Number("010"), Number("1e-4")), "() => 10*1e-4"),
    ],
)
def test_an_expression_is_printed_as_a_function_of_numbers(tree: Node, expected: str) -> None:
    assert to_javascript(tree, free_variables(tree)) == expected


def test_helpers_are_defined_around_the_function_or_left_to_the_page() -> None:
    tree = Call("sigmoid", (x,))
    definition = "const sigmoid = (z) => 1 / (1 + Math.exp(-z));"
    assert to_javascript(tree, ("x",)) == f"(() => {{\n{definition}\nreturn (x) => sigmoid(x);\n}})()"
    assert to_javascript(tree, ("x",), inline_helpers=False) == "(x) => sigmoid(x)"
    assert "const erf" in to_javascript(Call("gelu", (x,)), ("x",))
    assert all(f"const {name} =" in JAVASCRIPT_HELPERS for name in HELPER_NAMES)


@pytest.mark.parametrize("name", ["alert(1)", "var", "Math", "erf", "x;y", "\u2028", "__proto__", "ab"])
def test_what_was_typed_does_not_get_into_the_code(name: str) -> None:
    assert to_javascript(Mul(two, Variable(name)), ("x", name)) == "(x, v1) => 2*v1"


@settings(max_examples=200, deadline=None)
@given(trees())
def test_the_code_consists_of_known_words_only(tree: Node) -> None:
    code = to_javascript(tree, free_variables(tree), inline_helpers=False)
    words = set(re.findall(r"[^\W\d][\w.]*", re.sub(r"\d[\d.]*(e-?\d+)?", "", code)))
    assert all(re.fullmatch(r"Math\.\w+|[a-z](_\w*)?|v", word) or word in HELPER_NAMES for word in words), words


def test_erf_is_exact_to_a_few_units_in_the_last_place(javascript) -> None:
    points = [*np.linspace(-7, 7, 701).tolist(), 1e-300, 1e-9, 0.46875, 4.0, 6.0, 27.0]
    for point, value in zip(points, ask(javascript, Call("erf", (x,)), ("x",), [(p,) for p in points]), strict=True):
        assert abs(value - mpmath.erf(point)) <= 4 * UNIT * abs(value), point
    assert ask(javascript, Call("erf", (x,)), ("x",), [(math.inf,), (-math.inf,)]) == [1.0, -1.0]


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (1.0, math.nan, 1.0),
        (1.0, math.inf, 1.0),
        (-1.0, -math.inf, 1.0),
        (math.nan, 0.0, 1.0),
        (-8.0, 0.5, math.nan),
        (-math.inf, 0.5, math.nan),
    ],
)
def test_powers_have_the_edge_cases_of_numpy(javascript, base: float, exponent: float, expected: float) -> None:
    (value,) = ask(javascript, Pow(x, y), ("x", "y"), [(base, exponent)])
    with np.errstate(invalid="ignore"):
        np.testing.assert_equal(value, np.power(base, exponent))
    np.testing.assert_equal(value, expected)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_agrees_with_the_evaluator(javascript, name: str) -> None:
    second = Number("5") if name in ("root", "log") else y
    assert_agrees(javascript, Call(name, (x, second)[: FUNCTIONS[name][0]]))


@settings(max_examples=150, deadline=None)
@given(trees())
def test_the_code_agrees_with_the_evaluator(javascript, tree: Node) -> None:
    assert_agrees(javascript, tree)
