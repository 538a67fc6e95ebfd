"""What a learner typed, read as an answer to an exercise."""

from __future__ import annotations

from numdiff.notation.errors import InputError
from numdiff.practice.exercise import FormulaExercise
from numdiff.practice.reading import Answer, read_answer
from pages.parts.entries import Problem, problem
from pages.parts.kept import kept

REFUSED = (
    *("derivative_sign", "prime", "equation", "header", "code", "integral", "limit_sign", "infinity", "comparison"),
    *("too_many_digits", "too_many_variables"),
)
"""The notation's refusals for which this page has sentences of its own: here the derivative is what is typed."""


@kept
def read(exercise: FormulaExercise, text: str) -> Answer | Problem:
    """Return what an answer means, or what is wrong with the text."""
    try:
        return read_answer(exercise, text)
    except InputError as error:
        return problem(error, text)
