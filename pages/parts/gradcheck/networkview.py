"""The check of a network."""

from __future__ import annotations

import streamlit as st

from pages.parts.gradcheck import choosing
from pages.parts.i18n import Translator


def draw(_: Translator) -> None:
    """Draw the view."""
    with st.container(key="gradcheck_top", horizontal=True, vertical_alignment="center", gap="small"):
        choosing.view(_)
        choosing.network(_)
        choosing.quotient(_)
        choosing.link(_)
