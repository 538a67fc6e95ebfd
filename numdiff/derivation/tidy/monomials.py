"""An expression read as a sum of products of powers: the form in which it is worked on as a polynomial.

What stands in a product is an *atom*: a variable, a function of something, e^u, a sum in brackets. A monomial gives
atoms their exponents, which may be negative or fractions; so x·√x, x^(3/2) and (√x)³ are one monomial. Sums that
are multiples of each other are one atom: 1 − x and 2x − 2 are known by what was met first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation.poly import content
from numdiff.derivation.terms import EULER, is_decimal, is_short, number, rational
from numdiff.derivation.tidy.parts import Parts, coefficient, parts_of, signed_terms, summed
from numdiff.tree import (
    Add,
    Call,
    Div,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    integer_literal,
)

Exponent: TypeAlias = int | Fraction
Monomial: TypeAlias = tuple[tuple[int, Exponent], ...]
Polynomial: TypeAlias = Mapping[Monomial, Fraction]

ONE: Monomial = ()
MOST_TERMS = 24
"""Terms of a sum beyond which nothing is multiplied out."""
_HIGHEST = 12
"""Exponent beyond which a bracket is not multiplied out."""
_ROOTS = {"sqrt": 2, "cbrt": 3}


class UnreadableError(Exception):
    """The expression is not one of exact numbers, or too large to be worked on."""


def whole(exponent: Exponent) -> Exponent:
    """Return an exponent as an int where it is one."""
    return exponent.numerator if isinstance(exponent, Fraction) and exponent.denominator == 1 else exponent


def times(a: Monomial, b: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not a:
        return b
    if not b:
        return a
    powers = dict(a)
    for index, power in b:
        powers[index] = whole(powers.get(index, 0) + power)
    return tuple(sorted(pair for pair in powers.items() if pair[1]))


def to_the(a: Monomial, n: Exponent) -> Monomial:
    """Return the power of a monomial."""
    return tuple((index, whole(power * n)) for index, power in a) if n else ONE


def added(polynomials: Iterable[Polynomial]) -> Polynomial:
    """Return the sum of polynomials, the terms in the order in which they come."""
    total: dict[Monomial, Fraction] = {}
    for polynomial in polynomials:
        for monomial, value in polynomial.items():
            total[monomial] = total.get(monomial, Fraction(0)) + value
    return {monomial: value for monomial, value in total.items() if value}


def product(a: Polynomial, b: Polynomial, budget: Budget) -> Polynomial:
    """Return the product of two polynomials. OutOfBudgetError if it is too long."""
    budget.spend(len(a) * len(b))
    total: dict[Monomial, Fraction] = {}
    for left, x in a.items():
        for right, y in b.items():
            monomial = times(left, right)
            total[monomial] = total.get(monomial, Fraction(0)) + x * y
    if len(total) > MOST_TERMS:
        raise OutOfBudgetError
    return {monomial: value for monomial, value in total.items() if value}


def primitive(a: Polynomial) -> tuple[Fraction, Polynomial]:
    """Return the positive number by which a polynomial has coprime whole coefficients, and that polynomial."""
    factor = content(a)  # type: ignore[arg-type]  # the exponents are not looked at
    return factor, a if factor == 1 else {monomial: value / factor for monomial, value in a.items()}


def _unit(polynomial: Polynomial) -> frozenset[tuple[Monomial, Fraction]]:
    """Return what all multiples of a polynomial have in common."""
    _, unit = primitive(polynomial)
    sign = -1 if unit[max(unit)] < 0 else 1
    return frozenset((monomial, sign * value) for monomial, value in unit.items())


class Atoms:
    """The atoms of one expression, numbered in the order in which they are met.

    Attributes
    ----------
    nodes : list[Node]
        What each one stands for.
    sums : dict[int, Polynomial]
        Those that are sums, as polynomials in other atoms.
    powers : set[int]
        Those that are e^u or a^u with a varying exponent: their exponent is multiplied by the one in a monomial.
    below : set[int]
        Those of them that were met in a denominator.
    base_of : dict[int, int]
        Of such a power of a variable or a sum in brackets, the atom that is its base: x^a·x = x^(a + 1).
    kept : frozenset[Node]
        What was typed: a power of a product among them is not opened.
    met : int
        How many of them the expression itself has: those after them were made by tidying.
    typed : dict[tuple[int, Exponent], Node]
        How such a power was written.
    """

    def __init__(self, budget: Budget, kept: frozenset[Node] = frozenset()) -> None:
        self.budget, self.kept = budget, kept
        self.base_of: dict[int, int] = {}
        self.nodes: list[Node] = []
        self.sums: dict[int, Polynomial] = {}
        self.powers: set[int] = set()
        self.below: set[int] = set()
        self.typed: dict[tuple[int, Exponent], Node] = {}
        self.met = 0
        self._places: dict[Node, int] = {}
        self._of_sum: dict[frozenset[tuple[Monomial, Fraction]], int] = {}
        self._rewritten: dict[frozenset[tuple[Monomial, Fraction]], int] = {}

    def place(self, node: Node) -> int:
        """Return the number of an atom that is no sum."""
        found = self._places.get(node)
        if found is None:
            found = self._places[node] = len(self.nodes)
            self.nodes.append(node)
        return found

    def find(self, node: Node) -> int | None:
        """Return the number of an atom if it has been met."""
        return self._places.get(node)

    def is_met(self, node: Node) -> bool:
        """Return True for an atom of the expression itself, or of what was typed."""
        return node in self.kept or self._places.get(node, self.met) < self.met

    def sum_of(self, node: Node) -> Polynomial:
        """Return a sum as a polynomial, brackets in it opened; brackets in its products stay atoms."""
        parts: list[Polynomial] = []
        for negative, term in signed_terms(node):
            value, monomial = self.read(term)
            parts.append({monomial: -value if negative else value})
        self.budget.spend(len(parts))
        if len(parts) > 2 * MOST_TERMS:
            raise UnreadableError
        return added(parts)

    def bracket(self, polynomial: Polynomial, node: Node | None = None) -> tuple[Fraction, Monomial]:
        """Return a sum as a number times an atom; a node is how it is written if it is new."""
        if len(polynomial) < 2:
            for monomial, value in polynomial.items():
                return value, monomial
            return Fraction(0), ONE
        first, key = max(polynomial), _unit(polynomial)
        found = self._of_sum.get(key)
        if found is None:
            found = self._of_sum[key] = len(self.nodes)
            self.nodes.append(node or EULER)
            self.sums[found] = polynomial
            return Fraction(1), ((found, 1),)
        return polynomial[first] / self.sums[found][first], ((found, 1),)

    def rewritten(self, polynomial: Polynomial) -> int:
        """Return an atom for a sum that is to be written as just this multiple of itself, here and from now on."""
        key = frozenset(polynomial.items())
        found = self._rewritten.get(key)
        if found is None:
            found = self._rewritten[key] = len(self.nodes)
            self.nodes.append(EULER)
            self.sums[found] = polynomial
            self._of_sum[_unit(polynomial)] = found
        return found

    def read(self, node: Node, *, below: bool = False) -> tuple[Fraction, Monomial]:
        """Return a product as a number and a monomial."""
        self.budget.spend()
        match node:
            case Number():
                if is_decimal(node):
                    raise UnreadableError
                return node.value, ONE
            case Neg():
                value, monomial = self.read(node.argument, below=below)
                return -value, monomial
            case Mul():
                value, monomial = self.read(node.left, below=below)
                other, second = self.read(node.right, below=below)
                return value * other, times(monomial, second)
            case Div():
                value, monomial = self.read(node.left, below=below)
                other, second = self.read(node.right, below=not below)
                if not other:
                    raise UnreadableError
                return value / other, times(monomial, to_the(second, -1))
            case Add() | Sub():
                return self.bracket(self.sum_of(node), node)
            case Pow():
                return self._power(node, below=below)
            case Call():
                return self._call(node, below=below)
            case IndexedSum():
                raise UnreadableError
            case _:
                return Fraction(1), ((self.place(node), 1),)

    def _call(self, node: Call, *, below: bool) -> tuple[Fraction, Monomial]:
        if node.name in _ROOTS:
            return self._raised(node.arguments[0], Fraction(1, _ROOTS[node.name]), below=below)
        if node.name == "root":
            index = integer_literal(node.arguments[1])
            return self._raised(node.arguments[0], Fraction(1, index or 1), below=below)
        if node.name == "exp":
            return self._varying(node, node.arguments[0], below=below)
        return Fraction(1), ((self.place(node), 1),)

    def _power(self, node: Pow, *, below: bool) -> tuple[Fraction, Monomial]:
        exponent = rational(node.exponent)
        if exponent is not None and is_decimal(node.exponent):
            raise UnreadableError
        if exponent is None or node.base == EULER:
            return self._varying(node, node.exponent, below=below)
        return self._raised(node.base, exponent, below=below)

    def _raised(self, base: Node, exponent: Fraction, *, below: bool) -> tuple[Fraction, Monomial]:
        """Return a power with a number as exponent: of a product of several factors, only a whole one is opened."""
        if isinstance(base, Mul | Div) and base in self.kept and rational(base) is None:
            return Fraction(1), ((self.place(base), whole(exponent)),)
        value, monomial = self.read(base, below=below)
        if exponent.denominator == 1 and abs(exponent) <= _HIGHEST and value:
            return value**exponent.numerator, to_the(monomial, exponent.numerator)
        if value == 1 and len(monomial) == 1 and self._may_be_raised(monomial[0][1], exponent):
            return Fraction(1), to_the(monomial, exponent)
        if rational(base) is None and not isinstance(base, Add | Sub):
            return Fraction(1), ((self.place(base), whole(exponent)),)
        if isinstance(base, Add | Sub):
            return Fraction(1), ((self._as_it_is(base), whole(exponent)),)
        return Fraction(1), ((self.place(Pow(base, number(exponent))), 1),)

    @staticmethod
    def _may_be_raised(inner: Exponent, outer: Fraction) -> bool:
        """Return whether (bᵖ)^r = b^(pr) holds wherever the left side has a value: √(x²) is |x|, ∛(x²) is x^(2/3)."""
        return Fraction(inner).numerator % 2 == 1 or outer.denominator % 2 == 1

    def _as_it_is(self, node: Node) -> int:
        """Return an atom for a sum that is another one times a number, under a root."""
        found = self.place(node)
        self.sums.setdefault(found, self.sum_of(node))
        return found

    def _varying(self, node: Node, exponent: Node, *, below: bool) -> tuple[Fraction, Monomial]:
        """Return b^u: a number in u is the atom's exponent, and a whole number added to u a power of b."""
        base = node.base if isinstance(node, Pow) else EULER
        terms, lowered = signed_terms(exponent), 0
        single = self._single_atom(base, below=below)
        if single is not None and len(terms) > 1:
            terms, lowered = _without_number(terms)
        count, rest = _split(terms)
        atom = Call("exp", (rest,)) if isinstance(node, Call) else Pow(base, rest)
        found = self.place(atom)
        self.powers.add(found)
        if below:
            self.below.add(found)
        if single is None or not lowered:
            self.typed.setdefault((found, count), node)
        if single is None:
            return Fraction(1), ((found, count),)
        self.base_of[found] = single
        return Fraction(1), times(((found, count),), ((single, lowered),) if lowered else ONE)

    def _single_atom(self, base: Node, *, below: bool) -> int | None:
        """Return the atom that a base is, a variable or a sum; None for anything else."""
        if not isinstance(base, Variable | Add | Sub):
            return None
        value, monomial = self.read(base, below=below)
        return monomial[0][0] if value == 1 and len(monomial) == 1 and monomial[0][1] == 1 else None


def _without_number(terms: list[tuple[bool, Node]]) -> tuple[list[tuple[bool, Node]], int]:
    """Return the terms of an exponent that are no whole numbers, and the sum of those that are."""
    found = [(negative, term, integer_literal(term)) for negative, term in terms]
    rest = [(negative, term) for negative, term, value in found if value is None]
    lowered = sum(-value if negative else value for negative, _, value in found if value is not None)
    return (rest, lowered) if rest else (terms, 0)


def _split(terms: list[tuple[bool, Node]]) -> tuple[int, Node]:
    """Return an exponent as a whole number times what is the same for all such multiples."""
    if len(terms) > 1:
        negative = terms[0][0]
        return (-1 if negative else 1), summed([(sign != negative, term) for sign, term in terms])
    ((negative, term),) = terms
    parts = parts_of(term)
    top, first, above = coefficient(parts.above)
    bottom, second, below = coefficient(parts.below)
    if first or second or not bottom or not top or not is_short(top / bottom):
        return (-1 if negative else 1), term
    value = top / bottom
    divisor = [number(value.denominator)] if value.denominator != 1 else []
    rest = Parts(False, above or [number(1)], [*divisor, *below]).node()
    sign = -1 if negative != (parts.negative ^ (value < 0)) else 1
    return sign * abs(value.numerator), rest
