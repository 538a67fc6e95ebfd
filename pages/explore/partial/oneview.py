"""What is shown of a function of one variable: what there is, and the way to one of two."""

from __future__ import annotations

import streamlit as st

from pages.explore.partial.examples import EXAMPLES
from pages.parts import controls, state
from pages.parts.entries import function_of
from pages.parts.i18n import Translator
from pages.parts.surface import panel, shared, weight
from pages.parts.surface.asked import Asked

OFFERED = EXAMPLES[:4]


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    shared.draw_formula(asked, _)
    st.markdown(_("partial.one" if asked.declared else "partial.one.constant"))
    with st.container(horizontal=True, gap="small", key="partial_offered"):
        for place, example in enumerate(OFFERED):
            latex = function_of(example.f).latex()
            st.button(f"${latex}$", key=f"partial_offer_{place}", on_click=controls.take, args=(example,))
        st.button(_("partial.view.weight"), key="partial_offer_weight", on_click=_to_the_weight)
    left, right = st.columns([6, 7], gap="medium")
    with left:
        shared.draw_canvas(asked)
    with right:
        st.html(panel.slope_html(asked, _))


def _to_the_weight() -> None:
    weight.open_model()
    state.set_field("partial", "weight")
