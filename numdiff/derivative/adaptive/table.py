"""Richardson tables of many points at once, and what is known of the error of every entry.

Rung 0 belongs to the finest step; each further rung doubles it. Column 0 holds the difference quotients; column j + 1
removes the next power of h from column j (L. F. Richardson 1911; C. J. F. Ridders, Adv. Eng. Software 4, 1982). An
entry is a fixed combination of up to six neighbouring quotients, so the whole table is one small matrix product.

The error of an entry is judged by what the finer steps say. Two neighbours in a column differ by the truncation
error of the coarser one, or by noise; and noise in the values of f grows like 1/h as the step shrinks. So a
disagreement found at a finer step h′, scaled by h′/h, is what the same noise does at h: the estimate is the largest
of these over all finer steps. One formula covers truncation (the nearest neighbour counts in full), the noise of f
(measured, not assumed) and contradiction: an entry that looks settled but is denied by finer ones, as when the step
strides over a kink or over many periods, is charged with their disagreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]

COLUMNS = 6
"""Entries of the last column cancel five powers of h²; more of them gain nothing in double precision."""
SAFETY = 2.0
"""By itself the error estimated for an entry is too small once in twenty times: it is about one standard deviation."""
LARGEST = 1e306
"""Greater quotients overflow when they are combined: they count as having no value."""
FAR = 1e300
"""Stands for infinity where it may be multiplied by 0."""
WITNESSES = 4
"""How many finer disagreements an entry needs before it can be judged."""


def weights(powers: Sequence[int], noise_power: int = 1) -> Floats:
    """Return the matrix that takes neighbouring quotients to a row of the table and to its disagreements.

    Parameters
    ----------
    powers : sequence of int
        The powers of h in the quotient's error expansion, in the order in which the columns remove them.
    noise_power : int
        Noise in f is divided by h to this power; so is the size of a rung, 1 for the largest step, a power of h.

    Returns
    -------
    ndarray, shape (COLUMNS + 1, 2·COLUMNS)
        To be multiplied by the quotients of rungs i − 1 … i + COLUMNS − 1, each times its size. Columns 0 … COLUMNS − 1
        give the entries whose finest rung is i; the others give the entries of rung i − 1 minus those. All come out
        times the size of rung i.
    """
    entry = np.zeros((COLUMNS + 1, COLUMNS))
    entry[1, 0] = 1
    for j, power in enumerate(powers[: COLUMNS - 1]):
        factor = 1 / (2.0**power - 1)
        entry[:, j + 1] = (1 + factor) * entry[:, j]
        entry[1:, j + 1] -= factor * entry[:-1, j]
    finer = np.roll(entry, -1, axis=0)
    size = np.exp2(noise_power * np.arange(-1.0, COLUMNS))
    return np.asarray(np.hstack([entry, finer - entry]) / size[:, None])


ODD = weights((2, 4, 6, 8, 10))
"""(f(x+h) − f(x−h))/2h is f′ plus a series in h², h⁴, …"""
EVEN = weights((1, 3, 5, 7, 9))
"""(f(x+h) − 2f(x) + f(x−h))/h, right slope minus left slope, is a series in h, h³, …"""
ONE_SIDED = weights((1, 2, 3, 4, 5))
"""(f(x±h) − f(x))/±h is f′ plus a series in h, h², …"""


class Estimate(NamedTuple):
    """A derivative and how it was made: numbers, or arrays of one shape."""

    value: Any
    error: Any
    truncation: Any
    """The part of the error that the step is to blame for."""
    step: Any
    """The finest step."""
    order: Any
    """The order of accuracy."""


class Entry(NamedTuple):
    """An entry of the table for each point: numbers, or arrays of one shape."""

    value: Any
    error: Any
    nearest: Any
    """abs(value − the next finer entry of the same column)."""
    rung: Any
    """Its finest rung."""
    column: Any


class Table(NamedTuple):
    """Entries with what is known of their errors: arrays of shape (families, points, rungs, columns).

    Rung 0 is left out: it has no finer neighbour.
    """

    products: Floats
    """The entries and then the disagreements, times the size of the rung: 2·COLUMNS columns."""
    errors: Floats
    """inf, or nearly so, where an entry does not exist or cannot be judged."""
    inverse: Floats
    """1/size of every rung, shape (rungs,)."""

    def best(self) -> Entry:
        """Return the entry with the least error of each family and point: arrays of shape (families, points)."""
        families, points, rungs, columns = self.errors.shape
        count = rungs * columns
        place = self.errors.reshape(families, points, count).argmin(axis=2)
        rung = place // columns
        column = place - columns * rung
        flat = place + np.arange(0, families * points * count, count).reshape(families, points)
        product = 2 * flat - column
        inverse = self.inverse.take(rung)
        value = self.products.take(product) * inverse
        nearest = np.abs(self.products.take(product + columns)) * inverse
        return Entry(value, self.errors.take(flat), nearest, rung + 1, column)

    def best_of_one(self) -> Entry:
        """Return the best entry of the only point of the only family, as Python numbers: they are faster."""
        place = int(self.errors.argmin())
        rung, column = divmod(place, COLUMNS)
        product = 2 * place - column
        inverse = self.inverse.item(rung)
        value, nearest = self.products.item(product) * inverse, abs(self.products.item(product + COLUMNS)) * inverse
        return Entry(value, self.errors.item(place), nearest, rung + 1, column)


class _Constants(NamedTuple):
    """Of shape (rungs − 1, ·), but for ``size``: (rungs,)."""

    window: Places
    size: Floats
    inverse: Floats
    judge: Floats
    """1/size where an entry exists and can be judged, FAR elsewhere."""


@lru_cache(maxsize=32)
def _constants(rungs: int, noise_power: int) -> _Constants:
    rung, column = np.arange(1, rungs)[:, None], np.arange(COLUMNS)
    exists = rung + column < rungs
    size = np.exp2(noise_power * np.arange(1.0 - rungs, 1.0))
    inverse = 1 / size[1:]
    judge = np.where(exists & (rung >= WITNESSES), inverse[:, None], FAR)
    return _Constants(np.minimum(rung + np.arange(-1, COLUMNS), rungs - 1), size, inverse, judge)


def extrapolate(quotients: Floats, matrices: Floats, noise: Floats, noise_power: int = 1) -> Table:
    """Return the tables of some families of quotients.

    Parameters
    ----------
    quotients : ndarray, shape (families, points, rungs)
        The finest step first, each the double of the one before; more than WITNESSES of them. NaN or inf where f has
        no value: the entries that need it, and those that would have to be judged by them, drop out.
    matrices : ndarray, shape (families, 1, COLUMNS + 1, 2·COLUMNS)
        :data:`ODD`, :data:`EVEN` or :data:`ONE_SIDED` for each family.
    noise : ndarray, broadcastable to the shape of quotients
        What rounding f does to the quotient, times the size of the rung: the error is at least that, whatever the
        other quotients say.
    noise_power : int
        As for the matrices.
    """
    fixed = _constants(quotients.shape[-1], noise_power)
    scaled = quotients * fixed.size
    is_whole = bool(np.vdot(scaled, scaled) < np.inf)
    if is_whole:
        products = scaled.take(fixed.window, axis=2) @ matrices
        errors = np.abs(products[..., COLUMNS:])
    else:
        products, errors = _without(scaled, matrices, fixed)
    errors = _running_maximum(errors)
    errors += noise[:, :, 1:, None]
    errors *= fixed.judge
    if not is_whole:  # where f has no value its rounding has none either
        np.fmin(errors, np.inf, out=errors)
    return Table(products, errors, fixed.inverse)


def _running_maximum(errors: Floats) -> Floats:
    """Return the maximum over all finer rungs: arrays of shape (families, points, rungs, columns)."""
    if errors.shape[1] == 1:
        return np.maximum.accumulate(errors, axis=2, out=errors)
    # along an axis with six numbers behind it NumPy works in steps of six: the points go there, too
    rungs_first = np.ascontiguousarray(errors.swapaxes(1, 2))
    np.maximum.accumulate(rungs_first, axis=1, out=rungs_first)
    return np.ascontiguousarray(rungs_first.swapaxes(1, 2))


def _without(scaled: Floats, matrices: Floats, fixed: _Constants) -> tuple[Floats, Floats]:
    """Return products and disagreements where some quotients have no value, or one too great to be multiplied.

    The products are made with zeros in their places; the disagreements that need them are as good as infinite, which
    the running maximum carries on to all coarser steps.
    """
    usable = np.abs(scaled) < LARGEST
    products = np.where(usable, scaled, 0.0).take(fixed.window, axis=2) @ matrices
    charge = np.where(usable, 0.0, FAR).take(fixed.window, axis=2)
    np.maximum.accumulate(charge, axis=3, out=charge)
    return products, np.abs(products[..., COLUMNS:]) + charge[..., 1:]
