"""The lecture's exercises: to be tried first, then worked out, and checked with numbers."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from pages.learn.lessons import entry, formula, frame, pieces, several
from pages.learn.lessons.exercises import proof
from pages.learn.lessons.several import Several, Span
from pages.learn.lessons.stage import Stage
from pages.parts.entries import formula_latex

Spans = dict[str, Span]

FIRST: Spans = {"x": Span(-3.0, 3.0, 0.1), "y": Span(-3.0, 3.0, 0.1)}
SECOND: Spans = {"x": Span(-1.5, 1.5, 0.1), "y": Span(-1.0, 4.0, 0.1)}
THIRD: Spans = {"x_1": Span(-3.0, 3.0, 0.1), "x_2": Span(-3.0, 3.0, 0.1), "y": Span(-3.0, 3.0, 0.1)}


def _check(stage: Stage, given: Several, by: str) -> None:
    _ = stage.messages
    exact = several.exact(given, by)
    if exact.status != "ok":
        pieces.draw_said(_("lesson.exercise.outside"))
        return
    both = several.value(given, by), np.float64(several.numerical(given, by))
    st.html(formula.beside_html(exact, both, given.dx.value, _))


def _solution(given: Several, by: str, held: tuple[str, ...]) -> None:
    st.latex(several.lines_latex(given.function.text, by, held=held), width="content")


def _exercise(stage: Stage, spans: Spans, by: tuple[str, ...]) -> None:
    """Draw an exercise: the solution is folded away until it is asked for."""
    _ = stage.messages
    given = several.asked(stage.screen)
    with stage.live():
        with st.expander(_("lesson.exercise.solution"), key=f"solution_{stage.screen.name}", icon=":material/key:"):
            for name in by:
                _solution(given, name, held=())
        with st.expander(_("lesson.exercise.check"), key=f"check_{stage.screen.name}", icon=":material/calculate:"):
            given = several.sliders(stage.screen, spans)
            for name in by:
                st.latex(several.put_in_latex(given, name), width="content")
                _check(stage, given, name)
    stage.write(slots={"formula": lambda: st.latex(several.formula_latex(given.function), width="content")})


def _proof(stage: Stage, *, is_folded: bool) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("f", "x"))
        found = proof.relation(given)
        if found is None:
            pieces.draw_said(_("chain.proof.busy"))
        else:
            proof.draw_picture(given, found, _)
        stage.explore("chain", _("lesson.explore.chain"), **pieces.same(given), chain="proof")

    def statement() -> None:
        if found is not None:
            proof.draw_statement(found, _)

    def lines() -> None:
        if found is not None and found.proof and proof.holds(given):
            with st.expander(_("lesson.exercise.proof"), key=f"proof_{stage.screen.name}", icon=":material/key:"):
                if is_folded:
                    proof.draw_statement(found, _)
                proof.draw_proof(found, _)

    stage.write(
        slots={
            "formula": lambda: st.latex(formula_latex(given.function), width="content"),
            "statement": statement,
            "proof": lines,
        }
    )


frame.show(
    "exercises",
    {
        "first": partial(_exercise, spans=FIRST, by=("x", "y")),
        "second": partial(_exercise, spans=SECOND, by=("x", "y")),
        "third": partial(_exercise, spans=THIRD, by=("x_1", "x_2")),
        "proof": partial(_proof, is_folded=True),
        "others": partial(_proof, is_folded=False),
    },
)
