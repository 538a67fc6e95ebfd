"""One worker process as its client sees it: a line out, a line back, and an end that always works."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from numdiff.algebra.worker import MEMORY_LIMIT

WORKER = Path(__file__).resolve().parent / "worker.py"

NEEDED = ("sympy", "mpmath")
"""The packages that a worker imports."""

LONGEST_ANSWER = 2**20
"""Characters of an answer; a longer one counts as none."""

_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG")


class WorkerLostError(Exception):
    """The process ended, or wrote what is no answer."""


def command(*settings: int) -> tuple[str, ...]:
    """Return the command that starts a worker.

    ``python -I`` keeps the environment out, and with it packages that come by PYTHONPATH or from the user's own
    directory; so the worker is told where this process would take its packages from, and looks there last.

    Parameters
    ----------
    *settings : int
        The limit of memory in bytes and the niceness.
    """
    specs = (find_spec(name) for name in NEEDED)
    places = dict.fromkeys(str(Path(spec.origin).parents[1]) for spec in specs if spec is not None and spec.origin)
    limits = (*settings, *(MEMORY_LIMIT, 0)[len(settings) :])
    return (sys.executable, "-I", str(WORKER), *map(str, limits), *places)


class WorkerProcess:
    """A running worker. It is used by one thread at a time."""

    def __init__(self, arguments: tuple[str, ...] | None = None) -> None:
        """Start the process, by default :func:`command`, and return at once; its first message says when it is ready.

        Raises
        ------
        OSError
            If the system cannot start it.
        """
        self._process = subprocess.Popen(
            arguments or command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C in the terminal is for the server
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: IO[str] = self._process.stdin
        self._answers: SimpleQueue[str | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()
        self._outbox: SimpleQueue[str | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """True if the process is no longer there."""
        return self._process.poll() is not None

    def _read(self, stream: IO[str]) -> None:
        """Pass on the lines of the worker; None after the last, or after one that is too long.

        After the last line the process is waited for, so that one that has ended does not stay in the system's table.
        """
        with stream:
            while True:
                line = stream.readline(LONGEST_ANSWER)
                if not line.endswith("\n"):
                    break
                self._answers.put(line)
        self._answers.put(None)
        if not line:  # the worker closes its output only by ending
            self._process.wait()

    def _write(self) -> None:
        """Write the requests as they come: a pipe that is full blocks this thread, and not who waits for the answer."""
        while (text := self._outbox.get()) is not None:
            try:
                self._requests.write(text)
                self._requests.flush()
            except (OSError, ValueError):  # the process has ended, or its input was closed: the reader says that
                return

    def send(self, message: dict[str, Any]) -> None:
        """Hand over one request and return at once.

        Raises
        ------
        WorkerLostError
            If the process has ended.
        """
        if self.has_ended:
            raise WorkerLostError
        self._outbox.put(json.dumps(message) + "\n")

    def receive(self, seconds: float) -> dict[str, Any] | None:
        """Return the next message, or None if there is none within the time.

        Raises
        ------
        WorkerLostError
            If the process has ended, or wrote something else.
        """
        try:
            line = self._answers.get(timeout=max(seconds, 0.0))
        except Empty:
            return None
        if line is None:
            raise WorkerLostError
        try:
            message = json.loads(line)
        except json.JSONDecodeError as error:
            raise WorkerLostError from error
        if not isinstance(message, dict):
            raise WorkerLostError
        return message

    def kill(self) -> None:
        """End the process, whatever it is doing, and wait until it has ended."""
        self._process.kill()
        self._process.wait()
        self._outbox.put(None)
        self._writer.join()  # a write into the pipe of an ended process fails at once
        with contextlib.suppress(OSError):  # a request not yet written is of no use any more
            self._requests.close()
        self._reader.join()
