"""The derivative of sampled data on any grid, with what is known of its error."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numdiff.blackbox.precision import as_reals
from numdiff.derivative.adaptive.auto import words
from numdiff.derivative.any_order import unwrapped
from numdiff.derivative.nth import HIGHEST
from numdiff.derivative.result import DerivativeResult, Reason, Status

EXTRA = (1, 2, 3, 4, 5, 6, 8, 10)
"""So many samples more than the order are tried for a formula."""
SAFETY = 3.0
"""A disagreement of two formulas is a measure of an error, and not a bound."""
SHARP = 0.1
"""An error up to this part of the greatest derivative is a result; more is limited by noise."""
AROUND = 8
"""The noise is the mean of so many residuals to both sides."""
NOISE_ORDERS = (4, 6, 8)
"""The differences from which the noise of the samples is told."""

Floats = NDArray[np.float64]


class _Formula(NamedTuple):
    """A difference formula at every sample."""

    places: NDArray[np.intp]
    """The samples that it takes, shape (samples, nodes)."""
    weights: Floats


def derivative_of_samples(
    x: ArrayLike, y: ArrayLike, order: int = 1, *, accuracy: int | None = None, axis: int = -1
) -> DerivativeResult:
    """Return the derivative of sampled data at every sample, on any grid, with an estimate of its error.

    Parameters
    ----------
    x : array_like or float
        Where the samples lie: all different, in any order; or their distance, if it is the same for all.
    y : array_like
        The samples; those that are NaN or masked count as missing.
    order : int
        Which derivative: 1 to 10.
    accuracy : int, optional
        The order of accuracy of the difference formulas, at least 1: they take order + accuracy samples. By default
        that with the least estimated error is chosen at each sample, from 1 to 10.
    axis : int
        Along which axis of y; x has its length.

    Returns
    -------
    DerivativeResult
        In the shape of y. ``error`` has two parts: the truncation error, from a formula with more samples, and what the
        noise of the samples does, which is measured by their high differences. "noise_limited" where that is more than
        a tenth of the greatest derivative, or where there are too few samples to tell; no kink is looked for.

    Raises
    ------
    TypeError
        If order or accuracy is no whole number.
    ValueError
        If x and y do not fit, two samples lie at the same place, or there are fewer than order + 1 (order + accuracy).

    See Also
    --------
    numpy.gradient : formulas of the second order for the first derivative.
    finite_difference_weights : the weights of one formula, exactly.

    References
    ----------
    .. [1] B. Fornberg, Generation of finite difference formulas on arbitrarily spaced grids, Math. Comp. 51 (1988).
    .. [2] R. W. Hamming, Numerical Methods for Scientists and Engineers (1973), chapter 10: noise from differences.

    Examples
    --------
    >>> import numpy as np
    >>> import numdiff as nd
    >>> x = np.sort(np.random.default_rng(0).uniform(0, 3, 60))
    >>> found = nd.derivative_of_samples(x, np.sin(x))
    >>> bool(np.all(np.abs(found.df - np.cos(x)) <= found.error))
    True
    >>> bool(found.error.max() < np.abs(np.gradient(np.sin(x), x) - np.cos(x)).max() / 100)
    True
    """
    values, restored = unwrapped(y)
    lines, places = _lines(x, as_reals(values, "y"), axis)
    _check(order, accuracy, lines.shape[1])
    whole = np.isfinite(lines).all()
    groups = [lines] if whole else [line[None] for line in lines]
    parts = [_on_line(places, group, order, accuracy) for group in groups]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    shape = np.moveaxis(np.empty(np.shape(values)), axis, -1).shape
    df, truncation, rounding, orders, status, reason = (np.moveaxis(c.reshape(shape), -1, axis) for c in columns)
    error = truncation + rounding
    step = np.full(df.shape, np.abs(np.diff(np.sort(places))).min())
    success = np.asarray(status == Status.CONVERGED) & np.isfinite(df)
    numbers = (df, error, truncation, rounding, step, orders, "samples", np.zeros(df.shape, dtype=np.intp))
    return restored(DerivativeResult(*numbers, success, status, reason, df.copy(), df.copy()))


def _lines(x: ArrayLike, y: NDArray[Any], axis: int) -> tuple[Floats, Floats]:
    """Return the samples as rows, and where they lie."""
    if not y.ndim:
        raise ValueError("y must be an array of samples, got one number")
    if not -y.ndim <= axis < y.ndim:
        raise ValueError(f"axis must be from {-y.ndim} to {y.ndim - 1}, got {axis}")
    places = np.asarray(as_reals(unwrapped(x)[0], "x"), dtype=np.float64)
    count = y.shape[axis]
    if not places.ndim:
        places = places * np.arange(count)
    if places.shape != (count,):
        raise ValueError(
            f"x must be one number or have as many elements as y along its axis, {count}, got {places.shape}"
        )
    if not np.all(np.isfinite(places)) or np.unique(places).size < count:
        raise ValueError("x must be finite numbers, all of them different (or a distance that is not 0)")
    return np.moveaxis(y.astype(np.float64), axis, -1).reshape(-1, count), places


def _check(order: Any, accuracy: Any, count: int) -> None:  # noqa: ANN401 - whatever is given
    for name, value in (("order", order), ("accuracy", accuracy)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | np.integer)):
            raise TypeError(f"{name} must be a whole number, got {value!r}")
    if order is None or not 1 <= order <= HIGHEST:
        raise ValueError(f"order must be from 1 to {HIGHEST}, got {order}")
    if accuracy is not None and accuracy < 1:
        raise ValueError(f"accuracy must be at least 1, got {accuracy}")
    needed = order + (1 if accuracy is None else accuracy)
    if count < needed:
        raise ValueError(f"y must have at least {needed} samples along its axis for this formula, got {count}")


def _on_line(x: Floats, y: Floats, order: int, accuracy: int | None) -> tuple[NDArray[Any], ...]:
    """Return the columns of the result for rows of samples that are missing at the same places."""
    present = np.flatnonzero(np.isfinite(y).all(axis=0))
    columns = [np.full(y.shape, np.nan) for _ in range(3)]
    orders = np.zeros(y.shape, dtype=np.intp)
    status, reason = (words(y.size, word).reshape(y.shape) for word in (Status.OUTSIDE_DOMAIN, Reason.UNDEFINED))
    needed = order + (1 if accuracy is None else accuracy)
    if present.size >= needed:
        by_place = present[np.argsort(x[present])]
        df, truncation, rounding, chosen = _at_samples(x[by_place], y[:, by_place], order, accuracy)
        for column, part in zip(columns, (df, truncation, rounding), strict=True):
            column[:, by_place] = part
        orders[:, by_place] = chosen
        greatest = np.abs(df).max(axis=1, keepdims=True)
        is_sharp = truncation + rounding <= SHARP * greatest
        is_sharp |= greatest == 0
        status[:, by_place] = np.where(is_sharp, words(1, Status.CONVERGED), words(1, Status.NOISE_LIMITED))
        reason[:, by_place] = np.where(is_sharp, words(1, Reason.NONE), words(1, Reason.NOISE))
    return (*columns, orders, status, reason)


def _at_samples(
    x: Floats, y: Floats, order: int, accuracy: int | None
) -> tuple[Floats, Floats, Floats, NDArray[np.intp]]:
    """Return the derivatives, both parts of their errors, and the accuracy chosen at every sample of sorted x."""
    extra = [more for more in EXTRA if order + more <= x.size] if accuracy is None else [accuracy]
    wider = [] if accuracy is None else [min(accuracy + more, x.size - order) for more in (1, 2)]
    every = [*extra, *sorted({more for more in wider if more > extra[-1]})]
    formulas = [_formula(x, order, order + more) for more in every]
    values = np.stack([_applied(formula, y) for formula in formulas])
    noise = _noise(x, y)
    gains = np.stack([np.sqrt((formula.weights**2).sum(axis=1)) for formula in formulas])
    rounding = gains[:, None] * noise
    truncation = SAFETY * _disagreements(values)
    error = (truncation + rounding)[: len(extra)]
    best = error.argmin(axis=0)
    rows, columns = np.indices(best.shape)
    chosen = (best, rows, columns)
    return values[chosen], truncation[chosen], rounding[chosen], np.asarray(every, dtype=np.intp)[best]


def _disagreements(values: Floats) -> Floats:
    """Return for every formula how far the next two are off, or those before the last: inf if there is no other.

    Two of them, as on an even grid a formula and the next one may be the same.
    """
    count = len(values)
    if count == 1:
        return np.full(values.shape, np.inf)
    others = [
        [k for k in range(i + 1, i + 3) if k < count] or [k for k in (i - 1, i - 2) if k >= 0] for i in range(count)
    ]
    return np.stack([np.abs(values[some] - values[i]).max(axis=0) for i, some in enumerate(others)])


def _applied(formula: _Formula, y: Floats) -> Floats:
    result: Floats = np.einsum("lsn,sn->ls", y[:, formula.places], formula.weights)
    return result


def _windows(x: Floats, nodes: int) -> NDArray[np.intp]:
    """Return for every sample the neighbouring ones that lie nearest, itself included."""
    start = np.clip(np.arange(x.size) - (nodes - 1) // 2, 0, x.size - nodes)
    for _ in range(nodes):  # an even number, or an uneven grid: move towards what is nearer
        left, right = start - 1, start + nodes
        gain = np.where(left >= 0, x[np.minimum(right - 1, x.size - 1)] - x - (x - x[np.maximum(left, 0)]), -np.inf)
        loss = np.where(right < x.size, x - x[start] - (x[np.minimum(right, x.size - 1)] - x), -np.inf)
        moved = np.where(gain > 0, -1, np.where(loss > 0, 1, 0))
        if not moved.any():
            break
        start = start + moved
    return np.asarray(start[:, None] + np.arange(nodes))


def _formula(x: Floats, order: int, nodes: int) -> _Formula:
    places = _windows(x, nodes)
    return _Formula(places, _weights(x[places] - x[:, None], order))


def _weights(offsets: Floats, order: int) -> Floats:
    """Return the weights of the derivative at 0 for nodes at each row of offsets: Fornberg's recursion in floats."""
    size = np.abs(offsets).max(axis=1, keepdims=True)
    nodes = offsets / size  # so that no product is very great or small
    rows, count = nodes.shape
    table = np.zeros((rows, count, order + 1))
    table[:, 0, 0] = 1
    last = np.ones(rows)
    for new in range(1, count):
        product = np.prod(nodes[:, new, None] - nodes[:, :new], axis=1)
        previous = table[:, new - 1].copy()
        for m in range(min(new, order), -1, -1):
            lower = m * previous[:, m - 1] if m else 0.0
            table[:, new, m] = last / product * (lower - nodes[:, new - 1] * previous[:, m])
        for old in range(new):
            gap = nodes[:, new] - nodes[:, old]
            for m in range(min(new, order), -1, -1):
                lower = m * table[:, old, m - 1] if m else 0.0
                table[:, old, m] = (nodes[:, new] * table[:, old, m] - lower) / gap
        last = product
    result: Floats = table[:, :, order] / size**order
    return result


def _noise(x: Floats, y: Floats) -> Floats:
    """Return the noise of the samples, shape (rows, samples): what their high differences leave, and their rounding."""
    roundoff = np.spacing(np.abs(y).max(axis=1, keepdims=True))
    found = [_residual(x, y, nodes) for nodes in (order + 1 for order in NOISE_ORDERS) if nodes <= x.size]
    seen = np.min(found, axis=0) if found else np.zeros(y.shape)
    return np.asarray(4 * seen + 2 * roundoff)


def _residual(x: Floats, y: Floats, nodes: int) -> Floats:
    """Return the size of divided differences of the highest order, scaled to that of the noise of one sample."""
    formula = _formula(x, nodes - 1, nodes)
    weights = formula.weights / np.sqrt((formula.weights**2).sum(axis=1, keepdims=True))
    size = np.abs(_applied(_Formula(formula.places, weights), y))
    half = min(AROUND, x.size - 1)
    around = np.pad(size, ((0, 0), (half, half)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(around, 2 * half + 1, axis=1)
    return np.asarray(np.sqrt((windows**2).mean(axis=2)))
