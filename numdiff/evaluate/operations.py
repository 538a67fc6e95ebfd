"""What each operation of the tape does in NumPy, in a given dtype.

For float16, float32 and float64 these are NumPy's functions and those of :mod:`numdiff.evaluate.functions`; a Python
constant in them takes the argument's dtype. A bfloat16 does not survive a Python float, so what contains one
is written anew with a constant of that dtype; for a complex dtype, what NumPy lacks or does inaccurately is.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from numdiff.evaluate import complex_functions, functions
from numdiff.evaluate.functions import Value
from numdiff.evaluate.tape import Instruction

Operation = Callable[..., Value]

_HALF_PI = np.pi / 2


def _root_even(u: Value, n: int) -> Value:
    return np.power(u, 1 / n)


def _root_odd(u: Value, n: int) -> Value:
    return np.cbrt(u) if n == 3 else functions.odd_root(u, n)


def _power_integer(u: Value, n: int) -> Value:
    return u**n


def _power_rational(u: Value, exponent: tuple[int, int]) -> Value:
    p, q = exponent
    root = _root_odd(u, q)
    return root if p == 1 else root**p


REAL: Mapping[str, Operation] = {
    "neg": operator.neg,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "power": np.power,
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
    "arccot": lambda u: _HALF_PI - np.arctan(u),
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
    **{name: getattr(functions, name) for name in ("relu", "leaky_relu", "sigmoid", "softplus", "silu", "erf", "gelu")},
}
"""The operations without a parameter, for real dtypes."""

REAL_WITH_PARAMETER: Mapping[str, Operation] = {
    "power_integer": _power_integer,
    "power_rational": _power_rational,
    "root_odd": _root_odd,
    "root_even": _root_even,
}
"""The operations whose second argument is the instruction's parameter, for real dtypes."""


def erf_in_double(u: Value) -> Value:
    """Return erf through float64, for a dtype that the standard library does not know."""
    return np.asarray(functions.erf(np.asarray(u, dtype=np.float64))).astype(u.dtype)[()]


def _narrow(dtype: np.dtype[Any]) -> Mapping[str, Operation]:
    """Return what bfloat16 does differently: its constants are bfloat16 numbers."""
    number = dtype.type
    half, root_two, half_pi = number(0.5), number(math.sqrt(2)), number(_HALF_PI)

    def root_odd(u: Value, n: int) -> Value:
        return np.cbrt(u) if n == 3 else np.sign(u) * np.power(np.abs(u), number(1 / n))

    def power_rational(u: Value, exponent: tuple[int, int]) -> Value:
        p, q = exponent
        return root_odd(u, q) if p == 1 else root_odd(u, q) ** p

    return {
        "erf": erf_in_double,
        "gelu": lambda u: half * u * (1 + erf_in_double(u / root_two)),
        "arccot": lambda u: half_pi - np.arctan(u),
        "root_odd": root_odd,
        "root_even": lambda u, n: np.power(u, number(1 / n)),
        "power_rational": power_rational,
    }


def nearest(value: Fraction) -> float:
    """Return the float64 nearest to a fraction; infinite beyond its range, where Python's division raises."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def constant(value: float, dtype: np.dtype[Any]) -> Value:
    """Return a Python number as a scalar of the dtype."""
    with np.errstate(all="ignore"):
        return dtype.type(value)


def operation(instruction: Instruction, dtype: np.dtype[Any]) -> Operation:
    """Return the function that computes the instruction from its operands in the dtype."""
    op, parameter = instruction.op, instruction.parameter
    if op == "number":
        assert isinstance(parameter, Fraction)
        return partial(constant, nearest(parameter), dtype)
    if op == "constant":
        return partial(constant, np.e if parameter == "e" else np.pi, dtype)
    table = _table(dtype)
    if op in REAL_WITH_PARAMETER:
        function = table[op]
        return lambda u: function(u, parameter)
    return table[op]


def _table(dtype: np.dtype[Any]) -> Mapping[str, Operation]:
    everything = {**REAL, **REAL_WITH_PARAMETER}
    if dtype.kind == "c":
        return {**everything, **complex_functions.COMPLEX}
    if dtype.char in "efdg":
        return everything
    return {**everything, **_narrow(dtype)}
