"""From a typed expression to a rational function of generators."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from numdiff.budget import Budget
from numdiff.derivation.relation.field import Field, Generator, Kind, UnreadableError
from numdiff.derivation.relation.functions import APPLY
from numdiff.derivation.relation.generators import FinerError, Generators, Mode
from numdiff.derivation.relation.ratio import Ratio, of_number, of_symbol
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    expand_sums,
    integer_literal,
    odd_root,
)

_MOST_RESTARTS = 12


@dataclass(frozen=True, eq=False)
class Reading:
    """An expression in its field."""

    value: Ratio
    reader: Reader

    @property
    def field(self) -> Field:
        """The field."""
        return self.reader.field


def read(tree: Node, variable: str, budget: Budget, mode: Mode) -> Reading:
    """Return the expression as a rational function of generators.

    Raises
    ------
    UnreadableError
        If a part of it cannot be written so.
    OutOfBudgetError
        If it takes too long.
    ZeroDivisionError
        If it divides by what is 0 everywhere.
    """
    finer: dict[tuple[str, int], int] = {}
    tree = expand_sums(tree)
    for _ in range(_MOST_RESTARTS):
        reader = Reader(variable, budget, mode, finer)
        try:
            return Reading(reader.node(tree), reader)
        except FinerError as found:
            finer[found.key] = finer.get(found.key, 1) * found.parts
    raise UnreadableError


class Reader(Generators):
    """Reads expressions into one field."""

    def __init__(self, variable: str, budget: Budget, mode: Mode, finer: dict[tuple[str, int], int]) -> None:
        super().__init__(budget, mode, finer)
        self.variable = variable
        self._known: dict[Node, Ratio] = {}

    def node(self, node: Node) -> Ratio:
        """Return the value of an expression."""
        if node not in self._known:
            self._known[node] = self._node(node)
        return self._known[node]

    def _node(self, node: Node) -> Ratio:
        f = self.field
        match node:
            case Number():
                return of_number(node.value)
            case Constant():
                return self.exp(of_number(1), node) if node.name == "e" else self.constant("pi", node)
            case Variable():
                return self.letter(node)
            case Neg():
                return f.multiply(of_number(-1), self.node(node.argument))
            case Add():
                return f.add(self.node(node.left), self.node(node.right))
            case Sub():
                return f.subtract(self.node(node.left), self.node(node.right))
            case Mul():
                return f.multiply(self.node(node.left), self.node(node.right))
            case Div():
                return f.divide(self.node(node.left), self.node(node.right))
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case _:
                raise UnreadableError

    def letter(self, node: Variable) -> Ratio:
        """Return the variable or a parameter."""
        key = ("letter", node.name)
        if key not in self._names:
            own = node.name == self.variable
            kind: Kind = "variable" if own else "constant"
            generator = Generator(kind, node, of_number(1 if own else 0), is_constant=not own)
            self._names[key] = self.field.put(generator)
        return of_symbol(self._names[key])

    def power(self, node: Pow) -> Ratio:
        """Return a power: of e, with a rational exponent, or any other."""
        if node.base == Constant("e"):
            return self.exp(self.node(node.exponent), node)
        base, fraction = self.node(node.base), odd_root(node.exponent)
        exponent = of_number(Fraction(*fraction)) if fraction else self.node(node.exponent)
        value = exponent.number
        if value is not None:
            return self.rational_power(base, value, node.base)
        return self.exp(self.field.multiply(exponent, self.log(base, node.base)), node)

    def call(self, node: Call) -> Ratio:
        """Return a function's value."""
        name, first = node.name, node.arguments[0]
        match name:
            case "exp":
                return self.exp(self.node(first), node)
            case "ln":
                return self.log(self.node(first), first)
            case "sqrt" | "cbrt":
                return self.rational_power(self.node(first), Fraction(1, 2 if name == "sqrt" else 3), first)
            case "root":
                index = integer_literal(node.arguments[1])
                if not index:
                    raise UnreadableError
                return self.rational_power(self.node(first), Fraction(1, index), first)
        return APPLY[name](self, node, *map(self.node, node.arguments))
