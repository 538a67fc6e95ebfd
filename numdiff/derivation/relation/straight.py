"""f′ in terms of f where f is made of two straight pieces, as ReLU is: the value of f tells on which piece x lies."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numdiff.derivation.relation.screen import Sample, as_fraction, exact_fraction, simple_fraction
from numdiff.derivation.relation.write import number
from numdiff.functions import trees
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Sub,
    Variable,
    variables,
)


def slope_by_value(tree: Node, variable: str, samples: Sequence[Sample], name: str) -> Piecewise | None:
    """Return f′ as a function of f in two pieces, of the variable ``name``; None if f is no such function.

    f has one break at most if it is put together from straight lines and one function that breaks once; so two
    different slopes are all there are. They tell the piece by the value of f if f only rises, or only falls.
    """
    if set(variables(tree)) != {variable} or _breaks(tree) != 1:
        return None
    lines: dict[Fraction, set[Fraction | None]] = {}
    places: dict[Fraction, Fraction] = {}
    for sample in samples:
        slope, x = as_fraction(sample.slope), sample.point[variable]
        if slope is None:
            return None
        value = exact_fraction(sample.value)
        lines.setdefault(slope, set()).add(simple_fraction(value - slope * x, abs(value) + abs(x)))
        places.setdefault(slope, x)
    if len(lines) != 2 or any(len(found) != 1 for found in lines.values()):
        return None
    return _told_apart({slope: found.pop() for slope, found in lines.items()}, places, Variable(name))


def _told_apart(
    lines: dict[Fraction, Fraction | None], places: dict[Fraction, Fraction], letter: Variable
) -> Piecewise | None:
    first, second = sorted(lines, key=lambda slope: places[slope])
    p, q = lines[first], lines[second]
    if p is None or q is None or first * second < 0:
        return None
    value = number(first * (p - q) / (second - first) + p)
    rises = first + second > 0
    conditions = {
        slope: Comparison(letter, "=" if slope == 0 else "<" if rises == is_left else ">", value)
        for slope, is_left in ((first, True), (second, False))
    }
    slopes = sorted(lines, key=lambda slope: slope == 0)  # that of the flat piece last
    return Piecewise(tuple(map(number, slopes)), tuple(conditions[slope] for slope in slopes))


def _breaks(tree: Node) -> int:
    """Return how often a function of straight pieces breaks at most; more than 1 also where it is no such function."""
    several = 2
    match tree:
        case Number() | Constant() | Variable():
            return 0
        case Neg():
            return _breaks(tree.argument)
        case Add() | Sub():
            return _breaks(tree.left) + _breaks(tree.right)
        case Mul() if not (variables(tree.left) and variables(tree.right)):
            return _breaks(tree.left) + _breaks(tree.right)
        case Div() if not variables(tree.right):
            return _breaks(tree.left)
        case Call() if row_of(tree.name).shape == "kink":
            row = row_of(tree.name)
            places = len(tree.arguments) - 1 if row.is_variadic else len(trees.factors(trees.read(row.breaks)))
            return places + sum(map(_breaks, tree.arguments))
        case _:
            return several
