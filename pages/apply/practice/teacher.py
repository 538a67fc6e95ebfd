"""The teacher's view: the whole sheet with its solutions, to be printed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from numdiff.practice.exercise import ChoiceExercise, FormulaExercise
from pages.apply.practice import asking
from pages.apply.practice.sheets import Numbered
from pages.parts import numbers
from pages.parts.derivation import words
from pages.parts.i18n import Translator


def draw(_: Translator, found: Sequence[Numbered]) -> None:
    """Draw all questions, each with its answer and the rules that lead to it."""
    st.caption(_("practice.teacher.explain"))
    for one in found:
        with st.container(key=f"practice_solved_{one.number}", gap="xsmall"):
            st.markdown(f"**{one.number}.** {_(f'practice.kind.{one.exercise.kind}')}")
            asking.draw(_, one.exercise)
            if isinstance(one.exercise, FormulaExercise):
                _formula(_, one.exercise)
            else:
                _choice(_, one.exercise)


def _formula(_: Translator, exercise: FormulaExercise) -> None:
    rules = dict.fromkeys(step.rule for step in exercise.derivation.steps if step.rule not in {"identity", "constant"})
    if not exercise.derivation.verify():
        st.error(_("practice.failed"))
    st.latex(f"{asking.wanted_latex(exercise)} = {exercise.answer.latex()}", width="content")
    st.caption(_("practice.teacher.rules", rules=tuple(words.name(rule, _) for rule in rules)))


def _choice(_: Translator, exercise: ChoiceExercise) -> None:
    question = exercise.question
    answer = question.choices[question.answer]
    if question.code == "best_step":
        answer = f"${numbers.step_latex(question.steps[question.answer])}$"
    elif question.code == "printed":
        answer = f"`{answer}`"
    st.markdown(_("practice.teacher.answer", answer=answer))
