"""First derivatives of functions of several variables: partial, gradient, Jacobian, along a direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.asked import Elementwise
from numdiff.blackbox.bound import with_extras
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import as_reals
from numdiff.derivative.adaptive.auto import Found
from numdiff.derivative.adaptive.table import Floats
from numdiff.derivative.api import Method, as_result, derivative
from numdiff.derivative.result import DerivativeResult, Reason, Status
from numdiff.difference.schemes import SCHEMES
from numdiff.gradient.along import line_of
from numdiff.gradient.bounded import Bounds, with_bounds
from numdiff.gradient.containers import flattened
from numdiff.gradient.exactly import by_dual, by_reverse
from numdiff.gradient.numerical import by_adaptive, by_scheme
from numdiff.gradient.problem import Index, Point, Problem, problem
from numdiff.gradient.quick import Rows
from numdiff.gradient.result import PartialsResult, as_partials

Steps: TypeAlias = float | Mapping[str, float] | ArrayLike | None
"""One step for all variables, or one for each."""

METHODS: tuple[str, ...] = ("auto", "dual", "reverse")
"""The names of the methods, besides those of the difference schemes."""
ALONG: tuple[str, ...] = ("auto", "forward", "backward", "central", "richardson", "dual", "reverse")
"""Those for a derivative along a direction."""


def gradient(
    f: AnyFunction,
    at: Point,
    method: str = "auto",
    *,
    step: Steps = None,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
    bounds: Bounds = None,
) -> PartialsResult:
    """Return the gradient of f: all its partial derivatives, each with an error estimate and a status.

    Parameters
    ----------
    f : Function or callable
        A typed function; or a callable of one array (NumPy code, a loss), or of named numbers if ``at`` has names.
        It returns one number. If it is made of operations on whole coordinates (``x[0]``, ``np.sum(x**2, axis=0)``),
        so that it maps an array of shape (n, k) to (k,), all points are evaluated in one call; that is found out, and
        any other callable is called point by point. What it raises of ArithmeticError and ValueError counts as "not
        defined there".
    at : mapping of str to array_like, or array_like
        The point: values by name, or an array of any shape. Integers are taken as float64, so the trap of the usual
        loop is none here: ``x[i] += 1e-4`` leaves an array of integers as it is, and every difference comes out as 0.
        The array given is never written to. A list, a tuple or a mapping of arrays of different shapes (the parameters
        of a network), nested as you like, is given to f as it is, a mapping by names if f takes them; ``df``,
        ``error`` and so on are then such containers, too. A pandas Series keeps its labels.
    method : str
        "auto": the best that values of f alone can do: nine of them for each variable of a smooth function, up to 108
        for a doubtful one. They are asked for in one call for all variables, and one or two more for the doubtful
        ones; more than 131,072 numbers are shared out among several calls, which is quicker than one.
        A name of :data:`numdiff.SCHEMES` ("forward", "central", "central4", "complex", …): one difference quotient,
        computed in the dtype and divided by the step taken; a second one with twice the step tells the error.
        "dual": dual numbers, one pass for each variable. "reverse": one backward sweep over a typed function.
    step : float, mapping or array_like, optional
        The step of a scheme: one number, or one for each variable. By default u^(1/(p+1))·max(1, abs(xᵢ)), p being
        the scheme's order and u the unit roundoff.
    dtype : dtype, optional
        The precision in which f is evaluated; by default that of ``at``.
    args, kwargs : tuple, mapping
        Further arguments of a callable: ``f(x, *args, **kwargs)``.
    bounds : pair, sequence of pairs or mapping, optional
        f is called within these closed intervals only, (low, high) with None for no end: one for all variables or one
        for each. Beside a bound the derivative from within is found ("one_sided").

    Returns
    -------
    PartialsResult
        In the shape of the array ``at``, or with one element for each name. Never a warning from NumPy's arithmetic.

    Raises
    ------
    TypeError
        If f does not return one number, or a variable has no value or is unknown.
    ValueError
        If ``at`` is not real, or step, dtype or method is none of those above.

    See Also
    --------
    jacobian, hessian, jvp, vjp, hvp, gradcheck

    Notes
    -----
    The gradient by dual numbers is exact but for rounding, and takes NumPy code as it is (:class:`numdiff.Dual`); that
    from values of f needs no rule for any operation.

    References
    ----------
    .. [1] C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), Adv. Eng. Software 4 (1982).
    .. [2] A. G. Baydin et al., Automatic differentiation in machine learning: a survey, JMLR 18 (2018).

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> nd.gradient(lambda x: x[0] ** 2 + 3 * x[1], np.array([3, 4])).df
    array([6., 3.])
    >>> w = np.array([[1.0, -1.0], [2.0, 0.5]])
    >>> nd.gradient(lambda x: np.sum((w @ x) ** 2), [1.0, 2.0], "dual").df
    array([10.,  5.])
    """
    chosen = with_extras(f, args, kwargs)
    if (flat := flattened(f, at, len(args) + len(kwargs or {}))) is not None:
        whole = gradient(flat.f, flat.at, method, step=step, dtype=dtype, args=args, kwargs=kwargs, bounds=bounds)
        return flat.restored(whole)
    task = with_bounds(problem(chosen, at, dtype), bounds)
    found = _find(task, range(task.variables), method, step)
    _check_scalar(task)
    return _result(task, found, method, (*task.shape, *task.points))


def jacobian(
    fs: AnyFunction | Sequence[AnyFunction],
    at: Point,
    method: str = "auto",
    *,
    step: Steps = None,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
    bounds: Bounds = None,
) -> PartialsResult:
    """Return the Jacobian: the partial derivatives of several functions, one row for each.

    Parameters
    ----------
    fs : sequence of Function, or callable
        Typed functions, whose variables are taken together; or a callable that returns an array: of shape (m,) for
        one point, and if it can take many at once (m, k) for k of them, as for :func:`gradient`.
    at, method, step, dtype, args, kwargs, bounds
        As for :func:`gradient`.

    Returns
    -------
    PartialsResult
        ``df`` has the shape of the outputs followed by that of the variables: (m, n).

    Raises
    ------
    TypeError, ValueError
        As :func:`gradient`.

    See Also
    --------
    jvp, vjp : its products with a vector, without the matrix.

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> nd.jacobian(lambda x: np.stack([x[0] * x[1], x[0] ** 2]), [3.0, 2.0], "dual").df
    array([[2., 3.],
           [6., 0.]])
    """
    task = with_bounds(problem(with_extras(fs, args, kwargs), at, dtype), bounds)
    found = _find(task, range(task.variables), method, step)
    outputs = task.field.known_shape
    return _result(task, found, method, (*outputs, *task.shape, *task.points), len(outputs))


def partial(  # noqa: PLR0917 - as one would type it
    f: AnyFunction,
    var: Index,
    at: Point,
    method: str = "auto",
    step: Steps = None,
    dtype: DTypeLike | None = None,
    *,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
    bounds: Bounds = None,
) -> DerivativeResult:
    """Return one partial derivative of f: the other variables stay as they are.

    Parameters
    ----------
    var : str, int or tuple of int
        The name of the variable in any spelling, or its index in the array ``at``.
    f, at, method, step, dtype, args, kwargs, bounds
        As for :func:`gradient`; ``at`` has a value for every variable, the moving one included.

    Returns
    -------
    DerivativeResult
        Of Python's numbers; of arrays if the values of the names are arrays.

    Raises
    ------
    TypeError, ValueError
        As :func:`gradient`.

    Examples
    --------
    >>> import numdiff as nd
    >>> round(nd.partial(nd.parse("x^2 y"), "y", {"x": 3.0, "y": 2.0}).df, 9)
    9.0
    """
    task = with_bounds(problem(with_extras(f, args, kwargs), at, dtype), bounds)
    found = _find(task, [task.place(var)], method, step)
    _check_scalar(task)
    counted = found._replace(nfev=np.full(found.df.shape, task.field.nfev))
    return as_result(Found(*(item[0] for item in counted)), method, task.points or None)


def directional_derivative(
    f: AnyFunction,
    at: Point,
    direction: Point,
    method: str = "auto",
    *,
    dtype: DTypeLike | None = None,
    args: tuple[Any, ...] = (),
    kwargs: Mapping[str, Any] | None = None,
) -> DerivativeResult:
    """Return the derivative of f along a direction v: of t ↦ f(at + t·v) at t = 0.

    Parameters
    ----------
    f, at, dtype, args, kwargs
        As for :func:`gradient`; one point. f may return an array, too.
    direction : mapping of str to float, or array_like
        v, as ``at``; names that are left out are 0. It is taken as it is: divide it by its length for the slope per
        unit of length. Where f is differentiable the result is ∇f·v.
    method : str
        "auto" looks at the values of f along the line only, so it also tells of kinks that lie across it; "dual" and
        "reverse" are for typed functions; or "forward", "backward", "central".

    Returns
    -------
    DerivativeResult
        Of Python's numbers; J·v as arrays in the shape of the values of f if those are arrays.

    Raises
    ------
    TypeError, ValueError
        As :func:`gradient`; ValueError if the direction is 0 or not finite.

    See Also
    --------
    jvp : the same with the counts of calls.

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> found = nd.directional_derivative(lambda x: x[0] * x[1], [3.0, 2.0], [1.0, 1.0])
    >>> abs(found.df - 5) <= found.error
    True
    """
    task = problem(with_extras(f, args, kwargs), at, dtype)
    if task.points:
        raise ValueError(f"at must be one point, got values of shape {task.points} by names")
    v = direction_of(task, direction)
    if method in ("dual", "reverse"):
        return _projected(task, v, method)
    if method not in ALONG:
        raise ValueError(f"method must be one of {', '.join(ALONG)}, got {method!r}")
    home = task.field.base[:, :1].astype(np.float64)
    # a step of 1 along the line moves no variable by more than its size
    reach = float(np.max(np.abs(v) / np.maximum(np.abs(home[:, 0]), 1)))
    unit = v[:, None] / reach

    def line(t: NDArray[Any]) -> NDArray[Any]:
        values = task.field.at_points((home + unit * t.astype(np.float64)).astype(task.field.base.dtype))
        if task.field.size != 1:
            raise _SeveralValuesError
        return np.asarray(values[0].astype(task.field.base.dtype))

    try:
        found = derivative(Elementwise(line), 0.0, cast("Method", method), dtype=task.field.base.dtype)
    except _SeveralValuesError:
        return _of_values(task, v, method)
    scaled = {
        name: getattr(found, name) * reach
        for name in ("df", "error", "truncation_error", "rounding_error", "left", "right")
    }
    return replace(found, **scaled, step=found.step / reach, nfev=task.field.nfev, raised=task.field.raised)


class _SeveralValuesError(Exception):
    """f returns an array: its derivative along the line is an array, too."""


def _of_values(task: Problem, v: Floats, method: str) -> DerivativeResult:
    """Return J·v for a function that returns arrays."""
    line, reach = line_of(task, v)
    found = jacobian(line, task.field.base.dtype.type(0), method)
    df, error, left, right = (item * reach for item in (found.df, found.error, found.left, found.right))
    none, counts = np.zeros(df.shape), np.full(df.shape, found.nfev)
    numbers = (df, error, none, error.copy(), found.step / reach, none.astype(np.intp), method, counts)
    return DerivativeResult(*numbers, found.success, found.status, found.reason, left, right, found.raised)


def direction_of(task: Problem, direction: Point, name: str = "direction") -> Floats:
    """Return a direction as one number for each variable.

    Raises
    ------
    ValueError
        If it has another shape, is 0 or is not finite.
    TypeError
        If it names a variable that f does not have.
    """
    if isinstance(direction, Mapping):
        v = np.zeros(task.variables)
        for variable, value in direction.items():
            v[task.place(variable)] = float(np.asarray(value))
    else:
        v = np.asarray(as_reals(direction, name), dtype=np.float64)
        if v.shape != task.shape:
            raise ValueError(f"{name} must have the shape {task.shape}, got {v.shape}")
        v = v.ravel()
    if not np.all(np.isfinite(v)) or not np.any(v):
        raise ValueError(f"{name} must be finite and not 0")
    return v


def _projected(task: Problem, v: Floats, method: str) -> DerivativeResult:
    """Return ∇f·v; NaN where the gradient does not exist, and then what is seen of f along the axes."""
    found = _find(task, range(task.variables), method, None)
    _check_scalar(task)
    moved = np.flatnonzero(v)
    df, error = float(found.df[0, moved] @ v[moved]), float(found.error[0, moved] @ np.abs(v[moved]))
    lost = moved[~np.isfinite(found.df[0, moved])]
    status, reason = Status.CONVERGED, Reason.NONE
    if lost.size:
        status, reason = found.status[0, lost[0]], found.reason[0, lost[0]]
    parts = (df, error, 0.0 * error, error, 0.0, 0, method, task.field.nfev)
    return DerivativeResult(*parts, not lost.size, status, reason, df, df)


def _find(task: Problem, variables: Sequence[int], method: str, step: Steps) -> Found:
    """Return the derivatives by some variables at all points: arrays of shape (outputs, variables·points)."""
    if method not in METHODS and method not in SCHEMES:
        raise ValueError(f"method must be one of {', '.join((*METHODS, *SCHEMES))}, got {method!r}")
    if step is not None and method not in SCHEMES:
        raise ValueError(f"step has no meaning for the {method} method: it is for {', '.join(SCHEMES)}")
    with np.errstate(all="ignore"):
        if method == "dual":
            return by_dual(task, variables)
        if method == "reverse":
            return by_reverse(task, variables)
        rows = task.rows(variables)
        if method == "auto":
            return by_adaptive(task.field, rows)
        return by_scheme(task.field, rows, SCHEMES[method], steps_of(task, rows, step))


def steps_of(task: Problem, rows: Rows, step: Steps) -> Floats | None:
    """Return the step of every row, None if none is given.

    Raises
    ------
    ValueError
        If a step is 0, negative or not finite, or there are not as many as variables.
    """
    if step is None:
        return None
    if isinstance(step, Mapping):
        each = np.full(task.variables, np.nan)
        for name, value in step.items():
            each[task.place(name)] = value
    else:
        try:
            each = np.broadcast_to(np.asarray(step, dtype=np.float64), task.shape).ravel()
        except ValueError:
            raise ValueError(f"step must be one number or have the shape {task.shape}, got {step!r}") from None
    chosen: Floats = each[rows.variable]
    if not np.all(np.isfinite(chosen) & (chosen > 0)):
        raise ValueError(f"step must be finite and more than 0 for every variable, got {step!r}")
    return chosen


def _check_scalar(task: Problem) -> None:
    if task.field.size != 1:
        raise TypeError(f"f must return one number, got an array of shape {task.field.shape}: see jacobian")


def _result(task: Problem, found: Found, method: str, shape: tuple[int, ...], axis: int = 0) -> PartialsResult:
    about = (method, task.field.nfev, task.field.calls, task.field.raised)
    return as_partials(found, shape, task.names, about, axis)
