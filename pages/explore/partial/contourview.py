"""The view of the contours: the gradient stands at right angles to them, and f rises along it more than elsewhere."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import streamlit as st

from pages.explore.partial.fields import View
from pages.parts import state, theme
from pages.parts.entries import shown_name
from pages.parts.figures.contours import ContourLabels, ContourPicture, contour_figure, turning
from pages.parts.figures.turning import turning_figure
from pages.parts.i18n import Translator
from pages.parts.surface import panel, slopes, weight
from pages.parts.surface.patch import Patch, patch, rise, terms, window
from pages.parts.surface.question import Asked
from pages.parts.surface.slopes import Direction
from pages.parts.surface.surfaceview import Turns, draw_space

HEIGHT = 440
"""Of the contours, in px."""


def seen(asked: Asked) -> Patch:
    """Return the function over a square around the point: equal scales, so that right angles look right."""
    if weight.is_model(asked.text):
        return patch(asked.text, asked.axes, asked.at, weight.SQUARE)
    texts = [asked.along(name).text for name in asked.axes]
    middle = [asked.given.at[name].value for name in asked.axes]
    stretches = [window(text, value) for text, value in zip(texts, middle, strict=True)]
    half = min((right - left) / 2 for left, right in stretches)
    reach = sum(rise(terms(text, value), half) for text, value in zip(texts, middle, strict=True))
    windows = ((middle[0] - half, middle[0] + half), (middle[1] - half, middle[1] + half))
    return patch(asked.text, asked.axes, asked.at, windows, reach)


def picture(asked: Asked, found: Direction) -> ContourPicture:
    """Return all that is drawn."""
    grid = seen(asked)
    first, second = (asked.given.at[name].value for name in asked.axes)
    point = (first, second, grid.home)
    return ContourPicture(grid.x, grid.y, grid.z, grid.low, grid.high, point, found.vector, slopes.unit(found.angle))


def _turn() -> None:
    state.change(angle=int(state.get(state.key("angle"))))


def _turned(angle: int) -> None:
    state.set_field("angle", angle)


def _to_the_gradient(angle: float) -> None:
    state.set_field("angle", round(angle) % 360)


def _angle(asked: Asked, _: Translator) -> float:
    """Draw the slider of the direction, and the way to the steepest one; return the angle."""
    steepest = slopes.direction(asked, 0).steepest
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="partial_angle"):
        st.slider(
            _("partial.angle"), 0, 359, state.view(View).angle, 1, format="%d°", key=state.key("angle"), on_change=_turn
        )
        if math.isfinite(steepest):
            st.button(_("partial.angle.steepest"), key="partial_steepest", on_click=_to_the_gradient, args=(steepest,))
    return float(state.view(View).angle)


def _contours(asked: Asked, found: Direction, _: Translator) -> None:
    drawn = picture(asked, found)
    first, second = map(shown_name, asked.axes)
    words = ContourLabels((first, second), panel.name_of(asked), f"∇{panel.name_of(asked)}", "u")
    alt = _("partial.contours.alt", name=panel.name_of(asked), place=panel.place(asked), first=first, second=second)
    figure = contour_figure(drawn, words, theme.current(), height=HEIGHT)
    turns = Turns(turning(drawn), int(found.angle), _turned)
    draw_space(figure, _, height=HEIGHT, key="partial_contours", alt=alt, turns=turns)
    for sentence in panel.surface_sentences(asked, seen(asked), drawn.point[2], _):
        st.caption(sentence)


def _turning(found: Direction, _: Translator) -> go.Figure:
    return turning_figure(found.vector, found.angle, found.along.value, _("partial.angle.axis"), theme.current())


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    left, right = st.columns([6, 7], gap="medium")
    with right:
        angle = _angle(asked, _)
        found = slopes.direction(asked, angle)
        st.html(panel.direction_html(asked, found, _))
        st.markdown(panel.direction_sentence(asked, found, _))
        if found.exists:
            alt = _("partial.turning.alt")
            figure = _turning(found, _)
            st.plotly_chart(figure, config=dict(theme.CONFIG), key="partial_turning", theme=None, alt=alt)
    with left, st.container(key="partial_picture"):
        _contours(asked, found, _)
