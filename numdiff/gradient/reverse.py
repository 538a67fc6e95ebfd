"""Reverse mode: all partial derivatives in one sweep over the tape, from the result back to the variables.

The adjoint of an instruction is the derivative of the result by its value: the sum, over the instructions that use it,
of their adjoint times their local derivative. It costs a few evaluations of f however many variables there are.

Where a local derivative does not exist but its operation does not matter (x·abs(x) at 0) the adjoint it is multiplied
with is 0, and it counts as 0. Points where the sum over the paths says nothing, as for abs(x²) at 0, are done again in
forward mode from both sides (:mod:`numdiff.evaluate.forward`, whose text says what the derivative is at such points).

A. G. Baydin et al., Automatic differentiation in machine learning: a survey, J. Mach. Learn. Res. 18 (2018), §3.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.evaluate.floats import DType, fill, prepare, program
from numdiff.evaluate.forward import evaluate_dual
from numdiff.evaluate.operations import choose, constant
from numdiff.evaluate.partials import Local, local_derivatives
from numdiff.evaluate.tape import Tape, compile_tape
from numdiff.functions.recipes import Value
from numdiff.functions.registry import jumping, kinked
from numdiff.tree import Node

if TYPE_CHECKING:
    from numdiff.function import Function

Pull: TypeAlias = Callable[[list[Value], Value], Value]
"""From all values and the adjoint of an instruction to what it adds to the adjoint of one of its operands."""


def _pull(op: str, which: int, local: Local, zero: Value, *, is_idle: bool) -> Pull:
    if op == "add" or (op == "sub" and which == 0):
        return lambda _, adjoint: adjoint
    if op in ("neg", "sub"):
        return lambda _, adjoint: -adjoint
    if op in kinked() or (is_idle and op != "piecewise" and op not in jumping()):
        return lambda v, adjoint: choose(adjoint == 0, zero, adjoint * local(v))
    return lambda v, adjoint: adjoint * local(v)


@lru_cache(maxsize=512)
def _sweep(tape: Tape, dtype: DType) -> tuple[tuple[int, tuple[tuple[int, Pull], ...]], ...]:
    """Return, from the last instruction to the first, what each gives to its operands that depend on a variable."""
    active, zero = tape.depends_on(*tape.variables), constant(0, dtype)
    is_idle = tape.has_choices  # what is not chosen has the adjoint 0, and may have no derivative or value at all
    steps: list[tuple[int, tuple[tuple[int, Pull], ...]]] = []
    for place in reversed(range(len(tape.instructions))):
        step = tape.instructions[place]
        is_constant = step.op == "power_integer" and step.parameter == 0
        if step.op == "variable" or not active[place] or is_constant:
            continue
        locals_ = enumerate(zip(step.operands, local_derivatives(tape, place, dtype), strict=True))
        pulls = ((a, _pull(step.op, which, local, zero, is_idle=is_idle)) for which, (a, local) in locals_ if active[a])
        steps.append((place, tuple(pulls)))
    return tuple(steps)


def adjoints(tape: Tape, dtype: DType, values: list[Value]) -> list[Value | None]:
    """Return the adjoint of every instruction by the sum over the paths; None where the result does not depend on it.

    Parameters
    ----------
    tape : Tape
    dtype : dtype
        A real floating type.
    values : list
        Of all instructions, as ``Program.run`` gives them. Call it inside ``np.errstate(all="ignore")``.
    """
    found: list[Value | None] = [None] * len(values)
    found[-1] = constant(1, dtype)
    for place, pulls in _sweep(tape, dtype):
        adjoint = found[place]
        if adjoint is None:
            continue
        for operand, pull in pulls:
            share, before = pull(values, adjoint), found[operand]
            found[operand] = share if before is None else before + share
    return found


@dataclass(frozen=True)
class _Points:
    """Where f is differentiated: the variables' values in one dtype, and the shape they broadcast to."""

    tree: Node
    cast: Mapping[str, Value]
    dtype: DType
    shape: tuple[int, ...]

    def partial(self, name: str, adjoint: Value | None, value: Value) -> Value:
        """Return a variable's adjoint in full shape, done again in forward mode where the sum over paths is NaN."""
        if adjoint is None:
            return fill(constant(0, self.dtype), self.shape, self.dtype)
        is_outside = np.isnan(value)
        full = fill(choose(is_outside, constant(math.nan, self.dtype), adjoint), self.shape, self.dtype)
        unclear = np.broadcast_to(np.isnan(full) & ~is_outside, self.shape)
        return self._again(name, unclear, full) if unclear.any() else full

    def _again(self, name: str, where: NDArray[np.bool_], gradient: Value) -> Value:
        points = {other: np.broadcast_to(value, self.shape)[where] for other, value in self.cast.items()}
        mended = np.array(gradient)
        mended[where] = evaluate_dual(self.tree, points, name, self.dtype)[1]
        return mended[()] if self.shape == () else mended


def reverse_gradient(
    f: Function, at: Mapping[str, ArrayLike], dtype: DTypeLike | None = None
) -> dict[str, NDArray[Any] | np.generic]:
    """Return the partial derivatives of f by all its variables, in one backward sweep.

    Parameters
    ----------
    f : Function
    at : mapping of str to array_like
        A real value for every variable, in any spelling of its name; arrays broadcast and f is differentiated at each
        of the points.
    dtype : dtype_like, optional
        The real floating type to compute in; by default the common type of the values.

    Returns
    -------
    dict[str, numpy.ndarray or numpy.generic]
        By canonical name, in the order of ``f.variables``: in the shape the values broadcast to (a NumPy scalar for
        scalars) and the dtype computed in. Exactly 0 where f does not contain the variable. NaN where there is no
        derivative or f has no value, inf at a vertical tangent, as :func:`numdiff.evaluate.forward.evaluate_dual` gives
        them.

    Raises
    ------
    TypeError
        For a missing, unknown or non-numeric argument, or a dtype that is not a real floating one.
    ValueError
        If the shapes do not broadcast.
    """
    tape = compile_tape(f.tree)
    with np.errstate(all="ignore"):
        cast, wanted, shape = prepare(f.variables, f.arguments(**at), dtype)
        if wanted.kind == "c":
            raise TypeError(f"the dtype must be a real floating one, got {wanted.name}")
        values = program(tape, wanted).run(cast)
        found = adjoints(tape, wanted, values)
        by_name = {
            str(step.parameter): adjoint
            for step, adjoint in zip(tape.instructions, found, strict=True)
            if step.op == "variable"
        }
        points = _Points(f.tree, cast, wanted, shape)
        return {name: points.partial(name, by_name.get(name), values[-1]) for name in f.variables}
