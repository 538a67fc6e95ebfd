"""Where f has no derivative between two values of one variable: decided by ball arithmetic, not by sampling.

An operation with a kink (abs, relu, min, …), a jump (sign, floor, ceil), a vertical tangent (odd roots),
a pole (a division, tan, coth, …) or an edge of its domain (ln, arcsin, a power, …) has it where some margin is 0:
:mod:`numdiff.gradient.check.margins` tells which, :mod:`numdiff.gradient.check.zeros` how its zeros are found.

The work is counted in operations of the tapes that are run, and is done in short pieces, so that the arithmetic's
working precision is nobody's for longer than a few thousandths of a second.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from operator import sub

import numpy as np

from numdiff.budget import Budget
from numdiff.evaluate.balls.arithmetic import BALLS as K
from numdiff.evaluate.balls.rules import Element
from numdiff.evaluate.balls.run import combine
from numdiff.evaluate.floats import program
from numdiff.evaluate.tape import compile_tape
from numdiff.function import Function
from numdiff.gradient.check.line import Line
from numdiff.gradient.check.margins import KinkKind, Margin, margins_of, moves
from numdiff.gradient.check.zeros import Enclosure, Search, T, find_zero
from numdiff.gradient.reverse import adjoints
from numdiff.graph.structure import Part, parts_of
from numdiff.reference.balls import working
from numdiff.tree import Node, children

BITS = 256
"""Precision of the enclosures: far below the narrowest interval."""
MOST_OPERATIONS = 20_000
"""Of one gradient check, all its variables together: one takes about three millionths of a second, at a pole of a power
of itself (1/x^x at 0) twenty."""
_PIECE = 1000
"""Operations after which others have their turn at the working precision."""


@dataclass(frozen=True, slots=True)
class Kink:
    """A point without a derivative beside which a difference is taken.

    Attributes
    ----------
    operation : str
        Of :data:`numdiff.functions.registry.FUNCTIONS`, or "div" or "pow".
    kind : str
        "kink", "jump", "vertical_tangent", "pole" or "edge" (of the operation's domain).
    tree : Node
        The sub-expression that has it.
    position : float
        Where, as a value of the variable (rounded; of several the first one found).
    certain : bool
        True if it is proved that there is one; False if it only could not be excluded.
    """

    operation: str
    kind: KinkKind
    tree: Node
    position: float
    certain: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one looks: the values of all variables, the one that moves, from where to where."""

    at: Mapping[str, Fraction]
    var: str
    low: Fraction
    high: Fraction

    def line(self, budget: Budget, *trees: Node) -> Line:
        """Return expressions as the variable moves."""
        return Line(*trees, at=self.at, var=self.var, budget=budget)


class _Operands:
    """The operands of min or max over intervals: which are proved to be beaten by another one everywhere."""

    def __init__(self, place: _Place, part: Node, budget: Budget) -> None:
        self._line = place.line(budget, part, *children(part))
        self._beaten: dict[tuple[Fraction, Fraction], frozenset[int]] = {}

    def beaten(self, low: Fraction, high: Fraction) -> frozenset[int]:
        """Return the positions of the operands that are never the greatest (or the least) between two places."""
        if (low, high) not in self._beaten:
            winner, *values = self._line.values(low, high) or [None]
            pairs = enumerate(values)
            self._beaten[low, high] = frozenset(rank for rank, value in pairs if _differ(winner, value))
        return self._beaten[low, high]


def _differ(one: Element, two: Element) -> bool:
    return K.sign(combine(K, sub, one, two)) in (-1, 1)


class _Seen:
    """A margin as the search for its zeros sees it."""

    def __init__(self, place: _Place, margin: Margin, operands: _Operands | None, budget: Budget) -> None:
        self._budget = budget
        self._margin = margin
        self._operands = operands
        self._line = place.line(budget, margin.tree)
        self._signs: dict[Fraction, int | None] = {}

    @property
    def is_exhausted(self) -> bool:
        """Whether the budget is spent."""
        return self._budget.is_spent

    def sign(self, place: Fraction) -> int | None:
        """Return its sign at a place, None if that is not decided, there is no value, or a zero does not count."""
        if place not in self._signs:
            value = self._line.values(place, place)
            sign = None if value is None else K.sign(value[0])
            self._signs[place] = None if sign == 0 and not self.counts(place, place) else sign
        return self._signs[place]

    def counts(self, low: Fraction, high: Fraction) -> bool:
        """Whether no other operand of min or max is proved to be beyond the two everywhere between: max(x, −x, 5)."""
        return self._operands is None or not self._operands.beaten(low, high).issuperset(self._margin.rivals)

    def enclosed(self, low: Fraction, high: Fraction) -> Enclosure:
        """Return what is known of it over an interval."""
        values = self._line.values(low, high)
        if values is None or K.sign(values[0]) in (-1, 1) or not self.counts(low, high):
            return Enclosure.WITHOUT_ZERO
        return Enclosure.FINITE if K.is_finite(values[0]) else Enclosure.UNBOUNDED

    def is_monotonic(self, low: Fraction, high: Fraction) -> bool:
        """Whether its derivative is proved to have one sign over an interval."""
        slope = self._line.slope(low, high)
        return slope is not None and K.sign(slope) in (-1, 1)


def kinks_between(  # noqa: PLR0917 - a function, a point, a way
    f: Function,
    at: Mapping[str, Fraction | float],
    var: str,
    low: Fraction | float,
    high: Fraction | float,
    budget: Budget | None = None,
) -> tuple[Kink, ...]:
    """Return the operations of f that have no derivative somewhere in a closed interval.

    Parameters
    ----------
    f : Function
    at : mapping
        The values of the variables, exact.
    var : str
        The canonical name of the one that moves.
    low, high : Fraction or float
        From where to where, both included.
    budget : Budget, optional
        Operations that may be done, :data:`MOST_OPERATIONS` by default. When it is spent, what could not be excluded
        until then is returned as not certain.

    Returns
    -------
    tuple of Kink
        In the order in which f is computed. A kink that is touched and not crossed, as that of abs(x²), is one. An
        operation whose value f does not depend on there, as max(x, −x) in max(x, −x, 5), is none.
    """
    place = _Place({name: Fraction(value) for name, value in at.items()}, var, Fraction(low), Fraction(high))
    budget = Budget(MOST_OPERATIONS) if budget is None else budget
    parts = [part for part in parts_of(f) if part.place >= 0 and moves(part.tree, var)]
    pairs: list[tuple[Part, Kink]] = []
    for number, part in enumerate(parts):
        share = budget.share(len(parts) - number)
        kink = _in_pieces(_kink_of(part, place, share), share)
        budget.count(share.spent)
        if kink is not None:
            pairs.append((part, kink))
    return _without_idle(f, place, pairs)


def _in_pieces(search: Search[T], budget: Budget) -> T:
    """Return what a search finds; the working precision is held for a piece of it at a time."""
    while True:
        until = budget.left - _PIECE
        with working(BITS):
            try:
                while budget.left > until:
                    next(search)
            except StopIteration as end:
                result: T = end.value
                return result


def _kink_of(part: Part, place: _Place, budget: Budget) -> Search[Kink | None]:
    """Return the first of the part's kinks that is found, a proved one if there is one."""
    bounds = partial(_bounds, place=place, budget=budget)
    margins = list(margins_of(part.tree, place.var, bounds, partial(_rational, place=place, budget=budget)))
    operands = _Operands(place, part.tree, budget) if any(margin.rivals for margin in margins) else None
    maybe: Kink | None = None
    for number, margin in enumerate(margins):
        if operands and operands.beaten(place.low, place.high).issuperset(margin.rivals):
            continue
        share = budget.share(len(margins) - number)
        zero = yield from find_zero(_Seen(place, margin, operands, share), place.low, place.high)
        budget.count(share.spent)
        if zero is None:
            continue
        kink = Kink(part.operation, margin.kind, part.tree, float(zero.position), zero.certain)
        if zero.certain or budget.is_spent:
            return kink
        maybe = maybe or kink
    return maybe


def _bounds(u: Node, place: _Place, budget: Budget) -> tuple[float, float] | None:
    """Return bounds of an expression's values."""
    values = place.line(budget, u).values(place.low, place.high)
    if values is None or not K.is_finite(values[0]):
        return None
    ball = K.real(values[0])
    low, high = float(ball.lower()), float(ball.upper())
    return (low, high) if math.isfinite(low) and math.isfinite(high) else None


def _rational(tree: Node, place: _Place, budget: Budget) -> Fraction | None:
    """Return a constant's value if it is exactly known to be rational."""
    values = place.line(budget, tree).values(place.low, place.low)
    if values is None or not K.is_rational(values[0]):
        return None
    return Fraction(int(values[0].numerator), int(values[0].denominator))


def _without_idle(f: Function, place: _Place, pairs: Sequence[tuple[Part, Kink]]) -> tuple[Kink, ...]:
    """Return the kinks on whose operations' values f depends on one side at least: not those after a dead relu."""
    if not pairs:
        return ()
    tape, dtype = compile_tape(f.tree), np.dtype(np.float64)
    aside = float(place.high - place.low) / 64
    positions = np.array([kink.position for _, kink in pairs])
    moving = np.stack((positions - aside, positions + aside))
    point = {name: np.full_like(moving, float(value)) for name, value in place.at.items()}
    with np.errstate(all="ignore"):
        sides = adjoints(tape, dtype, program(tape, dtype).run({**point, place.var: moving}))
    weights = [sides[part.place] for part, _ in pairs]
    return tuple(
        kink
        for column, ((_, kink), weight) in enumerate(zip(pairs, weights, strict=True))
        if weight is not None and np.any(np.broadcast_to(weight, moving.shape)[:, column] != 0)
    )
