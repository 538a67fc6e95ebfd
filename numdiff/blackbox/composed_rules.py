"""NumPy's functions that are made of others, written with those: so they work on dual numbers of any depth.

Each has the parameters of NumPy's function that have a meaning for dual numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

# Any: numbers, arrays and duals throughout


def clip(a: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Any:  # noqa: ANN401
    """Return np.clip: the larger of a and the lower bound, and of that and the upper bound the smaller."""
    low, high = a_min if min is None else min, a_max if max is None else max
    above = a if low is None else np.maximum(a, low)
    return above if high is None else np.minimum(above, high)


def sinc(x: Any) -> Any:  # noqa: ANN401
    """Return sin(πx)/πx; an even function, with the slope 0 at 0."""
    at_zero = x == 0
    turned = np.pi * np.where(at_zero, 1.0, x)
    return np.where(at_zero, 1.0 + 0.0 * x, np.sin(turned) / turned)


def ones_like(a: Any, dtype: Any = None, *, shape: Any = None) -> Any:  # noqa: ANN401
    """Return ones that can be written over with dual numbers."""
    return np.zeros_like(a, dtype=dtype, shape=shape) + 1


def full_like(a: Any, fill_value: Any, dtype: Any = None, *, shape: Any = None) -> Any:  # noqa: ANN401
    """Return an array full of one value."""
    return np.zeros_like(a, dtype=dtype, shape=shape) + fill_value


def _count(a: Any, axis: Any) -> int:  # noqa: ANN401
    shape = np.shape(a)
    axes = range(len(shape)) if axis is None else (axis if isinstance(axis, tuple) else (axis,))
    return math.prod(shape[place] for place in axes)


def var(
    a: Any,  # noqa: ANN401
    axis: Any = None,  # noqa: ANN401
    *,
    ddof: float = 0,
    keepdims: bool = False,
    correction: float | None = None,
) -> Any:  # noqa: ANN401
    """Return the variance."""
    away = a - np.mean(a, axis=axis, keepdims=True)
    lost = ddof if correction is None else correction
    return np.sum(away * away, axis=axis, keepdims=keepdims) / (_count(a, axis) - lost)


def std(
    a: Any,  # noqa: ANN401
    axis: Any = None,  # noqa: ANN401
    *,
    ddof: float = 0,
    keepdims: bool = False,
    correction: float | None = None,
) -> Any:  # noqa: ANN401
    """Return the standard deviation."""
    return np.sqrt(var(a, axis, ddof=ddof, keepdims=keepdims, correction=correction))


def average(a: Any, axis: Any = None, weights: Any = None, *, keepdims: bool = False) -> Any:  # noqa: ANN401
    """Return the mean with weights, those of one axis or of the shape of a."""
    if weights is None:
        return np.mean(a, axis=axis, keepdims=keepdims)
    if np.shape(weights) != np.shape(a):
        weights = np.moveaxis(np.broadcast_to(weights, (*np.delete(np.shape(a), axis), np.shape(a)[axis])), -1, axis)
    total = np.sum(weights, axis=axis, keepdims=keepdims)
    return np.sum(a * weights, axis=axis, keepdims=keepdims) / total


def folded(ufunc: np.ufunc) -> Callable[..., Any]:
    """Return the reduction by an associative function, as np.prod and np.max are: halves are joined, until one is."""

    def rule(a: Any, axis: Any = None, *, keepdims: bool = False, initial: Any = None) -> Any:  # noqa: ANN401
        if initial is not None:
            return ufunc(rule(a, axis, keepdims=keepdims), initial)
        shape = np.shape(a)
        if axis is None or isinstance(axis, tuple):
            axes = [place % len(shape) for place in (range(len(shape)) if axis is None else axis)]
            rest = [place for place in range(len(shape)) if place not in axes]
            line = np.reshape(np.transpose(a, (*axes, *rest)), (-1, *(shape[place] for place in rest)))
        else:
            axes, line = [axis % len(shape)], np.moveaxis(a, axis, 0)
        while len(line) > 1:
            half = len(line) // 2
            joined = ufunc(line[:half], line[half : 2 * half])
            line = np.concatenate([joined, line[2 * half :]]) if len(line) % 2 else joined
        if not len(line):
            raise ValueError(f"np.{ufunc.__name__} of no dual numbers has no value")
        return np.reshape(line[0], [1 if k in axes else n for k, n in enumerate(shape)]) if keepdims else line[0]

    return rule


def accumulated(ufunc: np.ufunc) -> Callable[..., Any]:
    """Return the running reduction along an axis, as np.cumprod is."""

    def rule(a: Any, axis: int = 0) -> Any:  # noqa: ANN401
        parts = [np.take(a, 0, axis=axis)]
        for place in range(1, np.shape(a)[axis]):
            parts.append(ufunc(parts[-1], np.take(a, place, axis=axis)))
        return np.stack(parts, axis=axis)

    return rule


def cumprod(a: Any, axis: int | None = None) -> Any:  # noqa: ANN401
    """Return the running product."""
    return accumulated(np.multiply)(np.ravel(a) if axis is None else a, 0 if axis is None else axis)


def _present(a: Any, instead: float) -> Any:  # noqa: ANN401
    return np.where(np.isnan(a), instead, a)


def nansum(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:  # noqa: ANN401
    """Return the sum of what is not NaN."""
    return np.sum(_present(a, 0.0), axis=axis, keepdims=keepdims)


def nanmean(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:  # noqa: ANN401
    """Return the mean of what is not NaN."""
    return nansum(a, axis, keepdims=keepdims) / np.sum(~np.isnan(a), axis=axis, keepdims=keepdims)


def nanprod(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:  # noqa: ANN401
    """Return the product of what is not NaN."""
    return np.prod(_present(a, 1.0), axis=axis, keepdims=keepdims)


def ptp(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:  # noqa: ANN401
    """Return the largest value less the smallest one."""
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


def sort(a: Any, axis: int | None = -1) -> Any:  # noqa: ANN401
    """Return the values in order; the slope is NaN where equal values change differently: they may trade places."""
    line: Any = np.ravel(a) if axis is None else np.moveaxis(a, axis, -1)
    if np.shape(line)[-1] < 2:
        return a
    line = np.take_along_axis(line, np.argsort(line, axis=-1), axis=-1)
    same = line[..., 1:] == line[..., :-1]
    unsure = np.zeros(np.shape(line), dtype=bool)
    parts = same & (line.slope[..., 1:] != line.slope[..., :-1])
    unsure[..., 1:] |= parts
    unsure[..., :-1] |= parts
    for _ in range(np.shape(line)[-1] if unsure.any() else 0):
        unsure[..., 1:] |= same & unsure[..., :-1]
        unsure[..., :-1] |= same & unsure[..., 1:]
    line = type(line)(line.value, np.where(unsure, np.nan, line.slope))
    return line if axis is None else np.moveaxis(line, -1, axis)


def partition(a: Any, _kth: Any, axis: int | None = -1) -> Any:  # noqa: ANN401
    """Return the values in order, which every partition of them may be, whatever its places are."""
    return sort(a, axis)


def quantile(a: Any, q: Any, axis: int | None = None, *, method: str = "linear") -> Any:  # noqa: ANN401
    """Return quantiles, interpolated linearly between neighbours."""
    if method != "linear":
        raise TypeError("np.quantile works on dual numbers with method='linear' only")
    line = sort(np.ravel(a) if axis is None else np.moveaxis(a, axis, -1))
    place = np.asarray(q) * (np.shape(line)[-1] - 1)
    low = np.floor(place).astype(np.intp)
    part = place - low
    high = np.minimum(low + 1, np.shape(line)[-1] - 1)
    both = np.where(part == 0, line[..., low], (1 - part) * line[..., low] + part * line[..., high])
    return np.moveaxis(both, -1, 0) if np.ndim(q) else both


def percentile(a: Any, q: Any, axis: int | None = None) -> Any:  # noqa: ANN401
    """Return percentiles, interpolated linearly between neighbours."""
    return quantile(a, np.asarray(q) / 100, axis)


def median(a: Any, axis: int | None = None) -> Any:  # noqa: ANN401
    """Return the median."""
    return quantile(a, 0.5, axis)


def rounded(a: Any, decimals: int = 0) -> Any:  # noqa: ANN401
    """Return a to some decimals: flat, with jumps between."""
    scale = 10.0**decimals
    return np.rint(a * scale) / scale


def fix(x: Any) -> Any:  # noqa: ANN401
    """Return x rounded towards 0."""
    return np.trunc(x)


def nan_to_num(x: Any, *, nan: float = 0.0) -> Any:  # noqa: ANN401
    """Return x with a number for NaN; the infinite ones become the greatest numbers."""
    far = np.where(x > 0, np.finfo(x.dtype).max, np.finfo(x.dtype).min)
    return np.where(np.isfinite(x), x, np.where(np.isnan(x), nan, far))


def angle(z: Any, deg: bool = False) -> Any:  # noqa: ANN401
    """Return the argument of complex numbers."""
    turned = np.arctan2(np.imag(z), np.real(z))
    return np.degrees(turned) if deg else turned


def piecewise(x: Any, condlist: Any, funclist: Sequence[Any], *args: Any, **kw: Any) -> Any:  # noqa: ANN401
    """Return a function by pieces: of each the value where its condition holds, the last one elsewhere."""
    conditions = [np.asarray(condition, dtype=bool) for condition in np.atleast_1d(condlist)]
    if np.ndim(condlist) <= 1 and np.ndim(x) == 1 and len(np.shape(condlist)) == 1:
        conditions = [np.asarray(condlist, dtype=bool)]
    if len(funclist) == len(conditions) + 1:
        conditions.append(~np.any(conditions, axis=0))
    y = np.zeros_like(x)
    for condition, part in zip(conditions, funclist, strict=True):
        y = np.where(condition, part(x, *args, **kw) if callable(part) else part, y)
    return y


def interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None) -> Any:  # noqa: ANN401
    """Return the broken line through the points (xp, fp); at a corner the slope is NaN."""
    nodes, heights = np.asarray(xp, dtype=np.float64), fp if hasattr(fp, "slope") else np.asarray(fp)
    slopes = np.diff(heights) / np.diff(nodes)
    above = np.clip(np.searchsorted(nodes, x, "right"), 1, nodes.size - 1)  # the piece to the right of x
    below = np.clip(np.searchsorted(nodes, x, "left"), 1, nodes.size - 1)
    to_right = heights[above - 1] + (x - nodes[above - 1]) * slopes[above - 1]
    to_left = heights[below] + (x - nodes[below]) * slopes[below - 1]
    before, behind = (heights[end] if given is None else given for end, given in ((0, left), (-1, right)))
    to_left = np.where(x <= nodes[0], before, np.where(x > nodes[-1], behind, to_left))
    to_right = np.where(x < nodes[0], before, np.where(x >= nodes[-1], behind, to_right))
    return np.where(above == below, np.where(x < nodes[0], before, to_right), np.maximum(to_left, to_right))


def polyval(p: Any, x: Any) -> Any:  # noqa: ANN401
    """Return a polynomial by Horner's rule, the coefficient of the highest power first."""
    return reduce(lambda value, coefficient: value * x + coefficient, p, 0.0)


def trapezoid(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:  # noqa: ANN401
    """Return the integral by the trapezoidal rule."""
    line = np.moveaxis(y, axis, -1)
    if x is None:
        widths: Any = dx
    else:
        nodes = x if hasattr(x, "slope") else np.asarray(x)
        widths = np.diff(nodes if np.ndim(nodes) == 1 else np.moveaxis(nodes, axis, -1))
    return np.sum(widths * (line[..., 1:] + line[..., :-1]) / 2, axis=-1)


def cov(m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None) -> Any:  # noqa: ANN401
    """Return the covariances of the rows."""
    rows = [np.atleast_2d(part) if rowvar or np.ndim(part) == 1 else part.T for part in (m, y) if part is not None]
    table = np.concatenate(rows) if len(rows) > 1 else rows[0]
    away = table - np.mean(table, axis=1, keepdims=True)
    lost = (0 if bias else 1) if ddof is None else ddof
    return np.squeeze(away @ np.swapaxes(away, 0, 1) / (np.shape(table)[1] - lost))


def corrcoef(x: Any, y: Any = None, rowvar: bool = True) -> Any:  # noqa: ANN401
    """Return the correlations of the rows."""
    both = cov(x, y, rowvar)
    if not np.ndim(both):
        return both / both
    size = np.sqrt(np.diagonal(both))
    return both / size[:, None] / size[None, :]


def _vector_norm(x: Any, order: Any, axis: Any, keepdims: bool) -> Any:  # noqa: ANN401
    if order is None or order == 2:
        return np.sqrt(np.sum(np.abs(x) ** 2, axis=axis, keepdims=keepdims))
    size = np.abs(x)
    if np.isinf(order):
        return (np.max if order > 0 else np.min)(size, axis=axis, keepdims=keepdims)
    if order == 0:
        return np.sum(np.asarray(x != 0), axis=axis, keepdims=keepdims) + 0.0 * np.sum(x, axis=axis, keepdims=keepdims)
    if order == 1:
        return np.sum(size, axis=axis, keepdims=keepdims)
    return np.sum(size**order, axis=axis, keepdims=keepdims) ** (1 / order)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:  # noqa: ANN401
    """Return a norm of vectors, or of matrices: that of Frobenius, or the greatest or least sum of a column or row."""
    if axis is None and (ord is None or np.ndim(x) == 1):
        return _vector_norm(x, ord, None, keepdims)
    axes = tuple(range(np.ndim(x))) if axis is None else axis
    if not isinstance(axes, tuple):
        return _vector_norm(x, ord, axes, keepdims)
    if len(axes) == 1:
        return _vector_norm(x, ord, axes[0], keepdims)
    if ord is None or ord == "fro":
        return _vector_norm(x, None, axes, keepdims)
    if not isinstance(ord, int | float) or abs(ord) not in {1, np.inf}:
        raise TypeError(f"np.linalg.norm of a matrix with ord={ord!r} does not work on dual numbers")
    summed, rest = axes if abs(ord) == 1 else axes[::-1]
    totals = np.sum(np.abs(x), axis=summed, keepdims=True)
    result = (np.max if ord > 0 else np.min)(totals, axis=rest, keepdims=True)
    return result if keepdims else np.squeeze(result, axis=axes)


def vector_norm(x: Any, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Any:  # noqa: ANN401
    """Return a norm of vectors."""
    return _vector_norm(x, ord, axis, keepdims)


def multi_dot(arrays: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return the product of some matrices."""
    return reduce(np.dot, arrays)


def matrix_power(a: Any, n: int) -> Any:  # noqa: ANN401
    """Return a power of a square matrix."""
    base = np.linalg.inv(a) if n < 0 else a
    if n == 0:
        return np.zeros_like(a) + np.eye(np.shape(a)[-1])
    return reduce(np.matmul, [base] * abs(n))


def pinv(a: Any) -> Any:  # noqa: ANN401
    """Return the pseudoinverse of a matrix whose rows or whose columns are independent."""
    turned = np.swapaxes(a, -1, -2)
    tall = np.shape(a)[-2] >= np.shape(a)[-1]
    return np.linalg.solve(turned @ a, turned) if tall else turned @ np.linalg.inv(a @ turned)


def lstsq(a: Any, b: Any, rcond: Any = None) -> tuple[Any, Any, Any, Any]:  # noqa: ANN401
    """Return the least-squares solution, the sums of squared residuals, the rank and the singular values."""
    x = pinv(a) @ b
    away = b - a @ x
    plain = a
    while hasattr(plain, "slope"):
        plain = plain.value
    _, _, rank, singular = np.linalg.lstsq(plain, np.zeros(np.shape(plain)[0]), rcond)
    return x, np.sum(away * away, axis=0), int(rank), singular
