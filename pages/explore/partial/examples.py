"""Functions at hand on the page: the lecture's, then what partial derivatives are seen on."""

from __future__ import annotations

from pages.parts.controls import Example

LECTURE = (
    Example("2x + 3xy + y^3", "1", (("y", "1"),)),
    Example("xy + 3e^-x + y^2", "1", (("y", "2"),)),
    Example("3x ln y + y e^(x^2) + 5", "1", (("y", "2"),)),
    Example("f(x_1, x_2) = -Σ_{i=1}^{2} 3y x_i", "1", (("x_2", "2"), ("y", "1"))),
)

EXAMPLES = (
    *LECTURE,
    Example("x^2 + y^2", "1", (("y", "0.5"),)),
    Example("xy", "1", (("y", "1"),)),
    Example("sin x cos y", "1", (("y", "0.5"),)),
    Example("(1 - x)^2 + 10(y - x^2)^2", "-0.5", (("y", "1"),)),
    Example("1/(x - y)", "1", (("y", "-0.5"),)),
    Example("√(x^2 + y^2)", "0", (("y", "0"),)),
    Example("|x - y|", "1", (("y", "0"),)),
    Example("xyz + z^2", "1", (("y", "2"), ("z", "-1"))),
    Example("σ(w_1 x_1 + w_2 x_2 + b)", "0.5", (("x_1", "1"), ("w_2", "-1"), ("x_2", "2"), ("b", "0.5"))),
)
