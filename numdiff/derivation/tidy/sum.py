"""Tidying sums. Each function returns the node itself where it finds nothing to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from numdiff.derivation.terms import ONE, ZERO, is_short, number, product
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.parts import Parts, Term, coefficient, count_of, parts_of, signed_terms, summed
from numdiff.derivation.tidy.powers import combine_powers
from numdiff.derivation.tidy.product import combine_numbers
from numdiff.tree import Add, Div, Mul, Neg, Node, Pow, Sub, integer_literal

MOST_TERMS = 8
"""A numerator is multiplied out only up to so many terms."""


def _has_bracket(node: Node) -> bool:
    """Return True if a term of the sum is a sum in brackets or has a sign of its own."""
    first = True
    while isinstance(node, Add | Sub):
        right = node.right
        if isinstance(right, Add | Sub | Neg):
            return True
        node, first = node.left, False
    return not first and isinstance(node, Neg) and isinstance(node.argument, Add | Sub)


def open_brackets(node: Node) -> Node:
    """Return u − (v + w) as u − v − w."""
    return summed(signed_terms(node)) if _has_bracket(node) else node


Key = tuple[frozenset[tuple[Node, int]], frozenset[tuple[Node, int]]]


def _key(node: Node) -> tuple[Key, Fraction, bool]:
    """Return what makes two terms alike, the number in front, and whether it is a decimal."""
    parts = parts_of(node)
    top, first, above = coefficient(parts.above)
    bottom, second, below = coefficient(parts.below)
    if bottom == 0:
        return (frozenset({(node, 1)}), frozenset()), Fraction(1), False
    value = top / bottom
    alike = frozenset(Counter(above).items()), frozenset(Counter(below).items())
    return alike, -value if parts.negative else value, first or second


def collect(node: Node) -> Node:
    """Return a sum with like terms put together, at the place of the first of them."""
    terms = signed_terms(node)
    found: dict[Key, list[tuple[Fraction, bool, Node]]] = {}
    for negative, term in terms:
        key, value, decimal = _key(term)
        found.setdefault(key, []).append((-value if negative else value, decimal, term))
    if all(len(members) == 1 for members in found.values()):
        return node
    result: list[Term] = []
    for members in found.values():
        if len(members) == 1 or not is_short(_sum(members)):
            result.extend(_signed(value, term) for value, _, term in members)
        elif total := _total(members):
            result.append(total)
    return summed(result) if len(result) < len(terms) else node


def _sum(members: Sequence[tuple[Fraction, bool, Node]]) -> Fraction:
    return sum((value for value, _, _ in members), Fraction(0))


def _signed(value: Fraction, term: Node) -> Term:
    """Return a term with the sign that it has in its sum."""
    _, own, _ = _key(term)
    return (value < 0) != (own < 0), term


def _total(members: Sequence[tuple[Fraction, bool, Node]]) -> Term | None:
    """Return the sum of like terms; None if it is 0."""
    total = _sum(members)
    if total == 0:
        return None
    parts = parts_of(members[0][2])
    _, _, above = coefficient(parts.above)
    _, _, below = coefficient(parts.below)
    written = number(abs(total), decimal=any(decimal for _, decimal, _ in members))
    if isinstance(written, Div) and below:
        top, bottom = number(abs(total).numerator), number(abs(total).denominator)
        upper = above if top == ONE and above else [top, *above]
        return total < 0, Parts(False, upper, [bottom, *below]).node()
    front = [] if written == ONE and above else [written]
    return total < 0, Parts(False, [*front, *above], below).node()


def _multiplied_out(node: Node) -> list[Term]:
    """Return the terms of a product of sums multiplied out; more than :data:`MOST_TERMS` of them are not finished."""
    match node:
        case Add() | Sub() | Neg():
            opened = signed_terms(node)
            terms: list[Term] = []
            for negative, term in opened:
                terms += [(negative != sign, part) for sign, part in _multiplied_out(term)]
            return terms
        case Mul():
            left, right = _multiplied_out(node.left), _multiplied_out(node.right)
            if len(left) * len(right) > MOST_TERMS:
                return [(False, node)]
            return [(a != b, _times(one, two)) for a, one in left for b, two in right]
        case Pow(base, exponent) if integer_literal(exponent) == 2 and isinstance(base, Add | Sub):
            return _multiplied_out(Mul(base, base))
        case _:
            return [(False, node)]


def _times(one: Node, two: Node) -> Node:
    if one == ONE:
        return two
    return one if two == ONE else Mul(one, two)


def _in_order(term: Node, order: Order) -> Node:
    """Return a term with its factors in order and equal ones put together; a fraction as it is."""
    parts = parts_of(term)
    if parts.below or parts.negative:
        return term
    # a second time: eˣ·eˣ becomes (eˣ)² first
    return combine_powers(combine_powers(combine_numbers(product(sorted(parts.above, key=order.rank)))))


def expand(node: Node, order: Order) -> Node:
    """Return a fraction whose numerator gets shorter when multiplied out with that done."""
    inner = node.argument if isinstance(node, Neg) else node
    if not isinstance(inner, Div) or not isinstance(inner.left, Add | Sub):
        return node
    above = collect(summed([(negative, _in_order(term, order)) for negative, term in _multiplied_out(inner.left)]))
    if count_of(above) >= count_of(inner.left):
        return node
    if above == ZERO:
        return ZERO
    shorter = Div(above, inner.right)
    return Neg(shorter) if isinstance(node, Neg) else shorter


def lead_with_plus(node: Node) -> Node:
    """Return −(−u + v) as u − v, also above the line of a fraction."""
    inner, negative = (node.argument, True) if isinstance(node, Neg) else (node, False)
    top = inner.left if isinstance(inner, Div) else inner
    if not isinstance(top, Add | Sub) or (isinstance(inner, Add | Sub) and not negative):
        return node
    terms = signed_terms(top)
    if not terms[0][0] or not (negative or all(sign for sign, _ in terms)):
        return node
    turned = summed([(not sign, term) for sign, term in terms])
    result = Div(turned, inner.right) if isinstance(inner, Div) else turned
    return result if negative else Neg(result)
