"""Any callable of one number on dual numbers: all points at once where it answers each as alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import DOMAIN_ERRORS, SAME
from numdiff.blackbox.dual_number import Dual, lifted, plain
from numdiff.blackbox.precision import unit_roundoff


def value_and_slope(f: Callable[[Any], Any], x: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return f and f′ at every point: arrays in the shape of x.

    Parameters
    ----------
    f : callable
        Called with a dual number that holds all points, and with one that holds the last point alone; if it refuses
        the first, as an ``if`` on its argument does, or mixes the points, with one point after the other.
    x : ndarray

    Raises
    ------
    TypeError
        If f cannot work on dual numbers, or does not return one number for each point.
    """
    alone = _alone(f, x.ravel()[-1]) if x.size else (np.nan, np.nan)
    every = _at_once(f, x)
    if every is not None and all(map(_agree, (part.ravel()[-1:] for part in every), alone, (x, x))):
        return every
    pairs = [_alone(f, point) for point in x.ravel()]
    value, slope = (np.array(part, dtype=x.dtype).reshape(x.shape) for part in zip(*pairs, strict=True))
    return value, slope


def parts(result: Any) -> tuple[NDArray[Any], NDArray[Any]]:  # noqa: ANN401 - whatever f returns
    """Return the value and the slope of what f returned: a dual number, a list of some, or a constant."""
    result = lifted(result)
    if isinstance(result, Dual):
        return np.asarray(plain(result)), np.asarray(plain(result.slope))
    value = np.asarray(result)
    return value, np.zeros(value.shape)


def on_duals(f: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
    """Return f of dual numbers.

    Raises
    ------
    TypeError
        Also where f writes a dual number into an array of plain ones: NumPy makes a ValueError of that, which would
        tell of a domain.
    """
    try:
        return f(*arguments, **named)
    except ValueError as error:
        if isinstance(error.__cause__, TypeError):
            raise error.__cause__ from error
        raise


def _at_once(f: Callable[[Any], Any], x: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]] | None:
    try:
        value, slope = parts(on_duals(f, Dual(x.copy(), np.ones_like(x))))
    except Exception:  # noqa: BLE001 - a function of one number refuses an array in its own way
        return None
    if value.shape not in {x.shape, ()}:
        return None
    return np.broadcast_to(value, x.shape), np.broadcast_to(slope, x.shape)


def _alone(f: Callable[[Any], Any], point: Any) -> tuple[Any, Any]:  # noqa: ANN401 - NumPy's number
    try:
        value, slope = parts(on_duals(f, Dual(point, np.ones_like(point))))
    except DOMAIN_ERRORS:
        return np.nan, np.nan
    if value.size != 1:
        raise TypeError(f"f must return one number for each point, got an array of shape {value.shape}")
    return value.reshape(())[()], slope.reshape(())[()]


def _agree(among: NDArray[Any], alone: Any, x: NDArray[Any]) -> bool:  # noqa: ANN401
    room = max(SAME, 64 * unit_roundoff(x.dtype))
    return bool(np.allclose(among.astype(np.float64), np.float64(alone), rtol=room, atol=0, equal_nan=True))
