"""The lecture's weight(snacks, exercise) in a lesson: the explorer's made-up model, its slopes in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from numdiff.printing.names import latex_name
from pages.learn.lessons import several
from pages.learn.lessons.several import Several, Span
from pages.parts.controls import Controls
from pages.parts.entries import Quantity, function_of
from pages.parts.i18n import Translator
from pages.parts.lessons.outline import Screen
from pages.parts.surface import surfaceview, weightview
from pages.parts.surface.question import Asked
from pages.parts.surface.weight import PARTS, Part, formula


def question(given: Several, moving: str, dx: Quantity) -> Asked:
    """Return what the explorer would be asked about the same function, point and step."""
    fields = Controls(given.frozen(moving), given.function, moving, given.at[moving], dx, given.at, stale=False)
    names = given.function.variables
    return Asked(fields, names, (), next(name for name in names if name != moving))


def draw_surface(given: Several, moving: str, dx: Quantity, _: Translator, *, height: int) -> None:
    """Draw the surface, the plane of the variable that is held, the cut, and the tangent that lies in it."""
    surfaceview.draw_surface(question(given, moving, dx), _, height=height)


@dataclass(frozen=True)
class Weight:
    """The model at the learner's point, in the names of the page's language; ``parts`` are its variables' sliders."""

    given: Several
    parts: tuple[tuple[Part, str], ...]


def sliders(screen: Screen, language: str, _: Translator) -> Weight:
    """Draw the two sliders, and return the model."""
    names = function_of(screen.start.f).variables
    spans = {
        name: Span(0, part.most, part.step, part.unit, _(f"partial.weight.{part.name}"))
        for name, part in zip(names, PARTS, strict=True)
    }
    given = several.sliders(screen, spans)
    function = function_of(formula(language))
    at = dict(zip(function.variables, given.at.values(), strict=True))
    pairs = tuple(zip(PARTS, function.variables, strict=True))
    return Weight(replace(given, function=function, at=at), pairs)


def partial_latex(model: Weight, by: str) -> str:
    """Return one partial derivative as a formula."""
    found = several.derivation(model.given.function.text, by)
    name = latex_name(model.given.function.name)
    return rf"\frac{{\partial\,{name}}}{{\partial\,{latex_name(by)}}} = {found.result.latex()}"


def sentence(model: Weight, part: Part, by: str, _: Translator) -> str:
    """Return what a little more of one thing does, the other as it is."""
    return weightview.sentence(question(model.given, by, model.given.dx), part, by, _)
