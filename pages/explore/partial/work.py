"""How the partial derivative is found: every rule by name, the letters that are held in their colour."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import state, theme
from pages.parts.derivation import cached, lane, lines, words
from pages.parts.derivation.reveal import Row, plan
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator
from pages.parts.page import page_of
from pages.parts.surface import shared
from pages.parts.surface.question import Asked

MOST = 24
"""Rows that are written here; a longer derivation is read on its own page."""


def _row(row: Row, held: Sequence[str], failed: lines.Failed, _: Translator) -> str:
    """Return one step as Markdown: the rule's name, and what it makes of the expression."""
    trouble = theme.current()["trouble"].color
    step, wrong = row.step, failed.of(row.place)
    title = f"**{number(row)}  {words.name(step.rule, _)}**"
    formula = words.general(step.rule)
    head = f"{title}  ${formula}$" if formula else title
    if any(lines.is_long(line, "partial") for line in (step.question, *step.lines)):
        return f"{head}\n\n{_('chain.too_long')}"
    latex = shared.colour(lines.head(step, "partial", wrong, trouble, whole=True), held, shared.held_color())
    return f"{head}\n\n{lines.display(latex)}"


def number(row: Row) -> str:
    """Return the row's number as one refers to it: 1, 1.2, 1.2.1."""
    inside = row.place.removeprefix("root").replace(".children[", ".").replace("]", "")
    return ".".join(map(str, [1, *(int(part) + 1 for part in inside.split(".") if part)]))


def _link(asked: Asked, name: str, _: Translator) -> None:
    """Link to the page of the chain rule with this variable moving."""
    values = {own: quantity.text for own, quantity in asked.given.at.items()}
    moved = {"var": name, "x": values.pop(name), "at": tuple(values.items()), "chain": "work"}
    kept = state.parameters(state.values() | moved, state.language(), "chain") | {state.OPEN: "1"}
    label = _("partial.to_chain")
    st.page_link(page_of("chain").script, label=label, icon=":material/open_in_new:", query_params=kept)


def _one_or_busy(asked: Asked, name: str, _: Translator) -> None:
    with lane.told(_, f"partial_again_{name}"):
        _one(asked, name, _)


def _one(asked: Asked, name: str, _: Translator) -> None:
    """Draw the derivation by one variable, the other letters in the colour of what is held."""
    found = cached.derivation(asked.text, name)
    if found.nowhere:
        st.subheader(_("partial.work", variable=shown_name(name)), anchor=False)
        st.warning(words.conditions(found.nowhere, _))
        return
    checks = cached.verified(asked.text, name, asked.place)
    failed = lines.failed_lines(checks)
    held = tuple(other for other in asked.function.variables if other != name)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"partial_work_{name}"):
        st.subheader(_("partial.work", variable=shown_name(name)), anchor=False, width="content")
        _link(asked, name, _)
    rows = list(plan(found.root, ()).walk())
    with st.container(key=f"partial_steps_{name}", gap="xsmall"):
        for row in rows[:MOST]:
            with st.container(key=f"partial_step_{min(row.level, 5)}_{name}_{row.number}", gap=None):
                st.markdown(_row(row, held, failed, _))
        if len(rows) > MOST:
            st.caption(_("partial.work.more", shown=MOST, count=len(rows)))
        result = shared.colour(lines.result_latex(found, "partial"), held, shared.held_color())
        st.markdown(f"**{_('chain.result')}**\n\n{lines.display(result)}")
        for condition in found.limits:
            st.caption(words.condition(condition, _))
    if checks and not checks.points:
        st.warning(_("chain.nothing_checked"))
    elif checks:
        here = "chain.checked.here" if checks.at_point else "chain.checked"
        st.caption(f":material/check: {_(here, count=len(checks.checks) - len(checks.void), points=checks.points)}")
    else:
        st.error(_("chain.unchecked", count=len(checks.checks), failed=len(checks.failed)))


def draw(_: Translator, asked: Asked) -> None:
    """Draw the derivation by the variable that moves, and beside it that by the second one."""
    names = [name for name in (asked.moving, asked.partner) if name is not None]
    with st.container(key="partial_steps"):
        for place, name in zip(st.columns(len(names), gap="large"), names, strict=True):
            with place:
                _one_or_busy(asked, name, _)
