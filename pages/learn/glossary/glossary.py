"""The glossary: every term of the lecture, found while it is typed, with one sentence, a picture and the ways on."""

from __future__ import annotations

import streamlit as st

from pages.learn.glossary import view
from pages.learn.glossary.fields import TERM, View
from pages.learn.glossary.finding import find, near
from pages.learn.glossary.terms import terms
from pages.parts import address, shell, state
from pages.parts.i18n import Translator


def _asked(_: Translator) -> str:
    """Draw the field, and return what is looked up."""
    with st.container(key="glossary_field"):
        text = st.text_input(
            _("glossary.field"),
            key=state.key("term"),
            max_chars=TERM,
            placeholder=_("glossary.placeholder"),
            live="0ms",
            autocomplete="off",
        )
    if text != state.view(View).term:
        state.change(term=text)
    return text.strip()


def _results(asked: str, _: Translator) -> None:
    found = find(asked)
    if not found:
        st.markdown(_("glossary.none"))
        likely = near(asked)
        if likely:
            st.markdown(_("glossary.near"))
            view.names(likely, "near")
    for name in found[: view.CARDS]:
        view.card(terms()[name], _)
    if found[view.CARDS :]:
        st.markdown(_("glossary.more"))
        view.names(found[view.CARDS :], "more")
    st.button(
        _("glossary.all"), key="glossary_all", icon=":material/list:", on_click=state.set_field, args=("term", "")
    )


@st.fragment
def _page() -> None:
    """Draw the page; what is typed redraws only this."""
    _ = shell.messages_of_session()
    st.html(view.STYLE)
    asked = _asked(_)
    address.show(state.link(), state.language(), "glossary")
    if asked:
        _results(asked, _)
    else:
        view.index(_)


state.enter("glossary")
_page()
