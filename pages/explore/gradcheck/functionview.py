"""The check of a function that was typed: the table, the effect of Δx, and the graph with the edge that is wrong."""

from __future__ import annotations

import streamlit as st

from numdiff.gradient.check.check import GradCheck
from pages.explore.gradcheck import checktable, choosing, code, edgetable, graphpart, knowledge, question, sweepchart
from pages.explore.gradcheck import takehome as home
from pages.explore.gradcheck.examples import EXAMPLES
from pages.explore.gradcheck.knowledge import Broken
from pages.explore.gradcheck.question import Asked, ask
from pages.parts import controls, theme
from pages.parts.controls import Controls
from pages.parts.i18n import Translator

HEIGHT = 350
"""Of the chart, in px."""
FOLDS = ("edges", "code")
"""What is folded away, by id."""


def _fields(_: Translator) -> Controls:
    """Draw the choices above the fields; which rules there are to break is known once the function has been read."""
    above = st.container(key="gradcheck_top", horizontal=True, vertical_alignment="center", gap="small")
    given = controls.explorer(_, lambda: choosing.present(_), moves=False, examples=EXAMPLES, home=home.package)
    with above:
        choosing.view(_)
        choosing.precision(_)
        choosing.quotient(_)
        question.choose(_)
    return given


def draw(_: Translator) -> None:
    """Draw the view."""
    given = _fields(_)
    if not given.whole.variables:
        st.markdown(_("gradcheck.constant"))
        return
    asked = ask(given)
    check = knowledge.check(asked.text, asked.at, asked.dx, asked.dtype, asked.scheme, asked.broken)
    sweeps = knowledge.sweeps(asked.text, asked.at, asked.scheme, asked.broken)
    suffix, look = "_stale" if given.stale else "", theme.current()
    left, right = st.columns([8, 5], gap="medium")
    with left, st.container(key=f"numbers{suffix}"):
        st.html(checktable.html(check, asked.broken, look, _))
    with right, st.container(key=f"picture{suffix}"):
        figure = sweepchart.draw(sweeps, check, look, _, height=HEIGHT)
        alt = _("gradcheck.chart.alt", best=checktable.best(sweeps[asked.dtype], asked.broken, _))
        st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_chart", theme=None, alt=alt)
        st.html(checktable.below_chart(check, sweeps[asked.dtype], asked.broken, look, _))
    with left:
        _graph(check, asked.broken, _)
    _unfolded(check, asked, _)


def _graph(check: GradCheck, broken: Broken, _: Translator) -> None:
    if check.graph is None:
        return
    st.subheader(_("gradcheck.graph"), anchor=False)
    graphpart.draw(check.graph, broken, _)


def _unfolded(check: GradCheck, asked: Asked, _: Translator) -> None:
    """Draw what is folded away; what is closed costs nothing."""
    for name in FOLDS:
        fold = st.expander(_(f"gradcheck.{name}"), key=f"gradcheck_fold_{name}", on_change="rerun")
        if not fold.open:
            continue
        with fold:
            if name == "edges":
                st.html(edgetable.html(check, theme.current(), _))
            else:
                code.of_function(asked.text, asked.at, asked.dx, asked.scheme, _)
