"""The second derivative from values of f alone, with the same ladder, table and honesty as the first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.derivative.adaptive.auto import Found, as_arrays, explore
from numdiff.derivative.adaptive.central import precise
from numdiff.derivative.adaptive.conflict import finest_clear
from numdiff.derivative.adaptive.samples import Samples, sample
from numdiff.derivative.adaptive.table import SAFETY, Estimate, Flags, Floats, Places, extrapolate, weights
from numdiff.derivative.api import as_points, as_result, nothing
from numdiff.derivative.result import DerivativeResult, Reason, Status

_EVEN = weights((2, 4, 6, 8, 10), noise_power=2)[None, None]
"""(f(x+h) − 2f(x) + f(x−h))/h² is f″ plus a series in h², h⁴, …; noise grows as 1/h²."""
_ODD = weights((1, 3, 5, 7, 9), noise_power=2)[None, None]
"""f(x+2h) − 2f(x+h) + 2f(x−h) − f(x−2h) over h² is right f″ minus left f″, times 2, plus a series in h, h³, …"""

_SEEN = 64
"""So many times the rounding of f is none."""
_FINEST = 8
"""How many of the finest steps must tell the same story."""
_STEADY = 0.03
"""What grows by less than this power of the step does not."""


def second_derivative(f: AnyFunction, x: ArrayLike, dtype: DTypeLike | None = None) -> DerivativeResult:
    """Return f″(x) from values of f alone, what :func:`numdiff.second_derivative` gives without its other arguments."""
    points, shape = as_points(f, x, dtype)
    if not points.size:
        return as_result(nothing(), "second", shape)
    with np.errstate(all="ignore"):
        asked = Asked(f)
        samples = sample(asked, points.astype(np.float64), points.dtype)
        seen = _curvature(samples)
        rows = _best_rows(samples, seen.estimate, points.size)
        estimate = Estimate(*(item[rows] for item in seen.estimate))
        flags = seen.is_bent[rows], seen.grows[rows], seen.is_erratic[rows]
        seen = _Curvature(estimate, *flags, seen.typical[rows])
        found = _judged(as_arrays(explore(samples, points.size)), seen, precise(samples.roundoff))
    return as_result(found, "second", shape, asked.raised)


class _Curvature(NamedTuple):
    """What is seen of every row."""

    estimate: Estimate
    is_bent: Flags
    """Whether the second derivative differs from side to side."""
    grows: Flags
    """Whether it grows without bound towards x, on both sides with opposite signs: the sum of them is 0."""
    is_erratic: Flags
    """Whether it has no limit."""
    typical: Floats
    """Its size about x."""


def _curvature(samples: Samples) -> _Curvature:
    k, x = samples.rungs, samples.nodes[:, -1:]
    right, left = samples.one_sided
    # the divided difference: exact for a parabola whatever rounding does to the nodes
    quotients = 2 * (right - left) / (samples.nodes[:, :k] - samples.nodes[:, k:-1])
    size = np.abs(samples.values)
    total = size[:, :k] + size[:, k:-1] + 2 * size[:, -1:]
    noise = total * (samples.roundoff / samples.steps[:, -1:] / samples.steps[:, -1:])
    best = finest_clear(samples, quotients, extrapolate(quotients[None], _EVEN, noise[None], 2), 2)
    value, error, rung = best.value, best.error, best.rung
    odd = samples.right - samples.left
    turns = (odd[:, 1:] - 2 * odd[:, :-1]) / samples.steps[:, :-1] ** 2
    bent = extrapolate(turns[None], _ODD, 4 * noise[None, :, :-1], 2).best()
    rows = np.arange(rung.size)
    step = samples.steps[rows, rung]
    # as for the first derivative: what moving x by half a unit of its last place does, f‴ being turns/2h
    third = np.abs(turns[rows, np.maximum(rung - 1, 0)]) / step
    blur = samples.roundoff * (np.abs(x[:, 0]) * third + 4 * np.abs(value))
    nearest = SAFETY * best.nearest
    estimate = Estimate(value, SAFETY * error + blur, nearest, step, 2 * best.column + 2)
    # what the slopes would bend if they changed wholly over the largest steps
    bends = (np.abs(right) + np.abs(left)) / samples.steps
    far = np.where(np.isfinite(bends), bends, 0)[:, -(k // 4) :]
    is_bent = np.asarray(np.abs(bent.value[0]) > 8 * bent.error[0])
    seen = _SEEN * noise * np.exp2(2.0 * np.arange(k - 1, -1, -1))
    is_erratic = _wanders(quotients, seen) | _wanders(turns, 4 * seen[:, :-1])
    return _Curvature(estimate, is_bent, _grows(turns, 4 * seen), is_erratic, np.median(far, axis=1))


def _grows(turns: Floats, seen: Floats) -> Flags:
    """Return where the finest turns grow as a power of 1/h less than 2, as which rounding would."""
    finest = np.abs(turns[:, : _FINEST + 1])
    growth = np.log2(finest[:, :-1] / finest[:, 1:])
    is_seen = (finest > seen[:, : _FINEST + 1]).all(axis=1)
    return np.asarray(is_seen & ((growth > _STEADY) & (growth < 2 - _STEADY)).all(axis=1))


def _wanders(quotients: Floats, seen: Floats) -> Flags:
    """Return where the finest quotients turn back again and again.

    By less and less, as h^1.5 at least, is a limit; by more and more, as 1/h at least, is rounding.
    """
    gaps = np.diff(quotients[:, : 2 * _FINEST + 1], axis=1)
    size, half = np.abs(gaps), _FINEST
    is_seen = size > seen[:, : 2 * _FINEST]
    turns = (gaps[:, 1:] * gaps[:, :-1] < 0).sum(axis=1)
    growth = np.log2(size[:, :half].max(axis=1) / size[:, half:].max(axis=1)) / half
    return np.asarray((is_seen.sum(axis=1) >= 2 * half - 2) & (turns >= half // 2) & (growth > -1.5) & (growth < 1))


def _best_rows(samples: Samples, estimate: Estimate, points: int) -> Places:
    """Return the row for every point: that whose relative error is the least."""
    rows = np.arange(points)
    if samples.x.size == points:
        return rows
    second, owner = np.arange(points, samples.x.size), samples.owner[points:]
    relative = estimate.error / np.abs(estimate.value)
    rows[owner] = np.where(relative[owner] <= relative[second], owner, second)  # NaN: the second one
    return rows


def _judged(first: Found, seen: _Curvature, precise_part: float) -> Found:
    """Return the second derivatives with the verdicts on the first ones, and their own where those are good."""
    second, status, reason = seen.estimate, first.status.copy(), first.reason.copy()
    is_sharp = second.error <= precise_part * np.maximum(np.abs(second.value), seen.typical)
    exists = (status == Status.CONVERGED) | (status == Status.NOISE_LIMITED)
    has_none = seen.is_bent | seen.grows | seen.is_erratic
    tells = {
        (Status.CONVERGED, Reason.NONE): (status == Status.CONVERGED) & is_sharp & ~has_none,
        (Status.NOISE_LIMITED, Reason.NOISE): exists & ~is_sharp & ~has_none,
        (Status.NOT_DIFFERENTIABLE, Reason.KINK): exists & seen.is_bent,
        (Status.NOT_DIFFERENTIABLE, Reason.OSCILLATION): exists & seen.is_erratic,
        (Status.NOT_DIFFERENTIABLE, Reason.VERTICAL_TANGENT): exists & seen.grows,
    }
    for (new_status, new_reason), where in tells.items():
        status[where], reason[where] = new_status, new_reason
    good = exists & np.isfinite(second.error) & ~has_none
    df, error, truncation, step = (np.where(good, item, np.nan) for item in second[:4])
    order = np.where(good, second.order, 0)
    return Found(df, error, truncation, error - truncation, step, order, first.nfev, status, reason, df, df.copy())
