"""Functions and points for the tests of the derivative: each is written once and runs in NumPy and in mpmath."""

import types

import mpmath
import numpy as np

NP = types.SimpleNamespace(
    sin=np.sin,
    cos=np.cos,
    tan=np.tan,
    exp=np.exp,
    log=np.log,
    sqrt=np.sqrt,
    tanh=np.tanh,
    atan=np.arctan,
    asin=np.arcsin,
    acos=np.arccos,
    sinh=np.sinh,
    fabs=np.abs,
)

# name: (function of a namespace m and x, points)
CASES = {
    # smooth functions of moderate size
    "x^3 - 2x": (lambda m, x: x**3 - 2 * x, (0.0, 0.5, -1.7, 3.0)),
    "5": (lambda m, x: 5 + 0 * x, (0.0, 2.0, -7.3)),
    "x": (lambda m, x: 1 * x, (0.0, 3.0, -1e5)),
    "sin": (lambda m, x: m.sin(x), (0.0, 0.7, -2.0, 12.0)),
    "cos": (lambda m, x: m.cos(x), (0.0, 1.1, 40.0)),
    "exp": (lambda m, x: m.exp(x), (0.0, 1.0, -6.0, 20.0)),
    "x exp(-x)": (lambda m, x: x * m.exp(-x), (0.3, 1.0, 4.0)),
    "log": (lambda m, x: m.log(x), (0.5, 1.0, 7.0)),
    "tanh": (lambda m, x: m.tanh(x), (0.0, 0.9, -2.5)),
    "atan": (lambda m, x: m.atan(x), (0.0, 1.3, -4.0)),
    "sigmoid": (lambda m, x: 1 / (1 + m.exp(-x)), (0.0, 2.0, -5.0)),
    "softplus": (lambda m, x: m.log(1 + m.exp(x)), (0.0, -3.0, 5.0)),
    "bell": (lambda m, x: m.exp(-(x**2) / 2), (0.0, 0.8, -2.2)),
    "1/(1+x^2)": (lambda m, x: 1 / (1 + x**2), (0.0, 0.6, -3.0)),
    "sqrt(1+x^2)": (lambda m, x: m.sqrt(1 + x**2), (0.0, 1.5, -20.0)),
    "exp(sin)": (lambda m, x: m.exp(m.sin(x)), (0.4, 1.9)),
    "x^3.5": (lambda m, x: x**3.5, (0.25, 2.0)),
    "sinh(x)/(2+cos(x))": (lambda m, x: m.sinh(x) / (2 + m.cos(x)), (0.2, -1.4)),
    # beside a singularity
    "1/(x-2)": (lambda m, x: 1 / (x - 2), (2.0625, 2.0009765625, 1.99999)),
    "1/(x-1)^2": (lambda m, x: 1 / (x - 1) ** 2, (1.01, 0.9999)),
    "tan": (lambda m, x: m.tan(x), (1.5, 1.57)),
    "1/(x^2+2^-20)": (lambda m, x: 1 / (x**2 + 2.0**-20), (0.001, 0.0)),
    "1/x": (lambda m, x: 1 / x, (1e-3, 1e-12, 1e-100, 0.5)),
    "narrow bell": (lambda m, x: m.exp(-(((x - 2) * 512) ** 2)), (2.001,)),
    # quick waves
    "sin(64x)": (lambda m, x: m.sin(64 * x), (0.3, 1.0)),
    "sin(2048x)": (lambda m, x: m.sin(2048 * x), (0.3, 2.0)),
    "cos(x^2)": (lambda m, x: m.cos(x**2), (7.5, 21.0)),
    "sin(1/x)": (lambda m, x: m.sin(1 / x), (0.3, 0.02)),
    "damped wave": (lambda m, x: m.exp(-x) * m.sin(32 * x), (1.0, 0.1)),
    "x + sin(1024x)/2^20": (lambda m, x: x + m.sin(1024 * x) / 2**20, (1.0,)),
    # scales far from 1
    "x^2": (lambda m, x: x**2, (1e-9, 1e7, 1e150, 1e-100)),
    "x^5": (lambda m, x: x**5, (1e-7, 1e5)),
    "log, scales": (lambda m, x: m.log(x), (1e-9, 1e9, 1e-200, 1e250)),
    "sqrt, scales": (lambda m, x: m.sqrt(x), (1e-10, 1e10, 1e-250)),
    "exp(x/2^24)": (lambda m, x: m.exp(x / 2**24), (1e7, 0.0)),
    "exp(2^20 x)": (lambda m, x: m.exp(2**20 * x), (1e-6, 0.0)),
    "sin, scales": (lambda m, x: m.sin(x), (1e-9, 1e6, 1e-300)),
    "exp, scales": (lambda m, x: m.exp(x), (300.0, 709.0, -600.0)),
    # cancellation inside f
    "(exp(x)-1)/x": (lambda m, x: (m.exp(x) - 1) / x, (0.001, 1e-5)),
    "sin(x)/x": (lambda m, x: m.sin(x) / x, (0.01, 1e-4)),
    "sqrt(x+1)-sqrt(x)": (lambda m, x: m.sqrt(x + 1) - m.sqrt(x), (1e5, 100.0)),
    "10^5 + cos": (lambda m, x: 1e5 + m.cos(x), (1.0, 2.5)),
    "(x-1)^5 written out": (lambda m, x: x**5 - 5 * x**4 + 10 * x**3 - 10 * x**2 + 5 * x - 1, (1.25, 0.75)),
    "1/x - 1/(x+1)": (lambda m, x: 1 / x - 1 / (x + 1), (50.0, 300.0)),
    # steep
    "steep sigmoid": (lambda m, x: 1 / (1 + m.exp(-256 * x)), (0.005, -0.01)),
    "steep tanh": (lambda m, x: m.tanh(2048 * (x - 1)), (1.0002, 0.9995)),
    "steep softplus": (lambda m, x: m.log(1 + m.exp(64 * x)), (0.02, -0.05)),
    # beside a kink
    "abs": (lambda m, x: m.fabs(x), (0.002, -1e-7, 1e-30)),
    "abs(x-1)": (lambda m, x: m.fabs(x - 1), (1.0002, 1 + 2.0**-26)),
    "x abs(x)": (lambda m, x: x * m.fabs(x), (0.003, -1e-6)),
    "abs(cos)": (lambda m, x: m.fabs(m.cos(x)), (1.57, 1.5)),
    "relu(x)": (lambda m, x: (x + m.fabs(x)) / 2, (1e-5, -1e-5)),
    # beside the domain's edge
    "sqrt(1-x^2)": (lambda m, x: m.sqrt(1 - x**2), (0.99, -0.9995)),
    "asin": (lambda m, x: m.asin(x), (0.999, -0.99999)),
    "acos": (lambda m, x: m.acos(x), (0.9,)),
    "x log(x)": (lambda m, x: x * m.log(x), (0.002, 1e-8)),
    "x^x": (lambda m, x: x**x, (0.02, 0.5)),
    "log(1-x)": (lambda m, x: m.log(1 - x), (0.999,)),
    "log(x)/sqrt(x)": (lambda m, x: m.log(x) / m.sqrt(x), (0.01, 3.0)),
}

ANALYTIC = (
    "sin|cos|exp|x exp(-x)|log|tanh|atan|sigmoid|softplus|bell|1/(1+x^2)|sqrt(1+x^2)|exp(sin)|x^3.5|"
    "sinh(x)/(2+cos(x))|damped wave|1/x|x^3 - 2x"
).split("|")
"""Those for which the complex step, dual numbers and the low precisions are measured."""


def exact(function, x):
    """Return f′(x) to 40 digits: a difference quotient of mpmath with steps of 10⁻¹⁸⁰ beside x."""
    with mpmath.workdps(700):
        point, step = mpmath.mpf(x), mpmath.mpf(10) ** -340
        return (function(mpmath, point + step) - function(mpmath, point - step)) / (2 * step)


def cases(names=None):
    """Return (name, black box for NumPy, x, f′(x)) for every point."""
    return [
        (name, lambda x, f=function: f(NP, x), x, exact(function, x))
        for name, (function, points) in CASES.items()
        if names is None or name in names
        for x in points
    ]
