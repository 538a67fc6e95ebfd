"""The gradient check over many steps: too large a Δx and too small a Δx both spoil it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.calling import AnyFunction
from numdiff.budget import Budget
from numdiff.difference.schemes import Scheme, as_scheme
from numdiff.function import Function
from numdiff.gradient.check.check import (
    Broken,
    factors_of,
    gradcheck,
    kinks_within,
    names_of,
    point_of,
    relative_norms,
    step_sizes,
)
from numdiff.gradient.check.kinks import MOST_OPERATIONS
from numdiff.gradient.numerical import quotients
from numdiff.gradient.problem import Point, Problem, problem_at_a_point
from numdiff.graph.build import graph_gradient

DEFAULT_STEPS: NDArray[np.float64] = np.logspace(-13, 0, 105)
"""Eight for each power of ten."""


@dataclass(frozen=True, slots=True, eq=False)
class GradCheckSweep:
    """A gradient check for many Δx, the same for every variable.

    Attributes
    ----------
    steps : ndarray, shape (k,)
        Δx, ascending.
    names : tuple[str, ...]
        As in :class:`numdiff.GradCheck`.
    analytic : ndarray, shape (n,)
    numerical : ndarray, shape (n, k)
    relative : ndarray, shape (n, k)
        abs(a − n)/max(abs(a), abs(n)): 0 if both are 0, NaN where a number does not exist.
    whole : ndarray, shape (k,)
        norm(a − n)/max(norm(a), norm(n)).
    kink_from : tuple[float, ...]
        For every variable the smallest of the steps within which a kink is proved to lie; NaN if none is, or f is a
        callable. Without ball arithmetic nothing is proved, and those seen by sampling count.
    scheme, dtype : str
    nfev : int
        At how many points f was evaluated for the quotients.
    """

    steps: NDArray[np.float64]
    names: tuple[str, ...]
    analytic: NDArray[np.float64]
    numerical: NDArray[np.float64]
    relative: NDArray[np.float64]
    whole: NDArray[np.float64]
    kink_from: tuple[float, ...]
    scheme: str
    dtype: str
    nfev: int


def gradcheck_sweep(  # noqa: PLR0917 - in the order of gradcheck
    f: AnyFunction,
    at: Point,
    steps: ArrayLike = DEFAULT_STEPS,
    dtype: DTypeLike | None = np.float64,
    scheme: str | Scheme = "central",
    broken: Broken = None,
    *,
    kinks: bool = True,
) -> GradCheckSweep:
    """Return the relative errors of a gradient check for many steps, with one call of f if it takes many points.

    Parameters
    ----------
    f, at, dtype, scheme, broken
        As for :func:`numdiff.gradcheck`.
    steps : array_like
        Δx, positive and finite, of any order. Those that the precision rounds to 0 give NaN.
    kinks : bool
        Without, none is looked for, which takes less time: ``kink_from`` is NaN.

    Returns
    -------
    GradCheckSweep

    Raises
    ------
    TypeError, ValueError
        As :func:`numdiff.gradcheck`.

    Examples
    --------
    >>> import numdiff as nd
    >>> sweep = nd.gradcheck_sweep(nd.parse("x y"), {"x": 1.0, "y": 2.0})
    >>> sweep.steps.size > 1
    True
    """
    sizes = np.unique(np.asarray(steps, dtype=np.float64))
    if not sizes.size or not np.all(np.isfinite(sizes) & (sizes > 0)):
        raise ValueError("steps must be finite and more than 0, at least one of them")
    task, chosen = problem_at_a_point(f, at, dtype), as_scheme(scheme)
    analytic = _analytic(f, at, float(sizes[0]), task, chosen, broken)
    rows = task.rows(range(task.variables))
    with np.errstate(all="ignore"):
        h = np.broadcast_to(sizes, (task.variables, sizes.size)).astype(task.field.base.dtype)
        numerical = quotients(task.field, rows, chosen, h, "nominal")[0]
        numerical[~np.isfinite(numerical)] = np.nan
        apart = np.abs(analytic[:, None] - numerical)
        relative = apart / np.maximum(np.abs(analytic[:, None]), np.abs(numerical))
        relative[apart == 0] = 0
    whole = relative_norms(np.broadcast_to(analytic[:, None], h.shape), numerical)
    return GradCheckSweep(
        sizes,
        names_of(task),
        analytic,
        numerical,
        relative,
        whole,
        _kinks_from(task, sizes) if kinks else (math.nan,) * task.variables,
        chosen.name,
        task.field.base.dtype.name,
        task.field.nfev,
    )


def _analytic(  # noqa: PLR0917 - what gradcheck is given
    f: AnyFunction, at: Point, step: float, task: Problem, scheme: Scheme, broken: Broken
) -> NDArray[np.float64]:
    """Return the gradient that is checked; a callable's by a whole check, which looks at what it returns, too."""
    if isinstance(f, Function):
        step_sizes(task, task.rows(range(task.variables)), scheme, step)  # must be one that the precision holds
        return _by_graph(task, broken)
    check = gradcheck(f, at, step, task.field.base.dtype, scheme, broken, details=False)
    return np.array([variable.analytic for variable in check.variables])


def _by_graph(task: Problem, broken: Broken) -> NDArray[np.float64]:
    """Return the analytic gradient that a check of a typed function has, without the graph itself."""
    f = task.functions[0]
    found = graph_gradient(f, point_of(task), factors_of(f, broken))
    return np.array([found.get(name, 0.0) for name in task.names])


def _kink_from(task: Problem, place: int, steps: NDArray[np.float64], budget: Budget) -> float:
    """Return the smallest of the ascending steps within which a variable has a kink."""
    looks = 1 + math.ceil(math.log2(steps.size + 1))

    def has_kink(rank: int) -> bool:
        nonlocal looks
        share = budget.share(looks)
        looks -= 1
        kinks = kinks_within(task, place, float(steps[rank]), share)
        budget.count(share.spent)
        return any(kink.certain for kink in kinks)

    if not has_kink(steps.size - 1):
        return math.nan
    below, found = -1, steps.size - 1
    while found - below > 1:
        middle = (below + found) // 2
        below, found = (below, middle) if has_kink(middle) else (middle, found)
    return float(steps[found])


def _kinks_from(task: Problem, steps: NDArray[np.float64]) -> tuple[float, ...]:
    """Return that for each variable; the budget is one for all of them."""
    budget = Budget(MOST_OPERATIONS)
    starts = []
    for place in range(task.variables):
        share = budget.share(task.variables - place)
        starts.append(_kink_from(task, place, steps, share))
        budget.count(share.spent)
    return tuple(starts)
