"""The view of the surface: the plane of the variable that is held cuts it, and the cut stands beside it.

Streamlit mounts a chart anew whenever its data change: the picture blinks, and whoever has turned a surface finds it
turned back. Here Plotly, which Streamlit brings along and loads for any chart of its own, is told what has changed
and keeps the rest. Where a browser cannot draw in space a sentence says so.

The direction in the picture of contours follows a hand, or the arrow keys, without the server; it hears of the angle
when the hand lets go.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts import asset, state, theme
from pages.parts.entries import shown_name
from pages.parts.fields import Drawing
from pages.parts.figures.surface import SurfaceLabels, SurfacePicture, surface_figure
from pages.parts.i18n import Translator
from pages.parts.picture import scene, slope, value
from pages.parts.sampling import sample_curve
from pages.parts.surface import panel, shared, weight
from pages.parts.surface.patch import Patch, patch, rise, terms, window
from pages.parts.surface.question import Asked
from pages.parts.surface.shared import Scale

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
    # Streamlit's own chart brings Plotly into the page; it is not to be seen (shell.css)
    with st.container(key="surface_loader"):
        st.plotly_chart(go.Figure(layout={"height": 10}), key=f"{key}_loader", theme=None)
    config = {**theme.CONFIG, "responsive": True} | ({} if turns else {"displayModeBar": False})
    data = {"figure": figure.to_json(), "config": config, "height": height, "alt": alt}
    data |= {"missing": _("partial.surface.no_webgl"), "deep": turns is None}
    if turns is None:
        _space(data=data, key=key)
        return
    data |= {"turns": dict(turns.given), "angle": turns.angle}
    _space(data=data, key=key, on_angle_change=partial(_taken, key, turns.take))


HEIGHT = 400
"""Of the picture, in px."""


def seen(asked: Asked) -> Patch:
    """Return the function over the rectangle that is worth seeing around the point."""
    if weight.is_model(asked.text):
        return patch(asked.text, asked.axes, asked.at, weight.WINDOWS)
    texts = {name: asked.along(name).text for name in asked.axes}
    values = {name: asked.given.at[name].value for name in asked.axes}
    windows, reach = [], 0.0
    for name in asked.axes:
        stretch = window(texts[name], values[name], asked.given.dx.value if name == asked.moving else 0.0)
        windows.append(stretch)
        reach += rise(terms(texts[name], values[name]), (stretch[1] - stretch[0]) / 2)
    return patch(asked.text, asked.axes, asked.at, (windows[0], windows[1]), reach)


def picture(asked: Asked) -> SurfacePicture:
    """Return all that is drawn of the surface."""
    found = seen(asked)
    moving = asked.axes.index(asked.moving)
    cut, x, dx = asked.given.function, asked.given.x.value, asked.given.dx.value
    secants = scene(cut.text, x, dx, state.view(Drawing).schemes, "auto").secants
    span = (found.x, found.y)[moving]
    curve = sample_curve(lambda points: value(cut, points), (float(span[0]), float(span[-1])), [found.low, found.high])
    point = (*(asked.given.at[name].value for name in asked.axes), float(value(cut, x)))
    return SurfacePicture(
        found.x,
        found.y,
        found.z,
        found.low,
        found.high,
        moving,
        (point[0], point[1], point[2]),
        curve,
        secants,
        float(slope(cut, x)),
    )


def labels(asked: Asked, _: Translator) -> SurfaceLabels:
    """Return the words of the picture."""
    first, second = map(shown_name, asked.axes)
    held = asked.partner or ""
    plane = f"{shown_name(held)} = {asked.given.at[held].value:.4g}"
    schemes = {scheme: _(f"picture.{scheme}") for scheme in state.view(Drawing).schemes}
    return SurfaceLabels((first, second, panel.name_of(asked)), plane, _("term.tangent"), schemes)


def alt(asked: Asked, drawn: SurfacePicture, _: Translator) -> str:
    """Return what the picture shows, for those who do not see it."""
    first, second = map(shown_name, asked.axes)
    held = shown_name(asked.partner or "")
    rising = "none" if math.isnan(drawn.tangent) else "up" if drawn.tangent > 0 else "down" if drawn.tangent else "flat"
    words = {"name": panel.name_of(asked), "first": first, "second": second, "held": held, "place": panel.place(asked)}
    return _("partial.surface.alt", **words) + " " + _(f"partial.surface.alt.{rising}", moving=shown_name(asked.moving))


def draw_surface(asked: Asked, _: Translator, *, height: int = HEIGHT) -> None:
    """Draw the surface, and say what is missing in it."""
    drawn = picture(asked)
    figure = surface_figure(drawn, labels(asked, _), theme.current(), height=height)
    draw_space(figure, _, height=height, key="partial_surface", alt=alt(asked, drawn, _))
    for sentence in panel.surface_sentences(asked, seen(asked), drawn.point[2], _):
        st.caption(sentence)


def _scale(asked: Asked, name: str) -> Scale:
    """Return the range of a held variable's slider: as wide as what is seen, around a round number."""
    size = abs(asked.given.at[name].value)
    length = 3.0 if size <= 3 else 10.0 ** math.ceil(math.log10(size))
    return Scale(-length, length, length / 60)


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    left, right = st.columns(2, gap="medium")
    with left:
        with st.container(key="partial_picture"):
            draw_surface(asked, _)
        if asked.partner is not None:
            name = shown_name(asked.partner)
            shared.slider(asked, asked.partner, _scale(asked, asked.partner), _("partial.slide", name=name))
    with right:
        shared.draw_canvas(asked)
        with st.container(key="partial_numbers"):
            st.html(panel.slope_html(asked, _))
