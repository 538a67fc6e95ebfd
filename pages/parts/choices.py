"""A choice of one option for a field of the view, all options seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.parts import state


def take(name: str) -> None:
    """Let what a widget holds into the field of the view that it shows."""
    value = state.get(state.key(name))
    state.change(**{name: tuple(value) if isinstance(value, list) else value})


def segments(
    title: str,
    name: str,
    options: Sequence[Any],
    label: Callable[[Any], str],
    on_change: Callable[[str], None] = take,
) -> Any:  # noqa: ANN401 — each field has its own type
    """Draw the choice, and return the option of the view; ``on_change`` gets the name of the field."""
    st.segmented_control(
        title,
        options,
        default=state.value(name),
        required=True,
        format_func=label,
        key=state.key(name),
        on_change=on_change,
        args=(name,),
        label_visibility="collapsed",
        width="content",
    )
    return state.value(name)
