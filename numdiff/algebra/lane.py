"""A lane: one worker process and the short queue of those who wait for it.

A request that overruns its time has the process killed and replaced; the others wait, but not longer than they said
they would. A lane whose queue is full, or whose process is not there, answers at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from numdiff.algebra.codec import Data
from numdiff.algebra.process import WorkerLostError, WorkerProcess


class Status(StrEnum):
    """What became of a request."""

    OK = "ok"
    BUSY = "busy"
    """Others were before it, or the worker was still starting; asked again later it may be answered."""
    TIMEOUT = "timeout"
    """It took longer than it may."""
    FAILED = "failed"
    """SymPy could not do it, or the process ran out of memory."""
    UNAVAILABLE = "unavailable"
    """SymPy is not installed, or its process cannot be started."""


@dataclass(frozen=True)
class Answer:
    """The status of a request, its value if there is one, and the seconds that it was given."""

    status: Status
    value: Data = None
    seconds: float = 0.0


LONGEST_START = 20.0
"""Seconds that importing SymPy may take on a slow machine."""
MOST_FAILED_STARTS = 3
PAUSE = 60.0
"""Seconds for which a lane is unavailable after that many failed starts, one after the other."""


class Lane:
    """One worker and its queue. Every method may be called from any thread."""

    def __init__(self, launch: Callable[[], WorkerProcess] = WorkerProcess, waiting: int = 4) -> None:
        self._launch = launch
        self._places = threading.BoundedSemaphore(waiting + 1)
        self._turn = threading.Lock()
        self._launching = threading.Lock()
        self._numbers = count(1)
        self._worker: WorkerProcess | None = None
        self._is_ready = False
        self._started = 0.0
        self._failures = 0
        self._unavailable_until = 0.0
        self._is_closed = False

    @property
    def is_unavailable(self) -> bool:
        """True if no request can be answered now, and none soon."""
        return self._is_closed or time.monotonic() < self._unavailable_until

    @property
    def pid(self) -> int | None:
        """The number of the process, if there is one."""
        worker = self._worker
        return None if worker is None else worker.pid

    def start(self) -> None:
        """Start the process unless it runs; does not wait until it is ready."""
        with self._turn:
            self._ensure()

    def close(self) -> None:
        """End the process; later requests find the lane unavailable."""
        with self._launching:  # a process that is just being started is not missed
            self._is_closed = True
            worker = self._worker
        if worker is not None:
            worker.kill()  # whoever waits for its answer is told that it is lost
        with self._turn:
            self._drop()

    def ask(self, operation: str, arguments: list[Data], seconds: float) -> Answer:
        """Return the answer within about the time given, waiting included."""
        deadline = time.monotonic() + seconds
        if self.is_unavailable:
            return Answer(Status.UNAVAILABLE)
        if not self._places.acquire(blocking=False):
            return Answer(Status.BUSY)
        try:
            if not self._turn.acquire(timeout=seconds):
                return Answer(Status.BUSY)
            try:
                return self._in_turn(operation, arguments, deadline)
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _in_turn(self, operation: str, arguments: list[Data], deadline: float) -> Answer:
        worker = self._ensure()
        if worker is None:
            return Answer(Status.UNAVAILABLE)
        if not self._await_ready(worker, deadline):
            return Answer(Status.UNAVAILABLE if self.is_unavailable else Status.BUSY)
        seconds = deadline - time.monotonic()
        if seconds <= 0:
            return Answer(Status.BUSY)
        try:
            return self._exchange(worker, operation, arguments, seconds)
        except WorkerLostError:
            self._replace()
            return Answer(Status.FAILED, seconds=seconds)

    def _exchange(self, worker: WorkerProcess, operation: str, arguments: list[Data], seconds: float) -> Answer:
        number = next(self._numbers)
        worker.send({"id": number, "op": operation, "args": arguments, "seconds": seconds})
        message = worker.receive(seconds)
        if message is None:
            self._replace()
            return Answer(Status.TIMEOUT, seconds=seconds)
        if message.get("id") != number:
            raise WorkerLostError
        if "value" in message:
            return Answer(Status.OK, message["value"], seconds)
        if message.get("error") == "MemoryError":
            self._replace()
        return Answer(Status.FAILED, seconds=seconds)

    def _ensure(self) -> WorkerProcess | None:
        """Return the process, started if it was not there; None if it cannot be."""
        if self._worker is not None and self._worker.has_ended and self._is_ready:
            self._drop()  # ended by somebody else while it had nothing to do
        with self._launching:
            if self._worker is None and not self.is_unavailable:
                try:
                    self._worker = self._launch()
                except OSError:
                    self._failed_to_start()
                    return None
                self._is_ready, self._started = False, time.monotonic()
            return self._worker

    def _await_ready(self, worker: WorkerProcess, deadline: float) -> bool:
        if self._is_ready:
            return True
        try:
            message = worker.receive(deadline - time.monotonic())
        except WorkerLostError:
            self._failed_to_start()
            return False
        if message is None:
            if time.monotonic() - self._started > LONGEST_START:
                self._failed_to_start()
            return False
        if "ready" not in message:
            self._unavailable_until = float("inf")  # SymPy is not installed: trying again would not help
            self._drop()
            return False
        self._is_ready, self._failures = True, 0
        return True

    def _failed_to_start(self) -> None:
        self._drop()
        self._failures += 1
        if self._failures >= MOST_FAILED_STARTS:
            self._failures = 0
            self._unavailable_until = time.monotonic() + PAUSE

    def _replace(self) -> None:
        """End the process and start the next one, which gets ready while nobody waits for it."""
        self._drop()
        if not self._is_closed:
            self._ensure()

    def _drop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
