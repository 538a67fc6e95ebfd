"""Rules that are wrong on purpose: which edge of the graph, and in which way."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from numdiff.graph import EdgeKey, Graph, GraphEdge
from numdiff.printing.text import to_text
from pages.parts import fields, state
from pages.parts.gradcheck import choosing, knowledge
from pages.parts.i18n import Translator

FACTORS: Mapping[str, float] = MappingProxyType({"sign": -1.0, "zero": 0.0, "twice": 2.0})
"""What the local derivative of the edge is multiplied with."""
MOST = 80
"""Edges that are offered; a longer list helps nobody."""


def key_of(text: str) -> EdgeKey | None:
    """Return the edge that a field of the view names: ``v4.1``."""
    target, _, position = text.partition(".")
    return (target, int(position)) if position else None


def text_of(key: EdgeKey) -> str:
    """Return how an edge is written in the view."""
    return f"{key[0]}.{key[1]}"


def chosen(text: str) -> EdgeKey | None:
    """Return the edge that is broken in the graph of a function: none if the graph has no such edge."""
    key = key_of(state.view().broken)
    return key if any(edge.key == key for edge in knowledge.plain(text).edges) else None


def rule(graph: Graph, edge: GraphEdge) -> str:
    """Return ``∂v₄/∂v₂ = v₁``."""
    target, source = (graph.text(graph.name(node)) for node in (edge.target, edge.source))
    return f"∂{target}/∂{source} = {graph.text(edge.local)}"


def _label(graph: Graph, text: str, _: Translator) -> str:
    key = key_of(text)
    if key is None:
        return _("gradcheck.no_mistake")
    edge = graph.edge(key)
    node = graph.node(edge.target)
    return f"{rule(graph, edge)}   ({graph.text(graph.name(node.id))} = {graph.text(node.expression)})"


def _mistake(operation: str, name: str, _: Translator) -> str:
    own = f"gradcheck.mistake.{name}.{operation}"
    return _(own if _.has(own) else f"gradcheck.mistake.{name}")


def choose(_: Translator) -> None:
    """Draw the choice of a rule to break and, once there is one, of what is wrong with it."""
    text = state.view().f
    graph = knowledge.plain(text)
    keys = ["", *(text_of(edge.key) for edge in graph.edges[:MOST])]
    if state.view().broken not in keys:
        state.set_field("broken", "")
    choosing.pick(_, "broken", keys, lambda key: _label(graph, key, _), 300)
    key = chosen(text)
    if key is not None:
        operation = graph.node(key[0]).operation
        choosing.pick(_, "mistake", fields.MISTAKES, lambda name: _mistake(operation, name, _), 290)


def place(graph: Graph, edge: GraphEdge) -> Mapping[str, str]:
    """Return what a sentence about an edge fills in."""
    node = graph.node(edge.target)
    return {
        "source": graph.text(graph.name(edge.source)),
        "target": graph.text(graph.name(edge.target)),
        "operation": graph.text(node.expression),
        "tree": to_text(node.tree),
        "local": graph.text(edge.local),
    }
