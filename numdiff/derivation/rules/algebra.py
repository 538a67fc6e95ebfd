"""Rules for constants, sums, products and quotients. ′ is the derivative by x."""

from __future__ import annotations

from numdiff.derivation.fold_constants import settle
from numdiff.derivation.rules.base import Application, Dependence, Rule, slot
from numdiff.derivation.terms import EULER, ONE, TWO, ZERO, call, factors_of, number, product, rational, squared
from numdiff.tree import Add, Call, Div, IndexedSum, Mul, Neg, Node, Pow, Sub, Variable, expand_sums

MOST_FACTORS = 8
"""A product of more factors is differentiated as one of two halves: n terms of n factors would be too long."""


class Constant(Rule):
    """c′ = 0: an expression without the variable; the other variables are held fixed."""

    name = "constant"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return 0 if the variable does not occur."""
        return None if depends(node) else Application(ZERO)


class Identity(Rule):
    """x′ = 1."""

    name = "identity"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return 1 for the variable itself."""
        return Application(ONE) if node == Variable(depends.variable) else None


class IndexedSumRule(Rule):
    """(Σᵢ uᵢ)′ = Σᵢ uᵢ′: the sum is written out first, since its terms may contain different variables."""

    name = "indexed_sum"

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the derivative of the sum written out."""
        if not isinstance(node, IndexedSum):
            return None
        return Application(slot(0), (expand_sums(node),))


def terms_of(node: Node) -> tuple[Node, list[tuple[type[Add] | type[Sub], Node]]]:
    """Return the first term of a sum and the others with the kind of node that joins them, from left to right."""
    others: list[tuple[type[Add] | type[Sub], Node]] = []
    while isinstance(node, Add | Sub):
        others.append((type(node), node.right))
        node = node.left
    return node, others[::-1]


class Sum(Rule):
    """(u + v − w + …)′ = u′ + v′ − w′ + …, term by term in the order typed."""

    name = "sum"

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the sum of the terms' derivatives."""
        first, others = terms_of(node)
        if not others or _is_difference(node):
            return None
        form: Node = slot(0)
        for place, (join, _) in enumerate(others, start=1):
            form = join(form, slot(place))
        return Application(form, (first, *(term for _, term in others)))


def _is_difference(node: Node) -> bool:
    return isinstance(node, Sub) and not isinstance(node.left, Add | Sub)


class Difference(Rule):
    """(u − v)′ = u′ − v′."""

    name = "difference"

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the difference of the two derivatives."""
        if not isinstance(node, Sub) or not _is_difference(node):
            return None
        return Application(Sub(slot(0), slot(1)), (node.left, node.right))


class ConstantMultiple(Rule):
    """(c·u)′ = c·u′, also for −u and u/c: factors without the variable stay as they are."""

    name = "constant_multiple"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the constant factors times the derivative of the only factor with the variable."""
        match node:
            case Neg():
                return Application(Neg(slot(0)), (node.argument,))
            case Mul():
                factors = factors_of(node)
                moving = [factor for factor in factors if depends(factor)]
                if len(moving) > 1:
                    return None
                fixed = [factor for factor in factors if not depends(factor)]
                placed = product([slot(0) if factor is moving[0] else factor for factor in factors])
                return Application(product([*fixed, slot(0)]), (moving[0],), placed=placed)
            case Div() if depends(node.left):
                return self._quotient(node, depends)
            case _:
                return None

    @staticmethod
    def _quotient(node: Div, depends: Dependence) -> Application | None:
        if not depends(node.right):
            return Application(Div(slot(0), node.right), (node.left,))
        below = factors_of(node.right)
        fixed = [factor for factor in below if not depends(factor)]
        if not fixed:
            return None
        rest = product([factor for factor in below if depends(factor)])
        return Application(Div(slot(0), product(fixed)), (Div(node.left, rest),))


class Product(Rule):
    """(u·v)′ = u′·v + u·v′, and likewise for more factors: each is differentiated once, the others stay."""

    name = "product"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return one term for each factor; a constant belongs to the factor with the variable before or after it."""
        if not isinstance(node, Mul):
            return None
        groups = self._groups(factors_of(node), depends)
        if len(groups) > MOST_FACTORS:
            half = len(groups) // 2
            groups = [[factor for group in part for factor in group] for part in (groups[:half], groups[half:])]
        terms = [
            product([factor for other, group in enumerate(groups) for factor in (group if other != place else [mark])])
            for place, mark in enumerate(map(slot, range(len(groups))))
        ]
        form = terms[0]
        for term in terms[1:]:
            form = Add(form, term)
        return Application(form, tuple(product(group) for group in groups))

    @staticmethod
    def _groups(factors: tuple[Node, ...], depends: Dependence) -> list[list[Node]]:
        """Return the factors in groups with one factor each that contains the variable: 3·x·eˣ is (3x)·eˣ."""
        groups: list[list[Node]] = [[]]
        seen = False
        for factor in factors:
            if depends(factor):
                if seen:
                    groups.append([])
                seen = True
            groups[-1].append(factor)
        return groups


class Quotient(Rule):
    """(u/v)′ = (u′·v − u·v′)/v²; u/v/w is u/(vw) first."""

    name = "quotient"

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the quotient rule's fraction for a numerator and a denominator that both contain the variable."""
        if not isinstance(node, Div):
            return None
        if isinstance(node.left, Div):
            return Application(slot(0), (_one_fraction(node),))
        above = Sub(product((slot(0), *factors_of(node.right))), product((*factors_of(node.left), slot(1))))
        return Application(Div(above, squared(node.right)), (node.left, node.right))


def _one_fraction(node: Div) -> Node:
    """Return u/v/w as u/(vw)."""
    top: Node = node
    below: list[Node] = []
    while isinstance(top, Div):
        below = [*factors_of(top.right), *below]
        top = top.left
    return Div(top, product(below))


class Reciprocal(Rule):
    """c/u = c·u⁻¹: the fraction is written as a power, differentiated, and written as a fraction again."""

    name = "reciprocal"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the derivative of the power, for a numerator without the variable."""
        if not isinstance(node, Div) or depends(node.left):
            return None
        below = factors_of(node.right)
        fixed = [factor for factor in below if not depends(factor)]
        inverted = inverse(product([factor for factor in below if depends(factor)]), depends)
        front = Div(node.left, product(fixed)) if fixed else node.left
        rewritten = inverted if front == ONE else Mul(front, inverted)
        return Application(slot(0), (rewritten,), finish=lambda result: as_fraction(result, inverted))


def inverse(node: Node, depends: Dependence) -> Pow | Call:
    """Return 1/node as a power: x⁻¹, x⁻³, e⁻ˣ, x^(−1/2) for √x."""
    match node:
        case Pow(base, exponent) if rational(exponent) is not None or not depends(base):
            value = rational(exponent)
            return Pow(base, number(-value) if value is not None and value.denominator == 1 else _minus(exponent))
        case Call("exp"):
            return call("exp", _minus(node.arguments[0]))
        case Call("sqrt"):
            return Pow(node.arguments[0], Neg(Div(ONE, TWO)))
        case _:
            return Pow(node, Neg(ONE))


def _minus(node: Node) -> Node:
    return node.argument if isinstance(node, Neg) else Neg(node)


def as_fraction(node: Node, inverted: Pow | Call) -> Node:
    """Return a product with the powers that a reciprocal brought in written below the line again."""
    if isinstance(node, Neg):
        return Neg(as_fraction(node.argument, inverted))
    above: list[Node] = []
    below: list[Node] = []
    _split(node, inverted, above, below)
    top = settle(product(above))
    return Div(top, product(below)) if below else top


def _split(node: Node, inverted: Pow | Call, above: list[Node], below: list[Node]) -> None:
    match node:
        case Mul():
            for factor in (node.left, node.right):
                _split(factor, inverted, above, below)
        case Div():
            _split(node.left, inverted, above, below)
            _split(node.right, inverted, below, above)
        case _:
            turned = _turned(node, inverted)
            (above if turned is None else below).append(node if turned is None else turned)


def _turned(node: Node, inverted: Pow | Call) -> Node | None:
    """Return what stands below the line for a power of the inverted base; None for any other factor."""
    if isinstance(inverted, Call) or inverted.base == EULER or rational(inverted.exponent) is None:
        if node != inverted:
            return None
        argument = _minus(inverted.arguments[0] if isinstance(inverted, Call) else inverted.exponent)
        return call("exp", argument) if isinstance(inverted, Call) else Pow(inverted.base, argument)
    if not isinstance(node, Pow) or node.base != inverted.base:
        return None
    exponent = rational(node.exponent)
    if exponent is None or exponent >= 0:
        return None
    return node.base if exponent == -1 else Pow(node.base, _minus(node.exponent))
