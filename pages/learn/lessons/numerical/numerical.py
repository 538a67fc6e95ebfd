"""Numerical differentiation, version 1: the recipe, the code on the learner's own f, and pasted Python."""

from __future__ import annotations

import streamlit as st

from pages.learn.lessons import entry, frame, pieces, program
from pages.learn.lessons.numerical import View, recipe
from pages.learn.lessons.stage import Stage
from pages.parts import state, theme

SHRINKING = tuple(10.0**-power for power in range(2, 15, 2))
"""10⁻², 10⁻⁴, …, 10⁻¹⁴: first the error falls, then it grows."""


def _mark() -> None:
    state.change(mark=state.get("lesson_mark") or "")


def _recipe(stage: Stage) -> None:
    _, look = stage.messages, theme.current()
    given = entry.asked(stage.screen)
    with stage.live():
        st.segmented_control(
            _("lesson.recipe.parts"),
            recipe.PARTS,
            default=state.view(View).mark or None,
            format_func=recipe.SIGNS.__getitem__,
            key="lesson_mark",
            on_change=_mark,
            label_visibility="collapsed",
        )
        with st.container(key="recipe"):
            st.latex(recipe.quotient_latex(look), width="content")
        st.html(recipe.code_html(given.dx.value) + recipe.style(look, state.view(View).mark))
    stage.write(slots={"steps": lambda: st.html(recipe.steps_html(_))})


def _run(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        function, (_text, x, dx) = given.function, given.place
        st.code(program.program(function, x, dx), language="python")
        st.html(program.output_html(function, x, dx, _))

    def explore() -> None:
        stage.explore("error", _("lesson.explore.error"), **pieces.same(given))

    stage.write(slots={"exact": lambda: pieces.draw_exact(given, _), "explore": explore})


def _smaller(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("f", "x"))
        pieces.draw_quotients(given, SHRINKING, ("central",), _)

    def explore() -> None:
        stage.explore("error", _("lesson.explore.error"), **pieces.same(given))

    stage.write(slots={"exact": lambda: pieces.draw_exact(given, _), "explore": explore})


frame.show("numerical", {"recipe": _recipe, "run": _run, "paste": recipe.draw, "smaller": _smaller})
