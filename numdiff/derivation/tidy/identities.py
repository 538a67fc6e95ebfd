"""Identities by which sums of squares and quotients of functions get shorter: sin² + cos² = 1, sin/cos = tan.

An identity brings in no function but the partner of one that is there: of sec² − 1 it makes tan², of sin/cos tan.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from numdiff.derivation.tidy.monomials import ONE, Atoms, Exponent, Monomial, Polynomial, added, product, times
from numdiff.functions.identities import PRODUCTS, RECIPROCALS, SQUARES
from numdiff.functions.registry import having
from numdiff.tree import Call, Number


def _calls(indices: set[int], atoms: Atoms, name: str) -> list[int]:
    return [index for index in sorted(indices) if _name(index, atoms) == name]


def _name(index: int, atoms: Atoms) -> str:
    node = atoms.nodes[index]
    return node.name if isinstance(node, Call) and len(node.arguments) == 1 else ""


def _of(name: str, index: int, atoms: Atoms) -> int:
    """Return the atom of another function of the same argument."""
    node = atoms.nodes[index]
    assert isinstance(node, Call)
    return atoms.place(Call(name, node.arguments))


def identities(polynomial: Polynomial, atoms: Atoms) -> Iterator[Polynomial]:
    """Yield the polynomial with the squares of one function written by those of its partner, for each that occurs."""
    indices = {index for monomial in polynomial for index, _ in monomial}
    for index in sorted(indices):
        name = _name(index, atoms)
        if name in SQUARES:
            partner, constant, sign = SQUARES[name]
            other = _of(partner, index, atoms)
            square = {ONE: Fraction(constant), ((other, 2),): Fraction(sign)}
            yield from _if_shorter(polynomial, index, square, atoms)
        elif name == "tanh" and _is_there("cosh", index, atoms):
            square = {ONE: Fraction(1), ((_of("cosh", index, atoms), -2),): Fraction(-1)}
            yield from _if_shorter(polynomial, index, square, atoms)
        elif name == "relu":
            yield from _without_sign(polynomial, index, atoms)


def _is_there(name: str, index: int, atoms: Atoms) -> bool:
    node = atoms.nodes[index]
    return isinstance(node, Call) and atoms.is_met(Call(name, node.arguments))


def _if_shorter(polynomial: Polynomial, index: int, square: Polynomial, atoms: Atoms) -> Iterator[Polynomial]:
    """Yield the polynomial with the square of an atom replaced, if it then has no more terms."""
    parts: list[Polynomial] = []
    is_changed = False
    for monomial, value in polynomial.items():
        exponent = dict(monomial).get(index, 0)
        if isinstance(exponent, int) and exponent >= 2:
            rest = times(monomial, ((index, -2),))
            parts.append(product({rest: value}, square, atoms.budget))
            is_changed = True
        else:
            parts.append({monomial: value})
    changed = added(parts)
    if is_changed and len(changed) <= len(polynomial):
        yield changed


def _without_sign(polynomial: Polynomial, index: int, atoms: Atoms) -> Iterator[Polynomial]:
    """Yield the polynomial with ReLU(u)·sgn u as ReLU(u)."""
    node = atoms.nodes[index]
    assert isinstance(node, Call)
    sign = atoms.find(Call("sign", node.arguments))
    if sign is None:
        return
    terms = []
    for monomial, value in polynomial.items():
        powers = dict(monomial)
        goes = powers.get(index, 0) > 0 and powers.get(sign, 0) > 0
        terms.append({tuple(pair for pair in monomial if pair[0] != sign) if goes else monomial: value})
    changed = added(terms)
    if changed != polynomial:
        yield changed


def quotients(monomial: Monomial, atoms: Atoms) -> Monomial:
    """Return a product with products and quotients of two functions written by one: sin u/cos u = tan u."""
    for (one, sign), (two, other_sign), name in PRODUCTS:
        for index in _calls({index for index, _ in monomial}, atoms, one):
            powers = dict(monomial)
            other = atoms.find(Call(two, atoms.nodes[index].arguments))  # type: ignore[union-attr]
            count = min(
                _count(powers.get(index, 0), sign), _count(powers.get(other, 0) if other is not None else 0, other_sign)
            )
            if other is not None and count > 0:
                changed = {index: -sign * count, other: -other_sign * count}
                if name:
                    changed[_of(name, index, atoms)] = count
                monomial = times(monomial, tuple(sorted(changed.items())))
    return _reciprocals(_by_one_logarithm(monomial, atoms), atoms)


def _count(exponent: Exponent, sign: int) -> int:
    """Return how often a factor of this sign is contained in a power."""
    return int(exponent) * sign if isinstance(exponent, int) else 0


def _by_one_logarithm(monomial: Monomial, atoms: Atoms) -> Monomial:
    """Return a product with log₂ u as ln u/ln 2 where ln u is there."""
    for index, exponent in monomial:
        node = atoms.nodes[index]
        if not isinstance(node, Call) or node.name not in having(rule="logarithm_base"):
            continue
        natural = atoms.find(Call("ln", (node.arguments[0],)))
        if natural is not None:
            base = node.arguments[1] if len(node.arguments) == 2 else Number(node.name.removeprefix("log"))
            divisor = atoms.place(Call("ln", (base,)))
            changed = sorted(((index, -exponent), (natural, exponent), (divisor, -exponent)))
            monomial = times(monomial, tuple(changed))
    return monomial


def _reciprocals(monomial: Monomial, atoms: Atoms) -> Monomial:
    """Return a product with 1/cos u as sec u, where the function has sec u or tan u, or nothing else is there."""
    for index, exponent in monomial:
        name = _name(index, atoms)
        if name in RECIPROCALS and isinstance(exponent, int) and exponent < 0:
            other, partners = RECIPROCALS[name]
            arguments = atoms.nodes[index].arguments  # type: ignore[union-attr]
            if len(monomial) == 1 or any(atoms.is_met(Call(partner, arguments)) for partner in partners):
                changed = ((index, -exponent), (_of(other, index, atoms), -exponent))
                monomial = times(monomial, tuple(sorted(changed)))
    return monomial
