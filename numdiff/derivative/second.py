"""The second derivative from values of f alone, with the same ladder, table and honesty as the first."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.derivative.adaptive.auto import Found, as_arrays, explore
from numdiff.derivative.adaptive.central import precise
from numdiff.derivative.adaptive.samples import Samples, sample
from numdiff.derivative.adaptive.table import SAFETY, Estimate, Flags, Floats, Places, extrapolate, weights
from numdiff.derivative.api import as_points, as_result, nothing
from numdiff.derivative.result import DerivativeResult, Reason, Status

_EVEN = weights((2, 4, 6, 8, 10), noise_power=2)[None, None]
"""(f(x+h) − 2f(x) + f(x−h))/h² is f″ plus a series in h², h⁴, …; noise grows as 1/h²."""
_ODD = weights((1, 3, 5, 7, 9), noise_power=2)[None, None]
"""f(x+2h) − 2f(x+h) + 2f(x−h) − f(x−2h) over h² is right f″ minus left f″, times 2, plus a series in h, h³, …"""


def second_derivative(f: AnyFunction, x: ArrayLike, dtype: DTypeLike | None = None) -> DerivativeResult:
    """Return f″(x) with an estimate of its error, from values of f alone and two calls of f if it takes arrays.

    Parameters
    ----------
    f, x, dtype
        As for :func:`numdiff.derivative`.

    Returns
    -------
    DerivativeResult
        With f″ in ``df`` and method "second". Where f has no first derivative from both sides, its status; where f′
        has a kink, as that of x·abs(x) at 0, "not_differentiable".

    Raises
    ------
    ValueError, TypeError
        As :func:`numdiff.derivative`.

    Notes
    -----
    Noise δ in the values of f costs 4δ/h² here, so about half of the digits that f′ has must be given up where f is
    not smooth on a large scale. Ridders' table for F″: Adv. Eng. Software 4 (1982).
    """
    points, shape = as_points(f, x, dtype)
    if not points.size:
        return as_result(nothing(), "second", shape)
    with np.errstate(all="ignore"):
        asked = Asked(f)
        samples = sample(asked, points.astype(np.float64), points.dtype)
        estimate, is_bent, typical = _estimates(samples)
        rows = _best_rows(samples, estimate, points.size)
        estimate = Estimate(*(item[rows] for item in estimate))
        limit = precise(samples.roundoff) * np.maximum(np.abs(estimate.value), typical[rows])
        first = as_arrays(explore(samples, points.size))
        found = _judged(first, estimate, is_bent[rows], estimate.error <= limit)
    return as_result(found, "second", shape, asked.raised)


def _estimates(samples: Samples) -> tuple[Estimate, Flags, Floats]:
    """Return the second derivative of every row, whether it differs from side to side, and its size about x."""
    k, x = samples.rungs, samples.nodes[:, -1:]
    right, left = samples.one_sided
    # the divided difference: exact for a parabola whatever rounding does to the nodes
    quotients = 2 * (right - left) / (samples.nodes[:, :k] - samples.nodes[:, k:-1])
    size = np.abs(samples.values)
    total = size[:, :k] + size[:, k:-1] + 2 * size[:, -1:]
    noise = total * (samples.roundoff / samples.steps[:, -1:] / samples.steps[:, -1:])
    best = extrapolate(quotients[None], _EVEN, noise[None], 2).best()
    value, error, rung = best.value[0], best.error[0], best.rung[0]
    odd = samples.right - samples.left
    turns = (odd[:, 1:] - 2 * odd[:, :-1]) / samples.steps[:, :-1] ** 2
    bent = extrapolate(turns[None], _ODD, 4 * noise[None, :, :-1], 2).best()
    rows = np.arange(rung.size)
    step = samples.steps[rows, rung]
    # as for the first derivative: what moving x by half a unit of its last place does, f‴ being turns/2h
    third = np.abs(turns[rows, np.maximum(rung - 1, 0)]) / step
    blur = samples.roundoff * (np.abs(x[:, 0]) * third + 4 * np.abs(value))
    nearest = SAFETY * best.nearest[0]
    estimate = Estimate(value, SAFETY * error + blur, nearest, step, 2 * best.column[0] + 2)
    # what the slopes would bend if they changed wholly over the largest steps
    bends = (np.abs(right) + np.abs(left)) / samples.steps
    far = np.where(np.isfinite(bends), bends, 0)[:, -(k // 4) :]
    return estimate, np.asarray(np.abs(bent.value[0]) > 8 * bent.error[0]), np.median(far, axis=1)


def _best_rows(samples: Samples, estimate: Estimate, points: int) -> Places:
    """Return the row for every point: that whose relative error is the least."""
    rows = np.arange(points)
    if samples.x.size == points:
        return rows
    second, owner = np.arange(points, samples.x.size), samples.owner[points:]
    relative = estimate.error / np.abs(estimate.value)
    rows[owner] = np.where(relative[owner] <= relative[second], owner, second)  # NaN: the second one
    return rows


def _judged(first: Found, second: Estimate, is_bent: Flags, is_sharp: Flags) -> Found:
    """Return the second derivatives with the verdicts on the first ones, and their own where those are good."""
    status, reason = first.status.copy(), first.reason.copy()
    exists = (status == Status.CONVERGED) | (status == Status.NOISE_LIMITED)
    tells = {
        (Status.CONVERGED, Reason.NONE): (status == Status.CONVERGED) & is_sharp & ~is_bent,
        (Status.NOISE_LIMITED, Reason.NOISE): exists & ~is_sharp & ~is_bent,
        (Status.NOT_DIFFERENTIABLE, Reason.KINK): exists & is_bent,
    }
    for (new_status, new_reason), where in tells.items():
        status[where], reason[where] = new_status, new_reason
    good = exists & np.isfinite(second.error) & ~is_bent
    df, error, truncation, step = (np.where(good, item, np.nan) for item in second[:4])
    order = np.where(good, second.order, 0)
    return Found(df, error, truncation, error - truncation, step, order, first.nfev, status, reason, df, df.copy())
