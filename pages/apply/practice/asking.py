"""The question of an exercise, typeset; numbers come from the exercise."""

from __future__ import annotations

import streamlit as st

from numdiff.practice.exercise import ChoiceExercise, Exercise, FormulaExercise
from numdiff.practice.numeric import Question
from numdiff.printing.names import latex_name
from pages.parts import numbers
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
