"""The page's own choices: which view, ∂ or d, and large type for a projector."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.explore.chain.fields import View
from pages.parts import choices, state
from pages.parts.fields import SIGNS
from pages.parts.i18n import Translator


def segments(_: Translator, name: str, options: Sequence[str], label: Callable[[str], str]) -> str:
    """Draw a choice of one id for a field of the view, and return it."""
    return str(choices.segments(_(f"chain.field.{name}"), name, options, label))


def several(_: Translator, name: str, options: Sequence[str], label: Callable[[str], str]) -> tuple[str, ...]:
    """Draw a choice of several ids for a field of the view, and return them."""
    st.pills(
        _(f"chain.field.{name}"),
        options,
        selection_mode="multi",
        default=list(state.value(name)),
        format_func=label,
        key=state.key(name),
        on_change=choices.take,
        args=(name,),
        width="content",
    )
    chosen: tuple[str, ...] = state.value(name)
    return chosen


def draw(_: Translator, views: Sequence[str]) -> None:
    """Draw the row of choices below the fields."""
    segments(_, "chain", views, lambda name: _(f"chain.view.{name}"))
    if state.view(View).chain == "work":
        segments(_, "sign", SIGNS, lambda name: {"partial": r"$\partial$", "total": "$d$"}[name])
    key = state.key("present")
    st.toggle(_("chain.present"), state.view(View).present, key=key, on_change=choices.take, args=("present",))
