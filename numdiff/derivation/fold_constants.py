"""The obvious: 0 + u = u, 1·u = u, 0·u = 0, −(−u) = u, 2·3 = 6, u·(−v) = −(u·v)."""

from __future__ import annotations

from fractions import Fraction

from numdiff.derivation.terms import ONE, ZERO, is_decimal, is_short, number, rational
from numdiff.tree import Add, Div, Mul, Neg, Node, Piecewise, Sub, with_values


def settle(node: Node) -> Node:
    """Return the expression with what is obvious done; only sums, products, fractions and signs are looked into.

    Parameters
    ----------
    node : Node
        Placeholders may stand in it.

    Returns
    -------
    Node
        Equal wherever both have a value; the order of terms and factors is kept, but for a number brought in front.
    """
    match node:
        case Neg():
            return minus(settle(node.argument))
        case Add():
            return plus(settle(node.left), settle(node.right))
        case Sub():
            return plus(settle(node.left), minus(settle(node.right)))
        case Mul():
            return multiplied(settle(node.left), settle(node.right))
        case Div() if rational(node) is None:
            return divided(settle(node.left), settle(node.right))
        case Piecewise():
            return with_values(node, settle)
        case _:
            return node


def minus(node: Node) -> Node:
    """Return −node."""
    if node == ZERO:
        return node
    return node.argument if isinstance(node, Neg) else Neg(node)


def plus(left: Node, right: Node) -> Node:
    """Return left + right, as a difference if right has a minus sign."""
    if right == ZERO:
        return left
    if left == ZERO:
        return right
    one, two = rational(left), rational(right)
    if one is not None and two is not None:
        total = together(one + two, left, right)
        if total is not None:
            return total
    return Sub(left, right.argument) if isinstance(right, Neg) else Add(left, right)


def together(value: Fraction, left: Node, right: Node) -> Node | None:
    """Return the value of two numbers put together, a decimal if one of them is; None if it is too long to read."""
    if not is_short(value):
        return None
    decimal = is_decimal(left) or is_decimal(right)
    result = number(value, decimal=decimal)
    return None if decimal and value.denominator != 1 and not is_decimal(result) else result


def multiplied(left: Node, right: Node) -> Node:
    """Return left·right, with the sign in front and two leading numbers as one."""
    if ZERO in (left, right):
        return ZERO
    if left == ONE:
        return right
    if right == ONE:
        return left
    if isinstance(left, Neg):
        return minus(multiplied(left.argument, right))
    if isinstance(right, Neg):
        return minus(multiplied(left, right.argument))
    if rational(right) is not None and rational(left) is None:
        left, right = right, left
    return _with_one_number(left, right) or Mul(left, right)


def _with_one_number(left: Node, right: Node) -> Node | None:
    first, rest = _split_number(left)
    second, others = _split_number(right)
    if first is None or second is None:
        return None
    values = rational(first), rational(second)
    assert values[0] is not None
    assert values[1] is not None
    coefficient = together(values[0] * values[1], first, second)
    if coefficient is None:
        return None
    result: Node = coefficient
    for factor in (rest, others):
        if factor is not None:
            result = factor if result == ONE else Mul(result, factor)
    return result


def _split_number(node: Node) -> tuple[Node | None, Node | None]:
    """Return the number in front of a product, and the rest of it."""
    if rational(node) is not None:
        return node, None
    if isinstance(node, Mul):
        first, rest = _split_number(node.left)
        if first is not None:
            return first, node.right if rest is None else Mul(rest, node.right)
    return None, node


def divided(left: Node, right: Node) -> Node:
    """Return left/right, with the sign in front."""
    if left == ZERO:
        return ZERO
    if right == ONE:
        return left
    if isinstance(left, Neg):
        return minus(divided(left.argument, right))
    if isinstance(right, Neg):
        return minus(divided(left, right.argument))
    return Div(left, right)
