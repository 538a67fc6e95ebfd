"""From what the Error page knows to its pictures: which lines are drawn, their slopes and words; the quotients."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from numdiff.error.sweep import DEFAULT_STEPS
from pages.explore.error.data import Found
from pages.explore.error.figure_errors import (
    ErrorLabels,
    ErrorLine,
    ErrorPicture,
    Gap,
    Kind,
    Slope,
    Spot,
    Straight,
    error_figure,
)
from pages.parts import numbers
from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import LINE, spread, text
from pages.parts.i18n import Translator
from pages.parts.sampling import y_window
from pages.parts.sentences import short_name
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


NARROW = 3.0
"""A stretch without errors is shaded and named if its ends differ by at least this factor."""


@dataclass(frozen=True)
class Shown:
    """What the switches of the page put on the chart: the parts of the error, and the model."""

    parts: bool
    model: bool

    @property
    def is_close(self) -> bool:
        """True if one scheme is looked at closely and the others step back."""
        return self.parts or self.model


def _visible(
    steps: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the steps that the format could hold, with their values: a step of 0 has no place on a log scale."""
    return steps[steps > 0], values[steps > 0]


def _lines(found: Found, shown: Shown, _: Translator) -> list[ErrorLine]:
    focus, sweep = found.asked.focus, found.main
    lines = []
    if len(found.drawn) > 1:
        for each in found.drawn:
            errors = _visible(each.steps, each.errors[each.row(focus)])
            lines.append(ErrorLine(each.dtype, each.dtype, *errors, "precision"))
    else:
        for scheme, values in zip(sweep.schemes, sweep.errors, strict=True):
            kind: Kind = "quiet" if shown.is_close and scheme != focus else "main"
            if scheme in found.asked.schemes or scheme == focus:
                lines.append(ErrorLine(scheme, short_name(_, scheme), *_visible(sweep.steps, values), kind))
    if shown.parts:
        for role, parts in (("truncation", sweep.truncation), ("rounding", sweep.rounding)):
            lines.append(ErrorLine(role, _(f"short.{role}"), *_visible(sweep.steps, parts[found.row]), "part"))
    return lines


def _slopes(found: Found, shown: Shown, _: Translator) -> list[Slope]:
    """Return the fitted slopes: of the right arm for every scheme drawn in full, of the left arm for that in focus."""
    slopes = []
    for scheme, fit in found.main.orders.items():
        if shown.is_close and scheme != found.asked.focus:
            continue
        role = found.main.dtype if len(found.drawn) > 1 else scheme
        if not fit.order_reason:
            step = math.sqrt(fit.order_range[0] * fit.order_range[1])
            slopes.append(_slope(role, step, fit.order, fit.order_intercept, _))
        if scheme == found.asked.focus and not fit.rounding_reason:
            low, high = fit.rounding_range
            slopes.append(_slope(role, low**0.55 * high**0.45, fit.rounding_slope, fit.rounding_intercept, _))
    return slopes


def _slope(role: str, step: float, slope: float, intercept: float, _: Translator) -> Slope:
    number = f"{slope:.1f}".replace("-", numbers.MINUS)
    height = 10.0 ** (intercept + slope * math.log10(step))
    return Slope(role, step, height, _("error.slope", slope=number), number, is_falling=slope < 0)


def _model(found: Found, _: Translator) -> tuple[list[Straight], list[Spot]]:
    """Return the model's two lines, its optimal step and the best one measured."""
    model, ends = found.model, (float(DEFAULT_STEPS[0]), float(DEFAULT_STEPS[-1]))
    lines = []
    if model.order and model.truncation > 0:
        rising = [model.truncation * end**model.order for end in ends]
        lines.append(Straight((ends[0], rising[0]), (ends[1], rising[1])))
    if model.rounding > 0:
        lines.append(Straight((ends[0], model.rounding / ends[0]), (ends[1], model.rounding / ends[1])))
    spots = []
    if 0 < model.step < math.inf and model.error > 0:
        spots.append(
            Spot("model", model.step, model.error, _("error.spot.model", step=numbers.scientific(model.step, 1)))
        )
    step, error = found.best.step, _error_at(found, found.best.step)
    if error > 0:
        spots.append(Spot("best", step, error, _("error.spot.best", step=numbers.scientific(step, 1)), filled=False))
    return lines, spots


def _error_at(found: Found, step: float) -> float:
    """Return the size of the error at one of the sweep's steps, where its mark lies on the line; NaN if there is none.

    An error that is 0 there has no place on the line; its neighbours' stands in.
    """
    sizes = np.abs(found.errors[found.main.steps == step])
    if not sizes.size:
        return math.nan
    return float(sizes[0]) or found.best.error


def _gaps(found: Found, _: Translator) -> list[Gap]:
    wide = [part for part in found.stretches if part.end / part.start >= NARROW]
    return [Gap(part.start, part.end, _(f"error.gap.{part.reason}")) for part in wide]


def error_picture(found: Found, shown: Shown, _: Translator) -> ErrorPicture:
    """Return what is drawn on the chart of errors."""
    lines, spots = _model(found, _) if shown.model else ([], [])
    here = found.here
    if np.isfinite(here.errors):
        spots.append(Spot("learner", found.asked.dx, here.errors, ""))
    return ErrorPicture(
        lines=_lines(found, shown, _),
        slopes=_slopes(found, shown, _),
        spots=spots,
        model=lines,
        gaps=_gaps(found, _),
        learner=found.asked.dx,
        scale=abs(found.main.exact) if math.isfinite(found.main.exact) else 0.0,
    )


def draw_errors(found: Found, shown: Shown, theme: Theme, _: Translator, *, height: int) -> go.Figure:
    """Return the chart of the error against Δx."""
    labels = ErrorLabels(
        step="Δx", error=_("error.axis"), zero=_("error.zero"), learner=f"Δx = {numbers.step(found.asked.dx)}"
    )
    return error_figure(error_picture(found, shown, _), labels, theme, height=height)


def draw_quotients(found: Found, theme: Theme, _: Translator, *, height: int) -> go.Figure:
    """Return the chart of the quotients themselves, for a point without a derivative; an empty one if none exists."""
    sweep = found.main
    lines = [
        QuotientLine(scheme, short_name(_, scheme), *_visible(sweep.steps, values))
        for scheme, values in zip(sweep.schemes, sweep.estimates, strict=True)
        if np.isfinite(values).any()
    ]
    if not lines:
        return draw_errors(found, Shown(parts=False, model=False), theme, _, height=height)
    own = found.asked.dx, f"Δx = {numbers.step(found.asked.dx)}"
    return quotient_figure(lines, theme, title=_("term.quotient"), learner=own, height=height)
