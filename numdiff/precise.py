"""Numbers of many digits without touching anybody else's precision.

mpmath's own functions and operators round to ``mpmath.mp``, which belongs to the whole process: a thread that sets it
changes what every other thread computes, and a caller's own setting would change what is computed here. So whatever
needs a precision takes a context of its own:

    with context(digits=50) as mp:
        third = mp.mpf(1) / 3
    return public(third)                         # an mpmath.mpf with the same digits

An operator rounds to the context of its left operand, so numbers from elsewhere are taken in by ``mp.convert`` first,
which keeps all their digits. Comparisons are exact in any context.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import mpmath

_idle: list[Any] = []
"""Contexts that nobody uses. To make one costs a millisecond; appending to a list and popping from it are atomic."""


@contextmanager
def context(digits: int | None = None, *, bits: int | None = None) -> Iterator[Any]:
    """Lend a private mpmath context for the block.

    Parameters
    ----------
    digits, bits : int
        The precision of its numbers in decimal digits or in bits: one of the two.

    Yields
    ------
    mpmath.MPContext
        Nobody else computes in it, in no other thread and in no block further out or in. Its numbers may leave the
        block, but further arithmetic on them belongs into a block.
    """
    if (digits is None) == (bits is None):
        raise TypeError("either digits or bits is needed")
    try:
        private = _idle.pop()
    except IndexError:
        private = mpmath.MPContext()
    if digits is None:
        private.prec = bits
    else:
        private.dps = digits
    try:
        yield private
    finally:
        _idle.append(private)


def public(number: Any) -> Any:  # noqa: ANN401 - mpmath has no types
    """Return a real number of any context as an ``mpmath.mpf`` with all its digits."""
    return mpmath.mp.make_mpf(number._mpf_)
