"""An expression's enclosures and signs as one variable moves, counted against a budget of operations."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from numdiff.budget import Budget
from numdiff.evaluate.balls.arithmetic import BALLS as K
from numdiff.evaluate.balls.forward import derivative
from numdiff.evaluate.balls.rules import Element, UndefinedAtPoint
from numdiff.evaluate.balls.run import ExactProgram, Lost, decided
from numdiff.evaluate.tape import write_tape
from numdiff.tree import Node

SLOPE_COST = 4
"""A derivative takes about so many times as long as a value."""
_WRITING_COST = 2
"""An instruction is written and bound to the arithmetic in about the time of so many operations."""
_BITS_PER_OPERATION = 512
"""An exact rational of so many more bits takes as long as one more operation on balls."""


class Line:
    """Expressions as one variable moves; call it at the working precision.

    Parameters
    ----------
    trees : Node
        The expressions, sums over an index written out.
    at : mapping
        The values of the other variables, exact.
    var : str
        The variable that moves.
    budget : Budget
        Where every operation of the tape that is run is counted.
    """

    def __init__(self, *trees: Node, at: Mapping[str, Fraction], var: str, budget: Budget) -> None:
        tape, self.places = write_tape(*trees)
        self._program = ExactProgram(tape, K)
        self._point = {name: K.rational(value) for name, value in at.items()}
        self._var = var
        self._budget = budget
        budget.count(_WRITING_COST * len(tape.instructions))

    def values(self, low: Fraction, high: Fraction) -> list[Element] | None:
        """Return the enclosures of the expressions over an interval; None if one has no value anywhere in it."""
        try:
            run = self._program.run(self._given(low, high))
            found = [decided(run[place]) for place in self.places]
        except UndefinedAtPoint:
            self._budget.count(len(self._program.steps))
            return None
        self._budget.count(sum(map(_cost, run)))
        return found

    def slope(self, low: Fraction, high: Fraction) -> Element:
        """Return an enclosure of the last expression's derivative; None if there is provably none."""
        self._budget.count(SLOPE_COST * len(self._program.steps))
        try:
            return derivative(self._program, self._given(low, high), self._var)
        except UndefinedAtPoint:
            return None

    def _given(self, low: Fraction, high: Fraction) -> dict[str, Element]:
        moving = K.rational(low)
        if low < high:
            moving = K.real(moving).union(K.real(K.rational(high)))
        return {**self._point, self._var: moving}


def _cost(value: Element) -> int:
    """Return how many operations the making of a value counts as."""
    if isinstance(value, Lost) or not K.is_rational(value):
        return 1
    return 1 + (int(value.numerator).bit_length() + int(value.denominator).bit_length()) // _BITS_PER_OPERATION
