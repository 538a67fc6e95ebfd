"""The check of a network: its picture, the derivatives by every weight, what they cost and what they are good for."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from numdiff.graph.build import graph as graph_of
from numdiff.network.graph import network_function
from numdiff.network.model import Activation, Loss
from pages.explore.gradcheck import choosing, code, fields, knowledge, netpicture, nettable, priceview
from pages.explore.gradcheck import takehome_network as home
from pages.explore.gradcheck.fields import View
from pages.explore.gradcheck.knowledge import Shape
from pages.parts import graph as drawing
from pages.parts import state, theme
from pages.parts.i18n import Translator

HEIGHT = 380
"""Of the picture, in px."""
FOLDS = ("net.graph", "code")
"""What is folded away, by id."""


def _shape() -> Shape:
    """Return the network that the view asks for."""
    view = state.view(View)
    activation: Activation = next(name for name in get_args(Activation) if name == view.activation)
    loss: Loss = next(name for name in get_args(Loss) if name == view.loss)
    return (view.hidden, activation, loss, view.seed)


def draw(_: Translator) -> None:
    """Draw the view."""
    with st.container(key="gradcheck_top", horizontal=True, vertical_alignment="center", gap="small"):
        choosing.view(_)
        choosing.network(_)
        choosing.quotient(_)
    view, shape, look = state.view(View), _shape(), theme.current()
    net, dx = knowledge.network(shape), 10.0**-view.tenths
    formula_place = st.container(
        key="gradcheck_formula", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    with formula_place:
        st.latex(netpicture.formulas(net), width="content")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            choosing.present(_)
            choosing.link(_, lambda: home.package(_, shape, dx, view.quotient))
    left, right = st.columns([4, 5], gap="medium")
    with left:
        choosing.segments(_, "point", tuple(range(fields.DATA[1] + 1)), netpicture.point_name)
        figure = netpicture.figure(net, view.point, look, _, height=HEIGHT)
        alt = netpicture.alt(net, view.point, _)
        with st.container(key="gradcheck_picture"):
            st.plotly_chart(figure, config=dict(theme.CONFIG), key="gradcheck_network", theme=None, alt=alt)
        st.caption(_("gradcheck.net.legend"))
    with right:
        checks = knowledge.weights(shape, dx, view.quotient)
        st.html(nettable.html(checks, dx, view.quotient, look, _))
    priceview.draw(shape, "forward" if view.quotient == "forward" else "central", dx, _)
    _unfolded(shape, view.point, _)


def _unfolded(shape: Shape, point: int, _: Translator) -> None:
    """Draw what is folded away; what is closed costs nothing."""
    for name in FOLDS:
        fold = st.expander(_(f"gradcheck.{name}"), key=f"gradcheck_fold_{name}", on_change="rerun")
        if not fold.open:
            continue
        with fold:
            if name == "code":
                code.of_network(_)
            else:
                net = knowledge.network(shape)
                values = dict(zip(net.names, net.parameters.tolist(), strict=True))
                whole = graph_of(network_function(net, point=point), values)
                drawing.draw(_, drawing.readable(_, whole, key="gradcheck_net"), key="gradcheck_net")
