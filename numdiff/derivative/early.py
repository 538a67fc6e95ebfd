"""A derivative to a tolerance: a short look first, and the whole one only where that is not sure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.bound import within
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.auto import Found, adaptive, as_arrays, words
from numdiff.derivative.adaptive.table import Floats
from numdiff.derivative.adaptive.values import values_at
from numdiff.derivative.api import as_points, as_result, nothing
from numdiff.derivative.result import DerivativeResult, Reason, Status

POWERS = (-5.0, -4.0, -3.0, -2.0, -1.0)
"""The steps of the table, as powers of two beside the scale of x; the finest first."""
SAFETY = 4.0
"""So many times the disagreement of the two best entries is the error."""
LADDER = 93
"""So many values the whole look takes."""
ROUND = 16.0
"""So many units of rounding every value of f may be off."""


class _Look(NamedTuple):
    value: Floats
    error: Floats
    step: Floats
    is_sure: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    nfev: int


def early(
    f: AnyFunction,
    x: ArrayLike,
    dtype: DTypeLike | None,
    domain: tuple[float, float] | None,
    wanted: tuple[float, float, int | None],
) -> DerivativeResult:
    """Return the derivative to an error of atol + rtol·abs(df) where that is to be had.

    Parameters
    ----------
    wanted : tuple
        rtol, atol, and at how many points f may be evaluated for each element of x: None for no limit.

    Notes
    -----
    The short look takes central quotients with five steps, extrapolated, and two witnesses: the quotient with a step
    near ∛u, which must agree within what rounding does to it, and the slopes to the right and to the left there, which
    must meet.
    """
    points, shape = as_points(f, x, dtype)
    asked = Asked(within(f, domain))
    rtol, atol, most = wanted
    with np.errstate(all="ignore"):
        if not points.size:
            return as_result(nothing(), "auto", shape)
        look = _short(asked, points.astype(np.float64), points.dtype)
        is_done = look.is_sure & (look.error <= atol + rtol * np.abs(look.value))
        found = _as_found(look, is_done)
        rest = np.flatnonzero(~is_done)
        if rest.size and (most is None or most >= LADDER + look.nfev):
            whole = as_arrays(adaptive(asked, points[rest].astype(np.float64), points.dtype))
            for column, new in zip(found, whole, strict=True):
                column[rest] = new
            found.nfev[rest] += look.nfev
    return as_result(Found(*(item[0] for item in found)) if shape is None else found, "auto", shape, asked.raised)


def _short(f: Asked, x: Floats, dtype: np.dtype[np.floating]) -> _Look:
    scale = np.exp2(np.floor(np.log2(np.maximum(np.where(np.isfinite(x), np.abs(x), 1.0), 1.0))))
    roundoff = unit_roundoff(dtype)
    near = np.round(np.log2(roundoff) / 3)
    steps = scale[:, None] * np.exp2([near - 2, near, *POWERS])
    nodes = np.concatenate([x[:, None] + steps, x[:, None] - steps, x[:, None]], axis=1).astype(dtype)
    values, _ = values_at(f, nodes.ravel())
    k, table, places = steps.shape[1], values.reshape(nodes.shape), nodes.astype(np.float64)
    right, left, middle = table[:, :k], table[:, k : 2 * k], table[:, 2 * k :]
    quotients = (right - left) / (places[:, :k] - places[:, k : 2 * k])
    noise = ROUND * roundoff * (np.abs(right) + np.abs(left) + np.abs(middle)) / steps
    entries = [quotients[:, 2:]]
    for power in (2, 4, 6, 8):
        last = entries[-1]
        entries.append(last[:, :-1] + (last[:, :-1] - last[:, 1:]) / (2.0**power - 1))
    value, before = entries[4][:, 0], entries[3][:, 0]
    error = SAFETY * (np.abs(value - before) + np.abs(entries[3][:, 0] - entries[3][:, 1]) / 64) + noise[:, 2]
    turns = [(right[:, j] - 2 * middle[:, 0] + left[:, j]) / steps[:, j] for j in (0, 1)]
    meets = np.abs(turns[0]) <= np.abs(turns[1]) / 2 + 4 * noise[:, 0]
    bend = np.abs(quotients[:, 0] - quotients[:, 1])
    agrees = np.abs(quotients[:, 0] - value) <= error + bend + 2 * noise[:, 0]
    is_small = bend <= 1e-3 * np.abs(value) + 2 * noise[:, 0]
    sure = np.asarray(np.isfinite(error) & meets & agrees & is_small)
    return _Look(value, error, steps[:, 2], sure, nodes.shape[1])


def _as_found(look: _Look, is_done: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Found:
    """Return what the short look has brought; what is not sure counts as limited by noise until it is known better."""
    count = look.value.size
    value, none = np.where(np.isfinite(look.value), look.value, np.nan), np.zeros(count)
    status, reason = words(count, Status.CONVERGED), words(count, Reason.NONE)
    status[~is_done] = Status.NOISE_LIMITED
    error = np.where(look.is_sure, look.error, np.where(np.isfinite(value), np.inf, np.nan))
    orders, nfev = np.full(count, 10), np.full(count, look.nfev)
    return Found(value, error, error.copy(), none, look.step, orders, nfev, status, reason, value.copy(), value.copy())
