"""The complex step: a derivative without a subtraction."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from numdiff.blackbox.calling import AnyFunction, check_callable, imaginary_part
from numdiff.blackbox.precision import Values, common_dtype

COMPLEX_STEP = 2.0**-80
"""A step so small that its truncation error vanishes: nothing is subtracted, so nothing cancels."""
LEAST_STEP = 2.0**-1022
"""Smaller ones have fewer digits."""


def complex_step(f: AnyFunction, x: ArrayLike, step: float | None = None) -> Values:
    """Return Im f(x + ih)/h, the derivative of an analytic function to the last digits.

    Parameters
    ----------
    f : callable
        It must accept complex numbers and use neither abs nor comparisons.
    x : array_like
        Real; float32 or float64, integers are taken as float64.
    step : float, optional
        h, by default 2⁻⁸⁰ times abs(x), or 2⁻⁸⁰ at 0: nothing is subtracted, so it may be as small as one likes.

    Returns
    -------
    scalar or ndarray
        In the shape and dtype of x. NaN where f(x) is not a number, or the value real by type: f is not analytic.

    Raises
    ------
    ValueError
        If f does not accept complex numbers, x is in a precision without complex numbers, or the step is not
        positive.

    Notes
    -----
    W. Squire, G. Trapp, Using complex variables to estimate derivatives of real functions, SIAM Rev. 40 (1998).

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> abs(nd.complex_step(np.exp, 1.0) - np.e).item() < 1e-15
    True
    """
    if step is not None and not (step > 0 and math.isfinite(step)):
        raise ValueError(f"step must be finite and more than 0, got {step}")
    dtype = common_dtype(x)
    check_callable(f)
    point = np.asarray(x).astype(dtype)
    with np.errstate(all="ignore"):
        flat = point.ravel()
        twice = np.concatenate([flat, flat])  # Python's math functions take an array of one number for a number
        return quotients(f, twice, complex_steps(twice, step))[: flat.size].reshape(point.shape)[()]


def quotients(f: AnyFunction, x: Values, h: Values) -> Values:
    """Return Im f(x + ih)/h for arrays x and h of one shape. ValueError if f does not accept complex numbers."""
    return imaginary_part(f, x, h) / h


def complex_steps(x: Values, step: float | None) -> Values:
    """Return the steps for an array of points, in its dtype."""
    if step is not None:
        return np.full(x.shape, step).astype(x.dtype)
    size = np.abs(x.astype(np.float64))
    wanted = COMPLEX_STEP * np.where(np.isfinite(size) & (size > 0), size, 1)
    least = LEAST_STEP if x.dtype == np.float64 else float(np.finfo(x.dtype).tiny)
    return np.maximum(wanted, least).astype(x.dtype)
