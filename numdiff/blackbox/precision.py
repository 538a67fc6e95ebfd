"""The working precisions: float16, bfloat16, float32 and float64."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from numbers import Real
from typing import Any, TypeAlias

import ml_dtypes
import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Values: TypeAlias = Any
"""A NumPy scalar or array of any floating dtype; bfloat16 is one that NumPy's own type hints do not know."""

DTYPES: tuple[str, ...] = ("float16", "bfloat16", "float32", "float64")
"""The names of the working precisions."""

_DOUBLE = np.dtype(np.float64)
_COMPLEX: dict[str, np.dtype[Any]] = {"float32": np.dtype(np.complex64), "float64": np.dtype(np.complex128)}


def as_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    """Return one of the working precisions as a NumPy dtype. ValueError if it is not one of :data:`DTYPES`."""
    if dtype is _DOUBLE:  # NumPy's name of a dtype takes a microsecond to make
        return _DOUBLE
    try:
        chosen = np.dtype(ml_dtypes.bfloat16) if dtype == "bfloat16" else np.dtype(dtype)
    except TypeError:
        raise ValueError(f"dtype must be one of {', '.join(DTYPES)}, got {dtype!r}") from None
    if chosen.name not in DTYPES:
        raise ValueError(f"dtype must be one of {', '.join(DTYPES)}, got {chosen.name}")
    return chosen


def unit_roundoff(dtype: DTypeLike) -> float:
    """Return u = ε/2, the greatest relative error of one rounding to nearest in the dtype."""
    return _roundoff(as_dtype(dtype))


@lru_cache(maxsize=8)
def _roundoff(dtype: np.dtype[Any]) -> float:
    return float(_finfo(dtype).eps) / 2


def _finfo(dtype: DTypeLike) -> Any:  # noqa: ANN401 - NumPy's and ml_dtypes' classes have no common base
    return ml_dtypes.finfo(as_dtype(dtype))  # type: ignore[no-untyped-call]  # ml_dtypes leaves it unannotated


def complex_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    """Return the complex dtype of that precision. ValueError for float16 and bfloat16, which have none."""
    chosen = as_dtype(dtype)
    if chosen.name not in _COMPLEX:
        raise ValueError(f"dtype must be float32 or float64 for the complex step, got {chosen.name}")
    return _COMPLEX[chosen.name]


def common_dtype(*arguments: ArrayLike) -> np.dtype[Any]:
    """Return the dtype of the arguments' NumPy floats; Python's own numbers do not widen it."""
    arrays = [
        np.asarray(argument)
        for argument in arguments
        if not isinstance(argument, int | float) or isinstance(argument, np.generic)
    ]
    floats = [array.dtype for array in arrays if array.dtype.name in DTYPES]
    return np.result_type(*floats) if floats else np.dtype(np.float64)


def as_reals(x: ArrayLike, name: str = "x") -> NDArray[Any]:
    """Return numbers as an array of one of the working precisions, or of whole numbers.

    Python's integers of any size, Decimal, Fraction and other real numbers, and NumPy's longdouble are rounded to
    float64.

    Raises
    ------
    ValueError
        If something is not a real number, or too great for float64.
    """
    try:
        array = np.asarray(x)
    except ValueError:
        raise ValueError(f"{name} must be real numbers in rows of one length, got {x!r}") from None
    if array.dtype.name in DTYPES or np.issubdtype(array.dtype, np.integer):
        return array
    if array.dtype == np.longdouble:
        return array.astype(np.float64)
    if array.dtype != object or not all(isinstance(item, Real | Decimal) for item in array.flat):
        kind = array.dtype.name if array.dtype.kind != "U" else "str"
        kind = type(array.item()).__name__ if array.dtype == object and not array.ndim else kind
        raise ValueError(f"{name} must be real numbers, got {kind}")
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise ValueError(f"{name} must be numbers of at most {np.finfo(np.float64).max:.3g}") from None
