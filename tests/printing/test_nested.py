"""Functions inside one another whose definitions have their argument twice: the code stays short."""

import mpmath
import numpy as np
import pytest
import sympy

import numdiff as nd
from numdiff.functions import registry
from numdiff.functions.elementary import Elementary
from numdiff.printing.code import LONGEST_OPERANDS
from numdiff.printing.exact_code import to_exact
from numdiff.printing.javascript import to_javascript

DEPTH = 36
TWICE = Elementary(name="twice", slope="exp(-u**2)*(1 - 2*u**2)", definition="u*exp(-u**2)")
"""A function that no language has."""

DEFINED = sorted(row.name for row in registry.rows() if row.definition)


@pytest.fixture
def twice():
    registry.register(TWICE)
    yield
    registry.unregister("twice")


def nested(name: str, depth: int = DEPTH) -> nd.Function:
    return nd.parse(f"{name}({'x' if depth == 1 else nested(name, depth - 1).text})")


@pytest.mark.parametrize("library", ["sp", "mp"])
@pytest.mark.parametrize("name", DEFINED)
def test_exact_code_grows_with_the_formula(name, library):
    assert len(to_exact(nested(name).tree, {"x": "x"}, library)) < 6 * LONGEST_OPERANDS + 150 * DEPTH


@pytest.mark.parametrize("depth", [1, 8, DEPTH])
@pytest.mark.parametrize("name", ["silu", "gelu", "leaky_relu", "softplus"])
def test_the_value_is_that_of_the_function(name, depth):
    f = nested(name, depth)
    space = {"mp": mpmath, "min": min, "max": max, "x": mpmath.mpf(-0.7)}
    with mpmath.workdps(30):
        numeric = eval(to_exact(f.tree, {"x": "x"}, "mp"), space)  # noqa: S307 - what our own printer wrote
    assert float(numeric) == pytest.approx(float(f(-0.7)), rel=1e-12)


def test_the_expression_of_sympy_has_the_value_of_the_function():
    f, x = nested("silu", 8), sympy.Symbol("x", real=True)
    code = to_exact(f.tree, {"x": "x"}, "sp")
    assert "lambda" in code
    value = eval(code, {"sp": sympy, "x": x}).evalf(20, subs={x: sympy.Rational(1, 2)})  # noqa: S307
    assert float(value) == pytest.approx(float(f(0.5)), rel=1e-12)


def test_a_function_that_no_language_has_stays_short_in_each(twice, javascript):
    f = nested("twice", 30)
    python, script = f.python(), to_javascript(f.tree, ("x",))
    assert max(len(python), len(script)) < 20 * LONGEST_OPERANDS
    space = {}
    exec(python, space)  # noqa: S102 - what our own printer wrote
    (value,) = javascript.ask({"code": script, "points": [[0.9]]})
    assert space["f"](np.float64(0.9)) == pytest.approx(float(f(0.9)), rel=1e-12)
    assert value == pytest.approx(float(f(0.9)), rel=1e-12)
