"""f′ as a polynomial in f: what holds, its proof line by line, and both sides drawn over one another."""

from __future__ import annotations

import streamlit as st

from numdiff.derivation.relation.ask import Relation
from numdiff.derivation.relation.proof import side_latex
from numdiff.printing.text import to_text
from pages.learn.lessons.entry import Asked
from pages.parts import state, theme
from pages.parts.derivation import cached
from pages.parts.derivation.lane import BusyError
from pages.parts.derivation.overlay import overlay
from pages.parts.entries import variable_of
from pages.parts.figures.secant import slope_figure
from pages.parts.i18n import Translator

HEIGHT = 300
"""Of the picture, in px."""
LARGE = 20
"""Size of the picture's words for a projector, in px."""
_LONGEST = 24
"""Letters of a name at a curve's end."""


def relation(given: Asked) -> Relation | None:
    """Return how f′ depends on f; None while too many ask for hard things at once."""
    try:
        return cached.relation(given.function.text, variable_of(given.function))
    except BusyError:
        return None


def statement_latex(found: Relation) -> str:
    """Return the equation that holds, ``f' = f(1 - f) = f - f²``; "" if there is none."""
    sides = [side_latex(side) for side in found.note.sides]
    if found.factored is not None and found.polynomial is not None and found.factored != found.polynomial.tree:
        sides.insert(1, side_latex(found.factored))
    return " = ".join(sides)


def draw_statement(found: Relation, _: Translator) -> None:
    """Say what holds, and that nothing does where that is proved, or not known."""
    note = found.note
    code = note.code if note.code != "none_found" or note.params.get("degree") else "none"
    st.markdown(_(f"chain.proof.note.{code}", **note.params))
    if note.sides:
        st.latex(statement_latex(found), width="content")
    if note.excluded and note.code != "independent":
        st.markdown(_("chain.proof.excluded"))


def draw_proof(found: Relation, _: Translator) -> None:
    """Write the proof, a line with its reason below the other; nothing where there is none."""
    for place, step in enumerate(found.proof, start=1):
        st.markdown(f"**{place}**  {_(f'chain.proof.{step.code}')}")
        st.latex(step.latex, width="content")


def draw_picture(given: Asked, found: Relation, _: Translator) -> None:
    """Draw both sides over one another."""
    name, text = variable_of(given.function), given.function.text
    seen = overlay(text, text, name, ((name, given.x.value),), given.dx.value)
    if seen is None:
        return
    left, right = (to_text(side).replace("'", "′") for side in found.note.sides)
    labels = {"exact": left, "numerical": right if len(right) <= _LONGEST else "P(f)"}
    figure = slope_figure(
        seen.left, seen.right, seen.window, seen.point, labels=labels, theme=theme.current(), height=HEIGHT
    )
    if state.view().present:
        figure.update_layout(font={"size": LARGE})
        figure.for_each_annotation(lambda label: label.update(font={"size": LARGE}))
    figure.data[0].update(opacity=0.4, line={"width": 8})  # so that the dashes on top of it are seen
    alt = _("chain.proof.alt", left=labels["exact"], right=labels["numerical"], variable=name)
    st.plotly_chart(figure, config=dict(theme.CONFIG), key="lesson_overlay", theme=None, alt=alt)


def holds(given: Asked) -> bool:
    """Return whether every line of the proof passed its check by numbers."""
    return bool(cached.verified_relation(given.function.text, variable_of(given.function)))
