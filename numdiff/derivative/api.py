"""The derivative of any function at any point, with an error estimate and a status."""

from __future__ import annotations

import math
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import DTYPES, as_dtype, as_reals
from numdiff.derivative.adaptive.auto import Found, adaptive, as_arrays, words
from numdiff.derivative.one_method import by_complex_step, by_dual, by_ridders, by_scheme, scheme_of
from numdiff.derivative.result import SUCCESSFUL, DerivativeResult, Reason, Status
from numdiff.derivative.witness import witnessed
from numdiff.function import Function, one_variable

Method: TypeAlias = Literal["auto", "forward", "backward", "central", "richardson", "complex", "dual"]

METHODS: tuple[str, ...] = get_args(Method)
"""The names of the methods."""

_SCHEMES = ("forward", "backward", "central")
_DOUBLE = np.dtype(np.float64)


def derivative(  # noqa: PLR0917 - as one would type it
    f: AnyFunction,
    x: ArrayLike,
    method: Method = "auto",
    order: int | None = None,
    step: float | None = None,
    dtype: DTypeLike | None = None,
    domain: tuple[float, float] | None = None,
) -> DerivativeResult:
    """Return f′(x), what :func:`numdiff.derivative` gives for n = 1 and real numbers without its other arguments."""
    points, shape = as_points(f, x, dtype)
    _check(method, order, step, domain)
    asked = Asked(f)
    with np.errstate(all="ignore"):
        if not points.size:
            found = nothing()
        elif method == "auto":
            found = adaptive(asked, points.astype(_DOUBLE, copy=False), points.dtype, step, domain)
        else:
            found = _find(asked, points, method, order, step)
    return as_result(found, method, shape, asked.raised)


def as_points(f: AnyFunction, x: ArrayLike, dtype: DTypeLike | None) -> tuple[NDArray[Any], tuple[int, ...] | None]:
    """Return x as a flat array of the working dtype, and its shape: None for a scalar."""
    if isinstance(f, Function):
        one_variable(f)
    if type(x) is float and dtype is None:  # the common case
        return np.array([x]), None
    array = as_reals(x)
    if dtype is not None:
        working = as_dtype(dtype)
    else:
        working = array.dtype if array.dtype.name in DTYPES and not isinstance(x, float) else _DOUBLE
    return array.astype(working).ravel(), array.shape if array.ndim else None


def _check(method: str, order: int | None, step: float | None, domain: tuple[float, float] | None) -> None:
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    if order is not None and method not in _SCHEMES:
        raise ValueError(f"order has no meaning for the {method} method: it is for {', '.join(_SCHEMES)}")
    if step is not None and method == "dual":
        raise ValueError("step has no meaning for the dual method")
    if step is not None and not (math.isfinite(step) and step > 0):
        raise ValueError(f"step must be finite and more than 0, got {step!r}")
    if domain is not None and method != "auto":
        raise ValueError(f"domain has no meaning for the {method} method: it is for auto")
    if domain is not None and not domain[0] < domain[1]:
        raise ValueError(f"domain must be a pair of numbers, the lower one first, got {domain!r}")


def nothing() -> Found:
    """Return the derivatives at no points."""
    none, count = np.zeros(0), np.zeros(0, dtype=np.intp)
    said = words(0, Reason.NONE)
    return Found(none, none, none, none, none, count, count, said, said, none, none)


def _find(f: Asked, x: NDArray[Any], method: str, order: int | None, step: float | None) -> Found:
    """Return the derivative by one of the methods with one step."""
    if method == "richardson":
        return witnessed(f, x, by_ridders(f, x, step))
    if method == "complex":
        return witnessed(f, x, by_complex_step(f.f, x, step))
    if method == "dual":
        return _explained(f, x, by_dual(f.f, x))
    return witnessed(f, x, by_scheme(f, x, scheme_of(method, order), step))


def _explained(f: Asked, x: NDArray[Any], found: Found) -> Found:
    """Return what dual numbers gave, and where that is no derivative what the values of f say: why, or what it is."""
    rows = np.flatnonzero(found.status != Status.CONVERGED)
    if rows.size:
        seen = as_arrays(adaptive(f, x[rows].astype(_DOUBLE), x.dtype))
        nfev = found.nfev[rows] + seen.nfev
        for column, new in zip(found, seen, strict=True):
            column[rows] = new
        found.nfev[rows] = nfev
    return found


def as_result(found: Found, method: str, shape: tuple[int, ...] | None, raised: str = "") -> DerivativeResult:
    """Return the public result: numbers if the shape is None, else arrays of that shape."""
    if shape is None:
        if isinstance(found.df, np.ndarray):
            found = Found(*(item.item() for item in found))
        return _named(found, method, found.status in SUCCESSFUL and math.isfinite(found.df), raised)
    whole = Found(*(np.reshape(item, shape) for item in found))
    success = np.isin(found.status, SUCCESSFUL) & np.isfinite(found.df)
    return _named(whole, method, success.reshape(shape), raised)


def _named(found: Found, method: str, success: Any, raised: str) -> DerivativeResult:  # noqa: ANN401 - a number or an array
    df, error, truncation, rounding, step, order, nfev, status, reason, left, right = found
    return DerivativeResult(
        df, error, truncation, rounding, step, order, method, nfev, success, status, reason, left, right, raised
    )
