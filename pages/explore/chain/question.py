"""What is asked for on the page, in plain values that can be kept, and what is said where there is no derivative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from numdiff.derivation.steps import Style
from numdiff.function import Function
from pages.parts import state
from pages.parts.controls import Controls
from pages.parts.derivation import cached, words
from pages.parts.fields import Composition
from pages.parts.i18n import Translator


@dataclass(frozen=True)
class Asked:
    """The question that every view of the page answers.

    Attributes
    ----------
    text : str
        The function as typed, understood.
    function : Function
        The same, read.
    variable : str
        By which it is differentiated; the others are constants.
    at : tuple of (str, float)
        The value of every variable; hashable, so that results can be kept by it.
    given : Controls
        The fields, for the numbers with their typed texts.
    sign : Style
        ∂ or d.
    """

    text: str
    function: Function
    variable: str
    at: tuple[tuple[str, float], ...]
    given: Controls
    sign: Style

    @property
    def point(self) -> Mapping[str, float]:
        """The value of every variable of the function."""
        return {name: value for name, value in self.at if name in self.function.variables}


def ask(given: Controls) -> Asked:
    """Return the question that the fields and the view ask."""
    at = tuple((name, quantity.value) for name, quantity in given.at.items())
    sign: Style = "total" if state.view(Composition).sign == "total" else "partial"
    return Asked(given.whole.text, given.whole, given.variable, at, given, sign)


def is_missing(asked: Asked, _: Translator) -> bool:
    """Say why there is no derivative, if there is none anywhere, and return whether that is so."""
    nowhere = cached.derivation(asked.text, asked.variable).nowhere
    if nowhere:
        st.warning(words.conditions(nowhere, _))
    return bool(nowhere)
