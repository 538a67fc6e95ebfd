"""Partial derivatives: one variable moves, the others are held; the lecture's three examples."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts import state, theme
from pages.parts.canvas import Moved, knowledge
from pages.parts.entries import quantity_of, read_step
from pages.parts.lessons import entry, formula, frame, pieces, several, weight
from pages.parts.lessons.frame import Stage
from pages.parts.lessons.several import Several

RANGES = {"x": (-3.0, 3.0, 0.1), "y": (-3.0, 3.0, 0.1)}
COARSE = "0.5"
"""Δx of the picture of the cut."""


def _cut(stage: Stage, given: Several, by: str, schemes: tuple[str, ...] = ("forward",)) -> None:
    """Draw the curve in which the plane of the held variable cuts the surface."""
    view = state.view()
    step = quantity_of(read_step(view.own_dx or COARSE))
    shown = entry.Asked(given.frozen(by), given.at[by], step)

    def follow(moved: Moved) -> None:
        several.put(stage.screen, by, knowledge.typed(moved.x))
        state.change(own_dx=knowledge.typed(moved.dx))

    pieces.draw_canvas(stage, shown, schemes, on_move=follow)


def _explore(stage: Stage, given: Several, by: str) -> None:
    at = tuple((name, quantity.text) for name, quantity in given.at.items() if name != by)
    stage.explore(
        "secant",
        stage.messages("lesson.explore.secant"),
        f=given.function.text,
        x=given.at[by].text,
        dx=COARSE,
        var=by,
        at=at,
    )


def _idea(stage: Stage) -> None:
    with stage.live():
        given = several.sliders(stage.screen, {"x": RANGES["x"]})
        _cut(stage, given, "y")
    color = theme.current()["forward"].color
    stage.write(
        slots={
            "formula": lambda: st.latex(several.formula_latex(given.function), width="content"),
            "frozen": lambda: st.latex(several.frozen_latex(given, "y", color), width="content"),
            "explore": lambda: _explore(stage, given, "y"),
        }
    )


def _by(stage: Stage, by: str) -> None:
    _ = stage.messages
    with stage.live():
        given = several.sliders(stage.screen, RANGES)
        both = several.value(given, by), np.float64(several.numerical(given, by))
        st.latex(several.put_in_latex(given, by), width="content")
        st.html(formula.beside_html(several.exact(given, by), both, given.dx.value, _, with_exact=True))
        with st.container(key="lesson_cut"):
            _cut(stage, given, by, ())
        _explore(stage, given, by)
    stage.write(slots={"lines": lambda: st.latex(several.lines_latex(given.function.text, by), width="content")})


def _weight(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        model = weight.in_language(weight.sliders(stage.screen, _), state.language())
        for name in model.names:
            st.latex(weight.partial_latex(model, name, _), width="content")
            with st.container(key=f"lesson_said_{model.names.index(name)}"):
                st.markdown(weight.sentence(model, name, _))
    stage.write(slots={"model": lambda: st.latex(weight.formula_latex(model, _), width="content")})


frame.show(
    "partials",
    {
        "idea": _idea,
        "by_x": lambda stage: _by(stage, "x"),
        "by_y": lambda stage: _by(stage, "y"),
        "weight": _weight,
    },
)
