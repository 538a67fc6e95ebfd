"""The view of the weight: two sliders, and one plain sentence for each partial derivative."""

from __future__ import annotations

import math

import streamlit as st

from numdiff.evaluate.floats import evaluate
from pages.parts import numbers
from pages.parts.i18n import Translator
from pages.parts.surface import shared, slopes, surfaceview
from pages.parts.surface.question import Asked
from pages.parts.surface.shared import Scale
from pages.parts.surface.weight import PARTS, Part


def _value(asked: Asked, **steps: float) -> float:
    """Return the model at the point, some variables moved."""
    place = {name: value + steps.get(name, 0.0) for name, value in asked.at}
    return float(evaluate(asked.function.tree, place))


def _now(asked: Asked, part: Part, name: str) -> str:
    return numbers.significant(asked.given.at[name].value * part.unit, 4)


def sentence(asked: Asked, part: Part, name: str, _: Translator) -> str:
    """Return what a little more of one thing does, the other as it is; the numbers are computed."""
    change = slopes.partial(asked, name).value
    words = {other.name: _now(asked, other, own) for other, own in zip(PARTS, asked.declared, strict=True)}
    if not math.isfinite(change):
        return _("partial.weight.none", **words)
    way = "up" if change > 0 else "down" if change < 0 else "same"
    return _(f"partial.weight.{part.name}.{way}", change=numbers.significant(abs(change), 2), **words)


def check(asked: Asked, name: str, _: Translator) -> str:
    """Return what the model itself says of the whole step: the tangent is an estimate."""
    gap = _value(asked, **{name: 1.0}) - _value(asked)
    return _("partial.weight.check", change=numbers.significant(gap, 3)) if math.isfinite(gap) else ""


def draw(_: Translator, asked: Asked) -> None:
    """Draw the view."""
    st.caption(_("partial.weight.made_up"))
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="partial_picture"):
        surfaceview.draw_surface(asked, _)
    with right:
        for part, name in zip(PARTS, asked.declared, strict=True):
            scale = Scale(0, part.most, part.step, part.unit)
            shared.slider(asked, name, scale, _(f"partial.weight.{part.name}"))
        weight = _value(asked)
        if math.isfinite(weight):
            st.markdown(_("partial.weight.now", weight=numbers.significant(weight, 3)))
        for part, name in zip(PARTS, asked.declared, strict=True):
            with st.container(key=f"partial_said_{part.name}", gap=None):
                st.latex(f"{shared.sign(asked.function, name)} = {shared.result_latex(asked, name)}", width="content")
                st.markdown(sentence(asked, part, name, _))
                st.caption(check(asked, name, _))
