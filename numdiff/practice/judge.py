"""Is an answer right, and if it is not, which mistake does it show?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from numdiff.derivation.equivalent import equivalent
from numdiff.evaluate.agreement import compare, sample_points
from numdiff.evaluate.exact import exact_value
from numdiff.function import Function, parse
from numdiff.practice.exercise import FormulaExercise
from numdiff.practice.mistakes import MISTAKES, mistaken
from numdiff.tree import Div, Neg, Node, Number, Sub

DIAGNOSES = (*MISTAKES, "sign", "factor", "term", "unchanged", "variable", "unknown_variable")
"""What can be wrong with an answer; see :class:`Judgement`."""


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth.

    Attributes
    ----------
    right : bool or None
        None if it could not be decided.
    diagnosis : str
        For a wrong answer the id of the mistake, one of :data:`numdiff.practice.mistakes.MISTAKES` or "sign" (−f′),
        "factor" (a constant multiple of f′), "term" (f′ with one constant too much or too little), "unchanged" (f
        itself), "variable" (differentiated by another variable), "unknown_variable" (a variable that f does not have);
        "" for a right answer and where no mistake is recognised.
    params : Mapping[str, str]
        "factor": by how much the answer is too large, "term": by how much it is off, "variable": the variable.
    """

    right: bool | None
    diagnosis: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.diagnosis and self.diagnosis not in DIAGNOSES:
            raise ValueError(f"no such diagnosis: {self.diagnosis!r}")


def judge(exercise: FormulaExercise, text: str) -> Judgement:
    """Judge an answer to an exercise, typed in any notation.

    Values decide, in exact arithmetic at points of f's domain, and SymPy is asked within a time limit where there are
    too few of them (see :func:`numdiff.equivalent`).

    Raises
    ------
    InputError
        If the text cannot be understood.
    """
    given, answer = parse(text), exercise.answer
    known = exercise.function.variables
    strange = [name for name in given.variables if name not in known]
    if strange:
        return Judgement(False, "unknown_variable", {"variable": strange[0]})
    right = equivalent(given, answer, where=exercise.function)
    if right is not False:
        return Judgement(right)
    return _diagnosed(exercise, given)


def _diagnosed(exercise: FormulaExercise, given: Function) -> Judgement:
    f, answer = exercise.function.tree, exercise.answer.tree
    points = _Points(f, exercise.function.variables)
    ratio = points.constant(Div(given.tree, answer))
    if ratio == -1:
        return Judgement(False, "sign")
    for name in exercise.function.variables:
        if name != exercise.variable:
            other = FormulaExercise(exercise.kind, exercise.level, exercise.seed, exercise.function, name)
            if points.agree(given.tree, other.answer.tree):
                return Judgement(False, "variable", {"variable": name})
    for name in MISTAKES:
        wrong = mistaken(f, exercise.variable, name)
        if wrong is not None and points.agree(given.tree, wrong):
            return Judgement(False, name)
    if points.agree(given.tree, f):
        return Judgement(False, "unchanged")
    if ratio is not None:
        return Judgement(False, "factor", {"factor": _shown(ratio)})
    term = points.difference(given.tree, answer)
    if term is not None:
        return Judgement(False, "term", {"term": _shown(term)})
    return Judgement(False)


def _shown(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value.numerator)


class _Points:
    """Points of f's domain, at which two expressions are compared in exact arithmetic."""

    def __init__(self, f: Node, names: tuple[str, ...]) -> None:
        inside = compare(f, f, sample_points((f,), names or ("x",), 24))
        self.points = inside.agree[:12]

    def agree(self, left: Node, right: Node) -> bool:
        """Return True if both have the same values, at three points at least."""
        found = compare(left, right, self.points)
        return not found.differ and not found.only_left and not found.only_right and len(found.agree) >= 3

    def constant(self, node: Node) -> Fraction | None:
        """Return the simple fraction that a node's values are at all points, or None."""
        found = [exact_value(node, point, 30) for point in self.points]
        values = [float(value.value) for value in found if value.status == "ok"]
        if len(values) < 3 or not all(map(math.isfinite, values)):
            return None
        simple = Fraction(values[0]).limit_denominator(144)
        is_same = all(math.isclose(value, simple, rel_tol=1e-12, abs_tol=1e-300) for value in values)
        return simple if simple and is_same and self._is_exactly(node, simple) else None

    def _is_exactly(self, node: Node, value: Fraction) -> bool:
        number = Div(Number(str(abs(value.numerator))), Number(str(value.denominator)))
        return self.agree(node, number if value > 0 else Neg(number))

    def difference(self, left: Node, right: Node) -> Fraction | None:
        """Return the constant by which two expressions differ, or None."""
        return self.constant(Sub(left, right))
