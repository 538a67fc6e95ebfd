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

from numdiff.derivative.adaptive.central import LOOK
from numdiff.derivative.adaptive.samples import Samples
from numdiff.derivative.adaptive.table import SAFETY, Entry, Estimate, Flags, Floats, Places, Table

APART = 8
"""How many rungs lie at least between the two answers."""
FAINT = 1e-6
"""Rounding is not suspected of moving f by more than this part of it."""
_CLEAR = 1e-4
SCALES = 4
"""So many scales of one f are told from one another."""
_CLEARLY = 1e-2
"""An answer with an error of this part of it is one."""
_OFFSETS, _ALIKE = 24, 5
"""Among so many steps beyond a fine answer, as many in a row leave f with the same offset."""
_STEADY = 0.05
"""... to this part of it."""
_FAR = 1e3
"""... and as many units of rounding is it at least."""
_UNKNOWN = 8
"""What a feature does within the finest steps that pass over it may be so many times what it does to them."""
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
    finer = denied & (away <= -APART) & (errors <= _CLEARLY * apart)
    return _Rungs(values, errors, columns, coarser, finer, here)


def finest_clear(samples: Samples, quotients: Floats, table: Table, power: int) -> Entry:
    """Return the best entry of every row of the first family, or a finer one that is clear and denies it.

    What a finer step shows of f counts little beside a coarse step, if it is taken for noise. Where it is far above
    the rounding of f and its own disagreements, and moves f visibly or is approached regularly, it is a feature of f.
    The search goes on from that one.

    Parameters
    ----------
    samples, quotients, table
        The samples, their quotients (rows, rungs), and the table of those.
    power : int
        Of the step, by which differences of f are divided.
    """
    rungs = _rungs(table)
    place, rows = rungs.here.copy(), np.arange(rungs.here.size)
    clear = rungs.errors <= _CLEARLY * np.abs(rungs.values)
    for _ in range(SCALES):
        value, error = rungs.values[rows, place, None], rungs.errors[rows, place, None]
        denies = np.abs(rungs.values - value) > 4 * (rungs.errors + np.minimum(error, np.abs(value)))
        finer = clear & denies & (np.arange(rungs.values.shape[1]) < place[:, None])
        changed = False
        for row in np.flatnonzero(finer.any(axis=1)).tolist():
            fine = int(np.where(finer[row], rungs.errors[row], np.inf).argmin())
            pair = float(rungs.values[row, fine]), float(value[row, 0])
            moved = abs(pair[0] - pair[1]) * samples.steps[row, fine + 1] ** power
            is_feature = not _is_faint(samples, row, fine, float(moved)) or _settles(quotients[row], *pair)
            if is_feature or _offset(samples, row, quotients[row], (fine, pair[1]), power):
                place[row], changed = fine, True
        if not changed:
            break
    at = (rows, place)
    errors = rungs.errors[at]
    for row in np.flatnonzero(_jumps(samples, quotients, rungs.values[at], place, power)).tolist():
        # the feature is finer than all clear answers: nobody knows what it does at x
        errors[row] += _UNKNOWN * _offset(
            samples, row, quotients[row], (0, float(rungs.values[row, place[row]])), power
        )
    return Entry(rungs.values[at], errors, rungs.errors[at], place + 1, rungs.columns[at])


def _jumps(samples: Samples, quotients: Floats, values: Floats, place: Places, power: int) -> Flags:
    """Return the rows in which the quotients leave the answer, towards finer steps, as no smooth f lets them."""
    rows = np.arange(place.size)
    near = np.maximum(place + 1 - LOOK, 0)
    pair = [(quotients[rows, rung] - values) * samples.steps[rows, rung] ** power for rung in (near, near + 1)]
    size = np.abs(samples.right[rows, near]) + np.abs(samples.left[rows, near])
    beyond = np.abs(pair[0] * 2.0 ** (2 + power) - pair[1]) - 2.0**-10 * np.abs(pair[1])
    return np.asarray(beyond > _FAR * samples.roundoff * size)


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
        is_feature = _settles(samples.central[row], values[here], values[coarse])
        if (
            is_credible
            and not is_feature
            and not _offset(samples, row, samples.central[row], (here, float(values[coarse])))
        ):
            return coarse
    if rungs.finer.any():
        fine = int(np.where(rungs.finer, errors, np.inf).argmin())
        is_clear = errors[fine] <= _CLEAR * abs(values[fine] - values[here])
        if is_clear and _settles(samples.central[row], values[fine], values[here]):
            return fine
        if _offset(samples, row, samples.central[row], (fine, float(values[here]))):
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


def _offset(samples: Samples, row: int, quotients: Floats, answers: tuple[int, float], power: int = 1) -> float:
    """Return how far the quotients are off where f is seen to step by the same amount by many steps, or 0.

    A feature that is narrower than h leaves the differences of f with an offset that does not depend on h, as tanh
    does; what rounding leaves there is another number at every step. The coarser answer passes over it. The answers
    are the place of the finer one and the value of the coarser.
    """
    fine, coarse = answers
    away = (quotients[fine + 1 :] - coarse)[:_OFFSETS]
    offsets = away * samples.steps[row, fine + 1 : fine + 1 + away.size] ** power
    size = np.abs(samples.right[row]).min() + np.abs(samples.left[row]).min()
    for start in range(offsets.size - _ALIKE + 1):
        some = offsets[start : start + _ALIKE]
        if np.ptp(some) <= _STEADY * abs(some[0]) and abs(some[0]) > _FAR * samples.roundoff * size:
            return float(abs(away[start]))
    return 0.0


def _settles(quotients: Floats, fine: float, coarse: float) -> bool:
    """Whether the plain quotients of a row approach the finer answer regularly, four in a row, from afar."""
    away, whole = np.abs(quotients - fine), abs(coarse - fine)
    ratio = away[1:] / away[:-1]
    regular = (ratio > 2.5) & (ratio < 20) & (away[:-1] > _CLEAR * whole) & (away[:-1] < 0.3 * whole)
    return bool((regular[:-2] & regular[1:-1] & regular[2:]).any())
