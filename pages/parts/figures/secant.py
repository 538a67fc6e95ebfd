"""The picture of a difference quotient: the curve, its point, the secants, the tangent, and rise over run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages.parts.figures.chart import Chart
from pages.parts.figures.frame import Frame, Point, end_labels, last_seen, line_through, outer_end
from pages.parts.figures.placing import LINE, text
from pages.parts.sampling import Curve
from pages.parts.theme import Stroke, Theme, layout


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
    """What is drawn.

    Attributes
    ----------
    curve : Curve
        From :func:`pages.parts.sampling.sample_curve`; its ``low`` and ``high`` are the picture's.
    window : (float, float)
        The stretch of the x axis.
    point : (float, float)
        (x, f(x)); f(x) may be NaN.
    dx : float
        The signed step.
    secants : sequence of Secant
        The last one gets the triangle of rise and run.
    tangent : float
        f′(x); infinite where the tangent is vertical, NaN where there is none, and no line is drawn.
    """

    curve: Curve
    window: tuple[float, float]
    point: Point
    dx: float
    secants: Sequence[Secant]
    tangent: float


@dataclass(frozen=True)
class SecantLabels:
    """The words of the picture; ``schemes`` by role. They hold no text that a user typed."""

    curve: str
    tangent: str
    schemes: Mapping[str, str]
    x: str = "x"
    second: str = "x+Δx"
    mirrored: str = "x−Δx"
    run: str = "Δx"
    double_run: str = "2Δx"
    rise: str = "Δf"


def _triangle(figure: Chart, frame: Frame, theme: Theme, secant: Secant, labels: SecantLabels) -> list[dict[str, Any]]:
    """Draw rise over run and name both, if the triangle is large enough to be seen."""
    (x1, y1), (x2, y2) = sorted((secant.first, secant.second))
    is_seen = frame.holds((x1, y1)) and frame.holds((x2, y2))
    if not is_seen or frame.across(x2) - frame.across(x1) < 0.04:
        return []
    figure.add_trace(line_through([(x1, y1), (x2, y1), (x2, y2)], Stroke(theme.muted, 1.5, "dot", "circle")))
    is_rising = y2 >= y1
    run = labels.double_run if secant.role == "central" else labels.run
    words = [
        text(
            theme,
            run,
            theme.muted,
            (x1 + x2) / 2,
            y1,
            yanchor="top" if is_rising else "bottom",
            yshift=-4 if is_rising else 4,
        )
    ]
    if abs(frame.up(y2) - frame.up(y1)) * frame.pixels > LINE:
        words.append(text(theme, labels.rise, theme.muted, x2, (y1 + y2) / 2, xanchor="left", xshift=4))
    return words


def _feet(
    figure: Chart, frame: Frame, theme: Theme, picture: SecantPicture, labels: SecantLabels
) -> list[dict[str, Any]]:
    """Drop dotted lines from the points to the x axis and name their feet."""
    feet: dict[float, tuple[str, Point]] = {picture.point[0]: (labels.x, picture.point)}
    for secant in picture.secants:
        for point in (secant.first, secant.second):
            if point[0] != picture.point[0]:
                is_ahead = (point[0] > picture.point[0]) == (picture.dx > 0)
                feet.setdefault(point[0], (labels.second if is_ahead else labels.mirrored, point))
    words: list[dict[str, Any]] = []
    own = frame.across(picture.point[0])
    for x, (name, point) in feet.items():
        if not frame.holds(point):
            continue
        far = x == picture.point[0] or abs(frame.across(x) - own) > 0.07
        if far:
            figure.add_trace(line_through([(x, frame.low), point], Stroke(theme.muted, 1, "dot", "circle")))
            words.append(text(theme, name, theme.ink, x, 0, yref="paper", yanchor="bottom", yshift=2))
    return words


def secant_figure(picture: SecantPicture, labels: SecantLabels, theme: Theme, *, height: int = 400) -> Chart:
    """Return the picture of secants and tangent.

    Parameters
    ----------
    picture : SecantPicture
    labels : SecantLabels
    theme : Theme
    height : int
        In px; the labels beside the frame are kept apart for this height.
    """
    curve = picture.curve
    figure = Chart(layout(theme, height=height, margin={"r": 96, "t": 12}))
    frame = Frame(*picture.window, curve.low, curve.high, height - 52)
    figure.add_scatter(
        x=curve.x,
        y=curve.y,
        mode="lines",
        connectgaps=False,
        line={"color": theme["curve"].color, "width": theme["curve"].width, "simplify": False},
        hovertemplate="x = %{x:.6g}<br>f(x) = %{y:.6g}<extra></extra>",
    )
    ends: list[tuple[Point, str, str]] = []
    ends += [(end, labels.curve, theme["curve"].color) for end in last_seen(frame, curve)]
    for secant in picture.secants:
        crossing = frame.crossing(secant.first, secant.slope) if math.isfinite(secant.slope) else None
        if crossing:
            figure.add_trace(line_through(crossing, theme[secant.role], width=2.5))
            ends.append(
                (outer_end(frame, crossing, picture.point), labels.schemes[secant.role], theme[secant.role].color)
            )
    crossing = frame.crossing(picture.point, picture.tangent) if not math.isnan(picture.tangent) else None
    if crossing:
        figure.add_trace(line_through(crossing, theme["tangent"]))
        ends.append((outer_end(frame, crossing, picture.point), labels.tangent, theme["tangent"].color))
    words = end_labels(frame, theme, ends)
    words += _feet(figure, frame, theme, picture, labels)
    if picture.secants:
        words += _triangle(figure, frame, theme, picture.secants[-1], labels)
    _points(figure, frame, theme, picture)
    figure.update_layout(annotations=words)
    axis = {"fixedrange": True, "zeroline": True, "zerolinecolor": theme.muted, "zerolinewidth": 1, "nticks": 8}
    figure.update_xaxes(range=list(picture.window), **axis)
    figure.update_yaxes(range=[curve.low, curve.high], exponentformat="power", **axis)
    return figure


def _points(figure: Chart, frame: Frame, theme: Theme, picture: SecantPicture) -> None:
    """Draw the points on top of all lines: the second points in their scheme's colour, the learner's own last."""
    hover = "x = %{x:.10g}<br>f(x) = %{y:.10g}<extra></extra>"
    marks = [
        (point, theme[secant.role])
        for secant in picture.secants
        for point in (secant.first, secant.second)
        if point != picture.point and frame.holds(point)
    ]
    if frame.holds(picture.point):
        marks.append((picture.point, theme["learner"]))
    if marks:
        figure.add_scatter(
            x=[point[0] for point, _ in marks],
            y=[point[1] for point, _ in marks],
            mode="markers",
            marker={
                "color": [stroke.color for _, stroke in marks],
                "symbol": [stroke.symbol for _, stroke in marks],
                "size": [9] * (len(marks) - 1) + [11],
                "line": {"color": theme.paper, "width": 1.5},
            },
            hovertemplate=hover,
        )


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
