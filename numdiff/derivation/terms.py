"""Small helpers to write trees: numbers as nodes, and nodes as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Node, Number, Pow, Sub, integer_literal

ZERO, ONE, TWO = Number("0"), Number("1"), Number("2")
EULER, PI = Constant("e"), Constant("pi")

LONGEST_NUMBER = 30
"""Digits beyond which two numbers are not put together."""
_TOO_LONG: int = 10**LONGEST_NUMBER


def call(name: str, *arguments: Node) -> Call:
    """Return a function applied to its arguments."""
    return Call(name, arguments)


def squared(node: Node) -> Node:
    """Return node²."""
    return Pow(node, TWO)


def product(factors: Sequence[Node]) -> Node:
    """Return the product of the factors as it is typed, leaning to the left; 1 for none."""
    if not factors:
        return ONE
    result = factors[0]
    for factor in factors[1:]:
        result = Mul(result, factor)
    return result


def factors_of(node: Node) -> tuple[Node, ...]:
    """Return the factors of a product as typed, from left to right; a node that is no product is its only factor."""
    factors: list[Node] = []
    while isinstance(node, Mul):
        factors.append(node.right)
        node = node.left
    factors.append(node)
    return tuple(reversed(factors))


def rational(node: Node) -> Fraction | None:
    """Return the value of a literal, of −literal, or of a fraction of two integer literals; else None."""
    match node:
        case Number():
            return node.value
        case Neg():
            inner = rational(node.argument)
            return None if inner is None else -inner
        case Div():
            top, bottom = integer_literal(node.left), integer_literal(node.right)
            return Fraction(top, bottom) if top is not None and bottom else None
        case _:
            return None


def is_short(value: Fraction) -> bool:
    """Return True for a number that can be read: numerator and denominator have at most LONGEST_NUMBER digits."""
    return abs(value.numerator) < _TOO_LONG and value.denominator < _TOO_LONG


def is_decimal(node: Node) -> bool:
    """Return True for a literal with a point or an exponent, with or without a sign."""
    while isinstance(node, Neg):
        node = node.argument
    return isinstance(node, Number) and not node.is_integer_literal


def decimal_text(value: Fraction) -> str | None:
    """Return a nonnegative fraction as a decimal literal without an exponent; None if it has no finite one."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1 or places > LONGEST_NUMBER:
        return None
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def number(value: Fraction | int, *, decimal: bool = False) -> Node:
    """Return a rational number as a node: an integer, a decimal where wanted and finite, else a fraction."""
    fraction = Fraction(value)
    size = abs(fraction)
    text = decimal_text(size) if decimal or size.denominator == 1 else None
    node: Node = Number(text) if text else Div(Number(str(size.numerator)), Number(str(size.denominator)))
    return Neg(node) if fraction < 0 else node


def less_one(node: Node) -> Node:
    """Return node − 1, worked out for a number, and for a number added to something: (a − 1) − 1 = a − 2."""
    value = rational(node)
    if value is not None:
        return number(value - 1, decimal=is_decimal(node))
    match node:
        case Add(left, right) if (integer_literal(right) or 0) > 0:
            lowered = less_one(right)
            return left if lowered == ZERO else Add(left, lowered)
        case Sub(left, right) if (integer_literal(right) or 0) > 0:
            return Sub(left, number((integer_literal(right) or 0) + 1))
        case Sub(left, right) if (integer_literal(left) or 0) > 1:
            return Sub(less_one(left), right)
        case _:
            return Sub(node, ONE)


def half_sum(node: Node) -> Node:
    """Return (1 + node)/2."""
    return Div(Add(ONE, node), TWO)


def half_difference(node: Node) -> Node:
    """Return (1 − node)/2."""
    return Div(Sub(ONE, node), TWO)
