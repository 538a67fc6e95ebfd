"""A sum of products of powers written as an expression, as a textbook writes it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from numdiff.derivation.fold_constants import settle
from numdiff.derivation.terms import call, number, product
from numdiff.derivation.tidy.monomials import ONE, Atoms, Exponent, Monomial, Polynomial
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.parts import summed
from numdiff.derivation.tidy.product import combine_numbers
from numdiff.tree import Call, Constant, Mul, Neg, Node, Pow, Variable
from numdiff.tree import Div as Fracture

_THIRD = Fraction(1, 3)


class Writer:
    """Writes monomials and polynomials in given atoms."""

    def __init__(self, atoms: Atoms, order: Order, *, has_cube_roots: bool) -> None:
        self.atoms, self.order, self._has_cube_roots = atoms, order, has_cube_roots

    def power(self, index: int, exponent: Exponent) -> Node:
        """Return a power of an atom."""
        base = self.base(index)
        if index in self.atoms.powers:
            return self._varying(index, base, exponent)
        if exponent == 1:
            return base
        if exponent == Fraction(1, 2):
            return call("sqrt", base)
        if exponent == _THIRD and self._has_cube_roots:
            return call("cbrt", base)
        return Pow(base, number(Fraction(exponent)))

    def base(self, index: int) -> Node:
        """Return an atom; a sum that was not met as such is written."""
        node = self.atoms.nodes[index]
        if index in self.atoms.sums and isinstance(node, Constant):
            node = self.atoms.nodes[index] = self.sum(self.atoms.sums[index])
        return node

    def _varying(self, index: int, node: Node, times: Exponent) -> Node:
        typed = self.atoms.typed.get((index, times))
        if typed is not None:
            return typed
        assert isinstance(node, Call | Pow)
        exponent = node.arguments[0] if isinstance(node, Call) else node.exponent
        scaled = settle(Mul(number(Fraction(times)), exponent))
        scaled = combine_numbers(scaled) if isinstance(exponent, Fracture) else scaled
        return Call("exp", (scaled,)) if isinstance(node, Call) else Pow(node.base, scaled)

    def product(self, value: Fraction, monomial: Monomial, bracket: Node | None = None) -> Node:
        """Return a number times a monomial, and a sum in brackets: one fraction if there is anything below the line."""
        above: list[Node] = []
        below: list[Node] = []
        for node, is_below in self._powers(monomial):
            (below if is_below else above).append(node)
        above, below = self.order.arranged(above), self.order.arranged(below)
        size = abs(value)
        if bracket is not None:
            above.append(bracket)
        return self._fraction(value < 0, size, above, below)

    def _powers(self, monomial: Monomial) -> Iterator[tuple[Node, bool]]:
        """Yield the powers, and whether each stands below the line; x^a·x⁻¹ is one power, x^(a − 1)."""
        powers: dict[int, Exponent] = dict(monomial)
        joined = {
            self.atoms.base_of[index]: index
            for index, exponent in monomial
            if exponent in (1, -1) and isinstance(powers.get(self.atoms.base_of.get(index, -1)), int)
        }
        for index, exponent in monomial:
            if index in joined:
                continue
            base = self.atoms.base_of.get(index)
            if base is not None and joined.get(base) == index:
                yield self._symbolic(index, exponent, powers[base])
            else:
                yield self._sided(index, exponent)

    def _sided(self, index: int, exponent: Exponent) -> tuple[Node, bool]:
        is_above = exponent > 0 or self._stays_above(index)
        return self.power(index, exponent if is_above else -exponent), not is_above

    def _symbolic(self, index: int, sign: Exponent, more: Exponent) -> tuple[Node, bool]:
        """Return x^a·xⁿ as one power."""
        node = self.atoms.nodes[index]
        assert isinstance(node, Pow)
        is_below = sign < 0 and index in self.atoms.below
        turn = -1 if is_below else 1
        symbol, step = (sign * turn < 0, node.exponent), number(abs(Fraction(more)))
        number_first = symbol[0] and more * turn > 0
        terms = [(False, step), symbol] if number_first else [symbol, (more * turn < 0, step)]
        return Pow(node.base, summed(terms)), is_below

    @staticmethod
    def _fraction(negative: bool, size: Fraction, above: list[Node], below: list[Node]) -> Node:
        if not below and size.denominator != 1 and not above:
            node: Node = number(size)
        else:
            upper = [number(size.numerator), *above] if size.numerator != 1 or not above else above
            lower = [number(size.denominator), *below] if size.denominator != 1 else below
            node = Fracture(product(upper), product(lower)) if lower else product(upper)
        return Neg(node) if negative else node

    def sum(self, polynomial: Polynomial) -> Node:
        """Return a polynomial, a positive term first where there is one."""
        terms = list(polynomial.items())
        if terms and terms[0][1] < 0:
            is_turned = terms[-1][1] > 0 and self._is_falling(terms)
            terms = terms[::-1] if is_turned else sorted(terms, key=lambda term: term[1] < 0)
        return summed([(value < 0, self.product(abs(value), monomial)) for monomial, value in terms])

    def _is_falling(self, terms: list[tuple[Monomial, Fraction]]) -> bool:
        """Return True for a polynomial in one variable by falling powers."""
        indices = {index for monomial, _ in terms for index, _ in monomial}
        if len(indices) != 1 or not isinstance(self.atoms.nodes[next(iter(indices))], Variable):
            return False
        degrees = [monomial[0][1] if monomial else 0 for monomial, _ in terms]
        return degrees == sorted(degrees, reverse=True)

    def form(self, value: Fraction, factor: Monomial, polynomial: Polynomial, *, closed: bool = False) -> Node:
        """Return value·factor·polynomial; a number alone before the bracket goes into it unless that stays closed."""
        if len(polynomial) == 1:
            ((monomial, more),) = polynomial.items()
            assert not monomial
            return self.product(value * more, factor)
        is_alone = not any(exponent > 0 or self._stays_above(index) for index, exponent in factor)
        may_turn = is_alone or polynomial.get(ONE, 0) <= 0
        if value < 0 and may_turn and any(more < 0 for more in polynomial.values()):
            value, polynomial = -value, {monomial: -more for monomial, more in polynomial.items()}
        if not factor and value.denominator == 1 and not closed:  # nothing else stands before the bracket
            return self.sum({monomial: more * value for monomial, more in polynomial.items()})
        bracket = self.sum(polynomial)
        return self.product(value, factor, bracket)

    def _stays_above(self, index: int) -> bool:
        return index in self.atoms.powers and index not in self.atoms.below
