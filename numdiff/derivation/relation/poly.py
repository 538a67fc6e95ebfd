"""Polynomials in several symbols with rational coefficients, exact: what proofs about f and f′ are computed in.

Symbols are whole numbers; what they stand for is kept elsewhere. A polynomial is a dictionary from monomials to
nonzero coefficients; a monomial is a sorted tuple of pairs (symbol, exponent ≥ 1). The greatest common divisor is that
of primitive remainder sequences (Knuth, The Art of Computer Programming, vol. 2, 4.6.1), one variable after another.

Every loop counts its work against a :class:`~numdiff.budget.Budget`, so that no input can take long: one operation is
a sum or product of two terms with short coefficients.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import gcd as integer_gcd
from typing import TypeAlias

from numdiff.budget import Budget, OutOfBudgetError

Monomial: TypeAlias = tuple[tuple[int, int], ...]
Poly: TypeAlias = Mapping[Monomial, Fraction]

ZERO: Poly = {}
UNIT: Monomial = ()

LONGEST = 4000
"""Terms of a polynomial, above which the attempt is given up."""
LARGEST_DEGREE = 400
LONGEST_COEFFICIENT = 4_000
"""Bits of a coefficient."""

_PRIME = 2**61 - 1


_BITS_PER_OPERATION = 512
"""Coefficients of so many bits more cost as much as one more operation."""
_STEPS_PER_OPERATION = 16
"""Steps modulo a prime that cost as much as one operation."""


def constant(value: Fraction | int) -> Poly:
    """Return the constant polynomial."""
    return {UNIT: Fraction(value)} if value else {}


def symbol(index: int, power: int = 1) -> Poly:
    """Return a power of a symbol."""
    return {((index, power),): Fraction(1)}


def add(a: Poly, b: Poly, factor: Fraction | int = 1) -> Poly:
    """Return a + factor·b."""
    total = dict(a)
    for monomial, coefficient in b.items():
        value = total.get(monomial, 0) + factor * coefficient
        if value:
            total[monomial] = Fraction(value)
        else:
            total.pop(monomial, None)
    return total


def times(a: Monomial, b: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not a:
        return b
    if not b:
        return a
    powers = dict(a)
    for index, power in b:
        powers[index] = powers.get(index, 0) + power
    return tuple(sorted(powers.items()))


def over(a: Monomial, b: Monomial) -> Monomial | None:
    """Return the quotient of two monomials, None if it is none."""
    powers = dict(a)
    for index, power in b:
        left = powers.get(index, 0) - power
        if left < 0:
            return None
        if left:
            powers[index] = left
        else:
            del powers[index]
    return tuple(sorted(powers.items()))


def multiply(a: Poly, b: Poly, budget: Budget) -> Poly:
    """Return the product.

    Raises
    ------
    OutOfBudgetError
        If it is too long, of too high a degree, has too long coefficients, or the budget is spent.
    """
    budget.spend(len(a) * len(b) * (1 + (_bits(a) + _bits(b)) // _BITS_PER_OPERATION))
    total: dict[Monomial, Fraction] = {}
    for left, x in a.items():
        for right, y in b.items():
            monomial = times(left, right)
            total[monomial] = total.get(monomial, Fraction(0)) + x * y
    product = {monomial: value for monomial, value in total.items() if value}
    _check_size(product)
    return product


def _bits(a: Poly) -> int:
    """Return the length of the longest coefficient."""
    return max((value.numerator.bit_length() + value.denominator.bit_length() for value in a.values()), default=0)


def _check_size(a: Poly) -> None:
    if len(a) > LONGEST:
        raise OutOfBudgetError
    for monomial, value in a.items():
        if any(power > LARGEST_DEGREE for _, power in monomial):
            raise OutOfBudgetError
        if value.numerator.bit_length() + value.denominator.bit_length() > LONGEST_COEFFICIENT:
            raise OutOfBudgetError


def scale(a: Poly, factor: Fraction | int) -> Poly:
    """Return factor·a."""
    return {monomial: value * factor for monomial, value in a.items()} if factor else {}


def power(a: Poly, n: int, budget: Budget) -> Poly:
    """Return a to the power n ≥ 0."""
    if len(a) == 1:
        ((monomial, value),) = a.items()
        if n * max((p for _, p in monomial), default=0) > LARGEST_DEGREE:
            raise OutOfBudgetError
        if n * max(value.numerator.bit_length(), value.denominator.bit_length()) > 4 * LONGEST_COEFFICIENT:
            raise OutOfBudgetError
        return {tuple((index, p * n) for index, p in monomial if p * n): value**n}
    if n > LARGEST_DEGREE:
        raise OutOfBudgetError
    result = constant(1)
    for _ in range(n):
        result = multiply(result, a, budget)
    return result


def symbols(a: Poly) -> set[int]:
    """Return the symbols that occur."""
    return {index for monomial in a for index, _ in monomial}


def degree(a: Poly, index: int) -> int:
    """Return the degree in one symbol; 0 for the zero polynomial."""
    return max((dict(monomial).get(index, 0) for monomial in a), default=0)


def coefficients(a: Poly, index: int) -> dict[int, Poly]:
    """Return the coefficients of the powers of one symbol, polynomials in the others."""
    parts: dict[int, dict[Monomial, Fraction]] = {}
    for monomial, value in a.items():
        rest = tuple(pair for pair in monomial if pair[0] != index)
        parts.setdefault(dict(monomial).get(index, 0), {})[rest] = value
    return dict(parts)


def assemble(parts: Mapping[int, Poly], index: int) -> Poly:
    """Return the polynomial with these coefficients of the powers of one symbol."""
    total: dict[Monomial, Fraction] = {}
    for n, part in parts.items():
        for monomial, value in part.items():
            total[times(monomial, ((index, n),)) if n else monomial] = value
    return total


def content(a: Poly) -> Fraction:
    """Return the rational number, positive, by which a is a polynomial with coprime whole coefficients."""
    numerator = reduce(integer_gcd, (value.numerator for value in a.values()), 0)
    denominator = 1
    for value in a.values():
        denominator = denominator * value.denominator // integer_gcd(denominator, value.denominator)
    return Fraction(numerator, denominator) if numerator else Fraction(1)


def leading(a: Poly) -> tuple[Monomial, Fraction]:
    """Return the leading term in the lexicographic order, the lowest symbol first."""
    monomial = max(a, key=_rank)
    return monomial, a[monomial]


def _rank(monomial: Monomial) -> tuple[tuple[int, int], ...]:
    """Return a key for the lexicographic order in which a lower symbol counts for more."""
    return tuple((-index, power) for index, power in monomial)


def divide(a: Poly, b: Poly, budget: Budget) -> Poly | None:
    """Return a/b if it is a polynomial, else None."""
    budget.spend(len(a))
    if len(b) == 1:
        ((bottom, value),) = b.items()
        parts = {over(monomial, bottom): x / value for monomial, x in a.items()}
        return None if None in parts else {m: x for m, x in parts.items() if m is not None}
    head, lead = leading(b)
    rest = dict(a)
    quotient: dict[Monomial, Fraction] = {}
    while rest:
        budget.spend((len(rest) + len(b)) * (1 + _bits(b) // _BITS_PER_OPERATION))
        top, value = leading(rest)
        monomial = over(top, head)
        if monomial is None:
            return None
        factor = value / lead
        quotient[monomial] = factor
        rest = dict(add(rest, {times(monomial, m): x for m, x in b.items()}, -factor))
        if len(rest) > LONGEST:
            raise OutOfBudgetError
    return quotient


def gcd(a: Poly, b: Poly, budget: Budget) -> Poly:
    """Return the greatest common divisor, with coprime whole coefficients and a positive leading one."""
    budget.spend(len(a) + len(b))
    if not a or not b:
        return primitive(a or b)
    if len(a) == 1 or len(b) == 1:
        return {_common_monomial((*a, *b)): Fraction(1)}
    shared = symbols(a) & symbols(b)
    if not shared:
        return constant(1)
    only = next(iter(symbols(a) ^ symbols(b)), None)
    if only is not None:
        longer, other = (a, b) if only in symbols(a) else (b, a)
        return _gcd_of((other, *coefficients(longer, only).values()), budget)
    for index in shared:
        steps = (1 + degree(a, index)) * (1 + degree(b, index))
        budget.spend(len(a) + len(b) + steps // _STEPS_PER_OPERATION)
        if may_share(a, b, index) == 0:
            return _gcd_of((*coefficients(a, index).values(), *coefficients(b, index).values()), budget)
    shorter, longer = sorted((a, b), key=len)
    if divide(longer, shorter, budget) is not None:
        return primitive(shorter)
    index = min(shared, key=lambda s: max(degree(a, s), degree(b, s)))
    inner_a, inner_b = coefficients(a, index), coefficients(b, index)
    content_a, content_b = _gcd_of(inner_a.values(), budget), _gcd_of(inner_b.values(), budget)
    common = gcd(content_a, content_b, budget)
    part = _remainders(_exact(a, content_a, budget), _exact(b, content_b, budget), index, budget)
    return primitive(multiply(common, part, budget))


def may_share(a: Poly, b: Poly, index: int) -> int:
    """Return a bound of the degree of the greatest common divisor in a symbol.

    It is the degree of that of their images where the other symbols are numbers, modulo a prime (Knuth, 4.6.1): it can
    only be greater, unless a leading coefficient vanishes there.
    """
    images = [_image(polynomial, index) for polynomial in (a, b)]
    if not images[0][-1] or not images[1][-1]:
        return min(degree(a, index), degree(b, index))
    u, w = sorted(images, key=len, reverse=True)
    while w:
        inverse = pow(w[-1], -1, _PRIME)
        while len(u) >= len(w):
            factor, shift = u[-1] * inverse % _PRIME, len(u) - len(w)
            u = [*u[:shift], *((x - factor * y) % _PRIME for x, y in zip(u[shift:], w, strict=True))]
            while u and not u[-1]:
                u.pop()
        u, w = w, u
    return len(u) - 1


def _image(a: Poly, index: int) -> list[int]:
    """Return the coefficients in a symbol, modulo a prime, the other symbols replaced by fixed numbers."""
    image = [0] * (degree(a, index) + 1)
    for monomial, value in a.items():
        term, place = value.numerator * pow(value.denominator, -1, _PRIME), 0
        for other, n in monomial:
            if other == index:
                place = n
            else:
                term = term * pow(1_000_003 + 7919 * other, n, _PRIME)
        image[place] = (image[place] + term) % _PRIME
    return image


def _common_monomial(monomials: Iterable[Monomial]) -> Monomial:
    first, *others = [dict(monomial) for monomial in monomials]
    return tuple(
        (index, least)
        for index, n in sorted(first.items())
        if (least := min([n, *(other.get(index, 0) for other in others)]))
    )


def primitive(a: Poly) -> Poly:
    """Return a multiple with coprime whole coefficients and a positive leading one."""
    if not a:
        return a
    factor = content(a)
    return scale(a, (1 if leading(a)[1] > 0 else -1) / factor)


def _gcd_of(parts: Iterable[Poly], budget: Budget) -> Poly:
    common: Poly = {}
    for part in sorted(parts, key=len):
        common = gcd(common, part, budget)
        if common == {UNIT: 1}:
            break
    return common


def _exact(a: Poly, b: Poly, budget: Budget) -> Poly:
    quotient = divide(a, b, budget)
    if quotient is None:
        raise ArithmeticError("not a divisor")
    return quotient


def _remainders(a: Poly, b: Poly, index: int, budget: Budget) -> Poly:
    """Return the gcd of two polynomials that are primitive in a symbol."""
    if degree(a, index) < degree(b, index):
        a, b = b, a
    while b:
        if degree(b, index) == 0:
            return constant(1)
        rest = _pseudo_remainder(a, b, index, budget)
        if rest:
            rest = primitive(_exact(rest, _gcd_of(coefficients(rest, index).values(), budget), budget))
        a, b = b, rest
    return a


def _pseudo_remainder(a: Poly, b: Poly, index: int, budget: Budget) -> Poly:
    below = degree(b, index)
    head = coefficients(b, index)[below]
    while a and degree(a, index) >= below:
        budget.spend(len(a))
        top = degree(a, index)
        factor = coefficients(a, index)[top]
        shift = symbol(index, top - below) if top > below else constant(1)
        a = add(multiply(a, head, budget), multiply(multiply(b, factor, budget), shift, budget), -1)
        if a:
            a = scale(a, 1 / content(a))
    return a
