"""A function of several variables as a gradient sees it: many points at once, one variable of each moved.

A typed function takes many points at once anyway. Any other callable may or may not: of an array of shape (n,) it
takes one point, and if it is written with operations on whole coordinates (``x[0]``, ``np.sum(x**2, axis=0)``) also an
array of shape (n, k), k points in its columns, and returns k values. That is found out and not assumed: it is asked
once for one point, and then for all of them with that one among them. Only if the shape is right and the value the
same as before, its answer is believed; ``x[0] * x.sum()`` mixes the columns, and is called point by point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import DOMAIN_ERRORS
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.table import Floats, Places
from numdiff.derivative.adaptive.values import as_real

MOST_NUMBERS = 2**17
"""So many numbers, one megabyte, are given to f in one call: more leave the processor's cache."""
SAME = 1e-10
"""Two answers for one point may differ by this part of the greatest one: sums are rounded in another order."""
_ASIDE = 2.0**-8
"""How far from the point, beside its size, f is asked once more."""

Table: TypeAlias = NDArray[Any]
"""Points in columns: shape (variables, points)."""


@dataclass(eq=False)
class Field:
    """A function of n variables about some points, and the count of its evaluations.

    ``call`` takes a table of points, or one point as an array of shape (n,). ``base`` holds the points themselves,
    shape (n, points), in the precision in which f is to be evaluated. ``shape`` is that of its values for one point,
    known for a typed function and else after the first call.
    """

    call: Callable[[Table], Any]
    base: Table
    shape: tuple[int, ...] | None = None
    is_typed: bool = False
    nfev: int = 0
    calls: int = 0
    raised: str = ""
    """The first thing that f raised where it counts as undefined."""
    roundoff: float = 0.0
    """The unit roundoff of the lower one of the precisions of the points and of the values."""
    _takes_many: bool | None = field(default=None)
    _centre: Floats | None = field(default=None)
    _foreign: Exception | None = field(default=None)

    @property
    def size(self) -> int:
        """How many numbers f returns for one point."""
        return int(np.prod(self.known_shape))

    @property
    def known_shape(self) -> tuple[int, ...]:
        """The shape of the value at one point; a single number if f has not given any value."""
        return () if self.shape is None else self.shape

    @property
    def centre(self) -> Floats:
        """f at the points themselves, shape (outputs, points); asked for together with the first nodes."""
        if self._centre is None:
            none = np.empty(0, dtype=np.intp)
            self.along(none, none, np.empty((0, 1), dtype=self.base.dtype))
        assert self._centre is not None
        return self._centre

    def along(self, variable: Places, point: Places, nodes: NDArray[Any], *, with_centre: bool = True) -> Floats:
        """Return f where one variable has been moved.

        Parameters
        ----------
        variable, point : ndarray of int, shape (rows,)
            The variable that is moved in each row, and the point about which.
        nodes : ndarray, shape (rows, k)
            Its values, in the precision of ``base``.
        with_centre : bool
            Whether f at the points themselves is asked for, too, if it is not known yet.

        Returns
        -------
        ndarray of float64, shape (outputs, rows, k)
            NaN where f raises, and where its value is not real.
        """
        rows, k = nodes.shape
        group = max(1, MOST_NUMBERS // (k * max(self.base.shape[0], self.size)))
        groups = [slice(start, start + group) for start in range(0, max(rows, 1), group)]
        parts = [self._along(variable[some], point[some], nodes[some], with_centre) for some in groups]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)

    def at_points(self, table: Table) -> Floats:
        """Return f at other points, given as a table (variables, points): shape (outputs, points)."""
        if self._takes_many is None and not self.is_typed:
            self.centre  # noqa: B018 - so it is found out whether f takes many points
        values, computed_in = as_real(self._values(table), table.dtype)
        self.roundoff = unit_roundoff(computed_in)
        return values.reshape(self.size, -1)

    def _along(self, variable: Places, point: Places, nodes: NDArray[Any], with_centre: bool) -> Floats:
        asks = with_centre and self._centre is None
        extra = self.base if asks else self.base[:, :0]
        raw = self.raw(variable, point, nodes, extra)
        values, computed_in = as_real(raw, nodes.dtype)
        self.roundoff = unit_roundoff(computed_in)
        values = values.reshape(self.size, -1)
        if asks:
            self._centre = values[:, nodes.size :]
        return values[:, : nodes.size].reshape(self.size, *nodes.shape)

    def raw(self, variable: Places, point: Places, nodes: NDArray[Any], extra: Table) -> NDArray[Any]:
        """Return f there and at some extra points as it gives it, in one line: shape (*outputs, rows·k + extra)."""
        if self._takes_many is None and not self.is_typed:
            values = self._first(self._table(variable, point, nodes, extra, spare=1))
            if values is not None:
                return values[..., :-1]
        return self._values(self._table(variable, point, nodes, extra))

    def _table(self, variable: Places, point: Places, nodes: NDArray[Any], extra: Table, spare: int = 0) -> Table:
        rows, k = nodes.shape
        moved, beside = rows * k, extra.shape[1]
        table = np.empty((self.base.shape[0], moved + beside + spare), dtype=nodes.dtype)
        table[:, :moved] = self.base if self.base.shape[1] == 1 else self.base[:, np.repeat(point, k)]
        table[np.repeat(variable, k), np.arange(moved)] = nodes.ravel()
        table[:, moved : moved + beside] = extra
        return table

    def _values(self, table: Table) -> NDArray[Any]:
        if not (self.is_typed or self._takes_many):
            return self._one_by_one(table)
        self.nfev += table.shape[1]
        self.calls += 1
        values = np.asarray(self.call(table))
        wanted = (*self.known_shape, table.shape[1])
        if values.shape != wanted:
            raise TypeError(f"f must return values of shape {wanted} for {table.shape[1]} points, got {values.shape}")
        return values

    def _first(self, table: Table) -> NDArray[Any] | None:
        """Return the values of a callable asked for the first time, the last column being spare; None if it is to be
        called point by point. The table may be changed: f may write into what it is given.
        """
        self._takes_many = False
        known = self._ask(table)
        if known is None:
            return None
        self.calls += 1
        try:
            values = np.asarray(self.call(table))
        except Exception:  # noqa: BLE001 - a function of one point refuses many in its own way
            return None
        if values.shape != (*self.known_shape, table.shape[1]) or not _agree(values, known, table.dtype):
            return None
        self._takes_many = True
        self.nfev += table.shape[1]
        return values

    def _ask(self, table: Table) -> NDArray[Any] | None:
        """Return f at one point, and put that into the last column; None if no value is to be had.

        The point lies a little aside: at the point itself a product with a 0 could hide that columns are mixed.
        """
        home = self.base[:, 0].astype(np.float64)
        size = np.exp2(np.floor(np.log2(np.maximum(np.where(np.isfinite(home), np.abs(home), 1), 1))))
        turns = (np.arange(1, home.size + 1) * 0.6180339887498949) % 1 - 0.5  # spread evenly, no two of them alike
        for point in (home + _ASIDE * size * turns, home):
            table[:, -1] = point.astype(self.base.dtype)
            value = self._one(table[:, -1])
            if value is not None:
                self.shape = value.shape
                if np.all(np.isfinite(as_real(value, table.dtype)[0])):
                    return value
        return None

    def _one(self, column: NDArray[Any]) -> NDArray[Any] | None:
        """Return f at one point, None if it raises; what tells of more than a domain is remembered."""
        self.nfev += 1
        self.calls += 1
        try:
            return np.asarray(self.call(column.copy()))
        except Exception as error:  # whatever f raises outside its domain
            if np.iscomplexobj(column) and not isinstance(error, DOMAIN_ERRORS):
                raise  # f does not take complex numbers
            self.raised = self.raised or f"{type(error).__name__}: {error}"
            if self._foreign is None and not isinstance(error, DOMAIN_ERRORS):
                error.add_note(f"f raised this at {column.tolist()}, and has no value at any other point")
                self._foreign = error
            return None

    def _one_by_one(self, table: Table) -> NDArray[Any]:
        answers = [self._one(table[:, place]) for place in range(table.shape[1])]
        known = [answer for answer in answers if answer is not None]
        if answers and not known and self.shape is None and self._foreign is not None:
            raise self._foreign
        if known and self.shape is None:
            self.shape = known[0].shape
        if any(answer.shape != self.shape for answer in known):
            raise TypeError(f"f must return values of one shape, got {sorted({answer.shape for answer in known})}")
        missing = np.full(self.known_shape, np.nan)
        filled = [missing if answer is None else answer for answer in answers]
        return np.stack(filled, axis=-1) if filled else np.empty((*self.known_shape, 0))


def _agree(values: NDArray[Any], known: NDArray[Any], asked: np.dtype[Any]) -> bool:
    """Whether the last column holds what f gave for that point alone."""
    every, computed_in = as_real(values, asked)
    alone, _ = as_real(known, asked)
    greatest = np.abs(np.where(np.isfinite(every), every, 0)).max(axis=-1)
    room = max(SAME, 64 * unit_roundoff(computed_in)) * greatest
    return bool(np.all(np.abs(every[..., -1] - alone) <= room))
