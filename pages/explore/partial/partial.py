"""Partial derivatives: a surface cut by the plane of what is held, contours with the gradient, and the table of all."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.explore.partial.fields import View
from pages.parts import controls, shell, state
from pages.parts.partial import shared, views, weight, work
from pages.parts.partial.asked import ask
from pages.parts.partial.examples import EXAMPLES
from pages.parts.partial.style import STYLE
from pages.parts.takehome import partial as home


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
    asked = ask(given)
    views.draw(_, asked)
    if state.view(View).partial != "weight":
        work.draw(_, asked)


if state.page() != "partial":
    weight.wanted()
state.enter("partial")
page()
