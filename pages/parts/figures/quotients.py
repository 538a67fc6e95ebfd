"""The quotients themselves against Δx: what is left to see where there is no derivative, and so no error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.sampling import y_window
from pages.parts.theme import Theme, layout

_MARGIN = {"l": 58, "r": 84, "t": 30, "b": 44}


@dataclass(frozen=True)
class QuotientLine:
    """The quotients of one scheme; ``role`` gives the look, ``label`` stands at the line's end."""

    role: str
    label: str
    steps: NDArray[np.float64]
    values: NDArray[np.float64]


def quotient_figure(
    lines: Sequence[QuotientLine], theme: Theme, *, title: str, learner: tuple[float, str], height: int = 400
) -> Chart:
    """Return the chart of quotients, Δx on a logarithmic axis.

    Parameters
    ----------
    lines : sequence of QuotientLine
        At least one, with at least one finite value each.
    theme : Theme
    title : str
        Of the vertical axis.
    learner : (float, str)
        The learner's Δx, marked by a vertical line, and its words.
    height : int
        In px; the names at the lines' ends are kept apart for this height.
    """
    figure = Chart(layout(theme, height=height, margin=_MARGIN))
    low, high = y_window(np.concatenate([line.values for line in lines]))
    ends, words = [], []
    for line in lines:
        stroke, finite = theme[line.role], np.isfinite(line.values)
        figure.add_scatter(
            x=line.steps,
            y=np.where(finite, np.clip(line.values, 2 * low - high, 2 * high - low), np.nan),
            name=line.label,
            mode="lines",
            connectgaps=False,
            line={"color": stroke.color, "width": stroke.width, "dash": stroke.dash},
            hovertemplate=f"{line.label}<br>%{{y:.6g}}<extra></extra>",
        )
        ends.append(min(max(float(line.values[finite][-1]), low), high))
    gap = LINE * (high - low) / (height - _MARGIN["t"] - _MARGIN["b"])
    for line, place in zip(lines, spread(ends, gap, low, high), strict=True):
        words.append(text(theme, line.label, theme[line.role].color, 1, place, xref="paper", xanchor="left", xshift=5))
    words.append(text(theme, title, theme.ink, 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom"))
    words[-1] |= {"xshift": 2 - _MARGIN["l"], "yshift": 8, "bgcolor": "rgba(0,0,0,0)"}
    axis: dict[str, Any] = {"fixedrange": True, "automargin": False, "exponentformat": "power"}
    edges = [math.log10(min(line.steps[0] for line in lines)), math.log10(max(line.steps[-1] for line in lines))]
    shapes, (own, label) = [], learner
    if edges[0] <= math.log10(own) <= edges[1]:
        stroke = theme["learner"]
        look = {"color": stroke.color, "width": stroke.width, "dash": "dot"}
        shapes.append({"type": "line", "x0": own, "x1": own, "y0": 0, "y1": 1, "yref": "paper", "line": look})
        is_left = math.log10(own) < edges[1] - 3
        side = {"xanchor": "left", "xshift": 5} if is_left else {"xanchor": "right", "xshift": -5}
        words.append(text(theme, label, stroke.color, math.log10(own), 1, yref="paper", yanchor="top", **side))
    figure.update_layout(annotations=words, shapes=shapes)
    figure.update_xaxes(
        type="log", minexponent=0, range=edges, title_text="Δx", tickfont={"size": 12, "color": theme.muted}, **axis
    )
    figure.update_yaxes(range=[low, high], zeroline=True, zerolinecolor=theme.muted, **axis)
    return figure
