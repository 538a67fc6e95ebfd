"""Nested roots, and constants that leave float64 when they are put together: an answer, and a true one."""

import random
from fractions import Fraction
from itertools import product

import mpmath
import numpy as np
import pytest

import numdiff as nd
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.tree import Number, walk

ROOTS = [
    *("√" * depth + "x" for depth in range(1, 8)),
    *(f"√(x {inner})" for inner in ("√x", "√(x√x)", "√(x√(x√x))")),
    *(
        f"{first}·{second}·{third}"
        for first, second, third in product(("√x", "√√x", "√√√x"), ("x", "√x", "√√x"), ("√√√x", "x^2"))
    ),
    *(f"1/({first}·√x·x)" for first in ("√√x", "√√√x")),
    *("√√|√|√(x/3+x)-1||", "√√√√√√|√|√(x/3+x)-1||·x", "(√√x·√x·x)^2/√√x", "cbrt(√√x)·√√x", "√|√|√|x|||"),
]


@pytest.mark.parametrize("text", ROOTS)
def test_nested_roots_have_derivatives(text):
    derivation = nd.differentiate(text)
    assert derivation.verify()
    assert nd.chain(text).verify()
    with mpmath.workdps(30):
        assert mpmath.almosteq(
            exact_value(derivation.result.tree, {"x": Fraction(5, 4)}).value,
            exact_derivative(derivation.function.tree, {"x": Fraction(5, 4)}, "x").value,
            mpmath.mpf(10) ** -25,
        )


HUGE = [
    *("x*1e299*1e299", "1e200x*1e200y", "x/1e-300/1e-300", "(3+1e299)*x/(5e-300)", "x^2/1e-299*1e299", "(1e200x)^2"),
    *("-(y t/(12345678901234567890/(y·1e-300)))", "((3+1e299)+5e-300)·√x/(−x+x)", "1e299x+9e299x+9e299x", "|1e299x|"),
    *("1e299x/1e-299+1e299x/1e-299", "e^(9e299x)·e^(9e299x)", "sin(9e299x)+sin(9e299x)", "½(9e299x+8e299x)·2"),
    *(
        *(
            "x" + "·1e299" * 20,
            "x" + "/1e-299" * 20 + "+x",
            "e^(x" + "·1e299" * 20 + ")·e^x",
            "(x" + "·1e299" * 20 + ")^2",
        ),
        "(x+1e299)^3",
        "ln(1e299x·1e299)",
        "√(x/1e-300)/1e-300",
        "x/(1e-200)^1",
        "max(1e299x, 1e299x^2)·1e10",
        "2^(1e-300x)/1e-300",
    ),
]


def _uses(f):
    at = {name: 0.5 + place for place, name in enumerate(f.variables)}
    variable = f.variables[0]
    derivation, chain = nd.differentiate(f, variable), nd.chain(f, variable)
    for function in (f, derivation.result):
        compile(function.python(), "f", "exec")
        function.javascript(), function.latex(), function(**at)
    compile(nd.export_python(derivation), "d", "exec")
    compile(nd.export_python(chain), "c", "exec")
    assert derivation.verify()
    assert chain.verify()
    chain.values(at)
    nd.graph(f, at)
    nd.gradient(f, at=at)
    nd.gradcheck(f, at=at, details=False)
    nd.gradcheck_sweep(f, at=at, kinks=False)
    return derivation


@pytest.mark.parametrize("text", HUGE)
def test_constants_beyond_float64_are_borne_everywhere(text):
    derivation = _uses(nd.parse(text))
    literals = [node.text for node in walk(derivation.result.tree) if isinstance(node, Number)]
    typed = [node.text for node in walk(derivation.function.tree) if isinstance(node, Number)]
    assert all(len(literal) <= 32 or literal in typed for literal in literals)


def _constant(chance):
    return chance.choice(["1e299", "9e299", "1e-300", "3e-299", "12345678901234567890", "1e150", "7", "0.1"])


def _formula(chance, depth=3):
    if depth == 0:
        return chance.choice(["x", "y", _constant(chance), _constant(chance)])
    left, right = _formula(chance, depth - 1), _formula(chance, depth - 1)
    return chance.choice(
        [f"({left}+{right})", f"({left}-{right})", f"({left}·{right})", f"({left}/{right})", f"√({left})"]
    )


@pytest.mark.parametrize("seed", range(60))
def test_formulas_of_extreme_constants_are_borne(seed):
    chance = random.Random(seed)
    for _ in range(20):
        try:
            f = nd.parse(_formula(chance))
        except nd.InputError:
            continue
        if f.variables:
            _uses(f)
            break


@pytest.mark.parametrize("size", ["1e-200", "1", "1e155", "1e299"])
def test_the_whole_gradient_s_error_has_no_range(size):
    f = nd.parse(f"(x^2+y^3)·{size}")
    check = nd.gradcheck(f, at={"x": 1.0, "y": 2.0}, details=False)
    numerical = [mpmath.mpf(variable.numerical) for variable in check.variables]
    analytic = [mpmath.mpf(variable.analytic) for variable in check.variables]
    apart = [a - n for a, n in zip(analytic, numerical, strict=True)]
    expected = mpmath.norm(apart) / max(mpmath.norm(analytic), mpmath.norm(numerical))
    assert check.relative == pytest.approx(float(expected), rel=1e-9)
    sweep = nd.gradcheck_sweep(f, at={"x": 1.0, "y": 2.0}, kinks=False)
    assert np.all(np.isfinite(sweep.whole))
