"""Open files: as many as the system lets this process have, and one line in the log where they are used up.

Every visitor's connection takes about four of them, and one that broke off keeps three until the session is dropped.
The usual limit of 1024 is a soft one, enough for some 150 visitors after a reload; the hard one is far higher.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import cache

EXHAUSTED = "socket.accept() out of system resource"
"""What asyncio logs with a traceback, thousands of times a second, when no connection can be accepted."""
PAUSE = 60.0
"""Seconds for which it is not said again."""
REFUSED = "too many open files: new visitors are refused until others leave; raise the limit of the process (ulimit -n)"


class SaidOnce(logging.Filter):
    """Lets one line a minute through in place of asyncio's tracebacks about used-up files; all else as it is."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._silent_until = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for a record that has been said a moment ago; without its traceback it is said otherwise."""
        if not record.getMessage().startswith(EXHAUSTED):
            return True
        with self._lock:
            now = self._clock()
            if now < self._silent_until:
                return False
            self._silent_until = now + PAUSE
        record.msg, record.args, record.exc_info, record.exc_text = REFUSED, (), None, None
        return True


def raise_limit() -> tuple[int, int] | None:
    """Raise the soft limit of open files to the hard one; return both, None where there is none (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)


@cache
def prepare() -> None:
    """Raise the limit and quieten the log, once a process."""
    raise_limit()
    logging.getLogger("asyncio").addFilter(SaidOnce())
