"""How f behaves on one side of a point: it has a slope, a vertical tangent, a jump, a pole, or none of these.

The right and the left side are told by the same code. What grows or settles as the step shrinks is read off the
finest rungs: where f behaves like a + b·h + c·h^p near x, the quotient (f(x+h) − f(x))/h is b + c·h^(p−1), and the gaps
between its values on neighbouring rungs grow by 2^(1−p) whatever b is. They shrink where there is a slope, p > 1; they
are alike for h·log h; they double at a jump, p = 0. In the same way the gaps between values of f itself tell a pole.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.derivative.adaptive.central import precise
from numdiff.derivative.adaptive.samples import Samples
from numdiff.derivative.adaptive.table import ONE_SIDED, SAFETY, Estimate, Flags, Floats, extrapolate

WINDOW = 8
"""How many of the finest rungs must tell the same story; fewer in the low precisions, which have few."""
_ALIKE = 0.03
"""Gaps whose log₂ of growth is within this of 0 or 1 count as alike or doubled."""
_SPREAD = 0.1
"""How much the growth may change over the window: a power of h grows steadily."""


class Kind(IntEnum):
    """What one side does."""

    SLOPE = 0
    MISSING = 1
    VERTICAL = 2
    JUMP = 3
    UNBOUNDED = 4
    ERRATIC = 5


class Sides(NamedTuple):
    """Right (0) and left (1) side: arrays of shape (2, rows)."""

    kind: NDArray[np.int64]
    slope: Floats
    """The one-sided derivative; ±inf for a vertical tangent and a jump, NaN if it is missing or erratic."""
    estimate: Estimate
    """The limits of the quotients, whether there are any or not."""
    typical: Floats
    """The size of the slopes farther away from x, shape (rows,)."""


def settled(roundoff: float) -> float:
    """Return to which part of its size a quotient must be known to have a limit, as far as numbers can tell."""
    return max(1e-2, 2 * precise(roundoff))


def window(samples: Samples) -> int:
    """Return how many of the finest rungs are looked at."""
    return max(3, min(WINDOW, samples.rungs // 5))


def sides(samples: Samples) -> Sides:
    """Return what f does on both sides of every row; f(x) must be finite."""
    quotients, count = samples.one_sided, window(samples)
    estimate, typical = _limit(samples, quotients), _typical(quotients)
    known = settled(samples.roundoff) * np.maximum(np.abs(estimate.value), typical)
    known += 1e-6 * np.abs(samples.middle[:, 0]) / samples.steps[:, -1]
    kind = np.where(estimate.error <= known, Kind.SLOPE, Kind.ERRATIC).astype(np.int64)
    growth = _growth(quotients[..., : count + 2], samples, samples.steps[:, : count + 1])
    kind[(growth > -_ALIKE) & (growth <= 1 - _ALIKE)] = Kind.VERTICAL
    finest, next_one = quotients[..., 0], quotients[..., 1]
    # A kink so near to x that no step is finer makes the gaps double, too; but what jumps is next to nothing.
    dominates = np.abs(finest) > 2 * np.abs(2 * next_one - finest)
    kind[(growth > 1 - _ALIKE) & dominates] = Kind.JUMP
    kind[(growth > 1 + _ALIKE) | grows(samples)] = Kind.UNBOUNDED
    kind[~np.isfinite(quotients[..., :count]).all(axis=2)] = Kind.MISSING
    infinite = (kind == Kind.VERTICAL) | (kind == Kind.JUMP)
    slope = np.where(infinite, np.copysign(np.inf, finest - next_one), estimate.value)
    slope[(kind == Kind.MISSING) | (kind == Kind.ERRATIC) | (kind == Kind.UNBOUNDED)] = np.nan
    return Sides(kind, slope, estimate, typical)


def outward(samples: Samples) -> Floats:
    """Return f at the nodes on both sides, shape (2, rows, rungs)."""
    return np.stack([samples.right, samples.left])


def grows(samples: Samples) -> Flags:
    """Return where f grows towards x without bound, as 1/h or log h does, shape (2, rows)."""
    return np.asarray(_growth(outward(samples)[..., : window(samples) + 2], samples, 1.0) > -_ALIKE)


def is_oscillating(samples: Samples) -> Flags:
    """Return where the quotients jump about although f is not just noisy, shape (2, rows).

    The jitter of the quotients times h is how much f itself jumps about. Noise has the same size at all small steps;
    an oscillation such as x·sin(1/x) shrinks with h. At 0, where the numbers lie as close as one likes, noise of the
    size of f can only be an oscillation. And what goes one way only is no oscillation, but not settled yet.
    """
    quotients, count = samples.one_sided, window(samples)
    steps = samples.steps[:, :-1]
    gaps = np.diff(quotients, axis=2)
    turns = (gaps[..., 1 : 2 * count] * gaps[..., : 2 * count - 1] < 0).sum(axis=2)
    jitter = np.abs(gaps) * steps
    fine, coarse = _median(jitter[..., :count]), _median(jitter[..., 3 * count // 2 : 5 * count // 2])
    size = np.abs(outward(samples)[..., :count]).max(axis=2)
    noisy = fine <= 2.0**12 * samples.roundoff * (size + np.abs(samples.middle[:, 0]))
    restless = _median(np.abs(gaps[..., :count])) > 1e-3 * _median(np.abs(quotients[..., :count]))
    shrinks = (coarse > 16 * fine) | ((samples.x == 0) & (fine > 1e-3 * size))
    return np.asarray(~noisy & (turns >= 2) & restless & shrinks)


def _limit(samples: Samples, quotients: Floats) -> Estimate:
    """Return the limits of the quotients: by Richardson's columns, with or without Aitken's Δ² process before.

    Richardson's columns remove whole powers of h. A fractional one, as in x^1.5 at 0, makes the gaps between the
    quotients a geometric sequence, and Δ² sums up the rest of it (A. C. Aitken 1926). The smaller error decides.
    """
    gap = np.diff(quotients, axis=2)
    finer, coarser = gap[..., :-1], gap[..., 1:]
    summed = np.full_like(quotients, np.nan)
    # of a sequence that diverges Δ² would give the antilimit
    summed[..., :-2] = np.where(
        np.abs(finer) < 0.98 * np.abs(coarser), quotients[..., :-2] - finer**2 / (coarser - finer), np.nan
    )
    noise = (np.abs(outward(samples)) + np.abs(samples.middle)) * (samples.roundoff / samples.steps[:, -1:])
    families = np.concatenate([quotients, summed])
    best = extrapolate(families, ONE_SIDED[None, None], np.concatenate([noise, 8 * noise])).best()
    step = samples.steps[np.arange(len(samples.steps)), best.rung]
    error = SAFETY * best.error + 4 * samples.roundoff * np.abs(best.value)
    both = Estimate(best.value, error, SAFETY * best.nearest, step, best.column + 1)
    better = error[2:] < error[:2]
    return Estimate(*(np.where(better, item[2:], item[:2]) for item in both))


def _median(values: Floats) -> Floats:
    """Return the upper median along the last axis: np.median takes ten times as long on a few numbers."""
    return np.asarray(np.sort(values, axis=-1)[..., values.shape[-1] // 2])


def _typical(quotients: Floats) -> Floats:
    """Return the median of the coarsest quarter, or of all where f has no values so far away; the greater side's."""
    size = np.where(np.isfinite(quotients), np.abs(quotients), 0)
    far = _median(size[..., -(size.shape[2] // 4) :]).max(axis=0)
    return np.asarray(np.where(far > 0, far, _median(size).max(axis=0)))


def _growth(values: Floats, samples: Samples, weight: Floats | float) -> Floats:
    """Return log₂ of the steady growth of the gaps between values on the finest rungs, shape (2, rows).

    −inf where they do not grow steadily or change sign, or where the gaps times the weight may be rounding errors.
    """
    gap = values[..., :-1] - values[..., 1:]
    count = gap.shape[-1]
    size = np.abs(outward(samples)[..., :count]) + np.abs(samples.middle)
    size = np.where(np.isfinite(size), size, 0)
    same = (gap > 0).all(axis=2) | (gap < 0).all(axis=2)
    faint = min(128 * samples.roundoff, 2.0**-5)
    significant = (np.abs(gap) * weight > faint * size).all(axis=2)
    growth = np.log2(gap[..., :-1] / gap[..., 1:])
    slowest = growth.min(axis=2)
    return np.where(same & significant & (growth.max(axis=2) - slowest < _SPREAD), slowest, -np.inf)
