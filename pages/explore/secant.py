"""Secant and tangent: what the difference quotient is, in a picture and in the learner's numbers."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.parts import controls, panel, shell, state, theme
from pages.parts.entries import formula_latex
from pages.parts.i18n import Translator
from pages.parts.picture import draw_secant, draw_slopes, scene, slopes
from pages.parts.results import result
from pages.parts.working import work_out

HEIGHT = 445
"""Of the picture, in px: with the fields above, the first screen of a projector is full."""


def _window_label(_: Translator, option: str) -> str:
    return _(f"window.{option}") if option in {"auto", "step"} else _("window.fixed", width=option)


def _choices(_: Translator) -> None:
    """Draw what only this page offers: the schemes shown, how much is seen, and f′ below."""
    controls.many(_, "schemes", state.SCHEMES, "short")
    controls.one(_, "window", state.WINDOWS, partial(_window_label, _))
    controls.switch(_, "slope")


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    asked = controls.explorer(_, partial(_choices, _))
    text, x, dx, view = asked.function.text, asked.x.value, asked.dx.value, state.view()
    suffix = "_stale" if asked.stale else ""
    picture_place, numbers_place = st.columns(2, gap="medium")
    with picture_place:
        if asked.stale:
            with st.container(key="stale"):
                st.caption(_("stale", formula=f"${formula_latex(asked.function)}$"))
    with picture_place, st.container(key=f"picture{suffix}"):
        draw_secant(_, scene(text, x, dx, view.schemes, view.window), height=HEIGHT, key="secant")
        if view.slope:
            scheme = view.schemes[-1] if view.schemes else "central"
            draw_slopes(_, slopes(text, x, dx, scheme, view.window), height=HEIGHT // 2, key="slopes")
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
