"""Is an answer right, and if it is not, which mistake does it show?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from numdiff.derivation.equivalent import equivalent
from numdiff.evaluate.agreement import compare, sample_points
from numdiff.evaluate.exact import exact_value
from numdiff.function import Function
from numdiff.practice.differentiator import Differentiator
from numdiff.practice.exercise import FormulaExercise
from numdiff.practice.mistakes import MISTAKES, mistaken_once, mistaken_throughout
from numdiff.practice.reading import read_answer
from numdiff.practice.rounded import digits_of_rounded
from numdiff.tree import Div, Neg, Node, Number, Sub, substitute, variables, walk

DIAGNOSES = (
    *MISTAKES,
    *("sign", "factor", "term", "unchanged", "variable", "unknown_variable", "rounded", "integral", "plus_constant"),
)
"""What can be wrong with an answer; see :class:`Judgement`."""

_CONSTANTS_OF_INTEGRATION = frozenset(("C", "c", "K", "k", "C_1", "c_1"))

_LATE = ("constant_factor", "other_differentiated")
"""Mistakes that are named only where the answer is not off by a constant factor or term as a whole."""
_EARLY = tuple(name for name in MISTAKES if name not in _LATE)


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth.

    Attributes
    ----------
    right : bool or None
        None if it could not be decided.
    diagnosis : str
        For a wrong answer the id of the mistake, one of :data:`numdiff.practice.mistakes.MISTAKES` or "rounded" (f′
        with rounded decimals), "sign" (−f′), "factor" (a simple multiple of f′), "term" (f′ with one constant too much
        or too little), "unchanged" (f itself), "integral" (an antiderivative of f), "plus_constant" (f′ + C),
        "variable" (differentiated by another variable), "unknown_variable" (a variable that f does not have); "" for a
        right answer and where no mistake is recognised.
    params : Mapping[str, str]
        "rounded": to how many digits it is right, "factor": by how much the answer is too large, "term": by how much it
        is off, "variable": the variable.
    """

    right: bool | None
    diagnosis: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.diagnosis and self.diagnosis not in DIAGNOSES:
            raise ValueError(f"no such diagnosis: {self.diagnosis!r}")


def judge(exercise: FormulaExercise, text: str) -> Judgement:
    """Judge an answer to an exercise, typed in any notation; see :func:`numdiff.practice.reading.read_answer`.

    Values decide, in exact arithmetic at points of f's domain, and SymPy is asked within a time limit where there are
    too few of them (see :func:`numdiff.equivalent`).

    Raises
    ------
    InputError
        If the text cannot be understood.
    """
    return judge_formula(exercise, read_answer(exercise, text).meant)


def judge_formula(exercise: FormulaExercise, given: Function) -> Judgement:
    """Judge an answer that was read."""
    known = exercise.function.variables or (exercise.variable,)
    strange = [name for name in given.variables if name not in known]
    if strange:
        if len(strange) == 1 and strange[0] in _CONSTANTS_OF_INTEGRATION:
            found = _with_constant(exercise, given, strange[0])
            if found is not None:
                return found
        return Judgement(False, "unknown_variable", {"variable": strange[0]})
    right = equivalent(given, exercise.answer, where=exercise.function)
    if right is not False:
        return Judgement(right)
    return _Diagnosis(exercise, given.tree).judgement()


def _with_constant(exercise: FormulaExercise, given: Function, name: str) -> Judgement | None:
    """Return the judgement of an answer of the form u + C, None if it has another form."""
    without, more = (substitute(given.tree, {name: Number(value)}) for value in ("0", "1"))
    if _Points(exercise.function.tree, exercise.function.variables).constant(Sub(more, without)) != 1:
        return None
    plain = Function(without, variables(without))
    if judge_formula(exercise, plain).diagnosis == "integral":
        return Judgement(False, "integral")
    return Judgement(False, "plus_constant")


class _Diagnosis:
    """A wrong answer and the mistake it shows."""

    def __init__(self, exercise: FormulaExercise, given: Node) -> None:
        self.exercise, self.given = exercise, given
        self.f, self.answer = exercise.function.tree, exercise.answer.tree
        self.points = _Points(self.f, exercise.function.variables)

    def judgement(self) -> Judgement:
        """Return what is to be said: what is certain first, then mistakes throughout, then in one place."""
        return next(self._found(), Judgement(False))

    def _found(self) -> Iterator[Judgement]:
        digits = digits_of_rounded(self.given, self.answer, self.points.points)
        if digits:
            yield Judgement(False, "rounded", {"digits": str(digits)})
        ratio = self.points.constant(Div(self.given, self.answer))
        if ratio == -1:
            yield Judgement(False, "sign")
        yield from self._by_another_variable()
        yield from self._mistakes(_EARLY, once=False)
        if self._is(self.f):
            yield Judgement(False, "unchanged")
        slope = Differentiator(self.exercise.variable)(self.given)
        if slope is not None and self.points.agree(slope, self.f):
            yield Judgement(False, "integral")
        if ratio is not None and self._is_plausible(ratio):
            yield Judgement(False, "factor", {"factor": _shown(ratio)})
        term = self.points.difference(self.given, self.answer)
        if term is not None:
            yield Judgement(False, "term", {"term": _shown(term)})
        yield from self._mistakes(_LATE[:1], once=False)
        yield from self._mistakes(_EARLY, once=True)  # a factor lost within a function is a lost inner derivative
        yield from self._mistakes(_LATE[:1], once=True)
        yield from self._mistakes(_LATE[1:], once=False)
        yield from self._mistakes(_LATE[1:], once=True)

    def _is(self, wrong: Node) -> bool:
        return self.points.agree(self.given, wrong)

    def _by_another_variable(self) -> Iterator[Judgement]:
        one = self.exercise
        for name in one.function.variables:
            if name != one.variable:
                other = FormulaExercise(one.kind, one.level, one.seed, one.function, name)
                if self._is(other.answer.tree):
                    yield Judgement(False, "variable", {"variable": name})

    def _mistakes(self, names: tuple[str, ...], *, once: bool) -> Iterator[Judgement]:
        made = mistaken_once if once else mistaken_throughout
        for name in names:
            if any(self._is(wrong) for wrong in made(self.f, self.exercise.variable, name)):
                yield Judgement(False, name)

    def _is_plausible(self, ratio: Fraction) -> bool:
        """Return True for a factor that one loses: a whole number, one over it, or a number that stands in f."""
        size = abs(ratio)
        if 1 in (size.numerator, size.denominator):
            return True
        constants = {_value(part) for part in walk(self.f)}
        return size in constants or 1 / size in constants


def _value(node: Node) -> Fraction | None:
    """Return the value of a number or of a fraction of two, else None."""
    match node:
        case Number():
            return node.value
        case Div(Number() as above, Number() as below) if below.value:
            return Fraction(above.value / below.value)
        case _:
            return None


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
