"""The lecture's weight(snacks, exercise): a made-up model, with variables that have names instead of letters."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts import state, variables
from pages.parts.controls import Example, take
from pages.parts.entries import Problem, function_of, parse
from pages.parts.i18n import languages, translator

WINDOWS = ((0.0, 10.0), (0.0, 12.0))
SQUARE = ((0.0, 10.0), (0.0, 10.0))
"""What is seen of the model: what the sliders reach, and as much of it as has equal scales."""

START = ("3", "2")
"""Snacks and exercise at first."""


@dataclass(frozen=True)
class Part:
    """One of the two variables: its id in the catalogue, and its slider in the unit that people use."""

    name: str
    most: float
    step: float
    unit: float
    """How many of the slider's units make 1 of the variable."""


PARTS = (Part("snack", 1000, 50, 100), Part("exercise", 12, 0.5, 1))


def formula(language: str) -> str:
    """Return the weight in kg, in the words of a language: made up.

    Snacks count less for those who exercise, and every further hour takes off a little less. A snack is counted in 100
    kcal a day and exercise in hours a week, so that a step of 1 is one that people take.
    """
    return translator(language)("partial.weight.formula")


def example(language: str) -> Example:
    """Return the model as an example to begin with."""
    names = function_of(formula(language)).variables
    return Example(formula(language), START[0], ((names[1], START[1]),))


def is_model(text: str) -> bool:
    """Return whether a function is the model, in any language."""
    found = parse(text)
    return not isinstance(found, Problem) and any(found == function_of(formula(code)) for code in languages())


def open_model() -> None:
    """Put the model into the fields; in a callback, or before they are drawn."""
    take(example(state.language()))


def translate() -> None:
    """Give the model's variables their names in the language of the session; before the fields are drawn."""
    view = state.view()
    own = function_of(formula(state.language()))
    if not is_model(view.f) or function_of(view.f) == own:
        return
    old = function_of(view.f)
    names = dict(zip(old.variables, own.variables, strict=True))
    moving = names[variables.moving(old)]
    known = {names[name]: text for name, text in view.at if name in names}
    state.set_field("f", own.text)
    state.change(f=own.text, var=moving)
    state.set_field("var", moving)
    state.hold(known)
