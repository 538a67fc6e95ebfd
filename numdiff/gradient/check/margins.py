"""What is 0 where an operation has no derivative: its margins, as expressions in its operands.

abs u has its kink where u is 0, max(u, w) where u − w is, tan u its poles where cos u is 0, ln u the edge of its domain
where u is 0, and so on. Of a function its row says it (:mod:`numdiff.functions`), of a product each factor by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeAlias

from numdiff.derivation.borders import borders
from numdiff.functions import trees
from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import GAMMA_POLES
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Node,
    Number,
    Piecewise,
    Pow,
    Sub,
    Variable,
    integer_literal,
    odd_root,
    substitute,
    walk,
)

KinkKind: TypeAlias = Literal["kink", "jump", "vertical_tangent", "pole", "edge"]

MOST_INTEGERS = 8
"""If floor or ceil passes more integers, the first ones are enough."""

_ONE = Number("1")


@dataclass(frozen=True, slots=True)
class Margin:
    """Something that is 0 where an operation has no derivative.

    Attributes
    ----------
    tree : Node
        What is 0 there.
    kind : str
        "kink", "jump", "vertical_tangent", "pole" or "edge" (of the domain).
    rivals : tuple of int
        Of min and max of three and more: the two operands whose difference it is. Where another one is beyond both,
        nothing bends.
    """

    tree: Node
    kind: KinkKind
    rivals: tuple[int, ...] = ()


Range: TypeAlias = Callable[[Node], tuple[float, float] | None]
"""From an expression to bounds of its values over the interval, None if there are none."""
Value: TypeAlias = Callable[[Node], Fraction | None]
"""From a constant expression to its value if that is exactly known to be rational."""


def margins_of(tree: Node, var: str, bounds: Range, value: Value) -> Iterator[Margin]:
    """Yield what is 0 where an operation has no derivative, as one variable moves.

    Parameters
    ----------
    tree : Node
        The operation with its operands; sums over an index are written out.
    var : str
        The variable that moves.
    bounds, value
        What is known of operands.
    """
    return (margin for margin in _margins(tree, var, bounds, value) if moves(margin.tree, var))


def moves(tree: Node, var: str) -> bool:
    """Return True if the variable occurs in the expression."""
    return any(isinstance(part, Variable) and part.name == var for part in walk(tree))


def _margins(tree: Node, var: str, bounds: Range, value: Value) -> Iterator[Margin]:
    match tree:
        case Div(_, right):
            yield Margin(right, "pole")
        case Pow():
            yield from _of_power(tree, var, value)
        case Piecewise():
            yield from _of_pieces(tree, var)
        case Call("min" | "max", operands):
            for one, two in combinations(range(len(operands)), 2):
                if operands[one] != operands[two]:
                    yield Margin(Sub(operands[one], operands[two]), "kink", (one, two) if len(operands) > 2 else ())
        case Call("root", (u, n)):
            yield Margin(u, "vertical_tangent" if (integer_literal(n) or 0) % 2 else "edge")
        case Call("log", (u, base)):
            yield Margin(u, "edge")
            yield Margin(base, "edge")
            yield Margin(Sub(base, _ONE), "pole")
        case Call(name, operands):
            yield from _of_row(row_of(name), operands, bounds)


def _of_pieces(tree: Piecewise, var: str) -> Iterator[Margin]:
    """Yield the differences of what is compared; where the pieces are known to join smoothly there is nothing."""
    found = borders(tree, var)
    order: tuple[Literal["jump", "kink", "edge"], ...] = ("jump", "kink", "edge")
    for comparison in dict.fromkeys(border.comparison for border in found):
        verdicts = {border.verdict for border in found if border.comparison == comparison}
        if verdicts != {"smooth"}:
            kind: KinkKind = next((kind for kind in order if kind in verdicts), "kink")
            yield Margin(Sub(comparison.left, comparison.right), kind)


def _of_row(row: Elementary, operands: tuple[Node, ...], bounds: Range) -> Iterator[Margin]:
    """Yield what is 0 on the border of a function's domain, where it breaks, and where it is steep."""
    places = dict(zip(row.parameters, trees.completed(row, operands), strict=True))
    for margin in row.domain:
        kind: KinkKind = "pole" if margin.both_sides else "edge"
        if margin.form == GAMMA_POLES:
            yield from (Margin(_less(operands[0], pole), kind) for pole in _integers(bounds(operands[0])) if pole <= 0)
        else:
            yield from (Margin(substitute(part, places), kind) for part in trees.factors(trees.read(margin.form)))
    if row.steps_at:
        u = trees.put(row.steps_at, row, operands)
        yield from (Margin(_less(u, whole), "jump") for whole in _integers(bounds(u)))
    elif row.shape in {"kink", "jump"}:
        kind = "jump" if row.shape == "jump" else "kink"
        yield from (Margin(substitute(part, places), kind) for part in trees.factors(trees.read(row.breaks)))
    if row.steep_at:
        yield Margin(trees.put(row.steep_at, row, operands), "vertical_tangent")


def _less(u: Node, whole: int) -> Node:
    """Return u − whole, as one writes it."""
    return Sub(u, Number(str(whole))) if whole >= 0 else Add(u, Number(str(-whole)))


def _of_power(tree: Pow, var: str, value: Value) -> Iterator[Margin]:
    """Yield what is 0 at a pole, a vertical tangent, or the edge of the domain of a power: its base."""
    if tree.base == Constant("e"):
        return
    literal = integer_literal(tree.exponent)
    rational = odd_root(tree.exponent)
    exponent = Fraction(*rational) if rational else None if literal is None else Fraction(literal)
    if exponent is None and not moves(tree.exponent, var):
        exponent = value(tree.exponent)
    is_real_below = rational is not None or (exponent is not None and exponent.denominator == 1)
    if not is_real_below:
        yield Margin(tree.base, "edge")
    elif exponent is not None and exponent < 0:
        yield Margin(tree.base, "pole")
    elif exponent is not None and 0 < exponent < 1:
        yield Margin(tree.base, "vertical_tangent")


def _integers(ends: tuple[float, float] | None) -> range:
    """Return the integers that floor or ceil may pass between two bounds, not too many of them."""
    if ends is None:
        return range(0)
    low, high = int(ends[0] // 1), -int(-ends[1] // 1)
    return range(low, min(low + MOST_INTEGERS, high) + 1)
