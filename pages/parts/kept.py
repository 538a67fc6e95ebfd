"""What was computed for one visitor is there for all: kept by plain values, and within a bound of memory.

    @kept
    def slope(text: str, x: float) -> Slope: ...

Everything that pages keep lies in one store: what was used longest ago goes first, whichever function it belongs to, as
soon as all of it is larger than :data:`BYTES`. While an answer is computed, others who ask for the same wait for it
instead of computing it once more. An answer that a clock cut off (what SymPy proves in its time, how long a method
takes) is handed out again for a few seconds only, so that the redraws of one hand do not each work in vain, and is then
worked out anew: ``@kept(is_whole=…)`` names what tells it from a whole one.
"""

from __future__ import annotations

import gc
import math
import sys
import threading
import time
from collections.abc import Callable, Hashable
from functools import wraps
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, ParamSpec, TypeVar, overload

from cachetools import LRUCache
from cachetools.keys import hashkey

P = ParamSpec("P")
R = TypeVar("R")

BYTES = 16 * 2**20
"""Memory for all that is kept, in bytes, as :func:`size_of` counts it."""

PATIENCE = 2.0
"""Seconds that one waits for an answer that another computes; then it is computed a second time. No answer takes as
long as that, unless the one who computes it waits as well: so nobody waits for ever for somebody who waits for them."""

BRIEFLY = 3.0
"""Seconds for which an answer that is not whole is handed out again."""

_NOBODYS = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
"""What an answer refers to, but does not hold: it is there anyway."""

_answers: LRUCache[Hashable, tuple[Any, int, float]] = LRUCache(BYTES, getsizeof=lambda kept: kept[1])
"""Answers by function and arguments, each with its size in bytes and the time at which it is forgotten."""

_under_way: dict[Hashable, threading.Event] = {}
_lock = threading.Lock()


def size_of(answer: object) -> int:
    """Return how many bytes an object takes, with all that it holds; what it holds twice counts once."""
    seen: set[int] = set()
    total, queue = 0, [answer]
    while queue:
        part = queue.pop()
        if id(part) in seen or isinstance(part, _NOBODYS):
            continue
        seen.add(id(part))
        total += sys.getsizeof(part)
        queue += gc.get_referents(part)
    return total


def forget() -> None:
    """Empty the store."""
    with _lock:
        _answers.clear()


def memory() -> int:
    """Return how many bytes are kept at present."""
    with _lock:
        return int(_answers.currsize)


def _always(_answer: object) -> bool:
    return True


@overload
def kept(function: Callable[P, R], /) -> Callable[P, R]: ...
@overload
def kept(*, is_whole: Callable[[R], bool]) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def kept(
    function: Callable[P, R] | None = None, /, *, is_whole: Callable[[R], bool] = _always
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the answers of a function whose arguments are plain values.

    Parameters
    ----------
    function : callable
        Its arguments are hashable, and its answers are never changed by whoever gets them.
    is_whole : callable, optional
        Returns False for an answer that another moment might make better.
    """
    if function is None:
        return lambda wrapped: _keeping(wrapped, is_whole)
    return _keeping(function, is_whole)


def _keeping(function: Callable[P, R], is_whole: Callable[[R], bool]) -> Callable[P, R]:
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(name, *args, **kwargs)  # type: ignore[arg-type]
        with _lock:
            if _is_there(key):
                return _answers[key][0]  # type: ignore[no-any-return]
            other = _under_way.get(key)
            if other is None:
                mine = _under_way[key] = threading.Event()
        if other is None:
            return _computed(key, mine, lambda: function(*args, **kwargs), is_whole)
        other.wait(PATIENCE)
        with _lock:
            if _is_there(key):
                return _answers[key][0]  # type: ignore[no-any-return]
        return function(*args, **kwargs)

    return call


def _is_there(key: Hashable) -> bool:
    """Return whether there is an answer whose time is not over; the lock is held."""
    return key in _answers and time.monotonic() < _answers[key][2]


def _computed(key: Hashable, done: threading.Event, compute: Callable[[], R], is_whole: Callable[[R], bool]) -> R:
    """Return the answer, and keep it if it is whole and not larger than the store."""
    try:
        answer = compute()
        size = size_of(answer)
        end = math.inf if is_whole(answer) else time.monotonic() + BRIEFLY
        if size <= BYTES:
            with _lock:
                _answers[key] = (answer, size, end)
        return answer
    finally:
        with _lock:
            del _under_way[key]
        done.set()
