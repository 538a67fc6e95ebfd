"""Bounds for functions of several variables: where they are asked, and where they count as undefined."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.bound import Interval, interval
from numdiff.gradient.field import Field
from numdiff.gradient.problem import Problem

Bounds: TypeAlias = Interval | Sequence[Interval | None] | Mapping[str, Interval | None] | None
"""One closed interval for all variables, or one for each: by place or by name."""


def with_bounds(task: Problem, bounds: Any) -> Problem:  # noqa: ANN401 - whatever is given
    """Return the same problem, f being called within the bounds only.

    Raises
    ------
    TypeError
        If the bounds are no pairs of numbers or None, or name a variable that f does not have.
    ValueError
        If there are not as many pairs as variables, or the lower end of one is not less than the upper one.
    """
    if bounds is None:
        return task
    low, high = ends_of(task, bounds)
    task.field.call = _within(task.field, task.field.call, low, high)
    return task


def ends_of(task: Problem, bounds: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # noqa: ANN401
    """Return the least and the greatest value of every variable."""
    low, high = np.full(task.variables, -math.inf), np.full(task.variables, math.inf)
    if isinstance(bounds, Mapping):
        pairs = {task.place(name): pair for name, pair in bounds.items()}
    elif _is_one(bounds):
        pairs = dict.fromkeys(range(task.variables), bounds)
    else:
        listed = list(bounds) if isinstance(bounds, list | tuple | np.ndarray) else None
        if listed is None or not all(pair is None or np.size(pair) == 2 for pair in listed):
            raise TypeError(f"bounds must be a pair (low, high), or one for each variable, got {bounds!r}")
        if len(listed) != task.variables:
            raise ValueError(f"bounds must be one pair or {task.variables} of them, got {len(listed)}")
        pairs = dict(enumerate(listed))
    for place, pair in pairs.items():
        ends = interval(pair)
        if ends is not None:
            low[place], high[place] = ends
    return low, high


def _is_one(bounds: Any) -> bool:  # noqa: ANN401
    pair = list(bounds) if isinstance(bounds, list | tuple | np.ndarray) else []
    return len(pair) == 2 and all(end is None or np.ndim(end) == 0 for end in pair) and pair != [None, None]


def _within(
    field: Field, call: Callable[[NDArray[Any]], Any], low: NDArray[np.float64], high: NDArray[np.float64]
) -> Callable[[NDArray[Any]], Any]:
    def inside(table: NDArray[Any]) -> Any:  # noqa: ANN401 - whatever f returns
        places = table.reshape(low.size, -1).real
        is_inside = np.all((places >= low[:, None]) & (places <= high[:, None]), axis=0)
        if table.ndim == 1:
            if not is_inside.all():
                raise ValueError("outside the bounds")
            return call(table)
        if is_inside.all():
            return call(table)
        if not is_inside.any():
            return np.full((*field.known_shape, table.shape[1]), np.nan)
        answers = np.asarray(call(table[:, is_inside]))
        if answers.shape[-1:] != (np.count_nonzero(is_inside),):
            return answers  # f does not take many points
        values = np.full((*answers.shape[:-1], table.shape[1]), np.nan, dtype=np.result_type(answers, np.float16))
        values[..., is_inside] = answers
        return values

    return inside
