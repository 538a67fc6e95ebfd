"""Does float64 hold every number on the way to a value?

What Python, SymPy and mpmath do with numbers beyond that differs: Python's own floats raise where NumPy has infinity,
SymPy cannot compute with exponents that do not fit into a machine's integer. Code that is written for them must know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from numdiff.evaluate.tape import Instruction, compile_tape
from numdiff.evaluate.values import program
from numdiff.tree import Node

_MAY_BE_ZERO = frozenset({"add", "sub", "floor", "ceil", "relu", "min", "max", "leaky_relu"})
"""Operations that give an exact 0 for operands that are not 0."""


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
    return all(
        np.isfinite(value) and (value != 0 or not operands or 0 in operands or step.op in _MAY_BE_ZERO)
        for step, value, operands in _steps(tree, at)
    )
