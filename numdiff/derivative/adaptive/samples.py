"""The nodes of the adaptive derivative: a ladder of steps, each the double of the one before, on both sides of x.

The steps are powers of two, so that x ± h is exact as long as h is not far greater than x, and what is divided by is
always the distance between the nodes as computed. The ladder hangs on the greater of 1 and abs(x): from eight times
that down to a few units in the last place of x. A function may also know no scale but x itself (log x at 1e-20), so a
very small x gets a second ladder that hangs on abs(x): a second row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.table import Floats, Places
from numdiff.derivative.adaptive.values import values_at

TOP = 2
"""The largest step is 2**TOP times the scale of x."""
SPARE_BITS = 9
"""The smallest step is 2**SPARE_BITS units of the last place at the scale of x; less in the low precisions."""
LEAST_BITS = 3
"""The same where a step is given that would leave too few."""
FEWEST = 16
"""So many steps there are at least."""
FARTHEST = 40
"""A largest step that is given is at most 2**FARTHEST times the usual one."""
TINY = -31
"""Below 2**TINY abs(x) gets a ladder of its own."""
ASIDE = 8
"""How many rungs below the largest step f is asked alone."""
LEAST = -1000
"""No ladder hangs lower than 2**LEAST, so that the smallest step is a number other than 0."""


@dataclass(eq=False)
class Samples:
    """f on the ladders of several points: row r belongs to the point ``owner[r]``; rungs run from fine to coarse."""

    x: Floats
    owner: Places
    steps: Floats
    """The nominal steps, shape (rows, rungs)."""
    nodes: Floats
    """Shape (rows, 2·rungs + 1): to the right, to the left, x itself."""
    values: Floats
    roundoff: float
    """The unit roundoff of the lower one of the precisions of the nodes and of the values."""
    rungs: int = field(init=False)
    """How many steps there are."""

    def __post_init__(self) -> None:
        """Count the steps once: they are asked for again and again."""
        self.rungs = self.steps.shape[1]

    @property
    def right(self) -> Floats:
        """f(x + h), shape (rows, rungs)."""
        return self.values[:, : self.rungs]

    @property
    def left(self) -> Floats:
        """f(x − h), shape (rows, rungs)."""
        return self.values[:, self.rungs : -1]

    @property
    def middle(self) -> Floats:
        """f(x), shape (rows, 1)."""
        return self.values[:, -1:]

    @cached_property
    def central(self) -> Floats:
        """(f(x+h) − f(x−h)) over the distance of the nodes, shape (rows, rungs)."""
        k, values, nodes = self.rungs, self.values, self.nodes
        return (values[:, :k] - values[:, k:-1]) / (nodes[:, :k] - nodes[:, k:-1])

    @cached_property
    def one_sided(self) -> Floats:
        """(f(x±h) − f(x)) over the distance of the nodes: right and left, shape (2, rows, rungs)."""
        slopes = (self.values[:, :-1] - self.values[:, -1:]) / (self.nodes[:, :-1] - self.nodes[:, -1:])
        return slopes.reshape(-1, 2, self.rungs).swapaxes(0, 1)

    @cached_property
    def noise(self) -> Floats:
        """What rounding both values once does to the central quotient, times the rung's size (1 for the largest)."""
        k, size = self.rungs, np.abs(self.values)
        return (size[:, :k] + size[:, k:-1]) * (self.roundoff / 2 / self.steps[:, -1:])

    def take(self, rows: NDArray[Any] | slice) -> Samples:
        """Return some of the rows."""
        return Samples(
            self.x[rows], self.owner[rows], self.steps[rows], self.nodes[rows], self.values[rows], self.roundoff
        )


class _Reach(NamedTuple):
    """The natural ladder in a precision, as powers of two beside the scale of x."""

    lowest: int
    nearest: int
    """A step given may need finer ones than the lowest: down to this, beside x itself."""

    @property
    def rungs(self) -> int:
        """How many steps there are."""
        return TOP - self.lowest + 1


@lru_cache(maxsize=8)
def _reach(dtype: np.dtype[Any]) -> _Reach:
    bits = round(-np.log2(unit_roundoff(dtype))) - 1
    return _Reach(min(SPARE_BITS, bits // 4) - bits, min(LEAST_BITS, bits // 4) - bits)


@lru_cache(maxsize=32)
def _ladder(rungs: int) -> Floats:
    """Return both sides' steps as multiples of the scale, finest first, and a 0 for x itself: (2·rungs + 1,)."""
    steps = np.exp2(np.arange(TOP + 1.0 - rungs, TOP + 1.0))
    return np.concatenate([steps, -steps, [0.0]])


def _scales(x: Floats) -> tuple[Floats, Places]:
    """Return the scale of every row and the point it belongs to; every point has its row, tiny ones a second."""
    owner = np.arange(x.size)
    if x.size == 1 and (power := math.frexp(x.item())[1]) > TINY:
        return np.array([math.ldexp(0.5, max(power, 1))]), owner  # Python's functions for the common case
    exponent = np.frexp(x)[1]  # x = m·2**exponent, ½ ≤ abs(m) < 1; 0 for 0, NaN and inf
    scale = np.ldexp(0.5, np.maximum(exponent, 1))
    if exponent.min() > TINY:
        return scale, owner
    tiny = np.flatnonzero(exponent <= TINY)
    own = np.ldexp(0.5, np.maximum(exponent[tiny], LEAST))
    return np.concatenate([scale, own]), np.concatenate([owner, tiny])


def spans(x: Floats, dtype: np.dtype[Any], step: float) -> tuple[Places, Places]:
    """Return the power of two of the largest step about every point, and how many steps there are.

    They run from the step down as far as the usual ladder of x does: a small step has fewer below it, as x ± h must
    differ from x by some units of its last place, and a great one more, or nothing near x would be seen. If the step
    leaves too few it is taken larger; beyond 2**FARTHEST times the usual largest one it is taken as that.
    """
    reach = _reach(dtype)
    exponent = np.frexp(np.where(np.isfinite(x), x, 1.0))[1].astype(np.intp) - 1
    scale = np.maximum(exponent, 0)
    own = np.where(x == 0, LEAST, np.maximum(exponent, LEAST))
    top = np.minimum(math.frexp(step)[1] - 1, scale + TOP + FARTHEST)
    usual = np.minimum(top - reach.rungs + 1, scale + reach.lowest)
    fewest = min(FEWEST, reach.rungs)
    bottom = np.minimum(np.maximum(usual, own + reach.lowest), top - fewest + 1)
    bottom = np.maximum(bottom, own + reach.nearest)
    top = np.maximum(top, bottom + fewest - 1)
    return top, top - bottom + 1


class Ladders(NamedTuple):
    """Where f is to be evaluated: the fields are those of :class:`Samples`."""

    x: Floats
    owner: Places
    steps: Floats
    nodes: Floats


def ladders(x: Floats, dtype: np.dtype[Any], step: float | None = None) -> Ladders:
    """Return the nodes about the points, exact values of the dtype; the arguments are those of :func:`sample`."""
    if step is None:
        (scale, owner), rungs = _scales(x), _reach(dtype).rungs
    else:
        top, counts = spans(x, dtype, step)
        scale, owner, rungs = np.ldexp(1.0, top - TOP), np.arange(x.size), int(counts[0])
    place = x if owner.size == x.size else x[owner]
    offsets = np.multiply.outer(scale, _ladder(rungs))
    nodes = offsets + place[:, None]
    if dtype != np.float64:
        nodes = nodes.astype(dtype).astype(np.float64)
    return Ladders(place, owner, offsets[:, : offsets.shape[1] // 2], nodes)


def sample(
    f: AnyFunction | Asked,
    x: Floats,
    dtype: np.dtype[Any],
    step: float | None = None,
    domain: tuple[float, float] | None = None,
) -> Samples:
    """Return f on the ladders of the points, with one call of f if it takes arrays.

    Parameters
    ----------
    f : callable
    x : ndarray, shape (points,)
        Exact values of the dtype; NaN and inf give NaN throughout.
    dtype : dtype
        The precision of the nodes that f is given.
    step : float, optional
        About the largest step, by default four times the scale of x: see :func:`spans`, of which all points must
        have as many steps.
    domain : pair of float, optional
        f is called nowhere else; beyond it there are NaNs.
    """
    where = ladders(x, dtype, step)
    values, computed_in = _evaluate(f, where.nodes, dtype, domain)
    return Samples(*where, values, unit_roundoff(computed_in))


def _evaluate(
    f: AnyFunction | Asked, nodes: Floats, dtype: np.dtype[Any], domain: tuple[float, float] | None
) -> tuple[Floats, str]:
    spare = _spare(nodes)
    if domain is None:
        values, computed_in = values_at(f, nodes.ravel().astype(dtype, copy=False), spare)
        return values.reshape(nodes.shape), computed_in
    inside = (nodes >= domain[0]) & (nodes <= domain[1])
    place, is_inside = np.cumsum(inside) - 1, inside.ravel()
    spare = [[int(place[node]) for node in some if is_inside[node]] for some in spare]
    values = np.full(nodes.shape, np.nan)
    values[inside], computed_in = values_at(f, nodes[inside].astype(dtype, copy=False), spare)
    return values, computed_in


def _spare(nodes: Floats) -> list[list[int]]:
    """Return which nodes are asked alone: one at some distance from x, on either side, of the least and greatest x."""
    rows, count = nodes.shape
    rungs = count // 2
    aside = max(0, rungs - 1 - ASIDE)
    some = (0,) if rows == 1 else {int(nodes[:, -1].argmin()), int(nodes[:, -1].argmax())}
    return [[row * count + rungs + aside, row * count + aside] for row in some]
