"""Dual numbers: f′ against mpmath's and SymPy's derivatives, kinks, edges, inactive branches, dtypes, shapes."""

from __future__ import annotations

import math

import ml_dtypes
import mpmath
import numpy as np
import pytest
import sympy

from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.tree import Add, Div, Mul, Neg, Node, Pow, Sub
from tests.evaluate.cases import ALL, POINTS, E, X, Y, call, n, power, ratio

EPS = float(np.finfo(float).eps)


@pytest.mark.parametrize(("name", "point"), POINTS)
def test_derivatives_agree_with_mpmath(name: str, point: float) -> None:
    tree, oracle, _ = ALL[name]
    with mpmath.workdps(50):
        x = mpmath.mpf(point)
        expected = mpmath.diff(oracle, x)
        # the local derivative is itself a function of the rounded x: its condition magnifies the rounding
        bound = 8 * EPS * (abs(expected) + abs(mpmath.diff(oracle, x, 2) * x))
        for argument in (point, np.array([point])):
            value, derivative = evaluate_dual(tree, {"x": argument}, "x")
            assert abs(mpmath.mpf(float(np.ravel(derivative)[0])) - expected) <= bound + mpmath.mpf(10) ** -300
            assert np.array_equal(value, evaluate(tree, {"x": argument}))


x_, y_ = sympy.symbols("x y", real=True)

COMPOSED: list[tuple[Node, sympy.Expr]] = [
    (Mul(Mul(n("3"), X), Pow(E, X)), 3 * x_ * sympy.exp(x_)),
    (Div(n("1"), Add(n("1"), Pow(E, Neg(X)))), 1 / (1 + sympy.exp(-x_))),
    (call("sin", Mul(X, call("cos", power(X, "2")))), sympy.sin(x_ * sympy.cos(x_**2))),
    (Div(call("ln", X), power(X, "3")), sympy.log(x_) / x_**3),
    (Pow(X, call("sin", X)), x_ ** sympy.sin(x_)),
    (Pow(Add(power(X, "2"), n("1")), X), (x_**2 + 1) ** x_),
    (Mul(call("sqrt", X), call("arctan", Mul(X, Y))), sympy.sqrt(x_) * sympy.atan(x_ * y_)),
    (Sub(Div(X, Y), Div(Y, X)), x_ / y_ - y_ / x_),
    (call("log", Add(X, n("2")), Add(Y, n("3"))), sympy.log(x_ + 2) / sympy.log(y_ + 3)),
    (call("log", Add(X, n("2")), Add(X, Y)), sympy.log(x_ + 2) / sympy.log(x_ + y_)),
    (call("max", Mul(X, Y), Sub(X, Y)), sympy.Max(x_ * y_, x_ - y_)),
    (call("leaky_relu", Sub(Y, X), Mul(X, Y)), sympy.Piecewise((y_ - x_, y_ >= x_), (x_ * y_ * (y_ - x_), True))),
]


@pytest.mark.parametrize(("tree", "expression"), COMPOSED)
@pytest.mark.parametrize("var", ["x", "y"])
def test_composed_derivatives_agree_with_sympy(tree: Node, expression: sympy.Expr, var: str) -> None:
    slope = sympy.diff(expression, {"x": x_, "y": y_}[var])
    for x, y in ((0.7, 1.3), (2.25, 0.4)):
        expected = float(slope.subs({x_: sympy.Rational(x), y_: sympy.Rational(y)}).evalf(30))
        derivative = evaluate_dual(tree, {"x": x, "y": y}, var)[1]
        # a few operations deep, no cancellation beyond a factor of 10 in these cases
        assert math.isclose(derivative, expected, rel_tol=1e-14, abs_tol=1e-15)


X2 = power(X, "2")
ABS = call("abs")

AT_ZERO = [
    ("x^2", X2, 0.0),
    ("x^1", power(X, "1"), 1.0),
    ("x^0", power(X, "0"), 0.0),
    ("x^1.5", power(X, "1.5"), 0.0),
    ("x^(5/3)", Pow(X, ratio(5, 3)), 0.0),
    ("2^x", Pow(n("2"), X), math.log(2)),
    ("x·|x|", Mul(X, ABS), 0.0),
    ("relu²", power(call("relu"), "2"), 0.0),
    ("|x²|", call("abs", X2), 0.0),
    ("max(x², x³)", call("max", X2, power(X, "3")), 0.0),
    ("relu(x) − relu(−x)", Sub(call("relu"), call("relu", Neg(X))), 1.0),
    ("max(x, x)", call("max", X, X), 1.0),
    ("√", call("sqrt"), math.inf),
    ("∛", call("cbrt"), math.inf),
    ("x^(1/3)", Pow(X, ratio(1, 3)), math.inf),
    ("abs", ABS, math.nan),
    ("−abs", Neg(ABS), math.nan),
    ("relu", call("relu"), math.nan),
    ("leaky_relu", call("leaky_relu"), math.nan),
    ("max(x, 0)", call("max", X, n("0")), math.nan),
    ("min(0, x)", call("min", n("0"), X), math.nan),
    ("sign", call("sign"), math.nan),
    ("floor", call("floor"), math.nan),
    ("ceil", call("ceil"), math.nan),
    ("x^(2/3)", Pow(X, ratio(2, 3)), math.nan),
    ("x^x", Pow(X, X), math.nan),
    ("0^x", Pow(n("0"), X), math.nan),
    ("ln(x)", Mul(n("0"), call("ln")), math.nan),
    ("√(x²)", call("sqrt", X2), math.nan),
]


@pytest.mark.parametrize(("tree", "expected"), [case[1:] for case in AT_ZERO], ids=[case[0] for case in AT_ZERO])
def test_at_zero(tree: Node, expected: float) -> None:
    for argument in (0.0, np.array([0.0, 0.0])):
        derivative = evaluate_dual(tree, {"x": argument}, "x")[1]
        assert np.allclose(derivative, expected, rtol=1e-15, equal_nan=True)


@pytest.mark.parametrize(
    ("tree", "point"),
    [(call("ln"), -1.0), (call("sqrt"), -1.0), (call("arcsin"), 2.0), (call("arcosh"), 0.5), (Pow(X, X), -0.5)],
)
def test_outside_the_domain_the_derivative_is_nan(tree: Node, point: float) -> None:
    assert np.isnan(evaluate_dual(tree, {"x": point}, "x")[1])


def test_a_part_without_the_variable_cannot_poison() -> None:
    pole = Div(n("1"), Y)
    assert evaluate_dual(Add(X, call("max", n("1"), Neg(pole))), {"x": 2.0, "y": 0.0}, "x")[1] == 1
    assert evaluate_dual(call("abs", Y), {"x": 2.0, "y": 0.0}, "x")[1] == 0
    assert evaluate_dual(call("max", X, call("sqrt", Y)), {"x": 2.0, "y": 0.0}, "x")[1] == 1
    assert evaluate_dual(call("max", X, call("sqrt", Y)), {"x": 2.0, "y": 0.0}, "y")[1] == 0
    assert evaluate_dual(pole, {"x": 2.0, "y": 0.0}, "x")[1] == 0
    assert evaluate_dual(n("7"), {"x": np.zeros(3)}, "x")[1].tolist() == [0, 0, 0]


def test_tails_keep_their_relative_accuracy() -> None:
    assert math.isclose(evaluate_dual(call("sigmoid"), {"x": 40.0}, "x")[1], math.exp(-40), rel_tol=1e-15)
    assert math.isclose(evaluate_dual(call("tanh"), {"x": 30.0}, "x")[1], 4 * math.exp(-60), rel_tol=1e-15)
    assert evaluate_dual(call("softplus"), {"x": 800.0}, "x")[1] == 1
    assert evaluate_dual(call("gelu"), {"x": -38.0}, "x")[1] < 0


DTYPES = (np.float16, ml_dtypes.bfloat16, np.float32, np.float64, np.longdouble, np.complex64, np.complex128)


@pytest.mark.parametrize("dtype", DTYPES, ids=lambda dtype: np.dtype(dtype).name)
@pytest.mark.parametrize("name", ALL)
def test_derivatives_have_the_dtype_asked_for(name: str, dtype: type) -> None:
    tree = ALL[name][0]
    for argument in (0.5, np.array([0.5, -0.5, 0.0, 2.0, -2.0, 1e4, math.nan, math.inf])):
        value, derivative = evaluate_dual(tree, {"x": argument}, "x", dtype)
        assert value.dtype == derivative.dtype == np.dtype(dtype)
        assert value.shape == derivative.shape == np.shape(argument)
        assert isinstance(derivative, np.generic) == (np.ndim(argument) == 0)
        assert np.array_equal(value, evaluate(tree, {"x": argument}, dtype), equal_nan=True)


@pytest.mark.parametrize("dtype", [np.float16, ml_dtypes.bfloat16, np.float32], ids=lambda dtype: np.dtype(dtype).name)
@pytest.mark.parametrize("name", ALL)
def test_low_precision_derivatives_err_by_that_precision(name: str, dtype: type) -> None:
    tree, oracle, points = ALL[name]
    limits = ml_dtypes.finfo(dtype)
    for point in np.array(points, dtype=float).astype(dtype):
        derivative = float(evaluate_dual(tree, {"x": point}, "x")[1])
        with mpmath.workdps(40):
            x = mpmath.mpf(float(point))
            expected = mpmath.diff(oracle, x)
            if not math.isfinite(derivative) or abs(x) > 5 or abs(x) < 0.01 or isinstance(expected, mpmath.mpc):
                continue  # parts overflow or underflow in float16, or the point was rounded across an edge
            bound = 12 * float(limits.eps) * (abs(expected) + abs(mpmath.diff(oracle, x, 2) * x))
            assert abs(derivative - expected) <= bound + 4 * float(limits.smallest_subnormal)


@pytest.mark.parametrize("name", ["sin", "exp", "arsinh", "arcsch", "arcsec", "sigmoid", "softplus", "silu", "gelu"])
def test_complex_derivatives_agree_with_the_real_ones(name: str) -> None:
    tree, _, points = ALL[name]
    for point in (float(point) for point in points if abs(float(point)) < 5):
        real = evaluate_dual(tree, {"x": point}, "x")[1]
        continued = evaluate_dual(tree, {"x": complex(point)}, "x")[1]
        assert abs(continued - real) <= 1e-13 * max(abs(real), 1)
    assert np.isnan(evaluate_dual(call("relu"), {"x": 1 + 0j}, "x")[1])
    assert np.isnan(evaluate_dual(call("sign"), {"x": 1 + 0j}, "x")[1])


def test_several_variables_broadcast() -> None:
    tree = Mul(X, call("sin", Y))
    x, y = np.ones((3, 1)), np.linspace(0, 1, 4)
    value, derivative = evaluate_dual(tree, {"x": x, "y": y}, "x")
    assert value.shape == derivative.shape == (3, 4)
    assert np.array_equal(derivative[0], np.sin(y))
