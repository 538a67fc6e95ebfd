"""The view of f′ in terms of f: what holds, its proof line by line, and both sides drawn over one another."""

from __future__ import annotations

import streamlit as st

from numdiff.algebra.client import algebra
from numdiff.derivation.relation.ask import Relation
from numdiff.derivation.relation.proof import side_latex
from numdiff.printing.text import to_text
from pages.explore.chain.question import Asked, is_missing
from pages.parts import theme
from pages.parts.derivation import cached, lines, words
from pages.parts.derivation.lines import Failed, failed_lines
from pages.parts.derivation.overlay import overlay
from pages.parts.entries import formula_latex, shown_name
from pages.parts.figures.secant import slope_figure
from pages.parts.i18n import Translator

HEIGHT = 380
"""Of the picture, in px."""
_LONGEST = 24
"""Letters of a label at a curve's end."""


def _statement(of: Relation, failed: Failed, _: Translator) -> None:
    note = of.note
    code = note.code if note.code != "none_found" or note.params.get("degree") else "none"
    st.markdown(_(f"chain.proof.note.{code}", **note.params))
    if note.sides:
        sides = [side_latex(side) for side in note.sides]
        if of.factored is not None and of.polynomial is not None and of.factored != of.polynomial.tree:
            sides.insert(1, side_latex(of.factored))
        rows = lines.lines_latex(sides[1:], failed=failed.of("note"), color=theme.current()["trouble"].color)
        with st.container(key="chain_relation"):
            st.markdown(lines.display(f"{sides[0]} {' '.join(row.replace('&', '', 1) for row in rows)}"))
    if note.excluded and note.code != "independent":
        st.markdown(_("chain.proof.excluded"))
    if note.conditions:
        st.caption(words.conditions(note.conditions, _))


def _slope(asked: Asked) -> None:
    """Draw f′, so that what is said of it can be seen."""
    shown = lines.result_latex(cached.derivation(asked.text, asked.variable), asked.sign)
    if len(shown) <= lines.LONGEST:
        st.markdown(lines.display(shown))


def _proof(of: Relation, failed: Failed, _: Translator) -> None:
    if not of.proof:
        return
    st.subheader(_("chain.proof.title"), anchor=False)
    color = theme.current()["trouble"].color
    for place, step in enumerate(of.proof):
        is_red = place in failed.of("proof")
        formula = rf"\textcolor{{{color}}}{{{step.latex}}}" if is_red else step.latex
        with st.container(key=f"chain_{'failed' if is_red else 'step'}_{place}", gap=None):
            st.markdown(f"**{place + 1}**  {_(f'chain.proof.{step.code}')}\n\n{lines.display(formula)}")
            if is_red:
                st.error(_("chain.proof.failed", reason=words.failure(failed.checks["proof", place], _)))


def _labels(of: Relation) -> dict[str, str]:
    """Return the words at the curves' ends: both sides, or only which is which where they are long."""
    left, right = (to_text(side).replace("'", "′") for side in of.note.sides)
    return {"exact": left, "numerical": right if len(right) <= _LONGEST else "P(f)"}


def _picture(of: Relation, asked: Asked, _: Translator) -> None:
    given = asked.given
    seen = overlay(asked.text, given.function.text, asked.variable, asked.at, given.dx.value)
    if seen is None:
        return
    labels = _labels(of)
    figure = slope_figure(
        seen.left, seen.right, seen.window, seen.point, labels=labels, theme=theme.current(), height=HEIGHT
    )
    figure.data[0].update(opacity=0.4, line={"width": 8})  # so that the dashes on top of it are seen
    alt = _("chain.proof.alt", left=labels["exact"], right=labels["numerical"], variable=shown_name(asked.variable))
    st.plotly_chart(figure, config=dict(theme.CONFIG), key="chain_overlay", theme=None, alt=alt)
    st.caption(_("chain.proof.picture", variable=shown_name(asked.variable)))


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view. BusyError if too many ask at once."""
    if is_missing(asked, _):
        return
    of = cached.relation(asked.text, asked.variable)
    checks = cached.verified_relation(asked.text, asked.variable)
    failed = failed_lines(checks)
    left, right = st.columns([11, 10], gap="medium")
    with left:
        st.subheader(_("chain.proof"), anchor=False)
        if not of.proof:
            st.markdown(lines.display(formula_latex(asked.function)))
            _slope(asked)
        _statement(of, failed, _)
        _proof(of, failed, _)
        if checks.checks and checks.points and checks:
            st.caption(f":material/check: {_('chain.checked', count=len(checks.checks), points=checks.points)}")
        if of.note.code in {"checked", "none_found"} and algebra().availability == "unavailable":
            st.caption(_("chain.waiting"))
    with right:
        _picture(of, asked, _)
