"""Standard derivatives, in the form in which a textbook prints them.

One way for the rules, the chain rule's factors and the edges of the computational graph. Of a function the form is that
of its row (:mod:`numdiff.functions`); σ′, tanh′ and the like keep the function's own name. Where a function has a kink
or a jump the form holds beside it: abs′ = sgn, ReLU′ = (1 + sgn u)/2. Sums, products, powers, roots and extremes, whose
derivatives depend on more than one operand or on a literal, are here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from numdiff.derivation.terms import (
    EULER,
    ONE,
    ZERO,
    call,
    half_difference,
    half_sum,
    less_one,
    number,
    product,
    rational,
    squared,
)
from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import row as row_of
from numdiff.functions.trees import slope
from numdiff.tree import Div, Mul, Neg, Node, Piecewise, Pow, Sub, integer_literal

Operands: TypeAlias = tuple[Node, ...]


def _one_over(node: Node) -> Node:
    return Div(ONE, node)


def power_slope(base: Node, exponent: Node) -> Node:
    """Return exponent·base^(exponent − 1), the exponent worked out for a number: 2u, −u^(−2), ½u^(−1/2)."""
    value = rational(exponent)
    if value is not None and value in (0, 1):
        return number(value)
    lowered = base if value == 2 else Pow(base, less_one(exponent))
    if value == -1:
        return Neg(lowered)
    if isinstance(exponent, Neg):
        return Neg(Mul(exponent.argument, lowered))
    return Mul(exponent, lowered)


def _power(operands: Operands, which: int) -> Node:
    base, exponent = operands
    if which == 0:
        return power_slope(base, exponent)
    value = Pow(base, exponent)
    return value if base == EULER else Mul(value, call("ln", base))


def _root(operands: Operands, which: int) -> Node | None:
    u, n = operands
    index = integer_literal(n)
    if which or index is None:
        return None
    return ONE if index == 1 else _one_over(Mul(n, call("root", power_of(u, index - 1), n)))


def power_of(node: Node, n: int) -> Node:
    """Return node^n, node itself for n = 1."""
    return node if n == 1 else Pow(node, number(n))


def _extreme(row: Elementary, operands: Operands, which: int) -> Node:
    """Return 1 where the operand is the greatest (least) and 0 where another is, as a product of half-sums."""
    own, half = operands[which], half_sum if row.branches[1] == row.parameters[0] else half_difference
    others = [operand for place, operand in enumerate(operands) if place != which]
    return product([half(call("sign", own if other == ZERO else Sub(own, other))) for other in others])


_SEVERAL: Mapping[str, Callable[[Operands, int], Node | None]] = MappingProxyType(
    {
        "add": lambda _, __: ONE,
        "sub": lambda _, which: Neg(ONE) if which else ONE,
        "mul": lambda operands, which: operands[1 - which],
        "div": lambda operands, which: Neg(Div(operands[0], squared(operands[1]))) if which else _one_over(operands[1]),
        "neg": lambda _, __: Neg(ONE),
        "pow": _power,
        "root": _root,
    }
)


def local_derivative(operation: str, operands: Operands, which: int = 0) -> Node | None:
    """Return the partial derivative of one operation by one of its operands, as a tree in the operands.

    Parameters
    ----------
    operation : str
        The name of a function, or "add", "sub", "mul", "div", "pow" or "neg" for the node types.
    operands : tuple of Node
        What it is applied to; they stand in the result as they are.
    which : int
        By which operand, counted from 0.

    Returns
    -------
    Node or None
        The derivative, right wherever it exists; None by the index of a root, which is a literal.

    Raises
    ------
    KeyError
        For an operation that is not known.
    IndexError
        For an operand that is not there.
    """
    if not 0 <= which < len(operands):
        raise IndexError(f"{operation} has {len(operands)} operands, there is no number {which}")
    if operation in _SEVERAL:
        return _SEVERAL[operation](operands, which)
    row = row_of(operation)
    return _extreme(row, operands, which) if row.is_variadic else slope(operation, operands, which)


def chosen_slope(node: Piecewise, which: int) -> Node:
    """Return the partial derivative of pieces by one of their operands: 1 where that value holds, 0 elsewhere.

    What is compared does not count. Right where no condition changes.
    """
    if which >= len(node.values):
        return ZERO
    values = tuple(ONE if place == which else ZERO for place in range(len(node.values)))
    return Piecewise(values, node.conditions)
