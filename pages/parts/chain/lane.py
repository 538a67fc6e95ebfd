"""One hard computation at a time, so that those who type hard formulas wait for each other and not everybody for them.

Python runs one thread at a time: ten threads that compute would leave an eleventh, which only draws, a tenth of the
time. With one lane, closed for a while after each hard computation, it keeps more than half of it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from numdiff.tree import Node, size

LARGE = 25
"""Nodes of a function beyond which its derivation takes the lane."""

SWITCH = 0.0005
"""Seconds after which the lane lets another thread in: one that draws hands over often, and would wait each time."""
REST = 0.5
"""How long the lane stays closed afterwards, as a part of the time that was taken."""
_SHORT = 0.02
"""Seconds after which nobody needs a rest."""

_lane = threading.Lock()


class BusyError(Exception):
    """The lane was not free in time."""


@contextmanager
def lane(patience: float = -1) -> Iterator[None]:
    """Wait for the lane and hold it.

    Parameters
    ----------
    patience : float
        Seconds; negative for as long as it takes.

    Raises
    ------
    BusyError
        If the lane is not free in time.
    """
    if not _lane.acquire(timeout=patience):
        raise BusyError
    begun, usual = time.perf_counter(), sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        _leave(time.perf_counter() - begun)


def _leave(taken: float) -> None:
    if taken < _SHORT:
        _lane.release()
        return
    later = threading.Timer(REST * taken, _lane.release)
    later.daemon = True
    later.start()


@contextmanager
def if_large(tree: Node) -> Iterator[None]:
    """Hold the lane while working on a large function; with any other, go on at once."""
    if size(tree) <= LARGE:
        yield
        return
    with lane():
        yield
