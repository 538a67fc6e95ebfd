"""The question of an exercise, typeset, and for a teacher with its solution; numbers come from the exercise."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from numdiff.practice.exercise import ChoiceExercise, Exercise, FormulaExercise
from numdiff.practice.numeric import Question
from numdiff.printing.names import latex_name
from pages.apply.practice.choosing import Numbered
from pages.parts import numbers
from pages.parts.derivation import words
from pages.parts.entries import formula_latex
from pages.parts.i18n import Translator


def wanted_latex(exercise: FormulaExercise) -> str:
    """Return what is asked for: f′(x), or ∂f/∂x with several variables."""
    names = exercise.function.variables
    if len(names) <= 1:
        return f"f'({latex_name(names[0] if names else 'x')})"
    return rf"\frac{{\partial f}}{{\partial {latex_name(exercise.variable)}}}"


def draw(_: Translator, exercise: Exercise) -> None:
    """Draw the question."""
    if isinstance(exercise, ChoiceExercise):
        _numeric(_, exercise.question)
        return
    st.markdown(_("practice.ask.formula", wanted=f"${wanted_latex(exercise)}$"))
    st.latex(formula_latex(exercise.function), width="content")


def given_words(_: Translator, asked: Question) -> dict[str, str]:
    """Return what the sentences about a question fill in."""
    return {
        "formula": f"${formula_latex(asked.function)}$",
        "x": f"{asked.x:g}",
        "scheme": _(f"term.{asked.scheme}"),
        "step": f"${numbers.step_latex(asked.steps[0])}$",
    }


def _numeric(_: Translator, asked: Question) -> None:
    st.markdown(_(f"practice.ask.{asked.code}", **given_words(_, asked)))
    if asked.code == "printed":
        body = asked.function.python().strip().replace("\n\n\n", "\n\n")
        st.code(f"{body}\n\nx, h = {asked.x!r}, {asked.steps[0]!r}\nprint({asked.code_line})", language="python")
    if asked.code == "order":
        st.markdown(_errors(_, asked))


def _errors(_: Translator, asked: Question) -> str:
    """Return the errors measured at the steps as a table."""
    rows = [[f"${numbers.step_latex(step)}$" for step in asked.steps]]
    rows.append([rf"$\approx {numbers.scientific_latex(error)}$" for error in asked.errors])
    heads = ["Δx", _("practice.error")]
    first = "| " + " | ".join([heads[0], *rows[0]]) + " |"
    line = "|" + " --- |" * (len(asked.steps) + 1)
    return "\n".join([first, line, "| " + " | ".join([heads[1], *rows[1]]) + " |"])


def draw_solved(_: Translator, found: Sequence[Numbered]) -> None:
    """Draw all questions, each with its answer and the rules that lead to it."""
    st.caption(_("practice.teacher.explain"))
    for one in found:
        with st.container(key=f"practice_solved_{one.number}", gap="xsmall"):
            st.markdown(f"**{one.number}.** {_(f'practice.kind.{one.exercise.kind}')}")
            draw(_, one.exercise)
            if isinstance(one.exercise, FormulaExercise):
                _formula(_, one.exercise)
            else:
                _choice(_, one.exercise)


def _formula(_: Translator, exercise: FormulaExercise) -> None:
    rules = dict.fromkeys(step.rule for step in exercise.derivation.steps if step.rule not in {"identity", "constant"})
    if not exercise.derivation.verify():
        st.error(_("practice.failed"))
    st.latex(f"{wanted_latex(exercise)} = {exercise.answer.latex()}", width="content")
    st.caption(_("practice.teacher.rules", rules=tuple(words.name(rule, _) for rule in rules)))


def _choice(_: Translator, exercise: ChoiceExercise) -> None:
    question = exercise.question
    answer = question.choices[question.answer]
    if question.code == "best_step":
        answer = f"${numbers.step_latex(question.steps[question.answer])}$"
    elif question.code == "printed":
        answer = f"`{answer}`"
    st.markdown(_("practice.teacher.answer", answer=answer))
