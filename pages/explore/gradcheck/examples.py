"""Functions at hand on the page: the lecture's, what a neuron computes, and what makes a check hard."""

from __future__ import annotations

from pages.parts.controls import Example

EXAMPLES = (
    Example("3x ln y + y e^(x^2) + 5", "1", (("y", "2"),)),
    Example("2x + 3xy + y^3", "1", (("y", "1"),)),
    Example("xy + 3e^-x + y^2", "1", (("y", "2"),)),
    Example("sin(xy) + x^2", "1", (("y", "2"),)),
    Example("σ(w_1 x_1 + w_2 x_2 + b)", "0.5", (("x_1", "1"), ("w_2", "-1"), ("x_2", "2"), ("b", "0.5"))),
    Example("(tanh(w x + b) - y)^2/2", "0.5", (("x", "2"), ("b", "-0.3"), ("y", "1"))),
    Example("softplus(-y(w x + b))", "0.5", (("w", "1.5"), ("x", "2"), ("b", "-1"))),
    Example("relu(w x + b)", "0.5", (("x", "2"), ("b", "-1.00001"))),
    Example("|x - y| + xy", "1", (("y", "1.00005"),)),
    Example("1/(x - y)", "1", (("y", "0.5"),)),
    Example("√(x^2 + y^2)", "3", (("y", "4"),)),
    Example("x^3", "2"),
)
