"""Every displayed equality checked: in float64 at sample points first, by certified arithmetic where that is unsure.

Open derivatives take their values from what knows no slope of a function, so that a row cannot vouch for itself: in
float64 from forward differentiation, but only where the complex step agrees with it
(:mod:`numdiff.derivation.check.values`); exactly from the arithmetic of power series. Only at a kink, where there is no
series, the exact derivative judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

import mpmath
import numpy as np
from numpy.typing import NDArray

from numdiff.derivation.check.domains import excludes
from numdiff.derivation.check.samples import Samples, find_samples
from numdiff.derivation.check.values import line_values
from numdiff.derivation.steps import (
    Check,
    CheckReason,
    Condition,
    Derivative,
    Line,
    Place,
    Step,
    Verification,
    Working,
)
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import derivative_by_series, exact_derivative, exact_value
from numdiff.evaluate.forward import evaluate_dual
from numdiff.exact import rational
from numdiff.precise import context
from numdiff.tree import Node, Variable

Floats: TypeAlias = NDArray[np.float64]

TOLERANCE = 1e-8
"""The greatest relative difference of two sides in float64: what cancels more than that is judged exactly."""

DIGITS = 50
_EXACT_TOLERANCE = mpmath.mpf(10) ** -30
"""Of two sides in exact arithmetic, relative to the greatest number in them: open derivatives have 50 digits."""

_SMALLEST = 1e-280
"""Below this float64 loses digits, so that both sides may agree by underflow."""


@dataclass(frozen=True, slots=True)
class _Equality:
    """Two lines that stand on both sides of a displayed equals sign; ``piece`` is that of the function they belong to.

    Where a piece has no derivative, as ln(−x) for x > 0, its lines say nothing: it need not hold there.
    """

    place: Place
    kind: str
    left: Line
    right: Line
    piece: Node | None = None


def _equalities(working: Working) -> Iterator[_Equality]:
    yield from _of_step(working.root, "root")
    for place, step in enumerate(working.tidying):
        yield _Equality(("tidy", place), "tidy", Line(step.before), Line(step.after))
    yield _Equality("result", "result", working.root.question, Line(working.result.tree))


def _of_step(step: Step, path: str, piece: Node | None = None) -> Iterator[_Equality]:
    left = step.question
    for place, right in enumerate(step.lines):
        yield _Equality(f"{path}.lines[{place}]", "line", left, right, piece)
        left = right
    for place, child in enumerate(step.children):
        inner = child.before if step.rule == "piecewise" else piece
        yield from _of_step(child, f"{path}.children[{place}]", inner)


def _blamed(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the checks, those that fail because one below them does marked so."""
    checks = tuple(checks)
    wrong = [str(check.place) for check in checks if not check.holds]
    return tuple(check if check.holds else _of_another(check, wrong) for check in checks)


def _of_another(check: Check, wrong: Sequence[str]) -> Check:
    place = str(check.place)
    if check.kind == "result":
        follows = len(wrong) > 1
    else:
        below = f"{place.rpartition('.lines[')[0]}.children["
        follows = check.kind == "line" and any(other.startswith(below) for other in wrong)
    return replace(check, reason="follows") if follows else check


Point: TypeAlias = Mapping[str, Fraction]


class _Judge:
    """Compares the lines of equalities at the points given; the last one may be the learner's."""

    def __init__(
        self, points: Mapping[str, Floats], variable: str, samples: int, conditions: Sequence[Condition] = ()
    ) -> None:
        self.points, self.variable, self.samples, self.conditions = points, variable, samples, conditions
        self.count = next(iter(points.values())).size
        self._exact: dict[tuple[Node, str, int], Exact] = {}

    def checks(self, equalities: Sequence[_Equality]) -> tuple[Check, ...]:
        """Return the check of every equality."""
        lines = {id(line): line for pair in equalities for line in (pair.left, pair.right)}
        values = dict(zip(lines, line_values(lines.values(), self.points, self.variable), strict=True))
        return _blamed(self._check(pair, values[id(pair.left)], values[id(pair.right)]) for pair in equalities)

    def _check(self, pair: _Equality, left: Floats, right: Floats) -> Check:
        with np.errstate(all="ignore"):
            size = np.maximum(np.abs(left), np.abs(right))
            relative = np.where(left == right, 0.0, np.abs(left - right) / size)
        sure = (relative <= TOLERANCE) & np.isfinite(size) & ((size == 0) | (size > _SMALLEST))
        decided, left_out = int(np.count_nonzero(sure[: self.samples])), 0
        worst = float(relative[sure].max(initial=0.0))
        for place in np.flatnonzero(~sure).tolist():
            verdict, difference = self._exactly(pair, place)
            is_sample = place < self.samples
            if verdict and not (self._is_claimed(place) and self._has_piece(pair.piece, place)):
                left_out += is_sample
                continue
            if verdict == "different" or (verdict == "undefined" and is_sample):
                return Check(pair.place, pair.kind, False, verdict, difference)
            if verdict == "":
                worst, decided = max(worst, difference), decided + is_sample
        if not decided and self.samples and left_out == self.samples:
            return Check(pair.place, pair.kind, True, "no_point_found")
        if not decided and self.samples:
            return Check(pair.place, pair.kind, False, "undecided", worst)
        return Check(pair.place, pair.kind, True, "", worst)

    def _exactly(self, pair: _Equality, place: int) -> tuple[CheckReason, float]:
        """Return "", "different", "undefined" or "undecided", and the relative difference."""
        point = self._point(place)
        left, first_scale = self._side(pair.left, point, place)
        right, second_scale = self._side(pair.right, point, place)
        statuses = {left.status, right.status}
        if "undecidable" in statuses:
            return "undecided", 0.0
        if "undefined" in statuses:
            # at a point of its domain a function has a derivative: then a line without a value says something else
            return "undefined", float("inf")
        with context(DIGITS) as mp:
            first, second = mp.convert(left.value), mp.convert(right.value)
            greatest, gap = max(abs(first), abs(second)), abs(first - second)
            if gap <= max(greatest, first_scale, second_scale) * _EXACT_TOLERANCE + left.radius + right.radius:
                return "", 0.0
            return "different", float(gap / greatest)

    def _is_claimed(self, place: int) -> bool:
        """Return False if a condition of the derivation excludes the point: there nothing is said."""
        return not any(excludes(condition, self._point(place)) for condition in self.conditions)

    def _has_piece(self, piece: Node | None, place: int) -> bool:
        """Return False if a piece has no derivative at the point."""
        if piece is None:
            return True
        return self._derivative(Derivative(piece, self.variable), self._point(place), place).status != "undefined"

    def _point(self, place: int) -> dict[str, Fraction]:
        return {name: Fraction(float(values[place])) for name, values in self.points.items()}

    def _side(self, line: Line, point: Point, place: int) -> tuple[Exact, mpmath.mpf]:
        """Return the exact value of a line, and the size of the derivatives that it contains."""
        given = dict(point)
        scale = mpmath.mpf(0)
        for mark, derivative in line.open.items():
            value = self._derivative(derivative, point, place)
            if value.status != "ok":
                return value, scale
            given[mark] = rational(value.value)
            scale = max(scale, abs(value.value), value.radius)
        if isinstance(line.tree, Variable) and line.tree.name in line.open:
            return self._derivative(line.open[line.tree.name], point, place), scale
        return exact_value(line.tree, given, DIGITS), scale

    def _derivative(self, derivative: Derivative, point: Point, place: int) -> Exact:
        key = (derivative.of, derivative.variable, place)
        if key not in self._exact:
            of, by = derivative.of, derivative.variable
            self._exact[key] = derivative_by_series(of, point, by, DIGITS) or exact_derivative(of, point, by, DIGITS)
        return self._exact[key]


def _with_point(samples: Samples, at: Mapping[str, float]) -> dict[str, Floats]:
    return {name: np.append(values, float(at[name])) for name, values in samples.points.items()}


def _has_derivative(working: Working, at: Mapping[str, float]) -> bool:
    """Return whether the function is known to have a derivative at the point."""
    tree, variable = working.function.tree, working.variable
    _, slope = evaluate_dual(tree, dict(at), variable)
    if np.isfinite(slope):
        return True
    exact = exact_derivative(tree, {name: Fraction(value) for name, value in at.items()}, variable)
    return exact.status == "ok"


def verify(
    working: Working, samples: Samples, conditions: Sequence[Condition], at: Mapping[str, float] | None = None
) -> Verification:
    """Return the checks of every displayed equality where the conditions hold; see :meth:`Derivation.verify`."""
    f, variable = working.function, working.variable
    equalities = tuple(_equalities(working))
    at_point: bool | None = None
    points = dict(samples.points)
    if at is not None:
        missing = [name for name in f.variables if name not in at]
        if missing:
            raise TypeError(f"{f.name} needs a value for {', '.join(missing)}")
        given = {name: float(at.get(name, 0.0)) for name in f.variables or (variable,)}
        at_point = all(map(np.isfinite, given.values())) and _has_derivative(working, given)
        if at_point:
            points = _with_point(samples, given)
    if not samples.count and not at_point:
        checks = tuple(Check(pair.place, pair.kind, True, "no_point_found") for pair in equalities)
        return Verification(checks, 0, at_point)
    judge = _Judge(points, variable, samples.count, conditions)
    checks = judge.checks(equalities)
    if any(check.reason == "no_point_found" for check in checks):
        checks = _where_defined(working, conditions, equalities, checks)
    return Verification(checks, judge.count, at_point)


def _where_defined(
    working: Working, conditions: Sequence[Condition], equalities: Sequence[_Equality], checks: Sequence[Check]
) -> tuple[Check, ...]:
    """Return the checks, those of lines that the conditions exclude at all sample points made where all hold."""
    f = working.function
    samples = find_samples(f.tree, f.variables, working.variable, conditions)
    if not samples.count:
        return tuple(checks)
    again = _Judge(samples.points, working.variable, samples.count, conditions).checks(equalities)
    return tuple(new if old.reason == "no_point_found" else old for old, new in zip(checks, again, strict=True))


def equal_at_samples(left: Node, right: Node, variables: Sequence[str], at: Mapping[str, float] | None = None) -> Check:
    """Return whether two expressions have the same value wherever the left one has one, checked at sample points.

    Parameters
    ----------
    left, right : Node
        The expressions.
    variables : sequence of str
        The variables of both.
    at : mapping of str to float, optional
        A further point.

    Returns
    -------
    Check
        With place "" and kind "equality". ``holds`` is False also where nothing could be decided, with the reason
        "no_point_found" or "undecided".
    """
    samples = find_samples(left, variables, None)
    points = dict(samples.points) if at is None else _with_point(samples, at)
    judge = _Judge(points, "", samples.count)
    if not judge.count:
        return Check("", "equality", False, "no_point_found")
    return judge.checks((_Equality("", "equality", Line(left), Line(right)),))[0]
