"""Richardson's table of central differences, as Ridders uses it: a triangle whose digits turn from wrong to right."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction, check_callable
from numdiff.blackbox.precision import as_dtype, as_reals, common_dtype, unit_roundoff
from numdiff.derivative.adaptive.values import values_at

ROWS = 10
RATIO = 1.4
"""Ridders' choices: ten steps, each 1.4 times smaller than the one before."""
_FIRST_STEP = 0.25


@dataclass(frozen=True, eq=False)
class RichardsonTable:
    """A triangle of estimates of f′ for every x: the shape of x comes first in every array.

    Attributes
    ----------
    steps : ndarray of float64, shape (…, rows)
        h, h/ratio, h/ratio², …
    entries : ndarray of float64, shape (…, rows, rows)
        ``entries[i, 0]`` is the central difference with step i; ``entries[i, j]`` is free of the terms h², …, h^(2j).
        NaN above the diagonal.
    errors : ndarray of float64, shape (…, rows, rows)
        Ridders' estimate: the greater of the differences to the entry on the left and to the one on the left above.
        NaN in column 0 and above the diagonal.
    rounding : ndarray of float64, shape (…, rows, rows)
        What rounding every value of f once may do to an entry.
    best : ndarray of int, shape (…, 2)
        Row and column of the entry with the least estimate; (0, 0) if there is none.
    nfev : int
        At how many points f was evaluated for each x.
    """

    steps: NDArray[np.float64]
    entries: NDArray[np.float64]
    errors: NDArray[np.float64]
    rounding: NDArray[np.float64]
    best: NDArray[np.intp]
    nfev: int

    def at_best(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the elements of one of the triangles at the best places, in the shape of x."""
        flat = self.best[..., 0] * values.shape[-1] + self.best[..., 1]
        rows = values.reshape(*flat.shape, values.shape[-1] ** 2)
        return np.asarray(np.take_along_axis(rows, flat[..., None], axis=-1)[..., 0])


def richardson_table(  # noqa: PLR0917 - as one would type it
    f: AnyFunction | Asked,
    x: ArrayLike,
    step: float | None = None,
    ratio: float = RATIO,
    rows: int = ROWS,
    dtype: DTypeLike | None = None,
) -> RichardsonTable:
    """Return Richardson's table of central differences, with one call of f if it takes arrays.

    Parameters
    ----------
    f : callable
        A :class:`numdiff.Function` of one variable or any callable.
    x : array_like
        The points.
    step : float, optional
        The first and largest step; by default a quarter of the greater of 1 and abs(x). It should be a length over
        which f changes much, not a small one.
    ratio : float
        How much smaller the next step is, more than 1.
    rows : int
        How many steps, at least 2.
    dtype : dtype, optional
        The precision in which f is evaluated; by default that of x. The table is computed in float64.

    Returns
    -------
    RichardsonTable

    Raises
    ------
    ValueError
        If step, ratio or rows is out of range, or x or dtype is not of a working precision.
    TypeError
        If f is not callable or does not return one number for each point.

    Notes
    -----
    With D(h) = f′ + c₂h² + c₄h⁴ + …, the combination (r²·D(h/r) − D(h))/(r² − 1) is free of h², and so on.

    References
    ----------
    .. [1] L. F. Richardson, Phil. Trans. A 210 (1911).
    .. [2] C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), Adv. Eng. Software 4 (1982).

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> table = nd.richardson_table(np.exp, 0.0)
    >>> bool(abs(table.at_best(table.entries) - 1) < 1e-12)
    True
    """
    if not isinstance(f, Asked):
        check_callable(f)
    if not (ratio > 1 and math.isfinite(ratio)):
        raise ValueError(f"ratio must be finite and more than 1, got {ratio}")
    if rows < 2:
        raise ValueError(f"rows must be at least 2, got {rows}")
    if step is not None and not (step > 0 and math.isfinite(step)):
        raise ValueError(f"step must be finite and more than 0, got {step}")
    working = common_dtype(x) if dtype is None else as_dtype(dtype)
    points = np.asarray(as_reals(x).astype(working), dtype=np.float64)
    with np.errstate(all="ignore"):
        first = np.full(points.shape, step) if step is not None else _FIRST_STEP * np.maximum(1, np.abs(points))
        steps = first[..., None] / ratio ** np.arange(rows)
        steps = np.where(np.isfinite(steps), steps, np.nan)
        return _triangle(f, points[..., None], steps, ratio, working)


def _triangle(
    f: AnyFunction | Asked,
    x: NDArray[np.float64],
    steps: NDArray[np.float64],
    ratio: float,
    dtype: np.dtype[np.floating],
) -> RichardsonTable:
    nodes = np.stack([x + steps, x - steps]).astype(dtype)
    flat, computed_in = values_at(f, nodes.ravel())
    right, left = flat.reshape(nodes.shape)
    width = np.subtract(*nodes.astype(np.float64))
    rows = steps.shape[-1]
    entries, errors, rounding = (np.full((*steps.shape, rows), np.nan) for _ in range(3))
    entries[..., 0] = (right - left) / width
    rounding[..., 0] = unit_roundoff(computed_in) * (np.abs(right) + np.abs(left)) / width
    for j in range(1, rows):
        power = ratio ** (2 * j)
        finer, coarser = entries[..., j:, j - 1], entries[..., j - 1 : -1, j - 1]
        entries[..., j:, j] = (power * finer - coarser) / (power - 1)
        errors[..., j:, j] = np.maximum(np.abs(entries[..., j:, j] - finer), np.abs(entries[..., j:, j] - coarser))
        rounding[..., j:, j] = (power * rounding[..., j:, j - 1] + rounding[..., j - 1 : -1, j - 1]) / (power - 1)
    known = np.where(np.isfinite(errors), errors, np.inf).reshape(*errors.shape[:-2], rows * rows)
    place = known.argmin(axis=-1)
    best = np.stack([place // rows, place % rows], axis=-1)
    return RichardsonTable(steps, entries, errors, rounding, best, 2 * rows)
