"""A screen on which Python code is pasted and understood as mathematics: it is read by our own parser, never run."""

from __future__ import annotations

import streamlit as st

from numdiff.function import Function
from pages.learn.lessons import entry, pieces, program
from pages.learn.lessons.stage import Stage
from pages.parts import said
from pages.parts.entries import formula_latex
from pages.parts.i18n import Translator

CODES = ("def func1(x):\n    return x**2\n\nf = lambda x: func1(x)", "f = lambda x: 3*x*np.exp(x)")
"""The lecture's own."""


def _offer(stage: Stage, _: Translator) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, code in enumerate(CODES, start=1):
            label = _("lesson.paste.example", number=str(number))
            st.button(label, key=f"paste_{number}", on_click=entry.put, args=(stage.screen, "f", code))


def _several(function: Function, _: Translator) -> None:
    st.latex(formula_latex(function), width="content")
    st.markdown(_("lesson.paste.several"))


def draw(stage: Stage) -> None:
    """Draw the screen."""
    _ = stage.messages
    with stage.live():
        _offer(stage, _)
        function = entry.code_field(stage.screen, _)
        if len(function.variables) > 1:
            _several(function, _)
        else:
            given = entry.asked(stage.screen)
            st.latex(formula_latex(function), width="content")
            x, dx = given.x.value, given.dx.value
            st.markdown(_("lesson.paste.value", x=said.number(x), dx=program.literal(dx)))
            st.html(program.output_html(function, x, dx, _))
            stage.explore("secant", _("lesson.explore.secant"), **_fields(function, given))
    stage.write()


def _fields(function: Function, given: entry.Asked) -> dict[str, str]:
    return {**pieces.same(given), "f": function.text}
