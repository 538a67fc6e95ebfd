"""Inputs that keep SymPy busy far longer than anybody waits."""

from numdiff.algebra.codec import encode
from numdiff.function import parse


def hostile(number: int):
    """Return the data of a different product of many sines for every number."""
    return encode(parse("*".join(f"sin({number + k}x)" for k in range(2, 22))).tree)
