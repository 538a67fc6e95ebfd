"""A function of several variables along a line through a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.gradient.problem import Problem


def line_of(task: Problem, v: NDArray[np.float64]) -> tuple[Callable[[Any], Any], float]:
    """Return t ↦ f(point + t·v/reach), for a number t, many or a dual one, and the reach.

    The reach is such that a step of 1 along the line moves no variable by more than its size.
    """
    home = task.field.base[:, 0]
    reach = float(np.max(np.abs(v) / np.maximum(np.abs(home.astype(np.float64)), 1)))
    unit = (v / reach).astype(home.dtype)

    def line(t: Any) -> Any:  # noqa: ANN401
        shape = (home.size, *[1] * np.ndim(t))
        moved = home.reshape(shape) + unit.reshape(shape) * t
        if not task.functions:
            return task.call(moved if task.names else moved.reshape((*task.shape, *np.shape(t))))
        given = dict(zip(task.names, moved, strict=True))
        values = [f(**{name: given[name] for name in f.variables}) for f in task.functions]
        return np.stack(values) if task.is_listed else values[0]

    return line, reach
