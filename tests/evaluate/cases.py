"""Trees built by hand, and every function with its definition in mpmath as the oracle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
from mpmath import mp

from numdiff.tree import Call, Constant, Div, Neg, Node, Number, Pow, Variable

X = Variable("x")
Y = Variable("y")
E = Constant("e")


def n(text: str) -> Node:
    """A literal; a minus in front becomes a Neg."""
    return Neg(Number(text[1:])) if text.startswith("-") else Number(text)


def call(name: str, *arguments: Node) -> Node:
    return Call(name, arguments or (X,))


def power(base: Node, exponent: str) -> Node:
    return Pow(base, n(exponent))


def ratio(p: int, q: int) -> Node:
    return Div(n(str(p)), n(str(q)))


def _root(u: Any, q: int) -> Any:
    return mpmath.sign(u) * mpmath.root(abs(u), q)


def _sigmoid(u: Any) -> Any:
    return 1 / (1 + mpmath.exp(-u))


EVERYWHERE = ("-30.5", "-2.25", "-0.7", "0.3", "1.6", "12.75")
POSITIVE = ("0.001", "0.3", "1.6", "12.75", "1000")
INNER = ("-0.999", "-0.5", "0.125", "0.75")
OUTER = ("-40", "-1.5", "1.001", "2.5", "1000")
MODERATE = ("-3.5", "-0.7", "0.3", "1.6", "4.75")

Oracle = Callable[[Any], Any]

SMOOTH: dict[str, tuple[Node, Oracle, tuple[str, ...]]] = {
    "exp": (call("exp"), mp.exp, EVERYWHERE),
    "e^x": (Pow(E, X), mp.exp, EVERYWHERE),
    "expm1": (call("expm1"), mp.expm1, (*EVERYWHERE, "1e-12")),
    "ln": (call("ln"), mp.ln, POSITIVE),
    "log2": (call("log2"), lambda u: mp.log(u, 2), POSITIVE),
    "log10": (call("log10"), mp.log10, POSITIVE),
    "log1p": (call("log1p"), lambda u: mp.log(1 + u), ("-0.9", "-0.25", "0.3", "12.75")),
    "log": (call("log", X, n("3")), lambda u: mp.log(u, 3), POSITIVE),
    "log of base x": (call("log", n("3"), X), lambda u: mp.log(3) / mp.log(u), ("0.3", "1.6", "12.75")),
    "sqrt": (call("sqrt"), mp.sqrt, POSITIVE),
    "cbrt": (call("cbrt"), lambda u: _root(u, 3), EVERYWHERE),
    "root 5": (call("root", X, n("5")), lambda u: _root(u, 5), EVERYWHERE),
    "root 4": (call("root", X, n("4")), lambda u: mp.root(u, 4), POSITIVE),
    "x^(1/3)": (Pow(X, ratio(1, 3)), lambda u: _root(u, 3), EVERYWHERE),
    "x^(2/3)": (Pow(X, ratio(2, 3)), lambda u: _root(u, 3) ** 2, EVERYWHERE),
    "x^(-3/5)": (Pow(X, Neg(ratio(3, 5))), lambda u: _root(u, 5) ** -3, EVERYWHERE),
    "x^7": (power(X, "7"), lambda u: u**7, EVERYWHERE),
    "x^-3": (power(X, "-3"), lambda u: u**-3, EVERYWHERE),
    "x^2.5": (power(X, "2.5"), lambda u: u ** mp.mpf("2.5"), POSITIVE),
    "2^x": (Pow(n("2"), X), lambda u: mp.mpf(2) ** u, EVERYWHERE),
    "x^x": (Pow(X, X), lambda u: u**u, ("0.001", "0.3", "1.6", "12.75")),
    "1/x": (Div(n("1"), X), lambda u: 1 / u, EVERYWHERE),
    "sin": (call("sin"), mp.sin, EVERYWHERE),
    "cos": (call("cos"), mp.cos, EVERYWHERE),
    "tan": (call("tan"), mp.tan, EVERYWHERE),
    "sec": (call("sec"), mp.sec, EVERYWHERE),
    "csc": (call("csc"), mp.csc, EVERYWHERE),
    "cot": (call("cot"), mp.cot, EVERYWHERE),
    "arcsin": (call("arcsin"), mp.asin, INNER),
    "arccos": (call("arccos"), mp.acos, INNER),
    "arctan": (call("arctan"), mp.atan, EVERYWHERE),
    "arcsec": (call("arcsec"), lambda u: mp.acos(1 / u), OUTER),
    "arccsc": (call("arccsc"), lambda u: mp.asin(1 / u), OUTER),
    "arccot": (call("arccot"), lambda u: mp.pi / 2 - mp.atan(u), MODERATE),
    "sinh": (call("sinh"), mp.sinh, EVERYWHERE),
    "cosh": (call("cosh"), mp.cosh, EVERYWHERE),
    "tanh": (call("tanh"), mp.tanh, EVERYWHERE),
    "sech": (call("sech"), mp.sech, EVERYWHERE),
    "csch": (call("csch"), mp.csch, EVERYWHERE),
    "coth": (call("coth"), mp.coth, EVERYWHERE),
    "arsinh": (call("arsinh"), mp.asinh, EVERYWHERE),
    "arcosh": (call("arcosh"), mp.acosh, ("1.001", "1.6", "1000")),
    "artanh": (call("artanh"), mp.atanh, INNER),
    "arsech": (call("arsech"), lambda u: mp.acosh(1 / u), ("0.001", "0.3", "0.99")),
    "arcsch": (call("arcsch"), lambda u: mp.asinh(1 / u), EVERYWHERE),
    "arcoth": (call("arcoth"), lambda u: mp.atanh(1 / u), OUTER),
    "sigmoid": (call("sigmoid"), _sigmoid, EVERYWHERE),
    "softplus": (call("softplus"), lambda u: mp.log1p(mp.exp(u)), EVERYWHERE),
    "silu": (call("silu"), lambda u: u * _sigmoid(u), EVERYWHERE),
    "erf": (call("erf"), mp.erf, MODERATE),
    "gelu": (call("gelu"), lambda u: u * mp.erfc(-u / mp.sqrt(2)) / 2, EVERYWHERE),
    "erfc": (call("erfc"), mp.erfc, MODERATE),
    "gamma": (call("gamma"), mp.gamma, ("-2.25", "-0.7", "0.3", "1.6", "12.75")),
    "lgamma": (call("lgamma"), lambda u: mp.re(mp.loggamma(u)), ("-2.25", "-0.7", "0.3", "1.6", "12.75")),
    "digamma": (call("digamma"), mp.digamma, ("-2.25", "-0.7", "0.3", "1.6", "12.75")),
    "sinc": (call("sinc"), mp.sinc, MODERATE),
    "mish": (call("mish"), lambda u: u * mp.tanh(mp.log1p(mp.exp(u))), EVERYWHERE),
    "logsigmoid": (call("logsigmoid"), lambda u: -mp.log1p(mp.exp(-u)), EVERYWHERE),
    "logit": (call("logit"), lambda u: mp.log(u / (1 - u)), ("0.001", "0.3", "0.75", "0.999")),
}
"""Function, oracle and points (as binary floats) away from kinks and edges."""

PIECEWISE: dict[str, tuple[Node, Oracle, tuple[str, ...]]] = {
    "abs": (call("abs"), abs, EVERYWHERE),
    "sign": (call("sign"), mp.sign, EVERYWHERE),
    "floor": (call("floor"), mp.floor, EVERYWHERE),
    "ceil": (call("ceil"), mp.ceil, EVERYWHERE),
    "relu": (call("relu"), lambda u: max(u, mp.mpf(0)), EVERYWHERE),
    "softsign": (call("softsign"), lambda u: u / (1 + abs(u)), EVERYWHERE),
    "elu": (call("elu"), lambda u: u if u > 0 else mp.expm1(u), EVERYWHERE),
    "selu": (
        call("selu"),
        lambda u: mp.mpf("1.0507009873554805") * (u if u > 0 else mp.mpf("1.6732632423543772") * mp.expm1(u)),
        EVERYWHERE,
    ),
    "hardtanh": (call("hardtanh"), lambda u: min(max(u, mp.mpf(-1)), mp.mpf(1)), EVERYWHERE),
    "relu6": (call("relu6"), lambda u: min(max(u, mp.mpf(0)), mp.mpf(6)), EVERYWHERE),
    "hardsigmoid": (call("hardsigmoid"), lambda u: min(max((u + 3) / 6, mp.mpf(0)), mp.mpf(1)), EVERYWHERE),
    "heaviside": (call("heaviside"), lambda u: (1 + mp.sign(u)) / 2, EVERYWHERE),
    "frac": (call("frac"), mp.frac, EVERYWHERE),
    "round": (call("round"), mp.nint, ("-30.25", *EVERYWHERE[1:])),
    "leaky_relu": (call("leaky_relu"), lambda u: u if u > 0 else u / 100, EVERYWHERE),
    "leaky_relu 0.25": (call("leaky_relu", X, n("0.25")), lambda u: u if u > 0 else u / 4, EVERYWHERE),
    "min": (call("min", X, n("1"), n("-2")), lambda u: min(u, mp.mpf(-2)), EVERYWHERE),
    "max": (call("max", X, n("1"), power(X, "2")), lambda u: max(u, mp.mpf(1), u * u), EVERYWHERE),
}
"""The functions made of pieces, away from where the pieces meet."""

ALL = {**SMOOTH, **PIECEWISE}

POINTS = [(name, float(point)) for name, (_, _, points) in ALL.items() for point in points]
