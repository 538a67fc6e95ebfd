"""The client of the worker process: what the rest of the program asks computer algebra for.

Nothing here imports SymPy. Everything works without an answer: a request that finds SymPy missing, the worker busy or
the time too short returns None, and :meth:`Algebra.ask` says which.
"""

from __future__ import annotations

import atexit
import json
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import Literal

from numdiff.algebra.codec import CodecError, Data, decode, encode, encode_row
from numdiff.algebra.lane import Answer, Lane, Status
from numdiff.algebra.process import WorkerProcess, command
from numdiff.algebra.worker import MEMORY_LIMIT
from numdiff.evaluate.agreement import compare, differing_domains, sample_points
from numdiff.functions import added
from numdiff.tree import Node, variables

FAST_SECONDS = 0.5
"""Requests that ask for no more time than this take the fast lane."""

PAUSE = 30.0
"""Seconds in which an input that took too long is not tried again with no more time."""
_KEPT = 512
"""Answers kept, known-hard inputs included."""

Availability = Literal["ready", "unavailable"]


def _patient() -> WorkerProcess:
    """Start a worker that lets the server and the fast lane have the processor first."""
    return WorkerProcess(command(MEMORY_LIMIT, 10))


class Algebra:
    """Computer algebra in two worker processes: a fast lane, and a slow one for what may take longer.

    Every method may be called from any thread. The processes start with the first request, or with :meth:`start`.
    """

    def __init__(self, launch: Callable[[], WorkerProcess] | None = None) -> None:
        self._fast = Lane(launch or WorkerProcess, waiting=4)
        self._slow = Lane(launch or _patient, waiting=2)
        self._answers: OrderedDict[str, tuple[Answer, float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def availability(self) -> Availability:
        """``"unavailable"`` once SymPy is known to be missing or its process cannot be started."""
        return "unavailable" if self._fast.is_unavailable else "ready"

    def start(self) -> None:
        """Start the processes in the background, so that the first request finds them ready."""
        for lane in (self._fast, self._slow):
            threading.Thread(target=lane.start, daemon=True).start()

    def close(self) -> None:
        """End the processes. Later requests are answered with "unavailable"."""
        self._fast.close()
        self._slow.close()

    def ask(self, operation: str, *arguments: Data, timeout: float) -> Answer:
        """Return the worker's answer, or why there is none.

        Parameters
        ----------
        operation : str
            ``"simplify"``, ``"prove_zero"``, ``"prove_equal"`` or ``"eliminate"``.
        *arguments
            JSON data: trees as :func:`numdiff.algebra.codec.encode` makes them.
        timeout : float
            Seconds, waiting included. Up to :data:`FAST_SECONDS` it is the fast lane's.

        Returns
        -------
        Answer
            Answers are kept. That an input took too long is kept for :data:`PAUSE` seconds only, in which it is tried
            again with more time alone: it may have been the machine that was busy.
        """
        if rows := [encode_row(row) for row in added()]:
            operation, arguments = "with_rows", (rows, operation, *arguments)
        try:
            key = json.dumps([operation, arguments])
        except RecursionError:  # deeper than anything that can be typed: no worker would read it
            return Answer(Status.FAILED)
        known = self._recall(key)
        if known is not None and (known.status is Status.OK or known.seconds >= 0.9 * timeout):
            return known
        lane = self._fast if timeout <= FAST_SECONDS else self._slow
        answer = lane.ask(operation, list(arguments), timeout)
        if answer.status in (Status.OK, Status.TIMEOUT, Status.FAILED):
            self._keep(key, answer)
        return answer

    def _about(self, operation: str, *arguments: Node | str, timeout: float) -> Answer:
        """Ask about trees; one that is too deep to be written out is answered with "failed"."""
        try:
            written = [part if isinstance(part, str) else encode(part) for part in arguments]
        except RecursionError:
            return Answer(Status.FAILED)
        return self.ask(operation, *written, timeout=timeout)

    def _recall(self, key: str) -> Answer | None:
        with self._lock:
            answer, until = self._answers.get(key, (None, 0.0))
            if time.monotonic() >= until:
                self._answers.pop(key, None)
                return None
            self._answers.move_to_end(key)
            return answer

    def _keep(self, key: str, answer: Answer) -> None:
        until = time.monotonic() + PAUSE if answer.status is Status.TIMEOUT else math.inf
        with self._lock:
            self._answers[key] = answer, until
            self._answers.move_to_end(key)
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)

    def simplify(self, tree: Node, timeout: float = 1.0) -> Node | None:
        """Return a shorter form of the tree in the same functions, or None if none was found in time.

        The form is checked at sample points before it is returned, as any other equality.
        """
        return self.shorten(tree, timeout)[1]

    def shorten(self, tree: Node, timeout: float = 1.0) -> tuple[Status, Node | None]:
        """Return what became of the search for a shorter form, and the form if there is one.

        Parameters
        ----------
        tree : Node
        timeout : float
            Seconds, waiting included.

        Returns
        -------
        (Status, Node or None)
            With ``Status.OK`` and None there is no shorter form that SymPy knows of.
        """
        answer = self._about("simplify", tree, timeout=timeout)
        forms = map(_tree, answer.value) if answer.status is Status.OK else ()
        return answer.status, next((form for form in forms if form is not None and _agree(tree, form)), None)

    def prove_zero(self, tree: Node, timeout: float = FAST_SECONDS) -> bool | None:
        """Return True if the tree is proved 0 wherever it has a value, False if proved not to be, else None."""
        return _verdict(self._about("prove_zero", tree, timeout=timeout))

    def prove_equal(self, left: Node, right: Node, timeout: float = FAST_SECONDS) -> bool | None:
        """Return True if the trees are proved equal wherever both have values, False if not equal, else None."""
        return self.judge_equal(left, right, timeout)[1]

    def judge_equal(self, left: Node, right: Node, timeout: float = FAST_SECONDS) -> tuple[Status, bool | None]:
        """Return what became of the question, and the answer of :meth:`prove_equal`."""
        answer = self._about("prove_equal", left, right, timeout=timeout)
        return answer.status, _verdict(answer)

    def eliminate(self, first: Node, second: Node, variable: str, timeout: float = FAST_SECONDS) -> Node | None:
        """Return the resultant of two rational expressions by a variable, or None if it was not found in time."""
        answer = self._about("eliminate", first, second, variable, timeout=timeout)
        return _tree(answer.value) if answer.status is Status.OK else None


def _verdict(answer: Answer) -> bool | None:
    return answer.value if answer.status is Status.OK and isinstance(answer.value, bool) else None


def _tree(data: Data) -> Node | None:
    try:
        return decode(data)
    except CodecError:
        return None


def _agree(left: Node, right: Node) -> bool:
    points = sample_points((left, right), variables(left), 16)
    found = compare(left, right, points)
    return bool(found.agree) and not found.differ and not any(differing_domains(found, left, right))


@cache
def algebra() -> Algebra:
    """Return the program's own client; its processes end with the program."""
    client = Algebra()
    atexit.register(client.close)
    return client
