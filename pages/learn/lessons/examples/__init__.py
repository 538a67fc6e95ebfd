"""The lecture's examples."""

from pathlib import Path

from pages.parts.lessons.outline import Lesson, Screen, Start, View

_SQUARE = Start(f="x^2", x="3.0", dx="10^-4")
_PRODUCT = Start(f="3x e^x", x="2.0", dx="10^-4")

PAGE = Lesson(
    "examples",
    "learn",
    Path(__file__).parent,
    View,
    screens=(
        Screen("square", _SQUARE),
        Screen("twice", _SQUARE),
        Screen("why_not", _SQUARE),
        Screen("product", _PRODUCT, "product"),
        Screen("compare", _PRODUCT, "product"),
    ),
)
