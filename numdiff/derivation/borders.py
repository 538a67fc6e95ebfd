"""Where the pieces of a function meet, and whether it has a derivative there: a smooth join, a kink, a jump.

The places are solved for where what is compared makes that easy: a polynomial with rational roots, an absolute value
of cx + d, a variable and an expression without it. Whether there is a derivative is decided in exact arithmetic, with
generic values for other variables; where nothing is decided, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

from flint import fmpq, fmpq_poly

from numdiff.derivation.terms import number
from numdiff.evaluate.choice import comparisons_of
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.functions.registry import pieces
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Sub,
    Variable,
    integer_literal,
    variables,
    walk,
)

Verdict: TypeAlias = Literal["smooth", "kink", "jump", "edge", "unknown"]

MOST_DEGREE = 6
_DIGITS = 30
_GENERIC = (
    (Fraction(7, 5), Fraction(-11, 13), Fraction(23, 17), Fraction(5, 19), Fraction(-31, 29), Fraction(41, 37)),
    (Fraction(13, 3), Fraction(17, 23), Fraction(-9, 31), Fraction(37, 11), Fraction(19, 43), Fraction(-3, 47)),
)
"""Values of the other variables, without a pattern."""


@dataclass(frozen=True, slots=True)
class Border:
    """A place where a condition changes.

    Attributes
    ----------
    comparison : Comparison
        What changes its truth there.
    place : Node or None
        The value of the variable; None if it was not solved for.
    verdict : str
        "smooth" (there is a derivative), "kink", "jump", "edge" (no value on one side) or "unknown".
    """

    comparison: Comparison
    place: Node | None
    verdict: Verdict = "unknown"


def borders(node: Piecewise, variable: str) -> tuple[Border, ...]:
    """Return the places where the conditions change as the variable moves, each once."""
    found: dict[Node | Comparison, Border] = {}
    for condition in node.conditions:
        for comparison in comparisons_of(condition):
            if variable not in (*variables(comparison.left), *variables(comparison.right)):
                continue
            places = _places(comparison, variable)
            if places is None:
                found[comparison] = Border(comparison, None)
                continue
            for place in places:
                found.setdefault(place, Border(comparison, place, verdict_at(node, variable, place)))
    return tuple(found.values())


def verdict_at(node: Node, variable: str, place: Node) -> Verdict:
    """Return whether an expression has a derivative at a place, for generic values of its other variables."""
    names = [name for name in dict.fromkeys((*variables(node), *variables(place))) if name != variable]
    if len(names) > len(_GENERIC[0]):
        return "unknown"
    verdicts = {
        _verdict(node, variable, place, dict(zip(names, row, strict=False))) for row in _GENERIC[: 2 if names else 1]
    }
    return verdicts.pop() if len(verdicts) == 1 else "unknown"


def _verdict(node: Node, variable: str, place: Node, others: Mapping[str, Fraction]) -> Verdict:
    value = value_of(place, others)
    if value is None:
        return "unknown"
    answer = exact_derivative(node, {**others, variable: value}, variable, _DIGITS)
    if answer.status == "ok":
        return "smooth"
    known: dict[str | None, Verdict] = {"kink": "kink", "jump": "jump", "domain": "edge"}
    return known.get(answer.reason, "unknown") if answer.status == "undefined" else "unknown"


def value_of(node: Node, given: Mapping[str, Fraction]) -> Fraction | None:
    """Return the value of a rational expression as a fraction; None if it is none, or has no value."""
    match node:
        case Number():
            return node.value
        case Variable():
            return given.get(node.name)
        case Neg():
            inner = value_of(node.argument, given)
            return None if inner is None else -inner
        case Add() | Sub() | Mul() | Div():
            left, right = value_of(node.left, given), value_of(node.right, given)
            if left is None or right is None or (isinstance(node, Div) and right == 0):
                return None
            return _joined(node, left, right)
        case _:
            return None


def _joined(node: Add | Sub | Mul | Div, left: Fraction, right: Fraction) -> Fraction:
    match node:
        case Add():
            return left + right
        case Sub():
            return left - right
        case Mul():
            return left * right
        case Div():
            return left / right


def may_stay_equal(comparison: Comparison, variable: str) -> bool:
    """Return True unless both sides are seen to be equal at single places only: ⌊x⌋ = 1 holds on an interval."""
    for one, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        if isinstance(one, Call) and one.name == "abs" and variable not in variables(other):
            return may_stay_equal(Comparison(one.arguments[0], "=", other), variable)
    gap = Sub(comparison.left, comparison.right)
    if any(isinstance(part, Piecewise) or (isinstance(part, Call) and part.name in pieces()) for part in walk(gap)):
        return True
    names = variables(gap)
    if len(names) > len(_GENERIC[0]):
        return True
    values = [exact_value(gap, dict(zip(names, row, strict=False)), _DIGITS) for row in _GENERIC]
    return all(value.status == "undecidable" or (value.status == "ok" and value.value == 0) for value in values)


def _places(comparison: Comparison, variable: str) -> list[Node] | None:
    """Return where both sides are equal; None where that is not solved."""
    left, right = comparison.left, comparison.right
    for one, other in ((left, right), (right, left)):
        if one == Variable(variable) and variable not in variables(other):
            return [other] if _is_rational(other) else None
    gap = Sub(left, right)
    for one, other in ((left, right), (right, left)):
        bound = value_of(other, {})
        if isinstance(one, Call) and one.name == "abs" and bound is not None:
            return None if bound < 0 else _roots([Sub(one.arguments[0], other), Add(one.arguments[0], other)], variable)
    return _roots([gap], variable)


def _is_rational(node: Node) -> bool:
    return not any(isinstance(part, Call | Pow | Piecewise) for part in walk(node))


def _roots(gaps: list[Node], variable: str) -> list[Node] | None:
    """Return the real zeros of polynomials in the variable, if all of them are rational; None if that is not so."""
    found: dict[Fraction, None] = {}
    for gap in gaps:
        polynomial = _polynomial(gap, variable)
        if polynomial is None or not 0 < polynomial.degree() <= MOST_DEGREE:
            return None
        for factor, _ in polynomial.factor()[1]:
            if factor.degree() == 1:
                root = -factor[0] / factor[1]
                found[Fraction(int(root.p), int(root.q))] = None
            elif factor.degree() % 2 or factor[1] ** 2 >= 4 * factor[0] * factor[2] or factor.degree() > 2:
                return None
    return [number(place) for place in sorted(found)]


def _polynomial(node: Node, variable: str) -> fmpq_poly | None:
    """Return a polynomial in one variable with rational coefficients of few digits; None for anything else."""
    match node:
        case Number() if len(node.text) <= 12:
            return fmpq_poly([fmpq(node.value.numerator, node.value.denominator)])
        case Variable() if node.name == variable:
            return fmpq_poly([0, 1])
        case Neg():
            inner = _polynomial(node.argument, variable)
            return None if inner is None else -inner
        case Add() | Sub() | Mul():
            left, right = _polynomial(node.left, variable), _polynomial(node.right, variable)
            if left is None or right is None or left.degree() + right.degree() > MOST_DEGREE:
                return None
            return left + right if isinstance(node, Add) else left - right if isinstance(node, Sub) else left * right
        case Div():
            left, below = _polynomial(node.left, variable), value_of(node.right, {})
            return None if left is None or not below else left * fmpq(below.denominator, below.numerator)
        case Pow():
            base, exponent = _polynomial(node.base, variable), integer_literal(node.exponent)
            if (
                base is None
                or exponent is None
                or not 0 < exponent <= MOST_DEGREE
                or base.degree() * exponent > MOST_DEGREE
            ):
                return None
            return base**exponent
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Cell:
    """An interval between two borders in which one of the values holds.

    Attributes
    ----------
    low, high : Fraction or None
        Its ends; None where it has none.
    which : int
        The position of the value among the node's.
    """

    low: Fraction | None
    high: Fraction | None
    which: int


def cells(node: Piecewise, variable: str, places: list[Fraction]) -> tuple[Cell, ...] | None:
    """Return the intervals between the places in which a value holds; None if a condition has other variables."""
    if any(
        set(variables(side)) - {variable}
        for test in node.conditions
        for one in comparisons_of(test)
        for side in (one.left, one.right)
    ):
        return None
    marked = Piecewise(tuple(number(place) for place in range(len(node.values))), node.conditions)
    edges: list[Fraction | None] = [None, *sorted(places), None]
    found: list[Cell] = []
    for low, high in pairwise(edges):
        answer = exact_value(marked, {variable: _between(low, high)}, 5)
        if answer.status == "undecidable":
            return None
        if answer.status == "ok":
            found.append(Cell(low, high, int(answer.value)))
    return tuple(found)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def placed(found: tuple[Border, ...]) -> Iterator[tuple[Fraction, Verdict]]:
    """Yield the borders at numbers, with their verdicts."""
    for border in found:
        value = None if border.place is None else value_of(border.place, {})
        if value is not None:
            yield value, border.verdict
