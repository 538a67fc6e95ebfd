"""The derivative of each operation, as data: from a point (u, v = f(u)) to the local derivative f′(u).

Each is written so that it keeps its relative accuracy where the textbook form would cancel or overflow (σ′ from
e^−abs(u), 1 − u² as (1 − u)(1 + u)). ``number`` makes a scalar of the dtype: integers keep any dtype as they are,
a fraction has to be made by it. Outside the domain a rule may return anything: there the value is NaN, and the
caller makes the derivative NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from numdiff.evaluate import complex_functions
from numdiff.evaluate.functions import Value, sigmoid


class Point(NamedTuple):
    """Where a rule is applied: the operand u, the value v = f(u), and ``number``, which makes a scalar of the dtype."""

    u: Value
    v: Value
    number: Callable[[float], Value]


Rule: TypeAlias = Callable[[Point], Value]


def choose(condition: Value, one: Value, other: Value) -> Value:
    """Return ``one`` where the condition holds and ``other`` elsewhere; a scalar for scalars."""
    chosen: Value = np.where(condition, one, other)
    return chosen[()]


def _sigmoid_slope(u: Value) -> Value:
    """σ′ = e^−abs(u)/(1 + e^−abs(u))²; σ(1 − σ) would cancel for large u."""
    decay = np.exp(-np.abs(u))
    return decay / (1 + decay) ** 2


def normal_distribution(u: Value, number: Callable[[float], Value]) -> Value:
    """Return Φ(u) = erfc(−u/√2)/2, accurate far below 0 where (1 + erf)/2 cancels."""
    scaled = np.asarray(-u, dtype=np.float64) / math.sqrt(2)
    values = np.array(list(map(math.erfc, np.ravel(scaled).tolist()))).reshape(np.shape(u)) / 2
    return values.astype(np.asarray(number(0)).dtype)[()]


def _gelu_slope(u: Value, number: Callable[[float], Value]) -> Value:
    density = number(1 / math.sqrt(2 * math.pi)) * np.exp(-u * u / 2)
    return normal_distribution(u, number) + u * density


def _arcsec_slope(u: Value) -> Value:
    """Return 1/(abs(u)·√(u² − 1)), written without abs so that it also holds for complex u."""
    return 1 / (u * u * np.sqrt(((u - 1) / u) * ((u + 1) / u)))


RULES: Mapping[str, Rule] = {
    "neg": lambda at: at.number(-1),
    "exp": lambda at: at.v,
    "expm1": lambda at: np.exp(at.u),
    "ln": lambda at: 1 / at.u,
    "log2": lambda at: at.number(1 / math.log(2)) / at.u,
    "log10": lambda at: at.number(1 / math.log(10)) / at.u,
    "log1p": lambda at: 1 / (1 + at.u),
    "sqrt": lambda at: 1 / (2 * at.v),
    "cbrt": lambda at: 1 / (3 * at.v * at.v),
    "sin": lambda at: np.cos(at.u),
    "cos": lambda at: -np.sin(at.u),
    "tan": lambda at: 1 + at.v * at.v,
    "sec": lambda at: at.v * np.tan(at.u),
    "csc": lambda at: -at.v / np.tan(at.u),
    "cot": lambda at: -1 - at.v * at.v,
    "arcsin": lambda at: 1 / np.sqrt((1 - at.u) * (1 + at.u)),
    "arccos": lambda at: -1 / np.sqrt((1 - at.u) * (1 + at.u)),
    "arctan": lambda at: 1 / (1 + at.u * at.u),
    "arcsec": lambda at: _arcsec_slope(at.u),
    "arccsc": lambda at: -_arcsec_slope(at.u),
    "arccot": lambda at: -1 / (1 + at.u * at.u),
    "sinh": lambda at: np.cosh(at.u),
    "cosh": lambda at: np.sinh(at.u),
    "tanh": lambda at: 1 / np.cosh(at.u) ** 2,
    "sech": lambda at: -at.v * np.tanh(at.u),
    "csch": lambda at: -at.v / np.tanh(at.u),
    "coth": lambda at: -1 / np.sinh(at.u) ** 2,
    "arsinh": lambda at: 1 / np.hypot(at.u, at.number(1)),
    "arcosh": lambda at: 1 / (np.sqrt(at.u - 1) * np.sqrt(at.u + 1)),
    "artanh": lambda at: 1 / ((1 - at.u) * (1 + at.u)),
    "arsech": lambda at: -1 / (at.u * np.sqrt((1 - at.u) * (1 + at.u))),
    "arcsch": lambda at: -1 / (np.abs(at.u) * np.hypot(at.u, at.number(1))),
    "arcoth": lambda at: 1 / ((1 - at.u) * (1 + at.u)),
    "sigmoid": lambda at: _sigmoid_slope(at.u),
    "softplus": lambda at: sigmoid(at.u),
    "silu": lambda at: sigmoid(at.u) + at.u * _sigmoid_slope(at.u),
    "erf": lambda at: at.number(2 / math.sqrt(math.pi)) * np.exp(-at.u * at.u),
    "gelu": lambda at: _gelu_slope(at.u, at.number),
    "sign": lambda at: choose(at.u == 0, at.number(math.nan), at.number(0)),
    "floor": lambda at: choose(at.u == at.v, at.number(math.nan), at.number(0)),
    "ceil": lambda at: choose(at.u == at.v, at.number(math.nan), at.number(0)),
}
"""Local derivatives of the smooth functions of one argument, and of the jumping ones (NaN at the jump)."""


def _complex_gelu_slope(u: Value, number: Callable[[float], Value]) -> Value:
    scaled = complex_functions.erf(u / number(math.sqrt(2)))
    density = number(1 / math.sqrt(2 * math.pi)) * np.exp(-u * u / 2)
    return (1 + scaled) / 2 + u * density


COMPLEX_RULES: Mapping[str, Rule] = {
    "arsinh": lambda at: 1 / np.sqrt(1 + at.u * at.u),
    "arcsch": lambda at: -1 / (at.u * at.u * np.sqrt(1 + 1 / (at.u * at.u))),
    "sigmoid": lambda at: at.v * complex_functions.sigmoid(-at.u),
    "softplus": lambda at: complex_functions.sigmoid(at.u),
    "silu": lambda at: complex_functions.sigmoid(at.u) * (1 + at.u - at.v),
    "gelu": lambda at: _complex_gelu_slope(at.u, at.number),
    **dict.fromkeys(("sign", "floor", "ceil"), lambda at: at.v),
}
"""What replaces a rule for complex dtypes, where abs and math.erfc have no meaning; v is NaN if not analytic."""
