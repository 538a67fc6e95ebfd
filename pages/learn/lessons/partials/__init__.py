"""Partial derivatives."""

from pathlib import Path

from pages.parts.lessons.outline import Lesson, Screen, Start, View

_SURFACE = Start("2x + 3xy + y^3", "1", "10^-4", (("y", "1"),))
_WEIGHT = Start("체중(야식, 운동) = 60 + 2 야식 e^(-운동/10) - 1.5 ln(운동 + 1)", "3", "10^-4", (("운동", "2"),))

PAGE = Lesson(
    "partials",
    "learn",
    Path(__file__).parent,
    View,
    screens=(
        Screen("idea", _SURFACE, "surface"),
        Screen("by_x", _SURFACE, "surface"),
        Screen("by_y", _SURFACE, "surface"),
        Screen("weight", _WEIGHT, "weight"),
    ),
)
