"""The choice of what the error page shows: the curve, or one of the views of this package."""

from __future__ import annotations

import streamlit as st

from pages.explore.error import fields
from pages.parts import state
from pages.parts.i18n import Translator


def _choose() -> None:
    state.change(view=state.get(state.key("view")))


def choose(_: Translator) -> str:
    """Draw the choice and return the id of the view."""
    st.segmented_control(
        _("field.view"),
        fields.VIEWS,
        required=True,
        format_func=lambda name: _(f"view.{name}"),
        key=state.key("view"),
        on_change=_choose,
        label_visibility="collapsed",
        width="content",
    )
    return state.view(fields.View).view
