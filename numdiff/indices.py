"""Numbers as indices in a variable's canonical name."""

from __future__ import annotations

MINUS = "minus"
"""What a negative index begins with in a name, so that the name is an identifier: x₋₂ is ``x_minus2``."""


def with_index(base: str, index: int) -> str:
    """Return the name of a variable with a number as its index: ``x_2``, and ``x_minus2`` for x₋₂."""
    return f"{base}_{MINUS if index < 0 else ''}{abs(index)}"


def negative_index(index: str) -> str | None:
    """Return the digits of a negative index as it stands in a name, 2 for ``minus2``; None for any other index.

    The names of a graph's nodes, which are no variables, have theirs with the sign: ``v_-1``.
    """
    digits = index.removeprefix(MINUS).removeprefix("-")
    return digits if digits != index and digits.isdecimal() else None
