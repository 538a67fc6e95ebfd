"""What is wrong with an entry, as a reader sees it: the typed text with the place marked, and what to type instead.

The typed text reaches the page only through ``textContent``: it is never read as Markdown, HTML or LaTeX.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import asset
from pages.parts.entries import Problem
from pages.parts.i18n import Translator

_AROUND = 36
"""Characters of a long text that are shown on either side of the marked place."""
_MARKED = 48
"""Characters of a long marked place that are shown."""

_STYLE = asset.read(__file__, "messages.css")

_SCRIPT = asset.read(__file__, "messages.js")

_note = st.components.v2.component("numdiff_note", css=_STYLE, js=_SCRIPT)


def _filled(value: object) -> object:
    """Return a parameter without the sign that marks code, so that it cannot end the marking."""
    if isinstance(value, tuple):
        return tuple(str(part).replace("`", "'") for part in value)
    return str(value).replace("`", "'")


def sentence(problem: Problem, _: Translator) -> str:
    """Return the sentence for a problem, with ``code`` marks; it may hold typed text, so show it as text only."""
    return _(f"error.{problem.code}", **filled(problem))


def marked(problem: Problem) -> tuple[str, str, str]:
    """Return the text before, in and after the marked place, long stretches cut."""
    start, end = problem.span
    before, inside, after = problem.text[:start], problem.text[start:end], problem.text[end:]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(inside) > _MARKED:
        inside = inside[:_MARKED] + "…"
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return before, inside or " ", after


def filled(problem: Problem) -> dict[str, object]:
    """Return what the sentence for a problem fills in; it may hold typed text, so show the sentence as text only."""
    return {name: _filled(value) for name, value in problem.params.items()}


def show_problem(problem: Problem, _: Translator, key: str, own: str = "") -> None:
    """Show the typed text with its trouble marked, and the sentence; a page's own one where it has one."""
    before, inside, after = marked(problem)
    parts = (own or sentence(problem, _)).split("`")
    _note(data={"before": before, "marked": inside, "after": after, "parts": parts}, key=key)


def show_remark(text: str, key: str) -> None:
    """Show a plain sentence, with ``code`` marks, as text."""
    _note(data={"before": "", "marked": None, "after": "", "parts": text.split("`")}, key=key, width="content")
