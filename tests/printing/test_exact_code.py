"""The exact code has the value of the tree: in SymPy and in mpmath, wherever the real function has one."""

import math

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings

from numdiff.evaluate.exact import exact_value
from numdiff.evaluate.extent import asks_too_much
from numdiff.function import parse
from numdiff.functions.registry import FUNCTIONS
from numdiff.printing.exact_code import BOUNDS, is_smooth, to_exact
from numdiff.tree import Call, Neg, Number, Variable
from numdiff.tree import variables as free_variables
from tests.strategies import trees

NAMES = {name: f"v{place}" for place, name in enumerate(("x", "y", "t", "theta", "야식", "a"))}
AT = {name: 0.75 + place / 8 for place, name in enumerate(NAMES)}


def asked(tree, at):
    """Return the value that the code with bounds gives."""
    names = {name: name for name in at}
    space = {"mp": mpmath, "min": min, "max": max} | {name: mpmath.mpmathify(value) for name, value in at.items()}
    exec(BOUNDS.format("a comment"), space)  # noqa: S102 - what our own printer wrote
    with mpmath.workdps(40):
        return mpmath.mpmathify(eval(to_exact(tree, names, "mp", is_bounded=True), space))  # noqa: S307


def computed(code, library, at):
    with mpmath.workdps(40):
        if library == "mp":
            space = {"mp": mpmath, "min": min, "max": max} | {NAMES[name]: mpmath.mpf(at[name]) for name in at}
            return mpmath.mpmathify(eval(code, space))  # noqa: S307 - what our own printer wrote
        symbols = {name: sympy.Symbol(NAMES[name], real=True) for name in at}
        found = sympy.sympify(eval(code, {"sp": sympy} | {NAMES[name]: symbols[name] for name in at}))  # noqa: S307
        value = found.evalf(40, subs={symbols[name]: sympy.Rational(at[name]) for name in at})
        return mpmath.mpmathify(str(value))


@pytest.mark.parametrize(
    ("text", "symbolic", "numeric"),
    [
        ("3x e^x", "3*x*sp.exp(x)", "3*x*mp.exp(x)"),
        ("1/3 + 0.1x", 'sp.Integer(1)/3 + sp.Rational("0.1")*x', 'mp.mpf(1)/3 + mp.mpf("0.1")*x'),
        ("2^-x", "sp.Integer(2)**(-x)", "mp.mpf(2)**(-x)"),
        ("-x^2", "-x**2", "-x**2"),
        ("cbrt(x)", "sp.sign(x)*sp.Abs(x)**sp.Rational(1, 3)", "mp.sign(x)*mp.root(mp.fabs(x), 3)"),
        ("relu(x)", "sp.Max(x, 0)", "max(x, 0)"),
        ("5 - (x - 2)", "5 - (x - 2)", "5 - (x - 2)"),
    ],
)
def test_known_texts(text, symbolic, numeric):
    tree = parse(text).tree
    assert to_exact(tree, {"x": "x"}, "sp") == symbolic
    assert to_exact(tree, {"x": "x"}, "mp") == numeric


@pytest.mark.parametrize("library", ["sp", "mp"])
@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("x", [0.4, 1.6, -1.6])
def test_every_function_has_the_value_of_the_tree(name, library, x):
    rest = {"log": (Number("3"),), "root": (Number("5"),), "min": (Number("1"),), "max": (Number("1"),)}.get(name, ())
    tree = Call(name, (Neg(Neg(Variable("x"))), *rest))
    wanted = exact_value(tree, {"x": x})
    if wanted.status != "ok":
        return
    found = computed(to_exact(tree, NAMES, library), library, {"x": x})
    assert abs(found - wanted.value) <= mpmath.mpf(10) ** -30 * max(1, abs(wanted.value))


@settings(max_examples=80, deadline=None)
@given(trees())
def test_any_tree_has_its_value_in_mpmath(tree):
    at = {name: AT[name] for name in free_variables(tree)}
    wanted = exact_value(tree, at)
    assume(wanted.status == "ok" and abs(wanted.value) < 1e200)
    found = computed(to_exact(tree, NAMES, "mp"), "mp", at)
    # with 40 digits; where terms cancel, or an exponential makes a relative error of an absolute one, fewer are left
    assert math.isclose(float(found.real), float(wanted.value), rel_tol=1e-9, abs_tol=1e-20)


def test_what_is_smooth():
    assert is_smooth(parse("sin x + x^2 e^x + root(x, 4)").tree)
    for text in ("|x|", "relu(x)", "x^(1/3)", "cbrt(x)", "floor(x)", "root(x, 5)", "max(x, 1)"):
        assert not is_smooth(parse(text).tree), text


@settings(max_examples=60, deadline=None)
@given(trees(sums=False))
def test_with_bounds_the_values_are_the_same(tree):
    at = {name: AT[name] for name in free_variables(tree)}
    if asks_too_much(tree, at):
        return
    try:
        found = computed(to_exact(tree, NAMES, "mp"), "mp", at)
    except (ArithmeticError, ValueError):
        return
    bounded = asked(tree, at)
    assert found == bounded or (mpmath.isnan(found) and mpmath.isnan(bounded))


TOO_MUCH = [
    ("e^(e^(e^(e^x)))", 3), ("x^(x^(x^(x^x)))", 10), ("sin(e^(e^(e^x)))", 3), ("sigmoid(-(1e200x))", 2),
    ("e^(-(1e200x)^2)", 2),
    ("softplus(1e200x)", 2), ("tanh(1e200x)", 2), ("cosh(sinh(cosh(sinh(x))))", 3), ("x/sech(1e99x)", 2),
    ("0.5^(7^x)", 300),
]  # fmt: skip


@pytest.mark.parametrize(("text", "x"), TOO_MUCH)
def test_what_mpmath_would_not_come_back_from_is_too_large(text, x):
    tree = parse(text).tree
    assert asks_too_much(tree, {"x": x})
    assert asks_too_much(tree, {"x": np.array([0.0, x])})
    with pytest.raises(OverflowError, match="too large"):
        asked(tree, {"x": x})


@pytest.mark.parametrize("x", [mpmath.mpf("1e200"), mpmath.mpc(1, 1e200), mpmath.mpc(-1e200, 1)])
@pytest.mark.parametrize("name", ["exp", "cosh", "tanh"])
def test_complex_arguments_are_bounded_too(name, x):
    with pytest.raises(OverflowError, match="too large"):
        asked(Call(name, (Variable("x"),)), {"x": x})


@pytest.mark.parametrize("text", ["sin(1e200x)", "tan(x^9)", "ln(x^-999)", "e^(x^9)", "0^x", "x^-1000", "erf(1e200x)"])
def test_what_is_large_but_no_trouble_is_computed(text):
    tree = parse(text).tree
    assert not asks_too_much(tree, {"x": 20})
    assert mpmath.isfinite(asked(tree, {"x": 20}))
