"""What each operation of the tape does in NumPy, in a given dtype.

An elementary function is what its row says (:mod:`numdiff.evaluate.forms`). Roots and powers are no rows: their index
or exponent belongs to the instruction. A Python constant takes the dtype of a float16, float32 or float64 argument; a
bfloat16 does not survive one, so there the constant is a number of that dtype; complex odd roots continue the real one.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from numdiff.evaluate import forms
from numdiff.evaluate.choice import Choice, in_dtype
from numdiff.evaluate.tape import Instruction
from numdiff.functions import complex_recipes, recipes, trees
from numdiff.functions.recipes import Value
from numdiff.functions.registry import row

Operation = Callable[..., Value]

ARITHMETIC: Mapping[str, Operation] = {
    "neg": operator.neg,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "power": np.power,
}
"""The operations without a parameter that are no functions."""


def _root_even(u: Value, n: int) -> Value:
    return np.power(u, 1 / n)


def _root_odd(u: Value, n: int) -> Value:
    return np.cbrt(u) if n == 3 else recipes.odd_root(u, n)


def _power_integer(u: Value, n: int) -> Value:
    return u**n


def _power_rational(root: Operation, u: Value, exponent: tuple[int, int]) -> Value:
    p, q = exponent
    return root(u, q) if p == 1 else root(u, q) ** p


def _narrow_root_odd(number: Callable[[float], Value], u: Value, n: int) -> Value:
    return np.cbrt(u) if n == 3 else np.sign(u) * np.power(np.abs(u), number(1 / n))


def _narrow_root_even(number: Callable[[float], Value], u: Value, n: int) -> Value:
    return np.power(u, number(1 / n))


def _with_parameter(dtype: np.dtype[Any]) -> Mapping[str, Operation]:
    """Return the operations whose second argument is the instruction's parameter."""
    odd: Operation = _root_odd
    even: Operation = _root_even
    if dtype.kind == "c":
        odd = complex_recipes.odd_root
    elif dtype.char not in forms.NATIVE:
        odd, even = partial(_narrow_root_odd, dtype.type), partial(_narrow_root_even, dtype.type)
    return {
        "power_integer": _power_integer,
        "power_rational": partial(_power_rational, odd),
        "root_odd": odd,
        "root_even": even,
    }


def nearest(value: Fraction) -> float:
    """Return the float64 nearest to a fraction; infinite beyond its range, where Python's division raises."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def choose(condition: Value, one: Value, other: Value) -> Value:
    """Return ``one`` where the condition holds and ``other`` elsewhere; a scalar for scalars."""
    chosen: Value = np.where(condition, one, other)
    return chosen[()]


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
    if op in ARITHMETIC:
        return ARITHMETIC[op]
    if isinstance(parameter, Choice):
        return in_dtype(parameter, dtype)
    with_parameter = _with_parameter(dtype)
    if op in with_parameter:
        function = with_parameter[op]
        return lambda u: function(u, parameter)
    return forms.function(row(op), dtype)


def replaced_in_complex() -> frozenset[str]:
    """Return the operations that NumPy refuses for complex numbers, or computes in another way than the program."""
    return trees.replaced_in_complex() | {"root_odd", "power_rational", "piecewise"}
