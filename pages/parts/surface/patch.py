"""A function over a rectangle: sampled for a surface or contours, cut where it leaves the picture, with gaps."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numdiff.error.model import taylor_terms
from numdiff.evaluate.floats import evaluate
from pages.parts.entries import function_of
from pages.parts.kept import kept
from pages.parts.picture import window_around
from pages.parts.sampling import y_window
from pages.parts.surface.question import At

Floats = NDArray[np.float64]
Window = tuple[float, float]

POINTS = 57
"""Of a side: odd, so that the point lies on the grid, and few enough that a surface turns smoothly."""

_LARGE = 1e300
"""Values beyond are treated like infinity, so that differences cannot overflow."""


@dataclass(frozen=True)
class Patch:
    """Values of f over a rectangle.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
        The places of the grid.
    z : ndarray of float64, shape (n, n)
        f at (x[j], y[i]), NaN where it has no value and where the surface must not be joined; what lies far outside
        the frame is moved to just outside it.
    low, high : float
        The heights worth showing.
    undefined : float
        The part of the grid where f has no value.
    is_cut : bool
        Whether f has values below ``low`` or above ``high``.
    home : float
        f at the point; NaN or infinite where it has no value.
    is_huge : bool
        Whether values are missing only because they are too large for float64.
    """

    x: Floats
    y: Floats
    z: Floats
    low: float
    high: float
    undefined: float
    is_cut: bool
    home: float
    is_huge: bool


@kept
def terms(text: str, x: float) -> tuple[float, ...]:
    """Return f(x), f′(x), f″(x), f‴(x) of a function of one variable, NaN where it is not smooth."""
    return tuple(float(term) for term in taylor_terms(function_of(text), x, 4))


@kept
def window(text: str, x: float, dx: float = 0.0) -> Window:
    """Return the stretch that shows a function of one variable near x."""
    return window_around(function_of(text), x, dx, "auto")


def rise(taylor: tuple[float, ...], half: float) -> float:
    """Return the largest Taylor term at the edge of a stretch; NaN if not all are known."""
    sizes = [abs(value) * half**power / math.factorial(power) for power, value in enumerate(taylor)][1:]
    return max(sizes) if all(map(math.isfinite, sizes)) else math.nan


@kept
def patch(text: str, axes: tuple[str, str], at: At, windows: tuple[Window, Window], reach: float = math.nan) -> Patch:
    """Sample f over a rectangle.

    Parameters
    ----------
    text : str
        Of a function that was understood.
    axes : tuple[str, str]
        The variables along x and y.
    at : tuple of (str, float)
        The point; the other variables stay there.
    windows : tuple of (float, float)
        The stretches of both axes.
    reach : float
        How far f is expected to rise within the windows, as Taylor's terms have it; NaN if unknown.
    """
    function, place = function_of(text), dict(at)
    x, y = (_places(stretch, place[name]) for name, stretch in zip(axes, windows, strict=True))
    given: dict[str, Floats | float] = {name: value for name, value in place.items() if name in function.variables}
    across, up = np.meshgrid(x, y)
    given |= {axes[0]: across, axes[1]: up}
    with np.errstate(all="ignore"):
        found = np.asarray(evaluate(function.tree, given), dtype=np.float64)
        z = np.broadcast_to(np.where(np.abs(found) <= _LARGE, found, np.nan), across.shape)
        home = float(evaluate(function.tree, {name: place[name] for name in function.variables}))
    near = (home, reach) if math.isfinite(home) and math.isfinite(reach) else None
    low, high = y_window(z, [home], near)
    outside = np.isfinite(z) & ((z < low) | (z > high))
    undefined = 1 - float(np.isfinite(z).mean())
    return Patch(
        x, y, _with_gaps(z, low, high), low, high, undefined, bool(outside.any()), home, not np.isnan(found).any()
    )


def _places(stretch: Window, middle: float) -> Floats:
    """Return the grid along an axis; the point is one of its places."""
    half = POINTS // 2
    middle = min(max(middle, stretch[0]), stretch[1])
    left = np.linspace(stretch[0], middle, half + 1)
    return np.asarray(np.concatenate([left, np.linspace(middle, stretch[1], half + 1)[1:]]))


def _with_gaps(z: Floats, low: float, high: float) -> Floats:
    """Return the heights to be drawn: no wall joins the two sides of a pole, and nothing lies far outside the frame."""
    height = high - low
    shown = np.clip(z, low - height, high + height)
    torn = np.zeros(z.shape, dtype=bool)
    for axis in (0, 1):
        first = np.moveaxis(shown, axis, 0)
        leap = np.abs(np.diff(first, axis=0)) > 1.5 * height
        far = np.abs(first - (low + high) / 2)
        ends = np.moveaxis(torn, axis, 0)
        ends[1:] |= leap & (far[1:] >= far[:-1])
        ends[:-1] |= leap & (far[1:] <= far[:-1])
    return np.where(torn, np.nan, shown)
