"""How a lesson looks: the words beside what moves, the way on at the lower edge, and large type for a projector."""

from __future__ import annotations

from pages.parts import asset
from pages.parts.theme import Theme

COLUMNS = (5, 6)
"""The widths of the words and of what moves."""

_STYLE = asset.read(__file__, "lessons.css")

_PRESENTED = """
html { font-size: clamp(18px, min(2.75vh, 1.65vw), 44px) !important; }
.stApp { background: PAPER !important; color: INK !important; --nd-paper: PAPER; }
:root { --nd-paper: PAPER !important; }
.stAppHeader, :has(> .st-key-top) { display: none !important; }
.stHorizontalBlock:has(> .stColumn .st-key-lesson_text) { min-height: calc(100dvh - 7.8rem) !important; }
.st-key-lesson_live { --plain-height: 36vh; }
.st-key-lesson_cut { --plain-height: 15vh; }
.stMainBlockContainer { padding-top: 0.6rem !important; max-width: none !important; padding-bottom: 0 !important; }
"""


def sheet(theme: Theme, *, is_presented: bool) -> str:
    """Return the style sheet of a lesson's page; presented, it has large type in black on white, or white on black."""
    ink, paper = ("#fff", "#000") if theme.mode == "dark" else ("#000", "#fff")
    shown = _PRESENTED.replace("PAPER", paper).replace("INK", ink) if is_presented else ""
    return f"<style>{_STYLE}{shown}</style>"
