"""Polynomials in several symbols with rational coefficients, exact: what proofs about f and f′ are computed in.

Symbols are whole numbers; what they stand for is kept elsewhere. A polynomial is a dictionary from monomials to
nonzero coefficients; a monomial is a sorted tuple of pairs (symbol, exponent ≥ 1). Sums and small products are done
here; common divisors, quotients, resultants and factors by FLINT.

Every loop counts its work against a :class:`~numdiff.budget.Budget`, so that no input can take long: one operation is
a sum or product of two terms with short coefficients.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from math import gcd as integer_gcd
from typing import TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.evaluate.balls.arithmetic import watch_thread

Monomial: TypeAlias = tuple[tuple[int, int], ...]
Poly: TypeAlias = Mapping[Monomial, Fraction]

ZERO: Poly = {}
UNIT: Monomial = ()

LONGEST = 4000
"""Terms of a polynomial, above which the attempt is given up."""
LARGEST_DEGREE = 400
LONGEST_COEFFICIENT = 4_000
"""Bits of a coefficient."""

_PRODUCTS_PER_OPERATION = 16
"""Products of two terms in FLINT that cost as much as one operation."""
_HIGHEST_FACTORED, _LONGEST_FACTORED = 30, 500
"""Degree of what is factored, and bits of its coefficients."""
_LONGEST_IN_FLINT = 2000
"""Terms of all polynomials together that FLINT is given at once."""
_SYMBOLS_PER_OPERATION = 8
"""Symbols in monomials that cost as much as one more operation."""
_BITS_PER_OPERATION = 512
"""Coefficients of so many bits more cost as much as one more operation."""


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
    length = 1 + (_bits(a) + _bits(b)) // _BITS_PER_OPERATION + (_symbols(a) + _symbols(b)) // _SYMBOLS_PER_OPERATION
    budget.spend(len(a) * len(b) * length)
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


def _symbols(a: Poly) -> int:
    """Return how many symbols the longest monomial has."""
    return max(map(len, a), default=0)


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
    return max((power for monomial in a for other, power in monomial if other == index), default=0)


def degrees(*polynomials: Poly) -> dict[int, int]:
    """Return the greatest degree of each symbol in any of the polynomials."""
    powers: dict[int, int] = {}
    for a in polynomials:
        for monomial in a:
            for index, power in monomial:
                if power > powers.get(index, 0):
                    powers[index] = power
    return powers


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
    ring = _Ring((a, b), budget)
    quotient, rest = divmod(ring.put(a), ring.put(b))
    return None if rest else ring.back(quotient)


def exact_quotient(a: Poly, b: Poly, budget: Budget) -> Poly:
    """Return a/b, which is known to be a polynomial."""
    quotient = divide(a, b, budget)
    assert quotient is not None
    return quotient


def derivative(a: Poly, index: int) -> Poly:
    """Return the derivative by a symbol."""
    return assemble({n - 1: scale(part, n) for n, part in coefficients(a, index).items() if n}, index)


def content_in(a: Poly, index: int, budget: Budget) -> Poly:
    """Return what the coefficients of all powers of a symbol have in common, without a number."""
    common: Poly = {}
    for part in coefficients(a, index).values():
        common = gcd(common, part, budget)
    return common


def gcd(a: Poly, b: Poly, budget: Budget) -> Poly:
    """Return the greatest common divisor, with coprime whole coefficients and a positive leading one."""
    budget.spend(len(a) + len(b))
    if not a or not b:
        return primitive(a or b)
    if len(a) == 1 or len(b) == 1:
        return {_common_monomial((*a, *b)): Fraction(1)}
    if not symbols(a) & symbols(b):
        return constant(1)
    ring = _Ring((a, b), budget)
    return primitive(ring.back(ring.put(a).gcd(ring.put(b))))


def resultant(a: Poly, b: Poly, index: int, budget: Budget) -> Poly:
    """Return the resultant with respect to a symbol that occurs in both.

    It is the determinant of Sylvester's matrix by Bareiss' elimination, which has no fractions: FLINT's own cannot be
    stopped, and in several symbols it may take hours.
    """
    ring = _Ring((a, b), budget)
    rows, before = _sylvester(ring, a, b, index), ring.put(constant(1))
    for k in range(len(rows) - 1):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return ZERO
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], [-entry for entry in rows[k]]
        for i in range(k + 1, len(rows)):
            for j in range(k + 1, len(rows)):
                left, right = (rows[k][k], rows[i][j]), (rows[i][k], rows[k][j])
                rows[i][j] = (ring.times(*left) - ring.times(*right)) / before
        before = rows[k][k]
    return ring.back(rows[-1][-1])


def _sylvester(ring: _Ring, a: Poly, b: Poly, index: int) -> list[list[fmpq_mpoly]]:
    """Return the matrix whose determinant is the resultant."""
    m, n = degree(a, index), degree(b, index)
    rows = []
    for polynomial, own, other in ((a, m, n), (b, n, m)):
        parts = coefficients(polynomial, index)
        line = [ring.put(parts.get(own - k, ZERO)) for k in range(own + 1)]
        blank = ring.put(ZERO)
        rows += [[blank] * shift + line + [blank] * (other - 1 - shift) for shift in range(other)]
    return rows


def factors(a: Poly, budget: Budget) -> list[tuple[Poly, int]]:
    """Return the irreducible factors, in one symbol, that are no numbers, with their powers.

    Raises
    ------
    OutOfBudgetError
        If the degree or the coefficients are so large that factoring might take long.
    """
    if len(symbols(a)) > 1 or max(degrees(a).values(), default=0) > _HIGHEST_FACTORED or _bits(a) > _LONGEST_FACTORED:
        raise OutOfBudgetError
    ring = _Ring((a,), budget)
    return [(ring.back(factor), int(times)) for factor, times in ring.put(a).factor()[1]]


class _Ring:
    """FLINT's polynomials in the symbols of a few of ours.

    FLINT cannot be stopped, so what it is given is bounded first.

    Raises
    ------
    OutOfBudgetError
        If the polynomials are too long, or of too high degrees.
    """

    def __init__(self, parts: tuple[Poly, ...], budget: Budget) -> None:
        self._budget = budget
        self.indices = sorted(set().union(*(symbols(part) for part in parts)))
        self.places = {index: place for place, index in enumerate(self.indices)}
        terms = sum(len(part) for part in parts)
        budget.spend(terms * (1 + len(self.indices)))
        if terms > _LONGEST_IN_FLINT:
            raise OutOfBudgetError
        self._context = _context(max(1, len(self.indices)))
        watch_thread()

    def put(self, a: Poly) -> fmpq_mpoly:
        """Return a polynomial as one of FLINT's."""
        terms = {}
        for monomial, value in a.items():
            exponents = [0] * self._context.nvars()
            for index, power in monomial:
                exponents[self.places[index]] = power
            terms[tuple(exponents)] = fmpq(value.numerator, value.denominator)
        return self._context.from_dict(terms)

    def times(self, a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
        """Return a product that is not too long. OutOfBudgetError if it might be."""
        length = 1 + sum(_bits_in_flint(part) for part in (a, b)) // (_BITS_PER_OPERATION // 8)
        self._budget.spend((1 + len(a) * len(b) // _PRODUCTS_PER_OPERATION) * length)
        if len(a) * len(b) > LONGEST * LONGEST // 4:
            raise OutOfBudgetError
        return a * b

    def back(self, a: fmpq_mpoly) -> Poly:
        """Return one of FLINT's polynomials as ours."""
        polynomial = {}
        for exponents, value in a.terms():
            powers = zip(self.indices, map(int, exponents), strict=False)
            monomial = tuple((index, power) for index, power in powers if power)
            polynomial[monomial] = Fraction(int(value.p), int(value.q))
        _check_size(polynomial)
        return polynomial


def _bits_in_flint(a: fmpq_mpoly) -> int:
    """Return the length of the leading coefficient; in an elimination the others are about as long."""
    if not a:
        return 0
    value = a.leading_coefficient()
    return int(value.p).bit_length() + int(value.q).bit_length()


@lru_cache(maxsize=64)
def _context(count: int) -> fmpq_mpoly_ctx:
    return fmpq_mpoly_ctx.get(("s", count), Ordering.lex)


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
