"""What the lesson of numerical differentiation shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import one_of, option
from pages.parts.lessons.outline import View as LessonView

MARKS = ("", "1", "2", "3")
"""The parts ①②③ of the lecture's recipe."""


@dataclass(frozen=True)
class View(LessonView):
    """The part of the recipe that is marked."""

    mark: str = option("", one_of(MARKS))
