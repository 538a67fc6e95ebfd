"""The verdicts on a gradient in tables: on each partial derivative, on every edge of the graph, on every weight.

A verdict is a sign, a word and a colour, so that none of them is needed alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from types import MappingProxyType

import numpy as np

from numdiff.blackbox.precision import as_dtype
from numdiff.gradient.check.check import ATOL, HAPPY, OKAY, RTOL, WRONG, Band, GradCheck, VariableCheck
from numdiff.gradient.check.edges import EdgeCheck
from numdiff.gradient.check.kinks import Kink
from numdiff.gradient.check.sweep import GradCheckSweep
from numdiff.graph.build import Graph
from numdiff.network.model import WeightCheck
from numdiff.printing.text import to_text
from pages.explore.gradcheck import question
from pages.explore.gradcheck.cached import Broken
from pages.parts import numbers, panel
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator
from pages.parts.tables import digits, look
from pages.parts.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """The sign and the role in the theme that gives the colour."""

    sign: str
    role: str


LOOKS: Mapping[Band, Look] = MappingProxyType(
    {
        Band.HAPPY: Look("✓", "exact"),
        Band.OKAY_WITH_KINKS: Look("△", "truncation"),
        Band.UNCOMFORTABLE: Look("▲", "forward"),
        Band.PROBABLY_WRONG: Look("✗", "trouble"),
        Band.UNKNOWN: Look("–", "model"),
    }
)


def word(band: Band, _: Translator) -> str:
    """Return the verdict in one or two words."""
    return _(f"gradcheck.band.{band.value}")


def _marked(look: Look, text: str, theme: Theme) -> str:
    color = theme[look.role].color
    return f'<span class="nd-verdict" style="color:{color}">{look.sign} {escape(text)}</span>'


def verdict_html(band: Band, theme: Theme, _: Translator) -> str:
    """Return sign and word in the band's colour as HTML."""
    return _marked(LOOKS[band], word(band, _), theme)


def passes(holds: bool, theme: Theme, _: Translator) -> str:
    """Return whether something passed as HTML."""
    look = LOOKS[Band.HAPPY if holds else Band.PROBABLY_WRONG]
    return _marked(look, _("gradcheck.pass" if holds else "gradcheck.fail"), theme)


def said(band: Band, sentence: str, theme: Theme) -> str:
    """Return a sentence as a paragraph with the band's sign before it and its colour at its side."""
    look = LOOKS[band]
    color = theme[look.role].color
    return f'<p style="border-color:{color}"><b style="color:{color}">{look.sign}</b> {escape(sentence)}</p>'


def limits() -> dict[str, str]:
    """Return the bounds of the bands and PyTorch's tolerances as sentences fill them in."""
    bounds = {"happy": HAPPY, "okay": OKAY, "wrong": WRONG, "atol": ATOL, "rtol": RTOL}
    return {name: numbers.step(bound) for name, bound in bounds.items()}


def is_at_least_suspicious(relative: float) -> bool:
    """Return True if a relative error is beyond what kinks excuse."""
    return relative > OKAY


CHECK_COLUMNS = ("name", "analytic", "numerical", "relative", "band")
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


def _check_row(variable: VariableCheck, theme: Theme, _: Translator) -> str:
    cells = [
        computed(variable.analytic, variable.numerical),
        computed(variable.numerical, variable.analytic),
        escape(look.approximate(variable.relative)),
        verdict_html(variable.band, theme, _),
        passes(variable.torch, theme, _),
    ]
    return look.row(partial_name(variable.name), cells)


def _headline(check: GradCheck, _: Translator) -> str:
    names = tuple(partial_name(item.name) for item in check.variables if item.band is check.band)
    return _(f"gradcheck.headline.{check.band.value}", names=names, **limits())


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


def check_sentences(check: GradCheck, broken: Broken, _: Translator) -> Iterator[tuple[Band, str]]:
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


def check_html(check: GradCheck, broken: Broken, theme: Theme, _: Translator) -> str:
    """Return the table with the sentences above it."""
    told = "".join(said(band, sentence, theme) for band, sentence in check_sentences(check, broken, _))
    heads = [_(f"gradcheck.column.{name}") for name in CHECK_COLUMNS] + ["PyTorch"]
    rows = [_check_row(variable, theme, _) for variable in check.variables]
    table = look.table(_("gradcheck.table"), heads, rows, "nd-short")
    note = f'<div class="nd-small">{escape(_("gradcheck.table.explain"))}</div>'
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{told}{table}{note}</div>'


def best(sweep: GradCheckSweep, broken: Broken, _: Translator) -> str:
    """Say at which Δx the two gradients are nearest."""
    if not np.isfinite(sweep.whole).any():
        return _("gradcheck.chart.none")
    place = int(np.nanargmin(sweep.whole))
    error = float(sweep.whole[place])
    given = {"dtype": sweep.dtype, "step": numbers.scientific(float(sweep.steps[place]), 1), "error": look.sized(error)}
    if error == 0:
        return _("gradcheck.best.zero", **given)
    if broken is not None and is_at_least_suspicious(error):
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
    bands = f'<div class="nd-small">{escape(_("gradcheck.bands.explain", **limits()))}</div>'
    paragraph = said(check.band, told, theme) if broken is not None else look.paragraph(told)
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{paragraph}{bands}</div>'


EDGE_COLUMNS = ("edge", "rule", "by_rule", "alone", "band")
"""Ids of the columns."""
MOST = 60
"""Edges in the table; the wrong ones come first."""


def _edge_row(edge: EdgeCheck, graph: Graph, theme: Theme, _: Translator) -> str:
    given = question.place(graph, graph.edge(edge.key))
    known = not math.isnan(edge.numerical)
    cells = [
        escape(question.rule(graph, graph.edge(edge.key))),
        computed(edge.analytic, edge.numerical),
        computed(edge.numerical, edge.analytic) if known else escape(_("gradcheck.edges.no_derivative")),
        verdict_html(Band.UNKNOWN if not known else Band.HAPPY if edge.agrees else Band.PROBABLY_WRONG, theme, _),
    ]
    return look.row(f"{given['source']} → {given['target']}", cells, "" if edge.agrees else "nd-strong")


def edges_html(check: GradCheck, theme: Theme, _: Translator) -> str:
    """Return the table of all edges."""
    if check.graph is None:
        return ""
    ordered = sorted(check.edges, key=lambda edge: edge.agrees)
    rows = [_edge_row(edge, check.graph, theme, _) for edge in ordered[:MOST]]
    left = len(ordered) - MOST
    more = look.paragraph(_("gradcheck.edges.more", count=left)) if left > 0 else ""
    heads = [_(f"gradcheck.column.{name}") for name in EDGE_COLUMNS]
    table = look.table(_("gradcheck.edges"), heads, rows, "nd-short")
    note = f'<div class="nd-small">{escape(_("gradcheck.edges.explain"))}</div>'
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{note}{table}{more}</div>'


WEIGHT_COLUMNS = ("weight", "value", "analytic", "numerical", "relative", "band")
"""Ids of the columns."""


def _weight_row(check: WeightCheck, theme: Theme, _: Translator) -> str:
    cells = [
        escape(numbers.full(check.value).removesuffix(".0")),
        computed(check.backpropagated, check.numerical),
        computed(check.numerical, check.backpropagated),
        escape(look.approximate(check.relative)),
        verdict_html(check.band, theme, _),
    ]
    return look.row(shown_name(check.name), cells)


def weights_sentences(
    checks: Sequence[WeightCheck], dx: float, scheme: str, _: Translator
) -> Iterator[tuple[Band, str]]:
    """Return what is to be said, the most important first."""
    bad = [check for check in checks if check.band is not Band.HAPPY]
    worst = max(check.relative for check in checks)
    given = {
        "count": len(checks),
        "bad": len(bad),
        "worst": look.sized(worst),
        "dx": numbers.step(dx),
        "scheme": _(f"term.{scheme}"),
        **limits(),
    }
    if bad:
        band = max((check.band for check in bad), key=list(Band).index)
        yield band, _("gradcheck.net.headline.bad", **given)
    else:
        yield Band.HAPPY, _(f"gradcheck.net.headline.{'good' if worst else 'exact'}", **given)
    if switching := tuple(shown_name(check.name) for check in checks if check.kink):
        yield Band.OKAY_WITH_KINKS, _("gradcheck.net.kinks", names=switching)


def evaluations(checks: Sequence[WeightCheck], scheme: str) -> int:
    """Return how often the loss is computed for one numerical gradient: n + 1 or 2n."""
    return 2 * len(checks) if scheme == "central" else len(checks) + 1


def weights_html(checks: Sequence[WeightCheck], dx: float, scheme: str, theme: Theme, _: Translator) -> str:
    """Return the table with the sentences above it."""
    told = "".join(said(band, sentence, theme) for band, sentence in weights_sentences(checks, dx, scheme, _))
    heads = [_(f"gradcheck.column.{name}") for name in WEIGHT_COLUMNS]
    rows = [_weight_row(check, theme, _) for check in checks]
    table = look.table(_("gradcheck.net.table"), heads, rows, "nd-short nd-tall")
    spent = _("gradcheck.net.spent", evaluations=evaluations(checks, scheme))
    note = f'<div class="nd-small">{escape(spent)}</div>'
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{told}{table}{note}</div>'
