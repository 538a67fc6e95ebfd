"""Functions in pieces: the notations they are written in, against the function in Python, and the way back."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.conditions import piecewise
from numdiff.notation.limits import MAX_NODES
from numdiff.printing.latex import to_latex
from numdiff.printing.text import to_text
from numdiff.tree import Add, Call, Comparison, Joined, Mul, Neg, Node, Number, Piecewise, Pow, Sub, Variable, size

PLACES = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.25, 1.0, 1.5, 2.0, 3.0)


def relu(x):
    return x if x > 0 else 0


def sign(x):
    return -1 if x < 0 else 1 if x > 0 else 0


def square_or_minus(x):
    return x**2 if x >= 0 else -x


def hat(x):
    return x if 0 < x < 1 else 0


def ramp(x):
    return 0 if x < 0 else x if x < 1 else 1


def huber(x):
    return x**2 / 2 if abs(x) <= 1 else abs(x) - 0.5


def elu(x):
    return x if x > 0 else math.exp(x) - 1


def outside(x):
    return 1 if x < 0 or x > 2 else x


READ = [
    # LaTeX
    (r"f(x) = \begin{cases} x^2 & x \geq 0 \\ -x & x < 0 \end{cases}", square_or_minus),
    (r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", relu),
    (r"f(x)=\left\{\begin{array}{ll} x^2, & \text{if } x\ge 0 \\ -x, & x<0 \end{array}\right.", square_or_minus),
    (r"f(x)=\begin{cases}x^2 & (x\geq0)\\-x & (x<0)\end{cases}", square_or_minus),
    (r"f(x) = \begin{cases} 0, & x < 0, \\ x, & 0 \le x < 1, \\ 1, & x \ge 1. \end{cases}", ramp),
    (r"\begin{cases} 0 & \text{for } x \leqslant 0 \\ x & \text{else} \end{cases}", relu),
    (r"\mathrm{ReLU}(x) = \begin{cases} x & x>0 \\[4pt] 0 & \text{otherwise} \end{cases}", relu),
    (r"$f(x)=\begin{dcases} \frac{x^2}{2} & |x| \le 1 \\ |x| - \frac{1}{2} & |x| > 1 \end{dcases}$", huber),
    (r"\begin{cases} 1, \quad x < 0 \lor x > 2 \\ x, \quad \text{otherwise} \end{cases}", outside),
    (r"f(x)=\begin{cases} x & (x > 0 \text{일 때}) \\ 0 & (x \le 0 \text{일 때}) \end{cases}", relu),
    (r"\left\{x<0:-1,x>0:1,0\right\}", sign),
    # NumPy and its relatives
    ("np.where(x > 0, x, 0)", relu),
    ("torch.where(x > 0, x, torch.exp(x) - 1)", elu),
    ("tf.where(x >= 0., x**2, -x)", square_or_minus),
    ("jnp.where(jnp.abs(x) <= 1, 0.5*x**2, jnp.abs(x) - 0.5)", huber),
    ("np.where(x<0, -1, np.where(x>0, 1, 0))", sign),
    ("np.where((x > 0) & (x < 1), x, 0)", hat),
    ("np.where((x < 0) | (x > 2), 1, x)", outside),
    ("np.where(np.logical_or(x < 0, x > 2), 1, x)", outside),
    ("np.where(~(x <= 0), x, 0)", relu),
    ("where(x > 0, x, 0)", relu),
    ("np.piecewise(x, [x < 0, x >= 0], [lambda x: -x, lambda x: x**2])", square_or_minus),
    ("np.piecewise(x, [x > 0], [lambda t: x, 0])", relu),
    ("np.select([x < 0, x < 1], [0, x], default=1)", ramp),
    ("tf.cond(x > 0, lambda: x, lambda: 0)", relu),
    # Python
    ("x if x > 0 else 0", relu),
    ("-1 if x < 0 else (1 if x > 0 else 0)", sign),
    ("-1 if x < 0 else 1 if x > 0 else 0", sign),
    ("x if 0 < x < 1 else 0", hat),
    ("1 if x < 0 or x > 2 else x", outside),
    ("x if x > 0 and x < 1 else 0", hat),
    ("x if not x <= 0 else 0", relu),
    ("f = lambda x: x if x > 0 else 0", relu),
    ("def relu(x): return x if x > 0 else 0", relu),
    ("def relu(x):\n    if x > 0:\n        return x\n    else:\n        return 0", relu),
    ("def relu(x):\n    if x > 0:\n        return x\n    return 0", relu),
    ("def relu(x): if x > 0: return x else: return 0", relu),
    ("def f(x):     if x < 0:         return -1     elif x > 0:         return 1     else:         return 0", sign),
    ("def f(x):\n  if x < 0:\n    y = 0\n  elif x < 1:\n    y = x\n  else:\n    y = 1\n  return y", ramp),
    ("def f(x):\n    a = abs(x)\n    if a <= 1:\n        return a**2/2\n    return a - 0.5", huber),
    ("import numpy as np\ndef elu(x, a=1.0):\n    if x > 0:\n        return x\n    return a*(np.exp(x)-1)", elu),
    # JavaScript, C, R, MATLAB, spreadsheets
    ("x > 0 ? x : 0", relu),
    ("(x > 0) ? x : 0", relu),
    ("x < 0 ? -1 : x > 0 ? 1 : 0", sign),
    ("x < 0 ? -1 : (x > 0 ? 1 : 0)", sign),
    ("x => x > 0 ? x : 0", relu),
    ("const f = (x) => x >= 0 ? x*x : -x;", square_or_minus),
    ("function f(x) { return x > 0 ? x : 0; }", relu),
    ("function f(x) { if (x > 0) { return x; } else { return 0; } }", relu),
    ("function f(x) { if (x < 0) return -1; if (x > 0) return 1; return 0; }", sign),
    ("double f(double x) { if (x >= 0) return x*x; return -x; }", square_or_minus),
    ("x > 0 && x < 1 ? x : 0", hat),
    ("ifelse(x > 0, x, 0)", relu),
    ("f <- function(x) ifelse(x>0, x, 0)", relu),
    ("f = @(x) ifelse(x>0, x, 0)", relu),
    ("If(x>0, x, 0)", relu),
    ("=IF(x>0, x, 0)", relu),
    ("IF(AND(x>0, x<1), x, 0)", hat),
    # computer algebra
    ("Piecewise((x, x>0), (0, True))", relu),
    ("sp.Piecewise((-1, x < 0), (1, x > 0), (0, True))", sign),
    ("Piecewise((x, (x > 0) & (x < 1)), (0, True))", hat),
    ("Piecewise((x, And(x > 0, x < 1)), (0, True))", hat),
    ("Piecewise[{{x^2, x >= 0}, {-x, x < 0}}]", square_or_minus),
    ("Piecewise[{{x, x > 0}}, 0]", relu),
    ("If[x > 0, x, 0]", relu),
    ("Which[x < 0, -1, x > 0, 1, True, 0]", sign),
    ("piecewise(x>0, x, 0)", relu),
    ("piecewise(x<0, 0, x<1, x, 1)", ramp),
    # Desmos, textbooks, and as it is printed here
    ("{x < 0: -x, x >= 0: x^2}", square_or_minus),
    ("{x<0: -x, x^2}", square_or_minus),
    ("{x > 0 ∧ x < 1: x, 0}", hat),
    ("{x<0 또는 x>2: 1, x}", outside),
    ("{x² if x ≥ 0, −x otherwise}", square_or_minus),
    ("f(x) = { x^2 (x≥0), -x (x<0) }", square_or_minus),
    ("f(x) = x^2 (x≥0), -x (x<0)", square_or_minus),
    ("f(x)={x^2, x≥0; -x, x<0}", square_or_minus),
    ("{ x^2, x ≥ 0, -x, x < 0 }", square_or_minus),
    ("{x > 0: x, 그 외: 0}", relu),
    ("f(x)=x^2 (x≥0일 때), -x (x<0일 때)", square_or_minus),
    ("x for x > 0, 0 otherwise", relu),
    ("x when x>0, else 0", relu),
    ("x (x > 0), 0 (x ≤ 0)", relu),
    (r"f(x)=\begin{cases} x & \text{if $x > 0$} \\ 0 & \text{if $x \leq 0$} \end{cases}", relu),
    ("tf.where(tf.greater(x, 0), x, 0)", relu),
    ("Piecewise((x, Gt(x, 0)), (0, True))", relu),
    ("K.switch(x > 0, x, 0)", relu),
    ("def f(x):\n" + "".join(f"    if x < {n}: return {n}\n" for n in range(-12, -3)) + "    return x", lambda x: x),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), READ)
def test_what_is_written_in_pieces_is_read_as_meant(text, meant):
    f = nd.parse(text)
    assert len(f.variables) == 1
    assert [float(f(x)) for x in PLACES] == pytest.approx([meant(x) for x in PLACES], rel=1e-15)


@pytest.mark.parametrize("text", [text for text, _ in READ])
def test_the_echo_and_the_latex_are_read_as_the_same_tree(text):
    f = nd.parse(text)
    assert nd.parse(to_text(f.tree)).tree == f.tree
    assert nd.parse(f.latex()).tree == f.tree


@pytest.mark.parametrize(
    ("text", "variables", "at", "value"),
    [
        ("f(x, y) = x if x > y else y", ("x", "y"), (1, 2), 2),
        ("{w x + b > 0: w x + b, 0}", ("w", "x", "b"), (2, 3, 1), 7),
        ("2*np.where(x > 0, x, 0) + 1", ("x",), (3,), 7),
        ("sin({x>0: x, 0}) e^{x>0: 0, 1}", ("x",), (0,), 0),
        ("(x if x > 0 else 0)*y", ("x", "y"), (2, 5), 10),
        ("Σ_{i=1}^{2} {x_i > 0: x_i, 0}", ("x_1", "x_2"), (3, -4), 3),
        ("f(width) = {width > 1: width, 1}", ("width",), (4,), 4),
    ],
)
def test_pieces_stand_where_any_operand_does(text, variables, at, value):
    f = nd.parse(text)
    assert f.variables == variables
    assert float(f(*at)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "place"),
    [("{x>0: 2x+}", "+"), ("{x > 0: foo(x), 1}", "foo"), ("{x > : x, 1}", "}"), ("x > 0", ">"), ("{0<x<1}", "<")],
)
def test_what_is_wrong_in_a_piece_is_marked_there(text, place):
    with pytest.raises(nd.InputError) as refused:
        nd.parse(text)
    start, end = refused.value.span
    assert start < end <= len(text)
    assert place in text[start:end] or text.index(place) >= start - 3


def test_a_condition_alone_or_half_a_conditional_is_no_function():
    for text in ("x if x>0", "x > 0 ?", "{x>0: }", "np.where(x > 0)", r"\begin{cases} x \end{cases}", "And(x>0, y>0)"):
        with pytest.raises(nd.InputError):
            nd.parse(text)


def test_pieces_within_pieces_end_at_the_limits_of_the_notation():
    text = "x"
    for _ in range(60):
        text = f"{{x>0:{text},1}}"
    with pytest.raises(nd.InputError) as refused:
        nd.parse(text[:500])
    assert refused.value.code in {"too_deep", "comparison", "too_long", "unclosed_bracket"}
    many = "{" + ",".join(f"x<{n}:{n}" for n in range(60)) + ",x}"
    assert size(nd.parse(many).tree) <= MAX_NODES


# --- what is printed comes back --------------------------------------------------------------------------------------

_LEAVES: st.SearchStrategy[Node] = st.sampled_from(
    (Variable("x"), Variable("y"), Number("0"), Number("1"), Number("2"), Number("0.5"), Neg(Number("3")))
)


def _grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda two: Add(*two)),
        pairs.map(lambda two: Sub(*two)),
        pairs.map(lambda two: Mul(*two)),
        parts.map(lambda one: Pow(one, Number("2"))),
        parts.map(lambda one: Call("sin", (one,))),
        _pieces(parts),
    )


def _conditions(parts: st.SearchStrategy[Node]):
    one = st.builds(Comparison, parts, st.sampled_from(("<", "<=", ">", ">=", "=", "!=")), parts)
    both = st.tuples(one, one)
    return st.one_of(
        one,
        both.map(lambda two: Joined("and", two)),
        both.map(lambda two: Joined("or", two)),
        st.tuples(parts, parts, parts).map(
            lambda three: Joined("and", (Comparison(three[0], "<", three[1]), Comparison(three[1], "<=", three[2])))
        ),
    )


@st.composite
def _pieces(draw, parts):
    count = draw(st.integers(1, 3))
    conditions = [draw(_conditions(parts)) for _ in range(count)]
    has_otherwise = draw(st.booleans())
    values = [draw(parts) for _ in range(count + has_otherwise)]
    return piecewise(values, [*conditions, *[None] * has_otherwise])


TREES = _pieces(st.recursive(_LEAVES, _grown, max_leaves=6))


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_any_pieces_come_back_from_plain_text_and_from_latex(tree):
    for printed in (to_text(tree), to_latex(tree)):
        if len(printed) > 480 or size(tree) > MAX_NODES:
            continue
        try:
            again = nd.parse(f"f(x, y) = {printed}").tree
        except nd.InputError as refused:
            assert refused.code == "undefined_constant"  # noqa: PT017 - as {1 > 2: 3} alone
        else:
            assert again == tree


def test_the_condition_that_remains_is_no_condition():
    x, zero = Variable("x"), Number("0")
    above, below = Comparison(x, ">", zero), Comparison(x, "<=", zero)
    assert piecewise([x, zero], [above, below]) == piecewise([x, zero], [above, None]) == Piecewise((x, zero), (above,))


@pytest.mark.parametrize("text", ["sin^-1 x", "gamma(x)", "elu(x)", "log x", "sinc(x)"])
def test_what_is_noted_of_a_formula_is_noted_of_a_piece(text):
    codes = [note.code for note in nd.parse(text).notes]
    assert codes
    assert [note.code for note in nd.parse(f"{{x < 0: {text}, x}}").notes] == codes
    for note in nd.parse(f"{{x < 0: {text}, x}}").notes:
        assert all(reading.startswith("{x < 0: ") and nd.parse(reading) for reading in note.readings)
