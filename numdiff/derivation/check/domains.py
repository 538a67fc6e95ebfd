"""Where an expression has a value and a derivative: conditions on its parts, the obvious ones left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from numdiff.derivation.steps import Condition
from numdiff.derivation.terms import EULER, ZERO, rational
from numdiff.evaluate.exact import exact_value
from numdiff.functions import trees
from numdiff.functions.elementary import Elementary, Margin
from numdiff.functions.margins import GAMMA_POLES
from numdiff.functions.registry import having, jumping
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Sub,
    Variable,
    children,
    expand_sums,
    integer_literal,
    is_constant,
    odd_root,
    walk,
)

Kind = Literal["domain", "differentiable"]
_ABOUT_ONE: Mapping[str, tuple[str, str]] = {
    "(1 - u)*(1 + u)": ("within_one", "inside_one"),
    "(u - 1)*(u + 1)": ("beyond_one", "outside_one"),
    "u - 1": ("at_least_one", "above_one"),
}
"""Margins that are said of the argument itself: what a closed edge leaves, and what an open one does."""


def is_positive(node: Node) -> bool:
    """Return True if the expression is seen to be positive wherever it has a value."""
    match node:
        case Number():
            return node.value > 0
        case Constant():
            return True
        case Add():
            one, two = node.left, node.right
            return (is_positive(one) and is_nonnegative(two)) or (is_nonnegative(one) and is_positive(two))
        case Mul() | Div():
            return is_positive(node.left) and is_positive(node.right)
        case Pow():
            return is_positive(node.base)
        case Call():
            return node.name in having(sign="positive") or (
                node.name in {"sqrt", "cbrt"} and is_positive(node.arguments[0])
            )
        case _:
            return False


def is_nonnegative(node: Node) -> bool:
    """Return True if the expression is seen to be 0 or positive wherever it has a value."""
    match node:
        case Add() | Mul() | Div():
            return is_nonnegative(node.left) and is_nonnegative(node.right)
        case Pow():
            exponent = integer_literal(node.exponent)
            return (exponent is not None and exponent % 2 == 0) or is_nonnegative(node.base)
        case Call() if node.name in having(sign="nonnegative"):
            return True
        case _:
            return node == ZERO or is_positive(node)


def is_negative(node: Node) -> bool:
    """Return True if the expression is seen to be negative wherever it has a value."""
    return _below_zero(node)[0]


def _below_zero(node: Node) -> tuple[bool, bool]:
    """Return whether an expression is seen to be negative, and whether to be 0 or negative.

    Both at once: asked one after the other at every level, they would double the work with each.
    """
    is_below = False
    match node:
        case Neg():
            is_below = is_positive(node.argument)
            return is_below, is_below or is_nonnegative(node.argument)
        case Add():
            (one, one_or_0), (two, two_or_0) = _below_zero(node.left), _below_zero(node.right)
            is_below = (one and two_or_0) or (one_or_0 and two)
        case Sub() if not is_constant(node):
            one, one_or_0 = _below_zero(node.left)
            is_below = (one and is_nonnegative(node.right)) or (one_or_0 and is_positive(node.right))
        case Mul() | Div() if not is_constant(node):
            one, two = _below_zero(node.left)[0], _below_zero(node.right)[0]
            is_below = (one and is_positive(node.right)) or (two and is_positive(node.left))
        case _ if is_constant(node):
            value = exact_value(node, {})
            is_below = value.status == "ok" and value.value + value.radius < 0
    return is_below, is_below or node == ZERO


def has_negative_base(node: Pow, depends: Callable[[Node], bool]) -> bool:
    """Return True for a power of what is negative whose exponent varies: it has real values here and there at most.

    An exponent that goes in steps, as ⌊x⌋ does, may stay at a whole number.
    """
    stepped = any(isinstance(part, Call) and part.name in jumping() for part in walk(node.exponent))
    return depends(node.exponent) and not stepped and is_negative(node.base)


def without_derivative(tree: Node, variable: str) -> tuple[Condition, ...]:
    """Return the powers because of which an expression is known to have a derivative nowhere."""

    def depends(node: Node) -> bool:
        return any(part == Variable(variable) for part in walk(node))

    powers = dict.fromkeys(part for part in walk(expand_sums(tree)) if isinstance(part, Pow))
    return tuple(Condition("negative_base", power) for power in powers if has_negative_base(power, depends))


_OBVIOUS: Mapping[str, Callable[[Node], bool]] = {
    "not_gamma_pole": is_positive,
    "positive": is_positive,
    "nonnegative": is_nonnegative,
    "nonzero": lambda node: is_positive(node.argument if isinstance(node, Neg) else node),
}


def _condition(code: str, node: Node, kind: Kind = "domain") -> Iterator[Condition]:
    """Yield the condition unless it is obvious, or about a number (the notation has checked those)."""
    if rational(node) is not None:
        return
    if code not in _OBVIOUS or not _OBVIOUS[code](node):
        yield Condition(code, node, kind)


def _power(node: Pow, moves: bool) -> Iterator[Condition]:
    base, value = node.base, rational(node.exponent)
    if base == EULER:
        return
    if value is not None and (value.denominator == 1 or odd_root(node.exponent) is not None):
        if value < 0:
            yield from _condition("nonzero", base)
        elif moves and value < 1 and value != 0:
            yield from _condition("nonzero", base, "differentiable")
    elif value is not None and value > 1:
        yield from _condition("nonnegative", base)
    elif value is not None and value > 0:
        yield from _condition(*(("positive", base, "differentiable") if moves else ("nonnegative", base)))
    else:
        yield from _condition("positive", base)


def _call(node: Call, moves: bool) -> Iterator[Condition]:
    """Yield what the row of a function says of its domain and, if it moves, of where it has a slope."""
    row, operands = row_of(node.name), node.arguments
    if node.name == "root":
        row = row_of("cbrt" if (integer_literal(operands[1]) or 0) % 2 else "sqrt")
        operands = operands[:1]
    for margin in row.domain:
        yield from _margin(margin, row, operands, moves)
    for place in filter(None, (row.steep_at, row.hole_at) if moves else ()):
        yield from _condition("nonzero", trees.put(place, row, operands), "differentiable")
    if moves and row.is_variadic:
        yield from _ties(node)
    elif moves and row.steps_at:
        yield from _condition("not_integer", trees.put(row.steps_at, row, operands), "differentiable")
    elif moves and row.breaks:
        for factor in trees.factors(trees.read(row.breaks)):
            yield from _condition("nonzero", trees.put_in(factor, row, operands), "differentiable")


def _margin(margin: Margin, row: Elementary, operands: tuple[Node, ...], moves: bool) -> Iterator[Condition]:
    is_closed = margin.zero == "edge" and not moves
    kind: Kind = "differentiable" if margin.zero == "edge" and moves else "domain"
    if margin.form in _ABOUT_ONE:
        closed, open_ = _ABOUT_ONE[margin.form]
        yield from _condition(closed if is_closed else open_, operands[0], kind)
    elif margin.form == "ln(b)":
        yield from _condition("not_one", operands[1])
    elif margin.form == GAMMA_POLES:
        yield from _condition("not_gamma_pole", operands[0])
    else:
        code = "nonzero" if margin.both_sides else "nonnegative" if is_closed else "positive"
        yield from _condition(code, trees.put(margin.form, row, operands), kind)


def _ties(node: Call) -> Iterator[Condition]:
    """Yield that two operands differ; more of them are compared two at a time, in steps of their own."""
    if len(node.arguments) > 2:
        return
    first, last = node.arguments
    gap = last if first == ZERO else first if last == ZERO else Sub(first, last)
    yield from _condition("nonzero", gap, "differentiable")


def conditions_of(node: Node, moves: bool) -> Iterator[Condition]:
    """Yield what one operation needs of its operands.

    Parameters
    ----------
    node : Node
        The operation; its parts are not looked into.
    moves : bool
        Whether it contains the variable: then its derivative has to exist too.
    """
    match node:
        case Div():
            yield from _condition("nonzero", node.right)
        case Pow():
            yield from _power(node, moves)
        case Call():
            yield from _call(node, moves)


def gather(node: Node, depends: Callable[[Node], bool], left_out: frozenset[int]) -> Iterator[Condition]:
    """Yield the conditions of an expression and its parts; pieces and what is in ``left_out`` are not looked into."""
    if id(node) in left_out:
        return
    if isinstance(node, IndexedSum):
        yield from gather(expand_sums(node), depends, left_out)
        return
    if isinstance(node, Pow) and has_negative_base(node, depends):
        yield Condition("negative_base", node)
    yield from conditions_of(node, depends(node))
    if isinstance(node, Piecewise):
        # what a piece needs holds in it alone; what is compared needs no derivative
        for part in children(node)[len(node.values) :]:
            yield from gather(part, lambda _: False, left_out)
        return
    for part in children(node):
        yield from gather(part, depends, left_out)


def jumps(node: Node, depends: Callable[[Node], bool]) -> tuple[Condition, ...]:
    """Return the conditions of the functions with jumps in an expression that contain the variable."""
    found: list[Condition] = []
    if isinstance(node, Call) and node.name in jumping() and depends(node):
        found.extend(_call(node, moves=True))
    for part in children(node):
        found.extend(jumps(part, depends))
    return tuple(found)


_HOLDS: Mapping[str, Callable[[Any], bool]] = {
    "positive": lambda value: value > 0,
    "nonnegative": lambda value: value >= 0,
    "nonzero": lambda value: value != 0,
    "inside_one": lambda value: abs(value) < 1,
    "within_one": lambda value: abs(value) <= 1,
    "outside_one": lambda value: abs(value) > 1,
    "beyond_one": lambda value: abs(value) >= 1,
    "above_one": lambda value: value > 1,
    "at_least_one": lambda value: value >= 1,
    "not_one": lambda value: value != 1,
    "not_integer": lambda value: value % 1 != 0,
    "not_gamma_pole": lambda value: (value > 0) | (value % 1 != 0),
}


def holds_at(condition: Condition, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where a condition holds, from the values of its expression in float64; True for one of words alone."""
    holds = _HOLDS.get(condition.code)
    with np.errstate(all="ignore"):
        return np.ones(values.shape, dtype=bool) if holds is None else np.asarray(holds(values), dtype=bool)


def excludes(condition: Condition, point: Mapping[str, Fraction]) -> bool:
    """Return True if the condition is known not to hold at a point; False if it holds or nobody can tell."""
    if condition.code not in _HOLDS:
        return condition.code == "negative_base"
    value = exact_value(condition.node, point)
    return value.status == "ok" and not _HOLDS[condition.code](value.value)
