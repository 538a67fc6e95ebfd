"""Checks of a chain: every stage is the derivative, by value, and the names put back give the function as typed.

The values are exact ones (see :mod:`numdiff.evaluate.exact`): derivatives that still stand in a line are computed from
what they stand for, not by the rules that are being checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

import mpmath
import numpy as np

from numdiff.derivation.chain import Chain
from numdiff.derivation.chain_values import point_of
from numdiff.derivation.samples import find_samples
from numdiff.derivation.steps import Check, Derivative, Line, Verification
from numdiff.evaluate.exact import MOST_DIGITS, Exact, exact_derivative, exact_value
from numdiff.exact import rational
from numdiff.tree import Node, substitute

Point: TypeAlias = Mapping[str, Fraction]

DIGITS = 30
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
        Places are ``"names"``, ``"factors[0]"``, ``"stages[2]"``, ``"parts[1].stages[0]"``. Without any point at which
        the derivative exists the checks fail as undecided.
    """
    f = chain.function
    points = sample_points(f.tree, f.variables, chain.variable)
    own = None
    if at is not None:
        point = {name: Fraction(value) for name, value in point_of(f.variables, at).items()}
        own = exact_derivative(f.tree, point, chain.variable, DIGITS).status == "ok"
        points = [point, *points] if own else points
    return Verification(tuple(_checks(chain, points)), len(points), own)


def sample_points(tree: Node, variables: Sequence[str], variable: str) -> list[Point]:
    """Return exact points at which the tree has a derivative."""
    with np.errstate(all="ignore"):  # a constant such as 0/0 is worked out at once
        samples = find_samples(tree, variables, variable)
    columns = {name: [Fraction(float(value)) for value in column] for name, column in samples.points.items()}
    points = [{name: column[row] for name, column in columns.items()} for row in range(samples.count)]
    return [point for point in points if exact_derivative(tree, point, variable, DIGITS).status == "ok"]


def _checks(chain: Chain, points: Sequence[Point]) -> Iterator[Check]:
    yield _names_check(chain)
    tree = chain.function.tree
    table = _Table([exact_inner(_definitions(chain), point) for point in points])
    wanted = [exact_derivative(tree, point, chain.variable, DIGITS) for point in points]
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

    def __init__(self, points: Sequence[dict[str, Fraction] | None]) -> None:
        self.points = points
        self._columns: dict[Node, list[Exact | None]] = {}
        self._slopes: dict[Derivative, list[Exact | None]] = {}

    def slopes(self, derivative: Derivative) -> list[Exact | None]:
        """Return the values of an open derivative."""
        if derivative not in self._slopes:
            self._slopes[derivative] = [
                None if point is None else _derivative(derivative.of, point, derivative.variable)
                for point in self.points
            ]
        return self._slopes[derivative]

    def column(self, line: Line) -> list[Exact | None]:
        """Return the values of a line; None where a part of it has none."""
        if line.open:
            slopes = {name: self.slopes(derivative) for name, derivative in line.open.items()}
            rows = [{name: column[place] for name, column in slopes.items()} for place in range(len(self.points))]
            return [_value(line.tree, point, row) for point, row in zip(self.points, rows, strict=True)]
        if line.tree not in self._columns:
            self._columns[line.tree] = [_value(line.tree, point, {}) for point in self.points]
        return self._columns[line.tree]


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


def exact_inner(definitions: Mapping[str, Node], point: Point) -> dict[str, Fraction] | None:
    """Return the point with the exact values of the inner functions added; None where one of them has none.

    What is rounded is the places behind the point: the sine or the exponential of a large number needs them.
    """
    values = dict(point)
    for name, definition in reversed(list(definitions.items())):
        value = exact_value(definition, values, DIGITS + 10)
        if value.status == "ok" and abs(value.value) > 1:
            digits = DIGITS + 10 + int(mpmath.log10(abs(value.value)))
            if digits > MOST_DIGITS:
                return None
            value = exact_value(definition, values, digits)
        if value.status != "ok":
            return None
        values[name] = rational(value.value)
    return values


def exact_line(line: Line, point: Point) -> Exact | None:
    """Return the exact value of a line, its open derivatives included; None where a part of it has none."""
    slopes = {name: _derivative(derivative.of, point, derivative.variable) for name, derivative in line.open.items()}
    return _value(line.tree, point, slopes)


def _value(tree: Node, point: Point | None, slopes: Mapping[str, Exact | None]) -> Exact | None:
    if point is None:
        return None
    values = dict(point)
    for name, slope in slopes.items():
        if slope is None:
            return None
        values[name] = rational(slope.value)
    value = exact_value(tree, values, DIGITS)
    return value if value.status == "ok" else None


def _derivative(tree: Node, point: Point, variable: str) -> Exact | None:
    value = exact_derivative(tree, point, variable, DIGITS + 10)
    return value if value.status == "ok" else None


def _compared(place: str, kind: str, found: Sequence[Exact | None], wanted: Sequence[Exact | None]) -> Check:
    """Return whether two columns of values agree; a value that only one of them has is a difference."""
    worst, compared = Fraction(0), 0
    for one, other in zip(found, wanted, strict=True):
        if one is None and other is None:
            continue
        if one is None or other is None:
            return Check(place, kind, False, "undefined")
        worst = max(worst, _difference(rational(one.value), rational(other.value)))
        compared += 1
    if not compared:
        return Check(place, kind, False, "undecided")
    holds = worst <= TOLERANCE
    return Check(place, kind, holds, "" if holds else "different", float(worst))


def _difference(one: Fraction, other: Fraction) -> Fraction:
    size = max(abs(one), abs(other))
    return abs(one - other) / size if size > Fraction(1, 10 ** (DIGITS - 10)) else Fraction(0)
