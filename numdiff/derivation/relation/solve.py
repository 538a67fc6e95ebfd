"""The least equation between f and f′ when both are rational functions of one generator u.

u is transcendental over the constants, as any function is that is not constant. So f′ has a minimal polynomial over
the field of rational functions of f (Lüroth's situation; Lang, Algebra, chapter VIII), and it decides: degree 1 means
f′ is a rational function of f, and a polynomial if its denominator is constant; a higher degree means that it is no
rational function of f at all. It is the part without repeated factors of the resultant of u's two equations.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation import poly
from numdiff.derivation.poly import Poly
from numdiff.derivation.relation.field import Field, Generator
from numdiff.derivation.relation.ratio import Ratio, of_number, of_symbol
from numdiff.derivation.relation.write import Writer
from numdiff.tree import Variable

_HIGHEST_DEGREES = 20
"""The degrees of the two polynomials of a resultant, together, at most."""


@dataclass(frozen=True, eq=False)
class Setting:
    """f and f′ in a field, with the symbols that stand for f and f′ themselves."""

    field: Field
    f: Ratio
    slope: Ratio
    y: int
    p: int


def setting(field: Field, f: Ratio, slope: Ratio, name: str) -> Setting:
    """Return the setting; f is written with the name given, f′ with a prime."""
    zero = of_number(0)
    y = field.put(Generator("value", Variable(name), zero))
    p = field.put(Generator("value", Variable(f"{name}'"), zero))
    return Setting(field, f, slope, y, p)


def inverse(at: Setting, u: int) -> Ratio:
    """Return u as a rational function of f, for an f of degree 1 in u."""
    above, below = poly.coefficients(at.f.top, u), poly.coefficients(at.f.bottom, u)
    y, budget = poly.symbol(at.y), at.field.budget

    def part(n: int) -> Poly:
        shifted = poly.multiply(below.get(n, poly.ZERO), y, budget)
        return poly.add(above.get(n, poly.ZERO), shifted, -1)

    return at.field.ratios.make(part(0), poly.scale(part(1), -1))


def equation(at: Setting, u: int) -> Poly:
    """Return the minimal polynomial of f′ over the rational functions of f, cleared of denominators.

    Raises
    ------
    OutOfBudgetError
        If it takes too long.
    """
    field, budget = at.field, at.field.budget
    if at.f.degree(u) == 1:
        value = field.ratios.substitute(at.slope, {u: inverse(at, u)})
        return poly.add(poly.multiply(value.bottom, poly.symbol(at.p), budget), value.top, -1)
    first = poly.add(at.f.top, poly.multiply(at.f.bottom, poly.symbol(at.y), budget), -1)
    second = poly.add(poly.multiply(at.slope.bottom, poly.symbol(at.p), budget), at.slope.top, -1)
    return _without_repetition(_eliminated(first, second, u, budget), at.p, budget)


@dataclass(frozen=True, eq=False)
class _Curve:
    """f = y with a root r over a radicand in one other generator u: what r is, and the curve on which u and y lie."""

    root: int
    u: int
    of_root: Ratio
    gap: Poly


def _curve(at: Setting) -> _Curve | None:
    """Return the curve of an f of degree 1 in its one root: r, by u and y, is put into its own equation."""
    field, ratios = at.field, at.field.ratios
    active = field.active(at.f, at.slope)
    roots = [index for index in active if field.generators[index].kind == "root"]
    others = [index for index in active if index not in roots]
    if len(roots) != 1 or len(others) != 1:
        return None
    (root,), (u,) = roots, others
    relation = field.generators[root].relation
    if relation is None or at.f.degree(root) != 1 or not set(field.active(relation[1])) <= {u}:
        return None
    of_root = inverse(at, root)
    return _Curve(root, u, of_root, ratios.add(ratios.power(of_root, relation[0]), relation[1], -1).top)


def by_elimination(at: Setting) -> Ratio | None:
    """Return f′ as a rational function of f where f = a + b·r with a root r over a radicand in the one generator u.

    r is put from there into its own equation; if that is of degree 1 in u, all is known by f: x + √(x² + 1) = y gives
    x = (y² − 1)/(2y).
    """
    curve = _curve(at)
    if curve is None:
        return None
    ratios, parts = at.field.ratios, poly.coefficients(curve.gap, curve.u)
    if max(parts) != 1:
        return None
    of_u = ratios.make(poly.scale(parts.get(0, poly.ZERO), -1), parts[1])
    return ratios.substitute(at.slope, {curve.u: of_u, curve.root: ratios.substitute(curve.of_root, {curve.u: of_u})})


def equation_with_root(at: Setting) -> Poly | None:
    """Return the minimal polynomial of f′ over the rational functions of f, for an f = (a + b·r)/(c + d·r) as above.

    x/√(x² + 1) = y gives r = x/y and x²(1 − y²) = y²; with r gone from f′ too, x is eliminated by the resultant. The
    curve is irreducible, as r is of full degree over the rational functions of u and f generates what r does; so the
    resultant is a power of the minimal polynomial, and nothing has to be factored.

    Raises
    ------
    OutOfBudgetError
        If it takes too long.
    """
    curve = _curve(at)
    if curve is None:
        return None
    budget = at.field.budget
    gap = poly.exact_quotient(curve.gap, poly.content_in(curve.gap, at.y, budget), budget)
    slope = at.field.ratios.substitute(at.slope, {curve.root: curve.of_root})
    second = poly.add(poly.multiply(slope.bottom, poly.symbol(at.p), budget), slope.top, -1)
    if not poly.degree(gap, curve.u):
        return None
    if not poly.degree(second, curve.u):
        return _without_repetition(second, at.p, budget)
    return _without_repetition(_eliminated(gap, second, curve.u, budget), at.p, budget)


def _eliminated(a: Poly, b: Poly, index: int, budget: Budget) -> Poly:
    """Return the resultant of two polynomials, unless the matrix is too large."""
    if poly.degree(a, index) + poly.degree(b, index) > _HIGHEST_DEGREES:
        raise OutOfBudgetError
    return poly.resultant(a, b, index, budget)


def _without_repetition(a: Poly, index: int, budget: Budget) -> Poly:
    """Return the part without repeated factors and without factors that lack the symbol."""
    a = poly.exact_quotient(a, poly.content_in(a, index, budget), budget)
    repeated = poly.gcd(a, poly.derivative(a, index), budget)
    return poly.primitive(poly.exact_quotient(a, repeated, budget))


def one_generator(at: Setting) -> tuple[Setting, int] | None:
    """Return the setting with a single generator and that generator, or None if there are several.

    A root r of degree q over a radicand that is of degree 1 in another generator u replaces it: u is a rational
    function of r. If only powers of e^(n·g) occur, that becomes the generator.
    """
    at = _by_root(at)
    active = at.field.active(at.f, at.slope)
    if len(active) != 1 or at.field.generators[active[0]].kind == "sign":
        return None
    return _coarser(at, active[0])


def _by_root(at: Setting) -> Setting:
    field = at.field
    active = field.active(at.f, at.slope)
    roots = [index for index in active if field.generators[index].relation is not None]
    others = [index for index in active if index not in roots]
    if len(roots) != 1 or len(others) != 1 or field.generators[roots[0]].kind != "root":
        return at
    (root,), (u,) = roots, others
    relation = field.generators[root].relation
    assert relation is not None
    q, radicand = relation
    if field.active(radicand) != (u,) or radicand.degree(u) != 1:
        return at
    of_radicand = inverse(Setting(field, radicand, radicand, at.y, at.p), u)
    power = field.ratios.power(of_symbol(root), q)  # not reduced: the relation is what is being turned round
    by_root = field.ratios.substitute(of_radicand, {at.y: power})
    f, slope = (field.ratios.substitute(ratio, {u: by_root}) for ratio in (at.f, at.slope))
    return Setting(field, f, slope, at.y, at.p)


def _coarser(at: Setting, u: int) -> tuple[Setting, int]:
    field, generator = at.field, at.field.generators[u]
    exponents = {dict(m).get(u, 0) for r in (at.f, at.slope) for part in (r.top, r.bottom) for m in part}
    step = gcd(*exponents)
    if generator.kind != "exp" or step < 2 or generator.argument is None:
        return at, u
    argument = field.ratios.multiply(of_number(step), generator.argument)
    write = Writer(field)
    shown, written = write.exponential(argument), write.ratio(argument)
    power = Generator("exp", shown, of_number(0), "exp", argument, None, written)
    index = field.put(power)
    power.slope = field.ratios.multiply(field.derivative(argument), of_symbol(index))
    f, slope = (
        Ratio(*({_renamed(m, u, index, step): v for m, v in part.items()} for part in (r.top, r.bottom)))
        for r in (at.f, at.slope)
    )
    return Setting(field, f, slope, at.y, at.p), index


def _renamed(monomial: poly.Monomial, old: int, new: int, step: int) -> poly.Monomial:
    return tuple(sorted((new, n // step) if index == old else (index, n) for index, n in monomial))
