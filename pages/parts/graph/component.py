"""The graph as a Streamlit component: what is sent to the browser, and which node a visitor has chosen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from numdiff.graph.build import Graph
from pages.parts import state
from pages.parts.graph.scene import scene
from pages.parts.graph.script import script, skeleton, style
from pages.parts.i18n import Translator


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
