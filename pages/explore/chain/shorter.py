"""A shorter form of the derivative, looked for with SymPy on demand; shown only if it passed the check by value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import streamlit as st

from numdiff.algebra.client import algebra
from numdiff.algebra.lane import Status
from numdiff.derivation.check.verify import equal_at_samples
from numdiff.derivation.steps import Check, Derivative, Line
from numdiff.tree import Node, Variable, size
from pages.explore.chain.memory import Memory, Outcome, Shorter
from pages.explore.chain.question import Asked
from pages.parts.derivation import cached, lines
from pages.parts.derivation.lane import if_large
from pages.parts.i18n import Translator
from pages.parts.kept import kept

SECONDS = 0.8
"""How long a learner waits for SymPy at most; the check by value comes on top."""
LARGEST = 150
"""Nodes of a derivative that is still worth a try: a longer one takes SymPy longer than anybody waits."""

_OUTCOMES: dict[Status, Outcome] = {
    Status.OK: "none",
    Status.BUSY: "busy",
    Status.TIMEOUT: "time",
    Status.FAILED: "none",
    Status.UNAVAILABLE: "unavailable",
}
_AGAIN: tuple[Outcome, ...] = ("busy", "unavailable")
"""Outcomes that may be another one a moment later."""


@cache
def start() -> None:
    """Start the worker processes in the background, once, so that the first answer need not wait for SymPy."""
    algebra().start()


@kept
def _checked(tree: Node, form: Node, variables: Sequence[str]) -> Check:
    with if_large(tree):
        return equal_at_samples(tree, form, variables)


def look(text: str, variable: str) -> Shorter:
    """Look for a shorter form of the derivative; it takes a second at most, and what was found is kept.

    Parameters
    ----------
    text, variable : str
        The function as typed, and by what it is differentiated.
    """
    of = cached.derivation(text, variable).result
    if size(of.tree) > LARGEST:
        return Shorter("large")
    status, form = algebra().shorten(of.tree, SECONDS)
    if form is None:
        return Shorter(_OUTCOMES[status])
    return Shorter("found", form) if _checked(of.tree, form, of.variables).holds else Shorter("unchecked")


def _press(held: Memory, text: str, variable: str) -> None:
    held.shorter = look(text, variable)


def draw(asked: Asked, held: Memory, _: Translator) -> None:
    """Draw the button, and below it what was found."""
    found = held.shorter
    with st.container(key="chain_shorter", gap="xsmall"):
        if found is None or found.outcome in _AGAIN:
            arguments = (held, asked.text, asked.variable)
            st.button(_("chain.shorter"), key="chain_shorter_look", on_click=_press, args=arguments)
        if found is None:
            return
        if found.form is not None:
            left = Derivative(Variable(asked.function.name), asked.variable).latex(asked.sign)
            st.markdown(lines.display(f"{left} = {Line(found.form).latex(asked.sign)}"))
        st.caption(_(f"chain.shorter.{found.outcome}"))
