"""How formulas look: large enough to project, steps inside steps by a line, and a button that copies the LaTeX.

Streamlit typesets formulas with KaTeX, which keeps the LaTeX beside the picture; one small script for the whole page
reads it there, so that hundreds of formulas cost the server nothing.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import asset
from pages.parts.i18n import Translator

_STYLE = asset.read(__file__, "chain.css")

_PRESENT = asset.read(__file__, "chain_present.css")


def style(*, present: bool) -> str:
    """Return the page's style as HTML; for a projector with larger type and without what is only for the hand."""
    return f"<style>{_STYLE}{_PRESENT if present else ''}</style>"


SCOPE = "chain_formulas"
"""The key of the container in which formulas get a button."""

_SCRIPT = asset.read(__file__, "copying.js")

_copying = st.components.v2.component("numdiff_copying", js=_SCRIPT)


def copy_buttons(_: Translator) -> None:
    """Give every displayed formula in the container :data:`SCOPE` its button; draw it last on the page."""
    words = {"copy": _("chain.copy"), "copied": _("chain.copied")}
    _copying(data={"scope": f".st-key-{SCOPE}", **words}, key="chain_copying", height=1)
