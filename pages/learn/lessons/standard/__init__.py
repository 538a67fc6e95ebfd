"""The standard derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages.parts.fields import number_in, one_of, option, whole_in
from pages.parts.lessons.outline import Lesson, Screen, Start
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


PAGE = Lesson(
    "standard",
    "learn",
    Path(__file__).parent,
    View,
    screens=(
        Screen("rules", Start(x="1.5")),
        Screen("terms", Start("3x^2 + e^x + 7", "1.0"), "terms"),
        Screen("reciprocal", Start("ln x + 1/x", "2.0", "0.5"), "reciprocal"),
    ),
)
