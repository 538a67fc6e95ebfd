"""What stands around every page: style on screen and paper, the slim row with the language, the process's settings."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import asset, messages, state, theme
from pages.parts.i18n import Translator, languages, translator

# The page on paper: words, formulas, numbers and pictures; nothing that only a hand on the screen needs.
# On the screen the page scrolls inside a fixed frame, and pictures are as wide as their place; on paper the frame
# opens, what stands side by side is put below each other, and a picture that is too wide is scaled as a whole. That
# needs a few lines of script: a picture drawn in pixels says nowhere how large its drawing is, and one drawn in space
# is no longer there when the page is printed.
_ON_PAPER = asset.sheet(__file__, "printing.css")
_SCRIPT = asset.read(__file__, "printing.js")

_printing = st.components.v2.component("numdiff_printing", js=_SCRIPT)


def _prepare_printing() -> None:
    """Let the page get ready when it is printed; once in each run of a page, not of its fragments."""
    _printing(key="printing", height=1)


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
    st.html(f"<style>:root {{ --nd-paper: {theme.current().paper}; }}</style>{_STYLE}{_ON_PAPER}")
    _prepare_printing()
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
