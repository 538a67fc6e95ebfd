"""The slope of every row from both sides, and a quick look at whether the sides agree."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from numdiff.derivative.adaptive.samples import Samples
from numdiff.derivative.adaptive.table import ODD, SAFETY, Entry, Estimate, Places, Table, extrapolate

DEEP = 20
"""A rung below this one, 2**-23 times the scale, is no matter of course."""
PLAIN = 1e-9
"""An error beyond this part of the slope is no matter of course either."""
LOOK = 10
"""How many rungs below the chosen one the sides are compared, and narrower features looked for."""

ROUNDED = 256
"""So many units of rounding are expected of f at most before it is looked at more closely."""

_MATRIX = ODD[None, None]
_PAIR = np.arange(2)


class Central(NamedTuple):
    """The best entry of the central table of every row: numbers for one row, arrays of shape (rows,) for more."""

    estimate: Estimate
    plain: Any
    """True where nothing is to be looked into: the error is small, and the sides agree as those of a smooth f do."""
    smooth: Any
    """True where the sides agree and the error is not too large: there is a derivative, but perhaps another one."""

    def take(self, rows: Places | slice) -> Central:
        """Return some of the rows."""
        return Central(Estimate(*(item[rows] for item in self.estimate)), self.plain[rows], self.smooth[rows])


class _Surroundings(NamedTuple):
    """What lies about the chosen entry: numbers for one row, arrays of shape (rows,) for more."""

    x: Any
    middle: Any
    """f(x)."""
    step: Any
    top: Any
    """The largest step of the ladder."""
    near: Any
    """f(x+h) − 2f(x) + f(x−h) at a step h well below the entry's."""
    far: Any
    """The same at 2h."""
    rise: Any
    """f(x+h) − f(x−h), and what the entry's slope foretells of it: the difference of the two."""
    rise_far: Any
    """The same at 2h."""
    size: Any
    """abs(f(x+h)) + abs(f(x−h))."""


@lru_cache(maxsize=8)
def precise(roundoff: float) -> float:
    """Return to which part of the slopes about x a derivative must be known to have converged."""
    return min(0.25, max(1e-6, 64 * math.pow(roundoff, 2 / 3)))


def central_table(samples: Samples) -> Table:
    """Return the table of the central quotients: one family."""
    return extrapolate(samples.central[None], _MATRIX, samples.noise[None])


def central(samples: Samples, table: Table) -> Central:
    """Return the best entry of the central table of every row, as arrays."""
    entry = Entry(*(item[0] for item in table.best()))
    return _judge(entry, _about(samples, entry), samples.roundoff)


def central_of_one(samples: Samples, table: Table) -> Central:
    """Return the same for samples of one row, as Python's numbers: ten times as fast as arrays of one element."""
    entry = table.best_of_one()
    return _judge(entry, _about_one(samples, entry), samples.roundoff)


def _about(samples: Samples, entry: Entry) -> _Surroundings:
    rungs, values, steps = samples.rungs, samples.values, samples.steps
    first = np.arange(0, values.size, 2 * rungs + 1)
    right = np.maximum(entry.rung - LOOK, 0)[:, None] + _PAIR + first[:, None]
    left = right + rungs
    middle, above, below = values[:, -1], values.take(right), values.take(left)
    bend = above + below - 2 * middle[:, None]
    rise = above - below - entry.value[:, None] * (samples.nodes.take(right) - samples.nodes.take(left))
    size = np.abs(above[:, 0]) + np.abs(below[:, 0])
    step = steps.take(entry.rung + np.arange(0, steps.size, rungs))
    return _Surroundings(samples.x, middle, step, steps[:, -1], bend[:, 0], bend[:, 1], rise[:, 0], rise[:, 1], size)


def _about_one(samples: Samples, entry: Entry) -> _Surroundings:
    value, node, step, rungs = samples.values.item, samples.nodes.item, samples.steps.item, samples.rungs
    right, middle = max(entry.rung - LOOK, 0), value(-1)
    left = right + rungs
    above, below, above_far, below_far = value(right), value(left), value(right + 1), value(left + 1)
    near, far = above + below - 2 * middle, above_far + below_far - 2 * middle
    rise = above - below - entry.value * (node(right) - node(left))
    rise_far = above_far - below_far - entry.value * (node(right + 1) - node(left + 1))
    size = abs(above) + abs(below)
    return _Surroundings(samples.x.item(), middle, step(entry.rung), step(-1), near, far, rise, rise_far, size)


def _judge(entry: Entry, about: _Surroundings, roundoff: float) -> Central:
    """Return the entry with all parts of its error; the same arithmetic for numbers and for arrays."""
    # A smooth f bends four times as much at twice the step, one with a kink at x only twice.
    straight = abs(4 * about.near - about.far) <= 2.0**-10 * abs(about.far) + 64 * entry.error * about.step
    # What a smooth f rises beyond its slope is eight times as much at twice the step; a feature that is narrower than
    # both leaves the same there, far above rounding.
    straight &= abs(8 * about.rise - about.rise_far) <= 2.0**-10 * abs(about.rise_far) + (
        ROUNDED * roundoff * about.size + 64 * entry.error * about.step * 2.0 ** (1 - LOOK)
    )
    # f is computed at a point that rounding may have moved, by the same amount for all the nodes (2000·x does so):
    # no disagreement shows that; the curvature tells what it can do.
    size, half = abs(entry.value), about.step * 2.0 ** (1 - LOOK)
    blur = roundoff * abs(about.x) / half * (abs(about.far) / half) + 4 * roundoff * size
    plain = straight & (entry.rung >= DEEP) & (entry.error <= PLAIN * (size + abs(about.middle) / about.top))
    error = SAFETY * entry.error + blur
    estimate = Estimate(entry.value, error, SAFETY * entry.nearest, about.step, 2 * entry.column + 2)
    return Central(estimate, plain, straight & (error <= precise(roundoff) * size))
