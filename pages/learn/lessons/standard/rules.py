"""The lecture's five standard derivatives: each rule in letters, and the function that stands for it here."""

from __future__ import annotations

from collections.abc import Mapping

from pages.learn.lessons.standard import View

GENERAL: Mapping[str, tuple[str, str]] = {
    "constant": ("c", "0"),
    "power": ("ax^n", "nax^{n-1}"),
    "exponential": ("e^x", "e^x"),
    "logarithm": (r"\ln x", r"\frac{1}{x}"),
    "decay": ("e^{-x}", "-e^{-x}"),
}
"""The functions and their derivatives by rule, as the lecture writes them."""

FIXED: Mapping[str, str] = {"exponential": "e^x", "logarithm": "ln x", "decay": "e^-x"}
"""The functions without a number to choose."""


def general_latex(rule: str) -> str:
    """Return the rule in letters."""
    f, slope = GENERAL[rule]
    return rf"f(x) = {f} \;\Rightarrow\; f'(x) = {slope}"


def function_text(view: View) -> str:
    """Return the function that stands for the chosen rule, as one would type it: ``3x^2``, ``-x^(-1)``."""
    if view.rule in FIXED:
        return FIXED[view.rule]
    if view.rule == "constant":
        return f"{view.a:g}"
    factor = {1.0: "", -1.0: "-"}.get(view.a, f"{view.a:g}")
    return f"{factor}x^{view.n}" if view.n >= 0 else f"{factor}x^({view.n})"
