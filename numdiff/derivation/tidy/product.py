"""Tidying products and fractions. Each function returns the node itself where it finds nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numdiff.derivation.check.domains import is_nonnegative
from numdiff.derivation.terms import ONE, is_decimal, is_short, number, product, rational
from numdiff.derivation.tidy.order import is_fraction
from numdiff.derivation.tidy.parts import (
    Parts,
    coefficient,
    parts_of,
    raised,
    signed_terms,
    summed,
    without_ones,
)
from numdiff.tree import Add, Call, Div, Mul, Neg, Node, Number, Pow, Sub, integer_literal


def one_fraction(node: Node) -> Node:
    """Return u·(v/w) as uv/w and (u/v)/w as u/(vw)."""
    inner = node.argument if isinstance(node, Neg) else node
    if isinstance(inner, Div):
        sides = (inner.left, inner.right)
        if not any(_has_fraction(side) for side in sides):
            return node
    elif not _has_fraction(inner):
        return node
    parts = parts_of(node)
    above = without_ones(parts.above)
    return Parts(parts.negative, above, without_ones(parts.below)).node()


def _has_fraction(node: Node) -> bool:
    """Return True if a factor of the product is a fraction."""
    match node:
        case Mul():
            return _has_fraction(node.left) or _has_fraction(node.right)
        case Neg():
            return _has_fraction(node.argument)
        case _:
            return is_fraction(node)


def _if_new(node: Node, other: Node) -> Node:
    return node if node == other else other


def combine_numbers(node: Node) -> Node:
    """Return a product with one number in front, and a fraction's numbers reduced."""
    parts = parts_of(node)
    shorter = Parts(parts.negative, [*map(_reduced, parts.above)], [*map(_reduced, parts.below)])
    if shorter != parts:
        return shorter.node()
    top, first_decimal, above = coefficient(parts.above)
    bottom, second_decimal, below = coefficient(parts.below)
    if bottom == 0:
        return node
    value = top / bottom
    spread = None if below or first_decimal or second_decimal else _into_sum(-value if parts.negative else value, above)
    if spread is not None:
        return spread
    if _numbers_are_tidy(parts):
        return node
    if value == 0:
        return Number("0")
    negative = parts.negative ^ (value < 0)
    value, decimal = abs(value), first_decimal or second_decimal
    if not is_short(value):
        return node
    written = number(value, decimal=decimal)
    if is_decimal(written) or (not parts.below and (value.denominator == 1 or not decimal)):
        front = [written] if value != 1 or not above else []
        if not below:
            return Parts(negative, [*front, *above], []).node()
        return Parts(negative, [*front, *above], below).node()
    if decimal:
        return node
    upper = [number(value.numerator)] if value.numerator != 1 or not above else []
    lower = [number(value.denominator)] if value.denominator != 1 else []
    return Parts(negative, [*upper, *above], [*lower, *below]).node()


def _reduced(factor: Node) -> Node:
    """Return a fraction of two integers in lowest terms, 4/6 as 2/3 and 2/2 as 1; any other factor as it is."""
    value = rational(factor) if isinstance(factor, Div) else None
    if value is None or not is_short(value):
        return factor
    return number(value)


def _into_sum(value: Fraction, factors: Sequence[Node]) -> Node | None:
    """Return a fraction times a sum, ½(2x + 4), multiplied out if that leaves no fraction: x + 2."""
    if value.denominator == 1 or len(factors) != 1 or not isinstance(factors[0], Add | Sub):
        return None
    terms = []
    for negative, term in signed_terms(factors[0]):
        parts = parts_of(term)
        own, decimal, rest = coefficient(parts.above)
        scaled = value * own
        if decimal or parts.below or scaled.denominator != 1 or not is_short(scaled):
            return None
        front = [number(abs(scaled))] if abs(scaled) != 1 or not rest else []
        terms.append((negative ^ parts.negative ^ (scaled < 0), product([*front, *rest])))
    return summed(terms)


def _numbers_are_tidy(parts: Parts) -> bool:
    above = [place for place, factor in enumerate(parts.above) if rational(factor) is not None]
    below = [place for place, factor in enumerate(parts.below) if rational(factor) is not None]
    if above not in ([], [0]) or below not in ([], [0]):
        return False
    if not parts.below:
        return True
    first = parts.above[0] if above else ONE
    second = parts.below[0] if below else ONE
    if above and first == ONE and len(parts.above) > 1:
        return False
    one, two = integer_literal(first), integer_literal(second)
    if one is None or two is None:
        return not (below and above) and not any(map(_is_front_fraction, (first, second)))
    return Fraction(one, two).denominator == abs(two) if two else True


def _is_front_fraction(node: Node) -> bool:
    return isinstance(node, Div)


def absolute(node: Node) -> Node:
    """Return a product with u·sgn u = |u|, |u|·sgn u = u, sgn u/|u| = 1/u and |u| = u for u ≥ 0 used."""
    parts = parts_of(node)
    plain = Parts(parts.negative, [*map(_without_bars, parts.above)], [*map(_without_bars, parts.below)])
    if plain != parts:
        return plain.node()
    for place, factor in enumerate(parts.above):
        if isinstance(factor, Call) and factor.name == "sign":
            changed = _with_sign(parts, place, factor.arguments[0])
            if changed is not None:
                return changed.node()
    return node


def _without_bars(factor: Node) -> Node:
    """Return |√u| as √u, and |u| as u for any other u that is seen not to be negative."""
    is_plain = isinstance(factor, Call) and factor.name == "abs" and is_nonnegative(factor.arguments[0])
    return factor.arguments[0] if isinstance(factor, Call) and is_plain else factor


def _with_sign(parts: Parts, place: int, u: Node) -> Parts | None:
    """Return the parts without sgn u, which stands at the place above the line; None if nothing goes with it."""
    size = Call("abs", (u,))
    above = [factor for other, factor in enumerate(parts.above) if other != place]
    for seek, put in ((u, size), (size, u)):
        if seek in above:
            where = above.index(seek)
            return Parts(parts.negative, [*above[:where], put, *above[where + 1 :]], parts.below)
    for where, factor in enumerate(above):
        if isinstance(factor, Pow) and factor.base == size and (integer_literal(factor.exponent) or 0) > 1:
            power = integer_literal(factor.exponent) or 0
            lowered = raised(size, Fraction(power - 1))
            return Parts(parts.negative, [*above[:where], u, lowered, *above[where + 1 :]], parts.below)
    if size in parts.below:
        where = parts.below.index(size)
        return Parts(parts.negative, above, [*parts.below[:where], u, *parts.below[where + 1 :]])
    return None
