"""The local derivatives of each operation: how its value changes with one operand while the others stand still.

Reverse mode and the computational graph are made of these. For functions of one argument they are the
slopes of the rows (:mod:`numdiff.evaluate.forms`); here is the rest: sums, products, powers, logarithms and what has a
kink. Real dtypes only.

At a kink the local derivative is NaN. Where a variable does not matter for the operation (the smaller operand of max,
the slope of leaky_relu on the right) it is 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import numpy as np

from numdiff.evaluate import forms
from numdiff.evaluate.floats import DType
from numdiff.evaluate.operations import choose, constant, operation
from numdiff.evaluate.tape import Instruction, Tape
from numdiff.functions.recipes import Value

Local: TypeAlias = Callable[[list[Value]], Value]
"""From the values of the instructions to the local derivative by one operand."""

_Number: TypeAlias = Callable[[float], Value]


def _power_integer(n: int, number: _Number, a: int) -> Local:
    if n in (0, 1):
        return lambda _: number(n)
    factor = number(n)
    return lambda v: factor * v[a] ** (n - 1)


def _power_rational(exponent: tuple[int, int], dtype: DType, a: int) -> Local:
    """(p/q)·r^(p − q) with r = u^(1/q). At a cusp (p < q and p − q odd) the two sides differ in sign: NaN."""
    p, q = exponent
    factor = constant(p / q, dtype)
    root = operation(Instruction("root_odd", (a,), q), dtype)
    if p > q or (p - q) % 2 == 0:
        return lambda v: factor * root(v[a]) ** (p - q)
    nan = constant(math.nan, dtype)
    return lambda v: choose(v[a] == 0, nan, factor * root(v[a]) ** (p - q))


def _power(place: int, number: _Number, a: int, b: int) -> tuple[Local, Local]:
    """w·u^(w − 1) and u^w·ln u, with u^0 constant and 0^w = 0 for w > 0."""
    zero, nan = number(0), number(math.nan)

    def by_base(v: list[Value]) -> Value:
        return choose(v[b] == 0, zero, v[b] * np.power(v[a], v[b] - 1))

    def by_exponent(v: list[Value]) -> Value:
        return choose(v[a] == 0, choose(v[b] > 0, zero, nan), v[place] * np.log(v[a]))

    return by_base, by_exponent


def _leaky_relu(number: _Number, a: int, b: int) -> tuple[Local, Local]:
    zero, one, nan = number(0), number(1), number(math.nan)

    def by_argument(v: list[Value]) -> Value:
        at_kink = choose(v[b] == 1, one, nan)
        return choose(v[a] == 0, at_kink, choose(v[a] > 0, one, v[b]))

    return by_argument, lambda v: choose(v[a] < 0, v[a], zero)


def _extreme(op: str, number: _Number, a: int, b: int) -> tuple[Local, Local]:
    zero, one, nan = number(0), number(1), number(math.nan)
    first = np.less if op == "min" else np.greater

    def by(own: int, other: int) -> Local:
        return lambda v: choose(first(v[own], v[other]), one, choose(first(v[other], v[own]), zero, nan))

    return by(a, b), by(b, a)


def _one_argument(step: Instruction, place: int, number: _Number) -> Local:
    (a,) = step.operands
    slope = forms.slope(step.op, number(0).dtype)
    return lambda v: slope(v[a], v[place])


def local_derivatives(tape: Tape, place: int, dtype: DType) -> tuple[Local, ...]:
    """Return the local derivatives of one instruction, one for each of its operands.

    Parameters
    ----------
    tape : Tape
    place : int
        The place of the instruction.
    dtype : dtype
        A real floating type; the values must be of it.

    Returns
    -------
    tuple of callable
        From the list of all values (``Program.run`` gives it) to the derivative, in the shape of the operands'
        values; a scalar where it does not depend on them. Call them inside ``np.errstate(all="ignore")``.
    """
    step = tape.instructions[place]
    number: _Number = partial(constant, dtype=dtype)
    a, b = (*step.operands, -1, -1)[:2]
    one, minus = number(1), number(-1)
    match step.op, step.parameter:
        case (("number" | "constant" | "variable"), _):
            return ()
        case "neg", _:
            return (lambda _: minus,)
        case "add", _:
            return (lambda _: one), (lambda _: one)
        case "sub", _:
            return (lambda _: one), (lambda _: minus)
        case "mul", _:
            return (lambda v: v[b]), (lambda v: v[a])
        case "div", _:
            return (lambda v: 1 / v[b]), (lambda v: -v[place] / v[b])
        case "power_integer", int(n):
            return (_power_integer(n, number, a),)
        case "power_rational", (int(p), int(q)):
            return (_power_rational((p, q), dtype, a),)
        case (("root_odd" | "root_even"), int(n)):
            factor = number(n)
            return (lambda v: 1 / (factor * v[place] ** (n - 1)),)
        case "power", _:
            return _power(place, number, a, b)
        case "log", _:
            return (lambda v: 1 / (v[a] * np.log(v[b]))), (lambda v: -v[place] / (v[b] * np.log(v[b])))
        case "leaky_relu", _:
            return _leaky_relu(number, a, b)
        case (("min" | "max"), _):
            return _extreme(step.op, number, a, b)
    return (_one_argument(step, place, number),)
