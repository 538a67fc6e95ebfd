"""The chain rule worked out: a function taken apart, every rule by name, its graph, and f′ in terms of f."""

from __future__ import annotations

import streamlit as st

from pages.explore.chain import choosing, formulas, graphview, proofview, rulecard, work
from pages.explore.chain import takehome as home
from pages.explore.chain.choosing import EXAMPLES
from pages.explore.chain.fields import View
from pages.explore.chain.formulas import SCOPE, copy_buttons
from pages.explore.chain.question import ask
from pages.parts import controls, shell, state
from pages.parts.derivation import lane

VIEWS = {"work": work.draw, "graph": graphview.draw, "rules": rulecard.draw, "proof": proofview.draw}
"""The views by id; only the chosen one computes."""


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    given = controls.explorer(_, lambda: choosing.draw(_, tuple(VIEWS)), examples=EXAMPLES, home=home.package)
    view = state.view(View)
    st.html(formulas.style(present=view.present))
    suffix = "_stale" if given.stale else ""
    with st.container(key=SCOPE), st.container(key=f"picture{suffix}"), lane.told(_, "chain_again"):
        VIEWS[view.chain](_, ask(given))
    copy_buttons(_)


state.enter("chain")
work.start()
page()
