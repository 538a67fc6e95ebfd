"""The slope along a direction, against its angle: a cosine with its top at the gradient."""

from __future__ import annotations

import math

import numpy as np

from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import text
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
