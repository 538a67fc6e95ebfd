"""Two steps, two answers: is the finer one a feature of f or its rounding?

(1 − cos x)/x² near 0 is flat between the steps in which cos x is rounded, so very fine quotients agree with one
another on a wrong slope; sin(1000 x) shows its slope only to fine quotients, too. What tells them apart is the way
between the scales: the quotients of a smooth feature settle regularly, each gap a quarter of the one before, while
rounding jumps to its plateau. So does a kink nearby, but f shows it to the coarser steps; and rounding moves f only a
little.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from numdiff.derivative.adaptive.samples import Samples
from numdiff.derivative.adaptive.table import SAFETY, Estimate, Flags, Floats, Places, Table

APART = 8
"""How many rungs lie at least between the two answers."""
FAINT = 1e-6
"""Rounding is not suspected of moving f by more than this part of it."""
_CLEAR = 1e-4
_BELOW = 4
"""How many rungs below the coarser answer the bend of f is looked at."""


class _Rungs(NamedTuple):
    """The best entry of every rung: arrays of shape (rows, rungs − 1), as the table leaves rung 0 out."""

    values: Floats
    errors: Floats
    columns: Places
    coarser: Flags
    """Where a much coarser step gives another answer than the best entry, and a clear one."""
    finer: Flags
    here: Places
    """The place of the best entry, shape (rows,)."""


def _rungs(table: Table) -> _Rungs:
    _, rows, rungs, count = table.errors.shape
    columns = table.errors[0].argmin(axis=2)
    place = np.arange(0, rows * rungs * count, count).reshape(rows, rungs) + columns
    errors = table.errors.take(place)
    values = table.products.take(2 * place - columns) * table.inverse
    here = errors.argmin(axis=1)
    best = here + np.arange(0, rows * rungs, rungs)
    apart = np.abs(values - values.take(best)[:, None])
    denied = apart > 4 * (errors + errors.take(best)[:, None])
    away = np.arange(rungs) - here[:, None]
    coarser = denied & (away >= APART) & (errors <= _CLEAR * np.abs(values))
    finer = denied & (away <= -APART) & (errors <= _CLEAR * apart)
    return _Rungs(values, errors, columns, coarser, finer, here)


def clashes(table: Table) -> bool:
    """Return whether two steps give different answers, both of them clear, at any point of the table."""
    rungs = _rungs(table)
    return bool((rungs.coarser | rungs.finer).any())


def settle(samples: Samples, table: Table, estimate: Estimate) -> Estimate:
    """Return the estimates of the central table, changed where two answers clash and the worse one has less error.

    Parameters
    ----------
    samples, table
        The samples and their central table (one family).
    estimate : Estimate
        The entries with the least error: arrays of shape (rows,).
    """
    rungs = _rungs(table)
    clash = rungs.coarser | rungs.finer
    if not clash.any():
        return estimate
    chosen = Estimate(*(item.copy() for item in estimate))
    for row in np.flatnonzero(clash.any(axis=1)).tolist():
        place = _better(samples, row, _Rungs(*(item[row] for item in rungs)))
        if place is not None:
            value = rungs.values[row, place]
            chosen.value[row], chosen.truncation[row] = value, 0
            chosen.error[row] = SAFETY * rungs.errors[row, place] + 4 * samples.roundoff * abs(value)
            chosen.step[row], chosen.order[row] = samples.steps[row, place + 1], 2 * rungs.columns[row, place] + 2
    return chosen


def _better(samples: Samples, row: int, rungs: _Rungs) -> int | None:
    """Return the place of the better answer of a row, or None if that is the one it has."""
    values, errors, here = rungs.values, rungs.errors, int(rungs.here)
    if rungs.coarser.any():
        coarse = int(np.where(rungs.coarser, errors, np.inf).argmin())
        moved = float(errors[coarse] * samples.steps[row, coarse + 1])
        is_credible = _is_faint(samples, row, coarse, moved) and _is_smooth(samples, row, coarse, moved)
        if is_credible and not _settles(samples, row, values[here], values[coarse]):
            return coarse
    if rungs.finer.any():
        fine = int(np.where(rungs.finer, errors, np.inf).argmin())
        if _settles(samples, row, values[fine], values[here]):
            return fine
    return None


def _is_faint(samples: Samples, row: int, place: int, moved: float) -> bool:
    """Whether the disagreement may be due to rounding: it moves f by little."""
    size = np.abs(samples.right[row, : place + 2]).max() + np.abs(samples.left[row, : place + 2]).max()
    return bool(moved <= FAINT * size)


def _is_smooth(samples: Samples, row: int, place: int, moved: float) -> bool:
    """Whether f has no kink as seen from this step: it bends four times as much at twice the step, not twice."""
    rung = place + 1 - _BELOW
    pair = slice(rung, rung + 2)
    near, far = samples.right[row, pair] + samples.left[row, pair] - 2 * samples.middle[row]
    return bool(abs(4 * near - far) <= abs(far) / 4 + 16 * moved)


def _settles(samples: Samples, row: int, fine: float, coarse: float) -> bool:
    """Whether the plain quotients approach the finer answer regularly, four in a row, from afar."""
    away, whole = np.abs(samples.central[row] - fine), abs(coarse - fine)
    ratio = away[1:] / away[:-1]
    regular = (ratio > 2.5) & (ratio < 20) & (away[:-1] > _CLEAR * whole) & (away[:-1] < 0.3 * whole)
    return bool((regular[:-2] & regular[1:-1] & regular[2:]).any())
