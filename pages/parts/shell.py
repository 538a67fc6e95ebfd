"""What stands around every page: style, the slim row with the language, and the process's settings."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import messages, state, theme
from pages.parts.i18n import Translator, languages, translator
from pages.parts.takehome import printing

_ASSETS = Path(__file__).parent / "assets"
ICON = str(_ASSETS / "icon.svg")
"""Of the browser's tab."""
_BRAND = str(_ASSETS / "brand.svg")

_STYLE = """<style>
.stMainBlockContainer { padding: 3.9rem 1.5rem 2rem; max-width: 1600px; }
.stMainBlockContainer .stVerticalBlock { gap: 0.5rem; }
.st-key-address { position: absolute; height: 0; overflow: hidden; }
.st-key-top { min-height: 2.25rem; }
.st-key-top h1 { padding: 0; }
.stMain .katex-display { overflow: auto hidden; padding: 0.1rem 0; }
.stMain .katex-display:has(.hangul_fallback) { padding: 0.55rem 0 0.3rem; }
:has(> .st-key-echo) { height: 4.5rem; flex: 0 0 4.5rem; overflow: visible; position: relative; z-index: 3; }
.st-key-examples_list button { min-height: 2.6rem; }
.st-key-echo .katex-display { margin: 0.35rem 0 0; }
.st-key-echo .katex-display, .st-key-echo .katex-display > .katex { text-align: left !important; }
.st-key-echo .katex-display > .katex { font-size: 1.4em; }
.st-key-problem { background: var(--nd-paper); padding-bottom: 0.35rem; width: fit-content; min-width: 100%; }
.st-key-readings button { min-height: 2rem; padding: 0 0.6rem; }
.stColumn > .stVerticalBlock:has(.st-key-stale) { position: relative; }
.stColumn > .stVerticalBlock > :has(> .st-key-stale) { position: absolute; z-index: 2; top: 3rem; left: 5rem;
  width: fit-content; }
.st-key-stale { width: auto; padding: 0 0.5rem; border-radius: 4px;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.st-key-picture_stale, .st-key-numbers_stale .nd-panel { opacity: 0.4; filter: grayscale(0.7); }
.stMain:has(.st-key-stale) .st-key-canvas_place { opacity: 0.4; filter: grayscale(0.7); }
.stMain { font-variant-numeric: tabular-nums; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 3.9rem 0.9rem 4rem; }
  .stColumn > .stVerticalBlock > :has(> .st-key-stale) { left: 0.5rem; }
  .st-key-top h1 { font-size: 1.25rem; }
  :has(> .st-key-echo) { height: auto; min-height: 4.5rem; flex: none; }
  .st-key-function_row { flex-wrap: wrap; }
  .st-key-function_row > .stElementContainer:has(.stTextInput) { flex: 1 0 100%; }
}
</style>"""


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
