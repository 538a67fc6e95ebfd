"""Functions at hand on the page: the lecture's, then what the rules are seen on."""

from __future__ import annotations

from pages.parts.controls import Example

LECTURE = (
    Example("e^(3x^2)", "0.5"),
    Example("e^-x", "1.0"),
    Example("3x e^x", "2.0"),
    Example("3x^2 + e^x + 7", "1.0"),
    Example("ln x + 1/x", "2.0"),
    Example("1/(1 + e^-x)", "0.5"),
    Example("xy + 3e^-x + y^2", "1.0", (("y", "2"),)),
    Example("3x ln y + y e^(x^2) + 5", "1.0", (("y", "2"),)),
    Example("-Σ_{i=1}^{2} 3y x_i", "1.0", (("y", "2"), ("x_2", "3")), "x_1"),
)

EXAMPLES = (
    *LECTURE,
    Example("sin(x^2)", "1.0"),
    Example("e^(sin(x^2))", "1.0"),
    Example("√(1 + x^2)", "1.0"),
    Example("ln(1 + e^x)", "0.5"),
    Example("x^x", "2.0"),
    Example("tanh(3x)", "0.5"),
    Example("|x^2 - 1|", "2.0"),
)
