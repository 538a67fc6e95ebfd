"""What the sweep says about one step, as a code with numbers; the sentences are the page's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from numdiff.orders import arms, envelope
from numdiff.sweep import ErrorSweep

NEAR = 4.0
"""An error within this factor of the least one counts as near the best."""

REACH = 2
"""How many neighbours on each side a step is judged with, so that a lucky hit does not pass for the best."""


@dataclass(frozen=True, slots=True)
class BestStep:
    """The step with the least measured error; both NaN if no error is known.

    ``error`` is the greatest abs(error) among the step and its two neighbours on each side: what can be relied on.
    """

    step: float
    error: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is seen at a step.

    Attributes
    ----------
    code : str
        "truncation_wins" (a smaller step still helps), "rounding_wins" (a larger step helps), "near_best",
        "no_truncation" (only round-off; a larger step helps), "exact" (no error at all), "step_lost" (every node
        rounds to the same number), or why there is no error to speak of: a reason of :class:`numdiff.ErrorSweep`.
    params : Mapping[str, float]
        "step" (the sweep's step next to the one asked for), "truncation", "rounding", "node_rounding", "evaluation"
        and "error" there (signed, NaN if unknown), "crossover" (the step where the arms meet, NaN if they do not:
        below it round-off wins), "best_step" and "best_error" (:func:`measured_best`).
    """

    code: str
    params: Mapping[str, float]


def measured_best(sweep: ErrorSweep, scheme: str) -> BestStep:
    """Return the step with the least measured error, judged together with its neighbours.

    Single errors jump about and may be 0 by luck; so each step is given the greatest error within two steps on each
    side, and of those the least one wins (the largest step among equals, where nothing was lost to rounding yet).
    """
    row = sweep.row(scheme)
    h = np.abs(sweep.steps)
    ascending = np.argsort(h, kind="stable")
    errors = np.abs(sweep.errors[row])[ascending]
    judged = np.where(np.isfinite(errors), envelope(errors, REACH), np.nan)
    if not np.any(np.isfinite(judged)):
        return BestStep(math.nan, math.nan)
    place = len(judged) - 1 - int(np.nanargmin(judged[::-1]))
    return BestStep(float(h[ascending][place]), float(judged[place]))


def crossover(sweep: ErrorSweep, scheme: str) -> float:
    """Return the step at which truncation and round-off are equal: the arms' crossing, NaN if there is none.

    It lies where the truncation error first exceeds the envelope of the round-off, between that step and the one
    below, interpolated on logarithmic axes.
    """
    h, truncation, rounding = arms(sweep, sweep.row(scheme))
    noise = envelope(rounding)
    known = np.flatnonzero(np.isfinite(truncation) & np.isfinite(noise) & (h > 0))
    above = np.flatnonzero(truncation[known] > noise[known])
    if not len(above) or above[0] == 0:
        return math.nan
    left, right = known[above[0] - 1], known[above[0]]
    if truncation[left] == 0:
        return float(h[right])
    gaps = np.log(truncation[[left, right]]) - np.log(noise[[left, right]])
    share = -gaps[0] / (gaps[1] - gaps[0])
    return float(np.exp(np.log(h[left]) + share * (np.log(h[right]) - np.log(h[left]))))


def explain(sweep: ErrorSweep, scheme: str, dx: float) -> Verdict:
    """Return what is seen at the step of the sweep nearest to dx (on the logarithmic axis).

    Raises
    ------
    ValueError
        If dx is 0 or not finite, or the scheme is not in the sweep.
    """
    if dx == 0 or not math.isfinite(dx):
        raise ValueError(f"dx must be finite and not 0, got {dx!r}")
    row, place = sweep.row(scheme), _nearest(sweep.steps, dx)
    best = measured_best(sweep, scheme)
    names = ("truncation", "rounding", "node_rounding", "evaluation")
    params = {name: float(getattr(sweep, name)[row, place]) for name in names}
    params |= {"step": float(sweep.steps[place]), "error": float(sweep.errors[row, place])}
    params |= {"crossover": crossover(sweep, scheme), "best_step": best.step, "best_error": best.error}
    return Verdict(_code(sweep, row, place, best), MappingProxyType(params))


def _nearest(steps: NDArray[np.float64], dx: float) -> int:
    with np.errstate(divide="ignore"):
        distance = np.abs(np.log(np.abs(steps)) - math.log(abs(dx)))
    return int(np.argmin(distance))


def _code(sweep: ErrorSweep, row: int, place: int, best: BestStep) -> str:
    reason = str(sweep.reasons[row, place])
    if reason:
        return reason
    if sweep.errors[row, place] == 0:
        return "exact"
    if not np.any(sweep.truncation[row][np.isfinite(sweep.truncation[row])]):
        return "no_truncation"
    noise = _noise(sweep, row, place)
    truncation = abs(float(sweep.truncation[row, place]))
    if max(truncation, noise) <= NEAR * best.error:
        return "near_best"
    return "truncation_wins" if truncation > noise else "rounding_wins"


def _noise(sweep: ErrorSweep, row: int, place: int) -> float:
    """Return how large the round-off may be around a step, not how large it happens to be."""
    h, _, rounding = arms(sweep, row)
    noise = envelope(rounding, REACH)[np.argmin(np.abs(h - abs(sweep.steps[place])))]
    return 0.0 if math.isnan(noise) else float(noise)
