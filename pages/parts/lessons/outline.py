"""What a lesson is: a page with screens, each with the function, the point and Δx that it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages.parts.entries import parse, read_point, read_step
from pages.parts.fields import Place, option, read_at, text_or_nothing, write_at
from pages.parts.i18n import Translator
from pages.parts.page import Page, table


@dataclass(frozen=True)
class Start:
    """What a screen begins with, as one would type it; ``at`` has the values of the variables after the first."""

    f: str = "x^2"
    x: str = "3.0"
    dx: str = "10^-4"
    at: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Screen:
    """One idea.

    Attributes
    ----------
    name : str
        Unique within the lesson; the heading of its text.
    start : Start
    example : str
        Screens of one lesson with the same word share the learner's own function and point.
    """

    name: str
    start: Start = Start()
    example: str = ""


OWN = ("own_f", "own_x", "own_dx", "own_at")
"""The fields of what a learner has put in: f, x, Δx, and the values of the other variables."""


@dataclass(frozen=True)
class View(Place):
    """What every lesson shows: a screen, and the learner's own in place of the lecture's example."""

    section: str = option("", lambda raw: raw if raw in ("", *sections()) else None)
    own_f: str = option("", text_or_nothing(parse))
    own_x: str = option("", text_or_nothing(read_point))
    own_dx: str = option("", text_or_nothing(read_step))
    own_at: tuple[tuple[str, str], ...] = option((), read_at, write_at)


@dataclass(frozen=True)
class Lesson(Page):
    """A chapter of the lecture; its texts have the name of its folder."""

    screens: tuple[Screen, ...] = ()

    def screen(self, name: str) -> Screen:
        """Return a screen by its name, the first one for a name that the lesson does not have."""
        return next((screen for screen in self.screens if screen.name == name), self.screens[0])

    @property
    def texts(self) -> tuple[Path, ...]:
        """The folder of the messages that all lessons share, and its own."""
        return (self.folder.parent / "text", *super().texts)

    def title(self, _: Translator) -> str:
        """Return the lesson's title with its number."""
        return f"{lessons().index(self) + 1}. {_(f'lesson.{self.slug}')}"


def lessons() -> tuple[Lesson, ...]:
    """Return the lessons in the lecture's order."""
    return tuple(page for page in table() if isinstance(page, Lesson))


def lesson_of(slug: str) -> Lesson:
    """Return a lesson by its name."""
    return next(lesson for lesson in lessons() if lesson.slug == slug)


def sections() -> tuple[str, ...]:
    """Return the ids of all screens, ``why.average``."""
    return tuple(f"{lesson.slug}.{screen.name}" for lesson in lessons() for screen in lesson.screens)


def neighbours(lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
    """Return the lessons before and after one."""
    order = lessons()
    place = order.index(lesson)
    return order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None
