"""Partial derivatives: a surface cut by the plane of what is held, contours with the gradient, and the table of all."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.explore.partial import takehome as home
from pages.explore.partial import views, work
from pages.explore.partial.fields import View
from pages.explore.partial.views import EXAMPLES, STYLE
from pages.parts import controls, shell, state
from pages.parts.surface import shared, weight
from pages.parts.surface.question import ask


def _open_model() -> None:
    """Take the lecture's model if the page is opened at its view and no function was chosen."""
    if state.view(View).partial == "weight" and state.view().f == View().f:
        given = weight.example(state.language())
        state.change(f=given.f, x=given.x, var="", at=given.at, dx="1")


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    weight.translate()
    examples = (*EXAMPLES[:4], weight.example(state.language()), *EXAMPLES[4:])
    given = controls.explorer(
        _, partial(views.choices, _), sliders=False, examples=examples, echo=shared.echo, home=home.package
    )
    st.html(STYLE)
    asked = ask(given, state.view(View).beside)
    views.draw(_, asked)
    if state.view(View).partial != "weight":
        work.draw(_, asked)


if state.page() != "partial":
    _open_model()
state.enter("partial")
page()
