"""How the partial derivative is found: every rule by name, the letters that are held in their colour."""

from __future__ import annotations

import streamlit as st

from pages.parts import state, theme
from pages.parts.chain import knowledge, lines, words
from pages.parts.chain.reveal import Row, plan
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator
from pages.parts.partial import letters, shared
from pages.parts.partial.asked import Asked

MOST = 24
"""Rows that are written here; a longer derivation is read on its own page."""


def _row(row: Row, asked: Asked, failed: lines.Failed, _: Translator) -> str:
    """Return one step as Markdown: the rule's name, and what it makes of the expression."""
    trouble = theme.current()["trouble"].color
    step, wrong = row.step, failed.of(row.place)
    title = f"**{number(row)}  {words.name(step.rule, _)}**"
    formula = words.general(step.rule)
    head = f"{title}  ${formula}$" if formula else title
    if any(lines.is_long(line, "partial") for line in (step.question, *step.lines)):
        return f"{head}\n\n{_('chain.too_long')}"
    latex = letters.colour(lines.head(step, "partial", wrong, trouble, whole=True), asked.held, shared.held_color())
    return f"{head}\n\n{lines.display(latex)}"


def number(row: Row) -> str:
    """Return the row's number as one refers to it: 1, 1.2, 1.2.1."""
    inside = row.place.removeprefix("root").replace(".children[", ".").replace("]", "")
    return ".".join(map(str, [1, *(int(part) + 1 for part in inside.split(".") if part)]))


def _link(asked: Asked, _: Translator) -> None:
    view = state.view()
    kept = state.parameters(view, state.language(), "chain") | {state.OPEN: "1", "chain": "work"}
    label = _("partial.to_chain", variable=shown_name(asked.moving))
    st.page_link("pages/explore/chain.py", label=label, icon=":material/open_in_new:", query_params=kept)


def draw(_: Translator, asked: Asked) -> None:
    """Draw the derivation by the variable that moves."""
    found = knowledge.derivation(asked.text, asked.moving)
    checks = knowledge.verified(
        asked.text, asked.moving, tuple(pair for pair in asked.at if pair[0] in asked.function.variables)
    )
    failed = lines.failed_lines(checks)
    color = shared.held_color()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="partial_work"):
        st.subheader(_("partial.work", variable=shown_name(asked.moving)), anchor=False, width="content")
        _link(asked, _)
    rows = list(plan(found.root, ()).walk())
    with st.container(key="partial_steps", gap="xsmall"):
        for row in rows[:MOST]:
            with st.container(key=f"partial_step_{min(row.level, 5)}_{row.number}", gap=None):
                st.markdown(_row(row, asked, failed, _))
        if len(rows) > MOST:
            st.caption(_("partial.work.more", shown=MOST, count=len(rows)))
        result = letters.colour(lines.result_latex(found, "partial"), asked.held, color)
        st.markdown(f"**{_('chain.result')}**\n\n{lines.display(result)}")
        for condition in found.limits:
            st.caption(words.condition(condition, _))
    if checks:
        here = "chain.checked.here" if checks.at_point else "chain.checked"
        st.caption(f":material/check: {_(here, count=len(checks.checks), points=checks.points)}")
    else:
        st.error(_("chain.unchecked", count=len(checks.checks), failed=len(checks.failed)))
