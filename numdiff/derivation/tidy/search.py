"""The search for the form of a derivative that a textbook prints.

Of the forms that the kinds of tidying lead to, tried together, the one is kept that reads best by the measure of
:mod:`numdiff.printing.measure`; the steps that lead to it are shown. It goes from the shortest form found so
far to the next ones, and it is bounded by a number of forms looked at and by a budget of operations.

``common_factor``       xeˣ + eˣ = eˣ(x + 1)
``common_denominator``  √u − x²/√u = (u − x²)/√u, where something collapses by it or the denominators are equal
``expand``              multiplied out, where terms are put together by it
``divide``              (x² − 1)/(x − 1) = x + 1: a polynomial common to both sides of a fraction
``factorise``           x² + 2x + 1 = (x + 1)²
``identity``            sin² u + cos² u = 1, sin u/cos u = tan u, ReLU(u)·sgn u = ReLU(u)
``separate``            (u + vw)/v = u/v + w
``clear``               1/(2(1 + x²/4)) = 2/(4 + x²): fractions and products in a bracket
``numbers``             numbers taken out of a bracket: 4/(4x + 6) = 2/(2x + 3)
``powers``              x√x = x^(3/2), e²ˣ/eˣ = eˣ, −(u − v) = v − u: only written otherwise
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation.steps import TidyRule, TidyStep
from numdiff.derivation.tidy.monomials import Atoms, Monomial, UnreadableError
from numdiff.derivation.tidy.moves import Form, form_of, moves, opened
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.writing import Writer
from numdiff.printing.measure import reading_length, visible_length
from numdiff.tree import Add, Call, Neg, Node, Sub, children, walk

MOST_NODES = 150
"""Nodes of an expression beyond which no other form is looked for."""
MOST_FORMS = 14
"""Forms whose neighbours are looked at."""
OPERATIONS = 4000
"""Operations that the search in one expression may cost: nodes read, and products of two terms."""
SHORT = 5
"""Characters of an expression for which no other form is looked for."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A form, the rule that led to it, from where, and whether it may be the last one.

    What is multiplied out, or brought to one denominator, is no result unless something collapses by it.
    """

    form: Form
    rule: TidyRule
    origin: _Found | None
    collapsed: bool


class _Search:
    """The search for the best form of one expression."""

    def __init__(self, node: Node, order: Order) -> None:
        self.node, self.order = node, order
        self.atoms = Atoms(Budget(OPERATIONS), order.kept)
        self.writer = Writer(self.atoms, order, has_cube_roots=_has_cube_roots(node))
        self._lengths: dict[int, int] = {}

    def steps(self) -> tuple[TidyStep, ...]:
        """Return the steps to the best form; none if it is the one that is there."""
        try:
            terms = self.atoms.sum_of(self.node)
        except (UnreadableError, OutOfBudgetError):
            return ()
        self.atoms.met = len(self.atoms.nodes)
        best, shortest = None, reading_length(self.node)
        for found in self._forms(_Found(opened(form_of(Fraction(1), (), terms), self.atoms), "powers", None, True)):
            if not found.collapsed or self._estimate(found.form) > shortest + _SLACK:
                continue
            length = reading_length(self._written(found))
            if length < shortest:
                best, shortest = found, length
        return self._path(best) if best is not None else ()

    def _forms(self, start: _Found) -> Iterator[_Found]:
        """Yield the forms, nearest first among those that are shortest."""
        seen = {(start.form.key, True)}
        yield start
        count = 0
        heap: list[tuple[int, int, _Found]] = [(self._estimate(start.form), count, start)]
        for _ in range(MOST_FORMS):
            if not heap:
                return
            _, _, current = heapq.heappop(heap)
            for rule, form, collapses in moves(current.form, self.atoms):
                collapsed = current.collapsed if collapses is None else collapses
                key = (form.key, collapsed)
                if key in seen or (form.key, True) in seen:
                    continue
                seen.add(key)
                found, count = _Found(form, rule, current, collapsed), count + 1
                yield found
                heapq.heappush(heap, (self._estimate(form), count, found))

    def _written(self, found: _Found) -> Node:
        form, is_start = found.form, found.origin is None
        closed = is_start and not isinstance(self.node, Add | Sub)
        return self.writer.form(form.value, form.factor, form.polynomial, closed=closed)

    def _path(self, found: _Found) -> tuple[TidyStep, ...]:
        """Return the steps from the expression to a form; what is read only is no step of its own."""
        path: list[_Found] = []
        current: _Found | None = found
        while current is not None:
            path.append(current)
            current = current.origin
        path.reverse()
        steps: list[TidyStep] = []
        before = self.node
        for one in path[1:] or path:
            after = self._written(one)
            if after != before:
                steps.append(TidyStep(one.rule, before, after))
                before = after
        return tuple(steps)

    def _estimate(self, form: Form) -> int:
        """Return about how many characters a form has."""
        total = self._length(form.factor) + (0 if abs(form.value) == 1 else 1)
        if len(form.polynomial) > 1:
            for monomial, value in form.polynomial.items():
                total += 1 + self._length(monomial) + (0 if abs(value) == 1 and monomial else 1)
            total += 1 if any(exponent > 0 for _, exponent in form.factor) else -1
        return total

    def _length(self, monomial: Monomial) -> int:
        total = 0
        for index, exponent in monomial:
            length = self._lengths.get(index)
            if length is None:
                node = self.writer.base(index)
                length = self._lengths[index] = visible_length(node) + 2 * isinstance(node, Add | Sub)
            total += length + (0 if exponent in (1, -1) else 1)
        return total


_SLACK = 3
"""Characters by which a form may be estimated too long and is still written."""


def _has_cube_roots(node: Node) -> bool:
    return any(isinstance(part, Call) and part.name == "cbrt" for part in walk(node))


def _terms(node: Node) -> list[Node]:
    """Return the terms of a sum, those that are negative without their sign."""
    terms = []
    while isinstance(node, Add | Sub):
        terms.append(node.right)
        node = node.left
    terms.append(node)
    return [term.argument if isinstance(term, Neg) else term for term in reversed(terms)]


def _with_term(node: Node, old: Node, new: Node) -> Node:
    """Return a sum with one term replaced."""
    if node is old:
        return new
    if isinstance(node, Neg):
        return Neg(_with_term(node.argument, old, new))
    if isinstance(node, Add | Sub):
        left = _with_term(node.left, old, new)
        right = (
            new
            if node.right is old
            else _with_term(node.right, old, new)
            if isinstance(node.right, Neg)
            else node.right
        )
        return type(node)(left, right)
    return node


def best_form(tree: Node, order: Order) -> tuple[TidyStep, ...]:
    """Return the steps from a tidied expression to the form that reads best; none if that is what it is.

    The terms of a sum are looked at first, each by itself, and then the whole.
    """
    if sum(1 for _ in walk(tree)) > MOST_NODES:
        return ()
    steps: list[TidyStep] = []
    if isinstance(tree, Add | Sub):
        for term in _terms(tree):
            if children(term) and visible_length(term) > SHORT:
                steps.extend(_in_sum(tree, term, _Search(term, order).steps()))
                tree = steps[-1].after if steps else tree
    if visible_length(tree) > SHORT:
        steps.extend(_Search(tree, order).steps())
    return tuple(steps)


def _in_sum(tree: Node, term: Node, found: tuple[TidyStep, ...]) -> Iterator[TidyStep]:
    """Yield the steps in one term as steps of the whole sum."""
    for step in found:
        after = _with_term(tree, term, step.after)
        yield TidyStep(step.rule, tree, after)
        tree, term = after, step.after


def without_detours(steps: tuple[TidyStep, ...]) -> tuple[TidyStep, ...]:
    """Return the steps without those that lead away from a form and back to it."""
    kept: list[TidyStep] = []
    for step in steps:
        back = next((place for place, earlier in enumerate(kept) if earlier.before == step.after), None)
        kept = [*kept, step] if back is None else kept[:back]
    return tuple(kept)
