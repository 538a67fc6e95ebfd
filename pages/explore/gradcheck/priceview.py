"""Why one differentiates: what a gradient costs as the network grows, and the loss that it brings down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from numdiff.network.model import kinks_near
from numdiff.network.training import By, Cost, Descent
from pages.explore.gradcheck import knowledge, pricecharts
from pages.explore.gradcheck.knowledge import Shape
from pages.parts import numbers, theme
from pages.parts.i18n import Translator
from pages.parts.tables import look

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
        quotients = (
            (cost.forward_evaluations, cost.forward_seconds),
            (cost.central_evaluations, cost.central_seconds),
        )
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
    costs = knowledge.measured()
    said = cost_said(costs, _)
    figure = pricecharts.costs(costs, theme.current(), _, height=HEIGHT)
    alt = _("gradcheck.cost.alt", said=said)
    st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_cost", theme=None, alt=alt)
    _panel(look.paragraph(said), cost_table(costs, _))


def descent_said(shape: Shape, scheme: By, dx: float, _: Translator) -> list[str]:
    """Say how far the loss went down, whether both ways are the same, and what each of them cost."""
    (exact, fast), (other, slow) = (knowledge.descent(shape, by, dx) for by in ("backpropagation", scheme))
    gap = float(np.max(np.abs(exact.losses - other.losses)))
    before, after = exact.losses[0], exact.losses[-1]
    told = [
        _(
            "gradcheck.descent.explain",
            rate=f"{knowledge.RATE:g}",
            steps=knowledge.DESCENT_STEPS,
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
    if math.isfinite(gap) and gap <= pricecharts.NEAR * max(1.0, float(exact.losses.max())):
        return told
    cause = "kink" if has_kink_at_parting(shape, exact, other, dx) else "step"
    return [*told, _(f"gradcheck.descent.parted.{cause}", scheme=_(f"term.{scheme}"), dx=numbers.step(dx))]


def has_kink_at_parting(shape: Shape, one: Descent, other: Descent, dx: float) -> bool:
    """Return True if within Δx a ReLU switches where two ways down begin to part."""
    apart = np.abs(one.parameters - other.parameters).max(axis=1) > pricecharts.NEAR
    last = max(0, int(np.argmax(apart)) - 1)
    return bool(kinks_near(knowledge.network(shape).with_parameters(one.parameters[last]), dx=dx).any())


def _descent(shape: Shape, scheme: By, dx: float, _: Translator) -> None:
    st.subheader(_("gradcheck.descent"), anchor=False)
    runs = {by: knowledge.descent(shape, by, dx)[0] for by in ("backpropagation", scheme)}
    figure = pricecharts.descents(runs, theme.current(), _, height=HEIGHT)
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
