"""Sampling a curve for a picture: where it bends more points, at poles and jumps a gap, and a window worth seeing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
CurveFunction: TypeAlias = Callable[[Floats], Floats]

FIRST = 257
"""Points of the first pass, evenly spaced."""
MOST = 1500
"""Points at most; a curve that oscillates faster than the screen is drawn as a band anyway."""
BEND = 0.001
"""A curve may miss its chord by this part of the picture's height: about half a pixel."""
ROUNDS = 6
HALVINGS = 48
_LARGE = 1e300
"""Values beyond are treated like infinity, so that differences cannot overflow."""


@dataclass(frozen=True)
class Curve:
    """A sampled curve: x ascending, y with NaN where the line must not be joined, and the range of y worth showing."""

    x: Floats
    y: Floats
    low: float
    high: float


def _values(f: CurveFunction, x: Floats) -> Floats:
    with np.errstate(all="ignore"):
        y = np.broadcast_to(np.asarray(f(x), dtype=np.float64), x.shape)
        return np.where(np.abs(y) <= _LARGE, y, np.nan)


def x_window(x: float, dx: float, derivatives: Sequence[float] = (), half: float = 3.0) -> tuple[float, float]:
    """Return the stretch of the x axis that shows f near x and the second point at x ± Δx.

    Parameters
    ----------
    x, dx : float
        The point and the step.
    derivatives : sequence of float
        f′(x), f″(x), f‴(x) as far as known. Where they grow fast (e^(1000x), or ln x near 0) the function lives on a
        smaller scale, max(abs(f′/f″), abs(f″/f‴)), and the window shrinks to a few of it.
    half : float
        The half-width where nothing asks for another.
    """
    size = [abs(value) for value in derivatives[:3]]
    lengths = [
        first / second for first, second in pairwise(size) if np.isfinite(first) and np.isfinite(second) and second > 0
    ]
    is_curved_everywhere = len(lengths) == 2
    if is_curved_everywhere and max(lengths) > 0:
        half = min(half, 2.5 * max(lengths))
    half = max(half, 1.6 * abs(dx), 1e3 * np.spacing(abs(x)), 1e-12)
    return float(x - half), float(x + half)


def y_window(y: Floats, include: Sequence[float] = (), near: tuple[float, float] | None = None) -> tuple[float, float]:
    """Return the stretch of the y axis worth showing: poles do not flatten the rest, and ``include`` is always seen.

    The middle four fifths of the values are shown whole, with room around them; what lies farther out is cut off,
    unless it is near anyway. With ``near``, a value and how far the curve's Taylor terms rise from it, the stretch is
    at most about six times as tall, so that e^(1000x) is more than a wall. A constant gets room above and below.
    """
    seen = y[np.isfinite(y)]
    wanted = [float(value) for value in include if np.isfinite(value) and abs(value) <= _LARGE]
    low, high = _inner(seen) if seen.size else (min(wanted, default=-1.0), max(wanted, default=1.0))
    if near is not None:
        value, reach = near[0], 3 * near[1]
        if np.isfinite(value) and 0 < reach < high - low:
            low, high = max(low, value - reach), min(high, value + reach)
    low, high = min([low, *wanted]), max([high, *wanted])
    if high - low <= 16 * np.spacing(max(abs(low), abs(high))):
        room = max(1.0, abs(low)) / 2
        return low - room, high + room
    room = 0.06 * (high - low)
    return low - room, high + room


def _inner(seen: Floats) -> tuple[float, float]:
    """Return the range of the middle four fifths of the values with room around it; all of them if those are equal."""
    inner_low, inner_high = (float(part) for part in np.quantile(seen, [0.1, 0.9]))
    least, greatest = float(seen.min()), float(seen.max())
    if inner_low == inner_high:
        return least, greatest
    room = 0.75 * (inner_high - inner_low)
    return max(least, inner_low - room), min(greatest, inner_high + room)


@dataclass(frozen=True)
class _Frame:
    """The part of the plane that is shown."""

    width: float
    low: float
    high: float

    @property
    def height(self) -> float:
        return self.high - self.low

    def clip(self, y: Floats) -> Floats:
        """Return values far outside moved to one height above or below the frame, where nobody sees them."""
        return np.clip(y, self.low - self.height, self.high + self.height)


def _refine(f: CurveFunction, x: Floats, y: Floats, frame: _Frame) -> tuple[Floats, Floats]:
    """Halve the intervals beside which the curve misses its chord, round by round."""
    for _ in range(ROUNDS):
        shown = frame.clip(y)
        across, up = np.diff(x) / frame.width, np.diff(shown) / frame.height
        # twice the area of the triangle of three neighbours over its longest side: how far the middle one stands out
        area = np.abs(up[1:] * across[:-1] - up[:-1] * across[1:])
        is_bent = area > BEND * np.hypot(across[:-1] + across[1:], up[:-1] + up[1:])
        rough = np.isfinite(y[:-1]) != np.isfinite(y[1:])
        rough[:-1] |= is_bent
        rough[1:] |= is_bent
        rough &= np.diff(x) > 8 * np.spacing(np.abs(x[:-1]))
        places = np.flatnonzero(rough)[: max(MOST - x.size, 0)]
        if places.size == 0:
            break
        middle = (x[places] + x[places + 1]) / 2
        x, y = np.insert(x, places + 1, middle), np.insert(y, places + 1, _values(f, middle))
    return x, y


def _far_apart(x: Floats, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Leave out intervals of few floats: there a curve looks like steps because it is computed in steps."""
    return places[np.diff(x)[places] > 1e5 * np.spacing(np.abs(x[places]))]


def _to_the_edge(f: CurveFunction, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Add the last point that has a value wherever a curve ends (√x at 0), found by halving."""
    finite = np.isfinite(y)
    places = _far_apart(x, np.flatnonzero(finite[:-1] != finite[1:]))
    if places.size == 0:
        return x, y
    starts = finite[places + 1]
    good, bad = np.where(starts, x[places + 1], x[places]), np.where(starts, x[places], x[places + 1])
    for _ in range(HALVINGS):
        middle = (good + bad) / 2
        has_value = np.isfinite(_values(f, middle))
        good, bad = np.where(has_value, middle, good), np.where(has_value, bad, middle)
    # the other end of the interval is NaN already and keeps the gap
    return np.insert(x, places + 1, good), np.insert(y, places + 1, _values(f, good))


def _with_gaps(f: CurveFunction, x: Floats, y: Floats, frame: _Frame) -> tuple[Floats, Floats]:
    """Put a gap where the curve leaps however near one looks: at a jump (⌊x⌋) and at a pole (tan x, 1/x)."""
    leap = np.abs(np.diff(frame.clip(y)))  # NaN where an end has no value
    places = _far_apart(x, np.flatnonzero(leap > 0.02 * frame.height))
    if places.size == 0:
        return x, y
    left, right = x[places], x[places + 1]
    at_left, at_right = y[places], y[places + 1]
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        value = _values(f, middle)
        rise_left = np.abs(frame.clip(value) - frame.clip(at_left))
        rise_right = np.abs(frame.clip(at_right) - frame.clip(value))
        go_left, go_right = rise_left >= rise_right, rise_left < rise_right  # neither where the middle has no value
        left, at_left = np.where(go_right, middle, left), np.where(go_right, value, at_left)
        right, at_right = np.where(go_left, middle, right), np.where(go_left, value, at_right)
    still = np.abs(frame.clip(at_right) - frame.clip(at_left)) > 0.005 * frame.height
    after = np.repeat(places[still] + 1, 3)
    gap_x = np.stack([left, (left + right) / 2, right], axis=1)[still].ravel()
    gap_y = np.stack([at_left, np.full(places.size, np.nan), at_right], axis=1)[still].ravel()
    return np.insert(x, after, gap_x), np.insert(y, after, gap_y)


def _cut_off(x: Floats, y: Floats, frame: _Frame) -> tuple[Floats, Floats]:
    """Drop what lies far outside the frame, and end the line where it has left it."""
    shown = frame.clip(y)
    outside = np.isfinite(y) & (shown != y)
    beside = np.zeros(y.size, dtype=bool)
    beside[:-1] |= ~outside[1:] & np.isfinite(y[1:])
    beside[1:] |= ~outside[:-1] & np.isfinite(y[:-1])
    shown = np.where(outside & ~beside, np.nan, shown)
    empty = np.isnan(shown)
    keep = ~empty
    keep[1:] |= empty[1:] & ~empty[:-1]  # one NaN is enough for a gap
    keep[1:] &= empty[1:] | empty[:-1] | (np.diff(x) > 0)  # halving may end at a point that was there already
    return x[keep], shown[keep]


def _rise(taylor: Sequence[float], half: float) -> tuple[float, float] | None:
    """Return f(x) and the largest of the Taylor terms at the edge of the window; None if nothing finite is known."""
    terms = [abs(value) * half**power / math.factorial(power) for power, value in enumerate(taylor)]
    if len(terms) < 2 or not all(map(math.isfinite, terms)):
        return None
    return float(taylor[0]), max(terms[1:])


def sample_curve(
    f: CurveFunction, window: tuple[float, float], include: Sequence[float] = (), taylor: Sequence[float] = ()
) -> Curve:
    """Sample f over a window with about half a pixel's accuracy, without joining poles, jumps and undefined stretches.

    Parameters
    ----------
    f : callable
        Vectorised over float64 arrays; NaN and infinity where there is no value.
    window : (float, float)
        From where to where on the x axis.
    include : sequence of float
        Heights that the picture must show: f at the points that are marked.
    taylor : sequence of float
        f(x), f′(x), f″(x), … as far as known at the point of interest, which keep a steep function in sight.

    Returns
    -------
    Curve
        At most about 1,600 points; none if the function has no value in the window.
    """
    start, end = window
    x = np.unique(np.linspace(start, end, FIRST))  # fewer where the window is a few floats wide
    y = _values(f, x)
    low, high = y_window(y, include, _rise(taylor, (end - start) / 2))
    frame = _Frame(end - start, low, high)
    x, y = _refine(f, x, y, frame)
    x, y = _to_the_edge(f, x, y)
    x, y = _with_gaps(f, x, y, frame)
    x, y = _cut_off(x, y, frame)
    return Curve(x, y, low, high)
