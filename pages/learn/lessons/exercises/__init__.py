"""The lecture's exercises."""

from pathlib import Path

from pages.parts.lessons.outline import Lesson, Screen, Start, View

_SUM = Start("f(x_1, x_2) = -Σ_{i=1}^{2} 3 y x_i", "1", "10^-4", (("x_2", "3"), ("y", "2")))

PAGE = Lesson(
    "exercises",
    "learn",
    Path(__file__).parent,
    View,
    screens=(
        Screen("first", Start("xy + 3e^-x + y^2", "1", at=(("y", "2"),)), "first"),
        Screen("second", Start("3x ln y + y e^(x^2) + 5", "1", at=(("y", "2"),)), "second"),
        Screen("third", _SUM, "third"),
        Screen("proof", Start("1/(1 + e^-x)", "0.5"), "proof"),
        Screen("others", Start("tanh x", "0.5"), "others"),
    ),
)
