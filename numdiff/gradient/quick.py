"""The slopes of many variables from nine values each: a short Richardson table, believed only if it is plainly right.

The steps are 2⁻² to 2⁻⁵ of the size of each variable, and 2⁻¹⁸ on one side as a witness: it is too small to be precise,
but it sees what wide steps stride over (a kink at the point or nearby, many periods between two nodes). Where the
table has not settled or the witness contradicts, five finer steps are added; and what is then still not plain is left
to the long ladder of :mod:`numdiff.derivative.adaptive`.

Two entries of a row, one with h² more taken out than the other, differ by the error of the coarser. These differences
shrink by a ratio that grows by 4 or so from one to the next; so the last one, times a multiple of its ratio to the one
before, bounds the error of the finest entry. What finer steps say of the noise is added: noise grows like 1/h, so what
disagrees at a finer step h′ counts h′/h as much.
C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), Adv. Eng. Software 4 (1982).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.derivative.adaptive.table import SAFETY, Flags, Floats, Places
from numdiff.gradient.field import Field

FIRST = 2.0 ** -np.arange(2.0, 6.0)
"""The steps beside the size of the variable, the largest first."""
FINER = 2.0 ** -np.arange(6.0, 11.0)
"""Those that are added where there is a doubt."""
WITNESS = 2.0**-18
COLUMNS = 5
"""How many powers of h² an entry may be free of."""
GROWTH = 32.0
"""The ratio of two neighbouring differences is at most so many times the ratio before; 4 is usual."""
LEAST_RATIO = 2.0**-12
"""A smaller one is luck."""
LUCK = 2.0
"""A difference below so many times what the two before it let expect is luck, too: a derivative is 0 just here."""
PLAIN = 2.0**-41
"""An error up to this part of a slope is small, and so is what rounding f does at the smallest step."""
FAR_FROM_USUAL = 16
"""A slope that is smaller than the usual one by more than this is judged beside so many times itself."""
NOISE = 16
"""So many times the rounding of f may be due to its parts."""


class Rows(NamedTuple):
    """Which variable of which point is moved, and its value there: arrays of shape (rows,)."""

    variable: Places
    point: Places
    x: Floats

    def take(self, some: NDArray[np.intp]) -> Rows:
        """Return some of the rows."""
        return Rows(self.variable[some], self.point[some], self.x[some])


class Slopes(NamedTuple):
    """Arrays of shape (outputs, rows)."""

    value: Floats
    error: Floats
    truncation: Floats
    step: Floats
    order: Places
    plain: Flags
    """True where the slope is beyond doubt, its error included."""


class _Entries(NamedTuple):
    """The entries of a table of so many rungs as combinations of the quotients; rung 0 has the largest step."""

    value: Floats
    """Shape (rungs, entries): what the quotients are multiplied by."""
    apart: Floats
    """Shape (rungs, 4·entries): the same for four differences between the entries of a rung, one with a power of h²
    less taken out than the other: the entry's from the one before it, that one's, that one's, and the next one's.
    Zeros where there is none."""
    rung: Places
    """The finest rung of each entry."""
    column: Places


@lru_cache(maxsize=4)
def _entries(rungs: int) -> _Entries:
    columns = [np.eye(rungs)]
    for power in range(1, min(COLUMNS, rungs - 1) + 1):
        last = columns[-1]
        made = np.zeros((rungs, rungs))
        made[power:] = last[power:] + (last[power:] - last[power - 1 : -1]) / (4.0**power - 1)
        columns.append(made)
    places = [(rung, power) for rung in range(1, rungs) for power in range(1, min(rung, len(columns) - 1) + 1)]
    value = np.array([columns[power][rung] for rung, power in places])

    def difference(rung: int, power: int) -> Floats:
        exists = 1 <= power <= min(rung, len(columns) - 1)
        return columns[power][rung] - columns[power - 1][rung] if exists else np.zeros(rungs)

    apart = [difference(rung, power + shift) for shift in (0, -1, -2, 1) for rung, power in places]
    rung, power = np.array(places).T
    return _Entries(value.T.copy(), np.array(apart).T.copy(), rung, power)


class _Sight:
    """The values of f about the rows so far, from the largest step to the smallest; arrays (outputs, rows, rungs)."""

    def __init__(self, field: Field, rows: Rows) -> None:
        self.field, self.rows = field, rows
        self.scale = np.exp2(np.floor(np.log2(np.maximum(np.abs(rows.x), 1))))
        self.steps = FIRST
        self.quotients, self.bends, self.size, (self.witness, self.node) = self._look(FIRST, WITNESS)

    def _look(self, steps: Floats, beside: float | None = None) -> tuple[Floats, Floats, Floats, tuple[Floats, Floats]]:
        """Return central quotients, second ones, and abs f(x+h) + abs f(x−h); and f at one more node, and the node."""
        x, h, k = self.rows.x[:, None], self.scale[:, None] * steps, steps.size
        nodes = np.concatenate([x + h, x - h] + ([] if beside is None else [x + self.scale[:, None] * beside]), axis=1)
        values = self.field.along(self.rows.variable, self.rows.point, nodes)
        right, left = values[..., :k], values[..., k : 2 * k]
        bends = (right - 2 * self.field.centre[:, self.rows.point, None] + left) / h / h
        width = nodes[:, :k] - nodes[:, k : 2 * k]
        return (right - left) / width, bends, np.abs(right) + np.abs(left), (values[..., -1], nodes[:, -1])

    def refine(self) -> None:
        """Add the finer steps."""
        self.steps = np.append(self.steps, FINER)
        old, new = (self.quotients, self.bends, self.size), self._look(FINER)[:3]
        self.quotients, self.bends, self.size = (np.concatenate(pair, axis=-1) for pair in zip(old, new, strict=True))

    def keep(self, some: Places) -> None:
        """Forget the other rows."""
        self.rows, self.scale, self.node = self.rows.take(some), self.scale[some], self.node[some]
        for name in ("quotients", "bends", "size", "witness"):
            setattr(self, name, getattr(self, name)[:, some])


def quick_slopes(field: Field, rows: Rows) -> Slopes:
    """Return the slopes of all outputs of f along every row, and where they are beyond doubt."""
    sight = _Sight(field, rows)
    found = _judge(sight)
    doubtful = np.flatnonzero(~found.plain.all(axis=0))
    if doubtful.size:
        sight.keep(doubtful)
        sight.refine()
        for old, new in zip(found, _judge(sight), strict=True):
            old[:, doubtful] = new
    return found


def _judge(sight: _Sight) -> Slopes:
    """Return the best entry of every table."""
    quotients, table, h = sight.quotients, _entries(sight.steps.size), sight.scale[:, None] * sight.steps
    known = np.isfinite(quotients)
    whole = bool(known.all())
    usable = quotients if whole else np.where(known, quotients, 0.0)
    values, apart = usable @ table.value, _truncation(np.abs(usable @ table.apart))
    if not whole:
        apart[((~known).astype(np.float64) @ (table.value != 0).astype(np.float64)) > 0] = np.inf
    # where parts of f cancel its value is small and its rounding is not: the values at the largest step tell most
    rounding = 2 * sight.field.roundoff * sight.size[..., :1] / h[:, table.rung]
    noise = _noise_of_finer(apart, h, table.rung) / h
    errors = apart + noise[..., table.rung] + rounding
    if not whole:  # where f has no value its rounding has none either
        np.fmin(errors, np.inf, out=errors)
    best = errors.argmin(axis=-1)
    rung = table.rung[best]
    value, error, truncation = (_pick(item, best) for item in (values, errors, apart))
    step = h[np.arange(h.shape[0]), rung]
    # as for the derivative: f is computed at a point that rounding may have moved, by the same amount for all nodes
    bend = np.abs(_pick(sight.bends, rung))
    blur = sight.field.roundoff * (np.abs(sight.rows.x) * bend + 4 * np.abs(value))
    truncation, error = SAFETY * truncation, SAFETY * error + blur
    small = error <= PLAIN * _size(sight, value) + 4 * sight.field.roundoff * sight.size[..., -1] / h[:, -1]
    plain = small & np.isfinite(error) & _is_witnessed(sight, value, error * step)
    return Slopes(value, error, truncation, step, 2 * table.column[best] + 2, plain)


def _pick(items: Floats, place: Places) -> Floats:
    """Return one item of the last axis for each output and row."""
    flat = items.reshape(-1, items.shape[-1])
    return flat[np.arange(place.size), place.ravel()].reshape(place.shape)


def _size(sight: _Sight, value: Floats) -> Floats:
    """Return beside what an error is small: the slope, or a usual one of the same gradient if that is not far more."""
    own = np.abs(value)
    if sight.rows.point.any():  # several gradients
        return own
    usual = np.sqrt(np.square(value).sum(axis=-1, keepdims=True) / max(1, value.shape[-1]))
    return np.asarray(np.fmax(own, np.minimum(usual, FAR_FROM_USUAL * own)))


def _truncation(differences: Floats) -> Floats:
    """Return what the entries' truncation errors may be, from their four differences: (outputs, rows, entries)."""
    apart, before, first, after = np.split(differences, 4, axis=-1)
    # 0/0 and x/0 are no ratio: then the difference counts in full
    shrunk = np.where(first > 0, before / first, 0)
    ratio = GROWTH * np.maximum(apart / before, shrunk)
    lucky = LUCK * before * np.minimum(shrunk, 1)
    usual = np.maximum(apart, lucky) * np.clip(np.where(ratio >= 0, ratio, 1), LEAST_RATIO, 1)
    return np.asarray(np.maximum(usual, after))


def _noise_of_finer(apart: Floats, h: Floats, rung: Places) -> Floats:
    """Return the greatest disagreement times h among all steps finer than each rung: (outputs, rows, rungs).

    That of a step is the least one among its entries, which stand side by side.
    """
    first = np.flatnonzero(np.diff(rung, prepend=0))
    least = np.minimum.reduceat(apart, first, axis=-1) * h[:, 1:]
    charge = np.zeros((*apart.shape[:2], h.shape[1]))
    charge[..., :-1] = np.maximum.accumulate(np.where(np.isfinite(least), least, 0)[..., ::-1], axis=-1)[..., ::-1]
    return charge


def _is_witnessed(sight: _Sight, value: Floats, moved: Floats) -> Flags:
    """Whether f at the smallest step is where slope and bend say it should be.

    ``moved`` is by how much f may be wrong, as the table has it: that over the step is what the witness may be off.
    """
    middle = sight.field.centre[:, sight.rows.point]
    h = sight.node - sight.rows.x
    fine, coarse = sight.bends[..., -1], sight.bends[..., -2]
    bend = (4 * fine - coarse) / 3
    noise = NOISE * sight.field.roundoff * (np.abs(sight.witness) + np.abs(middle)) + 4 * moved
    room = noise / h + h * np.abs(fine - coarse) + PLAIN * np.abs(value)
    return np.asarray(np.abs((sight.witness - middle) / h - value - bend * h / 2) <= room)
