"""How the tables of these views look, and the cells that they share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import mpmath

from numdiff.evaluate.answer import Exact
from numdiff.precise import context, public
from pages.parts import numbers, panel, sentences
from pages.parts.i18n import Translator
from pages.parts.numbers import Real
from pages.parts.tables import digits

STYLE = f"""{panel.STYLE}<style>
.nd-panel.nd-wide {{ font-size: 1rem; }}
.nd-panel.nd-wide table {{ width: auto; }}
.nd-panel.nd-wide th, .nd-panel.nd-wide td {{ padding: 0.17rem 1.3rem 0.17rem 0; white-space: nowrap; }}
.nd-panel.nd-wide th[scope="row"], .nd-panel.nd-wide thead td {{ width: auto; opacity: 1; }}
.nd-panel.nd-wide thead th {{ border-bottom: 1px solid color-mix(in srgb, currentColor 35%, transparent);
  font-weight: 600; opacity: 0.85; }}
.nd-panel.nd-wide tr.nd-strong > * {{ border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  background: color-mix(in srgb, currentColor 6%, transparent); }}
.nd-panel .nd-right {{ font-weight: 700; }}
.nd-panel .nd-wrong {{ opacity: 0.62; }}
.nd-panel .nd-note {{ opacity: 0.8; margin-left: 0.5em; }}
.nd-panel.nd-wide .nd-sub th[scope="row"] {{ padding-left: 1rem; opacity: 0.8; }}
.nd-panel.nd-output {{ font-size: 1.15rem; padding: 0 0 0.3rem; }}
@media (max-width: 640px) {{
  .nd-panel.nd-wide {{ font-size: 0.8rem; }}
  .nd-panel.nd-wide th, .nd-panel.nd-wide td {{ padding-right: 0.8rem; overflow-wrap: normal; }}
  .nd-panel.nd-wide th:first-child, .nd-panel.nd-wide thead td {{ position: sticky; left: 0;
    background: var(--nd-paper); min-width: 7.5rem; max-width: 7.5rem; white-space: normal;
    word-break: keep-all; overflow-wrap: anywhere; z-index: 1; }}
  .nd-panel.nd-wide .nd-short th:first-child {{ min-width: 4.6rem; }}
}}
</style>"""

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
