"""The numbers beside the picture, as a table: what was computed, what is exact, and how they differ.

"=" stands before exact values only, "→" before what float64 computes, "≈" before what was rounded for reading.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from itertools import takewhile

import mpmath
import numpy as np

from pages.parts import asset, numbers, sentences
from pages.parts.entries import shown_name, variable_of
from pages.parts.i18n import Translator
from pages.parts.results import Result
from pages.parts.sentences import number
from pages.parts.theme import Theme

COMPUTED = "→"
_EQUATION_DIGITS = 6
"""Digits of slope and height in the tangent's equation."""
_LABEL_LENGTH = 20
"""Longest argument of f that is written in numbers; beyond it stands x + Δx."""

STYLE = asset.sheet(__file__, "panel.css")

_DASHES = {"solid": "solid", "dot": "dotted"}


def argument(found: Result, sign: int) -> str:
    """Return what stands in f( ): the learner's numbers if they are short, else x + Δx."""
    name = shown_name(variable_of(found.function))
    joint = {1: " + ", 0: "", -1: " − "}[sign]
    x, dx = number(found.x), numbers.step(found.dx) if sign else ""
    own = f"{x}{joint}{dx}"
    return own if len(own) <= _LABEL_LENGTH else f"{name}{joint}Δ{name}" if sign else name


def _relation(sign: str, text: str) -> str:
    return f'<span class="nd-relation">{sign}</span>{text}'


def _cell(sign: str, text: str) -> str:
    return _relation(sign, escape(text))


def _row(label: str, cells: Iterable[str], kind: str = "", span: int = 1) -> str:
    columns = "".join(f'<td colspan="{span}">{cell}</td>' if span > 1 else f"<td>{cell}</td>" for cell in cells)
    return f'<tr class="{kind}"><th scope="row">{escape(label)}</th>{columns}</tr>'


def short(value: float) -> str:
    """Return a number rounded to three digits, with a power of ten only where it is needed."""
    is_moderate = value == 0 or 1e-3 <= abs(value) < 1e4
    return numbers.significant(value, 3) if is_moderate else numbers.scientific(value, 3)


def rounded(value: float, known: Fraction | None = None) -> str:
    """Return an error as a cell, rounded to three digits; "=" stands before 0, and before a known value that is whole.

    Parameters
    ----------
    value : float
        The error; NaN where there is none.
    known : Fraction, optional
        Its exact value.
    """
    return _cell(*measured(value, known))


def measured(value: float, known: Fraction | None = None) -> tuple[str, str]:
    """Return the sign and the text of :func:`rounded`."""
    if math.isnan(value):
        return "", "–"
    return sentences.relation(value, known, 3), "0" if value == 0 else short(value)


def agreeing(computed: str, exact: str, *, is_whole: bool) -> str:
    """Return a computed number as HTML, the leading part in bold that agrees with the exact value.

    ``is_whole`` says that the exact value is written out to its end, so that only zeros follow.
    """
    if is_whole and "·" not in exact:
        exact = exact + ("" if "." in exact else ".") + "0" * len(computed)
    pairs = zip(computed, exact, strict=False)
    common = "".join(first for first, _second in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if not any(sign.isdigit() for sign in common) or "·" in common:
        return escape(computed)
    return f'<span class="nd-agree">{escape(common)}</span>{escape(computed[len(common) :])}'


def _value(value: float, _: Translator) -> str:
    """Return a computed value of f as a cell, or that there is none."""
    return _cell(COMPUTED, numbers.full(value)) if math.isfinite(value) else _cell("", _("panel.no_value"))


def _nodes(found: Result, schemes: Sequence[str], _: Translator) -> str:
    """Return the values of f at the nodes that the chosen schemes use."""
    signs = {1: {"forward", "central"}, 0: {"forward", "backward"}, -1: {"backward", "central"}}
    rows = [
        _row(f"f({argument(found, sign)})", [_value(found.nodes[sign], _)])
        for sign, users in signs.items()
        if users & set(schemes) or not schemes
    ]
    return "<table><tbody>" + "".join(rows) + "</tbody></table>"


def _relative(error: float, exact: float) -> float:
    return abs(error / exact) if exact else math.nan


def _digits(found: Result, scheme: str, _: Translator) -> str:
    error = found.parts(scheme).errors
    if math.isnan(error):
        return _cell("", "–")
    count = numbers.correct_digits(error, found.sweep.exact)
    if math.isnan(count):
        return _cell("", "–")
    return _cell("", _("panel.all_digits") if math.isinf(count) else f"{count:.0f}")


def _head(schemes: Sequence[str], theme: Theme, _: Translator) -> str:
    cells = []
    for scheme in schemes:
        stroke = theme[scheme]
        dash = _DASHES.get(stroke.dash, "dashed")
        swatch = f'<span class="nd-swatch" style="border-top-style:{dash};border-top-color:{stroke.color}"></span>'
        cells.append(f'<th scope="col">{swatch}{escape(_(f"term.{scheme}"))}</th>')
    return f"<thead><tr><td></td>{''.join(cells)}</tr></thead>"


def _quotient(estimate: float, exact: tuple[str, str] | None, _: Translator) -> str:
    if not math.isfinite(estimate):
        return _value(estimate, _)
    relation, text = exact or ("", "")
    return _relation(COMPUTED, agreeing(numbers.full(estimate), text, is_whole=relation == "=" and "…" not in text))


def _quotients(found: Result, schemes: Sequence[str], theme: Theme, _: Translator) -> str:
    exact = _exact(found)
    rows = [
        _row(_("term.difference"), [_value(found.difference(scheme), _) for scheme in schemes]),
        _row(_("term.quotient"), [_quotient(found.estimate(scheme), exact, _) for scheme in schemes], "nd-strong"),
    ]
    if exact:
        label = _("panel.exact", x=argument(found, 0))
        nearest = f'<span class="nd-nearest">{_cell(COMPUTED, numbers.full(found.sweep.exact))}</span>'
        rows.append(_row(label, [_cell(*exact) + nearest], span=len(schemes)))
        rows += _errors(found, schemes, _)
    return f"<table>{_head(schemes, theme, _)}<tbody>{''.join(rows)}</tbody></table>"


def _exact(found: Result) -> tuple[str, str] | None:
    if not found.has_derivative:
        return None
    shown = numbers.exact_shown(found.exact.value, found.exact.radius)
    return shown.relation, shown.text


def _errors(found: Result, schemes: Sequence[str], _: Translator) -> list[str]:
    def cells(name: str) -> list[str]:
        return [rounded(getattr(found.parts(scheme), name), found.known(scheme).get(name)) for scheme in schemes]

    relative = [
        rounded(_relative(found.parts(scheme).errors, found.sweep.exact), found.known(scheme).get("relative"))
        for scheme in schemes
    ]
    return [
        _row(_("term.error"), cells("errors"), "nd-strong"),
        _row(_("term.truncation"), cells("truncation"), "nd-sub"),
        _row(_("term.node_rounding"), cells("node_rounding"), "nd-sub"),
        _row(_("term.evaluation"), cells("evaluation"), "nd-sub"),
        _row(_("term.relative_error"), relative),
        _row(_("term.correct_digits"), [_digits(found, scheme, _) for scheme in schemes]),
    ]


def sentence(found: Result, scheme: str, _: Translator) -> str:
    """Return what is to be seen here with a scheme."""
    if found.point.kind:
        return sentences.of_point(found.point, found.step(scheme), _)
    return sentences.of_step(found.verdict(scheme), found.step(scheme), _)


def tangent_line(found: Result) -> str:
    """Return the tangent's equation: after "=" if slope, height and x are exactly what is printed, else after "≈"."""
    slope, height = found.tangent.slope, found.tangent.height
    is_exact = all(
        part.radius == 0 and numbers.to_decimal(part.value, _EQUATION_DIGITS).is_exact for part in (slope, height)
    )
    is_written = slope.value == 0 or Fraction(repr(found.x)) == Fraction(found.x)
    steep, high = (_coefficient(part.value) for part in (slope, height))
    base = shown_name(variable_of(found.function))
    if found.x:
        base = f"({base} {'−' if found.x > 0 else '+'} {number(abs(found.x))})"
    terms = []
    if slope.value != 0 or slope.radius != 0:
        terms.append({"1": "", "−1": "−"}.get(steep, f"{steep}·" if "·" in steep else steep) + base)
    if height.value != 0 or height.radius != 0 or not terms:
        joint = "" if not terms else " − " if high.startswith("−") else " + "
        terms.append(joint + (high.removeprefix("−") if terms else high))
    return f"y {'=' if is_exact and is_written else '≈'} {''.join(terms)}"


def _coefficient(value: mpmath.mpf) -> str:
    is_whole = numbers.to_decimal(value, _EQUATION_DIGITS).is_exact
    return numbers.exact_shown(value).text if is_whole else numbers.significant(value, _EQUATION_DIGITS)


def _tangent(found: Result, _: Translator) -> str:
    """Return the tangent's equation, and how well it foretells f at x + Δx."""
    slope, height = found.sweep.exact, found.nodes[0]
    if not math.isfinite(height) or not math.isfinite(slope):
        return ""
    with np.errstate(all="ignore"):
        foretold = float(np.float64(height) + np.float64(slope) * np.float64(found.dx))
    gap, radius = found.tangent.gap, found.tangent.radius
    known = numbers.as_fraction(gap) if radius == 0 and mpmath.isfinite(gap) else None
    rows = [
        _row(_("term.tangent"), [escape(tangent_line(found))], "nd-strong"),
        _row(f"f({argument(found, 0)}) + f′({argument(found, 0)})·{numbers.step(found.dx)}",
             [_cell(COMPUTED, numbers.full(foretold))]),
        _row(_("panel.gap", node=argument(found, 1)), [_gap(gap, known)]),
    ]  # fmt: skip
    return "<table><tbody>" + "".join(rows) + "</tbody></table>"


def _gap(gap: mpmath.mpf, known: Fraction | None) -> str:
    """Return the gap as a cell; one too small for float64 keeps its power of ten."""
    if mpmath.isnan(gap):
        return rounded(math.nan)
    if gap == 0:
        return _cell("=" if known == 0 else "≈", "0")
    is_whole = known is not None and numbers.to_decimal(known, 3).is_exact
    is_moderate = 1e-3 <= abs(gap) < 1e4
    text = numbers.significant(gap, 3) if is_moderate else numbers.scientific(gap, 3)
    return _cell("=" if is_whole else "≈", text)


def html(found: Result, schemes: Sequence[str], theme: Theme, _: Translator) -> str:
    """Return the panel. All text in it is ours or a number; names of variables are letters only."""
    body = [_nodes(found, schemes, _)]
    if schemes:
        body += [_quotients(found, schemes, theme, _), f"<p>{escape(sentence(found, schemes[-1], _))}</p>"]
    body.append(_tangent(found, _))
    kind = "nd-panel nd-three" if len(schemes) > 2 else "nd-panel"
    return f'{STYLE}<div class="{kind}"><div class="nd-wrap">{"".join(body)}</div></div>'
