"""The chain rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages.parts.fields import Composition
from pages.parts.lessons.outline import Lesson, Screen, Start
from pages.parts.lessons.outline import View as LessonView


@dataclass(frozen=True)
class View(Composition, LessonView):
    """The composition, as the chain rule's own page has it."""


_INSIDE = Start("e^(3x^2)", "0.5", "10^-4")

PAGE = Lesson(
    "chainrule",
    "learn",
    Path(__file__).parent,
    View,
    screens=(Screen("compose", _INSIDE), Screen("cancel", _INSIDE), Screen("numbers", _INSIDE)),
)
