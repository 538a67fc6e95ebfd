"""Every edge of the graph on its own: the local derivative by the rule beside a derivative of that operation alone."""

from __future__ import annotations

import math
from html import escape

from numdiff.gradient.check.check import Band, GradCheck
from numdiff.gradient.check.edges import EdgeCheck
from numdiff.graph.build import Graph
from pages.explore.gradcheck import question, verdicts
from pages.explore.gradcheck.checktable import computed
from pages.parts.i18n import Translator
from pages.parts.tables import look
from pages.parts.theme import Theme

COLUMNS = ("edge", "rule", "by_rule", "alone", "band")
"""Ids of the columns."""
MOST = 60
"""Edges in the table; the wrong ones come first."""


def _row(edge: EdgeCheck, graph: Graph, theme: Theme, _: Translator) -> str:
    given = question.place(graph, graph.edge(edge.key))
    known = not math.isnan(edge.numerical)
    cells = [
        escape(question.rule(graph, graph.edge(edge.key))),
        computed(edge.analytic, edge.numerical),
        computed(edge.numerical, edge.analytic) if known else escape(_("gradcheck.edges.no_derivative")),
        verdicts.html(Band.UNKNOWN if not known else Band.HAPPY if edge.agrees else Band.PROBABLY_WRONG, theme, _),
    ]
    return look.row(f"{given['source']} → {given['target']}", cells, "" if edge.agrees else "nd-strong")


def html(check: GradCheck, theme: Theme, _: Translator) -> str:
    """Return the table of all edges."""
    if check.graph is None:
        return ""
    ordered = sorted(check.edges, key=lambda edge: edge.agrees)
    rows = [_row(edge, check.graph, theme, _) for edge in ordered[:MOST]]
    left = len(ordered) - MOST
    more = look.paragraph(_("gradcheck.edges.more", count=left)) if left > 0 else ""
    heads = [_(f"gradcheck.column.{name}") for name in COLUMNS]
    table = look.table(_("gradcheck.edges"), heads, rows, "nd-short")
    note = f'<div class="nd-small">{escape(_("gradcheck.edges.explain"))}</div>'
    return f'{look.STYLE}<div class="nd-panel nd-wide nd-check">{note}{table}{more}</div>'
