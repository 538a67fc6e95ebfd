"""The views of the page by id, and which of them a function has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from pages.explore.partial import contourview, fields, oneview, tableview
from pages.explore.partial.fields import View
from pages.parts import state
from pages.parts.choices import segments, take
from pages.parts.entries import function_of, shown_name
from pages.parts.i18n import Translator
from pages.parts.surface import asked as asking
from pages.parts.surface import shared, surfaceview, weight, weightview
from pages.parts.surface.asked import Asked

VIEWS: Mapping[str, Callable[[Translator, Asked], None]] = MappingProxyType(
    {"surface": surfaceview.draw, "contours": contourview.draw, "table": tableview.draw, "weight": weightview.draw}
)


def _take(name: str) -> None:
    take(name)
    if state.view(View).partial == "weight" and not weight.is_model(state.view(View).f):
        weight.open_model()


def choices(_: Translator) -> None:
    """Draw the page's own choices: the view, and for more than two variables the second one of the pictures."""
    _settle()
    function = function_of(state.view(View).f)
    if len(asking.declared(function)) > 1:
        segments(_("partial.field.view"), "partial", fields.VIEWS, lambda name: _(f"partial.view.{name}"), _take)


def _settle() -> None:
    """Leave the view of the weight when another function was typed; before the choice of views is drawn."""
    if state.view(View).partial == "weight" and not weight.is_model(state.view(View).f):
        state.set_field("partial", "surface")


def choose_beside(_: Translator, asked: Asked) -> None:
    """Draw the choice of the second variable of a picture, if there is one."""
    options = [name for name in asked.declared if name != asked.moving]
    if len(options) < 2 or asked.partner is None:
        return
    state.put(state.key("beside"), asked.partner)
    st.segmented_control(
        _("partial.field.beside"),
        options,
        default=asked.partner,
        required=True,
        format_func=lambda name: _("partial.beside", name=shown_name(name)),
        key=state.key("beside"),
        on_change=take,
        args=("beside",),
        label_visibility="collapsed",
        width="content",
    )


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view that was chosen, or what there is to be seen of a function of one variable."""
    if not asked.is_held:
        st.markdown(_("partial.too_long"))
        return
    if asked.partner is None:
        oneview.draw(_, asked)
        return
    if state.view(View).partial in {"surface", "contours"}:
        choose_beside(_, asked)
    shared.draw_formula(asked, _)
    VIEWS[state.view(View).partial](_, asked)
