"""The error against Δx on logarithmic axes: the V of each scheme, its arms named, exact zeros kept on the floor."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages.explore.error.figure_error_labels import end_labels, gap_marks, learner_marks, slope_labels, zero_words
from pages.explore.error.figure_error_picture import ErrorLabels, ErrorLine, ErrorPicture, Kind
from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, text
from pages.parts.theme import Stroke, Theme, layout

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


def _add_model(figure: Chart, picture: ErrorPicture, theme: Theme) -> list[dict[str, Any]]:
    words = []
    for line in picture.model:
        stroke = theme["model"]
        figure.add_scatter(
            x=[line.start[0], line.end[0]],
            y=[line.start[1], line.end[1]],
            mode="lines",
            line={"color": stroke.color, "width": stroke.width, "dash": stroke.dash},
            hoverinfo="skip",
        )
        if line.words:
            x, y = (math.log10(first * second) / 2 for first, second in zip(line.start, line.end, strict=True))
            words.append(text(theme, line.words, theme.muted, x, y, font={"color": theme.muted, "size": 13}))
    return words


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
    words = _add_model(figure, picture, theme)
    for line in sorted(picture.lines, key=lambda line: line.kind != "quiet"):
        _add_line(figure, line, theme, bottom, labels)
    words += _add_spots(figure, picture, theme, bottom)
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
    axis = {
        "type": "log",
        "exponentformat": "power",
        "minexponent": 0,
        "fixedrange": True,
        "automargin": False,
        "hoverformat": ".2",
    }
    figure.update_xaxes(range=[frame[0] - 0.1, frame[1] + 0.1], title_text=labels.step, **axis)
    figure.update_yaxes(range=[bottom, top], **axis)
    return figure
