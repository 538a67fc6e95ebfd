"""A function as a rational function of a few generators, such as x and e^−x, whose derivatives are known.

A generator stands for a function of the variable (e^−x), for a parameter, or for a constant (π, ln 2). One that obeys
rᵠ = w (a root, a sign, a cosine beside its tangent) is algebraic: its powers from the q-th on are replaced. What is
computed is exact: an expression that reduces to 0 is 0 wherever it has a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from numdiff.budget import Budget
from numdiff.derivation import poly
from numdiff.derivation.poly import Poly
from numdiff.derivation.relation.ratio import Ratio, RatioArithmetic, of_number, of_polynomial, of_symbol
from numdiff.tree import Node

Transcendental: TypeAlias = Literal["exp", "log", "tan", "tanh"]
TRANSCENDENTAL = frozenset(get_args(Transcendental))
"""The kinds of generators that are independent of their argument if that is a rational function of x."""
Kind = Literal["variable", "constant", "value", "exp", "log", "root", "tan", "tanh", "cosine", "sign", "other"]


class UnreadableError(Exception):
    """The expression has a part that generators cannot express."""


@dataclass
class Generator:
    """What a symbol stands for.

    Attributes
    ----------
    kind : Kind
        ``"value"`` is f itself; ``"other"`` any function without a rule of its own.
    tree : Node
        How it is written.
    slope : Ratio
        Its derivative by the variable.
    name : str
        The function's name: ``"arctan"``, ``"erf"``, …
    argument : Ratio or None
        What the function is applied to; the radicand of a root.
    relation : tuple[int, Ratio] or None
        (q, w) if its q-th power is w.
    inner : Node or None
        The argument as it is written.
    is_constant : bool
        Whether it does not depend on the variable. A sign does, though its derivative is 0.
    """

    kind: Kind
    tree: Node
    slope: Ratio
    name: str = ""
    argument: Ratio | None = None
    relation: tuple[int, Ratio] | None = None
    inner: Node | None = None
    is_constant: bool = False


class Field:
    """The generators and the arithmetic of rational functions of them."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.ratios = RatioArithmetic(budget)
        self.generators: list[Generator] = []

    def put(self, generator: Generator) -> int:
        """Add a generator and return its symbol."""
        self.generators.append(generator)
        return len(self.generators) - 1

    def add(self, a: Ratio, b: Ratio) -> Ratio:
        """Return a + b."""
        return self.reduced(self.ratios.add(a, b))

    def subtract(self, a: Ratio, b: Ratio) -> Ratio:
        """Return a − b."""
        return self.reduced(self.ratios.add(a, b, -1))

    def multiply(self, a: Ratio, b: Ratio) -> Ratio:
        """Return a·b."""
        return self.reduced(self.ratios.multiply(a, b))

    def divide(self, a: Ratio, b: Ratio) -> Ratio:
        """Return a/b."""
        return self.reduced(self.ratios.divide(a, b))

    def power(self, a: Ratio, n: int) -> Ratio:
        """Return aⁿ."""
        return self.reduced(self.ratios.power(a, n))

    def reduced(self, a: Ratio) -> Ratio:
        """Return a with the high powers of algebraic generators replaced."""
        degrees = poly.degrees(a.top, a.bottom)
        self.budget.spend(1 + (len(a.top) + len(a.bottom)) * (1 + len(degrees) // 4) // 4)
        for index in sorted(degrees, reverse=True):
            relation = self.generators[index].relation
            if relation is not None and degrees[index] >= relation[0]:
                top, bottom = (self._lowered(part, index, relation) for part in (a.top, a.bottom))
                return self.reduced(self.ratios.divide(top, bottom))
        return a

    def _lowered(self, a: Poly, index: int, relation: tuple[int, Ratio]) -> Ratio:
        n, value = relation
        total = of_number(0)
        for k, part in poly.coefficients(a, index).items():
            kept = poly.symbol(index, k % n) if k % n else poly.constant(1)
            factor = self.ratios.multiply(of_polynomial(part), of_polynomial(kept))
            total = self.ratios.add(total, self.ratios.multiply(factor, self.ratios.power(value, k // n)))
        return total

    def derivative(self, a: Ratio) -> Ratio:
        """Return the derivative by the variable."""
        total = of_number(0)
        for index in sorted(a.symbols):
            slope = self.generators[index].slope
            if not slope.is_zero:
                total = self.add(total, self.multiply(self.ratios.derivative(a, index), slope))
        return total

    def active(self, *ratios: Ratio) -> tuple[int, ...]:
        """Return the symbols in the expressions that depend on the variable, in order."""
        found = set().union(*(ratio.symbols for ratio in ratios))
        return tuple(sorted(index for index in found if not self.generators[index].is_constant))

    def is_constant(self, a: Ratio) -> bool:
        """Return True if no generator in it depends on the variable."""
        return not self.active(a)

    def symbol(self, index: int) -> Ratio:
        """Return a generator as an expression."""
        return of_symbol(index)
