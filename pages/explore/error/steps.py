"""Which Δx a scheme is shown with: the model's h*, or what stands in where there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from numdiff.blackbox.precision import unit_roundoff
from numdiff.difference.schemes import SCHEMES
from numdiff.error.model import OptimalStep, optimal_step
from numdiff.function import Function

LECTURE = 1e-4
"""The lecture's Δx."""


@dataclass(frozen=True)
class Chosen:
    """A step, and where it is from.

    Attributes
    ----------
    step : float
    source : {"model", "free", "rule"}
        h* of the model; any step, since the model's h* is infinite; or u^(1/(p+1))·max(1, abs(x)), since f has no
        model at x.
    model : OptimalStep
    """

    step: float
    source: Literal["model", "free", "rule"]
    model: OptimalStep


def chosen_step(function: Function, x: float, scheme: str, dtype: str = "float64") -> Chosen:
    """Return the step with which a scheme is to be shown at x, a point that the dtype can hold."""
    model = optimal_step(function, x, scheme, dtype)
    size = max(1.0, abs(x))
    if 0 < model.step < math.inf:
        return Chosen(model.step, "model", model)
    if math.isinf(model.step):
        return Chosen(2.0 ** round(math.log2(size)), "free", model)
    return Chosen(unit_roundoff(dtype) ** (1 / (SCHEMES[scheme].order + 1)) * size, "rule", model)
