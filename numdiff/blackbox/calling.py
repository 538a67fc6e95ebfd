"""Calling any function on an array: at once where it can, element by element where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.precision import Values, complex_dtype

AnyFunction: TypeAlias = Callable[[Any], Any]
"""A :class:`numdiff.Function` of one variable, or any callable that takes a number and returns one."""


def check_callable(f: Any) -> None:  # noqa: ANN401 - whatever is given
    """Raise TypeError if f cannot be called."""
    if not callable(f):
        hint = ": parse it by numdiff.parse first" if isinstance(f, str) else ""
        raise TypeError(f"f must be a Function or a callable, got {type(f).__name__}{hint}")


def call(f: AnyFunction, x: Values) -> Values:
    """Return f(x) in x's dtype and shape: one call with the array, or one call per element if f cannot take it.

    In the loop an element for which f raises, as Python's math module does outside a function's domain, becomes NaN.
    A single number is passed on as it is, and so are its exceptions.

    Raises
    ------
    Exception
        What f raises, if it raises for every element and not only what tells of a domain.
    """
    if not isinstance(x, np.ndarray):
        value = f(x)
        if value is None or isinstance(value, str):
            raise TypeError(f"f must return one number for each point, got {type(value).__name__}")
        return x.dtype.type(value)
    asked = Asked.of(f)
    values = asked.at_once(x)
    if values is None:  # a scalar-only function: math.exp, or an if on x
        values = asked.one_by_one(x.ravel()).reshape(x.shape)
    return values.astype(x.dtype, copy=False)


def call_complex(f: AnyFunction, z: Values) -> Values:
    """Return f(z) for complex z; NaN where the value is real by type, as |z| is: f is then not analytic.

    Raises
    ------
    TypeError
        If f does not accept complex numbers, not even one by one.
    """
    try:
        values = np.asarray(f(z.copy()))  # f may change what it is given
    except Exception:
        if not isinstance(z, np.ndarray):
            raise
        values = np.array([f(complex(element)) for element in z.flat]).reshape(z.shape)
    if not np.iscomplexobj(values):
        return np.full(z.shape, complex(np.nan, np.nan), dtype=z.dtype)[()]
    return np.broadcast_to(values, z.shape).astype(z.dtype)[()]


def imaginary_part(f: AnyFunction, x: Values, h: Values) -> Values:
    """Return Im f(x + ih); NaN where f(x) is not a real number, although complex arithmetic may give f(x + ih).

    Raises
    ------
    ValueError
        If f does not accept complex numbers, or the dtype has no complex numbers of its precision.
    """
    point, h = np.broadcast_arrays(x, h)
    nodes = np.empty(point.shape, dtype=complex_dtype(point.dtype))
    nodes.real, nodes.imag = point, h
    try:
        values = call_complex(f, nodes[()])
    except TypeError as error:
        raise ValueError(f"f must accept complex numbers for the complex step: {error}") from error
    return np.where(np.isnan(call(f, x)), point.dtype.type(np.nan), values.imag)[()]
