"""The words and numbers beside the chart of errors: what is seen, what holds at the learner's Δx, and why.

Every formula is LaTeX of our own; computed numbers stand after "≈".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import numpy as np

from numdiff.blackbox.precision import unit_roundoff
from numdiff.difference.schemes import SCHEMES, Scheme
from numdiff.error.model import optimal_step
from pages.explore.error.data import Found, story
from pages.parts import asset, numbers, panel
from pages.parts.i18n import Translator
from pages.parts.numbers import scientific_latex
from pages.parts.sentences import number, of_point, of_step, size
from pages.parts.substitution import quotient_latex
from pages.parts.takehome.document import Table

COLUMNS = ("estimates", "errors", "truncation", "rounding", "node_rounding", "evaluation")
"""The arrays of a sweep that the table and the file show, in this order."""

_NARROW = asset.sheet(__file__, "narrow.css")
"""On a phone the chart's labels have an outline instead of a box, and leave out what :data:`ASIDE` marks."""

_NOTEWORTHY_LOSS = 1e-12
"""A step below which nodes coincide is spoken of if it is greater than this: in narrow formats, or at a large x."""


def words(found: Found, _: Translator) -> dict[str, str]:
    """Return everything that a sentence of the page may fill in. All of it is computed; none of it was typed."""
    here, fit, best = found.here, found.fitted, found.best
    return {
        "scheme": _(f"term.{found.asked.focus}"),
        "dtype": found.main.dtype,
        "x": number(found.asked.x),
        "dx": numbers.step(found.asked.dx),
        "truncation": size(here.truncation),
        "rounding": size(here.rounding),
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
        return [of_point(found.point, found.step, _)]
    here = of_step(found.verdict, found.step, _)
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
    rows = Table("dtype", "scheme", "dx", *COLUMNS, "reason")
    for sweep in found.sweeps:
        for row, scheme in enumerate(sweep.schemes):
            values: Sequence[np.ndarray] = [getattr(sweep, name)[row] for name in COLUMNS]
            for place, step in enumerate(sweep.steps.tolist()):
                rows.row(
                    sweep.dtype, scheme, step, *(column[place] for column in values), str(sweep.reasons[row, place])
                )
    return rows.text()


def alt(found: Found, _: Translator) -> str:
    """Return what the chart shows, for someone who cannot see it."""
    names = tuple(_(f"term.{scheme}") for scheme in found.main.schemes)
    if len(found.drawn) > 1:
        names = tuple(sweep.dtype for sweep in found.drawn)
    return " ".join([_("error.alt", names=names), *sentences(found, _)])


TERMS = 3
"""How many terms of the truncation error are written out."""

FOLDS = ("right", "left", "optimum", "table")
"""What is folded away below the chart, by id."""

LEADING = ("scheme", "term", "value", "slope")
"""Ids of the columns of the table of leading terms."""


@dataclass(frozen=True)
class Term:
    """One term of the quotient's Taylor expansion beyond f′(x): its formula, its derivative, and its value."""

    formula: str
    derivative: float
    value: float


def _prime(degree: int) -> str:
    return {1: "f'", 2: "f''", 3: "f'''"}.get(degree, f"f^{{({degree})}}")


def _power(degree: int) -> str:
    return r"\Delta x" if degree == 1 else rf"\Delta x^{{{degree}}}"


def expansion_latex() -> str:
    """Return the Taylor expansion of f(x + Δx)."""
    return (
        r"f(x \pm \Delta x) = f(x) \pm f'(x)\,\Delta x + \frac{f''(x)}{2}\,\Delta x^{2}"
        r" \pm \frac{f'''(x)}{6}\,\Delta x^{3} + \cdots"
    )


def terms(found: Found, scheme: Scheme | None = None, most: int = TERMS) -> list[Term]:
    """Return the first terms of the truncation error that a scheme leaves, whether or not they vanish here.

    Parameters
    ----------
    found : Found
    scheme : Scheme, optional
        By default the one in focus.
    most : int
        How many terms at most.
    """
    scheme, derivatives = scheme or found.scheme, found.taylor
    written: list[Term] = []
    for degree in range(2, len(derivatives)):
        share = scheme.moment(degree)
        if share and len(written) < most:
            value = float(share) * float(derivatives[degree]) * found.asked.dx ** (degree - 1)
            written.append(Term(_term_latex(share, degree), float(derivatives[degree]), value))
    return written


def _term_latex(share: Fraction, degree: int) -> str:
    """Return share · f⁽ⁿ⁾(x) · Δx^(n−1)."""
    top = "" if abs(share.numerator) == 1 else f"{abs(share.numerator)}\\,"
    head = f"{top}{_prime(degree)}(x)"
    body = head if share.denominator == 1 else rf"\frac{{{head}}}{{{share.denominator}}}"
    return rf"{'-' if share < 0 else ''}{body}\,{_power(degree - 1)}"


def leading_rows(found: Found) -> list[tuple[str, str, str, str]]:
    """Return for every scheme of the chart: its name, its first term that is not 0, that term's value, its slope.

    The term and its value are LaTeX, empty if no term is left; the slope is the fitted one, empty if there is none.
    """
    rows = []
    for name in found.main.schemes:
        first = next((term for term in terms(found, SCHEMES[name], len(found.taylor)) if term.value), None)
        order = found.main.orders[name].order
        slope = f"{order:.2f}" if math.isfinite(order) else ""
        if first is None or not math.isfinite(first.value):
            rows.append((name, "", "", slope))
        else:
            rows.append((name, first.formula, _number(first.value), slope))
    return rows


def quotient_expansion_latex(found: Found) -> str:
    """Return quotient = f′(x) + the first terms of the truncation error + …."""
    text = f"{quotient_latex(found.scheme)} = f'(x)"
    for term in terms(found):
        text += f" - {term.formula[1:]}" if term.formula.startswith("-") else f" + {term.formula}"
    return text + r" + \cdots"


def _number(value: float) -> str:
    return scientific_latex(value, 3)


def term_lines(found: Found) -> list[str]:
    """Return each term with the learner's numbers put in; "= 0" where the derivative vanishes."""
    lines = []
    for term in terms(found):
        if term.derivative == 0:
            lines.append(f"{term.formula} = 0")
        elif math.isfinite(term.value):
            lines.append(rf"{term.formula} \approx {_number(term.value)}")
    return lines


def roundoff_lines(found: Found) -> list[str]:
    """Return the size of the round-off of one value of f, and what becomes of it when divided by Δx."""
    model, dx = found.model, found.asked.dx
    if not model.rounding > 0:
        return []
    unit = unit_roundoff(found.main.dtype)
    share = found.scheme.noise
    whole = "" if share == 1 else rf"{share.numerator}\,"
    weight = whole if share.denominator == 1 else rf"\tfrac{{{share.numerator}}}{{{share.denominator}}}\,"
    return [
        rf"u = 2^{{{round(math.log2(unit))}}} \approx {scientific_latex(unit, 2)}",
        r"\delta = u \cdot \max(|f(x)|,\ |x f'(x)|)",
        rf"\delta \approx {_number(model.rounding / float(share))}",
        rf"\frac{{{weight}\delta}}{{\Delta x}} \approx {_number(model.rounding / dx)}",
    ]


def optimum_lines(found: Found) -> list[str]:
    """Return the model of the error and its minimum, in the learner's numbers."""
    model = found.model
    if not (model.order and model.rounding > 0 and math.isfinite(model.step)):
        return []
    power, order = _power(model.order), model.order
    root = rf"\left(\frac{{B}}{{{order if order > 1 else ''}A}}\right)^{{1/{order + 1}}}"
    return [
        rf"E(\Delta x) = A\,{power} + \frac{{B}}{{\Delta x}}",
        rf"A \approx {_number(model.truncation)},\quad B \approx {_number(model.rounding)}",
        rf"h^{{*}} = {root} \approx {_number(model.step)}",
        rf"E(h^{{*}}) \approx {_number(model.error)}",
    ]
