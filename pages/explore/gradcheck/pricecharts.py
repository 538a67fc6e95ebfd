"""The charts of the answer: the time for a gradient against the number of weights, and the loss going down."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from numdiff.network.training import By, Cost, Descent
from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.i18n import Translator
from pages.parts.theme import Theme, layout

NEAR = 1e-6
"""Losses that differ by less than this part lie on one curve."""
_ROLES = {"backpropagation": "exact", "backward": "exact", "central": "central", "forward": "forward"}
_MARGIN = {"l": 58, "r": 122, "t": 30, "b": 52}
_AXIS: dict[str, Any] = {
    "fixedrange": True,
    "automargin": False,
    "exponentformat": "power",
    "tickfont_size": 12,
    "title_font_size": 14,
}


def _title(theme: Theme, words: str) -> dict[str, Any]:
    label = text(theme, words, theme.ink, 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom")
    return label | {"xshift": 2 - _MARGIN["l"], "yshift": 8, "bgcolor": "rgba(0,0,0,0)"}


def costs(found: Sequence[Cost], theme: Theme, _: Translator, *, height: int) -> Chart:
    """Return the measured times against the number of weights, both on logarithmic axes."""
    figure = Chart(layout(theme, height=height, margin=_MARGIN))
    weights = [cost.weights for cost in found]
    lines = {name: [getattr(cost, f"{name}_seconds") for cost in found] for name in ("central", "forward", "backward")}
    for name, seconds in lines.items():
        stroke = theme[_ROLES[name]]
        figure.add_scatter(
            x=weights,
            y=seconds,
            mode="lines+markers",
            line={"color": stroke.color, "width": stroke.width, "dash": stroke.dash},
            marker={"color": stroke.color, "symbol": stroke.symbol, "size": 7},
            hovertemplate="n = %{x}<br>%{y:.2s}s<extra></extra>",
        )
    everything = [math.log10(second) for seconds in lines.values() for second in seconds]
    low, high = min(everything) - 0.3, max(everything) + 0.3
    gap = LINE * (high - low) / (height - _MARGIN["t"] - _MARGIN["b"])
    heights = spread([math.log10(seconds[-1]) for seconds in lines.values()], gap, low, high)
    words = [_title(theme, _("gradcheck.cost.time"))]
    for name, place in zip(lines, heights, strict=True):
        label = _(f"gradcheck.column.{name}")
        words.append(text(theme, label, theme[_ROLES[name]].color, 1, place, xref="paper", xanchor="left", xshift=6))
    figure.update_layout(annotations=words)
    figure.update_xaxes(type="log", tickvals=weights, title_text=_("gradcheck.cost.weights"), **_AXIS)
    figure.update_yaxes(type="log", range=[low, high], **_AXIS | _seconds(low, high))
    return figure


def _seconds(low: float, high: float) -> dict[str, Any]:
    """Return ticks at powers of ten of a second, written in µs, ms and s."""
    powers = range(math.ceil(low), math.floor(high) + 1)
    units = {-6: "µs", -3: "ms", 0: "s"}
    names = []
    for power in powers:
        base = max(-6, 3 * (power // 3))
        names.append(f"{10.0 ** (power - base):g} {units.get(base, 's')}")
    return {"tickvals": [10.0**power for power in powers], "ticktext": names}


def descents(runs: Mapping[By, Descent], theme: Theme, _: Translator, *, height: int) -> Chart:
    """Return the losses against the steps; the second run is drawn thin and dashed over the first one."""
    figure = Chart(layout(theme, height=height, margin=_MARGIN))
    words = [_title(theme, _("gradcheck.descent.loss"))]
    first = next(iter(runs.values())).losses
    high = 1.08 * float(np.nanmax(first[np.isfinite(first)], initial=1e-3))
    ends = []
    for by, run in runs.items():
        is_first = by == "backpropagation"
        stroke = theme[_ROLES[by]]
        shown = np.where(np.isfinite(run.losses), np.minimum(run.losses, 4 * high), np.nan)
        figure.add_scatter(
            y=shown,
            mode="lines",
            line={
                "color": stroke.color,
                "width": 6 if is_first else 2,
                "dash": "solid" if is_first else "6px,5px",
            },
            opacity=0.55 if is_first else 1.0,
            hovertemplate="%{x}: %{y:.4f}<extra></extra>",
        )
        last = shown[np.isfinite(shown)]
        ends.append(min(float(last[-1]) if last.size else high, high))
    gap = LINE * high / (height - _MARGIN["t"] - _MARGIN["b"])
    for by, place in zip(runs, spread(ends, gap, gap / 2, high), strict=True):
        label = _(f"gradcheck.column.{'backward' if by == 'backpropagation' else by}")
        words.append(text(theme, label, theme[_ROLES[by]].color, 1, place, xref="paper", xanchor="left", xshift=6))
    figure.update_layout(annotations=words)
    figure.update_xaxes(title_text=_("gradcheck.descent.step"), range=[0, first.size - 1], **_AXIS)
    figure.update_yaxes(range=[0, high], **_AXIS)
    return figure
