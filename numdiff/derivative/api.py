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
from numdiff.derivative.result import DerivativeResult, Reason, Status
from numdiff.derivative.witness import witnessed
from numdiff.function import Function, one_variable

Method: TypeAlias = Literal["auto", "forward", "backward", "central", "richardson", "complex", "dual"]

METHODS: tuple[str, ...] = get_args(Method)
"""The names of the methods."""

_SCHEMES = ("forward", "backward", "central")
_SUCCESS = (Status.CONVERGED, Status.ONE_SIDED)
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
    """Return f′(x) with an estimate of its error and a word on whether it exists.

    Parameters
    ----------
    f : callable
        A :class:`numdiff.Function` of one variable or any callable that takes a number and returns one. It is called
        with a copy of an array of many points and with one of them alone; if it refuses the array, whatever it
        raises, or mixes its elements, with one number after the other. Where it raises, and where it returns a complex
        number, it counts as undefined.
    x : array_like
        Real; integers of any size, Decimal, Fraction and longdouble are taken as float64.
    method : str
        "auto": the best that values of f alone can do, from about 90 of them got by one call; it recognises kinks,
        jumps, poles, cusps, vertical tangents, the domain's edges and oscillation. It never looks into a Function.
        "forward", "backward", "central": one difference quotient, in the dtype, divided by the step taken.
        "richardson": Ridders' table of ten central differences.
        "complex": the complex step, for a function that accepts complex numbers.
        "dual": dual numbers, for a Function or code written with NumPy's functions.
    order : int, optional
        The order of accuracy of a difference quotient: 1 to 8, even for the central one.
    step : float, optional
        The step of a quotient, the first one of Ridders' table, the imaginary one. For "auto" about the largest one:
        taken larger where numbers at x lie too far apart to go down from it, and at most 2⁴² times max(1, abs(x)).
    dtype : dtype, optional
        float16, bfloat16, float32 or float64: the precision in which f is evaluated. By default that of x. The tables
        of "auto" and "richardson" are computed in float64 whatever it is.
    domain : pair of float, optional
        "auto" calls f in this closed interval only: elsewhere it counts as undefined.

    Returns
    -------
    DerivativeResult
        Of Python's numbers for a scalar x, of arrays in the shape of x else. Never a warning from NumPy's arithmetic.

    Raises
    ------
    ValueError
        If an argument is out of the range given here or has no meaning for the method.
    TypeError
        If f does not return one number for each point, or cannot work on dual numbers.
    Exception
        What f raises, if it raises at every point and not an ArithmeticError or a ValueError, as functions do outside
        their domain: of those the first is kept in ``raised``.

    Notes
    -----
    A quotient, Ridders' table and the complex step see their nodes only. Five more values of f about x, counted in
    ``nfev``, must bear out what they give; where they do not, as for the central quotient of abs(x) at 0, df and error
    are as computed, the status is "unverified", and ``success`` is False.

    "auto" makes a Richardson table of central quotients on steps that are powers of two, and takes the entry with the
    least error; that is the largest disagreement among finer entries, scaled by the law by which noise grows, plus
    the rounding of f. See :mod:`numdiff.derivative.adaptive.table`, and for the idea of measuring the noise of f
    instead of assuming it: R. S. Stepleman, N. D. Winarsky, Adaptive numerical differentiation, Math. Comp. 33 (1979);
    J. J. Moré, S. M. Wild, Estimating computational noise, SIAM J. Sci. Comput. 33 (2011).
    """
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
        return _named(found, method, found.status in _SUCCESS and math.isfinite(found.df), raised)
    whole = Found(*(np.reshape(item, shape) for item in found))
    success = np.isin(found.status, _SUCCESS) & np.isfinite(found.df)
    return _named(whole, method, success.reshape(shape), raised)


def _named(found: Found, method: str, success: Any, raised: str) -> DerivativeResult:  # noqa: ANN401 - a number or an array
    df, error, truncation, rounding, step, order, nfev, status, reason, left, right = found
    return DerivativeResult(
        df, error, truncation, rounding, step, order, method, nfev, success, status, reason, left, right, raised
    )
