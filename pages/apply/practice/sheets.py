"""Which exercises are on the sheet: the lecture's, or made from the kinds, level and seed in the link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from numdiff.practice.exercise import KINDS, Exercise, sheet
from numdiff.practice.exercise import lecture as lecture_exercises
from pages.apply.practice.fields import View

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
