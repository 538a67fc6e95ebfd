"""What can be done with a form of a derivative: each kind is a named step that leads to another form of it.

A form is a number times a monomial times a polynomial: what stands outside of the bracket and what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from typing import TypeAlias, cast

from numdiff.budget import OutOfBudgetError
from numdiff.derivation import poly
from numdiff.derivation.steps import TidyRule
from numdiff.derivation.terms import is_short
from numdiff.derivation.tidy.identities import identities, quotients
from numdiff.derivation.tidy.monomials import (
    ONE,
    Atoms,
    Exponent,
    Monomial,
    Polynomial,
    added,
    primitive,
    product,
    times,
    to_the,
    whole,
)
from numdiff.tree import Variable


@dataclass(frozen=True, slots=True)
class Form:
    """value · factor · polynomial; the polynomial is 1 or has several terms, with coprime whole coefficients."""

    value: Fraction
    factor: Monomial
    polynomial: Polynomial

    @property
    def key(self) -> tuple[Fraction, Monomial, frozenset[tuple[Monomial, Fraction]]]:
        """What two equal forms have in common, −(u − v) and v − u among them."""
        sign = -1 if self.polynomial[max(self.polynomial)] < 0 else 1
        return self.value * sign, self.factor, frozenset((m, more * sign) for m, more in self.polynomial.items())


Move: TypeAlias = tuple[TidyRule, Form, bool | None]
"""The rule, the form it leads to, and whether that collapses; None where that does not matter."""

UNIT: Polynomial = {ONE: Fraction(1)}
_MOST_POWER = 6
"""Exponent up to which a bracket is multiplied out."""
_HIGHEST_DIVIDED, _MOST_DIVIDED = 30, 6
"""Exponents and symbols of polynomials of which common divisors are asked."""
_MOST_FACTORED = 12
"""Degree up to which a polynomial is factored."""


def form_of(value: Fraction, factor: Monomial, polynomial: Polynomial) -> Form:
    """Return the form of a product."""
    if not polynomial or not value:
        return Form(Fraction(0), ONE, UNIT)
    if len(polynomial) == 1:
        ((monomial, more),) = polynomial.items()
        return Form(value * more, times(factor, monomial), UNIT)
    content, unit = primitive(polynomial)
    if all(more < 0 for more in unit.values()):
        content, unit = -content, {monomial: -more for monomial, more in unit.items()}
    return Form(value * content, factor, unit)


def opened(form: Form, atoms: Atoms) -> Form:
    """Return a product with one bracket as that bracket and what stands before it: it is written alike."""
    if len(form.polynomial) > 1:
        return _without_lone_brackets(form, atoms)
    brackets = [index for index, exponent in form.factor if index in atoms.sums and exponent == 1]
    if len(brackets) != 1 or any(index in atoms.sums and 0 < n != 1 for index, n in form.factor):
        return form
    rest = tuple(pair for pair in form.factor if pair[0] != brackets[0])
    ((_, value),) = form.polynomial.items()
    return form_of(form.value * value, rest, atoms.sums[brackets[0]])


def _without_lone_brackets(form: Form, atoms: Atoms) -> Form:
    """Return a sum with the brackets opened that are terms of it."""
    lone = {m for m, value in form.polynomial.items() if abs(value) == 1 and len(m) == 1 and m[0][1] == 1}
    lone = {monomial for monomial in lone if monomial[0][0] in atoms.sums}
    if not lone:
        return form
    parts: list[Polynomial] = []
    for monomial, value in form.polynomial.items():
        terms = atoms.sums[monomial[0][0]] if monomial in lone else {monomial: Fraction(1)}
        parts.append({m: value * more for m, more in terms.items()})
    return form_of(form.value, form.factor, added(parts))


def moves(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Yield all forms that one step leads to."""
    for kind in _KINDS:
        try:
            for rule, changed, collapses in kind(form, atoms):
                found = opened(changed, atoms)
                is_shorter = len(found.polynomial) < _products(changed.polynomial, atoms)
                yield rule, found, collapses or (is_shorter if collapses is False else None)
        except OutOfBudgetError:
            if atoms.budget.is_spent:
                return


def _common(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Take out what the terms have in common, or bring them to one denominator."""
    found = common_monomial(form.polynomial)
    if found:
        rest = {times(monomial, to_the(found, -1)): value for monomial, value in form.polynomial.items()}
        is_fraction = any(exponent < 0 and index not in atoms.powers for index, exponent in found)
        rule: TidyRule = "common_denominator" if is_fraction else "common_factor"
        is_equal = all(exponent > 0 or index in atoms.powers or _is_in_all(index, form) for index, exponent in found)
        yield rule, form_of(form.value, times(form.factor, found), rest), None if is_equal else False


def _is_in_all(index: int, form: Form) -> bool:
    """Return True if all terms have the same power of an atom."""
    return len({dict(monomial).get(index, 0) for monomial in form.polynomial}) == 1


def common_monomial(polynomial: Polynomial) -> Monomial:
    """Return the monomial by which the terms become a polynomial without anything in common."""
    if len(polynomial) < 2:
        return ONE
    terms = [dict(monomial) for monomial in polynomial]
    indices = sorted({index for term in terms for index in term})
    least = ((index, min(term.get(index, 0) for term in terms)) for index in indices)
    return tuple((index, exponent) for index, exponent in least if exponent)


def expanded(polynomial: Polynomial, atoms: Atoms) -> Polynomial:
    """Return a polynomial with the brackets among its factors multiplied out, whole powers of them."""
    for _ in range(_MOST_POWER):
        if not any(index in atoms.sums and exponent >= 1 for term in polynomial for index, exponent in term):
            break
        polynomial = added([_multiplied_out(term, value, atoms) for term, value in polynomial.items()])
    return _falling(polynomial, atoms)


def _multiplied_out(monomial: Monomial, value: Fraction, atoms: Atoms) -> Polynomial:
    rest: list[tuple[int, Exponent]] = []
    result: Polynomial = {ONE: value}
    for index, exponent in monomial:
        count = int(exponent) if index in atoms.sums and exponent >= 1 else 0
        if count > _MOST_POWER:
            raise OutOfBudgetError
        for _ in range(count):
            result = product(result, atoms.sums[index], atoms.budget)
        if exponent != count:
            rest.append((index, whole(exponent - count)))
    return product(result, {tuple(rest): Fraction(1)}, atoms.budget) if rest else result


def _falling(polynomial: Polynomial, atoms: Atoms) -> Polynomial:
    """Return a polynomial in one variable by falling powers, any other one as it is."""
    indices = {index for monomial in polynomial for index, _ in monomial}
    if len(indices) != 1 or not isinstance(atoms.nodes[next(iter(indices))], Variable):
        return polynomial
    return dict(sorted(polynomial.items(), key=_degree, reverse=True))


def _degree(term: tuple[Monomial, Fraction]) -> Exponent:
    """Return the degree of a term in one variable."""
    monomial, _ = term
    return monomial[0][1] if monomial else 0


def _expand(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Multiply out in the bracket, and what stands before it."""
    inside = expanded(form.polynomial, atoms)
    if inside != form.polynomial:
        yield "expand", form_of(form.value, form.factor, inside), len(inside) < _products(form.polynomial, atoms)
    outside = tuple((index, 1) for index, exponent in form.factor if index in atoms.sums and exponent == 1)
    if outside:
        more = product(form.polynomial, {outside: Fraction(1)}, atoms.budget)
        found = expanded(more, atoms)
        rest = times(form.factor, to_the(outside, -1))
        collapses = len(found) < _products(more, atoms) and len(found) <= max(2, len(form.polynomial))
        yield "expand", form_of(form.value, rest, found), collapses


def _products(polynomial: Polynomial, atoms: Atoms) -> int:
    """Return how many terms there are when brackets are multiplied out and nothing is put together."""
    return sum(
        prod(len(atoms.sums[index]) ** int(n) for index, n in monomial if index in atoms.sums and n >= 1)
        for monomial in polynomial
    )


def _separate(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Write a product with a sum as a sum of products."""
    is_bracketed = any(index in atoms.sums and exponent > 0 for index, exponent in form.factor)
    if form.factor and len(form.polynomial) > 1 and not is_bracketed:
        terms = {times(monomial, form.factor): value for monomial, value in form.polynomial.items()}
        is_fraction = any(exponent < 0 for _, exponent in form.factor)
        opposed = {(index, exponent < 0) for index, exponent in form.factor}
        cancels = any((index, n > 0) in opposed for monomial in form.polynomial for index, n in monomial)
        yield ("separate" if is_fraction else "expand"), form_of(form.value, ONE, terms), cancels


def is_plain(polynomial: Polynomial) -> bool:
    """Return True if FLINT is done with it at once: few symbols, low whole exponents, no number too long to read."""
    if not all(isinstance(n, int) and 0 < n <= _HIGHEST_DIVIDED for monomial in polynomial for _, n in monomial):
        return False
    if len({index for monomial in polynomial for index, _ in monomial}) > _MOST_DIVIDED:
        return False
    return all(map(is_short, polynomial.values()))


def _join(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Join the terms that have a bracket below the line in common, where others have not."""
    below = {index for monomial in form.polynomial for index, n in monomial if index in atoms.sums and n < 0}
    for index in sorted(below):
        group = {m: value for m, value in form.polynomial.items() if dict(m).get(index, 0) < 0}
        if not 1 < len(group) < len(form.polynomial):
            continue
        common = common_monomial(group)
        rest = expanded({times(m, to_the(common, -1)): value for m, value in group.items()}, atoms)
        value, monomial = atoms.bracket(rest)
        joined = times(common, monomial)
        one = {joined: value} if value else {}
        terms = [one if m in group else {m: v} for m, v in form.polynomial.items() if m not in list(group)[1:]]
        collapses = len(rest) < len(group) or index not in dict(joined)
        yield "common_denominator", form_of(form.value, form.factor, added(terms)), collapses


def _plain(polynomial: Polynomial) -> poly.Poly:
    """Return a polynomial of which :func:`is_plain` is true as one with whole exponents."""
    return cast(poly.Poly, polynomial)


def _quotient_of(a: Polynomial, b: Polynomial, atoms: Atoms) -> Polynomial:
    """Return the quotient of two plain polynomials, which is known to be one."""
    return cast(Polynomial, poly.exact_quotient(_plain(a), _plain(b), atoms.budget))


def _divide(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Cancel a polynomial that stands above and below the line."""
    if len(form.polynomial) < 2 or not is_plain(form.polynomial):
        return
    for index, exponent in form.factor:
        if exponent >= 0 or index not in atoms.sums:
            continue
        divisor = expanded(atoms.sums[index], atoms)
        if len(divisor) < 2 or not is_plain(divisor):
            continue
        own = expanded(form.polynomial, atoms)
        if len(own) < 2 or not is_plain(own):
            continue
        common = poly.gcd(_plain(own), _plain(divisor), atoms.budget)
        for sign in (1, -1) if len(common) > 1 else ():
            inside = Form(form.value, form.factor, own)
            shorter = _divided_by(inside, (index, exponent), cast(Polynomial, poly.scale(common, sign)), atoms)
            if shorter is not None:
                yield "divide", shorter, True
                break


def _divided_by(form: Form, power: tuple[int, Exponent], common: Polynomial, atoms: Atoms) -> Form | None:
    """Return a form with a polynomial common to its bracket and a power below the line cancelled: cⁿ·c = cⁿ⁺¹."""
    index, exponent = power
    above = _falling(_quotient_of(form.polynomial, common, atoms), atoms)
    below = _quotient_of(expanded(atoms.sums[index], atoms), common, atoms)
    value, left = atoms.bracket(below) if len(below) > 1 else _single(below)
    more, joint = atoms.bracket(common)
    scale, outer = _power_of(value, exponent), _power_of(more, whole(exponent + 1))
    if scale is None or outer is None:
        return None
    rest = times(form.factor, ((index, -exponent),))
    factor = times(times(rest, to_the(left, exponent)), to_the(joint, whole(exponent + 1)))
    return form_of(form.value * scale * outer, factor, above)


def _single(polynomial: Polynomial) -> tuple[Fraction, Monomial]:
    ((monomial, value),) = polynomial.items()
    return value, monomial


def _power_of(value: Fraction, exponent: Exponent) -> Fraction | None:
    """Return a power of a number, None if it has none or is not rational."""
    if value in (0, 1):
        return value or None
    if isinstance(exponent, int):
        return value**exponent if abs(exponent) <= _MOST_POWER else None
    if exponent.denominator != 2 or value <= 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        return None
    return Fraction(top, bottom) ** exponent.numerator


def _brackets(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Multiply out inside brackets, clear fractions in them and take numbers out of them."""
    value, factor, rules = form.value, ONE, set()
    for index, exponent in form.factor:
        found = _better_bracket(index, exponent, atoms)
        if found is None:
            factor = times(factor, ((index, exponent),))
            continue
        rule, scale, monomial = found
        rules.add(rule)
        value, factor = value * scale, times(factor, monomial)
    if rules:
        rule = next(name for name in _BRACKET_RULES if name in rules)
        yield rule, form_of(value, factor, form.polynomial), None


_BRACKET_RULES: tuple[TidyRule, ...] = ("clear", "expand", "numbers")


def _better_bracket(index: int, exponent: Exponent, atoms: Atoms) -> tuple[TidyRule, Fraction, Monomial] | None:
    """Return a power of a bracket written otherwise: the rule, a number and a monomial."""
    own = atoms.sums.get(index)
    if own is None:
        return None
    is_whole, is_kept = isinstance(exponent, int), atoms.nodes[index] in atoms.kept
    opened = own if is_kept else expanded(own, atoms)
    common = ONE if is_kept or not is_whole else _without_powers(common_monomial(opened), atoms)
    rest = {times(monomial, to_the(common, -1)): value for monomial, value in opened.items()} if common else opened
    rest = rest if is_kept else expanded(rest, atoms)
    content, unit = primitive(rest) if rest else (Fraction(1), rest)
    if is_kept and (not is_whole or abs(exponent) != 1):
        return None
    scale = _power_of(content, exponent)
    if scale is None:
        content, scale, unit = Fraction(1), Fraction(1), rest
    if unit == own or not unit:
        return None
    more, monomial = _single(unit) if len(unit) == 1 else (Fraction(1), ((atoms.rewritten(unit), 1),))
    again = _power_of(more, exponent)
    if again is None:
        return None
    rule: TidyRule = "clear" if common or content.denominator != 1 else "expand" if opened != own else "numbers"
    return rule, scale * again, to_the(times(common, monomial), exponent)


def _without_powers(monomial: Monomial, atoms: Atoms) -> Monomial:
    """Return the monomial without its powers with a varying exponent: e⁻ˣ is no fraction."""
    return tuple(pair for pair in monomial if pair[0] not in atoms.powers)


def _join_below(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Multiply out the brackets below the line, where they collapse: (1 + x)(1 − x) = 1 − x²."""
    brackets = [(index, exponent) for index, exponent in form.factor if index in atoms.sums and exponent < 0]
    if len(brackets) != 2 or brackets[0][1] != brackets[1][1] or not isinstance(brackets[0][1], int):
        return
    (one, exponent), (two, _) = brackets
    joined = product(expanded(atoms.sums[one], atoms), expanded(atoms.sums[two], atoms), atoms.budget)
    if len(joined) > 2:
        return
    value, monomial = atoms.bracket(_falling(joined, atoms))
    scale = _power_of(value, exponent)
    if scale is not None:
        rest = times(form.factor, tuple((index, -n) for index, n in brackets))
        yield "expand", form_of(form.value * scale, times(rest, to_the(monomial, exponent)), form.polynomial), None


def _factorise(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Write a polynomial in one symbol as a product."""
    own = form.polynomial
    indices = {index for monomial in own for index, _ in monomial}
    if len(own) < 2 or len(indices) != 1 or not is_plain(own):
        return
    (index,) = indices
    if index in atoms.sums or max(n for monomial in own for _, n in monomial) > _MOST_FACTORED:
        return
    found = [(cast(Polynomial, part), count) for part, count in poly.factors(_plain(own), atoms.budget)]
    if len(found) == 1 and found[0][1] == 1:
        return
    factor, remaining = ONE, own
    for part, count in found:
        for _ in range(count):
            remaining = _quotient_of(remaining, part, atoms)
    ((_, value),) = remaining.items()
    for part, count in found:
        scale, monomial = atoms.bracket(_falling(part, atoms)) if len(part) > 1 else _single(part)
        value, factor = value * scale**count, times(factor, to_the(monomial, count))
    yield "factorise", form_of(form.value * value, times(form.factor, factor), UNIT), None


def _whole_part(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Divide with a remainder: (eˣ − y(eˣ + eᶻ))/(eˣ + eᶻ) = eˣ/(eˣ + eᶻ) − y."""
    powers = tuple(pair for pair in form.factor if pair[0] in atoms.powers)
    outer = times(form.factor, to_the(powers, -1))
    below = [(index, exponent) for index, exponent in outer if exponent < 0]
    if len(below) != 1 or below[0][1] != -1 or below[0][0] not in atoms.sums or len(form.polynomial) < 2:
        return
    divisor = expanded(atoms.sums[below[0][0]], atoms)
    own = expanded({times(monomial, powers): value for monomial, value in form.polynomial.items()}, atoms)
    upright = [_with_whole_powers(polynomial, _inverted((own, divisor), atoms)) for polynomial in (own, divisor)]
    if not all(map(is_plain, upright)) or not _symbols(own) - _symbols(divisor) | _several(divisor):
        return
    for lead, share in divisor.items():
        quotient, rest = _divided(own, divisor, lead, share, atoms)
        if len(quotient) == 1 and len(rest) == 1:
            outside = times(outer, ((below[0][0], 1),))
            terms = {times(monomial, outer): value for monomial, value in rest.items()}
            terms |= {times(monomial, outside): value for monomial, value in quotient.items()}
            yield "separate", form_of(form.value, ONE, terms), True


def _symbols(polynomial: Polynomial) -> set[int]:
    return {index for monomial in polynomial for index, _ in monomial}


def _several(polynomial: Polynomial) -> set[int]:
    """Return the symbols of a polynomial in more than one, of which a quotient is worth writing by itself."""
    symbols = _symbols(polynomial)
    return symbols if len(symbols) > 1 else set()


def _inverted(polynomials: Sequence[Polynomial], atoms: Atoms) -> set[int]:
    """Return the powers of which only inverses occur, as in e⁻ˣ: the inverse is as good a symbol."""
    found = [(index, n) for polynomial in polynomials for monomial in polynomial for index, n in monomial]
    return {index for index, _ in found if index in atoms.powers} - {index for index, n in found if n > 0}


def _with_whole_powers(polynomial: Polynomial, inverted: set[int]) -> Polynomial:
    """Return a polynomial with the inverses of some symbols as its symbols."""
    return {
        tuple((index, -n if index in inverted else n) for index, n in monomial): value
        for monomial, value in polynomial.items()
    }


def _divided(
    own: Polynomial, divisor: Polynomial, lead: Monomial, share: Fraction, atoms: Atoms
) -> tuple[Polynomial, Polynomial]:
    """Return quotient and remainder of one division by the term given."""
    for monomial, value in own.items():
        shift = times(monomial, to_the(lead, -1))
        if all(exponent > 0 for _, exponent in shift):
            part = {shift: value / share}
            taken = product(divisor, part, atoms.budget)
            rest = added([own, {term: -more for term, more in taken.items()}])
            if len(rest) == 1:
                return part, rest
    return {}, own


def _identity(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Use sin² + cos² = 1 and its like, in the bracket."""
    for changed in identities(form.polynomial, atoms):
        yield "identity", form_of(form.value, form.factor, changed), len(changed) < len(form.polynomial)


def _quotient(form: Form, atoms: Atoms) -> Iterator[Move]:
    """Write sin u/cos u as tan u, and its like."""
    changed = quotients(form.factor, atoms)
    terms = added([{quotients(monomial, atoms): value} for monomial, value in form.polynomial.items()])
    if changed != form.factor or terms != form.polynomial:
        yield "identity", form_of(form.value, changed, terms), None


Kind: TypeAlias = Callable[[Form, Atoms], Iterator[Move]]

_KINDS: tuple[Kind, ...] = (
    _common,
    _expand,
    _join,
    _divide,
    _identity,
    _quotient,
    _brackets,
    _factorise,
    _join_below,
    _separate,
    _whole_part,
)
