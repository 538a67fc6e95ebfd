"""A product taken apart: its sign, the factors above the line and those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from numdiff.derivation.fold_constants import plus
from numdiff.derivation.terms import ONE, ZERO, call, is_decimal, number, product, rational
from numdiff.tree import Add, Call, Div, Mul, Neg, Node, Number, Pow, Sub, children


@dataclass
class Parts:
    """Sign, factors above the line, factors below it, in typed order; fractions of two integers count as one factor."""

    negative: bool
    above: list[Node]
    below: list[Node]

    def node(self) -> Node:
        """Return the product: one fraction if there is anything below the line."""
        top = product(self.above)
        result = Div(top, product(self.below)) if self.below else top
        return Neg(result) if self.negative else result


def parts_of(node: Node) -> Parts:
    """Return the parts of a product, brackets of products and fractions of fractions opened."""
    parts = Parts(False, [], [])
    _collect(node, parts, parts.above, parts.below)
    return parts


def _collect(node: Node, parts: Parts, above: list[Node], below: list[Node]) -> None:
    match node:
        case Neg():
            parts.negative = not parts.negative
            _collect(node.argument, parts, above, below)
        case Mul():
            _collect(node.left, parts, above, below)
            _collect(node.right, parts, above, below)
        case Div() if not (isinstance(node.left, Number) and isinstance(node.right, Number)):
            _collect(node.left, parts, above, below)
            _collect(node.right, parts, below, above)
        case _:
            above.append(node)


def coefficient(factors: Sequence[Node]) -> tuple[Fraction, bool, list[Node]]:
    """Return the product of the numbers among the factors, whether one is a decimal, and the other factors."""
    value, decimal = Fraction(1), False
    others: list[Node] = []
    for factor in factors:
        given = rational(factor)
        if given is None:
            others.append(factor)
        else:
            value, decimal = value * given, decimal or is_decimal(factor)
    return value, decimal, others


def base_and_exponent(node: Node) -> tuple[Node, Fraction]:
    """Return b and r for b^r with a number r, also for (b^s)^n with a whole n; else the node itself and 1."""
    if isinstance(node, Pow):
        exponent = rational(node.exponent)
        if exponent is not None:
            base, inner = base_and_exponent(node.base)
            if inner == 1 or exponent.denominator == 1:
                return base, inner * exponent
            return node.base, exponent
    return node, Fraction(1)


def with_half_powers(node: Node) -> tuple[Node, Fraction]:
    """Return base and exponent, √b taken as b^(1/2)."""
    base, exponent = base_and_exponent(node)
    if isinstance(base, Call) and base.name == "sqrt":
        return base.arguments[0], exponent / 2
    return base, exponent


def raised(base: Node, exponent: Fraction, *, decimal: bool = False) -> Node:
    """Return base^exponent for a positive exponent: the base itself for 1, a root for 1/2."""
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2) and not decimal:
        return call("sqrt", base)
    return Pow(base, number(exponent, decimal=decimal))


def without_ones(factors: Sequence[Node]) -> list[Node]:
    """Return the factors that are not 1."""
    return [factor for factor in factors if factor != ONE]


def count_of(node: Node) -> int:
    """Return the number of nodes."""
    return 1 + sum(map(count_of, children(node)))


def has_decimal(node: Node) -> bool:
    """Return True for a power with a decimal exponent."""
    return isinstance(node, Pow) and is_decimal(node.exponent)


def grouped(factors: Sequence[Node]) -> list[tuple[Node, Fraction, list[Node]]]:
    """Return the distinct bases with the sum of their exponents and the factors they come from, in typed order.

    Powers of numbers are not put together.
    """
    groups: dict[tuple[Node, int], tuple[Fraction, list[Node]]] = {}
    for place, factor in enumerate(factors):
        base, exponent = base_and_exponent(factor)
        key = (base, -1 if rational(base) is None else place)
        total, members = groups.get(key, (Fraction(0), []))
        groups[key] = (total + exponent, [*members, factor])
    return [(base, total, members) for (base, _), (total, members) in groups.items()]


Term: TypeAlias = tuple[bool, Node]
"""A term of a sum: whether it is subtracted, and the term."""


def signed_terms(node: Node, negative: bool = False) -> list[Term]:
    """Return the terms of a sum with their signs, brackets of sums opened, from left to right."""
    match node:
        case Add():
            return [*signed_terms(node.left, negative), *signed_terms(node.right, negative)]
        case Sub():
            return [*signed_terms(node.left, negative), *signed_terms(node.right, not negative)]
        case Neg():
            return signed_terms(node.argument, not negative)
        case _:
            return [(negative, node)]


def summed(terms: Sequence[Term]) -> Node:
    """Return the sum of the terms as it is typed; 0 for none."""
    nodes = [Neg(term) if negative else term for negative, term in terms]
    return reduce(plus, nodes) if nodes else ZERO
