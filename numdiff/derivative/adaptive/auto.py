"""The adaptive derivative: sample, read the central table, and look closer where that is not plain."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.derivative.adaptive.central import PLAIN, Central, central, central_of_one, central_table
from numdiff.derivative.adaptive.conflict import clashes, settle
from numdiff.derivative.adaptive.samples import Samples, sample, spans
from numdiff.derivative.adaptive.table import Estimate, Floats
from numdiff.derivative.adaptive.verdict import judge
from numdiff.derivative.result import Reason, Status

CHUNK = 64
"""So many rows at once keep the tables in the processor's cache."""


class Found(NamedTuple):
    """A derivative as in :class:`numdiff.derivative.result.DerivativeResult`: numbers for one point, else arrays."""

    df: Any
    error: Any
    truncation: Any
    rounding: Any
    step: Any
    order: Any
    nfev: Any
    status: Any
    reason: Any
    left: Any
    right: Any


def adaptive(
    f: AnyFunction | Asked,
    x: Floats,
    dtype: np.dtype[Any],
    step: float | None = None,
    domain: tuple[float, float] | None = None,
) -> Found:
    """Return the derivative at every point, from values of f alone and with one call of f if it takes arrays.

    Parameters
    ----------
    f : callable
    x : ndarray, shape (points,)
        Values of the dtype, held as float64.
    dtype : dtype
        One of the working precisions: what f is given.
    step : float, optional
        About the largest step; by default four times the greater of 1 and abs(x).
    domain : pair of float, optional
        f is called only here.
    """
    counts = None if step is None else spans(x, dtype, step)[1]
    if counts is None or counts.min() == counts.max():
        return explore(sample(f, x, dtype, step, domain), x.size)
    places = [np.flatnonzero(counts == count) for count in np.unique(counts)]
    parts = [as_arrays(explore(sample(f, x[some], dtype, step, domain), some.size)) for some in places]
    order = np.argsort(np.concatenate(places))
    return Found(*(np.concatenate(column)[order] for column in zip(*parts, strict=True)))


def explore(samples: Samples, points: int) -> Found:
    """Return the derivative at every one of the points that the samples were taken for."""
    if samples.x.size == 1:
        table = central_table(samples)
        one = central_of_one(samples, table)
        if one.plain or (one.smooth and not clashes(table)):
            return _plain(one.estimate, samples.nodes.size, Status.CONVERGED, Reason.NONE)
        estimate = Estimate(*(np.array([item]) for item in one.estimate))
        first = Central(estimate, np.array([one.plain]), np.array([one.smooth]))
    else:
        first = _in_chunks(samples)
    rows = _rows(samples, first, points)
    picked, chosen = (samples, first) if rows is None else (samples.take(rows), first.take(rows))
    nfev = np.bincount(samples.owner, minlength=points) * samples.nodes.shape[1]
    found = _plain(chosen.estimate, nfev, words(points, Status.CONVERGED), words(points, Reason.NONE))
    doubtful = np.flatnonzero(~chosen.plain)
    for start in range(0, doubtful.size, CHUNK):
        some = doubtful[start : start + CHUNK]
        _look_closer(picked.take(some), chosen.take(some), found, some)
    return found


def as_arrays(found: Found) -> Found:
    """Return the same with arrays of one element instead of numbers."""
    if isinstance(found.df, np.ndarray):
        return found
    return Found(*(words(1, item) if isinstance(item, StrEnum) else np.array([item]) for item in found))


def words(count: int, word: StrEnum) -> NDArray[np.object_]:
    """Return an array of one word; np.full would make it a plain string."""
    array = np.empty(count, dtype=object)
    array.fill(word)
    return array


def _plain(estimate: Estimate, nfev: Any, status: Any, reason: Any) -> Found:  # noqa: ANN401 - numbers or arrays
    df, error, truncation, step, order = estimate
    # + makes copies of an array: the sides may be found to differ from the whole
    return Found(df, error, truncation, error - truncation, step, order, nfev, status, reason, +df, +df)


def _in_chunks(samples: Samples) -> Central:
    chunks = (samples.take(slice(start, start + CHUNK)) for start in range(0, samples.x.size, CHUNK))
    parts = [central(chunk, central_table(chunk)) for chunk in chunks]
    if len(parts) == 1:
        return parts[0]
    estimates = zip(*(part.estimate for part in parts), strict=True)
    whole = Estimate(*(np.concatenate(column) for column in estimates))
    plain, smooth = (np.concatenate(column) for column in zip(*((p.plain, p.smooth) for p in parts), strict=True))
    return Central(whole, plain, smooth)


def _rows(samples: Samples, first: Central, points: int) -> NDArray[np.intp] | None:
    """Return the row to be used for every point; None if every point has only one.

    A tiny x has a second row, whose steps are scaled by x. It is used if it is plain and the first one is not, or if
    neither is and its error is smaller.
    """
    if samples.x.size == points:
        return None
    rows = np.arange(points)
    second = np.arange(points, samples.x.size)
    owner = samples.owner[second]
    value, error = first.estimate.value, first.estimate.error
    # Where f does not change at all over such tiny steps, nothing but its rounding is seen.
    plain = first.plain[second] & (error[second] <= PLAIN * np.abs(value[second]))
    smaller = ~first.plain[second] & (error[second] < error[owner])
    rows[owner] = np.where(~first.plain[owner] & (plain | smaller), second, owner)
    return rows


def _look_closer(samples: Samples, central: Central, found: Found, places: NDArray[np.intp]) -> None:
    """Write what a closer look at some rows brings into the arrays of ``found``."""
    settled = settle(samples, central_table(samples), central.estimate)
    is_same = settled.value == central.estimate.value
    doubtful = ~(central.smooth & is_same)
    if not doubtful.any():
        return
    verdicts = judge(samples.take(doubtful), Estimate(*(item[doubtful] for item in settled)))
    for place, (estimate, status, reason, left, right) in zip(places[doubtful].tolist(), verdicts, strict=True):
        df, error, truncation, step, order = estimate
        parts = (df, error, truncation, error - truncation, step, order, found.nfev[place])
        for column, value in zip(found, (*parts, status, reason, left, right), strict=True):
            column[place] = value
