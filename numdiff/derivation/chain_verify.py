"""Checks of a chain: every stage is the derivative, by value, and the names put back give the function as typed.

The values are exact ones (see :mod:`numdiff.evaluate.exact`): derivatives that still stand in a line are computed from
what they stand for, not by the rules that are being checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from numdiff.derivation.chain import Chain
from numdiff.derivation.chain_exact import (
    DIGITS,
    Point,
    Value,
    exact_inner,
    exact_slope,
    exact_tree,
    has_derivative,
    sample_points,
)
from numdiff.derivation.chain_values import point_of
from numdiff.derivation.steps import Check, Derivative, Line, Verification
from numdiff.tree import Node, substitute

TOLERANCE = Fraction(1, 10**8)
"""Relative; what is rounded to :data:`DIGITS` may lose many of them, but a false line is false in the first digits."""


def verify_chain(chain: Chain, at: Mapping[str, float] | None = None) -> Verification:
    """Return the checks of every stage, factor and name of the chain and its parts.

    Parameters
    ----------
    chain : Chain
        What is checked.
    at : mapping of str to float, optional
        The learner's point: checked too where the function has a derivative.

    Returns
    -------
    Verification
        Places are ``"names"``, ``"factors[0].local"``, ``"stages[2]"``, ``"parts[1].stages[0]"``. Where no point has
        a derivative the lines hold of none, with the reason "no_point_found", as those of a derivation do.
    """
    f = chain.function
    points = sample_points(f.tree, f.variables, chain.variable)
    own = None
    if at is not None:
        point = {name: Fraction(value) for name, value in point_of(f.variables, at).items()}
        own = has_derivative(f.tree, point, chain.variable)
        points = [point, *points] if own else points
    return Verification(tuple(_checks(chain, points)), len(points), own)


def _checks(chain: Chain, points: Sequence[Point]) -> Iterator[Check]:
    yield _names_check(chain)
    tree = chain.function.tree
    table = _Table([exact_inner(_definitions(chain), point) for point in points])
    wanted = [exact_slope(Derivative(tree, chain.variable), point) for point in points]
    for number, stage in enumerate(chain.stages):
        yield _compared(f"stages[{number}]", "stage", table.column(stage.line), wanted)
    for number, factor in enumerate(chain.factors):
        slopes = table.slopes(factor.derivative)
        for kind, node in (("local", factor.local), ("back", factor.back)):
            yield _compared(f"factors[{number}].{kind}", "factor", table.column(Line(node)), slopes)
    yield _compared("result", "result", table.column(Line(chain.result.tree)), wanted)
    for number, part in enumerate(chain.parts):
        for check in _checks(part, points):
            yield replace(check, place=f"parts[{number}].{check.place}")


class _Table:
    """Exact values of lines and of open derivatives at the points, each computed once."""

    def __init__(self, points: Sequence[Point | None]) -> None:
        self.points = points
        self._columns: dict[Node, list[Value]] = {}
        self._slopes: dict[Derivative, list[Value]] = {}

    def slopes(self, derivative: Derivative) -> list[Value]:
        """Return the values of an open derivative."""
        if derivative not in self._slopes:
            self._slopes[derivative] = [
                "undecided" if point is None else exact_slope(derivative, point) for point in self.points
            ]
        return self._slopes[derivative]

    def column(self, line: Line) -> list[Value]:
        """Return the values of a line."""
        slopes = {name: self.slopes(derivative) for name, derivative in line.open.items()}
        if not slopes and line.tree in self._columns:
            return self._columns[line.tree]
        found: list[Value] = []
        for place, point in enumerate(self.points):
            row = {name: column[place] for name, column in slopes.items()}
            found.append("undecided" if point is None else exact_tree(line.tree, point, row))
        if not slopes:
            self._columns[line.tree] = found
        return found


def _definitions(chain: Chain) -> dict[str, Node]:
    return {named.name: named.expression for named in chain.names}


def _names_check(chain: Chain) -> Check:
    """Put all names back, from the outermost inwards: the function must come out as it was typed."""
    tree = chain.outer
    for name, definition in _definitions(chain).items():
        tree = substitute(tree, {name: definition})
    taken = {*chain.function.variables, chain.function.name, "e"}
    names = [named.name for named in chain.names]
    expressions = {named.full for named in chain.names}
    holds = tree == chain.function.tree and not taken & set(names)
    holds = holds and len(set(names)) == len(names) == len(expressions)
    return Check("names", "names", holds, "" if holds else "different")


def _compared(place: str, kind: str, found: Sequence[Value], wanted: Sequence[Value]) -> Check:
    """Return whether two columns of values agree; a value that provably only one of them has is a difference."""
    if not wanted:
        return Check(place, kind, True, "no_point_found")
    worst, compared = Fraction(0), 0
    for one, other in zip(found, wanted, strict=True):
        if isinstance(one, str) or isinstance(other, str):
            if one != other and "undecided" not in (one, other):
                return Check(place, kind, False, "undefined")
            continue
        worst = max(worst, _difference(one, other))
        compared += 1
    if not compared:
        return Check(place, kind, False, "undecided")
    holds = worst <= TOLERANCE
    return Check(place, kind, holds, "" if holds else "different", float(worst))


def _difference(one: Fraction, other: Fraction) -> Fraction:
    size = max(abs(one), abs(other))
    return abs(one - other) / size if size > Fraction(1, 10 ** (DIGITS - 10)) else Fraction(0)
