"""What every page writes about a function of the notation, without a page: the documents by page, ready to be run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from numdiff.difference.schemes import SCHEMES
from numdiff.functions.registry import FUNCTIONS
from pages.explore.error import takehome as errors
from pages.explore.error.data import Asked as ErrorAsked
from pages.explore.gradcheck import takehome as gradcheck
from pages.explore.gradcheck.question import Asked as CheckAsked
from pages.explore.partial import takehome as partial
from pages.explore.secant import takehome as secant
from pages.learn.lessons import takehome as lesson
from pages.parts.controls import Controls
from pages.parts.entries import Quantity, function_of, quantity_of, read_point
from pages.parts.surface.question import Asked as PartialAsked
from pages.parts.takehome import derivation
from pages.parts.takehome.document import Document
from pages.parts.variables import freeze

Made: TypeAlias = Iterator[tuple[str, Document]]

EXPLORERS = ("secant", "error", "complex", "chain", "partial", "gradcheck", "lesson")
REST = {"log": ", 3", "root": ", 3", "min": ", 1/2", "max": ", 1/2"}
POINTS = dict.fromkeys(("arcsec", "arccsc", "arcosh", "arcoth"), "1.6")
"""Where 0.6 is outside the domain."""


def formulas() -> dict[str, tuple[str, str]]:
    """Return a formula of x and y with each function of the notation, and a point inside its domain."""
    return {
        name: (f"y {name}(x{REST.get(name, '')})", POINTS.get(name, "0.6")) for name in FUNCTIONS if name != "trigamma"
    }


def _quantity(text: str) -> Quantity:
    return quantity_of(read_point(text))


def _given(text: str, x: str, dx: str) -> Controls:
    """Return what the fields of an explorer would say: x moves, every other variable is 2."""
    whole = function_of(text)
    moving = "x" if "x" in whole.variables else (whole.variables or ("x",))[0]
    at = {name: _quantity(x if name == moving else "2") for name in whole.variables or ("x",)}
    return Controls(freeze(whole, at, moving), whole, moving, _quantity(x), _quantity(dx), at, stale=False)


def documents(text: str, x: str, dx: str = "1e-4", language: str = "en") -> Made:
    """Yield the name of a page and what it writes."""
    given = _given(text, x, dx)
    along, value, step = given.function.text, given.x.value, given.dx.value
    three, at = ("forward", "backward", "central"), tuple((name, each.value) for name, each in given.at.items())
    yield "secant", secant.document(secant.Asked(along, value, step, three, "auto", language))
    schemes = tuple(name for name in SCHEMES if name != "complex")
    asked = ErrorAsked(along, value, step, schemes, "central", ("float64",), "nominal")
    yield "error", errors.document(asked, language)
    asked = ErrorAsked(along, value, step, ("central", "complex"), "complex", ("float64",), "nominal")
    yield "complex", errors.document(asked, language)
    yield "chain", derivation.document(derivation.Asked(text, along, given.variable, at, step, "", "partial", language))
    others = tuple(name for name in given.whole.variables if name != given.variable)
    question = PartialAsked(given, given.whole.variables, (), others[0] if others else None)
    yield "partial", partial.document(partial.Question(question, three, 30.0, "surface", language))
    own = tuple(item for item in at if item[0] in given.whole.variables)
    yield "gradcheck", gradcheck.document(CheckAsked(text, own, step, "float64", "central", None), language)
    single = lesson.Single("numdiff-lesson", "lesson", along, value, step, "", True, language)
    yield "lesson", lesson._of_one(single)
