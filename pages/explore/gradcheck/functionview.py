"""The check of a function that was typed: the table, the effect of Δx, and the graph with the edge that is wrong."""

from __future__ import annotations

import streamlit as st

from numdiff.gradient.check.check import GradCheck
from numdiff.graph.build import Graph
from numdiff.graph.build import graph as graph_of
from numdiff.printing.text import to_text
from pages.explore.gradcheck import cached, choosing, code, question, sweepchart, tables
from pages.explore.gradcheck import takehome as home
from pages.explore.gradcheck.cached import Broken
from pages.explore.gradcheck.question import Asked, ask
from pages.parts import controls, theme
from pages.parts import graph as drawing
from pages.parts.controls import Controls, Example
from pages.parts.i18n import Translator

EXAMPLES = (
    Example("3x ln y + y e^(x^2) + 5", "1", (("y", "2"),)),
    Example("2x + 3xy + y^3", "1", (("y", "1"),)),
    Example("xy + 3e^-x + y^2", "1", (("y", "2"),)),
    Example("sin(xy) + x^2", "1", (("y", "2"),)),
    Example("σ(w_1 x_1 + w_2 x_2 + b)", "0.5", (("x_1", "1"), ("w_2", "-1"), ("x_2", "2"), ("b", "0.5"))),
    Example("(tanh(w x + b) - y)^2/2", "0.5", (("x", "2"), ("b", "-0.3"), ("y", "1"))),
    Example("softplus(-y(w x + b))", "0.5", (("w", "1.5"), ("x", "2"), ("b", "-1"))),
    Example("-y ln(σ(x)) - (1 - y) ln(1 - σ(x))", "0.5", (("y", "1"),), "x"),
    Example("-y ln(softmax(x, z)) - (1 - y) ln(1 - softmax(x, z))", "0.5", (("y", "1"), ("z", "-0.5")), "x"),
    Example("relu(w x + b)", "0.5", (("x", "2"), ("b", "-1.00001"))),
    Example("|x - y| + xy", "1", (("y", "1.00005"),)),
    Example("1/(x - y)", "1", (("y", "0.5"),)),
    Example("√(x^2 + y^2)", "3", (("y", "4"),)),
    Example("x^3", "2"),
)


GRAPH = "gradcheck_graph"


def part_with(graph: Graph, part: Graph, broken: Broken) -> Graph:
    """Return a part of a graph with the edge that is broken in the whole, if the part has it."""
    if broken is None:
        return part
    (target, position), factor = broken
    tree = graph.node(target).tree
    same = next((node.id for node in part.nodes if node.tree == tree), None)
    if same is None or same not in {edge.target for edge in part.edges}:
        return part
    return graph_of(part.function, part.at, broken={(same, position): factor})


def _readable(graph: Graph, broken: Broken, _: Translator) -> Graph:
    if not drawing.too_large(graph):
        return graph
    if broken is not None:
        part = graph.part(broken[0][0])
        if not drawing.too_large(part):
            st.caption(_("gradcheck.graph.part", tree=to_text(part.function.tree)))
            return part_with(graph, part, broken)
    return part_with(graph, drawing.readable(_, graph, key=GRAPH), broken)


def _draw_graph(graph: Graph, broken: Broken, _: Translator) -> None:
    """Draw the graph; the node behind the broken edge is looked at."""
    shown = _readable(graph, broken, _)
    wrong = next((edge for edge in shown.edges if edge.factor != 1.0), None)
    if wrong is not None:
        st.caption(_("gradcheck.graph.broken"))
    drawing.draw(_, shown, key=GRAPH, selected=wrong.target if wrong else None)


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
    check = cached.check(asked.text, asked.at, asked.dx, asked.dtype, asked.scheme, asked.broken)
    sweeps = cached.sweeps(asked.text, asked.at, asked.scheme, asked.broken)
    suffix, look = "_stale" if given.stale else "", theme.current()
    left, right = st.columns([8, 5], gap="medium")
    with left, st.container(key=f"numbers{suffix}"):
        st.html(tables.check_html(check, asked.broken, look, _))
    with right, st.container(key=f"picture{suffix}"):
        figure = sweepchart.draw(sweeps, check, look, _, height=HEIGHT)
        alt = _("gradcheck.chart.alt", best=tables.best(sweeps[asked.dtype], asked.broken, _))
        st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_chart", theme=None, alt=alt)
        st.html(tables.below_chart(check, sweeps[asked.dtype], asked.broken, look, _))
    with left:
        _graph(check, asked.broken, _)
    _unfolded(check, asked, _)


def _graph(check: GradCheck, broken: Broken, _: Translator) -> None:
    if check.graph is None:
        return
    st.subheader(_("gradcheck.graph"), anchor=False)
    _draw_graph(check.graph, broken, _)


def _unfolded(check: GradCheck, asked: Asked, _: Translator) -> None:
    """Draw what is folded away; what is closed costs nothing."""
    for name in FOLDS:
        fold = st.expander(_(f"gradcheck.{name}"), key=f"gradcheck_fold_{name}", on_change="rerun")
        if not fold.open:
            continue
        with fold:
            if name == "edges":
                st.html(tables.edges_html(check, theme.current(), _))
            else:
                code.of_function(asked.text, asked.at, asked.dx, asked.scheme, _)
