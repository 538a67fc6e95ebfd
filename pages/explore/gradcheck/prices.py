"""Why one differentiates: what a gradient costs as the network grows, and the loss that it brings down."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from numdiff.network.model import kinks_near
from numdiff.network.training import By, Cost, Descent
from pages.explore.gradcheck import cached
from pages.explore.gradcheck.cached import Shape
from pages.parts import numbers, theme
from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.i18n import Translator
from pages.parts.tables import look
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


def costs_figure(found: Sequence[Cost], theme: Theme, _: Translator, *, height: int) -> Chart:
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
            line={"color": stroke.color, "width": 6 if is_first else 2, "dash": "solid" if is_first else "6px,5px"},
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


HEIGHT = 300
"""Of either chart, in px."""
COLUMNS = ("n", "forward", "central", "backward")
"""Ids of the columns of the table of costs."""


def duration(seconds: float) -> str:
    """Return a measured time as one says it: ``≈ 23 µs``, ``≈ 1.4 ms``."""
    scale, unit = next((pair for pair in ((1.0, "s"), (1e-3, "ms")) if seconds >= pair[0]), (1e-6, "µs"))
    return f"≈ {numbers.significant(seconds / scale, 2)} {unit}"


def cost_said(costs: Sequence[Cost], _: Translator) -> str:
    """Say what the gradient of the largest network costs either way."""
    last = costs[-1]
    return _(
        "gradcheck.cost.explain",
        weights=last.weights,
        central=last.central_evaluations,
        forward=last.forward_evaluations,
        slow=duration(last.central_seconds),
        fast=duration(last.backward_seconds),
        ratio=numbers.significant(last.central_seconds / last.backward_seconds, 2),
    )


def cost_table(costs: Sequence[Cost], _: Translator) -> str:
    """Return evaluations, counted, and times, measured, as a table."""
    heads = [_(f"gradcheck.column.{name}") for name in COLUMNS]
    rows = []
    for cost in costs:
        quotients = ((cost.forward_evaluations, cost.forward_seconds), (cost.central_evaluations, cost.central_seconds))
        cells = [
            escape(_("gradcheck.cost.counted", count=count, time=duration(seconds))) for count, seconds in quotients
        ]
        cells.append(escape(_("gradcheck.cost.pass", time=duration(cost.backward_seconds))))
        rows.append(look.row(str(cost.weights), cells))
    return look.table(_("gradcheck.cost.table"), heads, rows, "nd-short")


def _panel(*parts: str) -> None:
    st.html(f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{"".join(parts)}</div>')


def _cost(_: Translator) -> None:
    st.subheader(_("gradcheck.cost"), anchor=False)
    costs = cached.measured()
    said = cost_said(costs, _)
    figure = costs_figure(costs, theme.current(), _, height=HEIGHT)
    alt = _("gradcheck.cost.alt", said=said)
    st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_cost", theme=None, alt=alt)
    _panel(look.paragraph(said), cost_table(costs, _))


def descent_said(shape: Shape, scheme: By, dx: float, _: Translator) -> list[str]:
    """Say how far the loss went down, whether both ways are the same, and what each of them cost."""
    (exact, fast), (other, slow) = (cached.descent(shape, by, dx) for by in ("backpropagation", scheme))
    gap = float(np.max(np.abs(exact.losses - other.losses)))
    before, after = exact.losses[0], exact.losses[-1]
    told = [
        _(
            "gradcheck.descent.explain",
            rate=f"{cached.RATE:g}",
            steps=cached.DESCENT_STEPS,
            before=f"≈ {numbers.significant(before, 3)}",
            after=f"≈ {numbers.significant(after, 3)}",
            gap=look.approximate(gap),
        ),
        _(
            "gradcheck.descent.price",
            fast=duration(fast),
            slow=duration(slow),
            scheme=_(f"term.{scheme}"),
            evaluations=other.evaluations,
        ),
    ]
    if math.isfinite(gap) and gap <= NEAR * max(1.0, float(exact.losses.max())):
        return told
    cause = "kink" if has_kink_at_parting(shape, exact, other, dx) else "step"
    return [*told, _(f"gradcheck.descent.parted.{cause}", scheme=_(f"term.{scheme}"), dx=numbers.step(dx))]


def has_kink_at_parting(shape: Shape, one: Descent, other: Descent, dx: float) -> bool:
    """Return True if within Δx a ReLU switches where two ways down begin to part."""
    apart = np.abs(one.parameters - other.parameters).max(axis=1) > NEAR
    last = max(0, int(np.argmax(apart)) - 1)
    return bool(kinks_near(cached.network(shape).with_parameters(one.parameters[last]), dx=dx).any())


def _descent(shape: Shape, scheme: By, dx: float, _: Translator) -> None:
    st.subheader(_("gradcheck.descent"), anchor=False)
    runs = {by: cached.descent(shape, by, dx)[0] for by in ("backpropagation", scheme)}
    figure = descents(runs, theme.current(), _, height=HEIGHT)
    told = descent_said(shape, scheme, dx, _)
    alt = _("gradcheck.descent.alt", said=told[0])
    st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_descent", theme=None, alt=alt)
    _panel(*(look.paragraph(sentence) for sentence in [*told, _("gradcheck.descent.why")]))


def draw(shape: Shape, scheme: By, dx: float, _: Translator) -> None:
    """Draw both halves of the answer."""
    left, right = st.columns(2, gap="medium")
    with left:
        _descent(shape, scheme, dx, _)
    with right:
        _cost(_)
