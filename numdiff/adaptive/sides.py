"""How f behaves on one side of a point: it has a slope, a vertical tangent, a jump, a pole, or none of these.

The right and the left side are told by the same code: increments are taken outward from x. What grows or settles as
the step shrinks is read off the finest rungs, where a function near x looks like its leading power h^p: the quotient
(f(x+h) − f(x))/h then grows by 2^(1−p) from rung to rung.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.adaptive.samples import Samples
from numdiff.adaptive.table import ONE_SIDED, SAFETY, Estimate, Flags, Floats, extrapolate

WINDOW = 8
"""How many of the finest rungs must tell the same story; fewer in the low precisions, which have few."""
_SLOW, _JUMP = 0.02, 0.03
"""log₂ of the growth from rung to rung: log h grows by 0.03 at the finest rungs, a jump's quotient by 1 ± _JUMP."""


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


def precise(roundoff: float) -> float:
    """Return to which part of the slopes about x a derivative must be known to have converged."""
    return min(0.25, max(1e-6, 64 * math.pow(roundoff, 2 / 3)))


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
    fastest, slowest = _growth(quotients, samples)
    kind[(slowest > _SLOW) & (fastest < 1 - _JUMP) & (fastest - slowest < 0.1)] = Kind.VERTICAL
    kind[(slowest > 1 - _JUMP) & (fastest < 1 + _JUMP)] = Kind.JUMP
    kind[(slowest > 1 + _JUMP) | grows(samples)] = Kind.UNBOUNDED
    kind[~np.isfinite(quotients[..., :count]).all(axis=2)] = Kind.MISSING
    infinite = (kind == Kind.VERTICAL) | (kind == Kind.JUMP)
    slope = np.where(infinite, np.copysign(np.inf, quotients[..., 0]), estimate.value)
    slope[(kind == Kind.MISSING) | (kind == Kind.ERRATIC) | (kind == Kind.UNBOUNDED)] = np.nan
    return Sides(kind, slope, estimate, typical)


def outward(samples: Samples) -> Floats:
    """Return f at the nodes on both sides, shape (2, rows, rungs)."""
    return np.stack([samples.right, samples.left])


def grows(samples: Samples) -> Flags:
    """Return where abs(f) grows towards x without bound, as 1/h or log h does, shape (2, rows)."""
    size = np.abs(outward(samples)[..., : window(samples) + 1])
    growth = np.log2(size[..., :-1] / size[..., 1:])
    slowest, fastest = growth.min(axis=2), growth.max(axis=2)
    return np.asarray((slowest > _SLOW) & (fastest - slowest < 0.1 + 0.5 * fastest))


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
    fine = np.median(jitter[..., :count], axis=2)
    coarse = np.median(jitter[..., 3 * count // 2 : 5 * count // 2], axis=2)
    size = np.abs(outward(samples)[..., :count]).max(axis=2)
    noisy = fine <= 2.0**12 * samples.roundoff * (size + np.abs(samples.middle[:, 0]))
    shrinks = (coarse > 16 * fine) | ((samples.x == 0) & (fine > 1e-3 * size))
    return np.asarray(~noisy & (turns >= 2) & shrinks)


def _limit(samples: Samples, quotients: Floats) -> Estimate:
    """Return the limits of the quotients: by Richardson's columns, or by Aitken's Δ² process.

    Richardson's columns remove whole powers of h. A fractional one, as in x^1.5 at 0, makes the differences of the
    finest quotients a geometric sequence; then the rest of it is summed up (A. C. Aitken 1926).
    """
    noise = (np.abs(outward(samples)) + np.abs(samples.middle)) * (samples.roundoff / samples.steps[:, -1:])
    best = extrapolate(quotients, ONE_SIDED[None, None], noise).best()
    error = SAFETY * best.error + 4 * samples.roundoff * np.abs(best.value)
    step = samples.steps[np.arange(len(samples.steps)), best.rung]
    finest = quotients[..., : window(samples) + 2]
    gap = finest[..., :-1] - finest[..., 1:]
    ratio = gap[..., :-1] / gap[..., 1:]
    limits = finest[..., :-2] + gap[..., :-1] * ratio / (1 - ratio)
    steady = (np.ptp(ratio, axis=2) < 0.02) & (ratio.min(axis=2) > 0.02) & (ratio.max(axis=2) < 0.98)
    spread = 4 * np.abs(limits[..., 0] - limits[..., 1])
    summed = Estimate(
        limits[..., 0], spread + 4 * samples.roundoff * np.abs(finest[..., 0]), spread, samples.steps[:, 0], 1
    )
    table = Estimate(best.value, error, SAFETY * best.nearest, step, best.column + 1)
    better = steady & (summed.error < error)
    return Estimate(*(np.where(better, one, other) for one, other in zip(summed, table, strict=True)))


def _typical(quotients: Floats) -> Floats:
    """Return the median of the coarsest quarter, or of all where f has no values so far away; the greater side's."""
    size = np.where(np.isfinite(quotients), np.abs(quotients), 0)
    far = np.median(size[..., -(size.shape[2] // 4) :], axis=2).max(axis=0)
    return np.asarray(np.where(far > 0, far, np.median(size, axis=2).max(axis=0)))


def _growth(quotients: Floats, samples: Samples) -> tuple[Floats, Floats]:
    """Return the greatest and the least log₂ of the growth from rung to rung, shape (2, rows).

    Both are −inf where the quotients change sign, or where the increments may be rounding errors of f.
    """
    count = window(samples)
    finest = quotients[..., : count + 1]
    rise = np.abs(finest) * samples.steps[:, : count + 1]
    size = np.abs(outward(samples)[..., : count + 1]) + np.abs(samples.middle)
    steady = ((finest > 0).all(axis=2) | (finest < 0).all(axis=2)) & (rise > 128 * samples.roundoff * size).all(axis=2)
    growth = np.log2(np.abs(finest[..., :-1] / finest[..., 1:]))
    return np.where(steady, growth.max(axis=2), -np.inf), np.where(steady, growth.min(axis=2), -np.inf)
