"""How a lesson looks: the words beside what moves, the way on at the lower edge, and large type for a projector."""

from __future__ import annotations

from pages.parts.theme import Theme

COLUMNS = (5, 6)
"""The widths of the words and of what moves."""

_STYLE = """
.st-key-lesson_top { position: absolute; height: 0; overflow: hidden; }
.st-key-top h1 { font-size: 1.1rem; font-weight: 600; opacity: 0.75; }
.stMainBlockContainer { padding-bottom: 0; }
.stMain h3 { font-size: 1.65rem; padding: 0 0 0.6rem; line-height: 1.25; }
.st-key-lesson_text [data-testid="stMarkdownContainer"] { font-size: 1.15rem; }
.st-key-lesson_text [data-testid="stMarkdownContainer"] p, .st-key-lesson_text li { line-height: 1.6;
  word-break: keep-all; overflow-wrap: break-word; }
.st-key-lesson_text [data-testid="stMarkdownContainer"] p { margin-bottom: 0.5rem; }
.st-key-lesson_text .katex-display, .st-key-lesson_text .katex-display > .katex { margin: 0.3rem 0; text-align: left; }
.stMain .st-key-lesson_text { gap: 0.8rem; }
.stHorizontalBlock:has(> .stColumn .st-key-lesson_text) {
  min-height: calc(100dvh - 13.4rem); align-content: flex-start; }
.nd-said { font-size: 1.1rem; line-height: 1.5; padding: 0.2rem 0 0.2rem 0.9rem; border-left: 4px solid currentColor; }
.st-key-lesson_live { --plain-height: clamp(200px, 42vh, 560px); }
.st-key-view_rule button { min-height: 2.75rem; min-width: 3.4rem; }
.st-key-view_rule button * { overflow: visible !important; }
.st-key-lesson_two { --plain-height: 24vh; }
.st-key-lesson_cut { --plain-height: 21vh; }
:has(> .st-key-lesson_bar) { position: sticky; bottom: 0; z-index: 6; background: var(--nd-paper); }
.st-key-lesson_bar { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); padding: 0.35rem 0; }
.st-key-lesson_bar .stButton button { min-height: 44px; max-width: 100%; }
.nd-lead { font-size: 1.3rem; line-height: 1.5; font-weight: 600; }
.nd-steps { list-style: none; padding: 0; margin: 0; font-size: 1.15rem; }
.nd-steps li { padding: 0.2rem 0.5rem; margin: 0 0 0.2rem -0.5rem; }
.nd-code { border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  border-radius: 6px; padding: 0.6rem 0; overflow-x: auto; }
.nd-code-line { display: flex; gap: 0.9rem; padding: 0.3rem 0.9rem;
  min-width: fit-content; }
.nd-code-line code { white-space: pre; background: none; color: inherit; padding: 0; font-size: 0.95rem; }
.st-key-recipe .katex { font-size: 1.5em; }
.nd-console { border-left: 4px solid color-mix(in srgb, currentColor 35%, transparent);
  padding: 0.1rem 0 0.1rem 0.9rem; }
.nd-console-head { font-size: 0.9rem; opacity: 0.75; }
.nd-output-line { font-family: monospace; font-size: 1.35rem; }
.st-key-lesson_next_place kbd, .st-key-lesson_back_place kbd { display: none; }
.st-key-lesson_stages { font-size: 1.3rem; }
.st-key-lesson_live .stLatex, .st-key-lesson_live .nd-panel.nd-wide { font-size: 1.1rem; }
[class*="st-key-lesson_said"] { border-left: 4px solid color-mix(in srgb, currentColor 40%, transparent);
  padding: 0.2rem 0 0.2rem 0.9rem; margin-bottom: 0.8rem; }
.stMain [class*="st-key-lesson_said"] [data-testid="stMarkdownContainer"] p { font-size: 1.15rem; line-height: 1.5;
  word-break: keep-all; }
.nd-flow { display: flex; flex-wrap: wrap; align-items: center; gap: 0.6rem; padding: 0.6rem 0; }
.nd-stop { display: flex; flex-direction: column; align-items: center; min-width: 4.6rem; padding: 0.4rem 0.9rem;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 8px; }
.nd-stop b { font-size: 1.3rem; font-style: italic; }
.nd-rule { font-size: 1.05rem; }
.st-key-lesson_fields .stColumn, .st-key-lesson_live .stColumn { min-width: 0 !important; }
@media (max-width: 640px) {
  .stMain h3 { font-size: 1.35rem; }
  .stHorizontalBlock:has(> .stColumn .st-key-lesson_text) { gap: 0.75rem; min-height: calc(100dvh - 15rem); }
  .st-key-lesson_text [data-testid="stMarkdownContainer"] { font-size: 1.05rem; }
  .st-key-lesson_live { --plain-height: 250px; }
  .st-key-lesson_live .nd-panel.nd-wide { font-size: 0.85rem; }
  .nd-code-line { gap: 0.4rem; padding: 0.3rem 0.4rem; }
  .nd-code-line code { font-size: 0.68rem; }
  .st-key-recipe .katex { font-size: 1.1em; }
  .stMain .st-key-lesson_bar { flex-wrap: nowrap; }
  .st-key-lesson_present, .st-key-lesson_back_place p { display: none; }
  .stMain .st-key-lesson_bar > * { min-width: 0; }
  .stMain .st-key-lesson_bar > :has(> .st-key-lesson_back_place) { flex: 0 0 auto; width: auto; }
  .st-key-lesson_bar .stButtonGroup button { padding: 0 0.6rem; }
  .st-key-lesson_bar .st-key-takehome button { padding: 0 0.6rem; min-height: 44px; }
  .st-key-lesson_bar .st-key-takehome p { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .st-key-lesson_bar .st-key-takehome button > div > :last-child:not(:first-child) { display: none; }
}
"""

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
