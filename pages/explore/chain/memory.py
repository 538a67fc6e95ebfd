"""What a learner has unfolded and how far the work has come, kept for one function and forgotten with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from numdiff.tree import Node
from pages.parts import state
from pages.parts.derivation.reveal import Progress

PAGE = 40
"""Rows of a derivation that are drawn at once."""

_MEMORY = "chain_memory"


Outcome = Literal["found", "none", "unchecked", "time", "busy", "unavailable", "large"]


@dataclass(frozen=True)
class Shorter:
    """What the search for a shorter form came to, and the form if it is to be shown."""

    outcome: Outcome
    form: Node | None = None


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
    shorter : Shorter or None
        What the search for a shorter form came to; None before it was asked for.
    """

    of: tuple[object, ...] = ()
    toggled: set[str] = field(default_factory=set)
    progress: Progress | None = None
    most: int = PAGE
    picked: str = ""
    wishes: int = 0
    shorter: Shorter | None = None


def memory(view: str, *of: object) -> Memory:
    """Return what is remembered of a function in one of the views; a look at another view changes nothing."""
    name = f"{_MEMORY}_{view}"
    held = state.own(name, Memory)
    if held.of != of:
        held = Memory(of)
        state.put(name, held)
    return held
