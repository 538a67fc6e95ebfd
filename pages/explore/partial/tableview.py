"""The view of the table: every partial derivative with its formula, exactly, numerically, and the error."""

from __future__ import annotations

import math

import streamlit as st

from pages.parts import numbers
from pages.parts.derivation import knowledge as derivations
from pages.parts.i18n import Translator
from pages.parts.surface import letters, panel, shared, slopes
from pages.parts.surface.asked import Asked
from pages.parts.surface.slopes import Slope

_NOTHING = "–"
"""In a cell of what there is not."""

LONGEST = 240
"""Characters of LaTeX of a formula in a cell; a longer one is left to the derivation."""


def _formula(asked: Asked, name: str) -> str:
    found = derivations.derivation(asked.text, name)
    if found.nowhere:
        return _NOTHING
    latex = found.result.latex()
    return "…" if len(latex) > LONGEST else f"${latex}$"


def _exact(item: Slope, _: Translator) -> str:
    if item.exact.status != "ok":
        return _("partial.none")
    shown = numbers.exact_shown(item.exact.value, item.exact.radius)
    return f"{shown.relation} {shown.text}"


def table(asked: Asked, _: Translator) -> str:
    """Return the partial derivatives as a Markdown table; all of it is ours: names, LaTeX and numbers."""
    dx = numbers.step(asked.given.dx.value)
    heads = ["", _("term.exact"), _("partial.central", dx=dx), _("term.error"), _("partial.by")]
    rows = [heads, ["---"] * len(heads)]
    for name in asked.declared:
        item = slopes.partial(asked, name)
        estimate = f"→ {numbers.full(item.estimate)}" if math.isfinite(item.estimate) else _NOTHING
        sign = letters.sign(asked.function, name).replace(r"\frac", r"\dfrac", 1)
        rows.append([f"${sign}$", _exact(item, _), estimate, panel.error_cell(item), _formula(asked, name)])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    left, right = st.columns([7, 6], gap="medium")
    with left:
        with st.container(key="partial_table"):
            st.markdown(table(asked, _))
        for name in asked.declared:
            missing = panel.missing_sentence(asked, name, slopes.partial(asked, name).exact, _)
            if missing:
                st.caption(missing)
        st.caption(_("partial.table.explain"))
    with right:
        shared.draw_canvas(asked)
