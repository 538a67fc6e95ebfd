"""What to do with a graph that is too large to be read: say so, and offer the graphs of its parts."""

from __future__ import annotations

import streamlit as st

from numdiff.graph.build import Graph
from numdiff.printing.text import to_text
from pages.parts.graph.scene import LIMIT
from pages.parts.i18n import Translator

OFFERED = 12
"""Parts that are offered at most."""
_LONGEST = 60


def too_large(graph: Graph) -> bool:
    """Return True if a graph has more nodes than can be read."""
    return len(graph.nodes) > LIMIT


def sizes(graph: Graph) -> dict[str, int]:
    """Return how many nodes the graph of each node's sub-expression has, by id."""
    below: dict[str, set[str]] = {}
    for node in graph.nodes:
        below[node.id] = {node.id}.union(*(below[edge.source] for edge in graph.into(node.id)))
    return {node_id: len(found) for node_id, found in below.items()}


def subexpressions(graph: Graph) -> tuple[str, ...]:
    """Return the ids of the nodes whose own graphs can be read: those in no larger such part first, then by size.

    Inputs are left out. A graph that can be read as a whole offers its output first.
    """
    count = sizes(graph)
    fitting = [node.id for node in graph.nodes if node.operation != "input" and count[node.id] <= LIMIT]
    held = {edge.source for edge in graph.edges if count[edge.target] <= LIMIT}
    order = {node_id: place for place, node_id in enumerate(fitting)}
    return tuple(sorted(fitting, key=lambda node_id: (node_id in held, -count[node_id], order[node_id])))[:OFFERED]


def readable(_: Translator, graph: Graph, *, key: str) -> Graph:
    """Return the graph, or that of a part which the visitor chooses, after saying why.

    Parameters
    ----------
    _ : Translator
    graph : Graph
    key : str
        Of the widget that chooses.
    """
    if not too_large(graph):
        return graph
    offered, count = subexpressions(graph), sizes(graph)
    st.info(_("graph.too_large", count=len(graph.nodes), limit=LIMIT))

    def label(node_id: str) -> str:
        text = to_text(graph.node(node_id).tree)
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        return _("graph.part", tree=short, count=count[node_id])

    chosen = st.selectbox(_("graph.choose_part"), offered, format_func=label, key=f"{key}_part")
    return graph.part(chosen if chosen in offered else offered[0])  # a label of another language or function
