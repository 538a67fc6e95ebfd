"""What the page of the chain rule shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import Composition, many_of, one_of, option

VIEWS = ("work", "graph", "rules", "proof")
REVEALS = ("all", "steps")
"""Whether the derivation is shown at once, or as far as the learner has come."""
KNOWN = ("linear", "power", "exponential", "logarithm", "trigonometric", "product", "quotient", "chain")
"""Families of rules that a learner may know already."""


@dataclass(frozen=True)
class View(Composition):
    """The options of the page."""

    chain: str = option("work", one_of(VIEWS))
    reveal: str = option("all", one_of(REVEALS))
    known: tuple[str, ...] = option((), many_of(KNOWN), ".".join)
