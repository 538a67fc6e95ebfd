"""The chain in numbers: every factor at the learner's point, their product, f′, and the central difference."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.chain.values import ChainValues
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from pages.explore.chain.asked import Asked
from pages.parts import numbers, panel, said
from pages.parts.derivation import lines
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator
from pages.parts.results import Result, result
from pages.parts.tables import digits, look

CENTRAL = ("central",)

_UNDECIDED = ("overflow", "undecidable")
"""Kinds of points that may have a derivative all the same."""

_COMPUTED = r"\xrightarrow{\text{float64}}"


@dataclass(frozen=True)
class Compared:
    """f′ at the point, found in three ways.

    Attributes
    ----------
    product : float
        By the factors, or by the derivative's formula, in float64.
    found : Result
        The exact value, and the central difference with its error.
    """

    product: float
    found: Result


def compare(asked: Asked, product: float) -> Compared:
    """Return the numbers beside the product."""
    given = asked.given
    return Compared(product, result(given.function.text, given.x.value, given.dx.value, CENTRAL))


def _value(value: float, _: Translator) -> str:
    return f"${_COMPUTED} {numbers.full_latex(value)}$" if math.isfinite(value) else _("chain.no_value")


def point_latex(asked: Asked, of: Chain) -> str:
    """Return the point as ``x = 0.5, t = 0.75``: typed values after "=", computed ones after "≈"."""
    return ",\\; ".join(
        f"{latex_name(name)} = {quantity.latex}"
        for name, quantity in asked.given.at.items()
        if name in of.function.variables or not of.function.variables
    )


def inner_latex(of: Chain, values: ChainValues) -> tuple[str, ...]:
    """Return the inner functions with their values, the innermost first; none if one of them has no value."""
    found = [(named, values.at[named.name]) for named in reversed(of.names)]
    if not all(math.isfinite(value) for _named, value in found):
        return ()
    return tuple(f"{{{named.latex()} {_COMPUTED} {numbers.full_latex(value)}}}" for named, value in found)


def table(of: Chain, values: ChainValues, asked: Asked, _: Translator) -> str:
    """Return the factors as a Markdown table: symbol, derivative, number; all of it is ours."""
    heads = [_("chain.factor"), _("chain.factor.is"), _("chain.factor.value", point=f"${point_latex(asked, of)}$")]
    rows = [heads, ["---"] * 3]
    seen: set[object] = set()
    for path in values.paths:
        for item in path.factors:
            if item.factor not in seen:
                seen.add(item.factor)
                rows.append(_row(item.factor.latex(asked.sign), to_latex(item.factor.local), item.value, _))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def _row(symbol: str, local: str, value: float, _: Translator) -> list[str]:
    return [lines.inline(symbol), lines.inline(local), _value(value, _)]


def has_no_derivative(found: Result) -> bool:
    """Return True if it is known that there is no derivative at the point, whatever the formulas give there."""
    return bool(found.point.kind) and found.point.kind not in _UNDECIDED


def comparison_html(compared: Compared, asked: Asked, _: Translator, *, kind: str) -> str:
    """Return the product, f′ and the central difference as a table with their differences, or why there is no f′."""
    found, estimate = compared.found, compared.found.estimate("central")
    exact = numbers.exact_shown(found.exact.value, found.exact.radius) if found.has_derivative else None
    product = math.nan if has_no_derivative(found) else compared.product

    def cell(value: float) -> str:
        if not math.isfinite(value):
            return _("chain.no_value")
        arrow = f'<span class="nd-relation">{panel.COMPUTED}</span>'
        return arrow + (digits.html(value, found.exact.value) if exact else numbers.full(value))

    name, dx = shown_name(asked.variable), numbers.step(asked.given.dx.value)
    rows = [look.row(_(f"chain.product{kind}"), [cell(product)], "nd-strong")]
    if exact:
        rows.append(look.row(_("chain.exact"), [_relation(exact.relation, exact.text)]))
    rows.append(look.row(_("chain.central", variable=name, dx=dx), [cell(estimate)], "nd-strong"))
    if math.isfinite(product) and math.isfinite(estimate):
        rows.append(look.row(_(f"chain.gap{kind}"), [_difference(Fraction(estimate) - Fraction(product))]))
    if exact:
        known = found.known("central").get("errors")
        rows.append(look.row(_("chain.central.error"), [panel.rounded(found.parts("central").errors, known)]))
    table = f"<table><tbody>{''.join(rows)}</tbody></table>"
    why = look.paragraph(said.of_point(found.point, found.step("central"), _)) if found.point.kind else ""
    return look.panel_html(f'<div class="nd-wrap">{table}</div>', why)


def _relation(sign: str, text: str) -> str:
    return f'<span class="nd-relation">{sign}</span>{text}'


def _difference(exact: Fraction) -> str:
    """Return an exact difference of two floats: 0 after "=", else rounded after "≈"."""
    return _relation(said.relation(float(exact), exact, 3), panel.short(float(exact)) if exact else "0")
