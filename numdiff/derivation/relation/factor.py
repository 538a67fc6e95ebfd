"""A polynomial in f written out, kf − kf²/L, and as a product, kf(L − f)/L."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from numdiff.budget import Budget
from numdiff.derivation import poly
from numdiff.derivation.poly import Poly
from numdiff.derivation.relation.field import Field, Generator
from numdiff.derivation.relation.ratio import Ratio, of_number, of_polynomial
from numdiff.derivation.relation.write import ONE, Writer, negated_outside, product
from numdiff.tree import Add, Div, Neg, Node, Number, Pow, Sub


def coefficients_of(field: Field, a: Ratio, y: int) -> dict[int, Ratio]:
    """Return the coefficients of a polynomial in one symbol, constants of the field."""
    parts = poly.coefficients(a.top, y)
    return {n: field.ratios.make(part, a.bottom) for n, part in sorted(parts.items())}


def _term(writer: Writer, coefficient: Ratio, letter: Node, n: int) -> tuple[int, Node]:
    """Return the sign of a term and the term without it."""
    sign = -1 if all(value < 0 for value in coefficient.top.values()) else 1
    top = writer.sum(poly.scale(coefficient.top, sign))
    power = [] if n == 0 else [letter if n == 1 else Pow(letter, Number(str(n)))]
    above = product([*([top] if top != ONE else []), *power])
    below = writer.sum(coefficient.bottom)
    return sign, above if below == ONE else Div(above, below)


def expanded(field: Field, coefficients: dict[int, Ratio], letter: Node) -> Node:
    """Return the sum in ascending order, beginning with a positive term if there is one."""
    writer = Writer(field)
    terms = [_term(writer, c, letter, n) for n, c in sorted(coefficients.items()) if not c.is_zero]
    if not terms:
        return Number("0")
    first = next((place for place, (sign, _) in enumerate(terms) if sign > 0), 0)
    terms.insert(0, terms.pop(first))
    sign, total = terms[0]
    total = total if sign > 0 else Neg(total)
    return reduce(lambda whole, term: (Add if term[0] > 0 else Sub)(whole, term[1]), terms[1:], total)


def factored(field: Field, coefficients: dict[int, Ratio], letter: Node) -> Node:
    """Return the polynomial as a product of a constant, powers of f and other factors."""
    y = field.put(Generator("value", letter, of_number(0)))
    whole = of_number(0)
    for n, coefficient in coefficients.items():
        whole = field.ratios.add(whole, field.ratios.multiply(coefficient, _power(y, n)))
    if whole.is_zero:
        return Number("0")
    lowest = min(n for n, c in coefficients.items() if not c.is_zero)
    common = _content(field, whole.top, y)
    rest = poly.exact_quotient(whole.top, poly.multiply(common, _letter(y, lowest), field.budget), field.budget)
    if _begins_negative(rest, y):
        common, rest = poly.scale(common, -1), poly.scale(rest, -1)
    factors, constant = _linear_factors(rest, y, field.budget)
    if len(factors) == 1:
        factors = _square(field, *factors[0], y)
    return _written(field, (common, whole.bottom), (letter, lowest), (factors, constant))


def _letter(y: int, n: int) -> Poly:
    return poly.symbol(y, n) if n else poly.constant(1)


def _power(y: int, n: int) -> Ratio:
    return of_polynomial(_letter(y, n))


def _content(field: Field, a: Poly, y: int) -> Poly:
    """Return what all coefficients have in common, with its rational number."""
    common = poly.content_in(a, y, field.budget)
    return poly.scale(common, poly.content(a))


def _begins_negative(a: Poly, y: int) -> bool:
    parts = poly.coefficients(a, y)
    lowest, highest = parts[min(parts)], parts[max(parts)]
    if len(lowest) == 1 and len(highest) == 1:
        (low,), (high,) = lowest.values(), highest.values()
        return low < 0 and high < 0
    return all(value < 0 for value in a.values())


def _linear_factors(a: Poly, y: int, budget: Budget) -> tuple[list[tuple[Poly, int]], Fraction]:
    """Return the factors with their powers and a number in front: for number coefficients all rational roots."""
    parts = poly.coefficients(a, y)
    if any(poly.symbols(part) for part in parts.values()) or max(parts) < 2:
        return [(a, 1)], Fraction(1)
    rest, linear = a, []
    for root, times in _rational_roots(a, y, budget):
        factor = _linear(root, y)
        linear.append((factor, times))
        rest = poly.exact_quotient(rest, poly.power(factor, times, budget), budget)
    front = poly.content(rest) * (1 if poly.degree(rest, y) or rest[poly.UNIT] > 0 else -1)
    rest = poly.scale(rest, 1 / front)
    return [*linear, *([(rest, 1)] if poly.degree(rest, y) else [])], front


def _rational_roots(a: Poly, y: int, budget: Budget) -> list[tuple[Fraction, int]]:
    """Return the rational roots of a polynomial in one symbol with their multiplicities, the greatest first."""
    factors = [(factor, times) for factor, times in poly.factors(a, budget) if poly.degree(factor, y) == 1]
    roots = [(-factor.get(poly.UNIT, Fraction(0)) / factor[((y, 1),)], times) for factor, times in factors]
    return sorted(roots, reverse=True)


def _square(field: Field, a: Poly, times: int, y: int) -> list[tuple[Poly, int]]:
    """Return the factors of a polynomial that may hold a square: a² − 2af + f² is (a − f)²."""
    slope = poly.derivative(a, y)
    shared = poly.gcd(a, slope, field.budget) if slope else poly.constant(1)
    rest = poly.divide(a, poly.multiply(shared, shared, field.budget), field.budget) if poly.degree(shared, y) else None
    if rest is None or times != 1:
        return [(a, times)]
    return [(shared, 2), *([(rest, 1)] if rest != poly.constant(1) else [])]


def by_multiplicity(field: Field, a: Ratio, y: int) -> Node:
    """Return a rational function of f with equal multiple factors as one power: (1 − f²)³/f², not written out.

    Its factors are those of Yun's algorithm (squarefree, by greatest common divisors alone).
    """
    (above, front), (below, under) = (_multiplicities(part, y, field.budget) for part in (a.top, a.bottom))
    for place, (factor, times) in enumerate(above):  # 1 − f², where that takes the minus in front of all
        if times % 2 and len(factor) > 1 and min(front.values()) < 0 and min(factor.values()) < 0:
            front, above[place] = poly.scale(front, -1), (poly.scale(factor, -1), times)
            break
    whole, writer = max(value.denominator for value in front.values()), Writer(field)
    whole *= poly.content(poly.scale(front, whole)).denominator
    front, under = poly.scale(front, whole), poly.scale(under, whole)  # (1 − f²)³/4, not 1/4·(1 − f²)³
    top, bottom = (_product(writer, part, factors) for part, factors in ((front, above), (under, below)))
    return top if bottom == ONE else negated_outside(top, bottom)


def _multiplicities(a: Poly, y: int, budget: Budget) -> tuple[list[tuple[Poly, int]], Poly]:
    """Return the squarefree factors that have the symbol, with their powers, and what is left in front."""
    found, rest, times = [], a, 0
    slope = poly.derivative(a, y)
    repeated = poly.gcd(a, slope, budget) if slope else poly.constant(1)
    left = poly.exact_quotient(a, poly.content_in(a, y, budget), budget)
    left = poly.exact_quotient(left, poly.gcd(left, repeated, budget), budget)
    while poly.degree(left, y):
        times += 1
        common = poly.gcd(left, repeated, budget)
        factor = poly.primitive(poly.exact_quotient(left, common, budget))
        if poly.degree(factor, y):
            found.append((factor, times))
            rest = poly.exact_quotient(rest, poly.power(factor, times, budget), budget)
        repeated = poly.exact_quotient(repeated, common, budget)
        left = common
    return found, rest


def _product(writer: Writer, front: Poly, factors: list[tuple[Poly, int]]) -> Node:
    top = writer.sum(front)
    is_negative = isinstance(top, Neg)
    size = top.argument if isinstance(top, Neg) else top
    bases = [(writer.sum(factor), times) for factor, times in factors]
    parts = [base if times == 1 else Pow(base, Number(str(times))) for base, times in bases]
    whole = product([*([size] if size != ONE or not parts else []), *parts])
    return Neg(whole) if is_negative else whole


def _linear(root: Fraction, y: int) -> Poly:
    """Return the factor for a root as one writes it: 1 − y, 1 + y, 2 − 3y."""
    p, q = root.numerator, root.denominator
    return poly.add(poly.constant(abs(p)), poly.symbol(y), -q if p > 0 else q)


def _written(
    field: Field,
    front: tuple[Poly, Poly],
    power: tuple[Node, int],
    factors: tuple[list[tuple[Poly, int]], Fraction],
) -> Node:
    """Return front·fⁿ·factors as one fraction."""
    writer = Writer(field)
    constant = field.ratios.make(poly.scale(front[0], factors[1]), front[1])
    letter, n = power
    parts: list[Node] = [letter if n == 1 else Pow(letter, Number(str(n)))] if n else []
    for factor, times in factors[0]:
        if factor == poly.constant(1):
            continue
        base = writer.sum(factor)
        parts.append(base if times == 1 else Pow(base, Number(str(times))))
    top = writer.sum(constant.top)
    is_negative = isinstance(top, Neg)
    size = top.argument if isinstance(top, Neg) else top
    above = product([*([size] if size != ONE or not parts else []), *parts])
    below = writer.sum(constant.bottom)
    if below == ONE:
        return Neg(above) if is_negative else above
    return negated_outside(Neg(above) if is_negative else above, below)
