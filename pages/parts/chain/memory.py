"""What a learner has unfolded and how far the work has come, kept for one function and forgotten with it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from pages.parts.chain.reveal import Progress

PAGE = 40
"""Rows of a derivation that are drawn at once."""

_MEMORY = "chain_memory"


@dataclass
class Memory:
    """What is remembered.

    Attributes
    ----------
    of : tuple
        The function, the variable and the rules that are known: for another, all begins anew.
    toggled : set of str
        Places of rows that are not as they were at first: folded, or unfolded.
    progress : Progress or None
        How far the work has come; None before the first click.
    most : int
        How many rows are drawn.
    picked : str
        The node of the graph whose line was chosen last, by id.
    wishes : int
        How many lines were chosen.
    """

    of: tuple[object, ...] = ()
    toggled: set[str] = field(default_factory=set)
    progress: Progress | None = None
    most: int = PAGE
    picked: str = ""
    wishes: int = 0


def memory(*of: object) -> Memory:
    """Return what is remembered of a function."""
    held: Memory = st.session_state.setdefault(_MEMORY, Memory())
    if held.of != of:
        held = st.session_state[_MEMORY] = Memory(of)
    return held
