"""The check of a network: its picture, the derivatives by every weight, what they cost and what they are good for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import streamlit as st

from numdiff.functions.registry import row
from numdiff.graph.build import graph as graph_of
from numdiff.network.graph import network_function
from numdiff.network.model import XOR, Activation, Backward, Forward, Loss, Network, backward, forward
from pages.explore.gradcheck import cached, choosing, code, fields, prices, tables
from pages.explore.gradcheck import takehome as home
from pages.explore.gradcheck.cached import Shape
from pages.explore.gradcheck.fields import View
from pages.parts import graph as drawing
from pages.parts import numbers, state, theme
from pages.parts.entries import shown_name
from pages.parts.figures.chart import Chart
from pages.parts.figures.placing import text
from pages.parts.i18n import Translator
from pages.parts.theme import Theme, layout

HEADS = ("input", "hidden", "output", "loss")
"""Ids of what stands above the columns."""
_COLUMNS = (0.0, 1.45, 2.3, 2.85)
"""Where inputs, hidden units, output and loss stand."""
_PLACES = (0.74, 0.36)
"""How far along its line the label of a weight of the first and of the second input stands: never side by side."""
_DIGITS = 3


@dataclass(frozen=True)
class Unit:
    """A circle: its name, its value and the derivative of the mean loss by it; NaN where it is not shown."""

    name: str
    x: float
    y: float
    value: float
    slope: float = math.nan


@dataclass(frozen=True)
class Line:
    """A line with the name and the value of its weight; the label stands ``place`` of the way along."""

    start: Unit
    end: Unit
    label: str
    weight: float
    place: float


@dataclass(frozen=True)
class Drawing:
    """What is drawn of the network at one data point: circles, lines, and what is written beside and below circles."""

    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    biases: tuple[tuple[Unit, str], ...]
    notes: tuple[tuple[Unit, str], ...]


def short(value: float) -> str:
    """Return a value rounded for the picture."""
    return numbers.significant(value, _DIGITS)


def _heights(count: int) -> list[float]:
    return [(count - 1) / 2 - place for place in range(count)]


def network_drawing(net: Network, point: int) -> Drawing:
    """Return what is drawn of a network at one of the data points."""
    on = forward(net)
    back = backward(net, values=on)
    return _drawn(net, on, back, point)


def _drawn(net: Network, on: Forward, back: Backward, point: int) -> Drawing:
    spread = (net.hidden - 1) / 2 or 1.0
    inputs = [
        Unit(shown_name(f"x_{place + 1}"), _COLUMNS[0], (0.5 - place) * spread, float(value))
        for place, value in enumerate(XOR.x[point])
    ]
    hidden = [
        Unit(shown_name(f"h_{unit + 1}"), _COLUMNS[1], height, float(on.h[point, unit]), float(back.h[point, unit]))
        for unit, height in enumerate(_heights(net.hidden))
    ]
    output = Unit(
        "s" if net.loss == "cross_entropy" else "p", _COLUMNS[2], 0.0, float(on.s[point]), float(back.s[point])
    )
    loss = Unit("ℓ", _COLUMNS[3], 0.0, float(on.losses[point]))
    lines = []
    for place, unit in enumerate(inputs):
        for number, end in enumerate(hidden):
            name = shown_name(f"w_{number + 1}{place + 1}")
            lines.append(Line(unit, end, name, float(net.w[number, place]), _PLACES[place]))
    lines += [
        Line(unit, output, shown_name(f"v_{number + 1}"), float(net.v[number]), 0.55)
        for number, unit in enumerate(hidden)
    ]
    lines.append(Line(output, loss, "", math.nan, 0.5))
    biases = [
        (unit, f"{shown_name(f'b_{number + 1}')} = {short(float(net.b[number]))}") for number, unit in enumerate(hidden)
    ]
    squashed = f"p = σ(s) ≈ {short(float(on.p[point]))}"
    notes = ((output, squashed),) if net.loss == "cross_entropy" else ()
    return Drawing((*inputs, *hidden, output, loss), tuple(lines), (*biases, (output, f"c = {short(net.c)}")), notes)


def _label(theme: Theme, words: str, color: str, unit: Unit, size: float, **place: object) -> dict[str, Any]:
    font = {"color": color, "size": size}
    return text(theme, words, color, unit.x, unit.y, font=font, bgcolor="rgba(0,0,0,0)", **place)


def _labels(drawn: Drawing, theme: Theme) -> Iterator[dict[str, Any]]:
    for line in drawn.lines:
        if line.label:
            x = line.start.x + line.place * (line.end.x - line.start.x)
            y = line.start.y + line.place * (line.end.y - line.start.y)
            words = f"{line.label} = {short(line.weight)}"
            yield text(theme, words, theme.ink, x, y, font={"color": theme.ink, "size": 12.5})
    for unit, words in drawn.biases:
        side = 1 if unit.y >= 0 else -1  # where the line to the output is not
        yield _label(theme, words, theme.muted, unit, 12, xanchor="left", xshift=19, yshift=19 * side)
    for unit, words in drawn.notes:
        yield _label(theme, words, theme.ink, unit, 13, yshift=-52)
    for unit in drawn.units:
        yield _label(theme, unit.name, theme.ink, unit, 16)
        yield _label(theme, f"<b>{short(unit.value)}</b>", theme["exact"].color, unit, 14, yshift=31)
        if not math.isnan(unit.slope):
            yield _label(theme, f"<b>{short(unit.slope)}</b>", theme["trouble"].color, unit, 14, yshift=-31)


def network_figure(net: Network, point: int, theme: Theme, _: Translator, *, height: int) -> Chart:
    """Return the picture of a network at one of the data points."""
    drawn = network_drawing(net, point)
    picture = Chart(layout(theme, height=height, margin={"l": 4, "r": 4, "t": 24, "b": 4}))
    for line in drawn.lines:
        weight = 1.0 if math.isnan(line.weight) else line.weight
        width = min(5.0, 0.8 + 1.4 * abs(weight))
        picture.add_scatter(
            x=[line.start.x, line.end.x],
            y=[line.start.y, line.end.y],
            mode="lines",
            hoverinfo="skip",
            line={"color": theme.muted, "width": width, "dash": "solid" if weight >= 0 else "dash"},
        )
    picture.add_scatter(
        x=[unit.x for unit in drawn.units],
        y=[unit.y for unit in drawn.units],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={"size": 40, "color": theme.paper, "opacity": 1, "line": {"color": theme.ink, "width": 2}},
    )
    words = list(_labels(drawn, theme))
    for name, x in zip(HEADS, _COLUMNS, strict=True):
        words.append(
            text(theme, _(f"gradcheck.net.{name}"), theme.muted, x, 1, yref="paper", yanchor="bottom", yshift=2)
        )
    picture.update_layout(annotations=words)
    hide = {"visible": False, "fixedrange": True}
    reach = (net.hidden - 1) / 2 + 0.55
    picture.update_xaxes(range=[_COLUMNS[0] - 0.18, _COLUMNS[-1] + 0.18], **hide)
    picture.update_yaxes(range=[-reach, reach], **hide)
    return picture


def network_alt(net: Network, point: int, _: Translator) -> str:
    """Return what the picture shows in a sentence."""
    on = forward(net)
    return _(
        "gradcheck.net.alt",
        count=net.hidden,
        point=point_name(point),
        output=short(float(on.p[point])),
        loss=short(float(on.losses[point])),
    )


def point_name(point: int) -> str:
    """Return ``(0, 1) → 1``: a data point and its target."""
    first, second = XOR.x[point]
    return f"({first:g}, {second:g}) → {XOR.y[point]:g}"


def formulas(net: Network) -> str:
    """Return what the network computes as LaTeX."""
    phi = row(net.activation).printed_latex
    start = rf"h = {phi}(W x + b),\quad "
    if net.loss == "squared":
        return start + r"p = v\cdot h + c,\quad \ell = \tfrac{1}{2}(p - y)^2,\quad L = \tfrac{1}{m}\textstyle\sum \ell"
    return (
        start
        + r"s = v\cdot h + c,\quad p = \sigma(s),\quad \ell = -y\ln p - (1-y)\ln(1-p),\quad "
        + r"L = \tfrac{1}{m}\textstyle\sum \ell"
    )


HEIGHT = 380
"""Of the picture, in px."""
FOLDS = ("net.graph", "code")
"""What is folded away, by id."""


def _shape() -> Shape:
    """Return the network that the view asks for."""
    view = state.view(View)
    activation: Activation = next(name for name in get_args(Activation) if name == view.activation)
    loss: Loss = next(name for name in get_args(Loss) if name == view.loss)
    return (view.hidden, activation, loss, view.seed)


def draw(_: Translator) -> None:
    """Draw the view."""
    with st.container(key="gradcheck_top", horizontal=True, vertical_alignment="center", gap="small"):
        choosing.view(_)
        choosing.network(_)
        choosing.quotient(_)
    view, shape, look = state.view(View), _shape(), theme.current()
    net, dx = cached.network(shape), 10.0**-view.tenths
    formula_place = st.container(
        key="gradcheck_formula", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    with formula_place:
        st.latex(formulas(net), width="content")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            choosing.present(_)
            choosing.link(_, lambda: home.network_package(_, shape, dx, view.quotient))
    left, right = st.columns([4, 5], gap="medium")
    with left:
        choosing.segments(_, "point", tuple(range(fields.DATA[1] + 1)), point_name)
        figure = network_figure(net, view.point, look, _, height=HEIGHT)
        alt = network_alt(net, view.point, _)
        with st.container(key="gradcheck_picture"):
            st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_network", theme=None, alt=alt)
        st.caption(_("gradcheck.net.legend"))
    with right:
        checks = cached.weights(shape, dx, view.quotient)
        st.html(tables.weights_html(checks, dx, view.quotient, look, _))
    prices.draw(shape, "forward" if view.quotient == "forward" else "central", dx, _)
    _unfolded(shape, view.point, _)


def _unfolded(shape: Shape, point: int, _: Translator) -> None:
    """Draw what is folded away; what is closed costs nothing."""
    for name in FOLDS:
        fold = st.expander(_(f"gradcheck.{name}"), key=f"gradcheck_fold_{name}", on_change="rerun")
        if not fold.open:
            continue
        with fold:
            if name == "code":
                code.of_network(_)
            else:
                net = cached.network(shape)
                values = dict(zip(net.names, net.parameters.tolist(), strict=True))
                whole = graph_of(network_function(net, point=point), values)
                drawing.draw(_, drawing.readable(_, whole, key="gradcheck_net"), key="gradcheck_net")
