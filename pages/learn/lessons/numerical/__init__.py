"""Numerical differentiation: the lecture's recipe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages.parts.fields import one_of, option
from pages.parts.lessons.outline import Lesson, Screen, Start
from pages.parts.lessons.outline import View as LessonView

MARKS = ("", "1", "2", "3")
"""The parts ①②③ of the lecture's recipe."""


@dataclass(frozen=True)
class View(LessonView):
    """The part of the recipe that is marked."""

    mark: str = option("", one_of(MARKS))


_RUN = Start(f="x^2", x="3.0", dx="10^-4")
_CODE = Start(f="def func1(x):\n    return x**2\n\nf = lambda x: func1(x)")
_PRODUCT = Start(f="3x e^x", x="2.0", dx="10^-4")

PAGE = Lesson(
    "numerical",
    "learn",
    Path(__file__).parent,
    View,
    screens=(Screen("recipe", _RUN), Screen("run", _RUN), Screen("paste", _CODE, "paste"), Screen("smaller", _PRODUCT)),
)
