"""Home: the idea in one picture, and ways into the explorers."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from numdiff.function import parse
from numdiff.schemes import numerical_derivative
from pages.parts import address, numbers, shell, state
from pages.parts.fields import View
from pages.parts.i18n import Translator
from pages.parts.picture import draw_secant, scene

SECANT = "pages/explore/secant.py"
ERROR = "pages/explore/error.py"

PICTURE = View(f="x^2", x="1.0", dx="1", schemes=("forward",))
SQUARE = View(f="x^2", x="3.0", dx="10^-4", schemes=("forward", "central"))
PRODUCT = View(f="3x e^x", x="2.0", dx="10^-4")
KINK = View(f="|x|", x="0.0", dx="0.5", schemes=("forward", "backward", "central"))


def _way(page: str, view: View, label: str, icon: str) -> None:
    """Link to an explorer that opens with a view; a new tab works as well as a click."""
    query = state.parameters(view, state.language()) | {state.OPEN: "1"}
    st.page_link(page, label=label, icon=icon, query_params=query)


def _printed(view: View) -> str:
    """Return what the lecture's function prints for a view."""
    return numbers.full(numerical_derivative(parse(view.f), float(view.x)))


def _ways(_: Translator) -> None:
    st.subheader(_("home.ways"), anchor=False)
    _way(SECANT, replace(PICTURE, schemes=("forward", "central")), _("home.way.idea"), ":material/trending_up:")
    _way(SECANT, SQUARE, _("home.way.square", printed=_printed(SQUARE)), ":material/pin:")
    _way(SECANT, PRODUCT, _("home.way.product", printed=_printed(PRODUCT)), ":material/functions:")
    _way(SECANT, KINK, _("home.way.kink"), ":material/call_split:")
    _way(ERROR, PRODUCT, _("home.way.error"), ":material/ssid_chart:")


def page() -> None:
    """Draw the page."""
    _ = shell.messages_of_session()
    address.show(f"lang={state.language()}", state.language(), state.page())
    left, right = st.columns([6, 5], gap="large", vertical_alignment="center")
    with left:
        draw_secant(
            _, scene(PICTURE.f, float(PICTURE.x), float(PICTURE.dx), PICTURE.schemes, "auto"), height=430, key="home"
        )
    with right:
        st.markdown(_("home.idea"))
        st.latex(r"f'(x) = \lim_{\Delta x \to 0} \frac{f(x+\Delta x) - f(x)}{\Delta x}")
        _ways(_)


state.enter("")
page()
