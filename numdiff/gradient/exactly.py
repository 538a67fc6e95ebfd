"""Partial derivatives without a difference: dual numbers, and one backward sweep over a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.dual_call import on_duals, parts
from numdiff.blackbox.dual_number import Dual
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.auto import Found, words
from numdiff.derivative.adaptive.table import Floats
from numdiff.derivative.result import Reason, Status
from numdiff.evaluate.forward import evaluate_dual
from numdiff.function import Function
from numdiff.gradient.numerical import by_adaptive
from numdiff.gradient.problem import Problem
from numdiff.gradient.reverse import reverse_gradient

ByName = dict[str, NDArray[Any]]


def by_dual(problem: Problem, variables: Sequence[int]) -> Found:
    """Return the partial derivatives by dual numbers, one pass for each variable: arrays (outputs, rows).

    Raises
    ------
    TypeError
        If a callable cannot work on dual numbers.
    """
    if problem.functions:
        return _explained(problem, variables, _of_formulas(problem, variables, _forward))
    base = problem.field.base
    columns = [_one_pass(problem, base[:, point], which) for which in variables for point in range(base.shape[1])]
    slopes = np.stack(columns, axis=-1)
    problem.field.shape = problem.field.shape or columns[0].shape
    problem.field.calls += len(columns)
    problem.field.nfev += len(columns)
    flat = slopes.reshape(-1, len(columns)).astype(np.float64)
    return _explained(problem, variables, _found(flat, _noise(problem, flat)))


def by_reverse(problem: Problem, variables: Sequence[int]) -> Found:
    """Return the partial derivatives of formulas by reverse mode, one sweep for each: arrays (outputs, rows).

    Raises
    ------
    ValueError
        If f is not a typed function: the operations of a callable cannot be seen.
    """
    if not problem.functions:
        raise ValueError("reverse mode needs a typed Function: the operations of a callable cannot be seen")
    return _explained(problem, variables, _of_formulas(problem, variables, _backward))


def _forward(f: Function, given: ByName, names: Sequence[str]) -> list[Any]:
    return [evaluate_dual(f.tree, given, name)[1] for name in names]


def _backward(f: Function, given: ByName, names: Sequence[str]) -> list[Any]:
    found = reverse_gradient(f, {name: given[name] for name in f.variables})
    shape = np.shape(next(iter(given.values())))
    return [found.get(name, np.zeros(shape)) for name in names]


def _of_formulas(
    problem: Problem, variables: Sequence[int], mode: Callable[[Function, ByName, Sequence[str]], list[Any]]
) -> Found:
    """Return the slopes, with what they do at the neighbouring points of the number format as their error."""
    base = problem.field.base
    infinity = base.dtype.type(np.inf)
    nodes = np.concatenate([base, np.nextafter(base, infinity), np.nextafter(base, -infinity)], axis=1)
    given = dict(zip(problem.names, nodes, strict=True))
    names = [problem.names[which] for which in variables]
    found = [np.stack([np.broadcast_to(s, nodes.shape[1:]) for s in mode(f, given, names)]) for f in problem.functions]
    here, above, below = np.split(np.stack(found).astype(np.float64), 3, axis=-1)
    df, *beside = (part.reshape(len(found), -1) for part in (here, above, below))
    with np.errstate(all="ignore"):
        error = np.fmax(*(np.abs(part - df) for part in beside)) + _noise(problem, df)
    return _found(df, error)


def _one_pass(problem: Problem, point: NDArray[Any], which: int) -> NDArray[Any]:
    """Return the derivatives of a callable's outputs by one variable."""
    seed = np.zeros(point.size)
    seed[which] = 1
    if problem.names:  # what does not move is a constant: a negative base has powers with whole exponents
        argument: Any = [Dual(at, 1.0) if place == which else at for place, at in enumerate(point)]
    else:
        argument = Dual(point.copy().reshape(problem.shape)[()], seed.reshape(problem.shape)[()])
    value, slope = parts(on_duals(problem.call, argument))
    return np.where(np.isfinite(value), slope, np.nan)


def _noise(problem: Problem, df: Floats) -> Floats:
    """Return what rounding may do to a derivative that is computed without a subtraction: a few units."""
    return np.asarray(8 * unit_roundoff(problem.field.base.dtype) * np.abs(df))


def _found(df: Floats, error: Floats) -> Found:
    none, count = np.zeros(df.shape), np.zeros(df.shape, dtype=np.intp)
    status, reason = (words(df.size, word).reshape(df.shape) for word in (Status.CONVERGED, Reason.NONE))
    lost = ~np.isfinite(df)
    df = np.where(lost, np.nan, df)
    error = np.where(np.isfinite(error), error, np.where(lost, np.nan, np.abs(df)))
    status[lost] = Status.NOT_DIFFERENTIABLE
    return Found(df, error, none, error.copy(), none.copy(), count, count.copy(), status, reason, df.copy(), df.copy())


def _explained(problem: Problem, variables: Sequence[int], found: Found) -> Found:
    """Return the same with what the values of f say where the rules give no derivative: why, or what it is."""
    lost = ~np.isfinite(found.df)
    places = np.flatnonzero(lost.any(axis=0))
    if places.size:
        seen = by_adaptive(problem.field, problem.rows(variables).take(places))
        for output in range(found.df.shape[0]):
            which = np.flatnonzero(lost[output, places])
            for column, new in zip(found, seen, strict=True):
                column[output, places[which]] = new[output, which]
    return found
