"""Parsing and evaluating against SymPy: parse_expr and lambdify. ``pytest -s`` shows the tables.

Each formula is given as a learner types it and in SymPy's own spelling, so SymPy is spared the harder reading.
"""

import warnings

import numpy as np
import sympy
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication_application,
    parse_expr,
    standard_transformations,
)

from numdiff.function import parse
from tests.bench.timing import print_table, times_of

FORMULAS = {
    "x^2": "x**2",
    "3x e^x": "3*x*exp(x)",
    "3x^2 + e^x + 7": "3*x**2 + exp(x) + 7",
    "ln x + 1/x": "log(x) + 1/x",
    "e^-x": "exp(-x)",
    "1/(1 + e^-x)": "1/(1 + exp(-x))",
    "sin x": "sin(x)",
    "√x": "sqrt(x)",
    "|x|": "Abs(x)",
    "tan x": "tan(x)",
    "x^3 - 3x": "x**3 - 3*x",
    "2(x+1)": "2*(x + 1)",
    "x ln x": "x*log(x)",
    "sin 2x": "sin(2*x)",
    "sin^2 x": "sin(x)**2",
    "sin x cos x": "sin(x)*cos(x)",
    "e^{-x^2}": "exp(-x**2)",
    "e^{-x^2/2}/√(2π)": "exp(-x**2/2)/sqrt(2*pi)",
    "x/(1+x^2)": "x/(1 + x**2)",
    "(x-1)^2(x+1)": "(x - 1)**2*(x + 1)",
    "x^4 - 2x^3 + 3x^2 - 4x + 5": "x**4 - 2*x**3 + 3*x**2 - 4*x + 5",
    "½x² - 3x + 1": "x**2/2 - 3*x + 1",
    "cos(3x + 1)": "cos(3*x + 1)",
    "sin(x²)": "sin(x**2)",
    "√(1 + x²)": "sqrt(1 + x**2)",
    r"\frac{1}{1+e^{-x}}": "1/(1 + exp(-x))",
    r"\frac{x^2-1}{x^2+1}": "(x**2 - 1)/(x**2 + 1)",
    r"\sqrt{x} + \frac{1}{\sqrt{x}}": "sqrt(x) + 1/sqrt(x)",
    "tanh x": "tanh(x)",
    "sinh x + cosh x": "sinh(x) + cosh(x)",
    "arctan x": "atan(x)",
    "ln(1 + e^x)": "log(1 + exp(x))",
    "x e^-x": "x*exp(-x)",
    "x^2 e^{-x}": "x**2*exp(-x)",
    "e^x sin x": "exp(x)*sin(x)",
    "e^{sin x}": "exp(sin(x))",
    "ln(sin(x) + 2)": "log(sin(x) + 2)",
    "(e^x - e^-x)/2": "(exp(x) - exp(-x))/2",
    "(e^x - e^-x)/(e^x + e^-x)": "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
    "x sin(1/x)": "x*sin(1/x)",
    "1/(x^2 + 1)^2": "1/(x**2 + 1)**2",
    "(2x+1)^5": "(2*x + 1)**5",
    "(3x² + 2x)^4": "(3*x**2 + 2*x)**4",
    "x^2.5": "x**2.5",
    "x^(1/2) + x^(3/2)": "x**(1/2) + x**(3/2)",
    "2^x": "2**x",
    "10^-x": "10**(-x)",
    "x^x": "x**x",
    "log10 x": "log(x, 10)",
    "3 sin(2x) - 4 cos(x/2)": "3*sin(2*x) - 4*cos(x/2)",
    "sin(cos(tan x))": "sin(cos(tan(x)))",
    "np.exp(-x**2) * np.sin(3*x)": "exp(-x**2)*sin(3*x)",
    "f(x) = x^2 + 2x + 1": "x**2 + 2*x + 1",
    "y = 3x + 2": "3*x + 2",
    "lambda x: x**3 - x": "x**3 - x",
    "return 0.5*x**2 + 1": "0.5*x**2 + 1",
    "－２ｘ＋１": "-2*x + 1",
    "1.5e-3x + 2.75": "1.5e-3*x + 2.75",
    "π x²": "pi*x**2",
    "(x - 1/x)(x + 1/x)": "(x - 1/x)*(x + 1/x)",
}
POINTS = np.linspace(0.1, 3.0, 1000)
REPEATS = 20
ALIKE = (*standard_transformations, implicit_multiplication_application, convert_xor)
"""What SymPy needs to read implied products and ^, as an app that builds on it would set it."""


def test_parsing():
    ours, plain, implied = [], [], []
    for typed, spelled in FORMULAS.items():
        ours += times_of(lambda typed=typed: parse(typed), REPEATS)
        plain += times_of(lambda spelled=spelled: parse_expr(spelled), REPEATS)
        implied += times_of(lambda spelled=spelled: parse_expr(spelled, transformations=ALIKE), REPEATS)
    print_table(
        f"reading {len(FORMULAS)} formulas, {REPEATS} times each",
        {"numdiff.parse, as typed": ours, "SymPy, its own spelling": plain, "SymPy, implied products too": implied},
    )


def test_evaluation():
    ours, theirs = [], []
    for typed, spelled in FORMULAS.items():
        f = parse(typed)
        with warnings.catch_warnings():
            # SymPy's generated code and parser are not ours to keep free of warnings
            warnings.simplefilter("ignore")
            g = sympy.lambdify(sympy.Symbol("x"), parse_expr(spelled), "numpy")
        np.testing.assert_allclose(f(POINTS), g(POINTS), rtol=1e-12, atol=1e-12, err_msg=typed)
        ours += times_of(lambda f=f: f(POINTS), REPEATS)
        theirs += times_of(lambda g=g: g(POINTS), REPEATS)
    print_table(
        f"{len(POINTS)} points of each of {len(FORMULAS)} functions, {REPEATS} times",
        {"numdiff": ours, "SymPy's lambdify": theirs},
    )
