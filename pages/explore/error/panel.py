"""The words and numbers beside the chart of errors: what is seen, what holds at the learner's Δx, and why."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from html import escape

import numpy as np

from numdiff.blackbox.precision import unit_roundoff
from numdiff.error.model import optimal_step
from pages.explore.error.data import Found, story
from pages.parts import numbers, panel, said
from pages.parts.i18n import Translator

COLUMNS = ("estimates", "errors", "truncation", "rounding", "node_rounding", "evaluation")
"""The arrays of a sweep that the table and the file show, in this order."""

_NARROW = """<style>
@media (max-width: 640px) {
  .st-key-errors .annotation-text { paint-order: stroke; stroke: var(--nd-paper); stroke-width: 3px;
    stroke-linejoin: round; }
  .st-key-errors .annotation .bg { fill-opacity: 0 !important; }
  .st-key-errors .annotation-text tspan[style*="font-stretch"] { display: none; }
}
</style>"""
"""On a phone the chart's labels have an outline instead of a box, and leave out what :data:`ASIDE` marks."""

_NOTEWORTHY_LOSS = 1e-12
"""A step below which nodes coincide is spoken of if it is greater than this: in narrow formats, or at a large x."""


def words(found: Found, _: Translator) -> dict[str, str]:
    """Return everything that a sentence of the page may fill in. All of it is computed; none of it was typed."""
    here, fit, best = found.here, found.fitted, found.best
    return {
        "scheme": _(f"term.{found.asked.focus}"),
        "dtype": found.main.dtype,
        "x": said.number(found.asked.x),
        "dx": numbers.step(found.asked.dx),
        "truncation": said.size(here.truncation),
        "rounding": said.size(here.rounding),
        "cross": numbers.scientific(found.crossing, 1),
        "best_step": numbers.scientific(best.step, 1),
        "best_error": numbers.scientific(best.error, 1),
        "lost": numbers.scientific(found.lost, 1),
        "gap": numbers.scientific(found.stretches[-1].start, 1) if found.stretches else "",
        "order": str(found.scheme.order),
        "slope": str(round(fit.order)) if math.isfinite(fit.order) else "",
    }


def _precisions(found: Found, _: Translator) -> list[str]:
    """Say what is drawn of several number formats, and where the model puts the bottom of each V, coarsest first."""
    drawn = _("error.story.one_scheme", scheme=_(f"term.{found.asked.focus}"), dtype=found.main.dtype)
    formats = sorted((sweep.dtype for sweep in found.drawn), key=unit_roundoff, reverse=True)
    models = {dtype: optimal_step(found.function, found.asked.x, found.asked.focus, dtype) for dtype in formats}
    if not all(math.isfinite(model.step) and model.rounding > 0 for model in models.values()):
        return [drawn]
    places = [
        _(
            "error.story.bottom",
            dtype=dtype,
            step=numbers.scientific(model.step, 1),
            error=numbers.scientific(model.error, 1),
        )
        for dtype, model in models.items()
    ]
    return [f"{drawn} {_('error.story.bottoms', places='; '.join(places))}"]


def sentences(found: Found, _: Translator) -> list[str]:
    """Return what is to be said about this chart, the most important first."""
    if found.point.kind:
        return [said.of_point(found.point, found.step, _)]
    here = said.of_step(found.verdict, found.step, _)
    if not np.isfinite(found.errors).any():
        return [here]
    given = words(found, _)
    told = [_(name, **given) for name in story(found)]
    if len(found.drawn) > 1:
        told = _precisions(found, _) + told
    if found.left_out:
        told.append(_("error.story.left_out", dtypes=found.left_out, **given))
    if found.lost > _NOTEWORTHY_LOSS:
        told.append(_("error.story.lost", **given))
    return [*told, here]


def _row(label: str, sign: str, value: str, kind: str = "") -> str:
    relation = f'<span class="nd-relation">{sign}</span>'
    return f'<tr class="{kind}"><th scope="row">{escape(label)}</th><td>{relation}{escape(value)}</td></tr>'


def _readings(found: Found, _: Translator) -> str:
    """Return the numbers at the learner's Δx as a table."""
    here, exact = found.here, found.main.exact

    def measured(label: str, name: str, kind: str = "nd-sub") -> str:
        return _row(_(label), *panel.measured(getattr(here, name), found.known.get(name)), kind)

    rows = [_row(_("term.quotient"), "→", numbers.full(found.estimate))]
    if math.isfinite(exact):
        shown = found.exact_shown
        rows.append(_row(_("term.exact"), shown.relation, shown.text))
        rows.append(measured("term.error", "errors", "nd-strong"))
        rows += [measured(f"term.{name}", name) for name in ("truncation", "node_rounding", "evaluation")]
        count = numbers.correct_digits(here.errors, exact)
        if not math.isnan(count):
            digits = _("panel.all_digits") if math.isinf(count) else f"{count:.0f}"
            rows.append(_row(_("term.correct_digits"), "", digits))
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def html(found: Found, _: Translator) -> str:
    """Return the panel: the sentences, then the numbers at the learner's Δx."""
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences(found, _))
    numbers_here = _readings(found, _) if math.isfinite(found.estimate) else ""
    return f'{panel.STYLE}{_NARROW}<div class="nd-panel">{told}<div class="nd-wrap">{numbers_here}</div></div>'


def table(found: Found, _: Translator) -> dict[str, list[str]]:
    """Return the numbers of the scheme in focus by column title, every digit of them."""
    sweep, row = found.sweeps[-1], found.row
    columns = {"Δx": [numbers.full(step) for step in sweep.steps.tolist()]}
    for name in COLUMNS:
        columns[_(f"error.column.{name}")] = [numbers.full(value) for value in getattr(sweep, name)[row].tolist()]
    columns[_("error.column.reasons")] = [
        _(f"error.reason.{reason}") if reason else "" for reason in sweep.reasons[row]
    ]
    return columns


def csv_text(found: Found) -> str:
    """Return all sweeps of the page as CSV: one line for each format, scheme and step, numbers as Python's repr."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["dtype", "scheme", "dx", *COLUMNS, "reason"])
    for sweep in found.sweeps:
        for row, scheme in enumerate(sweep.schemes):
            values: Sequence[np.ndarray] = [getattr(sweep, name)[row] for name in COLUMNS]
            for place, step in enumerate(sweep.steps.tolist()):
                parts = [repr(float(column[place])) for column in values]
                writer.writerow([sweep.dtype, scheme, repr(step), *parts, str(sweep.reasons[row, place])])
    return file.getvalue()


def alt(found: Found, _: Translator) -> str:
    """Return what the chart shows, for someone who cannot see it."""
    names = tuple(_(f"term.{scheme}") for scheme in found.main.schemes)
    if len(found.drawn) > 1:
        names = tuple(sweep.dtype for sweep in found.drawn)
    return " ".join([_("error.alt", names=names), *sentences(found, _)])
