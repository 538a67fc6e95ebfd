"""A product taken apart: its sign, the factors above the line and those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from numdiff.derivation.build import ONE, call, is_decimal, number, product, rational
from numdiff.tree import Call, Div, Mul, Neg, Node, Number, Pow


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
    """Return b and r for b^r with a number r, also for (b^m)^n with whole m, n; else the node itself and 1."""
    if isinstance(node, Pow):
        exponent = rational(node.exponent)
        if exponent is not None:
            base, inner = base_and_exponent(node.base)
            if inner == 1 or (inner.denominator == 1 and exponent.denominator == 1):
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
