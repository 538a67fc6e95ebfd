"""Conditions of domains that several functions share."""

from __future__ import annotations

from numdiff.functions.elementary import Margin


def nonzero(form: str) -> tuple[Margin, ...]:
    """Return the domain of what has a pole where the form is 0 and goes on beyond it."""
    return (Margin(form, "pole", both_sides=True),)


POSITIVE = (Margin("u", "pole"),)
"""u > 0, without bound towards 0."""
NONNEGATIVE = (Margin("u", "edge"),)
"""u ≥ 0."""
WITHIN_ONE = (Margin("(1 - u)*(1 + u)", "edge"),)
"""−1 ≤ u ≤ 1. As a product, which keeps its digits beside ±1."""
INSIDE_ONE = (Margin("(1 - u)*(1 + u)", "pole"),)
"""−1 < u < 1."""
BEYOND_ONE = (Margin("(u - 1)*(u + 1)", "edge"),)
"""u ≤ −1 or u ≥ 1."""
GAMMA_POLES = "abs(u) + u + (u - floor(u))"
"""0 where u is 0 or a negative integer."""
OFF_GAMMA_POLES = nonzero(GAMMA_POLES)
"""u is none of 0, −1, −2, …"""
OUTSIDE_ONE = (Margin("(u - 1)*(u + 1)", "pole"),)
"""u < −1 or u > 1."""
