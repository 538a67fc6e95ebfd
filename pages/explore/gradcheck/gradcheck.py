"""The gradient check: backpropagation beside numerical differentiation, of one's own function and of a network."""

from __future__ import annotations

import streamlit as st

from pages.explore.gradcheck import choosing, functionview, networkview
from pages.explore.gradcheck.fields import View
from pages.parts import shell, state

VIEWS = {"function": functionview.draw, "network": networkview.draw}
"""The views by id; only the chosen one computes."""


@st.fragment
def page() -> None:
    """Draw the page; whatever is chosen or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    st.html(choosing.style(present=state.view(View).present))
    VIEWS[state.view(View).check](_)


state.enter("gradcheck")
page()
