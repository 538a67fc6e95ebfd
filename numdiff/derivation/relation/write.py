"""From a rational function of generators back to an expression, as a textbook writes it."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from numdiff.derivation import poly
from numdiff.derivation.poly import Monomial, Poly
from numdiff.derivation.relation.ratio import Ratio, of_number, of_symbol
from numdiff.functions.registry import row
from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Node, Number, Pow, Sub, children

if TYPE_CHECKING:
    from numdiff.derivation.relation.field import Field

ONE = Number("1")


class Writer:
    """Writes expressions of a field; the generators as they were typed, or (not ``typed``) in their simplest form."""

    def __init__(self, field: Field, *, typed: bool = True) -> None:
        self.field = field
        self.typed = typed

    def ratio(self, a: Ratio) -> Node:
        """Return the expression: one fraction, or a sum if below the line there are only powers of e."""
        above, below = self._exponentials_up(a)
        whole = self.quotient(above, below)
        self.field.budget.spend(_distinct_parts(whole))
        return whole

    def quotient(self, above: dict[Monomial, Fraction], below: Poly) -> Node:
        """Return above/below; a number below that is common to all terms is put there."""
        if not above:
            return Number("0")
        if all(value < 0 for value in above.values()) and any(value < 0 for value in below.values()):
            above, below = {m: -v for m, v in above.items()}, poly.scale(below, -1)  # f/(1 − f), not −f/(f − 1)
        number = poly.content(above)
        whole: Poly = {monomial: value / number for monomial, value in above.items()}
        factor = number / poly.content(below)
        below = poly.scale(below, 1 / poly.content(below))
        top = self.sum(poly.scale(whole, factor.numerator))
        bottom = poly.scale(below, factor.denominator)
        if bottom == {poly.UNIT: 1}:
            return top
        return negated_outside(top, self.sum(bottom))

    def _exponentials_up(self, a: Ratio) -> tuple[dict[Monomial, Fraction], Poly]:
        """Return numerator and denominator without the powers of e that all terms of the denominator share."""
        shared = dict(next(iter(a.bottom)))
        for monomial in a.bottom:
            shared = {index: min(n, dict(monomial).get(index, 0)) for index, n in shared.items()}
        moved = {index: n for index, n in shared.items() if n and self.field.generators[index].kind == "exp"}
        if not moved:
            return dict(a.top), a.bottom
        return {_lowered(m, moved): v for m, v in a.top.items()}, {_lowered(m, moved): v for m, v in a.bottom.items()}

    def sum(self, a: Poly) -> Node:
        """Return a polynomial in ascending order, beginning with a positive term if there is one."""
        terms = sorted(a.items(), key=lambda term: self._order(term[0]))
        first = next((place for place, (_, value) in enumerate(terms) if value > 0), 0)
        terms.insert(0, terms.pop(first))
        total = self.term(*terms[0])
        for monomial, value in terms[1:]:
            kind = Sub if value < 0 else Add
            total = kind(total, self.term(monomial, abs(value)))
        return total

    def by_powers(self, a: Poly, index: int) -> Node:
        """Return a polynomial in descending powers of one symbol, the coefficients in brackets: p² − (1 + 4f)p + f."""
        parts = sorted(poly.coefficients(a, index).items(), reverse=True)
        turn = -1 if all(value < 0 for value in parts[0][1].values()) else 1
        total: Node | None = None
        for n, part in parts:
            sign = turn * (-1 if all(turn * value < 0 for value in part.values()) else 1)
            top = self.sum(poly.scale(part, sign))
            power = [] if n == 0 else [self.factor(index, n)]
            term = product([*([top] if top != ONE or not power else []), *power])
            total = term if total is None else (Sub if sign != turn else Add)(total, term)
        assert total is not None
        return total

    def _order(self, monomial: Monomial) -> tuple[int, int, Monomial]:
        """Return a key: by the degree in what depends on the variable, then by the degree in parameters."""
        varying = sum(abs(n) for index, n in monomial if not self.field.generators[index].is_constant)
        return varying, sum(n for _, n in monomial) - varying, monomial

    def term(self, monomial: Monomial, value: Fraction) -> Node:
        """Return number·symbols; a fraction stands in front of several factors and around one."""
        self.field.budget.spend(1 + len(monomial))
        ordered = sorted(monomial, key=lambda pair: (not self.field.generators[pair[0]].is_constant, pair[0]))
        factors = [self.factor(index, n) for index, n in ordered]
        size = abs(value)
        if not factors:
            written = number(size)
        else:
            front = [Number(str(size.numerator))] if size.numerator != 1 else []
            written = product([*front, *factors])
            if size.denominator != 1:
                written = Div(written, Number(str(size.denominator)))
        return Neg(written) if value < 0 else written

    def factor(self, index: int, n: int) -> Node:
        """Return a generator to the power n: e^(n·g), w^(n/q), or the power as such."""
        generator = self.field.generators[index]
        if n == 1 and (self.typed or generator.kind != "exp"):
            return generator.tree
        if generator.kind == "exp" and generator.argument is not None:
            argument = self.field.ratios.multiply(of_number(n), generator.argument)
            if isinstance(generator.tree, Call):
                return Call("exp", (self.ratio(argument),))
            return self.exponential(argument)
        if generator.kind == "root" and generator.inner is not None and generator.relation is not None:
            return root_power(generator.inner, Fraction(n, generator.relation[0]))
        return Pow(generator.tree, number(Fraction(n)))

    def exponential(self, g: Ratio) -> Node:
        """Return e^g, or w^h for g = h·ln w: a power of 10, or of a parameter."""
        for index in sorted(poly.symbols(g.top)):
            generator = self.field.generators[index]
            everywhere = all((index, 1) in monomial for monomial in g.top)
            if generator.kind == "log" and everywhere and generator.inner is not None:
                return Pow(generator.inner, self.ratio(self.field.ratios.divide(g, of_symbol(index))))
        return Pow(Constant("e"), self.ratio(g))


def _lowered(monomial: Monomial, by: dict[int, int]) -> Monomial:
    """Return the monomial divided by another; exponents may become negative."""
    powers = dict(monomial)
    for index, n in by.items():
        powers[index] = powers.get(index, 0) - n
    return tuple(sorted((index, n) for index, n in powers.items() if n))


def number(value: Fraction) -> Node:
    """Return a rational number: 3, −3, 1/2."""
    size: Node = Number(str(abs(value.numerator)))
    if value.denominator != 1:
        size = Div(size, Number(str(value.denominator)))
    return Neg(size) if value < 0 else size


def product(factors: list[Node]) -> Node:
    """Return the product, 1 if there are no factors."""
    return reduce(Mul, factors) if factors else ONE


def _distinct_parts(tree: Node) -> int:
    """Return how many sub-expressions there are, each counted once: generators within generators share theirs."""
    stack, seen = [tree], {id(tree)}
    while stack:
        for part in children(stack.pop()):
            if id(part) not in seen:
                seen.add(id(part))
                stack.append(part)
    return len(seen)


def is_positive(tree: Node) -> bool:
    """Return True if the expression is positive wherever it has a value, as far as its form shows."""
    return _Signs().least(tree) == 1


class _Signs:
    """What the forms of expressions show of their signs, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def least(self, tree: Node) -> int:
        """Return 1 if the form shows that the expression is positive, 0 that it is not negative, else −1."""
        if id(tree) not in self._known:
            self._known[id(tree)] = self._least(tree)
        return self._known[id(tree)]

    def _least(self, tree: Node) -> int:
        match tree:
            case Number():
                return 1 if tree.value > 0 else 0
            case Constant() | Pow(Constant()):
                return 1
            case Add(left, right):
                signs = self.least(left), self.least(right)
                return max(signs) if min(signs) >= 0 else -1
            case Mul(left, right):
                return min(self.least(left), self.least(right))
            case Div(left, right):
                return self.least(left) if self.least(right) == 1 else -1
            case Pow(base, exponent):
                is_even = isinstance(exponent, Number) and exponent.value % 2 == 0
                return 1 if self.least(base) == 1 else 0 if is_even else -1
            case Call("sqrt", (base,)):
                return 1 if self.least(base) == 1 else 0
            case Call(name):
                return {"positive": 1, "nonnegative": 0, "": -1}[row(name).sign]
            case _:
                return -1


def negated_outside(top: Node, bottom: Node) -> Node:
    """Return top/bottom with a leading minus in front of the fraction."""
    return Neg(Div(top.argument, bottom)) if isinstance(top, Neg) else Div(top, bottom)


def root_power(base: Node, exponent: Fraction) -> Node:
    """Return base^exponent: √ for 1/2, else a power with a fraction."""
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2):
        return Call("sqrt", (base,))
    if exponent == Fraction(1, 3):
        return Call("cbrt", (base,))
    return Pow(base, number(exponent))
