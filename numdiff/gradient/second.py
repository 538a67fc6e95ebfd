"""The Hessian: all second partial derivatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from numdiff.blackbox.asked import Elementwise
from numdiff.blackbox.bound import with_extras
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.auto import Found, words
from numdiff.derivative.adaptive.central import precise
from numdiff.derivative.adaptive.samples import ladders
from numdiff.derivative.adaptive.table import SAFETY, Floats, extrapolate, weights
from numdiff.derivative.result import DerivativeResult, Reason, Status
from numdiff.derivative.second import second_derivative
from numdiff.difference.complex_step import complex_steps
from numdiff.evaluate.forward import evaluate_dual
from numdiff.gradient.bounded import Bounds, with_bounds
from numdiff.gradient.field import MOST_NUMBERS
from numdiff.gradient.problem import Point, Problem, problem
from numdiff.gradient.result import PartialsResult, as_partials

_MATRIX = weights((2, 4, 6, 8, 10), noise_power=2)[None, None]
"""The mixed quotient is the derivative plus a series in h², h⁴, …; noise grows as 1/h²."""
_STEPS = 2.0 ** -np.arange(13.0, -1.0, -1.0)
"""Of the mixed quotients, beside the largest steps by both variables; the finest first."""
_NARROW = 2.0**-9
"""Where the second derivative by one variable needs a smaller part of its size as step, f has a scale of its own."""
_WIDER = 2.0**6
"""The largest step beside that one."""
_CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))

METHODS = ("auto", "dual")


def hessian(
    f: AnyFunction,
    at: Point,
    method: str = "auto",
    *,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
    bounds: Bounds = None,
) -> PartialsResult:
    """Return the Hessian of f: the second derivatives by every pair of variables.

    Parameters
    ----------
    f, at, dtype, args, kwargs, bounds
        As for :func:`numdiff.gradient`; one point. An array ``at`` of any shape counts as its elements in a row.
    method : str
        "auto": from values of f alone, about 90 for each variable and 56 for each pair.
        "dual": for a typed function, the complex step of a derivative by dual numbers, which subtracts nothing;
        where f has pieces (abs, max, …) no complex step is to be had, and those elements are found as by "auto".

    Returns
    -------
    PartialsResult
        ``df`` has the shape (n, n) and is exactly symmetric. Where f has no first derivative by one of the two
        variables there is no second one, and the status says why.

    Raises
    ------
    TypeError
        As :func:`numdiff.gradient`.
    ValueError
        If the method is none of those above, "dual" is asked for a callable, or ``at`` is more than one point.

    Notes
    -----
    The mixed quotient (f(x+h, y+k) − f(x+h, y−k) − f(x−h, y+k) + f(x−h, y−k))/4hk, extrapolated as in Ridders'
    table: Adv. Eng. Software 4 (1982).

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> np.round(nd.hessian(lambda x: x[0] ** 2 * x[1], [3.0, 2.0]).df, 9)
    array([[4., 6.],
           [6., 0.]])
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    task = with_bounds(problem(with_extras(f, args, kwargs), at, dtype), bounds)
    if task.points:
        raise ValueError(f"at must be one point for a Hessian, got values of shape {task.points} by names")
    if method == "dual" and not task.functions:
        raise ValueError("the dual method of a Hessian needs a typed Function")
    with np.errstate(all="ignore"):
        found = _exact(task) if method == "dual" else _numerical(task)
    n = task.variables
    about = (method, task.field.nfev, task.field.calls, task.field.raised)
    return as_partials(found, (n, n), task.names, about, axis=1)


def _numerical(task: Problem) -> Found:
    """Return the Hessian from values of f: arrays of shape (n, n)."""
    diagonal = _diagonal(task)
    if task.field.size != 1:
        raise TypeError(f"f must return one number, got an array of shape {task.field.shape}: see jacobian")
    n = task.variables
    one, two = np.triu_indices(n, 1)
    value, error, step = _mixed(task, _sizes(task, diagonal), one, two)
    typical = np.fmax.reduce(np.abs(diagonal.df), initial=0.0)
    status, reason = words(one.size, Status.CONVERGED), words(one.size, Reason.NONE)
    is_noisy = ~(error <= precise(task.field.roundoff) * np.maximum(np.abs(value), typical))
    is_noisy &= ~(error <= 1e-6 * np.abs(task.field.centre[0, 0]))
    status[is_noisy], reason[is_noisy] = Status.NOISE_LIMITED, Reason.NOISE
    for index in (two, one):  # a second derivative needs both first ones
        lost = ~np.isin(diagonal.status[index], (Status.CONVERGED, Status.NOISE_LIMITED))
        lost &= ~_has_slope(diagonal)[index]
        status[lost], reason[lost] = diagonal.status[index][lost], diagonal.reason[index][lost]
        value[lost] = error[lost] = np.nan
    columns = {"df": value, "error": error, "step": step, "status": status, "reason": reason}
    whole = {name: _symmetric(n, getattr(diagonal, name), some, one, two) for name, some in columns.items()}
    return _as_found(**whole)


def _has_slope(diagonal: DerivativeResult) -> NDArray[np.bool_]:
    """Whether there is a first derivative at least: a kink of the slope, as that of x·abs(x), is no kink of f."""
    pairs = zip(diagonal.status.tolist(), diagonal.reason.tolist(), strict=True)
    return np.array([pair == (Status.NOT_DIFFERENTIABLE, Reason.KINK) for pair in pairs], dtype=bool)


def _as_found(
    df: Floats, error: Floats, step: Floats, status: NDArray[np.object_], reason: NDArray[np.object_]
) -> Found:
    none, count = np.zeros(df.shape), np.zeros(df.shape, dtype=np.intp)
    return Found(df, error, none, none, step, count, count, status, reason, df, df.copy())


def _symmetric(n: int, diagonal: NDArray, above: NDArray, one: NDArray, two: NDArray) -> NDArray:  # type: ignore[type-arg]
    whole = np.empty((n, n), dtype=diagonal.dtype)
    whole[np.arange(n), np.arange(n)] = diagonal
    whole[one, two] = whole[two, one] = above
    return whole


def _diagonal(task: Problem) -> DerivativeResult:
    """Return the second derivatives by each variable alone, all of them with one call."""
    rows = task.rows(range(task.variables))
    owner = ladders(rows.x, task.field.base.dtype).owner

    def along(nodes: NDArray[np.floating]) -> NDArray[np.floating]:
        values = task.field.along(owner, rows.point[owner], nodes.reshape(owner.size, -1))
        result: NDArray[np.floating] = values[0].ravel().astype(nodes.dtype)
        return result

    return second_derivative(Elementwise(along), task.field.base[:, 0], task.field.base.dtype)


def _sizes(task: Problem, diagonal: DerivativeResult) -> Floats:
    """Return the largest step by each variable: its size, or about that over which f is seen to bend along it."""
    home = task.field.base[:, 0].astype(np.float64)
    size = np.exp2(np.floor(np.log2(np.maximum(np.abs(home), 1))))
    is_known = np.isfinite(diagonal.error) & (diagonal.step > 0)
    seen = np.where(is_known, diagonal.step, size)
    return np.asarray(np.where(seen < _NARROW * size, seen * _WIDER, size))


def _mixed(task: Problem, size: Floats, one: NDArray[np.intp], two: NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
    """Return the mixed derivatives of some pairs of variables, their errors and the steps."""
    group = max(1, MOST_NUMBERS // (task.variables * len(_CORNERS) * _STEPS.size))
    parts = [_mixed_of(task, size, one[k : k + group], two[k : k + group]) for k in range(0, one.size, group)]
    if not parts:
        return np.empty(0), np.empty(0), np.empty(0)
    value, error, step = (np.concatenate(item) for item in zip(*parts, strict=True))
    return value, error, step


def _mixed_of(
    task: Problem, size: Floats, one: NDArray[np.intp], two: NDArray[np.intp]
) -> tuple[Floats, Floats, Floats]:
    field = task.field
    home = field.base[:, 0].astype(np.float64)
    k, pairs = _STEPS.size, one.size
    table = np.repeat(field.base, len(_CORNERS) * pairs * k, axis=1).reshape(-1, len(_CORNERS), pairs, k)
    for corner, signs in enumerate(_CORNERS):
        for which, sign in zip((one, two), signs, strict=True):
            table[which, corner, np.arange(pairs)] = (home[which, None] + sign * size[which, None] * _STEPS).astype(
                table.dtype
            )
    widths = []
    for which, (plus, minus) in ((one, (0, 2)), (two, (0, 1))):
        nodes = table[which, :, np.arange(pairs)].astype(np.float64)
        widths.append(nodes[:, plus] - nodes[:, minus])
    values = field.at_points(table.reshape(table.shape[0], -1)).reshape(len(_CORNERS), pairs, k)
    quotients = (values[0] - values[1] - values[2] + values[3]) / widths[0] / widths[1]
    area = (size[one] * size[two])[:, None]
    noise = np.abs(values).sum(axis=0) * (field.roundoff / 4 / area)
    best = extrapolate(quotients[None], _MATRIX, noise[None], 2).best()
    value, error = best.value[0], SAFETY * best.error[0] + 4 * field.roundoff * np.abs(best.value[0])
    is_known = np.isfinite(error)
    step = _STEPS[best.rung[0]] * np.minimum(size[one], size[two])
    return np.where(is_known, value, np.nan), np.where(is_known, error, np.nan), step


def _exact(task: Problem) -> Found:
    """Return the Hessian of a formula: the imaginary part of its derivative beside the point, over the distance."""
    f, base, n = task.functions[0], task.field.base, task.variables
    h = complex_steps(base[:, 0], None)
    table = np.repeat(base, n, axis=1).astype(np.result_type(base.dtype, np.complex64))
    table[np.arange(n), np.arange(n)] += 1j * h
    given: Mapping[str, NDArray[np.complexfloating]] = dict(zip(task.names, table, strict=True))
    slopes = [np.asarray(evaluate_dual(f.tree, given, name)[1]) for name in task.names]
    columns = [np.where(np.isnan(slope), np.nan, slope.imag / h) for slope in slopes]
    df = np.stack(columns, axis=-1).astype(np.float64) if columns else np.zeros((0, 0))
    df = (df + df.T) / 2
    error = 16 * unit_roundoff(base.dtype) * np.maximum(np.abs(df), np.abs(df).max(initial=0.0))
    status, reason = (words(n * n, word).reshape(n, n) for word in (Status.CONVERGED, Reason.NONE))
    found = _as_found(df, error, np.zeros((n, n)), status, reason)
    lost = ~np.isfinite(df)
    if lost.any():
        seen = _numerical(task)
        for name in ("df", "error", "step", "status", "reason", "left", "right"):
            getattr(found, name)[lost] = getattr(seen, name)[lost]
    return found
