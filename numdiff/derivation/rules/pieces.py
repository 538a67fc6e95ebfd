"""Rules for functions made of pieces that have more than one argument."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from numdiff.conditions import negated
from numdiff.derivation.borders import Border, Cell, borders, cells, may_stay_equal, placed, value_of
from numdiff.derivation.fold_constants import settle
from numdiff.derivation.rules.base import Application, Dependence, Rule, by_chain, slot, times
from numdiff.derivation.rules.power import local
from numdiff.derivation.steps import Condition as Said
from numdiff.derivation.terms import ZERO, call, half_difference, half_sum, number
from numdiff.evaluate.exact import exact_derivative
from numdiff.functions.registry import row
from numdiff.functions.trees import completed
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Condition,
    Joined,
    Node,
    Piecewise,
    Relation,
    Sub,
    Variable,
    variables,
)

Rows: TypeAlias = list[tuple[int, Condition | None]]
"""Which of the values holds, and where."""


class LeakyRelu(Rule):
    """LeakyReLU′(x) = 1 for x > 0 and a for x < 0, written (1 + sgn x)/2 + a·(1 − sgn x)/2; none at the kink."""

    name = "leaky_relu"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the local derivative by each operand that varies times that operand's own."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        full = Call(self.name, completed(row(self.name), node.arguments))
        inner, slope = full.arguments
        if not depends(slope):
            return by_chain(local(full), inner, depends, self.name)
        if not depends(inner):
            return by_chain(local(full, 1), slope, depends, self.name)
        form = Add(times(local(full), slot(0)), times(local(full, 1), slot(1)))
        return Application(form, (inner, slope))


class _Extreme(Rule):
    """The derivative of the operand that is the greatest or the least; none where two are equal."""

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the derivatives of both operands, each times 1 where it counts and 0 elsewhere."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        if len(node.arguments) > 2:
            return Application(slot(0), (self._in_two(node.arguments),))
        first, last = node.arguments
        lead, follow = (half_sum, half_difference) if self.name == "max" else (half_difference, half_sum)
        if first == ZERO:
            lead, follow, side = follow, lead, call("sign", last)
        else:
            side = call("sign", first if last == ZERO else Sub(first, last))
        form = Add(times(lead(side), slot(0)), times(follow(side), slot(1)))
        return Application(form, (first, last))

    def _in_two(self, arguments: tuple[Node, ...]) -> Node:
        """Return the extreme of the extremes of two halves, the first the longer: max(a, b, c) = max(max(a, b), c)."""
        middle = (len(arguments) + 1) // 2
        halves = arguments[:middle], arguments[middle:]
        return Call(self.name, tuple(half[0] if len(half) == 1 else Call(self.name, half) for half in halves))


class Max(_Extreme):
    """max(u, v)′ = u′ where u > v and v′ where u < v, written (1 + sgn(u − v))/2·u′ + (1 − sgn(u − v))/2·v′."""

    name = "max"


class Min(_Extreme):
    """min(u, v)′ = u′ where u < v and v′ where u > v, written (1 − sgn(u − v))/2·u′ + (1 + sgn(u − v))/2·v′."""

    name = "min"


class PiecewiseRule(Rule):
    """{C: f, g}′ = {C: f′, g′}; where two pieces meet, only if they have the same value and slope there."""

    name = "piecewise"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the derivatives of the pieces between the borders, and what is found at the borders."""
        if not isinstance(node, Piecewise):
            return None
        found = borders(node, depends.variable)
        slots = tuple(slot(place) for place in range(len(node.values)))
        form, order = _between(node, slots, depends.variable, found)
        conditions = tuple(_said(node, depends.variable, border) for border in found if border.verdict != "edge")
        used = tuple(node.values[place] for place in order)

        def finish(tree: Node) -> Node:
            return _closed(node, tree, order, depends.variable, found) if isinstance(tree, Piecewise) else tree

        return Application(form, used, finish=finish, conditions=conditions)


def _between(
    node: Piecewise, slots: tuple[Node, ...], variable: str, found: tuple[Border, ...]
) -> tuple[Node, tuple[int, ...]]:
    """Return the pieces between the borders, and which values they have, each a slot in this order."""
    rows = _rows(node, variable, found, frozenset())
    order = tuple(dict.fromkeys(which for which, _ in rows))
    return _put(rows, {which: slots[place] for place, which in enumerate(order)}), order


def _put(rows: Rows, values: Mapping[int, Node]) -> Node:
    """Return the pieces with their values; those next to each other with one value as they are."""
    return Piecewise(tuple(values[which] for which, _ in rows), tuple(when for _, when in rows if when is not None))


def _closed(node: Piecewise, tree: Piecewise, order: tuple[int, ...], variable: str, found: tuple[Border, ...]) -> Node:
    """Return the derivative with the borders at which there is one."""
    rows = _rows(node, variable, found, frozenset())
    values: dict[int, Node] = {which: value for (which, _), value in zip(rows, tree.values, strict=True)}
    bad = [border for border in found if border.verdict != "smooth"]
    if len(set(tree.values)) == 1 and (one := _as_one(node, tree.values[0], variable, found)) is not None:
        return one
    if not bad and len(order) == len(node.values):
        return Piecewise(tuple(values[place] for place in range(len(node.values))), node.conditions)
    smooth = frozenset(value for value, verdict in placed(found) if verdict == "smooth")
    return _put(_rows(node, variable, found, smooth), values)


def _as_one(node: Piecewise, value: Node, variable: str, found: tuple[Border, ...]) -> Node | None:
    """Return a derivative that is the same on all sides, without the borders where there is none."""
    by_cell, ends = _cells(node, variable, found), dict(placed(found))
    if by_cell is None or len(by_cell) <= len(ends):
        return None
    apart = tuple(Comparison(Variable(variable), "!=", number(end)) for end, kind in ends.items() if kind != "smooth")
    if not apart:
        return value
    return Piecewise((value,), (apart[0] if len(apart) == 1 else Joined("and", apart),))


def _cells(node: Piecewise, variable: str, found: tuple[Border, ...]) -> tuple[Cell, ...] | None:
    if not all(border.place is not None and value_of(border.place, {}) is not None for border in found):
        return None
    return cells(node, variable, [place for place, _ in placed(found)])


def _rows(node: Piecewise, variable: str, found: tuple[Border, ...], closed: frozenset[Fraction]) -> Rows:
    """Return which value holds where, the borders left out except those that are closed."""
    by_cell = _cells(node, variable, found)
    return _in_general(node, variable) if by_cell is None else _by_cells(by_cell, variable, closed)


def _by_cells(found: tuple[Cell, ...], variable: str, closed: frozenset[Fraction]) -> Rows:
    x = Variable(variable)
    ends = sorted({end for cell in found for end in (cell.low, cell.high) if end is not None})
    if len({cell.which for cell in found}) == 1 and len(found) == len(ends) + 1 and ends:
        apart = [Comparison(x, "!=", number(end)) for end in ends if end not in closed]
        if apart:
            return [(found[0].which, apart[0] if len(apart) == 1 else Joined("and", tuple(apart)))]
    rows: Rows = []
    taken: set[Fraction] = set()
    for cell in found:
        above: Relation = "<=" if cell.low in closed and cell.low not in taken else "<"
        below: Relation = "<=" if cell.high in closed else "<"
        taken |= {cell.high} if cell.high is not None else set()
        if cell.low is None:
            rows.append((cell.which, Comparison(x, below, number(cell.high)) if cell.high is not None else None))
        elif cell.high is None:
            rows.append((cell.which, Comparison(x, ">=" if above == "<=" else ">", number(cell.low))))
        else:
            sides = Comparison(number(cell.low), above, x), Comparison(x, below, number(cell.high))
            rows.append((cell.which, Joined("and", sides)))
    return sorted(rows, key=lambda row: row[0])


def _in_general(node: Piecewise, variable: str) -> Rows:
    """Return the pieces where no condition changes: each where its own holds and none before it, without equality."""
    rows: Rows = []
    before: list[Condition] = []
    for place, condition in enumerate((*node.conditions, *[None] * (node.otherwise is not None))):
        parts = [*([condition] if condition is not None else []), *map(negated, before)]
        opened = [_opened(part, variable) for part in parts]
        if all(part is not None for part in opened):
            kept = tuple(dict.fromkeys(part for part in opened if part is not None))
            rows.append((place, kept[0] if len(kept) == 1 else Joined("and", kept)))
        if condition is not None:
            before.append(condition)
    return rows


def _opened(condition: Condition, variable: str) -> Condition | None:
    """Return a condition without the places at which it changes; None if nothing is left of it."""
    if isinstance(condition, Comparison):
        if variable not in (*variables(condition.left), *variables(condition.right)):
            return condition
        if may_stay_equal(condition, variable):
            return condition
        if condition.relation == "=":
            return None
        strict: Relation = (
            "<" if condition.relation == "<=" else ">" if condition.relation == ">=" else condition.relation
        )
        return Comparison(condition.left, strict, condition.right)
    parts = tuple(part for part in (_opened(part, variable) for part in condition.parts) if part is not None)
    if not parts or (condition.word == "and" and len(parts) < len(condition.parts)):
        return None
    return parts[0] if len(parts) == 1 else Joined(condition.word, parts)


def _said(node: Piecewise, variable: str, border: Border) -> Said:
    """Return what is found at a border."""
    if border.place is None or border.verdict == "unknown":
        return Said("nonzero", settle(Sub(border.comparison.left, border.comparison.right)), "differentiable")
    slope = None
    value = value_of(border.place, {})
    if border.verdict == "smooth" and value is not None and variables(node) == (variable,):
        answer = exact_derivative(node, {variable: value}, variable)
        near = Fraction(str(answer.value)).limit_denominator(10**6) if answer.status == "ok" else Fraction(0)
        slope = number(near) if abs(answer.value - near) <= answer.radius + abs(near) * Fraction(1, 10**40) else None
    return Said(f"{border.verdict}_at", border.place, "differentiable", variable, slope)
