"""The graph with the broken edge marked; of a graph that is too large, the part that has this edge."""

from __future__ import annotations

import streamlit as st

from numdiff.graph.build import Graph
from numdiff.graph.build import graph as graph_of
from numdiff.printing.text import to_text
from pages.explore.gradcheck.knowledge import Broken
from pages.parts import graph as drawing
from pages.parts.i18n import Translator

KEY = "gradcheck_graph"


def part_with(graph: Graph, part: Graph, broken: Broken) -> Graph:
    """Return a part of a graph with the edge that is broken in the whole, if the part has it."""
    if broken is None:
        return part
    (target, position), factor = broken
    tree = graph.node(target).tree
    same = next((node.id for node in part.nodes if node.tree == tree), None)
    if same is None or same not in {edge.target for edge in part.edges}:
        return part
    return graph_of(part.function, part.at, broken={(same, position): factor})


def _readable(graph: Graph, broken: Broken, _: Translator) -> Graph:
    if not drawing.too_large(graph):
        return graph
    if broken is not None:
        part = graph.part(broken[0][0])
        if not drawing.too_large(part):
            st.caption(_("gradcheck.graph.part", tree=to_text(part.function.tree)))
            return part_with(graph, part, broken)
    return part_with(graph, drawing.readable(_, graph, key=KEY), broken)


def draw(graph: Graph, broken: Broken, _: Translator) -> None:
    """Draw the graph; the node behind the broken edge is looked at."""
    shown = _readable(graph, broken, _)
    wrong = next((edge for edge in shown.edges if edge.factor != 1.0), None)
    if wrong is not None:
        st.caption(_("gradcheck.graph.broken"))
    drawing.draw(_, shown, key=KEY, selected=wrong.target if wrong else None)
