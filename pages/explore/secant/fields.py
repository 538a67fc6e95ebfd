"""What the page of secant and tangent shows, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import Drawing, one_of, option, switch

WINDOWS = ("auto", "step", "0.01", "0.1", "1", "10", "100")
"""Half-widths of the picture around x; auto follows the function and Δx, step is a few Δx."""


@dataclass(frozen=True)
class View(Drawing):
    """The options of the page."""

    window: str = option("auto", one_of(WINDOWS))
    slope: bool = switch()
