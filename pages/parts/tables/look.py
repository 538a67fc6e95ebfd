"""How the tables of these views look, and the cells that they share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import mpmath

from numdiff.evaluate.answer import Exact
from numdiff.precise import context, public
from pages.parts import asset, numbers, panel, sentences
from pages.parts.i18n import Translator
from pages.parts.numbers import Real
from pages.parts.tables import digits

STYLE = panel.STYLE + asset.sheet(__file__, "look.css")

NONE = "–"


def sized(value: Real) -> str:
    """Return a number rounded to two digits, with a power of ten only where it is needed."""
    return numbers.significant(value, 2) if 1e-3 <= abs(value) < 1e4 else numbers.scientific(value, 2)


def approximate(value: float) -> str:
    """Return a rounded number after its sign: ``≈ 1.8·10⁻⁷``, ``= 0``."""
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞"
    return f"{sentences.relation(value)} {sized(value)}"


def deviation(value: float, exact: Exact) -> mpmath.mpf:
    """Return abs(value − f′(x)) in high precision; NaN where there is nothing to compare."""
    if exact.status != "ok" or not math.isfinite(value):
        return mpmath.mpf("nan")
    with context(bits=max(200, mpmath.mag(exact.value) + 200 if exact.value else 200)) as mp:
        return public(abs(mp.mpf(value) - exact.value))


def number_cell(value: Real, exact: Exact) -> str:
    """Return a computed number as HTML: all its digits, those that agree with the exact value bold."""
    if not numbers.is_finite(value):
        return NONE
    arrow = f'<span class="nd-relation">{panel.COMPUTED}</span>'
    if exact.status != "ok":
        return arrow + escape(numbers.full(value))
    return arrow + digits.html(value, exact.value)


def row(head: str, cells: Iterable[str], kind: str = "") -> str:
    """Return a row of a table; the head is text, the cells are HTML of ours."""
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr class="{kind}"><th scope="row">{escape(head)}</th>{body}</tr>'


def table(caption: str, heads: Sequence[str], rows: Iterable[str], kind: str = "") -> str:
    """Return a table that scrolls sideways where the screen is narrow; of kind "nd-short" if its row heads are."""
    top = f"<td>{escape(heads[0])}</td>" if not heads[0] else f'<th scope="col">{escape(heads[0])}</th>'
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads[1:])
    label = escape(caption, quote=True)
    return (
        f'<div class="nd-wrap {kind}" role="region" aria-label="{label}" tabindex="0"><table>'
        f"<thead><tr>{top}{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def panel_html(*parts: str) -> str:
    """Return a panel of tables and paragraphs."""
    return f'{STYLE}<div class="nd-panel nd-wide">{"".join(parts)}</div>'


def paragraph(text: str) -> str:
    """Return a sentence as a paragraph of a panel."""
    return f"<p>{escape(text)}</p>"


def exact_line(exact: Exact, x: str, _: Translator) -> str:
    """Return ``f′(2) = 66.501504890375852…`` as HTML, or nothing where there is no derivative."""
    if exact.status != "ok":
        return ""
    shown = numbers.exact_shown(exact.value, exact.radius)
    return f"<div>{escape(_('panel.exact', x=x))} {shown.relation} {escape(shown.text)}</div>"
