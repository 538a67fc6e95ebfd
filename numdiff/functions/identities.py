"""Identities between functions of the same argument, by which sums of squares and products of them get shorter.

Formulas: Bronshtein et al., Handbook of Mathematics, sections 2.7.2 and 2.9.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SQUARES: Mapping[str, tuple[str, int, int]] = MappingProxyType(
    {
        "sin": ("cos", 1, -1),
        "cos": ("sin", 1, -1),
        "sec": ("tan", 1, 1),
        "tan": ("sec", -1, 1),
        "csc": ("cot", 1, 1),
        "cot": ("csc", -1, 1),
        "cosh": ("sinh", 1, 1),
        "sinh": ("cosh", -1, 1),
    }
)
"""f² = constant + sign·g²: the partner g, the constant, the sign."""

PRODUCTS: tuple[tuple[tuple[str, int], tuple[str, int], str], ...] = (
    (("tan", 1), ("cos", 1), "sin"),
    (("cot", 1), ("sin", 1), "cos"),
    (("tan", 1), ("cot", 1), ""),
    (("sec", 1), ("cos", 1), ""),
    (("csc", 1), ("sin", 1), ""),
    (("tan", 1), ("sec", -1), "sin"),
    (("cot", 1), ("csc", -1), "cos"),
    (("tan", 1), ("sin", -1), "sec"),
    (("cot", 1), ("cos", -1), "csc"),
    (("sin", 1), ("sec", 1), "tan"),
    (("cos", 1), ("csc", 1), "cot"),
    (("sin", 1), ("cos", -1), "tan"),
    (("cos", 1), ("sin", -1), "cot"),
    (("tanh", 1), ("cosh", 1), "sinh"),
    (("tanh", 1), ("sinh", -1), "sech"),
    (("coth", 1), ("sinh", 1), "cosh"),
    (("sech", 1), ("cosh", 1), ""),
    (("csch", 1), ("sinh", 1), ""),
    (("sinh", 1), ("cosh", -1), "tanh"),
    (("cosh", 1), ("sinh", -1), "coth"),
)
"""Two functions to the power 1 or −1 whose product is a function, or 1: tan u·cos u = sin u."""

RECIPROCALS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cos": ("sec", ("tan", "sec")),
        "sin": ("csc", ("cot", "csc")),
    }
)
"""1/f is written by another function where one of these is there."""
