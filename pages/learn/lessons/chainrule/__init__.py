"""The chain rule."""

from pathlib import Path

from pages.learn.lessons.chainrule.fields import View
from pages.parts.lessons.outline import Lesson, Screen, Start

_INSIDE = Start("e^(3x^2)", "0.5", "10^-4")

PAGE = Lesson(
    "chainrule",
    "learn",
    Path(__file__).parent,
    View,
    screens=(Screen("compose", _INSIDE), Screen("cancel", _INSIDE), Screen("numbers", _INSIDE)),
)
