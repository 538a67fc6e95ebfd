"""Error against Δx: the V of every scheme, the reason for both of its arms, and the numbers behind it."""

from __future__ import annotations

from functools import partial
from typing import get_args

import streamlit as st

from numdiff.difference.schemes import SCHEMES, Step
from pages.explore.error import bugs, fields, formats, methods
from pages.explore.error import panel as errorpanel
from pages.explore.error import panel as errorwhy
from pages.explore.error import takehome as errors
from pages.explore.error.chart import Shown, draw_errors, draw_quotients
from pages.explore.error.data import Asked, Found, find
from pages.parts import choices, controls, shell, state, theme
from pages.parts.fields import DTYPES
from pages.parts.i18n import Translator
from pages.parts.sentences import short_name
from pages.parts.takehome.popover import download

HEIGHT = 372
"""Of the chart, in px: with the fields above, the first screen of a projector is full."""

VIEWS = {"methods": methods.draw, "precision": formats.draw, "bugs": bugs.draw}
"""The other views by id; only the chosen one computes."""


def _asked(given: controls.Controls) -> Asked:
    view = state.view(fields.View)
    schemes = view.curves or (view.focus,)
    kind: Step = next(kind for kind in get_args(Step) if kind == view.step)
    dtypes = view.dtypes or ("float64",)
    return Asked(given.function.text, given.x.value, given.dx.value, schemes, view.focus, dtypes, kind)


def _chart(_: Translator, found: Found) -> None:
    look, view = theme.current(), state.view(fields.View)
    if found.has_errors:
        figure = draw_errors(found, Shown(view.parts, view.model), look, _, height=HEIGHT)
    else:
        figure = draw_quotients(found, look, _, height=HEIGHT)
    alt = errorpanel.alt(found, _)
    st.plotly_chart(figure, config=dict(theme.CONFIG), key="errors", theme=None, alt=alt)


def _choices(_: Translator) -> None:
    view = choices.segments(_("field.view"), "view", fields.VIEWS, lambda name: _(f"view.{name}"))
    if view in VIEWS:
        return
    choices.many(_("field.dtypes"), "dtypes", DTYPES, lambda name: _(f"dtype.{name}"))
    choices.switch(_("field.parts"), "parts")
    choices.switch(_("field.model"), "model")


def _curves(_: Translator) -> tuple[str, ...]:
    """Draw the choice of schemes; one that is dropped cannot stay the one that is looked at closely."""
    chosen = choices.many(_("field.curves"), "curves", tuple(SCHEMES), partial(short_name, _))
    if chosen and state.view(fields.View).focus not in chosen:
        state.set_field("focus", chosen[-1])
    return chosen or tuple(SCHEMES)


def _focus(_: Translator, schemes: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="error_focus"):
        choices.one(_("field.focus"), "focus", schemes, lambda name: _(f"term.{name}"))
        choices.one(_("field.step"), "step", fields.STEP_KINDS, lambda kind: _(f"step.{kind}"))


def _lines(lines: list[str]) -> None:
    for line in lines:
        st.latex(line)


def _leading_table(_: Translator, found: Found) -> str:
    """Return the leading term of every scheme as a table; all of it is ours: names, LaTeX and numbers."""
    heads = [_(f"error.leading.{name}") for name in errorwhy.LEADING]
    rows = [
        [_(f"term.{name}"), f"${term}$" if term else "0", rf"$\approx {value}$" if value else "0", slope or "–"]
        for name, term, value, slope in errorwhy.leading_rows(found)
    ]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [heads, ["---"] * 4, *rows])


def _why_right(_: Translator, found: Found) -> None:
    given = errorpanel.words(found, _)
    st.markdown(_("error.why.right.expand"))
    st.latex(errorwhy.expansion_latex())
    terms = errorwhy.term_lines(found)
    if not terms:
        st.markdown(_("error.why.right.no_expansion"))
        return
    st.markdown(_("error.why.right.quotient", **given))
    st.latex(errorwhy.quotient_expansion_latex(found))
    st.markdown(_("error.why.right.slope", **given))
    st.markdown(_leading_table(_, found))
    st.markdown(_("error.why.right.numbers", **given))
    _lines(terms)
    st.markdown(_("error.why.right.measured", **given))


def _why_left(_: Translator, found: Found) -> None:
    given = errorpanel.words(found, _)
    lines = errorwhy.roundoff_lines(found)
    st.markdown(_("error.why.left.none" if not lines else "error.why.left.explain", **given))
    _lines(lines)
    if lines:
        st.markdown(_("error.why.left.measured", **given))


def _why_optimum(_: Translator, found: Found) -> None:
    given = errorpanel.words(found, _)
    lines = errorwhy.optimum_lines(found)
    st.markdown(_("error.why.optimum.explain" if lines else "error.why.optimum.none", **given))
    _lines(lines)
    if lines:
        st.markdown(_("error.why.optimum.measured", **given))


def _numbers(_: Translator, found: Found) -> None:
    st.markdown(_("error.table.explain", **errorpanel.words(found, _)))
    st.dataframe(errorpanel.table(found, _), hide_index=True, height=320, key="error_table")
    download(_("error.csv"), errorpanel.csv_text(found), "numdiff-error.csv", "text/csv", "error_csv")


def _unfolded(_: Translator, found: Found) -> None:
    """Draw what is folded away; what is closed costs nothing."""
    sections = zip(errorwhy.FOLDS, (_why_right, _why_left, _why_optimum, _numbers), strict=True)
    for name, draw in sections:
        if name != "table" and not found.has_errors:
            continue
        fold = st.expander(_(f"error.fold.{name}"), key=f"error_fold_{name}", on_change="rerun")
        if fold.open:
            with fold:
                draw(_, found)


@st.fragment
def page() -> None:
    """Draw the page; whatever is typed or moved redraws this fragment only."""
    _ = shell.messages_of_session()
    given = controls.explorer(_, lambda: _choices(_), home=errors.package)
    view = state.view(fields.View).view
    if view in VIEWS:
        VIEWS[view](given, _)
    else:
        _curve(_, given)


def _curve(_: Translator, given: controls.Controls) -> None:
    chart_place, words_place = st.columns([9, 5], gap="medium")
    with chart_place:
        schemes = _curves(_)
    with words_place:
        _focus(_, schemes)
    found = find(_asked(given))
    suffix = "_stale" if given.stale else ""
    with chart_place, st.container(key=f"picture{suffix}"):
        _chart(_, found)
    with words_place, st.container(key=f"numbers{suffix}"):
        st.html(errorpanel.html(found, _))
    _unfolded(_, found)


state.enter("error")
page()
