"""The verdicts on a function's gradient in a table, and what is to be said about them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from html import escape

import numpy as np

from numdiff.blackbox.precision import as_dtype
from numdiff.gradient.check.check import Band, GradCheck, VariableCheck
from numdiff.gradient.check.kinks import Kink
from numdiff.gradient.check.sweep import GradCheckSweep
from numdiff.printing.text import to_text
from pages.explore.gradcheck import question, verdicts
from pages.explore.gradcheck.knowledge import Broken
from pages.parts import numbers, panel
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator
from pages.parts.tables import digits, look
from pages.parts.theme import Theme

COLUMNS = ("name", "analytic", "numerical", "relative", "band")
"""Ids of the columns."""
_MORE = 100
"""An error so many times as large as the least one has grown, and does not only flicker."""
MOST_KINKS = 3
"""Kinks of one variable that are spoken of."""


def partial_name(name: str) -> str:
    """Return ``∂f/∂x₁``."""
    return f"∂f/∂{shown_name(name)}"


def computed(value: float, other: float) -> str:
    """Return a computed number as HTML, the digits that it shares with another one bold."""
    if not math.isfinite(value):
        return look.NONE
    text = digits.html(value, other) if math.isfinite(other) else escape(numbers.full(value))
    return f'<span class="nd-relation">{panel.COMPUTED}</span>{text}'


def _row(variable: VariableCheck, theme: Theme, _: Translator) -> str:
    cells = [
        computed(variable.analytic, variable.numerical),
        computed(variable.numerical, variable.analytic),
        escape(look.approximate(variable.relative)),
        verdicts.html(variable.band, theme, _),
        verdicts.passes(variable.torch, theme, _),
    ]
    return look.row(partial_name(variable.name), cells)


def _headline(check: GradCheck, _: Translator) -> str:
    names = tuple(partial_name(item.name) for item in check.variables if item.band is check.band)
    return _(f"gradcheck.headline.{check.band.value}", names=names, **verdicts.limits())


def _at_edge(check: GradCheck, broken: Broken, _: Translator) -> Iterator[tuple[Band, str]]:
    """Say which edge is wrong, or that nothing is seen of it at this point."""
    graph = check.graph
    if graph is None:
        return
    for edge in check.wrong_edges[:MOST_KINKS]:
        given = question.place(graph, graph.edge(edge.key))
        shown = {"analytic": numbers.significant(edge.analytic, 6), "numerical": numbers.significant(edge.numerical, 6)}
        yield Band.PROBABLY_WRONG, _("gradcheck.edge.wrong", **given, **shown)
    if check.wrong_edges and check.band is Band.HAPPY:
        yield Band.UNCOMFORTABLE, _("gradcheck.edge.hidden")
    if broken is not None and not check.wrong_edges:
        quiet = graph.edge(broken[0])
        value = math.nan if quiet.value is None else quiet.value
        given = question.place(graph, quiet)
        yield Band.UNCOMFORTABLE, _("gradcheck.edge.unseen", **given, analytic=numbers.significant(value, 6))


def _kink(variable: VariableCheck, kink: Kink, _: Translator) -> str:
    name = shown_name(variable.name)
    ending = "" if kink.certain else ".maybe"
    what = _(
        f"gradcheck.kink.{kink.kind}{ending}",
        tree=to_text(kink.tree),
        name=name,
        position=numbers.significant(kink.position, 8),
    )
    low, high = (Fraction(variable.value) + sign * Fraction(variable.step) for sign in (-1, 1))
    ends = {"low": numbers.significant(low, 8), "high": numbers.significant(high, 8)}
    return _("gradcheck.kink", name=name, what=what, **ends)


def _lost(check: GradCheck) -> tuple[str, ...]:
    """Return the variables whose x ± Δx round to x itself."""
    kind = as_dtype(check.dtype).type
    names = []
    for item in check.variables:
        with np.errstate(all="ignore"):
            x, step = kind(item.value), kind(item.step)
            is_lost = bool(np.isfinite(x)) and x + step == x and x - step == x
        names += [shown_name(item.name)] if is_lost else []
    return tuple(names)


def _has_only_right_rules(check: GradCheck) -> bool:
    """Return True if every rule was checked on its own and holds."""
    return bool(check.edges) and all(edge.agrees and math.isfinite(edge.numerical) for edge in check.edges)


def sentences(check: GradCheck, broken: Broken, _: Translator) -> Iterator[tuple[Band, str]]:
    """Return what is to be said, the most important first, each with the band that gives its sign."""
    yield check.band, _headline(check, _)
    yield from _at_edge(check, broken, _)
    if check.band not in (Band.HAPPY, Band.UNKNOWN) and _has_only_right_rules(check):
        yield Band.HAPPY, _("gradcheck.edge.all_right", count=len(check.edges))
    for variable in check.warned:
        for kink in variable.kinks[:MOST_KINKS]:
            yield Band.OKAY_WITH_KINKS, _kink(variable, kink, _)
    if lost := _lost(check):
        yield Band.UNCOMFORTABLE, _("gradcheck.lost", dtype=check.dtype, names=lost)
    if check.dtype != "float64":
        yield Band.UNKNOWN, _("gradcheck.narrow", dtype=check.dtype)


def html(check: GradCheck, broken: Broken, theme: Theme, _: Translator) -> str:
    """Return the table with the sentences above it."""
    told = "".join(verdicts.said(band, sentence, theme) for band, sentence in sentences(check, broken, _))
    heads = [_(f"gradcheck.column.{name}") for name in COLUMNS] + ["PyTorch"]
    rows = [_row(variable, theme, _) for variable in check.variables]
    table = look.table(_("gradcheck.table"), heads, rows, "nd-short")
    note = f'<div class="nd-small">{escape(_("gradcheck.table.explain"))}</div>'
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{told}{table}{note}</div>'


def best(sweep: GradCheckSweep, broken: Broken, _: Translator) -> str:
    """Say at which Δx the two gradients are nearest."""
    if not np.isfinite(sweep.whole).any():
        return _("gradcheck.chart.none")
    place = int(np.nanargmin(sweep.whole))
    error = float(sweep.whole[place])
    given = {
        "dtype": sweep.dtype,
        "step": numbers.scientific(float(sweep.steps[place]), 1),
        "error": look.sized(error),
    }
    if error == 0:
        return _("gradcheck.best.zero", **given)
    if broken is not None and verdicts.is_at_least_suspicious(error):
        return _("gradcheck.best.broken", **given)
    return " ".join([_("gradcheck.best", **given), *_around(sweep, place, _)])


def _around(sweep: GradCheckSweep, place: int, _: Translator) -> Iterator[str]:
    """Say what makes the error grow on either side of the best step, where it does."""
    error = sweep.whole[place]
    starts = [start for start in sweep.kink_from if math.isfinite(start)]
    if starts:
        yield _("gradcheck.best.kink", kink=numbers.scientific(min(starts), 1))
    elif place < sweep.whole.size - 1 and np.nanmax(sweep.whole[place + 1 :], initial=0) > _MORE * error:
        yield _("gradcheck.best.larger")
    if place and np.nanmax(sweep.whole[:place], initial=0) > _MORE * error:
        yield _("gradcheck.best.smaller")


def below_chart(check: GradCheck, sweep: GradCheckSweep, broken: Broken, theme: Theme, _: Translator) -> str:
    """Return what the chart shows in words, and where the bands are from."""
    told = best(sweep, broken, _)
    bands = f'<div class="nd-small">{escape(_("gradcheck.bands.explain", **verdicts.limits()))}</div>'
    paragraph = verdicts.said(check.band, told, theme) if broken is not None else look.paragraph(told)
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{paragraph}{bands}</div>'
