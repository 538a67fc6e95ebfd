"""The definition: a limit that settles."""

from pathlib import Path

from pages.parts.lessons.outline import Lesson, Screen, Start, View

_LIMIT = Start(f="x^2", x="3.0", dx="1")

PAGE = Lesson(
    "definition",
    "learn",
    Path(__file__).parent,
    View,
    screens=(Screen("limit", _LIMIT), Screen("sides", _LIMIT), Screen("kink", Start("|x|", "0", "0.5"), "kink")),
)
