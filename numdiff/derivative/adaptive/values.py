"""Values of any callable at many points: one call where it can, a number or NaN for every point in any case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import LAST, Asked, as_number
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import DTYPES, unit_roundoff

_LOW = tuple(name for name in DTYPES if name != "float64")


def values_at(
    f: AnyFunction | Asked, nodes: NDArray[Any], spare: Sequence[Sequence[int]] = LAST
) -> tuple[NDArray[np.float64], str]:
    """Return f at the nodes as float64, and the name of the precision in which it was computed.

    Parameters
    ----------
    f : callable
        Called once with the array and once with one of the nodes; if it cannot take an array, does not answer with
        one value for each node or mixes them, once for every node, with Python floats if the nodes are float64.
    nodes : ndarray, one-dimensional
        Of one of the working precisions.
    spare : sequence of sequences of int
        The nodes that are asked alone: see :meth:`numdiff.blackbox.asked.Asked.at_once`.

    Returns
    -------
    values : ndarray of float64
        NaN where f raises, and where its value is not real.
    dtype : str
        The lower one of the precisions of the nodes and of the values.

    Raises
    ------
    Exception
        What f raises, if it raises at every node and not only what tells of a domain.
    """
    asked = Asked.of(f)
    raw = asked.at_once(nodes, spare)
    if raw is None:
        raw = asked.one_by_one(nodes.tolist() if nodes.dtype == np.float64 else nodes)
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
    if raw.dtype.kind in "USmM":
        raise TypeError(f"f must return numbers, got {raw.dtype.name}")
    # float32 made of float16 at the end is as rough as float16
    is_lower = raw.dtype.name in _LOW and unit_roundoff(raw.dtype) > unit_roundoff(asked)
    name = raw.dtype.name if is_lower else asked.name
    if raw.dtype == object:
        return np.array([as_number(value) for value in raw.ravel()]).reshape(raw.shape), name
    return _real(raw), name


def _real(raw: NDArray[Any]) -> NDArray[np.float64]:
    """Return an array of numbers of any type as float64, NaN where they are not real."""
    if np.iscomplexobj(raw):
        return np.where(raw.imag == 0, raw.real, np.nan).astype(np.float64)
    return raw.astype(np.float64)
