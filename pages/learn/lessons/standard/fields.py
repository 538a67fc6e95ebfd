"""What the lesson of the standard derivatives shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import number_in, one_of, option, whole_in
from pages.parts.lessons.outline import View as LessonView

RULES = ("constant", "power", "exponential", "logarithm", "decay")
"""The lecture's standard derivatives."""
FACTORS = (-5.0, 5.0)
"""The least and the greatest a of a·xⁿ; it moves by halves."""
POWERS = (-3, 6)
"""The least and the greatest n."""


@dataclass(frozen=True)
class View(LessonView):
    """The rule that is looked at, and its numbers."""

    rule: str = option("power", one_of(RULES))
    a: float = option(3.0, number_in(*FACTORS, 0.5), "{:g}".format)
    n: int = option(2, whole_in(*POWERS))
