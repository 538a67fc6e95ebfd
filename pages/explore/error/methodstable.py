"""The view of all methods: one table, the best a computer can do, and Richardson's triangle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

import numpy as np
import streamlit as st

from numdiff.derivative.result import Status
from pages.explore.error import peers
from pages.explore.error.methods import Methods, Row, find
from pages.parts import numbers, said
from pages.parts.controls import Controls
from pages.parts.i18n import Translator
from pages.parts.tables import look
from pages.parts.theme import Theme, current

COLUMNS = ("name", "step", "value", "error", "claimed", "evaluations", "time")
"""Ids of the columns."""
_NO_ERROR = 4e-16
"""Relative: an estimate that is short of the true error by less than this, one rounding, is not said to be."""


def name_of(method: str, _: Translator) -> str:
    """Return the name of a method; that of another package is its function's."""
    return peers.NAMES[method] if method in peers.NAMES else _(f"method.{method}")


def _step(row: Row) -> str:
    if math.isnan(row.step):
        return look.NONE
    if row.source == "lecture":
        return escape(numbers.step(row.step))
    if row.source == "free":
        return escape(f"h* = ∞; {numbers.step(row.step)}")
    sign = "h* ≈" if row.source == "model" else "≈"
    return escape(f"{sign} {look.sized(row.step)}")


def _time(seconds: float) -> str:
    if math.isnan(seconds):
        return look.NONE
    return f"{numbers.significant(seconds * 1e6, 2)} µs"


def is_short(row: Row, found: Methods) -> bool:
    """Return True if a method claims less than its true error."""
    error = look.deviation(row.value, found.exact)
    return bool(error > row.claimed + _NO_ERROR * abs(row.value))


def _claimed(row: Row, found: Methods, theme: Theme, _: Translator) -> str:
    if math.isnan(row.claimed) or not math.isfinite(row.value):
        return look.NONE
    text = escape(look.approximate(row.claimed))
    if not is_short(row, found):
        return text
    return f'{text}<span class="nd-note" style="color:{theme["trouble"].color}">{escape(_("methods.short"))}</span>'


def _row(row: Row, found: Methods, theme: Theme, _: Translator) -> str:
    name = name_of(row.method, _)
    if row.trouble:
        cells = [_step(row), escape(_(f"methods.{row.trouble}")), *[look.NONE] * 4]
        return look.row(name, cells)
    value = look.number_cell(row.value, found.exact)
    cells = [
        _step(row),
        value if value != look.NONE else escape(_("panel.no_value")),
        escape(look.approximate(float(look.deviation(row.value, found.exact)))),
        _claimed(row, found, theme, _),
        str(row.evaluations),
        _time(row.seconds),
    ]
    return look.row(name, cells, "nd-strong" if row.method == "auto" else "")


def table(found: Methods, theme: Theme, _: Translator) -> str:
    """Return the table of all methods as HTML."""
    rows = [_row(row, found, theme, _) for row in found.rows]
    return look.table(_("methods.title"), [_(f"methods.column.{name}") for name in COLUMNS], rows)


def sentences(found: Methods, _: Translator) -> Iterator[str]:
    """Say how far the best method got, and what holds where there is no derivative."""
    best, row = found.best, found.row("auto")
    status, reason = Status(best.status), str(best.reason)
    given = {
        "status": status.value,
        "error": look.sized(best.error),
        "count": row.evaluations,
        "left": _slope(best.left, _),
        "right": _slope(best.right, _),
        "x": said.number(found.here.x),
    }
    what = _(f"methods.reason.{reason or 'none'}", **given)
    name = status.value if math.isfinite(best.df) else "no_value"
    yield _(f"methods.status.{name}", what=what, **given)
    if math.isfinite(best.df) and found.exact.status == "undefined":
        yield _("methods.wrong", **given)
    if not math.isfinite(best.df) and found.exact.status == "ok":
        yield _("methods.missed", **given)
    has_sides = not (math.isnan(best.left) and math.isnan(best.right))
    if not math.isfinite(best.df) and has_sides and found.here.point.kind != "kink":  # whose own sentence names them
        yield _("methods.sides", **given)
    if found.here.point.kind:
        yield said.of_point(found.here.point, found.here.step("central"), _)
    if found.exact.status == "undefined":
        claiming = [row for row in found.rows if math.isfinite(row.value) and math.isfinite(row.claimed)]
        if claiming:
            yield _("methods.unaware", names=tuple(name_of(row.method, _) for row in claiming))
    short = tuple(name_of(row.method, _) for row in found.rows if not math.isnan(row.claimed) and is_short(row, found))
    if short:
        yield _("methods.short.explain", names=short)


def _slope(value: float, _: Translator) -> str:
    return _("methods.no_slope") if math.isnan(value) else numbers.significant(value, 6)


def _length(step: float) -> str:
    """Return a step, rounded if it is long to write."""
    text = numbers.step(step)
    return text if len(text) <= len("0.0078125") else f"≈ {numbers.significant(step, 3)}"


def triangle(found: Methods, _: Translator) -> str:
    """Return Richardson's triangle as HTML: a row for each step, a column for each order of accuracy."""
    entries = found.triangle.entries
    count = len(entries)
    heads = ["h", *(_("methods.order", order=2 * column + 2) for column in range(count))]
    rows = []
    for place, step in enumerate(found.triangle.steps.tolist()):
        cells = [look.number_cell(np.float64(value), found.exact) for value in entries[place, : place + 1].tolist()]
        rows.append(look.row(_length(step), cells + [""] * (count - place - 1)))
    return look.table(_("methods.triangle"), heads, rows, "nd-short")


def html(found: Methods, theme: Theme, _: Translator) -> str:
    """Return the table with what is to be said about it."""
    told = "".join(look.paragraph(sentence) for sentence in sentences(found, _))
    exact = look.exact_line(found.exact, said.number(found.here.x), _)
    return look.panel_html(exact, table(found, theme, _), f"<div>{escape(_('methods.time.explain'))}</div>", told)


def triangle_html(found: Methods, _: Translator) -> str:
    """Return the triangle with its explanation, or why there is none."""
    if not np.isfinite(found.triangle.entries).any():
        return look.panel_html(look.paragraph(_("methods.triangle.none")))
    return look.panel_html(look.paragraph(_("methods.triangle.explain")), triangle(found, _))


def draw(given: Controls, _: Translator) -> None:
    """Draw the view."""
    found = find(given.function.text, given.x.value)
    suffix = "_stale" if given.stale else ""
    with st.container(key=f"numbers{suffix}"):
        st.html(html(found, current(), _))
        st.subheader(_("methods.triangle"), anchor=False)
        st.html(triangle_html(found, _))
