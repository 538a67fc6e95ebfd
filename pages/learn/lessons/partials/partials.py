"""Partial derivatives: one variable moves, the others are held; the lecture's three examples."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.learn.lessons import entry, formula, frame, pieces, several
from pages.learn.lessons.partials import weight
from pages.learn.lessons.several import Several, Span
from pages.learn.lessons.stage import Stage
from pages.parts import state, theme
from pages.parts.canvas import Moved, cached
from pages.parts.entries import quantity_of, read_step
from pages.parts.figures.surface import HELD

SPANS = {"x": Span(-3.0, 3.0, 0.1), "y": Span(-3.0, 3.0, 0.1)}
COARSE = "0.5"
"""Δx of the picture of the cut."""
HEIGHT = 350
"""Of the surface, in px."""


def _cut(stage: Stage, given: Several, by: str) -> None:
    """Draw the curve in which the plane of the held variable cuts the surface."""
    shown = entry.Asked(given.frozen(by), given.at[by], quantity_of(read_step(COARSE)))

    def follow(moved: Moved) -> None:
        several.put(stage.screen, by, cached.typed(moved.x))

    pieces.draw_canvas(stage, shown, (), on_move=follow)


def _explore(stage: Stage, given: Several, by: str, **options: object) -> None:
    at = tuple((name, quantity.text) for name, quantity in given.at.items() if name != by)
    stage.explore(
        "partial",
        stage.messages("lesson.explore.partial"),
        f=given.function.text,
        x=given.at[by].text,
        dx=COARSE,
        var=by,
        at=at,
        **options,
    )


def _idea(stage: Stage) -> None:
    with stage.live():
        given = several.sliders(stage.screen, SPANS)
        weight.draw_surface(given, "y", quantity_of(read_step(COARSE)), stage.messages, height=HEIGHT)
    color = theme.current()[HELD].color
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
        given = several.sliders(stage.screen, SPANS)
        both = several.value(given, by), np.float64(several.numerical(given, by))
        st.latex(several.put_in_latex(given, by), width="content")
        st.html(formula.beside_html(several.exact(given, by), both, given.dx.value, _, with_exact=True))
        with st.container(key="lesson_cut"):
            _cut(stage, given, by)
        _explore(stage, given, by)
    stage.write(slots={"lines": lambda: st.latex(several.lines_latex(given.function.text, by), width="content")})


def _weight(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        model = weight.sliders(stage.screen, state.language(), _)
        for part, name in model.parts:
            st.latex(weight.partial_latex(model, name), width="content")
            with st.container(key=f"lesson_said_{part.name}"):
                st.markdown(weight.sentence(model, part, name, _))
        own = model.given
        _explore(stage, own, own.function.variables[0], partial="weight")
    formula = several.formula_latex(model.given.function)
    stage.write(slots={"model": lambda: st.latex(formula, width="content")})


frame.show(
    "partials",
    {"idea": _idea, "by_x": lambda stage: _by(stage, "x"), "by_y": lambda stage: _by(stage, "y"), "weight": _weight},
)
