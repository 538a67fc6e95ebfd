"""Checks of a chain: every stage is the derivative, by value, and the names put back give the function as typed.

Derivatives that still stand in a line are computed from what they stand for, by forward differentiation and, where
float64 cannot tell, by certified arithmetic; neither shares anything with the rules that are being checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from numdiff.derivation.chain.exact import ExactTable, Point, has_derivative, sample_points
from numdiff.derivation.chain.stages import Composition
from numdiff.derivation.chain.values import FloatTable, point_of
from numdiff.derivation.check.domains import excludes
from numdiff.derivation.steps import Check, Derivative, Line, Verification
from numdiff.derivation.work import differentiate
from numdiff.tree import Node, Variable, substitute

TOLERANCE = 1e-8
"""Relative: a line may lose half of its digits to cancellation, but a false one is false in the first of them."""

_SMALLEST = 1e-280
"""Below this float64 loses digits, so that both sides may agree by underflow."""

_NEGLIGIBLE = Fraction(1, 10**20)
"""Two exact sides below this are both the 0 that they were computed for, to 30 digits."""


def verify_chain(chain: Composition, at: Mapping[str, float] | None = None) -> Verification:
    """Return the checks of every stage, factor and name of the chain and its parts.

    Parameters
    ----------
    chain : Composition
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
    checks = tuple(_checks(chain, points))
    if any(check.reason == "undefined" for check in checks):
        checks = _where_defined(chain, checks, points)
    return Verification(checks, len(points), own)


def _where_defined(chain: Composition, checks: Sequence[Check], points: Sequence[Point]) -> tuple[Check, ...]:
    """Return the checks, those of lines without a value made where the rules claim one.

    The chain rule wants a derivative of every part. A function such as relu(x − x) has one where its outer function
    has none: there its lines say nothing, and where there is no other point they hold of none.
    """
    f = chain.function
    conditions = differentiate(f, chain.variable).conditions
    claimed = [point for point in points if not any(excludes(condition, point) for condition in conditions)]
    again = tuple(_checks(chain, claimed or sample_points(f.tree, f.variables, chain.variable, conditions)))
    return tuple(new if old.reason == "undefined" else old for old, new in zip(checks, again, strict=True))


@dataclass(frozen=True)
class _Equality:
    """Two lines that are said to be equal."""

    place: str
    kind: str
    left: Line
    right: Line


def _checks(chain: Composition, points: Sequence[Point]) -> Iterator[Check]:
    yield _names_check(chain)
    judge = _Judge(_definitions(chain), points)
    for equality in _equalities(chain):
        yield judge.check(equality)
    for number, part in enumerate(chain.parts):
        for check in _checks(part, points):
            yield replace(check, place=f"parts[{number}].{check.place}")


def _equalities(chain: Composition) -> Iterator[_Equality]:
    question = _asked(Derivative(chain.function.tree, chain.variable))
    for number, stage in enumerate(chain.stages):
        yield _Equality(f"stages[{number}]", "stage", stage.line, question)
    for number, factor in enumerate(chain.factors):
        for kind, node in (("local", factor.local), ("back", factor.back)):
            yield _Equality(f"factors[{number}].{kind}", "factor", Line(node), _asked(factor.derivative))
    yield _Equality("result", "result", Line(chain.result.tree), question)


def _asked(derivative: Derivative) -> Line:
    return Line(Variable("#0"), {"#0": derivative})


class _Judge:
    """Compares two lines at the points: in float64 first, exactly where that is unsure."""

    def __init__(self, definitions: Mapping[str, Node], points: Sequence[Point]) -> None:
        self.count = len(points)
        self.exact = ExactTable(definitions, points)
        self.floats = FloatTable(definitions, points)

    def check(self, pair: _Equality) -> Check:
        """Return whether both lines agree; a value that provably only one of them has is a difference."""
        if not self.count:
            return Check(pair.place, pair.kind, True, "no_point_found")
        left, right = self.floats.column(pair.left), self.floats.column(pair.right)
        with np.errstate(all="ignore"):
            size = np.maximum(np.abs(left), np.abs(right))
            relative = np.where(left == right, 0.0, np.abs(left - right) / size)
        sure = (relative <= TOLERANCE) & np.isfinite(size) & ((size == 0) | (size > _SMALLEST))
        decided, worst = int(np.count_nonzero(sure)), float(relative[sure].max(initial=0.0))
        for place in np.flatnonzero(~sure).tolist():
            one, other = self.exact.value(pair.left, place), self.exact.value(pair.right, place)
            if isinstance(one, str) or isinstance(other, str):
                if one != other and "undecided" not in (one, other):
                    return Check(pair.place, pair.kind, False, "undefined")
                continue
            decided, worst = decided + 1, max(worst, _difference(one, other))
        holds = decided > 0 and worst <= TOLERANCE
        return Check(pair.place, pair.kind, holds, "" if holds else "different" if decided else "undecided", worst)


def _definitions(chain: Composition) -> dict[str, Node]:
    return {named.name: named.expression for named in chain.names}


def _names_check(chain: Composition) -> Check:
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


def _difference(one: Fraction, other: Fraction) -> float:
    size = max(abs(one), abs(other))
    return float(abs(one - other) / size) if size > _NEGLIGIBLE else 0.0
