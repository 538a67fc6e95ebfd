"""Where in the lessons a learner is, and what they have put in there: kept for the session, and written into the link.

A screen begins with the lecture's example. What a learner types instead belongs to the screens of the same example;
it waits there while they look at other screens, lessons or explorers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from pages.parts import state
from pages.parts.fields import PLACE, fields_of
from pages.parts.lessons.outline import OWN, Lesson, Screen, View, lesson_of, lessons
from pages.parts.page import table

_NOTHING = tuple(fields_of(View)[name].default for name in OWN)


@dataclass
class _Memory:
    """What waits while a learner is elsewhere: the last screen of each lesson, and what was put in by example."""

    screens: dict[str, str] = field(default_factory=dict)
    own: dict[str, tuple[object, ...]] = field(default_factory=dict)


def _memory() -> _Memory:
    memory: _Memory = state.own("numdiff_lessons", _Memory)
    return memory


def section(lesson: Lesson, screen: Screen) -> str:
    """Return the id of a screen, as the link has it."""
    return f"{lesson.slug}.{screen.name}"


def seen() -> tuple[Lesson, Screen] | None:
    """Return the lesson and the screen that were open last; None if none was."""
    slug, _, name = state.view(View).section.partition(".")
    if not slug:
        return None
    lesson = lesson_of(slug)
    return lesson, lesson.screen(name)


def _example(lesson: Lesson, screen: Screen) -> str:
    return f"{lesson.slug}.{screen.example}"


def go(lesson: Lesson, screen: Screen) -> None:
    """Open a screen: what was put in at the last one is kept, and what was put in here is found again."""
    memory, last = _memory(), seen()
    here = _example(lesson, screen)
    if last is not None:
        there = _example(*last)
        memory.screens[last[0].slug] = last[1].name
        memory.own[there] = tuple(map(state.value, OWN))
    own = memory.own.get(here, _NOTHING)
    memory.screens[lesson.slug] = screen.name
    state.change(section=section(lesson, screen), **dict(zip(OWN, own, strict=True)))


def enter(slug: str) -> None:
    """Begin a run of a lesson's page: at the screen of the link, else where the learner left the lesson."""
    lesson, last = lesson_of(slug), seen()
    if last is None or last[0] is not lesson:
        go(lesson, lesson.screen(_memory().screens.get(slug, "")))
    state.enter(slug)


def screen() -> Screen:
    """Return the screen that is open; only on a lesson's page."""
    last = seen()
    return last[1] if last else lessons()[0].screens[0]


def link(slug: str) -> str:
    """Return the query of the link to what is seen in a lesson; the explorers' function and point are no part of it."""
    given = state.parameters(state.values(), state.language(), slug)
    return urlencode({name: value for name, value in given.items() if name not in PLACE})


def to_explorer(**fields: object) -> dict[str, str]:
    """Return the parameters of a link into an explorer with these fields set; the lesson waits as it is."""
    kept = {name: value for name, value in state.values().items() if name == "present" or name in _lessons_own()}
    return state.parameters(kept | fields, state.language()) | {state.OPEN: "1"}


def _lessons_own() -> set[str]:
    """Return the fields that only lessons have."""
    kinds = {page.view: isinstance(page, Lesson) for page in table()}
    others = {name for kind, is_lesson in kinds.items() if not is_lesson for name in fields_of(kind)}
    return {name for kind in kinds for name in fields_of(kind)} - others


def to_screen(lesson: Lesson, screen: Screen) -> dict[str, str]:
    """Return the parameters of a link to a screen; what was put in at the last one is kept, as :func:`go` does it."""
    memory, last = _memory(), seen()
    if last is not None:
        memory.own[_example(*last)] = tuple(map(state.value, OWN))
    own = memory.own.get(_example(lesson, screen), _NOTHING)
    values = state.values() | {"section": section(lesson, screen)} | dict(zip(OWN, own, strict=True))
    given = state.parameters(values, state.language())
    is_untouched = state.is_at_start()
    left_out = PLACE if is_untouched else ()  # or else they would be taken for the visitor's own
    return {name: value for name, value in given.items() if name not in left_out} | {state.OPEN: "1"}
