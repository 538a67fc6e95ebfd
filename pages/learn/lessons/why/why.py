"""Why differentiate: one picture read as slope and as change, and what it foretells."""

from __future__ import annotations

import streamlit as st

from pages.learn.lessons import entry, frame, pieces
from pages.learn.lessons.stage import Stage
from pages.learn.lessons.why import change
from pages.parts import panel
from pages.parts.substitution import work_out


def _average(stage: Stage) -> None:
    with stage.live():
        given = entry.fields(stage.screen, stage.messages)
        pieces.draw_canvas(stage, given, ("forward",))

    def quotient() -> None:
        lines = work_out(given.function, given.x, given.dx, "forward", differentiable=False)
        st.latex(lines.aligned(), width="content")

    stage.write(slots={"quotient": quotient})


def _instant(stage: Stage) -> None:
    with stage.live():
        given = entry.fields(stage.screen, stage.messages)
        pieces.draw_canvas(stage, given, ("forward",))
    here = pieces.found(given)
    stage.write(slots={"readings": lambda: st.html(change.readings_html(here, stage.messages))})


def _foretell(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        pieces.draw_canvas(stage, given, ("forward",))
    here = pieces.found(given)

    def sentence() -> None:
        if not here.has_derivative:
            pieces.draw_said(panel.sentence(here, "forward", _))
            return
        foretold, check = change.sentences(here, _)
        pieces.draw_sentence(foretold)
        st.markdown(check)

    def explore() -> None:
        stage.explore("secant", _("lesson.explore.secant"), **pieces.same(given), schemes=("forward",))

    stage.write(slots={"sentence": sentence, "explore": explore})


frame.show("why", {"average": _average, "instant": _instant, "foretell": _foretell})
