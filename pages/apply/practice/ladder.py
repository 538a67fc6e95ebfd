"""Help in steps: a hint, the rule, the first line, the whole solution with every line checked."""

from __future__ import annotations

import streamlit as st

from numdiff.derivation.steps import Step
from numdiff.practice.exercise import FormulaExercise
from pages.apply.practice import records
from pages.parts import theme
from pages.parts.derivation import lines, words
from pages.parts.i18n import Translator

RUNGS = ("hint", "rule", "step", "solution")
"""The steps of help, from the least to the most."""

_MOST_STEPS = 12
"""Steps of a solution that are written out; the trivial ones (constants, x itself) are left out anyway."""


def _climb(name: str, rung: int) -> None:
    records.note(name, helped=rung)


def draw(_: Translator, name: str, exercise: FormulaExercise) -> None:
    """Draw the help that was asked for, and the button for the next step."""
    climbed = records.record(name).helped
    root = _leading(exercise.derivation.root)
    if climbed >= 1:
        st.markdown(words.hint(root, _))
    if climbed >= 2:
        formula = words.general(root.rule)
        st.markdown(
            f"**{words.name(root.rule, _)}.** {words.says(root.rule, _)}" + (f" ${formula}$" if formula else "")
        )
    if climbed == 3:
        st.markdown(lines.display(lines.head(root, "partial", (), "red", whole=False)))
    if climbed >= len(RUNGS):
        solution(_, exercise)
        return
    st.button(
        _(f"practice.help.{RUNGS[climbed]}"),
        key="practice_help",
        on_click=_climb,
        args=(name, climbed + 1),
        icon=":material/lightbulb:",
    )


def _leading(root: Step) -> Step:
    """Return the step that help begins with: the first that asks for more than to go term by term."""
    step = root
    while step.rule in {"sum", "difference", "constant_multiple"} and step.children:
        step = next((part for part in step.children if not _is_trivial(part)), step.children[0])
    return step


def _is_trivial(step: Step) -> bool:
    return step.rule in {"constant", "identity"} or (step.rule == "constant_multiple" and len(step.children) == 0)


def solution(_: Translator, exercise: FormulaExercise) -> None:
    """Draw every step worth writing and the result; a line that does not pass its check is red."""
    derivation = exercise.derivation
    failed = lines.failed_lines(derivation.verify())
    color = theme.current()["trouble"].color
    worth = [step for step in derivation.steps if not _is_trivial(step)]
    for step in worth[:_MOST_STEPS]:
        formula = lines.head(step, "partial", (), color, whole=True)
        st.markdown(f"**{words.name(step.rule, _)}**\n\n{lines.display(formula)}")
    if failed.checks:
        st.error(_("practice.failed"))
    st.markdown(f"**{_('practice.result')}**\n\n{lines.display(lines.result_latex(derivation, 'partial'))}")
