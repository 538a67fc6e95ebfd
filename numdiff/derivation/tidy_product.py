"""Tidying products and fractions. Each function returns the node itself where it finds nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numdiff.derivation.build import EULER, LONGEST_NUMBER, ONE, ZERO, is_decimal, number, product, rational
from numdiff.derivation.settle import minus, plus, settle
from numdiff.derivation.tidy_order import is_fraction
from numdiff.derivation.tidy_parts import (
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
    if max(len(str(value.numerator)), len(str(value.denominator))) > LONGEST_NUMBER:
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


def _into_sum(value: Fraction, factors: Sequence[Node]) -> Node | None:
    """Return a fraction times a sum, ½(2x + 4), multiplied out if that leaves no fraction: x + 2."""
    if value.denominator == 1 or len(factors) != 1 or not isinstance(factors[0], Add | Sub):
        return None
    terms = []
    for negative, term in signed_terms(factors[0]):
        parts = parts_of(term)
        own, decimal, rest = coefficient(parts.above)
        scaled = value * own
        if decimal or parts.below or scaled.denominator != 1:
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


def combine_powers_of(node: Node) -> Node:
    """Return a single power simplified: (√u)² = u, (uᵐ)ⁿ = uᵐⁿ, (eᵘ)² = e²ᵘ."""
    joined = _joined([node])
    return node if joined == [node] else product(joined)


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
        if isinstance(root, Call) and root.name == "sqrt":
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


def absolute(node: Node) -> Node:
    """Return a product with u·sgn u = |u|, |u|·sgn u = u and sgn u/|u| = 1/u used."""
    parts = parts_of(node)
    for place, factor in enumerate(parts.above):
        if isinstance(factor, Call) and factor.name == "sign":
            changed = _with_sign(parts, place, factor.arguments[0])
            if changed is not None:
                return changed.node()
    return node


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
