r"""The derivative of a function with one kink, written side by side: 1 for x > 0 and 0 for x < 0.

On each side of the kink the function made of pieces is one of its pieces: |u| is u or −u, max(u, v) is u or v. That
piece is differentiated by the same rules, and its derivative is compared with the function's own at points of that
side. Nothing is claimed of the kink itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from numdiff.derivation.check.samples import Samples
from numdiff.derivation.engine import work
from numdiff.derivation.fold_constants import minus, settle
from numdiff.derivation.steps import Working
from numdiff.derivation.terms import ZERO, is_decimal, number, rational
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.tidy import is_longer, reaching, tidy
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.function import Function
from numdiff.functions import trees
from numdiff.functions.registry import pieces as made_of_pieces
from numdiff.functions.registry import row as row_of
from numdiff.printing.latex import to_latex
from numdiff.tree import Add, Call, Div, Mul, Neg, Node, Sub, Variable, expand_sums, transform, variables, walk

Point: TypeAlias = Mapping[str, Fraction]

CHECKED = 3
"""Points on each side at which a piece has to agree with the derivative."""

LONGEST = 40
"""Nodes of a piece beyond which nobody wants to read two of them."""

_SETTLED = reaching(settle, frozenset())
"""What is obvious done everywhere: with −x for |x|, e^(−|x|) is e^(−(−x)) = eˣ."""

_DIGITS = 30
_AWAY = tuple(Fraction(place, 16) for place in (5, -5, 19, -19, 45, -45, 130, -130))
"""How far from the kink, and from 0, points are tried."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The derivative on one side of the kink.

    Attributes
    ----------
    tree : Node
        The derivative there.
    left, sign, right : Node, {">", "<"}, Node
        Where: ``x > 1/2``; ``x^2 > x`` or ``wx + b > 0`` where the kink is not at a number.
    """

    tree: Node
    left: Node
    sign: Literal[">", "<"]
    right: Node

    @property
    def condition(self) -> str:
        """Where the piece holds, in LaTeX: ``x > 0``."""
        return f"{to_latex(self.left)} {self.sign} {to_latex(self.right)}"


def cases_latex(pieces: Sequence[Piece]) -> str:
    r"""Return ``\begin{cases} 1 & (x > 0) \\ 0 & (x < 0) \end{cases}``; "" for no pieces."""
    rows = r" \\ ".join(f"{to_latex(piece.tree)} & ({piece.condition})" for piece in pieces)
    return rf"\begin{{cases}} {rows} \end{{cases}}" if rows else ""


def find_pieces(of: Working, samples: Samples) -> tuple[Piece, ...]:
    """Return the derivative on both sides of the function's only kink.

    Parameters
    ----------
    of : Working
        Of any function.
    samples : Samples
        The points at which the working is checked.

    Returns
    -------
    tuple[Piece, ...]
        Two pieces, or none: where the derivative is written without a sign function, where there are several kinks or
        jumps, or where a side has no points at which the piece could be checked.
    """
    # an identity may hide the sign: ReLU(x)(1 + sgn x) = 2 ReLU(x)
    forms = (of.result.tree, *(step.before for step in of.tidying if step.rule == "identity"))
    if not any(isinstance(node, Call) and node.name == "sign" for form in forms for node in walk(form)):
        return ()
    tree = expand_sums(of.function.tree)
    kink = _only_kink(tree, of.variable)
    if kink is None:
        return ()
    first, last = (_piece(of, samples, tree, kink, side) for side in (1, -1))
    return () if first is None or last is None or first.tree == last.tree else (first, last)


@dataclass(frozen=True)
class _Kink:
    """Where the gap is 0: left − right. For a gap cx + d with numbers c and d, left is x and right the place −d/c."""

    left: Node
    right: Node
    variable: str
    place: Fraction | None

    @classmethod
    def of(cls, gap: Node, variable: str) -> _Kink:
        """Return the kink where a gap is 0."""
        line = _line(gap, variable)
        if line is not None and line[0]:
            place = -line[1] / line[0]
            return cls(Variable(variable), number(place, decimal=any(map(is_decimal, walk(gap)))), variable, place)
        shown = gap.argument if isinstance(gap, Neg) else gap
        left, right = (shown.left, shown.right) if isinstance(shown, Sub) else (shown, ZERO)
        return cls(left, right, variable, None)

    @property
    def gap(self) -> Node:
        """What is positive on the first side and negative on the other."""
        return settle(Sub(self.left, self.right))

    def way(self, gap: Node) -> int | None:
        """Return 1 if another gap has this one's sign everywhere, −1 if the opposite one, None if neither is seen."""
        line = _line(gap, self.variable)
        if line is not None and line[0] and self.place is not None:
            return None if -line[1] / line[0] != self.place else 1 if line[0] > 0 else -1
        own = tidy(self.gap, Order())
        if tidy(gap, Order()) == own:
            return 1
        return -1 if tidy(Neg(gap), Order()) == own else None


def _gap(node: Call) -> Node:
    """Return what changes its sign where the function has its kink."""
    first, *others = node.arguments
    if node.name not in {"max", "min"}:
        return first
    (last,) = others
    return first if last == ZERO else Neg(last) if first == ZERO else Sub(first, last)


def _branch(node: Call, way: int) -> Node:
    """Return what the function is where its gap is positive (way 1) or negative (−1)."""
    row = row_of(node.name)
    branch = trees.put(row.branches[1 if way > 0 else 0], row, node.arguments)
    return minus(branch.argument) if isinstance(branch, Neg) else branch


def _has_branches(node: Node) -> bool:
    """Return whether a function is one expression on each side of one place; floor is not."""
    return isinstance(node, Call) and bool(row_of(node.name).branches)


def _kinked(tree: Node, variable: str) -> Iterator[Call]:
    for node in walk(tree):
        if isinstance(node, Call) and node.name in made_of_pieces() and variable in variables(node):
            yield node


def _only_kink(tree: Node, variable: str) -> _Kink | None:
    """Return the kink if all functions made of pieces change at the same place."""
    found: _Kink | None = None
    for node in _kinked(tree, variable):
        if not _has_branches(node) or (node.name in {"max", "min"} and len(node.arguments) != 2):
            return None
        gap = _gap(node)
        found = found or _Kink.of(gap, variable)
        if any(True for _ in _kinked(gap, variable)) or found.way(gap) is None:
            return None
    return found


def _line(node: Node, variable: str) -> tuple[Fraction, Fraction] | None:
    """Return c and d for an expression that is cx + d with numbers c and d; None for any other."""
    value = rational(node)
    if value is not None:
        return Fraction(0), value
    match node:
        case Variable():
            return (Fraction(1), Fraction(0)) if node.name == variable else None
        case Neg():
            one = _line(node.argument, variable)
            return None if one is None else (-one[0], -one[1])
        case Add() | Sub() | Mul() | Div():
            left, right = _line(node.left, variable), _line(node.right, variable)
            return None if left is None or right is None else _together(node, left, right)
        case _:
            return None


def _together(
    node: Add | Sub | Mul | Div, left: tuple[Fraction, Fraction], right: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction] | None:
    (a, b), (c, d) = left, right
    match node:
        case Add():
            return a + c, b + d
        case Sub():
            return a - c, b - d
        case Mul() if not (a and c):
            return a * d + b * c, b * d
        case Div() if not c and d:
            return a / d, b / d
        case _:
            return None


def _piece(of: Working, samples: Samples, tree: Node, kink: _Kink, side: int) -> Piece | None:
    """Return the piece on one side; None if it does not agree with the derivative, or cannot be compared with it."""

    def put_in(node: Node) -> Node:
        if not isinstance(node, Call) or not _has_branches(node) or of.variable not in variables(node):
            return node
        way = kink.way(_gap(node))
        assert way is not None
        return _branch(node, way * side)

    function = Function(_SETTLED(transform(tree, put_in)), of.function.variables, name=of.function.name)
    result = work(function, of.variable).result.tree
    points = tuple(_points(of, samples, kink, side))
    if not points or is_longer(result, LONGEST) or not all(_agrees(of, result, point) for point in points):
        return None
    return Piece(result, kink.left, ">" if side > 0 else "<", kink.right)


def _points(of: Working, samples: Samples, kink: _Kink, side: int) -> Iterator[Point]:
    """Yield a few points on one side at which the function has a derivative."""
    found = 0
    for place in range(samples.count):
        given = {name: Fraction(float(values[place])) for name, values in samples.points.items()}
        tried = [given, *(given | {of.variable: (kink.place or 0) + away} for away in _AWAY)]
        for point in tried:
            gap = exact_value(kink.gap, point, _DIGITS)
            if gap.status != "ok" or gap.value * side <= 0:
                continue
            if exact_derivative(of.function.tree, point, of.variable, _DIGITS).status == "ok":
                yield point
                found += 1
                if found == CHECKED:
                    return


def _agrees(of: Working, tree: Node, point: Point) -> bool:
    wanted = exact_derivative(of.function.tree, point, of.variable, _DIGITS)
    found = exact_value(tree, point, _DIGITS)
    if found.status != "ok":
        return False
    return bool(
        abs(wanted.value - found.value) <= wanted.radius + found.radius + abs(wanted.value) * Fraction(1, 10**25)
    )
