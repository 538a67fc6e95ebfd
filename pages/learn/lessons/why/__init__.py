"""Why a derivative: from the change on average to the change here and now."""

from pathlib import Path

from pages.parts.lessons.outline import Lesson, Screen, Start, View

_COARSE = Start(dx="1")

PAGE = Lesson(
    "why",
    "learn",
    Path(__file__).parent,
    View,
    screens=(Screen("average", _COARSE), Screen("instant", _COARSE), Screen("foretell", Start(dx="0.1"))),
)
