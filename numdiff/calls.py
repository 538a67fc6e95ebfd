"""Calls of functions that are not there: whoever prints or computes a call refuses them in one way."""

from __future__ import annotations

from numdiff.tree import FUNCTIONS, Call


class UnknownFunctionError(TypeError):
    """A call of a function that is not in :data:`numdiff.tree.FUNCTIONS`, or for which something has no form.

    A name is never guessed: ``np.foo`` would be printed code that does not run, or computes something else.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"there is no function {self.name!r}"


def check_known(call: Call) -> None:
    """Raise UnknownFunctionError for a call of a function that the notation does not have."""
    if call.name not in FUNCTIONS:
        raise UnknownFunctionError(call.name)
