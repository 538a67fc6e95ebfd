"""What the page of partial derivatives shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import Drawing, one_of, option, read_variable, whole_in

VIEWS = ("surface", "contours", "table", "weight")
ANGLES = (0, 359)
"""The least and the greatest angle of a direction, in whole degrees."""


@dataclass(frozen=True)
class View(Drawing):
    """The options of the page."""

    partial: str = option("surface", one_of(VIEWS))
    angle: int = option(30, whole_in(*ANGLES))
    beside: str = option("", read_variable)
