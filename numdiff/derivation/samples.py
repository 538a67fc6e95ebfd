"""Where the equalities of a derivation are checked."""

from __future__ import annotations


class Samples:
    """Points at which a function and its derivative exist."""

    count: int
