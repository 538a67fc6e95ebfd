"""Products with derivatives, without the matrix: J·v, v·J and H·v."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.blackbox.bound import with_extras
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.dual_call import on_duals, parts
from numdiff.blackbox.dual_number import Dual, plain
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.auto import words
from numdiff.derivative.adaptive.table import Floats
from numdiff.derivative.result import SUCCESSFUL, Reason, Status
from numdiff.gradient.along import line_of
from numdiff.gradient.first import direction_of, gradient, jacobian
from numdiff.gradient.problem import Point, Problem, problem
from numdiff.gradient.result import PartialsResult
from numdiff.gradient.second import hessian

_COLUMNS = ("df", "error", "step", "success", "status", "reason")


def jvp(
    f: AnyFunction,
    at: Point,
    v: Point,
    method: str = "auto",
    *,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> PartialsResult:
    """Return J·v, the derivative of f along v, without the Jacobian J.

    Parameters
    ----------
    f : Function or callable
        As for :func:`numdiff.jacobian`: it may return a number or an array.
    at : mapping of str to float, or array_like
        One point.
    v : mapping of str to float, or array_like
        The vector, as ``at``; names that are left out are 0.
    method : str
        As for :func:`numdiff.jacobian`; "auto" sees the values of f along the line, "dual" takes one pass.
    dtype, args, kwargs
        As for :func:`numdiff.gradient`.

    Returns
    -------
    PartialsResult
        ``df`` has the shape of the values of f.

    Raises
    ------
    TypeError, ValueError
        As :func:`numdiff.jacobian`; ValueError if v is 0, not finite, or of another shape than ``at``.

    See Also
    --------
    directional_derivative, vjp, hvp

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> nd.jvp(lambda x: np.stack([x[0] * x[1], x[0] ** 2]), [3.0, 2.0], [1.0, 1.0], "dual").df
    array([5., 6.])
    """
    f = with_extras(f, args, kwargs)
    task = _at_one_point(f, at, dtype)
    direction = direction_of(task, v, "v")
    if task.functions and method in {"dual", "reverse"}:
        return _of_matrix(task, jacobian(f, at, method, dtype=dtype), direction)
    line, reach = line_of(task, direction)
    found = jacobian(line, task.field.base.dtype.type(0), method)
    names = ("df", "error", "left", "right")
    columns: dict[str, Any] = {name: np.asarray(getattr(found, name) * reach) for name in names}
    return replace(found, **columns, step=np.asarray(found.step / reach), names=())


def vjp(
    f: AnyFunction,
    at: Point,
    v: ArrayLike,
    method: str = "auto",
    *,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> PartialsResult:
    """Return v·J, the gradient of Σ vᵢfᵢ, without the Jacobian J.

    Parameters
    ----------
    f, at, method, dtype, args, kwargs
        As for :func:`numdiff.gradient`, but f returns an array.
    v : array_like
        The vector, in the shape of the values of f.

    Returns
    -------
    PartialsResult
        As that of :func:`numdiff.gradient`.

    Raises
    ------
    TypeError, ValueError
        As :func:`numdiff.gradient`; ValueError if v has another shape than the values of f.

    See Also
    --------
    jvp, hvp

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> nd.vjp(lambda x: np.stack([x[0] * x[1], x[0] ** 2]), [3.0, 2.0], [1.0, 1.0], "dual").df
    array([8., 3.])
    """
    chosen = with_extras(f, args, kwargs)
    weights = np.asarray(v, dtype=np.float64)
    if not np.all(np.isfinite(weights)):
        raise ValueError(f"v must be finite, got {v!r}")

    def weighted(*x: Any, **named: Any) -> Any:  # noqa: ANN401
        values: Any = chosen(*x, **named)
        values = values if isinstance(values, Dual | np.ndarray) else np.stack(list(values))
        if np.shape(values)[: weights.ndim] != weights.shape:
            raise _ShapeError(f"v must have the shape of the values of f, {np.shape(values)}, got {weights.shape}")
        return np.tensordot(weights, values, axes=weights.ndim)

    try:
        return gradient(weighted, at, method, dtype=dtype)
    except _ShapeError as error:
        raise ValueError(str(error)) from None


class _ShapeError(TypeError):
    """The vector does not fit the values of f: no sign of a domain."""


def hvp(
    f: AnyFunction,
    at: Point,
    v: Point,
    method: str = "auto",
    *,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> PartialsResult:
    """Return H·v, the change of the gradient of f along v.

    Parameters
    ----------
    f, at, dtype, args, kwargs
        As for :func:`numdiff.hessian`.
    v : mapping of str to float, or array_like
        The vector, as ``at``; names that are left out are 0.
    method : str
        "auto": from the Hessian that :func:`numdiff.hessian` finds from values of f.
        "dual": of a callable by nested dual numbers, one pass for each variable and no matrix; of a typed function
        from its Hessian.

    Returns
    -------
    PartialsResult
        In the shape of ``at``.

    Raises
    ------
    TypeError, ValueError
        As :func:`numdiff.hessian`; ValueError if v is 0, not finite, or of another shape than ``at``.

    See Also
    --------
    jvp, vjp, hessian

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> nd.hvp(lambda x: x[0] ** 2 * x[1], [3.0, 2.0], [1.0, 1.0], "dual").df
    array([10.,  6.])
    """
    f = with_extras(f, args, kwargs)
    task = _at_one_point(f, at, dtype)
    direction = direction_of(task, v, "v")
    if method == "dual" and not task.functions:
        return _by_nested(task, direction)
    return _of_matrix(task, hessian(f, at, method, dtype=dtype), direction)


def _of_matrix(task: Problem, matrix: PartialsResult, direction: Floats) -> PartialsResult:
    """Return the product of a matrix of derivatives and a vector; a row that needs one that is missing has none."""
    moved = np.flatnonzero(direction)
    rows = {name: getattr(matrix, name).reshape(-1, task.variables)[:, moved] for name in _COLUMNS}
    df, error = rows["df"] @ direction[moved], rows["error"] @ np.abs(direction[moved])
    status, reason = words(df.size, Status.CONVERGED), words(df.size, Reason.NONE)
    for row, column in zip(*np.nonzero(~rows["success"]), strict=True):
        status[row], reason[row] = rows["status"][row, column], rows["reason"][row, column]
    columns = (df, error, rows["step"].min(axis=1), status, reason)
    about = (matrix.method, matrix.nfev, matrix.calls, matrix.raised)
    return _as_result(columns, about, matrix.df.shape[:-1] if matrix.df.ndim > 1 else (), task.names)


def _at_one_point(f: AnyFunction, at: Point, dtype: DTypeLike | None) -> Problem:
    task = problem(f, at, dtype)
    if task.points:
        raise ValueError(f"at must be one point, got values of shape {task.points} by names")
    return task


def _by_nested(task: Problem, v: Floats) -> PartialsResult:
    home, n = task.field.base[:, 0], task.variables
    df = np.empty(n)
    with np.errstate(all="ignore"):
        for place, unit in enumerate(np.eye(n)):
            seeds = (home, v, unit, np.zeros(n))
            value, along, across, none = (part.astype(home.dtype).reshape(task.shape) for part in seeds)
            point = Dual(Dual(value, along), Dual(across, none))
            answer = on_duals(task.call, [point[k] for k in range(n)] if task.names else point)
            slope = answer.slope.slope if isinstance(answer, Dual) else 0.0
            if np.shape(slope) != ():
                raise TypeError(f"f must return one number, got an array of shape {np.shape(slope)}")
            df[place] = parts(slope)[0] if np.all(np.isfinite(_first_orders(answer))) else np.nan
    status, reason = words(n, Status.CONVERGED), words(n, Reason.NONE)
    status[~np.isfinite(df)] = Status.NOT_DIFFERENTIABLE
    df = np.where(np.isfinite(df), df, np.nan)
    error = 32 * unit_roundoff(home.dtype) * np.abs(df)
    return _as_result((df, error, np.zeros(n), status, reason), ("dual", n, n, ""), task.shape, task.names)


def _first_orders(answer: Any) -> list[Any]:  # noqa: ANN401 - a nested dual number or a constant
    """Return the value and the first derivatives: without them there is no second one."""
    if not isinstance(answer, Dual):
        return [answer]
    return [plain(answer), plain(answer.slope), plain(answer.value.slope)]


def _as_result(
    columns: tuple[Any, ...], about: tuple[str, int, int, str], shape: tuple[int, ...], names: tuple[str, ...]
) -> PartialsResult:
    df, error, step, status, reason = (np.asarray(column).reshape(shape) for column in columns)
    success = np.isin(status, SUCCESSFUL) & np.isfinite(df)
    return PartialsResult(df, error, step, success, status, reason, df.copy(), df.copy(), names, *about)
