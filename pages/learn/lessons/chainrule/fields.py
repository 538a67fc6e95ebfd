"""What the lesson of the chain rule shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import Composition
from pages.parts.lessons.outline import View as LessonView


@dataclass(frozen=True)
class View(Composition, LessonView):
    """The composition, as the chain rule's own page has it."""
