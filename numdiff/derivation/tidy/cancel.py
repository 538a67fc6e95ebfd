"""Tidying fractions: what stands above and below the line is cancelled, fractions inside fractions are cleared.

Each function returns the node itself where it finds nothing to do.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from numdiff.derivation.fold_constants import minus, settle
from numdiff.derivation.terms import ONE, rational
from numdiff.derivation.tidy.parts import (
    Parts,
    base_and_exponent,
    count_of,
    has_decimal,
    parts_of,
    raised,
    signed_terms,
    summed,
    with_half_powers,
    without_ones,
)
from numdiff.derivation.tidy.powers import combine_powers
from numdiff.tree import Add, Div, Neg, Node, Sub


def cancel(node: Node) -> Node:
    """Return a fraction with the factors that stand above and below the line cancelled."""
    inner = node.argument if isinstance(node, Neg) else node
    if not isinstance(inner, Div) or rational(inner) is not None:
        return node
    shorter = _cancel_factors(inner)
    if shorter is inner and isinstance(inner.left, Add | Sub):
        shorter = _cancel_sum(inner)
    if shorter is inner and isinstance(inner.left, Add | Sub):
        shorter = _cancel_common(inner)
    if shorter is inner:
        return node
    return Neg(shorter) if isinstance(node, Neg) else shorter


def _cancel_sum(node: Div) -> Node:
    """Return the fraction without a sum that stands above the line and, its terms in any order, below it."""
    parts = parts_of(node.right)
    if parts.below:
        return node
    terms = Counter(signed_terms(node.left))
    for place, factor in enumerate(parts.above):
        if isinstance(factor, Add | Sub) and Counter(signed_terms(factor)) == terms:
            below = [*parts.above[:place], *parts.above[place + 1 :]]
            return Parts(parts.negative, [ONE], below).node()
    return node


def _cancel_factors(node: Div) -> Node:
    parts = parts_of(node)
    above, below = without_ones(parts.above), without_ones(parts.below)
    found = False
    for place, factor in enumerate(list(above)):
        base, exponent = with_half_powers(factor)
        for other, lower in enumerate(list(below)):
            low_base, low_exponent = with_half_powers(lower)
            usable = rational(base) is None and exponent > 0 and low_exponent > 0
            if base == low_base and usable and above[place] == factor and below[other] == lower:
                rest = exponent - low_exponent
                decimal = has_decimal(factor) or has_decimal(lower)
                above[place] = raised(base, rest, decimal=decimal) if rest > 0 else ONE
                below[other] = raised(base, -rest, decimal=decimal) if rest < 0 else ONE
                found = True
                break
    if not found:
        return node
    return Parts(parts.negative, without_ones(above), without_ones(below)).node()


def _powers(node: Node) -> dict[Node, Fraction]:
    """Return the bases of a product with their exponents, all positive; nothing for a fraction."""
    parts = parts_of(node)
    found: dict[Node, Fraction] = {}
    for base, exponent in map(with_half_powers, [] if parts.below else parts.above):
        if exponent > 0 and rational(base) is None:
            found[base] = found.get(base, Fraction(0)) + exponent
    return found


def _cancel_common(node: Div) -> Node:
    """Return the fraction without a factor common to all terms above the line and the denominator."""
    below = _powers(node.right)
    terms = [_powers(term) for _, term in signed_terms(node.left)]
    for base, most in below.items():
        common = min([most, *(powers.get(base, Fraction(0)) for powers in terms)])
        if common:
            above = summed([(sign, _divided(term, base, common)) for sign, term in signed_terms(node.left)])
            rest = _divided(node.right, base, common)
            return above if rest == ONE else Div(above, rest)
    return node


def _divided(node: Node, base: Node, exponent: Fraction) -> Node:
    """Return a product without base^exponent, which it contains."""
    parts = parts_of(node)
    left = exponent
    result: list[Node] = []
    for factor in parts.above:
        own_base, own = with_half_powers(factor)
        if own_base == base and left and own > 0:
            taken = min(left, own)
            left -= taken
            if own > taken:
                result.append(raised(base, own - taken, decimal=has_decimal(factor)))
        else:
            result.append(factor)
    return Parts(parts.negative, result, []).node()


def clear_fractions(node: Node) -> Node:
    """Return a fraction with fractions among the terms above the line brought into one: (1 + 1/x)/y = (x + 1)/(xy).

    Only where it does not get longer.
    """
    inner = node.argument if isinstance(node, Neg) else node
    if not isinstance(inner, Div) or not isinstance(inner.left, Add | Sub):
        return node
    factors = _denominators(inner.left)
    if not factors or _is_long(inner.left, factors):
        return node
    above = _cleared(inner.left, factors)
    below = parts_of(inner.right)
    result = Parts(below.negative, [above], [*below.above, *factors]).node()
    if below.below or count_of(result) > count_of(inner) + MARGIN:
        return node
    return minus(result) if isinstance(node, Neg) else result


def clear_below(node: Node) -> Node:
    """Return a fraction with fractions in a sum below the line cleared: 1/(x²·(1 + 1/x²)) = 1/(x² + 1).

    Only where it gets shorter.
    """
    inner = node.argument if isinstance(node, Neg) else node
    if not isinstance(inner, Div):
        return node
    parts = parts_of(inner)
    for place, factor in enumerate(parts.below):
        base, exponent = base_and_exponent(factor)
        factors = _denominators(base) if isinstance(base, Add | Sub) else []
        if not factors or exponent <= 0 or exponent.denominator != 1 or _is_long(base, factors):
            continue
        above = [*(_to_the(exponent, one) for one in factors), *parts.above]
        below = [*parts.below[:place], _to_the(exponent, _cleared(base, factors)), *parts.below[place + 1 :]]
        whole = Parts(parts.negative, without_ones(above), below).node()
        result = _cancelled(whole)
        if count_of(result) < count_of(inner):
            return minus(result) if isinstance(node, Neg) else result
    return node


def _to_the(exponent: Fraction, node: Node) -> Node:
    base, own = base_and_exponent(node)
    return raised(base, own * exponent)


def _cancelled(node: Node) -> Node:
    """Return a fraction with all that it can be cancelled by cancelled."""
    shorter = cancel(node)
    return shorter if shorter is node else _cancelled(shorter)


def _denominators(node: Node) -> list[Node]:
    """Return the factors by which a sum has to be multiplied so that no fraction is left; none if there is none."""
    common: dict[Node, Fraction] = {}
    for _, term in signed_terms(node):
        for base, exponent in map(with_half_powers, parts_of(term).below):
            if exponent <= 0:
                return []
            common[base] = max(common.get(base, Fraction(0)), exponent)
    return [raised(base, exponent) for base, exponent in common.items()]


def _is_long(node: Node, factors: list[Node]) -> bool:
    """Return True if a sum times the factors is far too long to be shorter than the fractions in it."""
    return len(factors) * sum(1 for _ in signed_terms(node)) > _MOST_PRODUCTS


def _cleared(node: Node, factors: list[Node]) -> Node:
    """Return a sum times the factors that clear its fractions."""
    terms = [(sign, parts_of(term)) for sign, term in signed_terms(node)]
    return summed([(sign ^ parts.negative, _times(parts, factors)) for sign, parts in terms])


_MOST_PRODUCTS = 256
"""Terms times factors beyond which fractions are not cleared."""
MARGIN = 8
"""By how many nodes a fraction may grow when the fractions inside it are cleared."""


def _times(parts: Parts, factors: list[Node]) -> Node:
    """Return a term times factors that cancel all that is below its line."""
    whole = Parts(False, without_ones([*factors, *parts.above]), parts.below).node()
    return settle(combine_powers(_cancel_factors(whole) if isinstance(whole, Div) else whole))
