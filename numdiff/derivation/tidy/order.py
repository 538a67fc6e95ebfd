"""In which order a textbook writes the factors of a product: number, constants, variables, functions, brackets.

What the learner typed keeps its order: two factors are exchanged only if no typed product has them that way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from numdiff.derivation.terms import factors_of, product, rational
from numdiff.derivation.tidy.parts import base_and_exponent, parts_of
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Piecewise,
    Sub,
    Variable,
    is_constant,
    walk,
    with_values,
)

MOST_FACTORS = 12
"""Of a longer typed product the order is not remembered: there would be too many pairs."""


def is_fraction(node: Node) -> bool:
    """Return True for a fraction other than one of two integers."""
    return isinstance(node, Div) and rational(node) is None


@dataclass(frozen=True)
class Order:
    """How the factors of a product are ordered.

    Attributes
    ----------
    variables : tuple[str, ...]
        In the order in which they stand in a product.
    typed : frozenset[tuple[Node, Node]]
        Bases of factors that were typed in this order.
    kept : frozenset[Node]
        Every part of what was typed: as an argument, a base or an exponent it stays as it is.
    """

    variables: tuple[str, ...] = ()
    typed: frozenset[tuple[Node, Node]] = field(default_factory=frozenset)
    kept: frozenset[Node] = field(default_factory=frozenset)

    @classmethod
    def of(cls, tree: Node, variables: Sequence[str]) -> Order:
        """Return the order that respects what was typed."""
        pairs: set[tuple[Node, Node]] = set()
        for node in walk(tree):
            factors = factors_of(node) if isinstance(node, Mul) else ()
            if 2 <= len(factors) <= MOST_FACTORS:
                bases = [base_and_exponent(factor)[0] for factor in factors]
                pairs.update((one, two) for place, one in enumerate(bases) for two in bases[place + 1 :])
        return cls(tuple(variables), frozenset(pairs), frozenset(walk(tree)))

    def rank(self, factor: Node) -> tuple[int, int]:
        """Return where a factor stands."""
        base, _ = base_and_exponent(factor)
        if rational(factor) is not None:
            return 0, 0
        if isinstance(base, Variable):
            known = base.name in self.variables
            return 2, self.variables.index(base.name) if known else len(self.variables)
        if isinstance(base, Add | Sub):
            return 4, 0
        if isinstance(base, Call) and base.name == "ln" and is_constant(base):
            return 3, 1  # a logarithm of a number stands behind the power that it comes from: 2ˣ ln 2
        is_named_root = isinstance(base, Call) and base.name in {"sqrt", "cbrt"} and is_constant(base)
        return (1 if is_named_root or isinstance(base, Constant) else 3), 0

    def arranged(self, factors: Sequence[Node]) -> list[Node]:
        """Return the factors in order if two of them that were not typed so are in the wrong one, else as they are."""
        ranks = [self.rank(factor) for factor in factors]
        if ranks == sorted(ranks):
            return list(factors)
        for place, one in enumerate(factors):
            for other in range(place + 1, len(factors)):
                if ranks[place] > ranks[other] and not self._is_typed(one, factors[other]):
                    return sorted(factors, key=self.rank)
        return list(factors)

    def _is_typed(self, one: Node, two: Node) -> bool:
        return (base_and_exponent(one)[0], base_and_exponent(two)[0]) in self.typed

    def arrange(self, node: Node) -> Node:
        """Return the expression with the factors of its products in order; brackets of products stay closed."""
        match node:
            case Mul():
                return self._product(node)
            case Add() | Sub() | Div() if rational(node) is None:
                left, right = self.arrange(node.left), self.arrange(node.right)
                return node if left is node.left and right is node.right else type(node)(left, right)
            case Neg():
                argument = self.arrange(node.argument)
                return node if argument is node.argument else Neg(argument)
            case Piecewise():
                return with_values(node, self.arrange)
            case _:
                return node

    def _product(self, node: Mul) -> Node:
        old = factors_of(node)
        factors = [self.arrange(factor) for factor in old]
        opaque = any(isinstance(factor, Mul | Neg) or is_fraction(factor) for factor in factors)
        ordered = factors if opaque else self.arranged(factors)
        same = all(new is factor for new, factor in zip(ordered, old, strict=True))
        return node if same else product(ordered)

    def opened(self, node: Node) -> Node:
        """Return a product with the products in brackets among its factors opened, all in order: eˣ(6x) = 6xeˣ."""
        match node:
            case Neg():
                argument = self.opened(node.argument)
                return node if argument is node.argument else Neg(argument)
            case Div() if rational(node) is None:
                left, right = self.opened(node.left), self.opened(node.right)
                return node if left is node.left and right is node.right else Div(left, right)
            case Mul():
                parts = parts_of(node)
                if parts.below or not any(isinstance(factor, Mul | Neg) for factor in factors_of(node)):
                    return node
                result = product(sorted(parts.above, key=self.rank))
                return Neg(result) if parts.negative else result
            case _:
                return node
