"""The function taken apart: outer and inner functions by name, the lecture's stages, and the factors in numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.chain.values import ChainValues
from numdiff.derivation.steps import Derivative, Style
from numdiff.evaluate.floats import evaluate
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.printing.text import to_typed
from numdiff.tree import Variable
from pages.explore.chain.question import Asked
from pages.parts import numbers, panel, sentences, state, theme
from pages.parts.derivation import cached, lines, words
from pages.parts.derivation.lines import Failed
from pages.parts.entries import function_of, shown_name
from pages.parts.fields import Composition
from pages.parts.i18n import Translator
from pages.parts.results import Result, result
from pages.parts.substitution import ARROW
from pages.parts.tables import digits, look

CENTRAL = ("central",)

_UNDECIDED = ("overflow", "undecidable")
"""Kinds of points that may have a derivative all the same."""


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
    return f"${ARROW} {numbers.full_latex(value)}$" if math.isfinite(value) else _("chain.no_value")


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
    return tuple(f"{{{named.latex()} {ARROW} {numbers.full_latex(value)}}}" for named, value in found)


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
    why = look.paragraph(sentences.of_point(found.point, found.step("central"), _)) if found.point.kind else ""
    return look.panel_html(f'<div class="nd-wrap">{table}</div>', why)


def _relation(sign: str, text: str) -> str:
    return f'<span class="nd-relation">{sign}</span>{text}'


def _difference(exact: Fraction) -> str:
    """Return an exact difference of two floats: 0 after "=", else rounded after "≈"."""
    return _relation(sentences.relation(float(exact), exact, 3), panel.short(float(exact)) if exact else "0")


AUTO = ""
WIDTHS = [11, 10]
"""Of the two columns: formulas, numbers."""
WIDEST = 50
"""Characters of a formula that has room in the left column; wider ones get the whole page, and the numbers go below."""


def _take_inner() -> None:
    state.change(inner=state.get("chain_inner") or AUTO)


def choose_inner(of: Chain, _: Translator) -> None:
    """Offer other inner functions, if there is a choice."""
    options = {AUTO: _("chain.inner.auto")} | {to_typed(node): f"${to_latex(node)}$" for node in of.choices}
    if len(options) < 3:
        return
    wanted = state.view(Composition).inner
    chosen = to_typed(function_of(wanted).tree) if wanted else AUTO
    chosen = chosen if chosen in options else AUTO
    state.put("chain_inner", chosen)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chain_inner_row"):
        st.markdown(_("chain.field.inner"), width="content")
        st.segmented_control(
            _("chain.field.inner"),
            list(options),
            default=chosen,
            required=True,
            format_func=partial(dict.__getitem__, options),
            key="chain_inner",
            on_change=_take_inner,
            label_visibility="collapsed",
            width="content",
        )


def parts_latex(of: Chain) -> str:
    """Return ``f = e^t, t = 3x²``."""
    left = latex_name(of.symbol) if of.symbol is not None else to_latex(of.function.tree)
    return r",\quad ".join([f"{left} = {to_latex(of.outer)}", *(named.latex() for named in of.names)])


def stages_latex(of: Chain, style: Style, failed: Collection[int] = ()) -> str:
    """Return the stages as one block, aligned at their "="; those that failed in the colour of trouble."""
    color = theme.current()["trouble"].color
    rows = lines.lines_latex([stage.latex(style) for stage in of.stages], failed=failed, color=color)
    return lines.block([f"{of.head(style)} {rows[0]}", *rows[1:]]) if rows else ""


def _cancelled(of: Chain, style: Style) -> tuple[str, ...]:
    sign = {"partial": r"\partial", "total": "d"}[style]
    return tuple(f"${sign} {latex_name(factor.bottom)}$" for factor in of.paths[0][:-1])


def _note(of: Chain, style: Style, _: Translator) -> str:
    if of.kind == "chain" and len(of.paths[0]) > 1:
        top = Variable(of.symbol or of.function.name)
        head = f"${Derivative(top, of.variable).latex(style)}$"
        return _("chain.cancel.note", names=_cancelled(of, style), head=head)
    if of.kind == "paths":
        return _("chain.paths.note", variable=f"${latex_name(of.variable)}$")
    return ""


def _composition(of: Chain, style: Style, failed: Collection[int]) -> None:
    st.markdown(lines.display(parts_latex(of)))
    st.markdown(lines.display(stages_latex(of, style, failed)))


def is_wide(of: Chain, style: Style) -> bool:
    """Return True if the formulas of a composition need the width of the page."""
    rows = (parts_latex(of), of.head(style), *(stage.latex(style) for stage in of.stages))
    return max(map(lines.width, rows)) > WIDEST


def _places(*, wide: bool) -> Sequence[DeltaGenerator]:
    """Return the places of the formulas, the factors and the comparison with the central difference."""
    if wide:
        return (st.container(gap=None), *st.columns(2, gap="medium"))
    left, right = st.columns(WIDTHS, gap="medium")
    return left, right.container(gap=None), right.container(gap=None)


def _factors(of: Chain, asked: Asked, place: int, _: Translator) -> None:
    """Draw the factors of one composition in numbers."""
    shown = of.values({name: asked.point[name] for name in of.function.variables})
    if shown.paths:
        with st.container(key=f"chain_factors_{place}"):
            st.markdown(table(of, shown, asked, _))
            if inner := inner_latex(of, shown):
                st.markdown(" &emsp; ".join(f"${latex}$" for latex in inner))


def _comparison(of: Chain | None, asked: Asked, _: Translator) -> None:
    if of is None:
        value = float(evaluate(cached.derivation(asked.text, asked.variable).result.tree, asked.point))
        kind = ".value"
    else:
        values = of.values(asked.point)
        value, kind = values.total, "" if len(values.paths) == 1 else ".sum" if values.paths else ".value"
    st.html(comparison_html(compare(asked, value), asked, _, kind=kind))


def _why_none(of: Chain, asked: Asked) -> str:
    """Return why there is no composition; what is rewritten first, such as x^x, is one only afterwards."""
    rules = {step.rule for step in cached.derivation(asked.text, asked.variable).steps}
    return "rewritten" if "power_exponent" in rules and of.reason != "variable_remains" else of.reason


def _heading(asked: Asked, _: Translator) -> None:
    st.subheader(_("chain.apart"), anchor=False)
    others = tuple(shown_name(name) for name in asked.function.variables if name != asked.variable)
    if others:
        st.caption(_("chain.constants", variable=shown_name(asked.variable), names=others))


def _side_by_side(of: Chain | None, asked: Asked, failed: Failed, _: Translator) -> None:
    """Draw one composition, or why there is none, beside its numbers."""
    formulas, numbers, comparison = _places(wide=of is not None and of.kind != "none" and is_wide(of, asked.sign))
    with formulas:
        _heading(asked, _)
        if of is None:
            st.markdown(_("chain.too_large"))
        elif of.kind == "none":
            st.markdown(_(f"chain.none.{_why_none(of, asked)}", variable=shown_name(asked.variable)))
            if len(shown := of.latex(asked.sign)) <= lines.LONGEST:
                st.markdown(lines.display(shown))
        else:
            choose_inner(of, _)
            _composition(of, asked.sign, failed.of("stages"))
            st.caption(_note(of, asked.sign, _))
    with numbers:
        st.subheader(_("chain.numbers"), anchor=False)
        if of is not None:
            _factors(of, asked, 0, _)
    with comparison:
        _comparison(of, asked, _)


def _in_parts(of: Chain, asked: Asked, failed: Failed, _: Translator) -> None:
    """Draw the rule that comes first, then each part beside its factors; what cancelling is worth is said once."""
    _heading(asked, _)
    choose_inner(of, _)
    st.markdown(_("chain.parts.note", rule=words.name(of.rule, _)))
    st.markdown(lines.display(stages_latex(of, asked.sign, failed.of("stages"))))
    for place, part in enumerate(of.parts):
        formulas, numbers, comparison = _places(wide=is_wide(part, asked.sign))
        with formulas:
            st.markdown(f"**{_('chain.part')}**")
            _composition(part, asked.sign, failed.of(f"parts[{place}].stages"))
            if part.kind not in {other.kind for other in of.parts[:place]}:
                st.caption(_note(part, asked.sign, _))
        with numbers:
            if place == 0:
                st.subheader(_("chain.numbers"), anchor=False)
            _factors(part, asked, place, _)
        if place == 0:
            with comparison:
                _comparison(of, asked, _)


def draw(asked: Asked, _: Translator) -> None:
    """Draw the function taken apart at the left, and its numbers at the right."""
    inner = state.view(Composition).inner
    of = cached.composition(asked.text, asked.variable, inner)
    checks = cached.verified_composition(asked.text, asked.variable, inner, tuple(asked.point.items()))
    failed = lines.failed_lines(checks) if checks is not None else Failed({})
    if of is not None and of.parts:
        _in_parts(of, asked, failed, _)
    else:
        _side_by_side(of, asked, failed, _)
    if failed.checks:
        st.error(_("chain.failed.chain", count=len(failed.checks)))
    if checks is not None and checks.points and checks.void:
        st.caption(_("chain.void", count=len(checks.void)))
