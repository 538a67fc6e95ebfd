"""Calls of functions that are not there: whoever prints or computes a call refuses them in one way."""

from __future__ import annotations

from numdiff.functions.registry import FUNCTIONS, UnknownFunctionError
from numdiff.tree import Call

__all__ = ("UnknownFunctionError", "check_known")


def check_known(call: Call) -> None:
    """Raise UnknownFunctionError for a call of a function that the notation does not have."""
    if call.name not in FUNCTIONS:
        raise UnknownFunctionError(call.name)
