"""What is seen of a function and its secants, and the picture of f′ beside its difference quotient."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import Frame, Point, end_labels, last_seen
from pages.parts.sampling import Curve
from pages.parts.theme import Theme, layout


@dataclass(frozen=True)
class Secant:
    """The line through two points of the curve; ``role`` names its colour: forward, backward, central."""

    role: str
    first: Point
    second: Point

    @property
    def slope(self) -> float:
        """Rise over run, as float64 computes it from the two points; for drawing only."""
        run = self.second[0] - self.first[0]
        return (self.second[1] - self.first[1]) / run if run else math.nan


@dataclass(frozen=True)
class SecantPicture:
    """What is seen of f.

    Attributes
    ----------
    curve : Curve
        From :func:`pages.parts.sampling.sample_curve`; its ``low`` and ``high`` are the picture's.
    window : (float, float)
        The stretch of the x axis.
    secants : sequence of Secant
    """

    curve: Curve
    window: tuple[float, float]
    secants: Sequence[Secant]


def slope_figure(
    exact: Curve,
    numerical: Curve,
    window: tuple[float, float],
    point: Point,
    *,
    labels: Mapping[str, str],
    theme: Theme,
    role: str = "central",
    height: int = 240,
) -> Chart:
    """Return the picture of f′ over the same window: exact, and as the difference quotient gives it.

    Parameters
    ----------
    exact, numerical : Curve
        f′ and the quotient over the window; the frame is the exact curve's.
    window : (float, float)
    point : (float, float)
        (x, f′(x)).
    labels : mapping
        The words for "exact" and "numerical".
    theme : Theme
    role : str
        The scheme whose colour the numerical curve has.
    height : int
        In px.
    """
    figure = Chart(layout(theme, height=height, margin={"r": 96, "t": 12}))
    frame = Frame(*window, exact.low, exact.high, height - 52)
    ends: list[tuple[Point, str, str]] = []
    for curve, name, words in ((exact, "exact", labels["exact"]), (numerical, role, labels["numerical"])):
        dash = "solid" if name == "exact" else "dash"
        figure.add_scatter(
            x=curve.x,
            y=curve.y,
            mode="lines",
            connectgaps=False,
            line={"color": theme[name].color, "width": 2.5, "dash": dash, "simplify": False},
            hovertemplate="x = %{x:.6g}<br>%{y:.6g}<extra></extra>",
        )
        ends += [(end, words, theme[name].color) for end in last_seen(frame, curve)]
    if frame.holds(point):
        figure.add_scatter(
            x=[point[0]],
            y=[point[1]],
            mode="markers",
            marker={"color": theme["learner"].color, "size": 10, "line": {"color": theme.paper, "width": 1.5}},
            hoverinfo="skip",
        )
    figure.update_layout(annotations=end_labels(frame, theme, ends))
    axis = {"fixedrange": True, "zeroline": True, "zerolinecolor": theme.muted, "zerolinewidth": 1, "nticks": 8}
    figure.update_xaxes(range=list(window), **axis)
    figure.update_yaxes(range=[exact.low, exact.high], exponentformat="power", **axis)
    return figure
