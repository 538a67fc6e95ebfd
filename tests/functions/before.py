"""Values and slopes written out by hand: the bits that the rows have to keep."""

import math

import numpy as np

from numdiff.functions import complex_recipes, recipes


def _erf(u):
    values = np.array([math.erf(x) for x in np.ravel(u).astype(np.float64).tolist()]).reshape(np.shape(u))
    return values.astype(u.dtype)[()]


VALUES = {
    "log": lambda u, b: np.log(u) / np.log(b),
    **{name: getattr(np, name) for name in ("exp", "expm1", "log2", "log10", "log1p", "sqrt", "cbrt")},
    **{name: getattr(np, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{name: getattr(np, name) for name in ("arcsin", "arccos", "arctan", "abs", "sign", "floor", "ceil")},
    "ln": np.log,
    "sec": lambda u: 1 / np.cos(u),
    "csc": lambda u: 1 / np.sin(u),
    "cot": lambda u: 1 / np.tan(u),
    "arcsec": lambda u: np.arccos(1 / u),
    "arccsc": lambda u: np.arcsin(1 / u),
    "arccot": lambda u: u.dtype.type(np.pi / 2) - np.arctan(u),
    "sech": lambda u: 1 / np.cosh(u),
    "csch": lambda u: 1 / np.sinh(u),
    "coth": lambda u: 1 / np.tanh(u),
    "arsinh": np.arcsinh,
    "arcosh": np.arccosh,
    "artanh": np.arctanh,
    "arsech": lambda u: np.arccosh(1 / u),
    "arcsch": lambda u: np.arcsinh(1 / u),
    "arcoth": lambda u: np.arctanh(1 / u),
    "min": np.minimum,
    "max": np.maximum,
    "relu": lambda u: np.maximum(u, 0),
    "leaky_relu": lambda u, a: np.where(u >= 0, u, a * u)[()],
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
    "softplus": lambda u: np.logaddexp(0, u),
    "silu": lambda u: u / (1 + np.exp(-u)),
    "gelu": lambda u: u.dtype.type(0.5) * u * (1 + _erf(u / u.dtype.type(math.sqrt(2)))),
    "erf": _erf,
}
"""For real dtypes, bfloat16 among them."""


def _normal(u):
    scaled = -np.asarray(u, np.float64) / math.sqrt(2)
    values = np.array([math.erfc(x) for x in np.ravel(scaled).tolist()]).reshape(np.shape(u)) / 2
    return values.astype(u.dtype)[()]


def _logistic(u):
    decay = np.exp(-np.abs(u))
    return decay / (1 + decay) ** 2


def _arcsec(u):
    return 1 / (u * u * np.sqrt(((u - 1) / u) * ((u + 1) / u)))


def _hypot(u):
    return np.hypot(u, u.dtype.type(1))


def _bell(u):
    return u.dtype.type(1 / math.sqrt(2 * math.pi)) * np.exp(-u * u / 2)


SLOPES = {
    "exp": lambda u, v: v,
    "expm1": lambda u, v: np.exp(u),
    "ln": lambda u, v: 1 / u,
    "log2": lambda u, v: u.dtype.type(1 / math.log(2)) / u,
    "log10": lambda u, v: u.dtype.type(1 / math.log(10)) / u,
    "log1p": lambda u, v: 1 / (1 + u),
    "sqrt": lambda u, v: 1 / (2 * v),
    "cbrt": lambda u, v: 1 / (3 * v * v),
    "sin": lambda u, v: np.cos(u),
    "cos": lambda u, v: -np.sin(u),
    "tan": lambda u, v: 1 + v * v,
    "sec": lambda u, v: v * np.tan(u),
    "csc": lambda u, v: -v / np.tan(u),
    "cot": lambda u, v: -1 - v * v,
    "arcsin": lambda u, v: 1 / np.sqrt((1 - u) * (1 + u)),
    "arccos": lambda u, v: -1 / np.sqrt((1 - u) * (1 + u)),
    "arctan": lambda u, v: 1 / (1 + u * u),
    "arcsec": lambda u, v: _arcsec(u),
    "arccsc": lambda u, v: -_arcsec(u),
    "arccot": lambda u, v: -1 / (1 + u * u),
    "sinh": lambda u, v: np.cosh(u),
    "cosh": lambda u, v: np.sinh(u),
    "tanh": lambda u, v: 1 / np.cosh(u) ** 2,
    "sech": lambda u, v: -v * np.tanh(u),
    "csch": lambda u, v: -v / np.tanh(u),
    "coth": lambda u, v: -1 / np.sinh(u) ** 2,
    "arsinh": lambda u, v: 1 / _hypot(u),
    "arcosh": lambda u, v: 1 / (np.sqrt(u - 1) * np.sqrt(u + 1)),
    "artanh": lambda u, v: 1 / ((1 - u) * (1 + u)),
    "arsech": lambda u, v: -1 / (u * np.sqrt((1 - u) * (1 + u))),
    "arcsch": lambda u, v: -1 / (np.abs(u) * _hypot(u)),
    "arcoth": lambda u, v: 1 / ((1 - u) * (1 + u)),
    "sigmoid": lambda u, v: _logistic(u),
    "softplus": lambda u, v: recipes.sigmoid(u),
    "silu": lambda u, v: recipes.sigmoid(u) + u * _logistic(u),
    "erf": lambda u, v: u.dtype.type(2 / math.sqrt(math.pi)) * np.exp(-u * u),
    "gelu": lambda u, v: _normal(u) + u * _bell(u),
}
"""For real dtypes; where the textbook's form would cancel or overflow, another one."""

COMPLEX_SLOPES = {
    **SLOPES,
    "arsinh": lambda u, v: 1 / np.sqrt(1 + u * u),
    "arcsch": lambda u, v: -1 / (u * u * np.sqrt(1 + 1 / (u * u))),
    "sigmoid": lambda u, v: v * complex_recipes.sigmoid(-u),
    "softplus": lambda u, v: complex_recipes.sigmoid(u),
    "silu": lambda u, v: complex_recipes.sigmoid(u) * (1 + u - v),
    "gelu": lambda u, v: (1 + complex_recipes.erf(u / u.dtype.type(math.sqrt(2)))) / 2 + u * _bell(u),
}
