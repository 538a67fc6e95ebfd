"""A callable with further arguments, and one that is asked within bounds only."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from numdiff.blackbox.calling import check_callable
from numdiff.function import Function

Interval: TypeAlias = tuple[float | None, float | None] | Sequence[float | None]
"""The least and the greatest value, None for none."""


def with_arguments(f: Any, args: Any, kwargs: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - a callable, or what is refused
    """Return f with further arguments after the first, as SciPy's functions take them.

    Raises
    ------
    TypeError
        If f is not callable or is a typed Function, which has no further arguments, or args or kwargs is no sequence
        or mapping.
    """
    check_callable(f)
    if kwargs is not None and not isinstance(kwargs, Mapping):
        raise TypeError(f"kwargs must be a mapping of names to values, got {type(kwargs).__name__}")
    rest = tuple(args) if isinstance(args, list | tuple) else (args,)
    if not rest and not kwargs:
        return f
    if isinstance(f, Function):
        raise TypeError("args and kwargs are for a callable: name the variables of a typed Function in a point instead")
    named = dict(kwargs or {})
    return lambda *x, **at: f(*x, *rest, **at, **named)


def with_extras(f: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any] | None) -> Any:  # noqa: ANN401
    """Return f with further arguments, and f itself, whatever it is, if there are none."""
    return with_arguments(f, args, kwargs) if kwargs or args != () else f


def interval(domain: Any) -> tuple[float, float] | None:  # noqa: ANN401 - whatever is given
    """Return a domain as two numbers, infinite where it has no end; None if none is given.

    Raises
    ------
    TypeError
        If it is not a pair of real numbers or None.
    ValueError
        If the lower end is not less than the upper one.
    """
    if domain is None:
        return None
    pair = list(domain) if isinstance(domain, list | tuple | np.ndarray) else []
    if len(pair) != 2 or not all(end is None or (np.isrealobj(end) and np.ndim(end) == 0) for end in pair):
        raise TypeError(f"domain must be a pair of numbers, (low, high), None for no end, got {domain!r}")
    try:
        ends = [
            infinite if end is None else float(end) for end, infinite in zip(pair, (-math.inf, math.inf), strict=True)
        ]
    except (TypeError, ValueError):
        raise TypeError(f"domain must be a pair of numbers, (low, high), None for no end, got {domain!r}") from None
    low, high = ends
    if not low < high:
        raise ValueError(f"domain must be a pair of numbers, the lower one first, got {domain!r}")
    return low, high


def within(f: Callable[[Any], Any], domain: tuple[float, float] | None) -> Callable[[Any], Any]:
    """Return f that is called within a closed interval only, and NaN elsewhere."""
    if domain is None:
        return f
    low, high = domain

    def inside(x: Any) -> Any:  # noqa: ANN401 - a number or an array
        points = np.asarray(x)
        is_inside = (points >= low) & (points <= high)
        if is_inside.all():
            return f(x)
        if not points.ndim or not is_inside.any():
            return np.full(points.shape, np.nan)[()]
        answers = np.asarray(f(points[is_inside]))
        if answers.shape != (np.count_nonzero(is_inside),):
            raise TypeError("f must return one number for each point")
        values = np.full(points.shape, np.nan, dtype=np.result_type(answers.dtype, np.float16))
        values[is_inside] = answers
        return values

    return inside
