"""Numerical differentiation: the lecture's recipe."""

from pathlib import Path

from pages.learn.lessons.numerical.fields import View
from pages.parts.lessons.outline import Lesson, Screen, Start

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
