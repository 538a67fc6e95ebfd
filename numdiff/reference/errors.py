"""What both kinds of reference share: the names of their numbers, and the answer that there is none."""

from __future__ import annotations

from typing import Any, TypeAlias

Rational: TypeAlias = Any
"""An exact rational number."""

Number: TypeAlias = Any
"""A rational number, or a real number known up to a bound."""

DOMAIN = frozenset({"domain", "pole"})
"""Reasons for a missing value that have to do with f itself, not with its derivative."""


class NoValueError(ArithmeticError):
    """There is no value, or none that can be decided; ``reason`` is a code of :class:`numdiff.sweep.ErrorSweep`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
