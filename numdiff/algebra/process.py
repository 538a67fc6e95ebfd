"""One worker process as its client sees it: a line out, a line back, and an end that always works."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

WORKER = Path(__file__).resolve().parent / "worker.py"

LONGEST_ANSWER = 2**20
"""Characters of an answer; a longer one counts as none."""

_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG")


class WorkerLostError(Exception):
    """The process ended, or wrote what is no answer."""


class WorkerProcess:
    """A running worker. It is used by one thread at a time."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-I", str(WORKER))) -> None:
        """Start the process and return at once; its first message says when it is ready.

        Raises
        ------
        OSError
            If the system cannot start it.
        """
        self._process = subprocess.Popen(
            command,
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

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """True if the process is no longer there."""
        return self._process.poll() is not None

    def _read(self, stream: IO[str]) -> None:
        """Pass on the lines of the worker; None after the last, or after one that is too long."""
        with stream:
            while True:
                line = stream.readline(LONGEST_ANSWER)
                if not line.endswith("\n"):
                    self._answers.put(None)
                    return
                self._answers.put(line)

    def send(self, message: dict[str, Any]) -> None:
        """Write one request.

        Raises
        ------
        WorkerLostError
            If the process has ended.
        """
        try:
            self._requests.write(json.dumps(message) + "\n")
            self._requests.flush()
        except OSError as error:
            raise WorkerLostError from error

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
        with contextlib.suppress(BrokenPipeError):  # a request not yet written is of no use any more
            self._requests.close()
        self._reader.join()
