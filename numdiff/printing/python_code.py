"""Printed Python and its arithmetic: joining two printed pieces with an operator, brackets only where needed.

Plain Python numbers do not always compute as float64 does: integers beyond 2**53 are exact, 1/0 raises, −0 is 0.
The functions here know the value of every piece made of plain numbers, and print a float or ``np.float64(…)`` where
it matters.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from numdiff.tree import Add, Div, Mul, Sub

EXACT_INTEGERS = 2**53
"""Below this, integers and their sums and products are the same in Python and in float64."""


class Level(IntEnum):
    """Python's precedence; −(a·b) counts as a product: without brackets Python reads (−a)·b, which is the same."""

    SUM = 1
    PRODUCT = 2
    SIGNED = 3
    POWER = 4
    ATOM = 5


@dataclass(frozen=True, slots=True)
class Code:
    """A printed sub-expression.

    ``value`` is what Python computes for it if it consists of plain Python numbers, None if NumPy is involved;
    ``begins_with_zero`` tells that a sign put in front would be lost, since −0 is 0 for an integer.
    """

    text: str
    level: Level
    value: float | None = None
    begins_with_zero: bool = False

    def at_least(self, level: Level) -> str:
        """Return the text, in brackets unless it binds at least as tightly as the level."""
        return self.text if self.level >= level else f"({self.text})"

    def as_right(self, level: Level) -> str:
        """Return the text as a right operand, where a leading minus is bracketed for the reader's sake."""
        return f"({self.text})" if self.text.startswith("-") else self.at_least(level)


def number(text: str) -> Code:
    """Return a literal; leading zeros, which Python refuses in an integer, are dropped."""
    text = text.lstrip("0") or "0"
    text = f"0{text}" if text[0] in ".eE" else text
    if not text.isdigit():
        return Code(text, Level.ATOM, float(text))
    value = int(text)
    if value >= EXACT_INTEGERS:
        return Code(f"{text}.0", Level.ATOM, float(text))  # beyond float64 it is inf, as the literal is
    return Code(text, Level.ATOM, value, begins_with_zero=value == 0)


ONE = number("1")
CONSTANTS = {"e": Code("np.e", Level.ATOM, math.e), "pi": Code("np.pi", Level.ATOM, math.pi)}


def is_integer(code: Code) -> bool:
    """Return True for a piece that Python computes as an integer."""
    return isinstance(code.value, int)


def as_float(code: Code) -> Code:
    """Return an integer as a float, any other number as it is."""
    if not isinstance(code.value, int):
        return code
    if code.text.isdigit():
        return Code(f"{code.text}.0", Level.ATOM, float(code.value))
    return as_numpy(code)


def as_numpy(code: Code) -> Code:
    """Return a Python number as a NumPy scalar, which gives inf and NaN where Python raises."""
    return code if code.value is None else Code(f"np.float64({code.text})", Level.ATOM)


def call(function: str, *arguments: Code) -> Code:
    """Return the call of a function."""
    return Code(f"{function}({', '.join(argument.text for argument in arguments)})", Level.ATOM)


def negative(argument: Code) -> Code:
    """Return −argument, with brackets where an integer zero would swallow the sign."""
    if argument.value == 0 or argument.begins_with_zero:
        argument = as_float(argument)
        text = f"-{argument.at_least(Level.SIGNED)}"
    else:
        text = f"-{argument.as_right(Level.PRODUCT)}"
    level = Level.PRODUCT if argument.level == Level.PRODUCT else Level.SIGNED
    return Code(text, level, None if argument.value is None else -argument.value)


def _operation(symbol: str, level: Level, compute: Callable[[float, float], float]) -> Callable[[Code, Code], Code]:
    def combined(left: Code, right: Code) -> Code:
        left, value = _reconciled(left, right, compute)
        text = f"{left.at_least(level)}{symbol}{right.as_right(Level(level + 1))}"
        begins_with_zero = level == Level.PRODUCT and (left.begins_with_zero or (is_integer(left) and left.value == 0))
        return Code(text, level, value, begins_with_zero)

    return combined


def _reconciled(left: Code, right: Code, compute: Callable[[float, float], float]) -> tuple[Code, float | None]:
    """Return the left operand in a form with which Python computes what float64 does, and the value if it is Python's.

    Two integers give an integer in Python; where that differs from the float64 result (by its size, or by the sign of
    a zero), the left one becomes a float. Where Python raises, it becomes a NumPy scalar.
    """
    a, b = left.value, right.value
    if a is None or b is None:
        return left, None
    try:
        value = compute(float(a), float(b))
    except ArithmeticError:
        return as_numpy(left), None
    if not (is_integer(left) and is_integer(right)):
        return left, value
    if abs(value) >= EXACT_INTEGERS or (value == 0 and math.copysign(1.0, value) < 0):
        left = as_float(left)
        return left, None if left.value is None else value
    return left, compute(a, b)


added = _operation(" + ", Level.SUM, lambda a, b: a + b)
subtracted = _operation(" - ", Level.SUM, lambda a, b: a - b)
multiplied = _operation("*", Level.PRODUCT, lambda a, b: a * b)
divided = _operation("/", Level.PRODUCT, lambda a, b: a / b)
OPERATIONS = {Add: added, Sub: subtracted, Mul: multiplied, Div: divided}


def integer_power(base: Code, exponent: Code) -> Code:
    """Return base**exponent for an integer literal as the exponent, which stands on its own: ``x**-2``."""
    base, value = _reconciled(base, exponent, lambda a, b: a**b)
    return Code(f"{base.at_least(Level.ATOM)}**{exponent.text}", Level.POWER, value)
