"""What the check of a function is asked, in plain values."""

from __future__ import annotations

from dataclasses import dataclass

from pages.explore.gradcheck import mistakes
from pages.explore.gradcheck.fields import View
from pages.explore.gradcheck.knowledge import At, Broken
from pages.parts import state
from pages.parts.controls import Controls


@dataclass(frozen=True)
class Asked:
    """The question in plain values: what is kept is kept by them."""

    text: str
    at: At
    dx: float
    dtype: str
    scheme: str
    broken: Broken


def ask(given: Controls) -> Asked:
    """Return the question that the fields and the choices ask."""
    view, text = state.view(View), given.whole.text
    at = tuple((name, given.at[name].value) for name in given.whole.variables)
    key = mistakes.chosen(text)
    broken = None if key is None else (key, mistakes.FACTORS[view.mistake])
    return Asked(text, at, given.dx.value, view.precision, view.quotient, broken)
