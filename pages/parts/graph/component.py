"""The graph as a Streamlit component: what is sent to the browser, and which node a visitor has chosen there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from numdiff.graph.build import Graph
from numdiff.printing.text import to_text
from pages.parts import state, theme
from pages.parts.canvas.script import assemble
from pages.parts.graph.scene import LIMIT, scene
from pages.parts.i18n import Translator

ASSETS = Path(__file__).parent / "assets"

ROLES = {"value": "tangent", "adjoint": "trouble", "tangent": "forward"}
"""What flows, and the role of the theme that has its colour: values green, adjoints red, tangents orange."""


@cache
def script() -> str:
    """Return the whole script of the component."""
    return f"{assemble('main.js', ASSETS)}\nexport default mount\n"


@cache
def style() -> str:
    """Return the component's style sheet, the colours of light and dark first."""
    colors = [
        f'.graph[data-theme="{look.mode}"] {{ '
        + " ".join(f"--{flow}: {look[role].color};" for flow, role in ROLES.items())
        + " }\n"
        for look in (theme.LIGHT, theme.DARK)
    ]
    return "".join(colors) + (ASSETS / "graph.css").read_text(encoding="utf-8")


@cache
def skeleton() -> str:
    """Return the component's HTML: fixed, and without words, which the script puts in."""
    return (ASSETS / "graph.html").read_text(encoding="utf-8")


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


@dataclass
class _Agreed:
    """What both sides know of; the browser takes the page's choice only with a new revision.

    Attributes
    ----------
    revision : int
    shape : str
        Of the picture.
    asked : str or None
        The node that the page wanted when it last wanted another one.
    chosen : str or None
        The node that is looked at.
    wish : int
        The number of the page's last wish.
    """

    revision: int = 0
    shape: str = ""
    asked: str | None = None
    chosen: str | None = None
    wish: int = 0


_graph = st.components.v2.component("numdiff_graph", html=skeleton(), css=style(), js=script())


def _agreed(key: str) -> _Agreed:
    agreed: _Agreed = state.own(f"{key}_agreed", _Agreed)
    return agreed


def take(agreed: _Agreed, value: object, known: frozenset[str]) -> None:
    """Take over which node the browser says is looked at, if it speaks of the picture that is shown."""
    if not isinstance(value, dict) or value.get("revision") != agreed.revision:
        return
    node = value.get("node")
    if node is None or (isinstance(node, str) and node in known):
        agreed.chosen = node


def agree(agreed: _Agreed, shape: str, asked: str | None, wish: int = 0) -> None:
    """Begin a new revision where the picture or the page's wish is another one."""
    if (agreed.shape, agreed.asked, agreed.wish) != (shape, asked, wish):
        agreed.revision += 1
        agreed.shape, agreed.asked, agreed.chosen, agreed.wish = shape, asked, asked, wish


def draw(_: Translator, graph: Graph, *, key: str, selected: str | None = None, wish: int = 0) -> str | None:
    """Draw a graph with its steps and its trace table.

    Parameters
    ----------
    _ : Translator
    graph : Graph
        Of at most ``LIMIT`` nodes (see :func:`pages.parts.graph.too_large`), with or without numbers.
    key : str
        The graph's place on the page.
    selected : str, optional
        A node that the page wants to be looked at; taken over when it is another one than last time, so that a
        visitor's own choice afterwards stays.
    wish : int
        Changes with every wish, so that the page can ask for the same node again after the visitor chose another.

    Returns
    -------
    str or None
        The id of the node that is looked at: chosen by the visitor with a click or Enter, or by the page.
    """
    known = frozenset(node.id for node in graph.nodes)
    data, agreed = scene(_, graph), _agreed(key)
    agree(agreed, data["shape"], selected if selected in known else None, wish)

    def on_chosen() -> None:
        value: Any = state.get(key)["chosen"]
        take(agreed, value, known)

    _graph(
        data={"revision": agreed.revision, "chosen": agreed.chosen, "scene": data}, key=key, on_chosen_change=on_chosen
    )
    return agreed.chosen
