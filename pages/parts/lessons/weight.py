"""The lecture's weight(snacks, exercise): a made-up model, its two partial derivatives in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from numdiff.printing.names import latex_name
from pages.parts import numbers
from pages.parts.entries import function_of
from pages.parts.i18n import Translator
from pages.parts.lessons import several
from pages.parts.lessons.outline import Screen
from pages.parts.lessons.several import Several

FORMULA: Mapping[str, str] = {
    "ko": "70 + 8√(야식 + 1) - 3 ln(운동 + 1)",
    "en": "70 + 8√(s + 1) - 3 ln(w + 1)",
}
"""Weight in kg, made up: snacks add less and less, and hours of exercise take off less and less."""

RANGES = {"야식": (0.0, 7.0, 0.5), "운동": (0.0, 10.0, 0.5)}
"""Late-night snacks and hours of exercise, a week."""


@dataclass(frozen=True)
class Weight:
    """The model at the learner's point, in the names of the page's language."""

    given: Several
    snacks: str
    exercise: str

    @property
    def names(self) -> tuple[str, str]:
        """Both variables."""
        return self.snacks, self.exercise


def in_language(given: Several, language: str) -> Weight:
    """Return the model with the variables' names in a language."""
    function = function_of(FORMULA[language])
    at = dict(zip(function.variables, given.at.values(), strict=True))
    return Weight(replace(given, function=function, at=at), *function.variables)


def labels(_: Translator) -> dict[str, str]:
    """Return what the sliders are called."""
    return dict(zip(RANGES, (_("lesson.weight.snacks"), _("lesson.weight.exercise")), strict=True))


def formula_latex(model: Weight, _: Translator) -> str:
    """Return the model as a formula."""
    names = ", ".join(map(latex_name, model.names))
    return rf"\text{{{_('lesson.weight.name')}}}({names}) = {model.given.function.latex()}"


def partial_latex(model: Weight, by: str, _: Translator) -> str:
    """Return one partial derivative as a formula."""
    found = several.derivation(model.given.function.text, by)
    top = rf"\partial\,\text{{{_('lesson.weight.name')}}}"
    return rf"\frac{{{top}}}{{\partial\,{latex_name(by)}}} = {found.result.latex()}"


def sentence(model: Weight, by: str, _: Translator) -> str:
    """Return what one more snack, or one more hour, does to the weight."""
    slope = float(several.value(model.given, by))
    what = "snacks" if by == model.snacks else "exercise"
    now = numbers.significant(model.given.at[by].value, 3)
    way = "up" if slope > 0 else "down"
    return _(f"lesson.weight.{what}.{way}", now=now, change=numbers.significant(abs(slope), 2))


def sliders(screen: Screen, _: Translator) -> Several:
    """Draw the two sliders."""
    return several.sliders(screen, RANGES, labels(_))
