"""The page's own choices: functions at hand, which view, ∂ or d, and large type for a projector."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pages.explore.chain.fields import View
from pages.parts import choices, state
from pages.parts.controls import Example
from pages.parts.fields import SIGNS
from pages.parts.i18n import Translator

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


def segments(_: Translator, name: str, options: Sequence[str], label: Callable[[str], str]) -> str:
    """Draw a choice of one id for a field of the view, and return it."""
    return str(choices.segments(_(f"chain.field.{name}"), name, options, label))


def draw(_: Translator, views: Sequence[str]) -> None:
    """Draw the row of choices below the fields."""
    segments(_, "chain", views, lambda name: _(f"chain.view.{name}"))
    if state.view(View).chain == "work":
        segments(_, "sign", SIGNS, lambda name: {"partial": r"$\partial$", "total": "$d$"}[name])
    choices.switch(_("chain.present"), "present")
