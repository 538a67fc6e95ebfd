"""The slopes of a function along many of its variables from its values: adaptive, or by one difference scheme."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.exceptions import ComplexWarning
from numpy.typing import NDArray

from numdiff.blackbox.precision import complex_dtype, unit_roundoff
from numdiff.derivative.adaptive.auto import Found, as_arrays, explore, words
from numdiff.derivative.adaptive.samples import Samples, ladders
from numdiff.derivative.adaptive.table import Floats, Places
from numdiff.derivative.result import Reason, Status
from numdiff.derivative.witness import is_seen, slope_noise, witness_steps
from numdiff.difference.complex_step import complex_steps
from numdiff.difference.schemes import SCHEMES, Scheme, Step, divisor, node, weighted_sum
from numdiff.gradient.field import Field
from numdiff.gradient.quick import Rows, Slopes, quick_slopes


def by_adaptive(field: Field, rows: Rows) -> Found:
    """Return the slopes along all rows as :func:`numdiff.derivative` finds them: arrays of shape (outputs, rows).

    In double precision a short look comes first, and the long ladder is climbed only where that leaves a doubt. f is
    called once for each of the two.
    """
    if field.base.dtype == np.float64:
        found = _as_found(quick_slopes(field, rows))
        doubtful = np.flatnonzero((found.status != Status.CONVERGED).any(axis=0))
    else:
        none = np.full((field.centre.shape[0], rows.x.size), np.nan)
        found = _empty(none)
        doubtful = np.arange(rows.x.size)
    if doubtful.size:
        _climb(field, rows.take(doubtful), doubtful, found)
    return found


def _empty(df: Floats, error: Floats | None = None, status: Status = Status.OUTSIDE_DOMAIN) -> Found:
    """Return a result for the slopes, to be filled in further."""
    count = np.zeros(df.shape, dtype=np.intp)
    reason = Reason.NONE if status == Status.CONVERGED else Reason.UNDEFINED
    said, why = (words(df.size, word).reshape(df.shape) for word in (status, reason))
    none = np.full(df.shape, np.nan)
    return Found(df, none if error is None else error, none, none, none, count, count, said, why, df.copy(), df.copy())


def _as_found(slopes: Slopes) -> Found:
    found = _empty(slopes.value, slopes.error, Status.CONVERGED)
    found.status[~slopes.plain] = Status.OUTSIDE_DOMAIN  # until it is known better
    truncation, step, order = slopes.truncation, slopes.step, slopes.order
    return found._replace(truncation=truncation, rounding=slopes.error - truncation, step=step, order=order)


def _climb(field: Field, rows: Rows, places: Places, found: Found) -> None:
    """Write what the long ladder brings into the doubtful elements of ``found``."""
    where = ladders(rows.x, field.base.dtype)
    some = rows.take(where.owner)
    values = field.along(some.variable, some.point, where.nodes.astype(field.base.dtype, copy=False))
    for output in np.flatnonzero((found.status[:, places] != Status.CONVERGED).any(axis=1)).tolist():
        seen = as_arrays(explore(Samples(*where, values[output], field.roundoff), rows.x.size))
        doubtful = np.flatnonzero(found.status[output, places] != Status.CONVERGED)
        for column, new in zip(found, seen, strict=True):
            column[output, places[doubtful]] = new[doubtful]


def steps_for(scheme: Scheme, x: NDArray[np.floating], step: Floats | None) -> NDArray[np.floating]:
    """Return the step for every row, in the dtype of x: u^(1/(p+1))·max(1, abs(x)) as a power of two by default."""
    if step is not None:
        return step.astype(x.dtype)
    if scheme.imaginary:
        steps: NDArray[np.floating] = complex_steps(x, None)
        return steps
    size = np.maximum(np.abs(x.astype(np.float64)), 1)
    wanted = np.log2(unit_roundoff(x.dtype)) / (scheme.order + 1) + np.log2(size)
    return np.exp2(np.where(np.isfinite(wanted), np.round(wanted), 0)).astype(x.dtype)


def quotients(
    field: Field,
    rows: Rows,
    scheme: Scheme,
    h: NDArray[np.floating],
    step: Step = "taken",
    *,
    with_centre: bool = False,
) -> Floats:
    """Return the difference quotients in the precision of the field: (outputs, rows, …) for steps (rows, …).

    f at the points themselves is computed only if the scheme has it, or if it is asked for.
    """
    dtype = field.base.dtype
    x, steps = rows.x.astype(dtype)[:, None], h.reshape(rows.x.size, -1)
    nodes = [node(x, steps, offset) if offset else np.broadcast_to(x, steps.shape) for offset in scheme.offsets]
    moved = [place for place, offset in zip(nodes, scheme.offsets, strict=True) if offset]
    needed = with_centre or 0 in scheme.offsets
    beside = field.along(rows.variable, rows.point, np.concatenate(moved, axis=1), with_centre=needed).astype(dtype)
    parts = iter(np.split(beside, len(moved), axis=-1))
    values = [next(parts) if offset else _middle(field, rows, steps) for offset in scheme.offsets]
    quotient = weighted_sum(scheme, values) / divisor(scheme, x, steps, nodes, step)
    return np.asarray(quotient, dtype=np.float64).reshape(beside.shape[0], *h.shape)


def _middle(field: Field, rows: Rows, steps: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return f at the points themselves for every step of every row."""
    middle = field.centre[:, rows.point, None].astype(field.base.dtype)
    return np.broadcast_to(middle, (*middle.shape[:2], steps.shape[1]))


def by_scheme(field: Field, rows: Rows, scheme: Scheme, step: Floats | None) -> Found:
    """Return the difference quotients, over the step taken; twice the step shows how large the truncation error is."""
    x = rows.x.astype(field.base.dtype)
    h = steps_for(scheme, x, step)
    if scheme.imaginary:
        return _by_complex_step(field, rows, h)
    both = quotients(field, rows, scheme, np.stack([h, h + h], axis=1), with_centre=True)
    near, far = both[..., 0], both[..., 1]
    width = h.astype(np.float64)
    truncation = np.abs(far - near) / (2**scheme.order - 1)
    size = np.abs(field.centre[:, rows.point]) + np.abs(near) * width
    rounding = field.roundoff * (float(scheme.noise) * size / width + 2 * np.abs(near))
    return _witnessed(field, rows, _one_step(near, truncation, rounding, width, scheme.order))


def _witnessed(field: Field, rows: Rows, found: Found) -> Found:
    """Return the slopes, "unverified" in the status where f about the points does not bear out what they claim."""
    x = rows.x.astype(field.base.dtype)
    h = witness_steps(x, found.step[0])
    both = np.stack([h, 2 * h], axis=1).astype(x.dtype)
    sides = [quotients(field, rows, SCHEMES[side], both) for side in ("forward", "backward")]
    slopes = np.moveaxis(np.stack(sides), -1, 1)
    centre = field.centre[:, rows.point]
    size = np.abs(centre) + 2 * np.abs(slopes).max(axis=(0, 1)) * h
    noise = slope_noise(size, found.df, rows.x, h, field.roundoff)
    claims = found.status == Status.CONVERGED
    found.status[claims & ~is_seen(found.df, found.error, slopes, noise, field.roundoff)] = Status.UNVERIFIED
    return found


def _by_complex_step(field: Field, rows: Rows, h: NDArray[np.floating]) -> Found:
    """Return Im f(x + ih)/h; NaN where f is not analytic. ValueError if f does not take complex numbers."""
    dtype = complex_dtype(field.base.dtype)
    middle = field.centre[:, rows.point]  # f is real there, and known to take many points or not
    both = np.stack([h, 3 * h], axis=1)
    nodes = np.empty(both.shape, dtype=dtype)
    nodes.real, nodes.imag = rows.x[:, None], both
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ComplexWarning)  # math.sin takes the real part and says no more
            raw = field.raw(rows.variable, rows.point, nodes, field.base[:, :0])
    except (TypeError, ComplexWarning) as error:
        raise ValueError(f"f must accept complex numbers for the complex step: {error}") from error
    values = raw.imag if np.iscomplexobj(raw) else np.full(raw.shape, np.nan)
    slope, other = np.moveaxis(values.reshape(field.size, *both.shape) / both, -1, 0).astype(np.float64)
    slope = np.where(np.isfinite(middle), slope, np.nan)
    rounding = 8 * unit_roundoff(field.base.dtype) * np.abs(slope) + np.abs(other - slope)
    found = _one_step(slope, np.abs(other - slope) / 8, rounding, h.astype(np.float64), 2)
    lost = np.isfinite(middle) & np.isnan(slope)
    if not field.is_typed:  # abs(x[0]) + x[1] is complex by type, and yet not analytic: along the axis it shows
        seen = by_scheme(field, rows, SCHEMES["central"], None)
        lost |= np.abs(seen.df - slope) > 8 * seen.error + 1e-6 * np.abs(slope)
    for column in (found.df, found.error, found.left, found.right):
        column[lost] = np.nan
    found.status[lost], found.reason[lost] = Status.NOT_DIFFERENTIABLE, Reason.NOT_ANALYTIC
    return found


def _one_step(df: Floats, truncation: Floats, rounding: Floats, step: Floats, order: int) -> Found:
    found = _empty(df, truncation + rounding, Status.CONVERGED)
    lost = ~np.isfinite(df)
    found.df[lost] = found.left[lost] = found.right[lost] = np.nan
    found.status[lost], found.reason[lost] = Status.OUTSIDE_DOMAIN, Reason.UNDEFINED
    steps, orders = np.broadcast_to(step, df.shape).copy(), np.full(df.shape, order)
    return found._replace(truncation=truncation, rounding=rounding, step=steps, order=orders)
