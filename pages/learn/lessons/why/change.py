"""The derivative as change: what an increase of x does to f, foretold by the tangent and measured."""

from __future__ import annotations

import math
from html import escape

import mpmath

from numdiff.precise import context, public
from pages.parts import numbers
from pages.parts.i18n import Translator
from pages.parts.results import Result
from pages.parts.sentences import number
from pages.parts.tables import look

DIGITS = 3
"""Significant digits of a change."""


def _size(value: float | mpmath.mpf) -> str:
    return numbers.significant(abs(value), DIGITS)


def foretold(found: Result) -> mpmath.mpf:
    """Return f′(x)·Δx, the rise along the tangent, in high precision."""
    with context(30) as mp:
        return public(mp.mpf(found.dx) * found.exact.value)


def measured(found: Result) -> float:
    """Return f(x + Δx) − f(x); NaN where f has no value."""
    return found.nodes[1] - found.nodes[0]


def sentences(found: Result, _: Translator) -> tuple[str, str]:
    """Return what the tangent foretells in the learner's numbers, and how well; a function that has a derivative."""
    rise, actual = foretold(found), measured(found)
    given = {"x": number(found.x), "dx": numbers.step(found.dx), "rise": _size(rise)}
    way = "flat" if rise == 0 else "up" if rise > 0 else "down"
    if not math.isfinite(actual):
        return _(f"lesson.foretell.{way}", **given), _("lesson.foretell.no_value", **given)
    shown = numbers.exact_shown(found.exact.value, found.exact.radius)
    is_whole = shown.relation == "=" and "…" not in shown.text and len(shown.text) <= DIGITS + 2
    slope = shown.text if is_whole else numbers.significant(found.exact.value, DIGITS)
    sign = "−" if actual < 0 else ""
    words = {**given, "slope": slope, "relation": "=" if is_whole else "≈", "actual": sign + _size(actual)}
    return _(f"lesson.foretell.{way}", **given), _("lesson.foretell.check", **words)


def readings_html(found: Result, _: Translator) -> str:
    """Return one picture read in two ways: slopes of secant and tangent, average and instantaneous rate of change."""
    heads = ["", _("lesson.reading.geometry"), _("lesson.reading.change"), _("lesson.reading.value")]
    average = look.number_cell(found.estimate("forward"), found.exact)
    rows = [
        look.row("Δf/Δx", [escape(_("lesson.reading.secant")), escape(_("term.average_rate")), average]),
        look.row("f′(x)", [escape(_("lesson.reading.tangent")), escape(_("term.instantaneous_rate")), _exact(found)]),
    ]
    return look.panel_html(look.table(_("lesson.reading.value"), heads, rows, "nd-short"))


def _exact(found: Result) -> str:
    if not found.has_derivative:
        return look.NONE
    shown = numbers.exact_shown(found.exact.value, found.exact.radius)
    return f'<span class="nd-relation">{shown.relation}</span>{escape(shown.text)}'
