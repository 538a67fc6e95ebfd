"""What is practised: the lecture's sheet or one made from kinds, level and seed; and which exercise of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from numdiff.practice.exercise import KINDS, Exercise, sheet
from numdiff.practice.exercise import lecture as lecture_exercises
from pages.apply.practice import fields, records
from pages.apply.practice.fields import View
from pages.parts import asset, choices, state
from pages.parts.i18n import Translator

COUNT = 10
"""Exercises on a sheet that is made."""


@dataclass(frozen=True)
class Numbered:
    """An exercise with its number on the sheet and the name under which it is remembered."""

    number: int
    name: str
    exercise: Exercise


@lru_cache(maxsize=64)
def lecture() -> tuple[Numbered, ...]:
    """Return the lecture's own exercises."""
    return tuple(Numbered(k, f"lecture/{k}", made) for k, made in enumerate(lecture_exercises(), start=1))


@lru_cache(maxsize=256)
def _made(kinds: tuple[str, ...], level: int, seed: int) -> tuple[Numbered, ...]:
    found = sheet(kinds, level, seed, COUNT)
    return tuple(Numbered(k, f"{made.kind}/{made.level}/{made.seed}", made) for k, made in enumerate(found, start=1))


def shown(view: View) -> tuple[Numbered, ...]:
    """Return the exercises that a view asks for."""
    if view.sheet == "lecture":
        return lecture()
    return _made(view.kinds or KINDS, int(view.level), view.sheet_seed)


def current(view: View) -> Numbered:
    """Return the exercise that is looked at; the last one if the number is too large."""
    found = shown(view)
    return found[min(view.number, len(found)) - 1]


STYLE = asset.sheet(__file__, "practice.css")


_MARKS = {True: "✓", False: "✗", None: "?"}


def _pull(name: str) -> None:
    value = state.get(state.key(name))
    if value is not None:
        state.change(**{name: tuple(value) if isinstance(value, list) else value})
    if name != "number":
        state.set_field("number", 1)


def _segments(_: Translator, name: str, options: Sequence[str]) -> None:
    choices.segments(_(f"field.{name}"), name, options, lambda option: _(f"practice.{name}.{option}"), _pull)


def _another() -> None:
    """Make another sheet; the seed is drawn here and stands in the link from then on."""
    state.set_field("sheet_seed", random.randrange(1, fields.SHEET_SEEDS[1]))
    state.set_field("number", 1)


def draw(_: Translator) -> None:
    """Draw the choice of the sheet."""
    view = state.view(View)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="practice_sheet"):
        _segments(_, "sheet", fields.SHEETS)
        if view.sheet == "made":
            _segments(_, "level", fields.LEVELS)
            st.number_input(
                _("field.sheet_seed"),
                *fields.SHEET_SEEDS,
                value=view.sheet_seed,
                key=state.key("sheet_seed"),
                on_change=_pull,
                args=("sheet_seed",),
                width=170,
                label_visibility="collapsed",
                icon=":material/tag:",
                help=_("practice.seed.help"),
            )
            st.button(_("practice.another"), key="practice_another", on_click=_another, icon=":material/casino:")
        choices.switch(_("field.teacher"), "teacher")
    if view.sheet == "made":
        choices.many(_("field.kinds"), "kinds", KINDS, lambda kind: _(f"practice.kind.{kind}"))


def strip(_: Translator, found: Sequence[Numbered]) -> None:
    """Draw the numbers of the exercises with what each answer was worth."""

    def label(number: int) -> str:
        known = records.record(found[number - 1].name)
        return f"{number} {_MARKS[known.right]}" if known.tries else str(number)

    st.pills(
        _("field.number"),
        range(1, len(found) + 1),
        default=min(state.view(View).number, len(found)),
        required=True,
        format_func=label,
        key=state.key("number"),
        on_change=_pull,
        args=("number",),
        label_visibility="collapsed",
    )
