"""The standard derivatives."""

from pathlib import Path

from pages.learn.lessons.standard.fields import View
from pages.parts.lessons.outline import Lesson, Screen, Start

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
