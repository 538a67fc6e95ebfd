"""The page on paper: words, formulas, numbers and pictures; nothing that only a hand on the screen needs.

On the screen the page scrolls inside a fixed frame, and pictures are as wide as their place; on paper the frame opens,
what stands side by side is put below each other, and a picture that is too wide is scaled as a whole. That needs a few
lines of script: a picture drawn in pixels says nowhere how large its drawing is, and one drawn in space is no longer
there when the page is printed.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import asset

STYLE = asset.sheet(__file__, "printing.css")
"""In every page, by way of the shell."""

_SCRIPT = asset.read(__file__, "printing.js")

_printing = st.components.v2.component("numdiff_printing", js=_SCRIPT)


def prepare() -> None:
    """Let the page get ready when it is printed; once in each run of a page, not of its fragments."""
    _printing(key="printing", height=1)
