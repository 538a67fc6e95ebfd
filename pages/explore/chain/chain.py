"""The chain rule worked out: a function taken apart, every rule by name, its graph, and f′ in terms of f."""

from __future__ import annotations

import streamlit as st

from pages.explore.chain.fields import View
from pages.parts import controls, shell, state
from pages.parts.chain import choosing, shorter, style
from pages.parts.chain.asked import ask
from pages.parts.chain.copying import SCOPE, copy_buttons
from pages.parts.chain.examples import EXAMPLES
from pages.parts.chain.views import VIEWS
from pages.parts.derivation import busy
from pages.parts.takehome import chain as home


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    given = controls.explorer(_, lambda: choosing.choices(_, tuple(VIEWS)), examples=EXAMPLES, home=home.package)
    view = state.view(View)
    st.html(style.of(present=view.present))
    suffix = "_stale" if given.stale else ""
    with st.container(key=SCOPE), st.container(key=f"picture{suffix}"), busy.told(_, "chain_again"):
        VIEWS[view.chain](_, ask(given))
    copy_buttons(_)


state.enter("chain")
shorter.start()
page()
