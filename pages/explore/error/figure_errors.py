"""The error against Δx on logarithmic axes: the V of each scheme, its arms named, exact zeros kept on the floor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.theme import Stroke, Theme, layout

Kind = Literal["main", "quiet", "part", "precision"]

Frame = tuple[float, float, float, float]
"""Left, right, bottom, top of the chart as powers of ten."""


@dataclass(frozen=True)
class ErrorLine:
    """One line of the chart.

    Attributes
    ----------
    role : str
        The theme's role that gives colour and dash.
    label : str
        Stands at the line's end.
    steps, errors : ndarray
        Δx > 0 ascending, and the signed errors: the magnitude is drawn, 0 becomes a mark on the floor, NaN a gap.
    kind : {"main", "quiet", "part", "precision"}
        A line in full, one that steps back, a part of another line, or the same scheme in a narrower format.
    """

    role: str
    label: str
    steps: NDArray[np.float64]
    errors: NDArray[np.float64]
    kind: Kind = "main"


@dataclass(frozen=True)
class Slope:
    """A fitted slope, written beside its arm at (step, error): ``words`` ends or begins with ``number``."""

    role: str
    step: float
    error: float
    words: str
    number: str = ""
    is_falling: bool = False


@dataclass(frozen=True)
class Spot:
    """A named point: the learner's Δx, the model's optimal step, the best step measured."""

    role: str
    step: float
    error: float
    words: str
    filled: bool = True


@dataclass(frozen=True)
class Straight:
    """A straight line of the model, from one (step, error) to another."""

    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class Gap:
    """A stretch of Δx without a value, and why."""

    start: float
    end: float
    words: str


@dataclass(frozen=True)
class ErrorPicture:
    """What is drawn. ``learner`` is Δx itself, marked by a vertical line; ``scale`` is abs(f′(x)), or 0."""

    lines: Sequence[ErrorLine]
    slopes: Sequence[Slope] = ()
    spots: Sequence[Spot] = ()
    model: Sequence[Straight] = ()
    gaps: Sequence[Gap] = ()
    learner: float | None = None
    scale: float = 0.0


@dataclass(frozen=True)
class ErrorLabels:
    """The words of the chart; none of them was typed by a user."""

    step: str
    error: str
    zero: str
    learner: str


def _end(line: ErrorLine, bottom: float, top: float) -> tuple[float, float] | None:
    """Return where the line ends on the right inside the frame, on the axes' own scale (powers of ten)."""
    size = np.abs(line.errors)
    seen = np.flatnonzero(np.isfinite(size))
    if seen.size == 0:
        return None
    last = seen[-1]
    height = math.log10(size[last]) if size[last] > 0 else bottom
    return math.log10(line.steps[last]), min(max(height, bottom), top)


def end_labels(picture: ErrorPicture, theme: Theme, frame: Frame, pixels: float) -> list[dict[str, Any]]:
    """Return the names of the lines: on the right where a line ends there, else at its last point."""
    _, right, bottom, top = frame
    per_pixel = (top - bottom) / pixels
    named = [line for line in picture.lines if line.kind != "precision"]
    ends = [(line, end) for line in named if (end := _end(line, bottom, top)) is not None]
    beside = [(line, end) for line, end in ends if right - end[0] < 0.6]
    heights = spread([end[1] for _, end in beside], LINE * per_pixel, bottom, top)
    labels = []
    for (line, _), height in zip(beside, heights, strict=True):
        color = theme[line.role].color if line.kind != "quiet" else theme.muted
        labels.append(text(theme, line.label, color, 1, height, xref="paper", xanchor="left", xshift=5))
    labels += _names_at_the_bottom(picture, theme, frame, LINE * per_pixel)
    for line, (x, y) in ((line, end) for line, end in ends if right - end[0] >= 0.6):
        labels.append(text(theme, line.label, theme[line.role].color, x, y, xanchor="left", xshift=6))
    return labels


def _names_at_the_bottom(picture: ErrorPicture, theme: Theme, frame: Frame, gap: float) -> list[dict[str, Any]]:
    """Return the names of number formats left of the bottom of each V: on the right all of them are one line."""
    _, _, bottom, top = frame
    lines, lowest = [], []
    for line in (line for line in picture.lines if line.kind == "precision"):
        size = np.where((line.errors != 0) & np.isfinite(line.errors), np.abs(line.errors), math.inf)
        place = int(np.argmin(size)) if size.size else 0
        if size.size and np.isfinite(size[place]):
            lines.append(line)
            lowest.append((math.log10(line.steps[place]), math.log10(size[place])))
    heights = spread([y for _, y in lowest], gap, bottom + gap / 2, top)
    return [
        text(theme, line.label, theme[line.role].color, x, y, xanchor="right", xshift=-8)
        for line, (x, _), y in zip(lines, lowest, heights, strict=True)
    ]


ASIDE = "font-stretch:100%"
"""Marks the words of a label that a narrow screen leaves out: Plotly's labels have a style but no class."""


def _slope_words(slope: Slope) -> str:
    """Return a slope's words with all but the number marked as :data:`ASIDE`."""
    before, number, after = slope.words.partition(slope.number) if slope.number else (slope.words, "", "")
    marked = [f'<span style="{ASIDE}">{part}</span>' if part and number else part for part in (before, after)]
    return f"{marked[0]}{number}{marked[1]}"


def slope_labels(picture: ErrorPicture, theme: Theme) -> list[dict[str, Any]]:
    """Return the fitted slopes: below a falling arm on its left, below a rising arm on its right."""
    labels = []
    for slope in picture.slopes:
        labels.append(
            text(
                theme,
                _slope_words(slope),
                theme[slope.role].color,
                math.log10(slope.step),
                math.log10(slope.error),
                xanchor="right" if slope.is_falling else "left",
                xshift=-7 if slope.is_falling else 7,
                yanchor="top",
                yshift=-4,
                font={"color": theme[slope.role].color, "size": 13},
            )
        )
    return labels


def gap_marks(picture: ErrorPicture, theme: Theme, frame: Frame) -> dict[str, Any]:
    """Return the vertical line at the learner's Δx and the shaded stretches without a value, with their words."""
    left, right, _, _ = frame
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for gap in picture.gaps:
        start, end = (min(max(math.log10(edge), left), right) for edge in (gap.start, gap.end))
        shapes.append(
            {"type": "rect", "x0": gap.start, "x1": gap.end, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"fillcolor": theme.faint, "line": {"width": 0}}
        )
        words.append(
            text(
                theme,
                gap.words,
                theme.muted,
                (start + end) / 2,
                0.5,
                yref="paper",
                textangle=-90 if end - start < 6 else 0,
                bgcolor="rgba(0,0,0,0)",
            )
        )
    return {"shapes": shapes, "annotations": words}


def zero_words(picture: ErrorPicture, theme: Theme, labels: ErrorLabels, bottom: float) -> list[dict[str, Any]]:
    """Name the marks on the floor, once."""
    zeros = [step for line in picture.lines for step in line.steps[line.errors == 0]]
    if not zeros:
        return []
    return [
        text(
            theme, labels.zero, theme.muted, math.log10(max(zeros)), bottom, xanchor="right", yanchor="bottom", yshift=8
        )
    ]


def learner_marks(picture: ErrorPicture, theme: Theme, labels: ErrorLabels, frame: Frame) -> dict[str, Any]:
    """Return the vertical line at the learner's Δx; its words stand at the top, below if lines end up there."""
    if picture.learner is None or not frame[0] <= math.log10(picture.learner) <= frame[1]:
        return {"shapes": [], "annotations": []}
    stroke = theme["learner"]
    place = (math.log10(picture.learner) - frame[0]) / (frame[1] - frame[0])
    line = {"type": "line", "x0": picture.learner, "x1": picture.learner, "y0": 0, "y1": 1, "yref": "paper"}
    side = "left" if place < 0.8 else "right"
    height, anchor = (0, "bottom") if picture.gaps else (1, "top")
    words = text(theme, labels.learner, stroke.color, math.log10(picture.learner), height, yref="paper", yanchor=anchor)
    words |= {"xanchor": side, "xshift": 5 if side == "left" else -5}
    return {
        "shapes": [line | {"line": {"color": stroke.color, "width": stroke.width, "dash": "dot"}}],
        "annotations": [words],
    }


_LOOKS: dict[Kind, tuple[float, float]] = {
    "main": (1.0, 1.0),
    "quiet": (0.6, 0.45),
    "part": (1.0, 1.0),
    "precision": (0.8, 1.0),
}
"""For each kind, how much of the role's width and what opacity."""

_MARGIN = {"l": 50, "r": 84, "t": 30, "b": 44}


def _range(picture: ErrorPicture) -> tuple[float, float]:
    """Return the exponents of ten between which the errors are shown, with a row for exact zeros below.

    A few accidental dips of the round-off noise, errors ten thousand times f′ itself, and the parts of the error far
    below their sum would flatten the rest.
    """
    totals = [line for line in picture.lines if line.kind != "part"]
    sizes = [np.abs(line.errors[np.isfinite(line.errors) & (line.errors != 0)]) for line in totals]
    sizes = [size for size in sizes if size.size]
    if not sizes:
        return -17.0, 1.0
    low = min(float(np.quantile(size, 0.02)) for size in sizes)
    high = max(float(size.max()) for size in sizes)
    if picture.scale > 0:
        high = min(high, max(1e4 * picture.scale, 1e3 * low))
    learner = [abs(spot.error) for spot in picture.spots if spot.error]
    low, high = min([low, *learner]), max([high, *learner])
    below = 2.0 if len(totals) < len(picture.lines) else 0.3
    bottom, top = math.floor(math.log10(low) - below), math.log10(high) + 0.4
    return float(bottom), max(top, bottom + 2.0)


def _drawn(line: ErrorLine, bottom: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the magnitudes to draw, NaN where nothing is drawn, and the steps of exact zeros."""
    size = np.abs(line.errors)
    drawn = np.where((size > 0) & np.isfinite(size), np.maximum(size, 10.0 ** (bottom - 2)), np.nan)
    return drawn, line.steps[line.errors == 0]


def _stroke(line: ErrorLine, theme: Theme) -> tuple[Stroke, float]:
    width, opacity = _LOOKS[line.kind]
    stroke = theme[line.role]
    return Stroke(stroke.color, stroke.width * width, stroke.dash, stroke.symbol), opacity


_HOVER_STEP = "%{customdata[0]:.1f}·10<sup>%{customdata[1]:d}</sup>"
_HOVER_ERROR = "%{customdata[2]:.1f}·10<sup>%{customdata[3]:d}</sup>"


def _spelled(steps: NDArray[np.float64], errors: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return mantissa and exponent of step and error, shape (n, 4): Plotly itself would write 9e−10 on hovering."""
    columns = []
    for values in (steps, errors):
        with np.errstate(invalid="ignore"):
            exponents = np.floor(np.log10(values))
            mantissas = np.round(values / 10.0**exponents, 1)
        carried = mantissas >= 10
        columns += [np.where(carried, mantissas / 10, mantissas), exponents + carried]
    return np.stack(columns, axis=1).astype(np.float32)


def _add_line(figure: Chart, line: ErrorLine, theme: Theme, bottom: float, labels: ErrorLabels) -> None:
    stroke, opacity = _stroke(line, theme)
    drawn, zeros = _drawn(line, bottom)
    figure.add_scatter(
        x=line.steps,
        y=drawn,
        name=line.label,
        mode="lines",
        connectgaps=False,
        opacity=opacity,
        line={"color": stroke.color, "width": stroke.width, "dash": stroke.dash},
        customdata=_spelled(line.steps, drawn),
        hovertemplate=f"{line.label}<br>Δx = {_HOVER_STEP}<br>{labels.error} {_HOVER_ERROR}<extra></extra>",
    )
    if zeros.size:
        figure.add_scatter(
            x=zeros,
            y=np.full(zeros.size, 10.0**bottom),
            name=line.label,
            mode="markers",
            opacity=opacity,
            cliponaxis=False,
            marker={"color": stroke.color, "symbol": "triangle-down", "size": 9},
            customdata=_spelled(zeros, np.ones(zeros.size)),
            hovertemplate=f"{line.label}<br>Δx = {_HOVER_STEP}<br>{labels.zero}<extra></extra>",
        )


def _add_model(figure: Chart, picture: ErrorPicture, theme: Theme) -> None:
    for line in picture.model:
        stroke = theme["model"]
        figure.add_scatter(
            x=[line.start[0], line.end[0]],
            y=[line.start[1], line.end[1]],
            mode="lines",
            line={"color": stroke.color, "width": stroke.width, "dash": stroke.dash},
            hoverinfo="skip",
        )


def _add_spots(figure: Chart, picture: ErrorPicture, theme: Theme, bottom: float) -> list[dict[str, Any]]:
    words = []
    for spot in picture.spots:
        stroke = theme[spot.role]
        height = max(abs(spot.error), 10.0**bottom)
        figure.add_scatter(
            x=[spot.step],
            y=[height],
            mode="markers",
            cliponaxis=False,
            marker={
                "color": stroke.color if spot.filled else theme.paper,
                "symbol": stroke.symbol,
                "size": 12,
                "line": {"color": theme.paper if spot.filled else stroke.color, "width": 2},
            },
            hoverinfo="skip",
        )
    named = [spot for spot in picture.spots if spot.words]
    # all of them lie at the bottom of the V: their names hang below it, one under the other
    floor = min((max(abs(spot.error), 10.0**bottom) for spot in named), default=1.0)
    for place, spot in enumerate(sorted(named, key=lambda spot: -abs(spot.error))):
        shift = -9 - LINE * place
        where = math.log10(spot.step), math.log10(floor)
        words.append(text(theme, spot.words, theme[spot.role].color, *where, yanchor="top", yshift=shift))
    return words


def error_figure(picture: ErrorPicture, labels: ErrorLabels, theme: Theme, *, height: int = 400) -> Chart:
    """Return the chart of the error against Δx, both on logarithmic axes.

    Parameters
    ----------
    picture : ErrorPicture
    labels : ErrorLabels
    theme : Theme
    height : int
        In px; the names at the lines' ends are kept apart for this height.
    """
    figure = Chart(layout(theme, height=height, margin=_MARGIN))
    bottom, top = _range(picture)
    steps = np.concatenate([line.steps for line in picture.lines]) if picture.lines else np.array([1e-16, 10.0])
    frame = (math.log10(steps.min()), math.log10(steps.max()), bottom, top)
    _add_model(figure, picture, theme)
    for line in sorted(picture.lines, key=lambda line: line.kind != "quiet"):
        _add_line(figure, line, theme, bottom, labels)
    words = _add_spots(figure, picture, theme, bottom)
    words += end_labels(picture, theme, frame, height - _MARGIN["t"] - _MARGIN["b"]) + slope_labels(picture, theme)
    gaps, learner = gap_marks(picture, theme, frame), learner_marks(picture, theme, labels, frame)
    words += zero_words(picture, theme, labels, bottom)
    # across the top instead of along the axis: read without tilting the head, and a phone keeps the width
    words.append(
        text(theme, labels.error, theme.ink, 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom")
    )
    words[-1] |= {"xshift": 2 - _MARGIN["l"], "yshift": 8, "bgcolor": "rgba(0,0,0,0)"}
    figure.update_layout(
        shapes=gaps["shapes"] + learner["shapes"], annotations=gaps["annotations"] + words + learner["annotations"]
    )
    axis = {"type": "log", "exponentformat": "power", "minexponent": 0, "fixedrange": True}
    axis |= {"automargin": False, "hoverformat": ".2"}
    figure.update_xaxes(range=[frame[0] - 0.1, frame[1] + 0.1], title_text=labels.step, **axis)
    figure.update_yaxes(range=[bottom, top], **axis)
    return figure
