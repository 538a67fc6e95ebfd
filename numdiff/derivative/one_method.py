"""Derivatives by one method with one step: difference schemes, Ridders, the complex step, dual numbers.

Each comes with an error estimate of its own. None of them looks for kinks: they see their nodes and nothing else, and
what they claim is "unverified" unless a few values about x bear it out: see :mod:`numdiff.derivative.witness`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.dual_call import value_and_slope
from numdiff.blackbox.precision import Values, unit_roundoff
from numdiff.derivative.adaptive.auto import Found, words
from numdiff.derivative.adaptive.table import Flags, Floats
from numdiff.derivative.adaptive.values import values_at
from numdiff.derivative.result import Reason, Status
from numdiff.derivative.richardson import richardson_table
from numdiff.difference.complex_step import complex_steps, quotients
from numdiff.difference.schemes import Scheme, divisor, node, weighted_sum
from numdiff.evaluate.forward import evaluate_dual
from numdiff.function import Function

GRIDS = {"forward": (0, 1), "backward": (-1, 0), "central": (-1, 1)}
"""Where the nodes of the schemes lie, for each order of accuracy (two of them for the central ones)."""


class _Facts(NamedTuple):
    """What a result says of how it was made."""

    step: Any
    order: Any
    nfev: int


@lru_cache(maxsize=32)
def scheme_of(method: str, order: int | None) -> Scheme:
    """Return the forward, backward or central scheme of that order of accuracy (1, 1 and 2 by default).

    Raises
    ------
    ValueError
        If the order is not 1 to 8, or odd for the central scheme.
    """
    least = 2 if method == "central" else 1
    wanted = least if order is None else order
    if wanted not in range(least, 9, least):
        kind = "an even number from 2 to 8" if method == "central" else "from 1 to 8"
        raise ValueError(f"order must be {kind} for the {method} method, got {order}")
    below, above = (end * (wanted // least) for end in GRIDS[method])
    return Scheme.from_offsets(f"{method}{wanted}", range(below, above + 1))


def by_scheme(f: AnyFunction | Asked, x: Values, scheme: Scheme, step: float | None) -> Found:
    """Return the difference quotient, every operation done in the dtype of the array x, over the step taken.

    The truncation error is estimated from the quotient with twice the step: they differ by about 2^p − 1 times it.
    The default step balances the errors of a function whose derivatives are about as large as itself:
    u^(1/(p+1))·max(1, abs(x)), rounded to a power of two.
    """
    roundoff, dtype = unit_roundoff(x.dtype), x.dtype
    if step is None:
        wanted = np.log2(roundoff) / (scheme.order + 1) + np.log2(np.maximum(np.abs(x.astype(np.float64)), 1))
        h = np.exp2(np.where(np.isfinite(wanted), np.round(wanted), 0)).astype(dtype)
    else:
        h = np.full(x.shape, step).astype(dtype)
    places = [[node(x, size, offset) for offset in scheme.offsets] for size in (h, h + h)]
    flat, _ = values_at(f, np.concatenate([*places[0], *places[1]]))
    values = flat.astype(dtype).reshape(2, len(scheme.offsets), x.size)
    near, far = (
        (weighted_sum(scheme, list(some)) / divisor(scheme, x, size, nodes, "taken")).astype(np.float64)
        for some, size, nodes in zip(values, (h, h + h), places, strict=True)
    )
    width, greatest = h.astype(np.float64), np.abs(values[0].astype(np.float64)).max(axis=0)
    truncation = np.abs(far - near) / (2**scheme.order - 1)
    rounding = roundoff * (float(scheme.noise) * greatest / width + 2 * np.abs(near))
    nfev = values[:, :, 0].size
    found = _found(near, truncation, rounding, _Facts(width, scheme.order, nfev))
    if 0 in (min(scheme.offsets), max(scheme.offsets)):
        missing = np.full(x.size, np.nan)
        return found._replace(**{"left" if min(scheme.offsets) == 0 else "right": missing})
    return found


def by_ridders(f: AnyFunction | Asked, x: Values, step: float | None) -> Found:
    """Return the best entry of Ridders' table: ten central differences, f in the dtype of the array x."""
    table = richardson_table(f, x, step)
    columns = table.best[:, 1]
    df, errors = table.at_best(table.entries), table.at_best(table.errors)
    steps = np.take_along_axis(table.steps, table.best[:, :1], axis=1)[:, 0]
    return _found(df, errors, table.at_best(table.rounding), _Facts(steps, 2 * columns + 2, table.nfev))


def by_complex_step(f: AnyFunction, x: Values, step: float | None) -> Found:
    """Return the complex step's derivative; a second, greater step shows what truncation and rounding do."""
    h = complex_steps(x, step)
    both = quotients(f, np.concatenate([x, x]), np.concatenate([h, 3 * h])).astype(np.float64)
    df, other = both[: x.size], both[x.size :]
    rounding = _forward_noise(df, x) + np.abs(other - df)
    found = _found(df, np.abs(other - df) / 8, rounding, _Facts(h.astype(np.float64), 2, 3))
    values, _ = values_at(f, x)
    found.reason[np.isfinite(values) & np.isnan(df)] = Reason.NOT_ANALYTIC
    found.status[np.isfinite(values) & np.isnan(df)] = Status.NOT_DIFFERENTIABLE
    return found


def by_dual(f: AnyFunction, x: Values) -> Found:
    """Return the derivative by forward-mode differentiation; that at the neighbours of x shows how rounding tells.

    A. G. Baydin et al., Automatic differentiation in machine learning: a survey, J. Mach. Learn. Res. 18 (2018).
    """
    nodes = np.stack([x, np.nextafter(x, x.dtype.type(np.inf)), np.nextafter(x, x.dtype.type(-np.inf))])
    value, slope = (np.asarray(part, dtype=np.float64) for part in _value_and_slope(f, nodes))
    slope = np.where(np.isnan(value), np.nan, slope)
    slope[0] = np.where(np.isnan(slope[1:]).all(axis=0), np.nan, slope[0])  # a value, and perhaps none beside it
    beside = np.fmax(*np.abs(slope[1:] - slope[0]))
    found = _found(slope[0], np.zeros(x.size), _forward_noise(slope[0], x) + beside, _Facts(0.0, 0, 3))
    found.status[np.isfinite(value[0]) & ~np.isfinite(slope[0])] = Status.NOT_DIFFERENTIABLE
    found.reason[np.isfinite(value[0]) & ~np.isfinite(slope[0])] = Reason.NONE
    return found


def _value_and_slope(f: AnyFunction, x: Values) -> tuple[Any, Any]:
    if isinstance(f, Function):
        variable = f.variables[0] if f.variables else "x"
        return evaluate_dual(f.tree, {variable: x}, variable)
    return value_and_slope(f, x)


def _forward_noise(df: Floats, x: Values) -> Floats:
    """Return what rounding may do to a derivative that is computed without a subtraction: a few units."""
    return 8 * unit_roundoff(x.dtype) * np.abs(df)


def _found(df: Floats, truncation: Floats, rounding: Floats, facts: _Facts) -> Found:
    """Return the result; where there is no finite number, all that is known is that a value of f is missing."""
    is_known = np.isfinite(df)
    df = np.where(is_known, df, np.nan)
    whole = np.full(df.shape, 1)
    return Found(
        df,
        truncation + rounding,
        truncation,
        rounding,
        facts.step * whole,
        facts.order * whole,
        facts.nfev * whole,
        _words(is_known, Status.CONVERGED, Status.OUTSIDE_DOMAIN),
        _words(is_known, Reason.NONE, Reason.UNDEFINED),
        df.copy(),
        df.copy(),
    )


def _words(is_known: Flags, yes: StrEnum, no: StrEnum) -> NDArray[np.object_]:
    return np.asarray(np.where(is_known, words(is_known.size, yes), words(is_known.size, no)))
