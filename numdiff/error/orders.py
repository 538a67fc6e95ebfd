"""The slopes of the V: straight lines fitted to both arms of the error on logarithmic axes.

The right arm is the measured truncation error, free of noise; it is straight where the step is small enough for the
leading term of the Taylor expansion to stand for all. The left arm is the round-off, which jumps about below an
envelope of slope −1; its size is taken from groups of neighbouring steps. Steps that the working precision lost,
plateaus where the estimate is exactly 0, and zeros are no part of an arm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

STRAIGHT = 0.02
"""How much the local slope of the truncation error may differ from its limit, relatively, on the straight part."""

GROUP = 4
"""Neighbouring steps whose round-off errors are put together: the root of their mean square hides lucky hits."""

SCATTER = 0.5
"""Decades by which groups may scatter about the round-off line; 0.2 is usual, isolated errors scatter by many."""

FEWEST = 4
"""Points or groups a line needs."""

Range = tuple[float, float]
NO_RANGE: Range = (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class FittedOrder:
    """The slopes of one scheme's arms, and the lines themselves: abs(error) ≈ 10^intercept · abs(Δx)^slope.

    Attributes
    ----------
    order : float
        The slope of the truncation arm; NaN with a reason.
    order_intercept : float
        log10 of the truncation line at Δx = 1.
    order_range : tuple[float, float]
        The least and the greatest abs(Δx) fitted.
    order_reason : str
        "" or "no_truncation" (the truncation error is 0 at every step), "no_straight_part" (too few steps in the
        region of the leading term), "no_exact_reference", "not_differentiable", "outside_domain" or "undecidable".
    rounding_slope, rounding_intercept, rounding_range, rounding_reason
        The same of the round-off arm. Reasons: "no_rounding" (it is 0 at every step, or the precision lost the
        step), "too_short" (too few steps show it, as in 16 bits, or they do not make a line), "no_rounding_arm" (the
        round-off does not grow as Δx shrinks, as for the complex step; the slope is given), and those above.
    """

    order: float = math.nan
    order_intercept: float = math.nan
    order_range: Range = NO_RANGE
    order_reason: str = ""
    rounding_slope: float = math.nan
    rounding_intercept: float = math.nan
    rounding_range: Range = NO_RANGE
    rounding_reason: str = ""


class Swept:
    """The errors at many steps: what :class:`numdiff.ErrorSweep` and the cheaper errors at the usual steps share.

    Attributes
    ----------
    schemes : tuple[str, ...]
        The names, in the order of the rows.
    x : float
        The point.
    dtype : str
        The working precision.
    steps : ndarray of float64, shape (n,)
        Δx.
    estimates, errors, truncation, rounding : ndarray of float64, shape (schemes, n)
    reasons : ndarray of str, shape (schemes, n)
    exact : float
        All as in :class:`numdiff.ErrorSweep`.
    """

    schemes: tuple[str, ...]
    x: float
    dtype: str
    steps: NDArray[np.float64]
    estimates: NDArray[np.float64]
    errors: NDArray[np.float64]
    truncation: NDArray[np.float64]
    rounding: NDArray[np.float64]
    reasons: NDArray[np.str_]
    exact: float

    def __post_init__(self) -> None:
        """Make the arrays read-only: they are shared by everyone who asks for the same ones."""
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    def row(self, scheme: str) -> int:
        """Return the row of a scheme. ValueError if there is none."""
        if scheme not in self.schemes:
            raise ValueError(f"scheme must be one of {', '.join(self.schemes)}, got {scheme!r}")
        return self.schemes.index(scheme)

    @cached_property
    def orders(self) -> Mapping[str, FittedOrder]:
        """The slopes of both arms for each scheme, fitted on their straight parts."""
        return fit_orders(self)


@dataclass(frozen=True, slots=True)
class _Line:
    slope: float
    intercept: float
    range: Range
    scatter: float


def fit_orders(sweep: Swept) -> Mapping[str, FittedOrder]:
    """Return the fitted slopes of every scheme of the sweep."""
    return MappingProxyType({name: _fit(sweep, row) for row, name in enumerate(sweep.schemes)})


def _fit(sweep: Swept, row: int) -> FittedOrder:
    h, truncation, rounding = arms(sweep, row)
    missing = _why_missing(sweep, row) if not np.any(np.isfinite(truncation)) else ""
    if missing:
        return FittedOrder(order_reason=missing, rounding_reason=missing)
    right = _truncation_line(h, truncation, rounding)
    left = _rounding_line(h, truncation, rounding)
    no_truncation = "no_straight_part" if np.any(truncation > 0) else "no_truncation"
    no_rounding = "" if left and left.slope <= -0.5 else _why_no_rounding_arm(left, rounding)
    return FittedOrder(
        *((right.slope, right.intercept, right.range, "") if right else (math.nan, math.nan, NO_RANGE, no_truncation)),
        *((left.slope, left.intercept, left.range) if left else (math.nan, math.nan, NO_RANGE)),
        no_rounding,
    )


def _why_no_rounding_arm(left: _Line | None, rounding: NDArray[np.float64]) -> str:
    if left is not None:
        return "no_rounding_arm"
    return "too_short" if np.any(np.isfinite(rounding)) else "no_rounding"


def _why_missing(sweep: Swept, row: int) -> str:
    reasons = [str(reason) for reason in sweep.reasons[row] if reason not in ("", "step_underflow", "overflow")]
    return max(set(reasons), key=reasons.count) if reasons else "no_straight_part"


def arms(sweep: Swept, row: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return abs(Δx) in ascending order, abs(truncation), and abs(round-off), NaN where it is no part of the arm."""
    h = np.abs(sweep.steps)
    ascending = np.argsort(h, kind="stable")
    lost = (sweep.reasons[row] != "") | (sweep.estimates[row] == 0) | (sweep.rounding[row] == 0)
    rounding = np.where(lost, np.nan, np.abs(sweep.rounding[row]))
    return h[ascending], np.abs(sweep.truncation[row])[ascending], rounding[ascending]


def envelope(values: NDArray[np.float64], reach: int = GROUP) -> NDArray[np.float64]:
    """Return the greatest of each value and its neighbours on both sides; NaN only where all of them are."""
    padded = np.pad(np.nan_to_num(values, nan=-math.inf), reach, constant_values=-math.inf)
    greatest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    return np.where(np.isfinite(greatest), greatest, np.nan)


def _truncation_line(
    h: NDArray[np.float64], truncation: NDArray[np.float64], rounding: NDArray[np.float64]
) -> _Line | None:
    """Return the line through the straight part that can be seen above the round-off, or through all of it."""
    usable = np.flatnonzero((truncation > 0) & np.isfinite(truncation) & (h > 0))
    if len(usable) < FEWEST:
        return None
    t, y = np.log10(h[usable]), np.log10(truncation[usable])
    distinct = np.flatnonzero(np.diff(t, prepend=-math.inf) > 0)
    usable, t, y = usable[distinct], t[distinct], y[distinct]
    slopes = np.diff(y) / np.diff(t)
    if not len(slopes):
        return None
    limit = slopes[0]
    bent = np.flatnonzero(np.abs(slopes - limit) > STRAIGHT * max(abs(limit), 1))
    end = bent[0] + 1 if len(bent) else len(t)
    noise = envelope(rounding)[usable[:end]]
    seen = np.flatnonzero(~(truncation[usable[:end]] < noise))
    chosen = seen if len(seen) >= FEWEST else np.arange(end)
    return _line(t[chosen], y[chosen])


def _rounding_line(
    h: NDArray[np.float64], truncation: NDArray[np.float64], rounding: NDArray[np.float64]
) -> _Line | None:
    """Return the line through the round-off errors, where they are what is seen: left of the bottom of the V."""
    seen = envelope(np.fmax(rounding, np.where(np.isnan(rounding), np.nan, truncation)))
    if not np.any(np.isfinite(seen)):
        return None
    covered = np.flatnonzero(truncation > envelope(rounding))
    end = min(int(np.nanargmin(seen)) + 1, covered[0] if len(covered) else len(h))
    usable = np.flatnonzero(np.isfinite(rounding[:end]) & (h[:end] > 0))
    groups = len(usable) // GROUP
    if groups < FEWEST:
        return None
    chosen = usable[: groups * GROUP].reshape(groups, GROUP)
    t = np.log10(h[chosen]).mean(axis=1)
    with np.errstate(under="ignore"):
        y = np.log10(np.mean((rounding[chosen] / rounding[chosen].max()) ** 2, axis=1)) / 2
    line = _line(t, y + math.log10(rounding[chosen].max()))
    return line if line and line.scatter <= SCATTER else None


def _line(t: NDArray[np.float64], y: NDArray[np.float64]) -> _Line | None:
    if len(t) < FEWEST or t[-1] <= t[0]:
        return None
    centred = t - t.mean()
    slope = float(np.sum(centred * y) / np.sum(centred**2))
    intercept = float(y.mean() - slope * t.mean())
    return _Line(slope, intercept, (float(10 ** t[0]), float(10 ** t[-1])), float(np.std(y - slope * t)))
