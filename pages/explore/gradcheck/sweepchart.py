"""The relative error of the whole gradient against Δx: a line for each number format, over the verdicts' bands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from numdiff.gradient.check.check import HAPPY, OKAY, WRONG, Band, GradCheck
from numdiff.gradient.check.sweep import GradCheckSweep
from pages.explore.gradcheck.tables import LOOKS, word
from pages.parts import numbers
from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.i18n import Translator
from pages.parts.theme import Theme, layout

_MARGIN = {"l": 50, "r": 118, "t": 50, "b": 52}
_TOP = 0.5
"""Power of ten at the top: a relative error is at most 2."""
_ROOM = 1.5
"""Powers of ten that half a name takes."""
_LONGEST = 9
"""Characters of a Δx that is written in full."""
_BANDS = (
    (Band.HAPPY, None, HAPPY),
    (Band.OKAY_WITH_KINKS, HAPPY, OKAY),
    (Band.UNCOMFORTABLE, OKAY, WRONG),
    (Band.PROBABLY_WRONG, WRONG, None),
)


def _bottom(sweeps: Mapping[str, GradCheckSweep]) -> float:
    found = [sweep.whole[np.isfinite(sweep.whole) & (sweep.whole > 0)] for sweep in sweeps.values()]
    least = min((float(part.min()) for part in found if part.size), default=1e-12)
    return min(-11.0, max(-18.0, math.floor(math.log10(least) - 0.3)))


def _bands(theme: Theme, bottom: float, _: Translator) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    shapes, words = [], []
    for band, low, high in _BANDS:
        start = bottom if low is None else math.log10(low)
        end = _TOP if high is None else math.log10(high)
        look = LOOKS[band]
        color = theme[look.role].color
        shapes.append(
            {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": 10**start, "y1": 10**end, "layer": "below"}
            | {"fillcolor": color, "opacity": 0.1, "line": {"width": 0}}
        )
        label = f"{look.sign} {word(band, _)}"
        words.append(text(theme, label, color, 1, (start + end) / 2, xref="paper", xanchor="left", xshift=6))
    return shapes, words


def _side(x: float, sweep: GradCheckSweep) -> str:
    """Return where a name is anchored: in its middle, unless it would leave the chart on the right."""
    return "center" if x < math.log10(sweep.steps[-1]) - _ROOM else "right"


def _names(sweeps: Mapping[str, GradCheckSweep], theme: Theme, bottom: float, pixels: float) -> list[dict[str, Any]]:
    """Return the names of the number formats, each left of the bottom of its V."""
    lowest = []
    for dtype, sweep in sweeps.items():
        size = np.where(np.isfinite(sweep.whole) & (sweep.whole > 0), sweep.whole, math.inf)
        place = int(np.argmin(size))
        if math.isfinite(size[place]):
            lowest.append((dtype, math.log10(sweep.steps[place]), math.log10(size[place])))
    gap = LINE * (_TOP - bottom) / pixels
    heights = spread([y for _dtype, _x, y in lowest], gap, bottom + gap, _TOP - gap)
    return [
        text(theme, dtype, theme[dtype].color, x, y, yanchor="top", yshift=-3, xanchor=_side(x, sweeps[dtype]))
        for (dtype, x, _y), y in zip(lowest, heights, strict=True)
    ]


def _add_line(figure: Chart, sweep: GradCheckSweep, theme: Theme, bottom: float, *, is_chosen: bool) -> None:
    stroke = theme[sweep.dtype]
    drawn = np.where(sweep.whole > 0, np.maximum(sweep.whole, 10.0**bottom), np.nan)
    figure.add_scatter(
        x=sweep.steps,
        y=drawn,
        mode="lines",
        name=sweep.dtype,
        connectgaps=False,
        opacity=1.0 if is_chosen else 0.55,
        line={"color": stroke.color, "width": 3 if is_chosen else 1.5, "dash": stroke.dash},
        hovertemplate=f"{sweep.dtype}<br>Δx = %{{x:.1e}}<br>%{{y:.1e}}<extra></extra>",
    )
    zeros = sweep.steps[sweep.whole == 0]
    if zeros.size:
        figure.add_scatter(
            x=zeros,
            y=np.full(zeros.size, 10.0**bottom),
            mode="markers",
            cliponaxis=False,
            marker={"color": stroke.color, "symbol": "triangle-down", "size": 8},
            hovertemplate=f"{sweep.dtype}<br>Δx = %{{x:.1e}}<br>0<extra></extra>",
        )


def _kinks(sweeps: Mapping[str, GradCheckSweep], theme: Theme, _: Translator) -> tuple[list[Any], list[Any]]:
    """Return the line from which on a kink lies within Δx, with its name."""
    starts = [start for sweep in sweeps.values() for start in sweep.kink_from if math.isfinite(start)]
    if not starts:
        return [], []
    start, color = min(starts), theme["truncation"].color
    line = {"type": "line", "x0": start, "x1": start, "y0": 0, "y1": 1, "yref": "paper"}
    name = text(theme, f"{_('gradcheck.chart.kink')} →", color, math.log10(start), 1, yref="paper", yanchor="top")
    name |= {"xanchor": "left", "xshift": 4, "yshift": -2}
    return [line | {"line": {"color": color, "width": 2, "dash": "dash"}}], [name]


def _learner(check: GradCheck, theme: Theme, edges: tuple[float, float]) -> tuple[list[Any], list[Any]]:
    step = check.variables[0].step
    if not (step > 0 and edges[0] <= math.log10(step) <= edges[1]):
        return [], []
    stroke = theme["learner"]
    line = {"type": "line", "x0": step, "x1": step, "y0": 0, "y1": 1, "yref": "paper"}
    is_left = math.log10(step) < edges[1] - 4
    written = numbers.step(step)
    label = f"Δx = {written}" if len(written) <= _LONGEST else f"Δx ≈ {numbers.scientific(step, 1)}"
    name = text(theme, label, stroke.color, math.log10(step), 1, yref="paper", yanchor="bottom")
    name |= {"xanchor": "center" if is_left else "right", "yshift": 2}
    return [line | {"line": {"color": stroke.color, "width": stroke.width, "dash": "dot"}}], [name]


def draw(sweeps: Mapping[str, GradCheckSweep], check: GradCheck, theme: Theme, _: Translator, *, height: int) -> Chart:
    """Return the chart; the format of the check is drawn strong, its Δx is marked."""
    figure = Chart(layout(theme, height=height, margin=_MARGIN))
    bottom, steps = _bottom(sweeps), next(iter(sweeps.values())).steps
    edges = (math.log10(steps[0]), math.log10(steps[-1]))
    for dtype, sweep in sorted(sweeps.items(), key=lambda item: item[0] == check.dtype):
        _add_line(figure, sweep, theme, bottom, is_chosen=dtype == check.dtype)
    step, error = check.variables[0].step, check.relative
    if 0 < error < math.inf and step > 0:
        stroke = theme[check.dtype]
        marker = {"color": stroke.color, "size": 12, "line": {"color": theme.paper, "width": 2}}
        figure.add_scatter(x=[step], y=[max(error, 10.0**bottom)], mode="markers", marker=marker, hoverinfo="skip")
    shapes, words = _bands(theme, bottom, _)
    for more_shapes, more_words in (_kinks(sweeps, theme, _), _learner(check, theme, edges)):
        shapes, words = shapes + more_shapes, words + more_words
    words += _names(sweeps, theme, bottom, height - _MARGIN["t"] - _MARGIN["b"])
    title = text(theme, _("gradcheck.chart.axis"), theme.ink, 0, 1, xref="paper", yref="paper", xanchor="left")
    words.append(title | {"yanchor": "bottom", "xshift": 2 - _MARGIN["l"], "yshift": 26, "bgcolor": "rgba(0,0,0,0)"})
    figure.update_layout(shapes=shapes, annotations=words)
    axis = {"type": "log", "exponentformat": "power", "minexponent": 0, "fixedrange": True, "automargin": False}
    figure.update_xaxes(
        range=[edges[0], edges[1]], title_text="Δx", title_font_size=14, dtick=2, tickfont_size=12, **axis
    )
    figure.update_yaxes(range=[bottom, _TOP], dtick=2, tickfont_size=12, **axis)
    return figure
