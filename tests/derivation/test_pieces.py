"""The derivative on both sides of a kink: right on each side, and nothing where there is more than one kink."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import numdiff as nd
from numdiff.derivation.pieces import cases_latex
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.tree import Add, Call, Mul, Sub, substitute
from tests.derivation.functions import FUNCTIONS
from tests.strategies import trees

X = nd.parse("x").tree

WRITTEN = [
    ("|x|", "1 & (x > 0)", "-1 & (x < 0)"),
    ("relu(x)", "1 & (x > 0)", "0 & (x < 0)"),
    ("max(0, x)", "1 & (x > 0)", "0 & (x < 0)"),
    ("min(0, x)", "0 & (x > 0)", "1 & (x < 0)"),
    ("relu(-x)", "0 & (x > 0)", "-1 & (x < 0)"),
    ("leaky_relu(x)", "1 & (x > 0)", "0.01 & (x < 0)"),
    ("leaky_relu(x, 0.2)", "1 & (x > 0)", "0.2 & (x < 0)"),
    ("relu(x)^2", "2x & (x > 0)", "0 & (x < 0)"),
    ("|2x - 1|", r"2 & (x > \frac{1}{2})", r"-2 & (x < \frac{1}{2})"),
    ("|x - 0.3|", "1 & (x > 0.3)", "-1 & (x < 0.3)"),
    ("relu(x/3 + 1)", r"\frac{1}{3} & (x > -3)", "0 & (x < -3)"),
    ("relu(2 - 3x) + |x - 2/3|", r"1 & (x > \frac{2}{3})", r"-4 & (x < \frac{2}{3})"),
    ("min(x, 1 - x)", r"-1 & (x > \frac{1}{2})", r"1 & (x < \frac{1}{2})"),
    ("max(2x + 1, x + 3)", "2 & (x > 2)", "1 & (x < 2)"),
    ("max(x^2, x)", "2x & (x^{2} > x)", "1 & (x^{2} < x)"),
    ("e^{-|x|}", "-e^{-x} & (x > 0)", "e^{x} & (x < 0)"),
    ("√|x|", r"\frac{1}{2 \sqrt{x}} & (x > 0)", r"-\frac{1}{2 \sqrt{-x}} & (x < 0)"),
    ("sign(x)x^3 + |x|", "3x^{2} + 1 & (x > 0)", "-3x^{2} - 1 & (x < 0)"),
    ("Σ_{i=1}^{2} i|x|", "3 & (x > 0)", "-3 & (x < 0)"),
]


@pytest.mark.parametrize(("typed", "first", "last"), WRITTEN)
def test_side_by_side(typed, first, last):
    pieces = nd.differentiate(typed).pieces
    assert cases_latex(pieces) == rf"\begin{{cases}} {first} \\ {last} \end{{cases}}"


@pytest.mark.parametrize(
    ("typed", "by", "conditions"),
    [
        ("relu(w x + b)", "w", ["w x + b > 0", "w x + b < 0"]),
        ("|y - p|", "p", ["y > p", "y < p"]),
        ("max(0, 1 - y z)", "z", ["1 > y z", "1 < y z"]),
        ("|w_1| + |w_2|", "w_2", ["w_{2} > 0", "w_{2} < 0"]),
        ("max(a x, x)", "x", ["a x > x", "a x < x"]),
    ],
)
def test_where_with_several_variables(typed, by, conditions):
    assert [piece.condition for piece in nd.differentiate(typed, by).pieces] == conditions


@pytest.mark.parametrize(
    "typed",
    [
        "x^2",  # no kink
        "x|x|",  # the derivative, 2|x|, needs no sign function
        "ln|x|",  # 1/x on both sides
        "|x| + |x - 1|",  # two kinks
        "|x| + |2 - x|",
        "||x| - 1|",  # a kink inside
        "max(x, 2x, 3)",
        "floor(x)|x|",
        "|x^2 + 1|",  # nothing on the other side
        "x^|x|",
        "|x|" + "".join(f"sin({k}x)" for k in range(1, 9)),  # too long to be read twice
    ],
)
def test_no_pieces(typed):
    assert nd.differentiate(typed).pieces == ()
    assert cases_latex(()) == ""


def holds(piece, at):
    gap = exact_value(Sub(piece.left, piece.right), at, 30)
    return gap.status == "ok" and (gap.value > 0 if piece.sign == ">" else gap.value < 0)


def assert_right_there(function, by, pieces, at):
    for piece in pieces:
        wanted = exact_derivative(function.tree, at, by, 30)
        if holds(piece, at) and wanted.status == "ok":
            found = exact_value(piece.tree, at, 30)
            assert found.status == "ok"
            assert abs(found.value - wanted.value) <= found.radius + wanted.radius + abs(wanted.value) * 1e-25


@pytest.mark.parametrize(
    "typed", [line for line in FUNCTIONS if any(name in line for name in ("|", "max", "min", "relu"))]
)
def test_right_on_both_sides(typed):
    function = nd.parse(typed)
    for by in function.variables:
        pieces = nd.differentiate(function, by).pieces
        assert len(pieces) in {0, 2}
        for shift in (-37, -12, -3, 5, 14, 50):
            at = {name: Fraction(shift + 7 * place, 16) for place, name in enumerate(function.variables, 1)}
            assert_right_there(function, by, pieces, at)


KINKS = st.sampled_from(("abs", "relu", "leaky_relu", "sign"))
INNER = st.sampled_from(("x", "-x", "2x - 1", "1 - x/3", "x^2 - x", "sin x", "y - x")).map(
    lambda typed: nd.parse(typed).tree
)
PLACES = st.sampled_from([Fraction(n, 64) for n in (-200, -129, -65, -31, 45, 70, 97, 150, 333)])


@given(trees(("x", "t"), functions=("sin", "exp"), sums=False, max_leaves=5), KINKS, INNER, PLACES, PLACES)
def test_right_for_any_function_with_one_kink(tree, name, inner, x, y):
    kinked = Call(name, (inner,))
    whole = Add(Mul(kinked, X), substitute(tree, {"t": kinked}))
    names = ("x", "y", "a")
    pieces = nd.differentiate(nd.Function(whole, names), "x").pieces
    assume(pieces)
    assert_right_there(nd.Function(whole, names), "x", pieces, {"x": x, "y": y, "a": Fraction(5, 4)})
