"""Which records belong to which exercises: what a file says is held against the exercise before anything is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable

from numdiff.practice.exercise import KINDS, ChoiceExercise, Exercise
from numdiff.practice.numeric import Question
from pages.apply.practice import fields, records
from pages.apply.practice.ladder import RUNGS
from pages.apply.practice.records import Record
from pages.apply.practice.sheets import Numbered, lecture
from pages.parts.entries import Problem, parse

_SEED = re.compile(r"[1-9][0-9]{0,9}")
"""Of a single exercise: the sheet's seed and the exercise's place on it."""


def is_name(name: str) -> bool:
    """Return True if an exercise can have this name; made exercises are not made for that."""
    kind, *rest = name.split("/")
    if kind == "lecture":
        return name in {one.name for one in lecture()}
    return kind in KINDS and len(rest) == 2 and rest[0] in fields.LEVELS and bool(_SEED.fullmatch(rest[1]))


def choice(question: Question, answer: str) -> int | None:
    """Return the place of the choice that a record names; None if there is no such choice."""
    places = {str(place): place for place in range(len(question.choices))}
    return places.get(answer)


def fits(exercise: Exercise, record: Record) -> bool:
    """Return True if a record can be of this exercise."""
    if record.helped > len(RUNGS):
        return False
    if record.tries == 0:
        return record.answer == "" and record.right is None
    if isinstance(exercise, ChoiceExercise):
        chosen = choice(exercise.question, record.answer)
        return chosen is not None and record.right == (chosen == exercise.question.answer)
    return bool(record.answer.strip()) and not isinstance(parse(record.answer), Problem)


def drop_strangers(sheet: Iterable[Numbered]) -> int:
    """Forget the records that cannot be of the exercises on the sheet; return how many there were."""
    kept = records.records()
    strangers = [one.name for one in sheet if one.name in kept and not fits(one.exercise, kept[one.name])]
    for name in strangers:
        del kept[name]
    return len(strangers)
