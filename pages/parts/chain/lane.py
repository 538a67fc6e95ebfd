"""One hard computation at a time, so that those who type hard formulas wait for each other and not everybody for them.

Python runs one thread at a time: ten threads that compute would leave an eleventh, which only draws, a tenth of the
time. With one lane, closed for as long again after each hard computation, it keeps three quarters of it.
"""

from __future__ import annotations

import math
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from numdiff.tree import Node, size

LARGE = 25
"""Nodes of a function beyond which its derivation takes the lane."""

SWITCH = 0.0005
"""Seconds after which the lane lets another thread in: one that draws hands over often, and would wait each time."""
REST = 1.0
"""How long the lane stays closed afterwards, as a part of the time that was taken: half of the time it is free."""
_LONGEST_REST = 0.6
"""Seconds after which the lane is free again, whatever was taken before."""
_SHORT = 0.02
"""Seconds after which nobody needs a rest."""


class BusyError(Exception):
    """The lane was not free in time."""


@dataclass
class _Lane:
    """Who computes, and until when the lane rests; whoever came last may come back at once, as one redraw does.

    Attributes
    ----------
    change : threading.Condition
        Held while any of the rest is read or written; told when the lane is left.
    is_held : bool
    owner : int
        The thread that holds the lane or held it last.
    taken : float
        Seconds that the owner has taken since it first came in.
    rest : float
        When the rest ends, in seconds of :func:`time.perf_counter`.
    """

    change: threading.Condition = field(default_factory=threading.Condition)
    is_held: bool = False
    owner: int = 0
    taken: float = 0.0
    rest: float = 0.0

    def enter(self, patience: float) -> None:
        me, end = threading.get_ident(), time.perf_counter() + patience if patience >= 0 else math.inf
        with self.change:
            while self.is_held or (self.owner != me and time.perf_counter() < self.rest):
                now = time.perf_counter()
                if now >= end:
                    raise BusyError
                soon = end if self.is_held else min(end, self.rest)
                self.change.wait(soon - now if soon < math.inf else None)
            if self.owner != me or time.perf_counter() >= self.rest:
                self.owner, self.taken = me, 0.0
            self.is_held = True

    def leave(self, seconds: float) -> None:
        with self.change:
            self.is_held = False
            self.taken += seconds
            rest = min(REST * self.taken, _LONGEST_REST) if self.taken >= _SHORT else 0.0
            self.rest = time.perf_counter() + rest
            self.change.notify_all()


_lane = _Lane()


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
    _lane.enter(patience)
    begun, usual = time.perf_counter(), sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        _lane.leave(time.perf_counter() - begun)


@contextmanager
def if_large(tree: Node) -> Iterator[None]:
    """Hold the lane while working on a large function; with any other, go on at once."""
    if size(tree) <= LARGE:
        yield
        return
    with lane():
        yield
