"""What stands around every page: style, the slim row with the language, and the process's settings."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import asset, messages, state, theme
from pages.parts.i18n import Translator, languages, translator
from pages.parts.takehome import printing

_ASSETS = Path(__file__).parent / "assets"
ICON = str(_ASSETS / "icon.svg")
"""Of the browser's tab."""
_BRAND = str(_ASSETS / "brand.svg")

_STYLE = asset.sheet(__file__, "shell.css")


def messages_of_session() -> Translator:
    """Return the messages in the session's language."""
    return translator(state.language())


def _choose_language() -> None:
    state.set_language(state.get("language"))


def top(title: str) -> None:
    """Draw the name of the app left of the navigation, and the slim row below: the page's name, and the language."""
    _ = messages_of_session()
    st.logo(_BRAND)
    st.html(f"<style>:root {{ --nd-paper: {theme.current().paper}; }}</style>{_STYLE}{printing.STYLE}")
    printing.prepare()
    with st.container(
        key="top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        st.title(title, anchor=False, width="content")
        state.put("language", state.language())
        st.segmented_control(
            _("shell.language"),
            tuple(languages()),
            required=True,
            format_func=lambda code: languages()[code].name,
            key="language",
            on_change=_choose_language,
            label_visibility="collapsed",
            width="content",
        )
    if state.unread():
        names = tuple(_(f"link.name.{name}") for name in state.unread())
        messages.show_remark(_("link.unread", names=names), key="unread")


@cache
def freeze(page: str) -> None:  # noqa: ARG001 — the cache's key
    """Take everything that the imports made out of the garbage collector's sight, once for each page of the process."""
    gc.collect()
    gc.freeze()
