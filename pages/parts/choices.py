"""Choices of options for a field of the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from pages.parts import state


def take(name: str) -> None:
    """Let what a widget holds into the field of the view that it shows."""
    value = state.get(state.key(name))
    state.change(**{name: tuple(value) if isinstance(value, list) else value})


# Every widget is also given its value as its default. A value that comes by session_state alone reaches the browser a
# moment after the widget is there: a hand that is quick on a fresh page would send the bare default back.


def segments(
    title: str, name: str, options: Sequence[Any], label: Callable[[Any], str], on_change: Callable[[str], None] = take
) -> Any:  # noqa: ANN401 — each field has its own type
    """Draw a choice of one of few, all of them seen, and return it; ``on_change`` gets the name of the field."""
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


def one(title: str, name: str, options: Sequence[Any], label: Callable[[Any], str], width: int = 190) -> None:
    """Draw a choice of one of many."""
    current = state.value(name)
    st.selectbox(
        title,
        options,
        index=options.index(current) if current in options else 0,
        format_func=label,
        key=state.key(name),
        on_change=take,
        args=(name,),
        label_visibility="collapsed",
        width=width,
    )


def many(
    title: str,
    name: str,
    options: Sequence[str],
    label: Callable[[str], str],
    visibility: Literal["collapsed", "visible"] = "collapsed",
) -> tuple[str, ...]:
    """Draw a choice of several ids; return them in the order of the options."""
    st.pills(
        title,
        options,
        selection_mode="multi",
        default=list(state.value(name)),
        format_func=label,
        key=state.key(name),
        on_change=take,
        args=(name,),
        label_visibility=visibility,
        width="content",
    )
    chosen = state.value(name)
    return tuple(option for option in options if option in chosen)


def switch(title: str, name: str) -> None:
    """Draw a switch."""
    st.toggle(title, bool(state.value(name)), key=state.key(name), on_change=take, args=(name,))
