"""A figure that stays where it is while its data change: a surface as it was turned, an arrow that a hand turns.

Streamlit mounts a chart anew whenever its data change: the picture blinks, and whoever has turned a surface finds it
turned back. Here Plotly, which Streamlit brings along and loads for any chart of its own, is told what has changed
and keeps the rest. Where a browser cannot draw in space a sentence says so.

The direction in the picture of contours follows a hand, or the arrow keys, without the server; it hears of the angle
when the hand lets go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts import asset, state, theme
from pages.parts.i18n import Translator

_STYLE = asset.read(__file__, "space.css")

_SCRIPT = asset.read(__file__, "space.js")

_space = st.components.v2.component(
    "numdiff_space", html='<div class="nd-space" role="img"></div>', css=_STYLE, js=_SCRIPT, isolate_styles=False
)


@dataclass(frozen=True)
class Turns:
    """A direction that a hand turns.

    Attributes
    ----------
    given : mapping
        What :func:`pages.parts.figures.contours.turning` says of the picture.
    angle : int
        In degrees.
    take : callable
        Called with the angle before the rerun that follows when a hand lets go.
    """

    given: Mapping[str, Any]
    angle: int
    take: Callable[[int], None]


def _taken(key: str, take: Callable[[int], None]) -> None:
    angle: object = state.get(key)["angle"]
    if isinstance(angle, int) and 0 <= angle < 360:
        take(angle)


def draw_space(
    figure: go.Figure, _: Translator, *, height: int, key: str, alt: str, turns: Turns | None = None
) -> None:
    """Draw a figure; the camera of one in space is kept as long as the layout's ``uirevision`` stays.

    Parameters
    ----------
    figure : go.Figure
    _ : Translator
    height : int
        In px.
    key : str
        The figure's place on the page.
    alt : str
        What it shows.
    turns : Turns, optional
        A direction in it that follows the hand; such a figure is flat.
    """
    with st.container(key="partial_loader"):
        st.plotly_chart(go.Figure(layout={"height": 10}), key=f"{key}_loader", theme=None)
    config = {**theme.CONFIG, "responsive": True} | ({} if turns else {"displayModeBar": False})
    data = {"figure": figure.to_json(), "config": config, "height": height, "alt": alt}
    data |= {"missing": _("partial.surface.no_webgl"), "deep": turns is None}
    if turns is None:
        _space(data=data, key=key)
        return
    data |= {"turns": dict(turns.given), "angle": turns.angle}
    _space(data=data, key=key, on_angle_change=partial(_taken, key, turns.take))
