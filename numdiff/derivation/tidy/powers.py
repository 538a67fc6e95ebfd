"""Tidying powers. Each function returns the node itself where it finds nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numdiff.derivation.fold_constants import minus, plus, settle
from numdiff.derivation.terms import EULER, LONGEST_NUMBER, ONE, ZERO, is_decimal, is_short, number, product, rational
from numdiff.derivation.tidy.parts import (
    Parts,
    base_and_exponent,
    coefficient,
    count_of,
    grouped,
    has_decimal,
    parts_of,
    raised,
    signed_terms,
    summed,
)
from numdiff.tree import Call, Div, Mul, Neg, Node, Number, Pow, Sub, integer_literal

LONGEST_DECIMAL = 8
"""Characters of a decimal that a power is worked out to; a longer one stays a power."""


def _if_new(node: Node, other: Node) -> Node:
    return node if node == other else other


def _exponent_of_e(node: Node) -> Node | None:
    """Return u for eᵘ and n·u for (eᵘ)ⁿ with a whole n; None for anything else."""
    if not isinstance(node, Pow):
        return None
    if node.base == EULER:
        return node.exponent
    inner, times = _exponent_of_e(node.base), integer_literal(node.exponent)
    return None if inner is None or times is None else settle(Mul(number(times), inner))


def _with_symbols(factors: Sequence[Node]) -> list[Node]:
    """Return the factors with x·x^(a − 1) as x^a."""
    result = list(factors)
    for factor in factors:
        if not (isinstance(factor, Pow) and isinstance(factor.exponent, Sub)) or factor not in result:
            continue
        lowered = integer_literal(factor.exponent.right)
        for place, other in enumerate(result):
            base, own = base_and_exponent(other)
            if base == factor.base and lowered is not None and own.denominator == 1 and 0 < own <= lowered:
                left, rest = factor.exponent.left, lowered - int(own)
                result[place] = Pow(base, Sub(left, number(rest)) if rest else left)
                result.remove(factor)
                break
    return result


def _one_exponential(factors: Sequence[Node]) -> list[Node]:
    """Return the factors with powers of e put together where the exponent gets shorter: eˣ·e⁻ˣ is gone."""
    exponents = {place: _exponent_of_e(factor) for place, factor in enumerate(factors)}
    found = [(place, exponent) for place, exponent in exponents.items() if exponent is not None]
    changed = [place for place, _ in found if isinstance(factors[place], Pow) and _is_nested(factors[place])]
    if len(found) < 2 and not changed:
        return list(factors)
    total = _cancelled([(False, exponent) for _, exponent in found])
    longest = max(count_of(exponent) for _, exponent in found)
    if count_of(total) > longest:
        return list(factors)
    first = found[0][0]
    one = [] if total == ZERO else [Pow(EULER, total)]
    return [
        part
        for place, factor in enumerate(factors)
        for part in ((one if place == first else []) if exponents[place] is not None else [factor])
    ]


def _is_nested(node: Node) -> bool:
    return isinstance(node, Pow) and isinstance(node.base, Pow)


def _cancelled(terms: Sequence[tuple[bool, Node]]) -> Node:
    """Return a sum of exponents with equal ones counted and opposite ones gone."""
    counts: dict[Node, Fraction] = {}
    for negative, given in terms:
        for sign, term in signed_terms(given, negative):
            parts = parts_of(term)
            value, _, rest = (Fraction(1), False, [term]) if parts.below else coefficient(parts.above)
            key = product(rest)
            is_negative = sign ^ (parts.negative and not parts.below)
            counts[key] = counts.get(key, Fraction(0)) + (-value if is_negative else value)
    if not all(map(is_short, counts.values())):
        return summed(terms)
    total: Node = ZERO
    for term, count in counts.items():
        if count:
            size = abs(count)
            written = number(size) if term == ONE else term if size == 1 else Mul(number(size), term)
            total = plus(total, minus(written) if count < 0 else written)
    return total


def _joined(factors: Sequence[Node]) -> list[Node]:
    """Return the factors with equal bases put together."""
    result: list[Node] = []
    for base, total, members in grouped(_with_symbols(_one_exponential(factors))):
        single = members[0]
        if isinstance(base, Call) and base.name == "sqrt" and total.denominator == 1 and total % 2 == 0 and total > 0:
            result.append(raised(base.arguments[0], total / 2))
        elif len(members) == 1 and not (isinstance(single, Pow) and single.base != base and total > 0):
            result.append(single)
        elif total > 0 and rational(base) is None:
            result.append(raised(base, total, decimal=any(map(has_decimal, members))))
        elif total == 0 and rational(base) is None:
            continue
        else:
            result.extend(members)
    return result


def combine_powers(node: Node) -> Node:
    """Return a product with powers of the same base put together, above the line and below it."""
    match node:
        case Neg():
            return _if_new(node, Neg(combine_powers(node.argument)))
        case Div() if rational(node) is None:
            above = combine_powers(node.left) if isinstance(node.left, Mul | Pow) else node.left
            return _if_new(node, Div(above, _powers_below(node.right)))
        case Mul() | Pow():
            parts = parts_of(node)
            if parts.below or parts.negative:
                return node
            joined = _joined(parts.above)
            return node if joined == parts.above else product(joined)
        case _:
            return node


def _powers_below(node: Node) -> Node:
    """Return a denominator with the powers of its products opened, as (2x)² = 4x², and put together."""
    parts = parts_of(node)
    if parts.below or parts.negative:
        return node
    factors: list[Node] = []
    for factor in parts.above:
        factors.extend(_opened(factor))
    return product(_with_roots(_joined(factors))) if len(factors) > 1 or isinstance(node, Pow) else node


def _opened(factor: Node) -> list[Node]:
    """Return the factors of (uv)ⁿ, each to the n; any other factor as it is."""
    exponent = integer_literal(factor.exponent) if isinstance(factor, Pow) else None
    if not isinstance(factor, Pow) or not isinstance(factor.base, Mul) or exponent is None or exponent <= 0:
        return [factor]
    parts = parts_of(factor.base)
    return [factor] if parts.below or parts.negative else [_power(part, exponent) for part in parts.above]


def _with_roots(factors: Sequence[Node]) -> list[Node]:
    """Return the factors with b·√b as b^(3/2)."""
    result = list(factors)
    for root in factors:
        if isinstance(root, Call) and root.name == "sqrt" and root in result:  # √x may have become a power of itself
            base = root.arguments[0]
            for place, factor in enumerate(result):
                own_base, own = base_and_exponent(factor)
                if own_base == base and own > 0:
                    result[place] = raised(base, own + Fraction(1, 2), decimal=has_decimal(factor))
                    result.remove(root)
                    break
    return result


def _power(node: Node, exponent: int) -> Node:
    value = integer_literal(node)
    if value is not None and len(str(abs(value))) * exponent <= LONGEST_NUMBER:
        return number(value**exponent)
    return Pow(node, number(exponent))


def open_powers(node: Node, kept: frozenset[Node]) -> Node:
    """Return a product with the powers of products and fractions among its factors opened: (2u/v)² = 4u²/v².

    A kept one stays closed, unless a part of it stands among the other factors too: u²·(v/u)² = u²·v²/u².
    """
    parts = parts_of(node)
    result = Parts(parts.negative, [], [])
    for factors, upper, lower in (
        (parts.above, result.above, result.below),
        (parts.below, result.below, result.above),
    ):
        for factor in factors:
            opened = _taken_apart(factor)
            if opened is None or (factor in kept and not _meets(factor, parts)):
                upper.append(factor)
                continue
            result.negative ^= opened.negative
            upper.extend(opened.above)
            lower.extend(opened.below)
    return node if result == parts else result.node()


def _taken_apart(factor: Node) -> Parts | None:
    """Return the parts of (u/v)ⁿ, each to the n; None for what is not a power of a product or a fraction."""
    exponent = integer_literal(factor.exponent) if isinstance(factor, Pow) else None
    if not isinstance(factor, Pow) or exponent is None or exponent < 2 or rational(factor.base) is not None:
        return None
    if not isinstance(factor.base, Mul | Div | Neg):
        return None
    inner = parts_of(factor.base)
    above, below = (_each_to(exponent, side) for side in (inner.above, inner.below))
    if above is None or below is None:
        return None
    return Parts(inner.negative and exponent % 2 == 1, above, below)


def _each_to(exponent: int, factors: Sequence[Node]) -> list[Node] | None:
    powers = [_power_of(factor, exponent) for factor in factors]
    readable = [power for power in powers if power is not None]
    return readable if len(readable) == len(powers) else None


def _power_of(node: Node, exponent: int) -> Node | None:
    """Return node to the power, worked out for a number; None if that is too long to read."""
    value = rational(node)
    if value is None:
        return Pow(node, number(exponent))
    digits = max(len(str(value.numerator)), len(str(value.denominator)))
    if (digits - 1) * exponent > LONGEST_NUMBER:
        return None
    written = number(value**exponent, decimal=is_decimal(node))
    is_readable = len(written.text) <= LONGEST_DECIMAL if is_decimal(node) and isinstance(written, Number) else True
    return written if is_readable else None


def _meets(factor: Node, parts: Parts) -> bool:
    """Return True if a part of the power's base stands among the other factors as well."""
    assert isinstance(factor, Pow)
    inner = parts_of(factor.base)
    own = {base_and_exponent(part)[0] for part in (*inner.above, *inner.below)}
    others = (other for other in (*parts.above, *parts.below) if other is not factor)
    return any(base_and_exponent(other)[0] in own for other in others)
