"""The view of the graph: values flowing forward, derivatives flowing back, and the line that belongs to each node."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from numdiff.graph.build import Graph
from pages.explore.chain.question import Asked, is_missing
from pages.explore.chain.steps import Memory, memory, number
from pages.parts import graph as drawing
from pages.parts import theme
from pages.parts.derivation import cached, lines, words
from pages.parts.derivation.lines import failed_lines
from pages.parts.derivation.reveal import Row, plan
from pages.parts.i18n import Translator

MOST = 40
"""Lines that are shown beside a graph: as many as a graph that can be read has steps, and a few more."""


WIDEST = 150
"""Characters of a line that is still drawn in the narrow column: three or four rows."""


def node_of(row: Row, graph: Graph) -> str:
    """Return the id of the node that a step differentiates; "" if the graph has none like it."""
    return next((node.id for node in graph.nodes if node.tree == row.step.before), "")


def _pick(held: Memory, node: str) -> None:
    held.picked, held.wishes = node, held.wishes + 1


def _rows(root: Row, graph: Graph) -> Iterator[tuple[Row, str]]:
    """Yield the steps that belong to a node of the graph, each node once, with the node's id."""
    seen: set[str] = set()
    for row in root.walk():
        node = node_of(row, graph)
        if node and node not in seen:
            seen.add(node)
            yield row, node
        if len(seen) == MOST:
            return


def _lines(asked: Asked, graph: Graph, held: Memory, chosen: str | None, _: Translator) -> None:
    of = cached.derivation(asked.text, asked.variable)
    failed = failed_lines(cached.verified(asked.text, asked.variable, tuple(asked.point.items())))
    color = theme.current()["trouble"].color
    is_found = False
    for row, node in _rows(plan(of.root), graph):
        is_on = node == chosen
        is_found = is_found or is_on
        with st.container(key=f"chain_step{'_on' if is_on else ''}_{row.number}", gap=None):
            latex = lines.short(row.step, asked.sign, failed.of(row.place), color)
            formula = lines.inline(latex) if lines.width(latex) <= WIDEST else _("chain.graph.too_long")
            st.caption(f"{number(row)}  {words.name(row.step.rule, _)}")
            st.button(formula, key=f"chain_line_{row.number}", on_click=_pick, args=(held, node), type="tertiary")
    if chosen and not is_found:
        st.caption(_("chain.graph.no_line"))


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    if not asked.function.variables:
        st.markdown(_("chain.graph.constant"))
        return
    held = memory("graph", asked.text, asked.variable)
    whole = cached.network(asked.text, asked.variable, tuple(asked.point.items()))
    shown = drawing.readable(_, whole, key="chain_graph")
    graph_place, lines_place = st.columns([3, 2], gap="medium")
    with graph_place:
        chosen = drawing.draw(_, shown, key="chain_graph", selected=held.picked or None, wish=held.wishes)
    with lines_place:
        if is_missing(asked, _):
            return
        st.subheader(_("chain.graph.lines"), anchor=False)
        st.caption(_("chain.graph.explain"))
        _lines(asked, shown, held, chosen, _)
