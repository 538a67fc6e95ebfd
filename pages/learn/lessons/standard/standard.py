"""The standard derivatives: five rules with their pictures, and the lecture's first two examples."""

from __future__ import annotations

import streamlit as st

from pages.learn.lessons import entry, formula, frame, pieces, takehome
from pages.learn.lessons.entry import Asked
from pages.learn.lessons.stage import Stage
from pages.learn.lessons.standard import FACTORS, POWERS, RULES, View, rules
from pages.parts import panel, state, theme
from pages.parts.entries import function_of
from pages.parts.i18n import Translator
from pages.parts.lessons.outline import Lesson, Screen
from pages.parts.takehome.document import Package

STEP = "10^-4"
"""Δx of the numerical derivative that a rule is compared with."""


def _choose() -> None:
    state.change(rule=state.get(state.key("rule")))


def _adjust(name: str) -> None:
    state.change(**{name: state.get(state.key(name))})


def _choice(_: Translator) -> None:
    st.segmented_control(
        _("lesson.rules"),
        RULES,
        default=state.view(View).rule,
        required=True,
        format_func=lambda rule: f"${rules.GENERAL[rule][0]}$",
        key=state.key("rule"),
        on_change=_choose,
        label_visibility="collapsed",
    )


def _sliders() -> None:
    """Draw the sliders of a and n, as far as the rule has them; c of the constant is a."""
    view = state.view(View)
    if view.rule in rules.FIXED:
        return
    a_place, n_place = st.columns(2, gap="medium", wrap=False)
    with a_place:
        label = "c" if view.rule == "constant" else "a"
        st.slider(label, *FACTORS, view.a, 0.5, format="%g", key=state.key("a"), on_change=_adjust, args=("a",))
    if view.rule == "power":
        with n_place:
            st.slider("n", *POWERS, view.n, key=state.key("n"), on_change=_adjust, args=("n",))


def _numbers(stage: Stage, given: Asked) -> None:
    _ = stage.messages
    here = pieces.found(given, ("central",))
    if here.has_derivative:
        st.html(formula.agreement_html(given, _))
    else:
        pieces.draw_said(panel.sentence(here, "central", _))


def _rules(stage: Stage) -> None:
    _ = stage.messages
    function = function_of(rules.function_text(state.view(View)))
    with stage.live():
        own = entry.fields(stage.screen, _, ("x",))
        given = Asked(function, own.x, own.dx)
        with st.container(key="lesson_two"):
            pieces.draw_canvas(stage, given, ())
            pieces.draw_slope(given, _)

    def rule() -> None:
        st.latex(rules.general_latex(state.view(View).rule), width="content")
        st.latex(rf"f(x) = {function.latex()} \;\Rightarrow\; {formula.result_latex(function.text)}", width="content")

    stage.write(
        slots={
            "choice": lambda: _choice(_),
            "rule": rule,
            "sliders": _sliders,
            "agreement": lambda: _numbers(stage, given),
        }
    )


def _terms(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("f", "x"))
        pieces.draw_canvas(stage, given, ())
        stage.explore("secant", _("lesson.explore.secant"), **pieces.same(given), schemes=("central",))
    text = given.function.text
    stage.write(
        slots={
            "terms": lambda: st.latex(formula.terms_latex(text, theme.current()), width="content"),
            "lines": lambda: formula.draw(formula.lines_latex(text), given, _),
            "agreement": lambda: _numbers(stage, given),
        }
    )


def _reciprocal(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("x", "dx"))
        pieces.draw_canvas(stage, given, ("central",))
        here = pieces.found(given, ("central",))
        if not here.has_derivative or here.verdict("central").code == "outside_domain":
            pieces.draw_said(panel.sentence(here, "central", _))
        stage.explore("secant", _("lesson.explore.secant"), **pieces.same(given), schemes=("central",))
    found = formula.derivation(given.function.text)
    rewritten = [step for step in found.steps if step.rule == "reciprocal"]
    stage.write(
        slots={
            "rewrite": lambda: [st.latex(formula.step_latex(step), width="content") for step in rewritten],
            "lines": lambda: formula.draw(formula.lines_latex(given.function.text), given, _),
        }
    )


def _home(_: Translator, lesson: Lesson, screen: Screen) -> Package:
    text = rules.function_text(state.view(View)) if screen.name == "rules" else ""
    return takehome.package(_, lesson, screen, text=text)


frame.show("standard", {"rules": _rules, "terms": _terms, "reciprocal": _reciprocal}, _home)
