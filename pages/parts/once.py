"""What many visitors ask for at the same time is computed once: one computes, and the others wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _Mine(threading.local):
    """What the running thread does: how many computations of this kind it is in the midst of."""

    depth: int = 0


_mine = _Mine()


class Once(Generic[P, R]):
    """A function of hashable positional arguments whose latest results are kept; see :func:`once`."""

    def __init__(self, function: Callable[P, R], maxsize: int) -> None:
        self._kept: Any = lru_cache(maxsize=maxsize)(function)
        self._running: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()
        self.cache_info, self.cache_clear = self._kept.cache_info, self._kept.cache_clear
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the function's value, kept or new."""
        key = (args, tuple(sorted(kwargs.items())))
        while True:
            with self._lock:
                other = self._running.get(key)
                mine = self._running.setdefault(key, threading.Event()) if other is None else None
            if mine is not None:
                return self._compute(key, mine, args, kwargs)
            if other is None or _mine.depth:
                # whoever waits while others wait for him could wait for ever
                alone: R = self._kept(*args, **kwargs)
                return alone
            other.wait()

    def _compute(self, key: Hashable, done: threading.Event, args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        _mine.depth += 1
        try:
            value: R = self._kept(*args, **kwargs)
            return value
        finally:
            _mine.depth -= 1
            with self._lock:
                del self._running[key]
            done.set()


def once(maxsize: int) -> Callable[[Callable[P, R]], Once[P, R]]:
    """Keep a function's latest results for all sessions, as ``functools.lru_cache`` does, and compute none twice.

    While one thread computes a value, others that ask for the same wait for it. A thread that computes one such value
    never waits for another: it computes that itself, so that no two can wait for each other. If the computation
    raises, nothing is kept and whoever waited tries it himself.

    Parameters
    ----------
    maxsize : int
        How many results are kept.
    """
    return lambda function: Once(function, maxsize)
