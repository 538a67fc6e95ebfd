"""The view of the contours: the gradient stands at right angles to them, and f rises along it more than elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from pages.explore.partial.fields import View
from pages.parts import state, theme
from pages.parts.entries import shown_name
from pages.parts.figures.chart import Chart, Properties
from pages.parts.figures.placing import text
from pages.parts.figures.surface import SHEET
from pages.parts.i18n import Translator
from pages.parts.surface import panel, slopes, weight
from pages.parts.surface.patch import Patch, patch, rise, terms, window
from pages.parts.surface.question import Asked
from pages.parts.surface.slopes import Direction
from pages.parts.surface.surfaceview import Turns, draw_space
from pages.parts.theme import Theme, layout


def turning_figure(
    gradient: tuple[float, float], angle: float, slope: float, name: str, theme: Theme, *, height: int = 190
) -> Chart:
    """Return D_u f = |∇f|·cos over all directions.

    Parameters
    ----------
    gradient : tuple of two floats
        Finite.
    angle : float
        Of the direction chosen, in degrees.
    slope : float
        D_u f there.
    name : str
        Of the axis of angles.
    theme : Theme
    height : int
        In px.
    """
    figure = Chart(layout(theme, height=height, margin={"t": 14, "r": 16}))
    turns = np.linspace(0, 360, 181)
    heights = gradient[0] * np.cos(np.radians(turns)) + gradient[1] * np.sin(np.radians(turns))
    figure.add_scatter(
        x=turns,
        y=heights,
        mode="lines",
        line={"color": theme["curve"].color, "width": 2, "simplify": False},
        hovertemplate="%{x:.0f}°<br>%{y:.6g}<extra></extra>",
    )
    words = []
    length = math.hypot(*gradient)
    if length > 0:
        top = math.degrees(math.atan2(gradient[1], gradient[0])) % 360
        color = theme["forward"].color
        line = {"color": color, "width": 2, "dash": "dash"}
        figure.add_scatter(x=[top, top], y=[0, length], mode="lines", line=line, hoverinfo="skip")
        words.append(text(theme, "∇f", color, top, length, xanchor="left", xshift=6, yshift=2))
    figure.add_scatter(
        x=[angle],
        y=[slope],
        mode="markers",
        marker={"color": theme["central"].color, "size": 11, "line": {"color": theme.paper, "width": 1.5}},
        hoverinfo="skip",
    )
    words.append(text(theme, "u", theme["central"].color, angle, slope, xanchor="left", xshift=8, yshift=-8))
    figure.update_layout(annotations=words)
    figure.update_xaxes(
        range=[0, 360],
        tickvals=[0, 90, 180, 270, 360],
        ticktext=["0°", "90°", "180°", "270°", "360°"],
        title={"text": name},
        fixedrange=True,
    )
    figure.update_yaxes(zeroline=True, zerolinecolor=theme.muted, nticks=5, fixedrange=True, exponentformat="power")
    return figure


Floats = NDArray[np.float64]

REACH = 0.42
"""Length of the gradient's arrow, as a part of the window's half-width."""
LEVELS = 11


@dataclass(frozen=True)
class ContourPicture:
    """What is drawn; both windows have the same width, so that right angles look right.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
    z : ndarray of float64, shape (n, n)
        NaN where there is a gap.
    low, high : float
        The heights that have colours of their own.
    point : tuple of three floats
        The learner's point; the height may be NaN.
    gradient : tuple of two floats
        NaN where it does not exist.
    direction : tuple of two floats
        Of length 1.
    """

    x: Floats
    y: Floats
    z: Floats
    low: float
    high: float
    point: tuple[float, float, float]
    gradient: tuple[float, float]
    direction: tuple[float, float]

    @property
    def half(self) -> float:
        """Half the window's width."""
        return float(self.x[-1] - self.x[0]) / 2

    @property
    def steepest(self) -> tuple[float, float] | None:
        """The gradient's direction; None if it is 0 or does not exist."""
        length = math.hypot(*self.gradient)
        if not math.isfinite(length) or length == 0:
            return None
        return self.gradient[0] / length, self.gradient[1] / length

    def moved(self, step: Sequence[float], length: float) -> tuple[float, float]:
        """Return the place so many lengths of the arrow away from the point."""
        reach = length * REACH * self.half
        return self.point[0] + step[0] * reach, self.point[1] + step[1] * reach


@dataclass(frozen=True)
class ContourLabels:
    """The words of the picture."""

    axes: tuple[str, str]
    value: str
    gradient: str
    direction: str


def nice_step(width: float, count: int) -> float:
    """Return the step 1, 2 or 5 times a power of ten that divides a stretch into about so many parts."""
    raw = width / count
    power = 10.0 ** math.floor(math.log10(raw))
    return power * min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw))


def turning(picture: ContourPicture) -> dict[str, Any]:
    """Return what a browser needs to turn the direction by itself."""
    return {
        "point": list(picture.point[:2]),
        "reach": REACH * picture.half,
        "gradient": list(picture.gradient) if picture.steepest else None,
    }


def _levels(picture: ContourPicture) -> dict[str, Any]:
    step = nice_step(picture.high - picture.low, LEVELS)
    first = math.ceil(picture.low / step) * step
    return {"start": first, "end": picture.high, "size": step}


def _arrow(picture: ContourPicture, end: tuple[float, float], color: str, width: float, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "x": end[0],
        "y": end[1],
        "ax": picture.point[0],
        "ay": picture.point[1],
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.1,
        "arrowwidth": width,
        "arrowcolor": color,
    }


def _map(figure: Chart, picture: ContourPicture, labels: ContourLabels, theme: Theme) -> None:
    low, high = SHEET[theme.mode]
    shared = {"x": picture.x, "y": picture.y, "z": picture.z, "showscale": False, "connectgaps": False}
    first, second = labels.axes
    figure.add_contour(
        **shared,
        zmin=picture.low,
        zmax=picture.high,
        colorscale=[[0, low], [1, high]],
        contours={"coloring": "fill", "showlabels": True, **_levels(picture)}
        | {"labelfont": {"size": 12, "color": theme.ink}},
        line={"color": theme.muted, "width": 0.8},
        hovertemplate=f"{first} = %{{x:.4g}}<br>{second} = %{{y:.4g}}<br>{labels.value} = %{{z:.6g}}"
        + "<extra></extra>",
    )
    home = picture.point[2]
    if math.isfinite(home):
        figure.add_contour(
            **shared,
            contours={"coloring": "none", "start": home, "end": home, "size": 1},
            line={"color": theme["curve"].color, "width": 2.5},
            hoverinfo="skip",
        )


def _line(points: Sequence[tuple[float, float]], color: str, width: float, dash: str) -> Properties:
    x, y = zip(*points, strict=True)
    line = {"color": color, "width": width, "dash": dash}
    return {"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip"}


def _projection(figure: Chart, picture: ContourPicture, theme: Theme) -> None:
    """Draw the circle of all directions, and the gradient's part along the one chosen."""
    turns = np.linspace(0, 2 * math.pi, 73)
    circle = [picture.moved((math.cos(turn), math.sin(turn)), 1) for turn in turns]
    figure.add_trace(_line(circle, theme.muted, 1, "dot"))
    steepest = picture.steepest
    if steepest is None:
        return
    u = picture.direction
    share = steepest[0] * u[0] + steepest[1] * u[1]
    foot = picture.moved(u, share)
    figure.add_trace(_line([picture.moved(steepest, 1), foot], theme.muted, 1.5, "dot") | {"name": "foot"})
    figure.add_trace(_line([picture.point[:2], foot], theme["central"].color, 6, "solid") | {"name": "share"})


def _right_angle(figure: Chart, picture: ContourPicture, theme: Theme) -> None:
    """Draw the tangent of the contour through the point, and the right angle that the gradient makes with it."""
    g = picture.steepest
    if g is None:
        return
    t = (-g[1], g[0])
    figure.add_trace(_line([picture.moved(t, -1.3), picture.moved(t, 1.3)], theme["tangent"].color, 1.5, "dash"))
    corner = [(0.11 * t[0], 0.11 * t[1]), (0.11 * (t[0] + g[0]), 0.11 * (t[1] + g[1])), (0.11 * g[0], 0.11 * g[1])]
    figure.add_trace(_line([picture.moved(step, 1) for step in corner], theme["tangent"].color, 1.5, "solid"))


def contour_figure(picture: ContourPicture, labels: ContourLabels, theme: Theme, *, height: int = 420) -> Chart:
    """Return the contours with the gradient's arrow and the direction's.

    Parameters
    ----------
    picture : ContourPicture
    labels : ContourLabels
        They hold names of variables at most, no other text that a user typed.
    theme : Theme
    height : int
        In px.
    """
    figure = Chart(layout(theme, height=height, margin={"t": 10, "r": 10}))
    if np.isfinite(picture.z).any():
        _map(figure, picture, labels, theme)
    _projection(figure, picture, theme)
    _right_angle(figure, picture, theme)
    along, up = theme["central"].color, theme["forward"].color
    words = [_arrow(picture, picture.moved(picture.direction, 1), along, 2, "direction")]
    words.append({"name": "direction_name", **_name(picture, picture.direction, labels.direction, along, theme)})
    if picture.steepest is not None:
        words.insert(0, _arrow(picture, picture.moved(picture.steepest, 1), up, 3.5, "gradient"))
        is_apart = math.dist(picture.steepest, picture.direction) > 0.35
        if is_apart:
            words.append(_name(picture, picture.steepest, labels.gradient, up, theme))
    figure.add_scatter(
        x=[picture.point[0]],
        y=[picture.point[1]],
        mode="markers",
        marker={"color": theme["learner"].color, "size": 11, "line": {"color": theme.paper, "width": 1.5}},
        hoverinfo="skip",
    )
    axis = {"fixedrange": True, "nticks": 8, "showgrid": False, "constrain": "domain"}
    title = {"font": {"color": theme.ink, "size": 16}, "standoff": 4}
    figure.update_layout(annotations=words)
    figure.update_xaxes(range=[picture.x[0], picture.x[-1]], title={"text": labels.axes[0], **title}, **axis)
    figure.update_yaxes(
        range=[picture.y[0], picture.y[-1]],
        title={"text": labels.axes[1], **title},
        scaleanchor="x",
        scaleratio=1,
        **axis,
    )
    return figure


def _name(picture: ContourPicture, step: Sequence[float], words: str, color: str, theme: Theme) -> dict[str, Any]:
    x, y = picture.moved(step, 1.16)
    return text(theme, words, color, x, y, xref="x", yref="y")


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
