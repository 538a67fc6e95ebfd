"""Tidying products and fractions. Each function returns the node itself where it finds nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numdiff.derivation.build import EULER, LONGEST_NUMBER, ONE, is_decimal, number, product, rational
from numdiff.derivation.tidy_parts import (
    Parts,
    base_and_exponent,
    coefficient,
    parts_of,
    raised,
    with_half_powers,
    without_ones,
)
from numdiff.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    children,
    integer_literal,
    is_constant,
)


def _is_flat(node: Node) -> bool:
    """Return True for a product whose factors are neither products nor fractions of other than numbers."""
    while isinstance(node, Mul):
        if isinstance(node.right, Mul | Neg) or _is_fraction(node.right):
            return False
        node = node.left
    return not _is_fraction(node) and not isinstance(node, Neg)


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Div) and rational(node) is None


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
            return _is_fraction(node)


def order_factors(node: Node, order: Sequence[str]) -> Node:
    """Return a product with a bracketed product among its factors opened: the simple factors come first."""
    match node:
        case Neg():
            return _if_new(node, Neg(order_factors(node.argument, order)))
        case Div() if rational(node) is None:
            return _if_new(node, Div(order_factors(node.left, order), order_factors(node.right, order)))
        case Mul():
            factors = parts_of(node).above
            if parts_of(node).below or (_is_flat(node) and not _has_late_number(factors)):
                return node
            ordered = sorted(factors, key=lambda factor: _rank(factor, order))
            result = product(ordered)
            return Neg(result) if parts_of(node).negative else result
        case _:
            return node


def _if_new(node: Node, other: Node) -> Node:
    return node if node == other else other


def _has_late_number(factors: Sequence[Node]) -> bool:
    return any(rational(factor) is not None for factor in factors[1:])


def _rank(factor: Node, order: Sequence[str]) -> tuple[int, int]:
    """Return where a factor stands: numbers, constants, powers of variables in their order, functions, brackets."""
    base, _ = base_and_exponent(factor)
    if rational(factor) is not None:
        return 0, 0
    if isinstance(base, Variable):
        return 2, order.index(base.name) if base.name in order else len(order)
    if isinstance(factor, Add | Sub):
        return 4, 0
    if isinstance(factor, Pow) and factor.base == EULER and not is_constant(factor.exponent):
        return 3, 0
    return (1 if is_constant(factor) else 3), 0


def combine_numbers(node: Node) -> Node:
    """Return a product with one number in front, and a fraction's numbers reduced."""
    parts = parts_of(node)
    top, first_decimal, above = coefficient(parts.above)
    bottom, second_decimal, below = coefficient(parts.below)
    if _numbers_are_tidy(parts) or bottom == 0:
        return node
    value = top / bottom
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


def _grouped(factors: Sequence[Node]) -> list[tuple[Node, Fraction, list[Node]]]:
    """Return the distinct bases with the sum of their exponents and the factors they come from, in typed order."""
    groups: dict[Node, tuple[Fraction, list[Node]]] = {}
    for factor in factors:
        base, exponent = base_and_exponent(factor)
        total, members = groups.get(base, (Fraction(0), []))
        groups[base] = (total + exponent, [*members, factor])
    return [(base, total, members) for base, (total, members) in groups.items()]


def _is_square_of_root(node: Node) -> bool:
    return isinstance(node, Pow) and isinstance(node.base, Call) and node.base.name == "sqrt"


def _joined(factors: Sequence[Node]) -> list[Node]:
    """Return the factors with equal bases put together."""
    result: list[Node] = []
    for base, total, members in _grouped(factors):
        single = members[0]
        if isinstance(base, Call) and base.name == "sqrt" and total.denominator == 1 and total % 2 == 0 and total > 0:
            result.append(raised(base.arguments[0], total / 2))
        elif len(members) == 1 and not (isinstance(single, Pow) and single.base != base and total > 0):
            result.append(single)
        elif total > 0 and rational(base) is None:
            result.append(raised(base, total, decimal=any(map(_has_decimal, members))))
        elif total == 0 and rational(base) is None:
            continue
        else:
            result.extend(members)
    return result


def _has_decimal(node: Node) -> bool:
    return isinstance(node, Pow) and is_decimal(node.exponent)


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
    factors: list[Node] = []
    for factor in parts_of(node).above if not parts_of(node).below else [node]:
        exponent = integer_literal(factor.exponent) if isinstance(factor, Pow) else None
        if isinstance(factor, Pow) and isinstance(factor.base, Mul) and exponent is not None and exponent > 0:
            factors.extend(_power(part, exponent) for part in parts_of(factor.base).above)
        else:
            factors.append(factor)
    return product(_joined(factors)) if len(factors) > 1 or isinstance(node, Pow) else node


def _power(node: Node, exponent: int) -> Node:
    value = integer_literal(node)
    if value is not None and len(str(abs(value))) * exponent <= LONGEST_NUMBER:
        return number(value**exponent)
    return Pow(node, number(exponent))


def cancel(node: Node) -> Node:
    """Return a fraction with the factors that stand above and below the line cancelled."""
    inner = node.argument if isinstance(node, Neg) else node
    if not isinstance(inner, Div) or rational(inner) is not None:
        return node
    shorter = _cancel_factors(inner)
    if shorter is inner and isinstance(inner.left, Add | Sub):
        shorter = _cancel_common(inner)
    if shorter is inner:
        return node
    return Neg(shorter) if isinstance(node, Neg) else shorter


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
                decimal = _has_decimal(factor) or _has_decimal(lower)
                above[place] = raised(base, rest, decimal=decimal) if rest > 0 else ONE
                below[other] = raised(base, -rest, decimal=decimal) if rest < 0 else ONE
                found = True
                break
    if not found:
        return node
    return Parts(parts.negative, without_ones(above), without_ones(below)).node()


def _terms(node: Node) -> list[Node]:
    """Return the terms of a sum without their signs."""
    found: list[Node] = []
    while isinstance(node, Add | Sub):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _whole_powers(node: Node) -> dict[Node, int]:
    """Return the bases of a product with their whole positive exponents; nothing for a fraction."""
    parts = parts_of(node)
    if parts.below:
        return {}
    grouped = _grouped(parts.above)
    return {
        base: int(total) for base, total, _ in grouped if total.denominator == 1 and total > 0 and not rational(base)
    }


def _cancel_common(node: Div) -> Node:
    """Return the fraction without a factor common to all terms above the line and the denominator."""
    below = _whole_powers(node.right)
    terms = [_whole_powers(term) for term in _terms(node.left)]
    for base, most in below.items():
        common = min([most, *(powers.get(base, 0) for powers in terms)])
        if common:
            above = _divided_sum(node.left, base, common)
            rest = _divided(node.right, base, common)
            return above if rest == ONE else Div(above, rest)
    return node


def _divided_sum(node: Node, base: Node, exponent: int) -> Node:
    if isinstance(node, Add | Sub):
        return type(node)(_divided_sum(node.left, base, exponent), _divided(node.right, base, exponent))
    return _divided(node, base, exponent)


def _divided(node: Node, base: Node, exponent: int) -> Node:
    """Return a product without base^exponent, which it contains."""
    parts = parts_of(node)
    left = exponent
    result: list[Node] = []
    for factor in parts.above:
        own_base, own = base_and_exponent(factor)
        if own_base == base and left and own.denominator == 1 and own > 0:
            taken = min(left, int(own))
            left -= taken
            if own > taken:
                result.append(raised(base, own - taken))
        else:
            result.append(factor)
    return Parts(parts.negative, result, []).node()


def count_of(node: Node) -> int:
    """Return the number of nodes."""
    return 1 + sum(map(count_of, children(node)))
