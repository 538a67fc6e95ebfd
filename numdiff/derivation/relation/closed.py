"""What f′ is in terms of f: by the minimal polynomial where there is one generator, else by undoing f step by step.

f = φ(w) with an invertible φ gives w = φ⁻¹(f) and f′ = φ′(w)·w′; if w′ is known in terms of w, f′ is known in terms
of f. So ln(1 + e^x) leads to w = 1 + e^x, w′ = w − 1, w = e^f, f′ = (w − 1)/w = 1 − e^−f.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation import poly
from numdiff.derivation.poly import Poly
from numdiff.derivation.relation.factor import by_multiplicity, coefficients_of, factored
from numdiff.derivation.relation.field import Field, Generator, UnreadableError
from numdiff.derivation.relation.generators import Mode
from numdiff.derivation.relation.ratio import Ratio, of_symbol
from numdiff.derivation.relation.read import Reading, read
from numdiff.derivation.relation.solve import (
    Setting,
    by_elimination,
    equation,
    equation_with_root,
    inverse,
    one_generator,
    setting,
)
from numdiff.derivation.relation.write import ONE, Writer, number, product
from numdiff.functions import trees
from numdiff.functions.registry import asked, is_known
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    children,
    rebuild,
    substitute,
    walk,
)

_LONGEST = 400
_MOST_TERMS = 60
_MOST_SHOWN = 12
"""Terms of an equation between f and f′, at most, where a root is eliminated."""

Y = "#f"
"""The name of f in what is composed here, which no typed variable has; the caller puts f in its place."""


@dataclass(frozen=True, eq=False)
class Closed:
    """f′ⁿ = right, an expression in y = f.

    Attributes
    ----------
    power : int
        n.
    right : Node
        The right side.
    ratio : Ratio or None
        The right side where it is a rational function of y, in the field of ``at``.
    at : Setting or None
        The setting of ``ratio`` and ``equation``.
    equation : dict or None
        If ``power`` is 0: the polynomial in f and f′ that is 0.
    generator : int or None
        The one generator of f and f′, if there is one.
    """

    power: int
    right: Node
    ratio: Ratio | None = None
    at: Setting | None = None
    equation: Poly | None = None
    generator: int | None = None


def close(field: Field, f: Ratio, *, whole: bool = False) -> Closed | None:
    """Return what holds between f and f′, or None if nothing was found.

    Parameters
    ----------
    field, f
        The function in its field.
    whole : bool
        Whether an equation that is not solved for a power of f′ is wanted too.

    Raises
    ------
    OutOfBudgetError
        If it takes too long.
    """
    slope = field.derivative(f)
    at = setting(field, f, slope, Y)
    if field.is_constant(slope):
        return Closed(1, Writer(field).ratio(slope), slope, at)
    single = one_generator(at)
    if single is not None:
        found = _of_equation(single[0], equation(*single), single[1])
        if found.power or whole:
            return found
    solved = by_elimination(at)
    if solved is not None:
        return Closed(1, Writer(field).ratio(solved), solved, at)
    undone = _undone(field, f)
    return undone if undone is not None else _by_root(at, whole=whole)


def _by_root(at: Setting, *, whole: bool) -> Closed | None:
    """Return what a root beside another generator leads to; an equation that nobody would read is none."""
    relation = equation_with_root(at)
    if relation is None:
        return None
    found = _of_equation(at, relation)
    return found if found.power or (whole and len(relation) <= _MOST_SHOWN) else None


def _of_equation(at: Setting, relation: Poly, u: int | None = None) -> Closed:
    parts = poly.coefficients(relation, at.p)
    n = max(parts)
    if set(parts) <= {0, n}:
        ratio = at.field.ratios.make(poly.scale(parts.get(0, poly.ZERO), -1), parts[n])
        forms = [Writer(at.field).ratio(ratio)]
        with suppress(OutOfBudgetError):
            forms.append(by_multiplicity(at.field, ratio, at.y))
        return Closed(n, _shortest(forms), ratio, at, relation, u)
    return Closed(0, Writer(at.field).sum(relation), None, at, relation, u)


def on_both_sides(first: Closed | None, second: Closed | None, budget: Budget) -> Closed | None:
    """Return what holds where a sign is 1 and where it is −1: the same equation, or the same for the square of f′."""
    if first is None or second is None or first.power != second.power or not first.power:
        return None
    for power in (first.power, 2 * first.power):
        sides = [tidied(_power(side.right, power // first.power), budget) for side in (first, second)]
        if sides[0] == sides[1]:
            same = power == first.power
            return Closed(power, sides[0], first.ratio if same else None, first.at if same else None)
    return None


# --- undoing the outermost function -------------------------------------------------------------------------------


def _undone(field: Field, f: Ratio) -> Closed | None:
    active = field.active(f)
    if len(active) != 1 or f.degree(active[0]) != 1:
        return None
    if len(f.top) + len(f.bottom) > _MOST_TERMS:
        raise OutOfBudgetError
    index = active[0]
    inner = _of_generator(field, field.generators[index])
    if inner is None or f.same(of_symbol(index)):
        return inner
    at = setting(field, f, f, Y)
    write = Writer(field).ratio
    back = inverse(at, index)
    factor = field.ratios.substitute(field.ratios.derivative(f, index), {index: back})
    right = _times(_power(write(factor), inner.power), substitute(inner.right, {Y: write(back)}))
    return Closed(inner.power, tidied(right, field.budget))


def _of_generator(field: Field, generator: Generator) -> Closed | None:
    if generator.argument is None:
        return None
    y: Node = Variable(Y)
    as_power = _constant_exponent(field, generator)
    argument = generator.argument
    if as_power is not None:
        exponent, argument = as_power
        back: Node = Pow(y, Div(ONE, exponent))
        slope: Node = Mul(exponent, Pow(y, Sub(ONE, Div(ONE, exponent))))
    elif generator.kind == "root" and generator.relation is not None:
        q = generator.relation[0]
        back = _power(y, q)
        slope = Div(ONE, Mul(number(Fraction(q)), _power(y, q - 1)))
    elif (undone := undoing(generator.name)) is not None:
        back, slope = undone
    else:
        return None
    inner = close(field, argument)
    if inner is None or not inner.power:
        return None
    right = _times(_power(slope, inner.power), substitute(inner.right, {Y: back}))
    return Closed(inner.power, tidied(right, field.budget))


def _constant_exponent(field: Field, generator: Generator) -> tuple[Node, Ratio] | None:
    """Return (a, w) for e^(a·ln w), a without the variable: the power w^a."""
    argument = generator.argument
    if generator.kind != "exp" or argument is None:
        return None
    logarithms = [index for index in field.active(argument) if field.generators[index].kind == "log"]
    if len(logarithms) != 1:
        return None
    exponent = field.divide(argument, of_symbol(logarithms[0]))
    radicand = field.generators[logarithms[0]].argument
    if not field.is_constant(exponent) or radicand is None:
        return None
    return Writer(field).ratio(exponent), radicand


@asked
def undoing(name: str) -> tuple[Node, Node] | None:
    """Return for y = φ(w) what w and φ′(w) are in terms of y, on the principal branch; None if that is not known."""
    row = row_of(name) if is_known(name) else None
    if row is None or not row.slope_by_value:
        return None
    y = Variable(Y)
    back: Node = Pow(Constant("e"), y) if row.inverse == "exp" else Call(row.inverse, (y,))
    return back, substitute(trees.read(row.slope_by_value), {"v": y})


# --- tidying --------------------------------------------------------------------------------------------------------


def _times(a: Node, b: Node) -> Node:
    """Return the product as one fraction, its numbers put together in front."""
    (front, above, below), (other, more_above, more_below) = _parts(a), _parts(b)
    value, above, below = front * other, above + more_above, below + more_below
    size = abs(value)
    top = product([*([number(Fraction(size.numerator))] if size.numerator != 1 or not above else []), *above])
    bottom = product([*([number(Fraction(size.denominator))] if size.denominator != 1 else []), *below])
    whole = top if bottom == ONE else Div(top, bottom)
    return Neg(whole) if value < 0 else whole


def _parts(a: Node) -> tuple[Fraction, list[Node], list[Node]]:
    """Return a product's number, the other factors above and those below the line."""
    match a:
        case Number():
            return a.value, [], []
        case Neg():
            value, above, below = _parts(a.argument)
            return -value, above, below
        case Mul() | Div():
            (front, above, below), (other, more_above, more_below) = _parts(a.left), _parts(a.right)
            if isinstance(a, Mul):
                return front * other, above + more_above, below + more_below
            if other:
                return front / other, above + more_below, below + more_above
            return Fraction(1), [a], []
        case _:
            return Fraction(1), [a], []


def _power(a: Node, n: int) -> Node:
    if n == 1:
        return a
    if isinstance(a, Pow) and isinstance(a.exponent, Number):
        return Pow(a.base, Number(str(n * a.exponent.value)))
    return Pow(a, Number(str(n)))


def tidied(tree: Node, budget: Budget) -> Node:
    """Return the shortest of the tree and its forms as a rational function of generators.

    Raises
    ------
    OutOfBudgetError
        If the tree is too long for anybody to read.
    """
    if any(islice(walk(tree), _LONGEST, None)):
        raise OutOfBudgetError
    tree = _merged(tree)
    forms = [tree]
    for mode in (Mode(), Mode(by_exponential=True)):
        try:
            reading = read(tree, Y, budget, mode)
        except (UnreadableError, OutOfBudgetError, ZeroDivisionError):
            continue
        forms += _forms(reading)
    return _shortest(forms[::-1])


def _merged(tree: Node) -> Node:
    """Return the tree with e^(2g) for (e^g)²: it is what comes of e^f put for f."""
    parts = children(tree)
    tree = rebuild(tree, tuple(map(_merged, parts))) if parts else tree
    match tree:
        case Pow(Pow(Constant("e"), Neg(g)), Number() as n):
            return Pow(Constant("e"), Neg(Mul(n, g)))
        case Pow(Pow(Constant("e"), g), Number() as n):
            return Pow(Constant("e"), Mul(n, g))
        case _:
            return tree


def _forms(reading: Reading) -> list[Node]:
    """Return the value as a sum, and as a product if it is a polynomial in y."""
    field, value = reading.field, reading.value
    forms = [Writer(field, typed=False).ratio(value)]
    y = next((index for index in value.symbols if field.generators[index].tree == Variable(Y)), None)
    if y is not None and not poly.degree(value.bottom, y):
        with suppress(OutOfBudgetError):
            forms.append(factored(field, coefficients_of(field, value, y), Variable(Y)))
    return forms


def _shortest(forms: list[Node]) -> Node:
    """Return the first of the shortest. One that is longer than another is not read to its end: it may be endless."""
    best, least = forms[0], weight(forms[0], 2 * _LONGEST)
    for form in forms[1:]:
        length = weight(form, least)
        if length < least:
            best, least = form, length
    return best


def weight(tree: Node, most: int) -> int:
    """Return how long an expression looks, in half nodes: numbers count half. Beyond ``most`` it is not counted on."""
    length = 0
    for node in walk(tree):
        length += 1 if isinstance(node, Number) else 2
        if length > most:
            break
    return length
