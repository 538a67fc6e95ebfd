"""Values of any callable at many points: one call where it can, and a number or NaN for every point in any case."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import DTYPES

_LOW = tuple(name for name in DTYPES if name != "float64")


def values_at(f: AnyFunction, nodes: NDArray[Any]) -> tuple[NDArray[np.float64], str]:
    """Return f at the nodes as float64, and the name of the precision in which it was computed.

    Parameters
    ----------
    f : callable
        Called once with the array; if it cannot take that or does not answer with one value for each node, once for
        every node, with Python floats if the nodes are float64.
    nodes : ndarray, one-dimensional
        Of one of the working precisions.

    Returns
    -------
    values : ndarray of float64
        NaN where f raises an ArithmeticError or a ValueError, and where its value is not real.
    dtype : str
        The lower one of the precisions of the nodes and of the values.
    """
    try:
        raw = np.asarray(f(nodes))
        usable = raw.shape == nodes.shape
    except (TypeError, ValueError, ArithmeticError):  # a scalar-only function: math.exp, or an if on x
        usable = False
    if not usable:
        raw = _each(f, nodes.tolist() if nodes.dtype == np.float64 else nodes)
    return as_real(raw, nodes.dtype)


def as_real(raw: NDArray[Any], asked: np.dtype[Any]) -> tuple[NDArray[np.float64], str]:
    """Return what f gave as float64, in its shape, and the name of the precision in which it was computed.

    Parameters
    ----------
    raw : ndarray
        Numbers of any kind, also of other libraries; NaN comes of those that are not real.
    asked : dtype
        The precision of the points that f was given.
    """
    if raw.dtype == np.float64:
        return raw, asked.name
    name = raw.dtype.name if raw.dtype.name in _LOW else asked.name
    if raw.dtype == object:
        return _each(lambda value: value, raw.ravel()).reshape(raw.shape), name
    return _real(raw), name


def _real(raw: NDArray[Any]) -> NDArray[np.float64]:
    """Return an array of numbers of any type as float64, NaN where they are not real."""
    if np.iscomplexobj(raw):
        return np.where(raw.imag == 0, raw.real, np.nan).astype(np.float64)
    return raw.astype(np.float64)


def _each(f: AnyFunction, points: Iterable[Any]) -> NDArray[np.float64]:
    return np.array([_one(f, point) for point in points])


def _one(f: AnyFunction, point: Any) -> float:  # noqa: ANN401 - whatever the function takes
    try:
        value = f(point)
        if isinstance(value, float | int):
            return float(value)
        number = complex(_single(value))
    except (ArithmeticError, ValueError):
        return math.nan
    return number.real if number.imag == 0 else math.nan


def _single(value: Any) -> Any:  # noqa: ANN401 - a number of any library
    array = np.asarray(value)
    if array.size != 1:
        raise TypeError(f"f must return one number for each point, got an array of shape {array.shape}")
    return array.item()
