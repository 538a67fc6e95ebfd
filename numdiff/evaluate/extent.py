"""Does float64 hold every number on the way to a value?

What Python, SymPy and mpmath do with numbers beyond that differs: Python's own floats raise where NumPy has infinity,
SymPy cannot compute with exponents that do not fit into a machine's integer. Code that is written for them must know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numdiff.evaluate.floats import program
from numdiff.evaluate.tape import Instruction, compile_tape
from numdiff.functions.registry import pieces
from numdiff.functions.trees import growing, periodic
from numdiff.tree import Node

LARGEST_GROWTH = 256
"""e^u is computed in less than a millisecond for u up to 2 to this power."""


def _steps(tree: Node, at: Mapping[str, float]) -> Iterator[tuple[Instruction, float, tuple[float, ...]]]:
    """Yield each operation with its value in float64 and those of its operands."""
    tape, float64 = compile_tape(tree), np.dtype(np.float64)
    with np.errstate(all="ignore"):
        values = program(tape, float64).run({name: np.float64(at[name]) for name in tape.variables})
    numbers = [float(value) for value in values]
    for step, value in zip(tape.instructions, numbers, strict=True):
        yield step, value, tuple(numbers[place] for place in step.operands)


def is_finite_throughout(tree: Node, at: Mapping[str, float]) -> bool:
    """Return True if the value and all that it is made of are finite numbers of float64."""
    return all(np.isfinite(value) for _step, value, _operands in _steps(tree, at))


def is_held_throughout(tree: Node, at: Mapping[str, float]) -> bool:
    """Return True if, besides, nothing on the way is too small for float64: no 0 but those that are 0 exactly."""
    may_be_zero = pieces() | {"add", "sub", "piecewise"}  # gives an exact 0 for operands that are not 0
    return all(
        np.isfinite(value) and (value != 0 or not operands or 0 in operands or step.op in may_be_zero)
        for step, value, operands in _steps(tree, at)
    )


def asks_too_much(tree: Node, at: Mapping[str, ArrayLike]) -> bool:
    """Return True if e^u and its like may be asked for at a u beyond 2^256, or sin u and its like beyond float64.

    A multiprecision library takes seconds for that, or does not return.

    Parameters
    ----------
    tree : Node
        The expression.
    at : mapping of str to array_like
        Values of the variables; arrays of one shape for several points.
    """
    tape, float64 = compile_tape(tree), np.dtype(np.float64)
    with np.errstate(all="ignore"):
        given = {name: np.asarray(at[name], np.float64) for name in tape.variables}
        values = program(tape, float64).run(given)
        return any(
            _is_large(step, [np.asarray(values[place]) for place in step.operands])
            for step in tape.instructions
            if step.op == "power" or step.op in growing() | periodic()
        )


def _is_large(step: Instruction, operands: Sequence[NDArray[np.float64]]) -> bool:
    """Return whether the argument of one operation is too large anywhere; a power is e^(v·ln u)."""
    if step.op in periodic():
        return bool(np.any(np.isinf(operands[0])))
    if step.op != "power":
        return bool(np.any(np.abs(operands[0]) > 2.0**LARGEST_GROWTH))
    base, exponent = operands
    return bool(np.any((base != 0) & (np.abs(exponent * np.log(np.abs(base))) > 2.0**LARGEST_GROWTH)))
