"""One hard computation at a time, so that those who type hard formulas wait for each other and not everybody for them.

Python runs one thread at a time: ten threads that compute would leave an eleventh, which only draws, a tenth of the
time. With one lane, closed for as long again after each hard computation, it keeps three quarters of it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import streamlit as st

from numdiff.tree import Node, size
from pages.parts.i18n import Translator

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


PATIENCE = 1.0
"""Seconds that a view waits for the lane before it says that others are being worked for."""
WAITING = 4
"""How many may wait: a further one is told at once. Each of them has a thread, and whoever it is sees an old page."""
LONGEST = 3.0
"""Seconds after which the lane counts as free though it was not left: no computation is meant to take that long."""


class BusyError(Exception):
    """The lane was not free in time, or too many wait for it."""


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
    rest, since : float
        When the rest ends, and since when the lane is held, in seconds of :func:`time.perf_counter`.
    waiting : int
        How many wait for it.
    """

    change: threading.Condition = field(default_factory=threading.Condition)
    is_held: bool = False
    owner: int = 0
    taken: float = 0.0
    rest: float = 0.0
    since: float = 0.0
    waiting: int = 0

    def enter(self, patience: float) -> float:
        """Take the lane; return since when it is held, which is what it is left by."""
        end = time.perf_counter() + patience
        with self.change:
            if self._is_closed() and self.waiting >= WAITING:
                raise BusyError
            self.waiting += 1
            try:
                while (opens := self._opens()) > (now := time.perf_counter()):
                    if now >= end:
                        raise BusyError
                    self.change.wait(min(end, opens) - now)
            finally:
                self.waiting -= 1
            me, now = threading.get_ident(), time.perf_counter()
            if self.owner != me or now >= self.rest:
                self.owner, self.taken = me, 0.0
            self.is_held, self.since = True, now
            return now

    def _is_closed(self) -> bool:
        return self._opens() > time.perf_counter()

    def _opens(self) -> float:
        """Return when the lane is free at the latest, if nobody leaves it before."""
        if self.is_held:
            return self.since + LONGEST
        return self.rest if self.owner != threading.get_ident() else 0.0

    def leave(self, since: float) -> None:
        with self.change:
            if self.since != since:
                return  # it was held too long, and is another one's now
            self.is_held = False
            self.taken += time.perf_counter() - since
            rest = min(REST * self.taken, _LONGEST_REST) if self.taken >= _SHORT else 0.0
            self.rest = time.perf_counter() + rest
            self.change.notify_all()


_lane = _Lane()


@contextmanager
def lane(patience: float = PATIENCE) -> Iterator[None]:
    """Wait for the lane and hold it.

    Parameters
    ----------
    patience : float
        Seconds.

    Raises
    ------
    BusyError
        If the lane is not free in time, or too many wait for it.
    """
    since, usual = _lane.enter(patience), sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        _lane.leave(since)


_says: ContextVar[bool] = ContextVar("says", default=False)


@contextmanager
def telling() -> Iterator[None]:
    """Let large functions raise BusyError within the block, which catches it and tells the visitor."""
    before = _says.set(True)
    try:
        yield
    finally:
        _says.reset(before)


@contextmanager
def if_large(tree: Node) -> Iterator[None]:
    """Hold the lane while working on a large function; with any other, go on at once.

    Raises
    ------
    BusyError
        Within :func:`telling`, if the lane is not free in time. Elsewhere, as in a file that was asked for, the work is
        done all the same.
    """
    with ExitStack() as stack:
        if size(tree) > LARGE:
            try:
                stack.enter_context(lane())
            except BusyError:
                if _says.get():
                    raise
        yield


@contextmanager
def told(_: Translator, key: str) -> Iterator[None]:
    """Draw within the block; what is not drawn because others are before it is replaced by a sentence and a button.

    Parameters
    ----------
    _ : Translator
    key : str
        Of the button.
    """
    try:
        with telling():
            yield
    except BusyError:
        st.warning(_("chain.proof.busy"))
        st.button(_("chain.proof.again"), key=key)
