"""What the page of the error against Δx shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from numdiff.difference.schemes import SCHEMES
from pages.parts.fields import DTYPES, Place, many_of, one_of, option, switch

STEP_KINDS = ("nominal", "taken")
VIEWS = ("curve", "methods", "precision", "bugs")


@dataclass(frozen=True)
class View(Place):
    """The options of the page."""

    curves: tuple[str, ...] = option(("forward", "central", "central4"), many_of(SCHEMES), ".".join)
    dtypes: tuple[str, ...] = option(("float64",), many_of(DTYPES), ".".join)
    focus: str = option("central", one_of(SCHEMES))
    parts: bool = switch()
    model: bool = switch()
    step: str = option("nominal", one_of(STEP_KINDS))
    view: str = option("curve", one_of(VIEWS))
