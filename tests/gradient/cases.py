"""Functions of several variables, typed and as SymPy has them: an independent oracle for their derivatives."""

from __future__ import annotations

import numpy as np
import sympy
from sympy import Abs, Max, Min, asin, atan, cos, cosh, erf, exp, log, sin, sinh, sqrt, tan, tanh

x, y, z, w, u, v = sympy.symbols("x y z w u v", real=True)
x1, x2, x3 = sympy.symbols("x_1 x_2 x_3", real=True)
SIGMOID = lambda t: 1 / (1 + exp(-t))  # noqa: E731 - one line of a table

AT = {"x": 0.7, "y": 1.3, "z": -0.4, "w": 2.1, "u": 0.25, "v": -1.5, "x_1": 0.5, "x_2": -1.25, "x_3": 2.0}

DECK = [
    ("2x + 3xy + y^3", 2 * x + 3 * x * y + y**3, "2 + 3*y", "3*x + 3*y**2"),
    ("xy + 3e^{-x} + y^2", x * y + 3 * exp(-x) + y**2, "y - 3*exp(-x)", "x + 2*y"),
    (
        "3x ln y + y e^{x^2} + 5",
        3 * x * log(y) + y * exp(x**2) + 5,
        "3*log(y) + 2*x*y*exp(x**2)",
        "3*x/y + exp(x**2)",
    ),
]
"""The lecture's, with the partial derivatives that its slides print."""

TABLE = [
    *((text, formula) for text, formula, *_ in DECK),
    ("-Σ_{i=1}^{2} 3 y x_i", -3 * y * (x1 + x2)),
    ("x", x),
    ("x + y", x + y),
    ("x y z", x * y * z),
    ("x/y", x / y),
    ("(x - y)/(x + y)", (x - y) / (x + y)),
    ("x^2 y^3 z", x**2 * y**3 * z),
    ("x^y", x**y),
    ("(x^2 + y^2)^(3/2)", (x**2 + y**2) ** sympy.Rational(3, 2)),
    ("sqrt(x^2 + y^2 + z^2)", sqrt(x**2 + y**2 + z**2)),
    ("ln(x^2 + y^2)", log(x**2 + y**2)),
    ("ln(x) - ln(y)", log(x) - log(y)),
    ("sin(x) cos(y)", sin(x) * cos(y)),
    ("sin(x y)", sin(x * y)),
    ("sin(10x) + y", sin(10 * x) + y),
    ("tan(x) y", tan(x) * y),
    ("e^(x - y^2)", exp(x - y**2)),
    ("e^(-(x^2 + y^2)/2)", exp(-(x**2 + y**2) / 2)),
    ("x e^y - y e^x", x * exp(y) - y * exp(x)),
    ("ln(e^x + e^y + e^z)", log(exp(x) + exp(y) + exp(z))),
    ("arctan(y/x)", atan(y / x)),
    ("arcsin(x z)", asin(x * z)),
    ("sinh(x) cosh(y)", sinh(x) * cosh(y)),
    ("tanh(w x + u y + v)", tanh(w * x + u * y + v)),
    ("sigmoid(w x + v)", SIGMOID(w * x + v)),
    ("-ln(sigmoid(x y))", -log(SIGMOID(x * y))),
    ("(y - sigmoid(w x + v))^2", (y - SIGMOID(w * x + v)) ** 2),
    ("erf(x y)", erf(x * y)),
    ("softplus(x - y)", log(1 + exp(x - y))),
    ("|x| + |z|", Abs(x) + Abs(z)),
    ("max(x, y) min(x, z)", Max(x, y) * Min(x, z)),
    ("(1 - x)^2 + 100(y - x^2)^2", (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2),
    ("x^10 + y^9", x**10 + y**9),
    ("1/(1 + 25 x^2) + z", 1 / (1 + 25 * x**2) + z),
    ("1/(x^2 + y^2 + z^2)", 1 / (x**2 + y**2 + z**2)),
    ("cos(x^2 + y^2)/(1 + x^2)", cos(x**2 + y**2) / (1 + x**2)),
    ("x y z w u v", x * y * z * w * u * v),
    ("sin(x) + cos(y) + tan(z) + ln(w) + e^u + v^2", sin(x) + cos(y) + tan(z) + log(w) + exp(u) + v**2),
    ("x_1 x_2 + x_2 x_3", x1 * x2 + x2 * x3),
    ("Σ_{i=1}^{3} x_i^2", x1**2 + x2**2 + x3**2),
    ("1000 x + y/1000", 1000 * x + y / 1000),
    ("x^2 y - 0.001 sin(50 y)", x**2 * y - sympy.Rational(1, 1000) * sin(50 * y)),
]


def exact_gradient(formula, names, at):
    """Return the gradient by SymPy at the exact binary values of the point, rounded once."""
    values = {symbol: sympy.Rational(at[str(symbol)]) for symbol in formula.free_symbols}
    slopes = [sympy.diff(formula, sympy.Symbol(name, real=True)) for name in names]
    return np.array([float(slope.subs(values).evalf(30)) for slope in slopes])


def exact_hessian(formula, names, at):
    """Return the Hessian by SymPy."""
    values = {symbol: sympy.Rational(at[str(symbol)]) for symbol in formula.free_symbols}
    symbols = [sympy.Symbol(name, real=True) for name in names]
    return np.array([[float(sympy.diff(formula, a, b).subs(values).evalf(30)) for b in symbols] for a in symbols])


def normwise(found, exact):
    """Return norm(found − exact)/max(1, norm(exact))."""
    return float(np.linalg.norm(np.asarray(found) - exact) / max(1.0, np.linalg.norm(exact)))
