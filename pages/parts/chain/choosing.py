"""The page's own choices: which view, ∂ or d, and large type for a projector."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.parts import fields, state
from pages.parts.i18n import Translator


def _take(name: str, key: str) -> None:
    value = st.session_state[key]
    state.change(**{name: tuple(value) if isinstance(value, list) else value})


def segments(_: Translator, name: str, options: Sequence[str], label: Callable[[str], str]) -> str:
    """Draw a choice of one id for a field of the view, and return it."""
    key = state.key(name)
    st.segmented_control(
        _(f"chain.field.{name}"),
        options,
        default=getattr(state.view(), name),
        required=True,
        format_func=label,
        key=key,
        on_change=_take,
        args=(name, key),
        label_visibility="collapsed",
        width="content",
    )
    return str(getattr(state.view(), name))


def several(_: Translator, name: str, options: Sequence[str], label: Callable[[str], str]) -> tuple[str, ...]:
    """Draw a choice of several ids for a field of the view, and return them."""
    key = state.key(name)
    st.pills(
        _(f"chain.field.{name}"),
        options,
        selection_mode="multi",
        default=list(getattr(state.view(), name)),
        format_func=label,
        key=key,
        on_change=_take,
        args=(name, key),
        width="content",
    )
    chosen: tuple[str, ...] = getattr(state.view(), name)
    return chosen


def choices(_: Translator, views: Sequence[str]) -> None:
    """Draw the row of choices below the fields."""
    segments(_, "chain", views, lambda name: _(f"chain.view.{name}"))
    if state.view().chain == "work":
        segments(_, "sign", fields.SIGNS, lambda name: {"partial": r"$\partial$", "total": "$d$"}[name])
    key = state.key("present")
    st.toggle(_("chain.present"), state.view().present, key=key, on_change=_take, args=("present", key))
