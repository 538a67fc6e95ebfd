"""The answer to an exercise: typed in any notation or chosen, echoed, checked, and what can be said about it."""

from __future__ import annotations

import streamlit as st

from numdiff.notation.errors import InputError
from numdiff.practice.exercise import ChoiceExercise, FormulaExercise
from numdiff.practice.judge import Judgement, judge
from numdiff.practice.numeric import Question
from pages.apply.practice import entry, keeping, records
from pages.apply.practice.asking import wanted_latex
from pages.apply.practice.choosing import Numbered
from pages.apply.practice.fields import View
from pages.parts import messages, numbers, state
from pages.parts.entries import Problem, shown_name
from pages.parts.i18n import Translator
from pages.parts.kept import kept


@kept
def _judged(exercise: FormulaExercise, text: str) -> Judgement:
    return judge(exercise, text)


def _check(name: str, exercise: FormulaExercise) -> None:
    """Judge what stands in the field; what is not understood is no try."""
    text = state.get(records.slot(name), None) or ""
    try:
        found = _judged(exercise, text)
    except InputError:
        return
    known = records.record(name)
    records.note(name, answer=text, right=found.right, tries=known.tries + 1)


def draw_formula(_: Translator, one: Numbered, exercise: FormulaExercise) -> None:
    """Draw the field for a formula, what it is read as, and the judgement of the last answer that was checked."""
    known = records.record(one.name)
    text = st.text_input(
        _("practice.answer"),
        known.answer,
        key=records.slot(one.name),
        live="0ms",
        autocomplete="off",
        placeholder=_("practice.answer.placeholder"),
    )
    found = entry.read(exercise, text) if text.strip() else None
    with st.container(key="practice_echo"):
        if isinstance(found, Problem):
            messages.show_problem(found, _, key="practice_problem", own=_refused(_, found))
            _readings(one.name, exercise, found)
        elif found is not None:
            st.markdown(_("practice.echo", answer=rf"$\displaystyle {found.typed.latex()}$"))
    st.button(
        _("practice.check"),
        key="practice_check",
        type="primary",
        shortcut="Ctrl+Enter",
        disabled=found is None or isinstance(found, Problem),
        on_click=_check,
        args=(one.name, exercise),
    )
    known = records.record(one.name)
    if known.tries and known.answer == text:
        _said(_, exercise, text)


def _take(name: str, text: str) -> None:
    state.put(records.slot(name), text)


def _refused(_: Translator, found: Problem) -> str:
    """Return this page's own sentence for a refusal, "" where the notation's own is right here, too."""
    return _(f"practice.refused.{found.code}", **messages.filled(found)) if found.code in entry.REFUSED else ""


def _readings(name: str, exercise: FormulaExercise, refused: Problem) -> None:
    """Offer what could have been meant; a click types it."""
    with st.container(horizontal=True, gap="small"):
        for place, text in enumerate(refused.readings):
            found = entry.read(exercise, text)
            if not isinstance(found, Problem):
                key = f"practice_reading_{place}"
                st.button(f"${found.typed.latex()}$", key=key, on_click=_take, args=(name, text))


def _said(_: Translator, exercise: FormulaExercise, text: str) -> None:
    found = _judged(exercise, text)
    if found.right:
        st.success(
            _("practice.right", result=f"${wanted_latex(exercise)} = {exercise.answer.latex()}$"),
            icon=":material/check_circle:",
        )
    elif found.right is None:
        st.warning(_("practice.undecided"), icon=":material/help:")
    else:
        st.error(_(f"practice.wrong.{found.diagnosis or 'unknown'}", **_words(found)), icon=":material/cancel:")


def _words(found: Judgement) -> dict[str, str]:
    shown = {name: f"`{value}`" for name, value in found.params.items()}
    if "variable" in found.params:
        shown["variable"] = shown_name(found.params["variable"])
    return shown


def _choose(name: str, question: Question) -> None:
    chosen = state.get(records.slot(name), None)
    if chosen is None:
        return
    known = records.record(name)
    records.note(name, answer=str(chosen), right=chosen == question.answer, tries=known.tries + 1)


def _label(question: Question, place: int) -> str:
    if question.code == "best_step":
        return f"${numbers.step_latex(question.steps[place])}$"
    return f"`{question.choices[place]}`" if question.code == "printed" else question.choices[place]


def draw_choice(_: Translator, one: Numbered, exercise: ChoiceExercise) -> None:
    """Draw the choices, and what the chosen one means."""
    question, known = exercise.question, records.record(one.name)
    st.radio(
        _("practice.answer"),
        range(len(question.choices)),
        index=keeping.choice(question, known.answer),
        format_func=lambda place: _label(question, place),
        key=records.slot(one.name),
        on_change=_choose,
        args=(one.name, question),
    )
    known = records.record(one.name)
    chosen = keeping.choice(question, known.answer)
    if not known.tries or chosen is None:
        return
    reason = _(f"practice.because.{question.reasons[chosen]}", **_facts(_, question, chosen))
    if known.right:
        st.success(f"{_('practice.right.choice')} {reason}", icon=":material/check_circle:")
        _errors(_, question)
    else:
        st.error(reason, icon=":material/cancel:")


def _facts(_: Translator, question: Question, chosen: int) -> dict[str, str]:
    facts = {"step": f"${numbers.step_latex(question.steps[0])}$", "scheme": _(f"term.{question.scheme}")}
    if question.code == "best_step":
        facts["step"] = f"${numbers.step_latex(question.steps[chosen])}$"
        facts["error"] = rf"$\approx {numbers.scientific_latex(question.errors[chosen])}$"
    if question.code == "order":
        facts["factor"] = f"{question.steps[0] / question.steps[1]:.0f}"
        facts["ratio"] = rf"$\approx {numbers.scientific_latex(question.errors[0] / question.errors[1], 2)}$"
        facts["order"] = question.choices[question.answer]
    return facts


def _errors(_: Translator, question: Question) -> None:
    """Show the error at every step that could be chosen."""
    if question.code != "best_step":
        return
    steps = " | ".join(f"${numbers.step_latex(step)}$" for step in question.steps)
    sizes = " | ".join(rf"$\approx {numbers.scientific_latex(error)}$" for error in question.errors)
    line = " --- |" * (len(question.steps) + 1)
    st.markdown(f"| Δx | {steps} |\n|{line}\n| {_('practice.error')} | {sizes} |")


def draw(_: Translator, one: Numbered) -> None:
    """Draw the answer to an exercise."""
    if isinstance(one.exercise, ChoiceExercise):
        draw_choice(_, one, one.exercise)
    else:
        draw_formula(_, one, one.exercise)


def next_number(count: int, step: int) -> None:
    """Go to another exercise of the sheet; in a callback."""
    number = min(max(state.view(View).number + step, 1), count)
    state.set_field("number", number)
