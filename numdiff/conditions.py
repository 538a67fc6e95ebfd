"""What can be said of conditions without a value: their negation, what is left when none holds, and how they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from numdiff.functions.registry import row
from numdiff.tree import (
    Call,
    Comparison,
    Condition,
    Constant,
    Div,
    Joined,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Relation,
    compared,
    integer_literal,
    walk,
)

NEGATED: Mapping[Relation, Relation] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
"""What holds where a relation does not."""
_RISING, _FALLING = ("<", "<="), (">", ">=")


def negated(condition: Condition) -> Condition:
    """Return what holds where the condition fails."""
    if isinstance(condition, Comparison):
        return Comparison(condition.left, NEGATED[condition.relation], condition.right)
    return Joined("or" if condition.word == "and" else "and", tuple(map(negated, condition.parts)))


def remaining(conditions: Sequence[Condition]) -> Condition | None:
    """Return what holds where none of the conditions does, if that is one comparison: x ≥ 1 after x < 0 and x < 1."""
    last = conditions[-1]
    if not isinstance(last, Comparison):
        return None
    for one, two in pairwise(conditions):
        if not (isinstance(one, Comparison) and isinstance(two, Comparison) and _is_beyond(one, two)):
            return None
    return negated(last)


def _is_beyond(one: Comparison, two: Comparison) -> bool:
    """Return whether the second comparison holds wherever the first does: x < 1 after x < 0."""
    first, second = _number(one.right), _number(two.right)
    if one.left != two.left or first is None or second is None:
        return False
    if one.relation in _RISING and two.relation in _RISING:
        return first < second or (first == second and two.relation == "<=")
    return (
        one.relation in _FALLING
        and two.relation in _FALLING
        and (first > second or (first == second and two.relation == ">="))
    )


def _number(node: Node) -> Fraction | None:
    if isinstance(node, Neg):
        inner = _number(node.argument)
        return None if inner is None else -inner
    if isinstance(node, Div):
        top, bottom = integer_literal(node.left), integer_literal(node.right)
        return Fraction(top, bottom) if top is not None and bottom else None
    return node.value if isinstance(node, Number) else None


def chain(condition: Joined) -> tuple[Node, Relation, Node, Relation, Node] | None:
    """Return the parts of 0 < x < 1, which is kept as 0 < x and x < 1; None for any other condition."""
    match condition:
        case Joined("and", (Comparison(a, first, b), Comparison(c, second, d))) if b == c:
            same_way = any(first in way and second in way for way in (_RISING, _FALLING))
            return (a, first, b, second, d) if same_way else None
        case _:
            return None


def pieces_of(node: Piecewise) -> tuple[tuple[Node, Condition | None], ...]:
    """Return the values with their conditions as they are printed; None for "otherwise"."""
    if node.otherwise is None:
        return node.branches
    return (*node.branches, (node.otherwise, remaining(node.conditions)))


def piecewise(values: Sequence[Node], conditions: Sequence[Condition | None]) -> Node:
    """Return the node of values with conditions; one that says what remains anyway is left out.

    Pieces in the place of the last value are pieces of the whole, as ``elif`` is meant.

    Parameters
    ----------
    values : sequence of Node
    conditions : sequence of Condition or None
        For each value; None, for "otherwise", ends the pieces.
    """
    kept: list[Condition] = []
    for place, condition in enumerate(conditions):
        last = values[place]
        if condition is None or (kept and condition == remaining(kept)):
            if kept and isinstance(last, Piecewise):
                further = (*last.conditions, *[None] * (last.otherwise is not None))
                return piecewise([*values[:place], *last.values], [*kept, *further])
            break
        kept.append(condition)
    return Piecewise(tuple(values[: len(kept) + 1]), tuple(kept)) if kept else values[0]


def is_total(condition: Condition) -> bool:
    """Return True if what is compared has a value wherever its variables do."""
    return all(_has_value(part) for side in compared(condition) for part in walk(side))


def _has_value(node: Node) -> bool:
    match node:
        case Div():
            return integer_literal(node.right) not in (None, 0)
        case Pow():
            return node.base == Constant("e") or (integer_literal(node.exponent) or -1) > 0
        case Call():
            return node.name not in ("root", "log") and not row(node.name).domain
        case Piecewise():
            return False
        case _:
            return True
