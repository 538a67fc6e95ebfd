"""The surface of a function of two variables in a lesson, as the explorer of partial derivatives draws it."""

from __future__ import annotations

from pages.learn.lessons.several import Several
from pages.parts.controls import Controls
from pages.parts.entries import Quantity
from pages.parts.i18n import Translator
from pages.parts.surface import surfaceview
from pages.parts.surface.asked import Asked


def question(given: Several, moving: str, dx: Quantity) -> Asked:
    """Return what the explorer would be asked about the same function, point and step."""
    fields = Controls(given.frozen(moving), given.function, moving, given.at[moving], dx, given.at, stale=False)
    names = given.function.variables
    return Asked(fields, names, (), next(name for name in names if name != moving))


def draw_surface(given: Several, moving: str, dx: Quantity, _: Translator, *, height: int) -> None:
    """Draw the surface, the plane of the variable that is held, the cut, and the tangent that lies in it."""
    surfaceview.draw_surface(question(given, moving, dx), _, height=height)
