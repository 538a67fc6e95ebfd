"""What the check of a function is asked, in plain values: also which rule is wrong on purpose, and in which way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from numdiff.graph.build import Graph
from numdiff.graph.nodes import EdgeKey, GraphEdge
from numdiff.printing.text import to_text
from pages.explore.gradcheck import cached, choosing, fields
from pages.explore.gradcheck.cached import At, Broken
from pages.explore.gradcheck.fields import View
from pages.parts import state
from pages.parts.controls import Controls
from pages.parts.i18n import Translator
from pages.parts.kept import kept

FACTORS: Mapping[str, float] = MappingProxyType({"sign": -1.0, "zero": 0.0, "twice": 2.0})
"""What the local derivative of the edge is multiplied with."""


def key_of(text: str) -> EdgeKey | None:
    """Return the edge that a field of the view names: ``v4.1``."""
    target, _, position = text.partition(".")
    return (target, int(position)) if position else None


def text_of(key: EdgeKey) -> str:
    """Return how an edge is written in the view."""
    return f"{key[0]}.{key[1]}"


def chosen(text: str) -> EdgeKey | None:
    """Return the edge that is broken in the graph of a function: none if the graph has no such edge."""
    key, graph = key_of(state.view(View).broken), cached.plain(text)
    return key if any(edge.key == key for edge in graph.edges) and key not in graph.nowhere else None


def rule(graph: Graph, edge: GraphEdge) -> str:
    """Return ``∂v₄/∂v₂ = v₁``."""
    target, source = (graph.text(graph.name(node)) for node in (edge.target, edge.source))
    return f"∂{target}/∂{source} = {graph.text(edge.local)}"


@kept
def _rules(text: str) -> Mapping[str, str]:
    """Return the rule of every edge, with the operation that it belongs to."""
    graph, found = cached.plain(text), {}
    for edge in graph.edges:
        if edge.key in graph.nowhere:
            continue  # there is no rule to be broken
        given = place(graph, edge)
        found[text_of(edge.key)] = f"{rule(graph, edge)}   ({given['target']} = {given['operation']})"
    return found


def _mistake(operation: str, name: str, _: Translator) -> str:
    own = f"gradcheck.mistake.{name}.{operation}"
    return _(own if _.has(own) else f"gradcheck.mistake.{name}")


def choose(_: Translator) -> None:
    """Draw the choice of a rule to break and, once there is one, of what is wrong with it."""
    text = state.view(View).f
    rules = _rules(text)
    keys = ["", *rules]
    if state.view(View).broken not in keys:
        state.set_field("broken", "")
    choosing.pick(_, "broken", keys, lambda key: rules.get(key) or _("gradcheck.no_mistake"), 300)
    key = chosen(text)
    if key is not None:
        operation = cached.plain(text).node(key[0]).operation
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


@dataclass(frozen=True)
class Asked:
    """The question in plain values: what is kept is kept by them."""

    text: str
    at: At
    dx: float
    dtype: str
    scheme: str
    broken: Broken


def ask(given: Controls) -> Asked:
    """Return the question that the fields and the choices ask."""
    view, text = state.view(View), given.whole.text
    at = tuple((name, given.at[name].value) for name in given.whole.variables)
    key = chosen(text)
    broken = None if key is None else (key, FACTORS[view.mistake])
    return Asked(text, at, given.dx.value, view.precision, view.quotient, broken)
