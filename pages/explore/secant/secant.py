"""Secant and tangent: what the difference quotient is, in a picture and in the learner's numbers."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.explore.secant import fields
from pages.explore.secant import takehome as secant
from pages.parts import choices, controls, panel, shell, state, theme
from pages.parts.canvas import Moved, Zoom, cached, canvas
from pages.parts.entries import formula_latex
from pages.parts.fields import read_zoom
from pages.parts.i18n import Translator
from pages.parts.picture import draw_slopes, scene, slopes
from pages.parts.results import result
from pages.parts.substitution import work_out

HEIGHT = 220
"""Of the picture of f′, in px."""


def _window_label(_: Translator, option: str) -> str:
    return _(f"window.{option}") if option in {"auto", "step"} else _("window.fixed", width=option)


def _choices(_: Translator) -> None:
    """Draw what the canvas does not offer itself: how much is seen, and f′ below."""
    choices.one(_("field.window"), "window", fields.WINDOWS, partial(_window_label, _))
    choices.switch(_("field.slope"), "slope")


def _take(moved: Moved) -> None:
    """Let the page follow what a hand has done on the canvas."""
    state.set_field("x", cached.typed(moved.x))
    state.set_field("dx", cached.typed(moved.dx))
    state.set_field("schemes", moved.schemes)
    state.change(present=moved.present, zoom=",".join(map(repr, moved.zoom)) if moved.zoom else "auto")
    if state.view(fields.View).window != "auto":
        state.set_field("window", "auto")


def _zoom(text: str, x: float, dx: float, view: fields.View) -> Zoom | None:
    """Return what is to be seen: a stretch that was chosen from the list, or where a hand has zoomed to."""
    if view.window == "auto":
        return read_zoom(view.zoom)
    picture = scene(text, x, dx, view.schemes, view.window)
    (left, right), (low, high) = picture.window, (picture.curve.low, picture.curve.high)
    return (left / 2 + right / 2, low / 2 + high / 2, right / 2 - left / 2, high / 2 - low / 2)


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    asked = controls.explorer(_, partial(_choices, _), sliders=False, home=secant.package)
    text, x, dx, view = asked.function.text, asked.x.value, asked.dx.value, state.view(fields.View)
    suffix = "_stale" if asked.stale else ""
    (canvas_place,) = st.columns(1)
    # key and place stay, else the browser would build the canvas anew, without what is pinned, for every slip of the
    # keyboard; so the notice, which lies over the canvas, comes after it
    with canvas_place, st.container(key="canvas_place"):
        shown = cached.scene(text, x, dx, view.schemes, zoom=_zoom(text, x, dx, view), present=view.present)
        canvas(shown, state.language(), key="canvas", on_move=_take)
    if asked.stale:
        with canvas_place, st.container(key="stale"):
            st.caption(_("stale", formula=f"${formula_latex(asked.function)}$"))
    slopes_place, numbers_place = st.columns(2, gap="medium") if view.slope else (None, st.container())
    if slopes_place is not None:
        with slopes_place, st.container(key=f"picture{suffix}"):
            scheme = view.schemes[-1] if view.schemes else "central"
            draw_slopes(_, slopes(text, x, dx, scheme, view.window), height=HEIGHT, key="slopes")
    with numbers_place, st.container(key=f"numbers{suffix}"):
        st.html(panel.html(result(text, x, dx, view.schemes), view.schemes, theme.current(), _))
    _working(_, asked, view.schemes)


def _working(_: Translator, asked: controls.Controls, schemes: tuple[str, ...]) -> None:
    """Write out the substitution for the schemes shown."""
    st.subheader(_("working.title"), anchor=False)
    is_differentiable = result(asked.function.text, asked.x.value, asked.dx.value, schemes).has_derivative
    shown = schemes or ("central",)
    for place, scheme in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
        with place:
            lines = work_out(asked.function, asked.x, asked.dx, scheme, differentiable=is_differentiable)
            st.markdown(f"**{_(f'term.{scheme}')}**")
            st.latex(lines.aligned(), width="content")


state.enter("secant")
page()
