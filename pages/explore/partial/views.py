"""The views of the page by id, and which of them a function has."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from pages.explore.partial import contourview, fields
from pages.explore.partial.fields import View
from pages.parts import asset, controls, numbers, state
from pages.parts.choices import segments, take
from pages.parts.controls import Example
from pages.parts.derivation import cached as derivations
from pages.parts.entries import function_of, shown_name
from pages.parts.i18n import Translator
from pages.parts.surface import panel, shared, slopes, surfaceview, weight, weightview
from pages.parts.surface import question as asking
from pages.parts.surface.question import Asked
from pages.parts.surface.slopes import Slope

STYLE = asset.sheet(__file__, "partial.css")


LECTURE = (
    Example("2x + 3xy + y^3", "1", (("y", "1"),)),
    Example("xy + 3e^-x + y^2", "1", (("y", "2"),)),
    Example("3x ln y + y e^(x^2) + 5", "1", (("y", "2"),)),
    Example("f(x_1, x_2) = -Σ_{i=1}^{2} 3y x_i", "1", (("x_2", "2"), ("y", "1"))),
)

EXAMPLES = (
    *LECTURE,
    Example("x^2 + y^2", "1", (("y", "0.5"),)),
    Example("xy", "1", (("y", "1"),)),
    Example("sin x cos y", "1", (("y", "0.5"),)),
    Example("(1 - x)^2 + 10(y - x^2)^2", "-0.5", (("y", "1"),)),
    Example("1/(x - y)", "1", (("y", "-0.5"),)),
    Example("√(x^2 + y^2)", "0", (("y", "0"),)),
    Example("|x - y|", "1", (("y", "0"),)),
    Example("xyz + z^2", "1", (("y", "2"), ("z", "-1"))),
    Example("σ(w_1 x_1 + w_2 x_2 + b)", "0.5", (("x_1", "1"), ("w_2", "-1"), ("x_2", "2"), ("b", "0.5"))),
)


OFFERED = EXAMPLES[:4]


def _draw_one(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    shared.draw_formula(asked, _)
    st.markdown(_("partial.one" if asked.declared else "partial.one.constant"))
    with st.container(horizontal=True, gap="small", key="partial_offered"):
        for place, example in enumerate(OFFERED):
            latex = function_of(example.f).latex()
            st.button(f"${latex}$", key=f"partial_offer_{place}", on_click=controls.take, args=(example,))
        st.button(_("partial.view.weight"), key="partial_offer_weight", on_click=_to_the_weight)
    left, right = st.columns([6, 7], gap="medium")
    with left:
        shared.draw_canvas(asked)
    with right:
        st.html(panel.slope_html(asked, _))


def _to_the_weight() -> None:
    weight.open_model()
    state.set_field("partial", "weight")


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
        sign = shared.sign(asked.function, name).replace(r"\frac", r"\dfrac", 1)
        rows.append([f"${sign}$", _exact(item, _), estimate, panel.error_cell(item), _formula(asked, name)])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def _draw_table(_: Translator, asked: Asked) -> None:
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


VIEWS: Mapping[str, Callable[[Translator, Asked], None]] = MappingProxyType(
    {"surface": surfaceview.draw, "contours": contourview.draw, "table": _draw_table, "weight": weightview.draw}
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
        _draw_one(_, asked)
        return
    if state.view(View).partial in {"surface", "contours"}:
        choose_beside(_, asked)
    shared.draw_formula(asked, _)
    VIEWS[state.view(View).partial](_, asked)
