"""Where f has a kink between two values of one variable: decided by ball arithmetic, not by sampling.

An operation with a kink (abs, relu, leaky_relu, min, max), a jump (sign, floor, ceil), a vertical tangent (odd roots)
or a pole (a division) has it where some margin is 0: its argument, the difference of two arguments, the divisor. How
the zeros of the margins are found, :mod:`numdiff.gradcheck_zeros` tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import sub
from typing import Any, Literal, TypeAlias

import numpy as np

from numdiff.evaluate.exact_dual import derivative
from numdiff.evaluate.exact_rules import Arithmetic, Element, UndefinedAtPoint
from numdiff.evaluate.exact_values import ExactProgram, combine
from numdiff.evaluate.tape import Tape, compile_tape
from numdiff.evaluate.values import program
from numdiff.function import Function
from numdiff.gradcheck_zeros import Enclosure, find_zero
from numdiff.graph_structure import Part, parts_of
from numdiff.reference import IS_CERTIFIED, working
from numdiff.reverse import adjoints
from numdiff.tree import Node

if IS_CERTIFIED:
    from numdiff.evaluate.ball import BALLS as _BALLS

    _K: Arithmetic = _BALLS
else:
    from numdiff.evaluate.multiprecision import ARITHMETIC

    _K = ARITHMETIC

KinkKind: TypeAlias = Literal["kink", "jump", "vertical_tangent", "pole"]

BITS = 256
"""Precision of the enclosures: far below the narrowest interval."""
MOST_INTEGERS = 8
"""If floor or ceil passes more integers, the first ones are enough."""

_KINDS: Mapping[str, KinkKind] = {
    **dict.fromkeys(("abs", "relu", "leaky_relu", "min", "max"), "kink"),
    **dict.fromkeys(("sign", "floor", "ceil"), "jump"),
    **dict.fromkeys(("cbrt", "root_odd", "power_rational"), "vertical_tangent"),
    **dict.fromkeys(("div", "power_integer"), "pole"),
}


@dataclass(frozen=True, slots=True)
class Kink:
    """A point without a derivative beside which a difference is taken.

    Attributes
    ----------
    operation : str
        Of :data:`numdiff.tree.FUNCTIONS`, or "div" or "pow".
    kind : str
        "kink", "jump", "vertical_tangent" or "pole".
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


@lru_cache(maxsize=256)
def _program(tape: Tape) -> ExactProgram:
    return ExactProgram(tape, _K)


@lru_cache(maxsize=512)
def _part_program(tape: Tape, place: int) -> ExactProgram:
    """Return the program whose result is the value at a place."""
    return ExactProgram(Tape(tape.instructions[: place + 1], tape.variables), _K)


class _Line:
    """The values of all instructions as one variable moves."""

    def __init__(self, f: Function, at: Mapping[str, Fraction], var: str) -> None:
        self.tape = compile_tape(f.tree)
        self.steps = _program(self.tape).steps
        self.point = {name: _K.rational(value) for name, value in at.items()}
        self.var = var
        self.seen: dict[tuple[Fraction, Fraction], list[Element]] = {}

    def values(self, low: Fraction, high: Fraction) -> list[Element]:
        """Return the enclosures over an interval, None for what has no value anywhere in it."""
        if (low, high) not in self.seen:
            self.seen[low, high] = self._run(low, high)
        return self.seen[low, high]

    def slope(self, place: int, low: Fraction, high: Fraction) -> Element:
        """Return an enclosure of one instruction's derivative. UndefinedAtPoint if there is provably none."""
        return derivative(_part_program(self.tape, place), self._given(low, high), self.var)

    def _given(self, low: Fraction, high: Fraction) -> dict[str, Element]:
        moving = _K.rational(low)
        if low < high:
            moving = _K.real(moving).union(_K.real(_K.rational(high)))
        return {**self.point, self.var: moving}

    def _run(self, low: Fraction, high: Fraction) -> list[Element]:
        given = self._given(low, high)
        values: list[Element] = []
        for function, operands in self.steps:
            if isinstance(function, str):
                values.append(given[function])
                continue
            arguments = [values[place] for place in operands]
            try:
                missing = any(argument is None for argument in arguments)
                values.append(None if missing else function(*arguments))
            except UndefinedAtPoint:
                values.append(None)
        return values


@dataclass(frozen=True, slots=True)
class _Margin:
    """What is 0 at a kink: the value at one place of the tape, minus that at another, minus an integer."""

    one: int
    two: int | None = None
    whole: int = 0

    def over(self, line: _Line, low: Fraction, high: Fraction) -> Element:
        """Return its enclosure over an interval; None where it has no value."""
        values = line.values(low, high)
        value = values[self.one]
        for other in (None if self.two is None else values[self.two], _K.rational(Fraction(self.whole))):
            if value is None or (other is None and self.two is not None):
                return None
            value = value if other is None else combine(_K, sub, value, other)
        return value

    def is_monotonic(self, line: _Line, low: Fraction, high: Fraction) -> bool:
        """Whether its derivative is proved to have one sign over an interval."""
        try:
            slope = line.slope(self.one, low, high)
            slope = slope if self.two is None else combine(_K, sub, slope, line.slope(self.two, low, high))
        except UndefinedAtPoint:
            return False
        return _K.sign(slope) in (-1, 1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A margin as the search for its zeros sees it."""

    line: _Line
    margin: _Margin

    def sign(self, place: Fraction) -> int | None:
        """Return its sign at a place, None if that is not decided or there is no value."""
        value = self.margin.over(self.line, place, place)
        return None if value is None else _K.sign(value)

    def enclosed(self, low: Fraction, high: Fraction) -> Enclosure:
        """Return what is known of it over an interval."""
        value = self.margin.over(self.line, low, high)
        if value is None or _K.sign(value) in (-1, 1):
            return Enclosure.WITHOUT_ZERO
        return Enclosure.FINITE if _K.is_finite(value) else Enclosure.UNBOUNDED

    def is_monotonic(self, low: Fraction, high: Fraction) -> bool:
        """Whether its derivative is proved to have one sign over an interval."""
        return self.margin.is_monotonic(self.line, low, high)


def kinks_between(
    f: Function, at: Mapping[str, Fraction | float], var: str, low: Fraction | float, high: Fraction | float
) -> tuple[Kink, ...]:
    """Return the operations of f that have a kink, a jump, a vertical tangent or a pole in a closed interval.

    Parameters
    ----------
    f : Function
    at : mapping
        The values of the variables, exact.
    var : str
        The canonical name of the one that moves.
    low, high : Fraction or float
        From where to where, both included.

    Returns
    -------
    tuple of Kink
        In the order in which f is computed. A kink that is touched and not crossed, as that of abs(x²), is one. An
        operation whose value f does not depend on there, as max(x, −x) in max(x, −x, 5), is none.
    """
    exact = {name: Fraction(value) for name, value in at.items()}
    ends = Fraction(low), Fraction(high)
    with working(BITS):
        line = _Line(f, exact, var)
        active = line.tape.depends_on(var)
        found = [_of_part(line, active, part, *ends) for part in parts_of(f) if part.place >= 0]
    return tuple(kink for some in found for kink in some if not _is_idle(f, exact, var, kink, ends))


def _of_part(line: _Line, active: tuple[bool, ...], part: Part, low: Fraction, high: Fraction) -> list[Kink]:
    if not active[part.place]:
        return []
    found = []
    for place, margin in _margins(line, active, part, low, high):
        zero = find_zero(_Seen(line, margin), low, high)
        if zero is not None and not _is_beaten(line, part, zero.position):
            kind = _KINDS[line.tape.instructions[place].op]
            found.append(Kink(part.operation, kind, part.tree, float(zero.position), zero.certain))
            break
    return found


def _margins(
    line: _Line, active: tuple[bool, ...], part: Part, low: Fraction, high: Fraction
) -> list[tuple[int, _Margin]]:
    """Return what is 0 at a kink of the part, with the places of the instructions."""
    step = line.tape.instructions[part.place]
    if step.op in ("min", "max"):
        return _between_all([place for place in part.places if place is not None], active, part.place)
    if step.op not in _KINDS or not active[step.operands[-1 if step.op == "div" else 0]]:
        return []
    if step.op in ("floor", "ceil"):
        return [(part.place, margin) for margin in _past_integers(line, step.operands[0], low, high)]
    power = step.parameter
    if step.op == "power_integer" and not (isinstance(power, int) and power < 0):
        return []
    if step.op == "power_rational" and isinstance(power, tuple) and power[0] > power[1]:
        return []  # x^(5/3) has a derivative at 0
    operand = step.operands[1] if step.op == "div" else step.operands[0]
    return [(part.place, _Margin(operand))]


def _between_all(places: list[int], active: tuple[bool, ...], place: int) -> list[tuple[int, _Margin]]:
    """Return the differences between the operands of min or max, two at a time."""
    pairs = [(one, two) for rank, one in enumerate(places) for two in places[rank + 1 :] if one != two]
    return [(place, _Margin(one, two)) for one, two in pairs if active[one] or active[two]]


def _is_beaten(line: _Line, part: Part, position: Fraction) -> bool:
    """Whether another operand of min or max is beyond the two that meet there: max(x, −x, 5) at 0."""
    if part.operation not in ("min", "max") or len(part.places) < 3:
        return False
    values = line.values(position, position)
    winner, operands = values[part.place], [values[place] for place in part.places if place is not None]
    if winner is None or any(value is None for value in operands):
        return False
    return sum(_K.sign(combine(_K, sub, winner, value)) not in (-1, 1) for value in operands) == 1


def _past_integers(line: _Line, operand: int, low: Fraction, high: Fraction) -> list[_Margin]:
    """Return what is 0 where the argument of floor or ceil is one of the integers it may take."""
    if IS_CERTIFIED:
        over = line.values(low, high)[operand]
        ends = [] if over is None or not _K.is_finite(over) else [_K.real(over).lower(), _K.real(over).upper()]
    else:
        ends = [line.values(end, end)[operand] for end in (low, high)]
    known = [float(_K.real(end)) for end in ends if end is not None and _K.is_finite(end)]
    if len(known) < 2:
        return []
    first = int(np.floor(min(known)))
    integers = range(first, min(first + MOST_INTEGERS, int(np.ceil(max(known)))) + 1)
    return [_Margin(operand, whole=whole) for whole in integers]


def _is_idle(f: Function, at: Mapping[str, Fraction], var: str, kink: Kink, ends: tuple[Fraction, Fraction]) -> bool:
    """Whether f does not depend on the value of the operation on either side of its kink, as after a dead relu."""
    place = next(part.place for part in parts_of(f) if part.tree == kink.tree)
    aside = float(ends[1] - ends[0]) / 64
    tape, point = compile_tape(f.tree), {name: np.float64(float(value)) for name, value in at.items()}
    dtype = np.dtype(np.float64)
    told: list[Any] = []
    with np.errstate(all="ignore"):
        for side in (-aside, aside):
            values = program(tape, dtype).run({**point, var: np.float64(kink.position + side)})
            told.append(adjoints(tape, dtype, values)[place])
    return all(adjoint is None or adjoint == 0 for adjoint in told)
