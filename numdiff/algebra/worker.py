"""The worker process: reads one request a line, computes it with SymPy, writes one answer a line.

It is started by its path with ``python -I``, so that neither the directory of the caller nor its environment can put
another module in SymPy's place. A request is ``{"id": 1, "op": "simplify", "args": […], "seconds": 1.0}``, an answer
``{"id": 1, "value": …}`` or ``{"id": 1, "error": "…"}``. The first line written says that SymPy is there.

It ends when its standard input does. A request that takes longer than it may ends it too, by the system's timer: that
holds even inside one long operation on big numbers, and even if the client is no longer there to do it.
"""

from __future__ import annotations

import json
import os
import sys
import types
from pathlib import Path
from typing import Any, TextIO

MEMORY_LIMIT = 512 * 2**20
"""Bytes of address space that the process may have; the first argument sets another limit, the second a niceness, the
others say where to look for packages that are not installed where Python itself is."""

GRACE = 0.5
"""Seconds after the client's limit when the process ends itself."""


def _import_numdiff_without_numpy() -> None:
    """Make ``numdiff`` importable from beside this file, without what its ``__init__`` brings in."""
    package = types.ModuleType("numdiff")
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["numdiff"] = package


def limit_memory(limit: int) -> None:
    """Bound the address space; where the system has no such limit (Windows), only the time is bounded."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def step_back(niceness: int) -> None:
    """Let other processes have the processor first, where the system knows that."""
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)


def _end_after(seconds: float) -> None:
    """Let the system end this process after the time given; 0 takes it back."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def answer(request: dict[str, Any], operations: Any) -> dict[str, Any]:  # noqa: ANN401 - a table of functions
    """Return the answer to a request; what goes wrong in SymPy is told by the name of its error."""
    try:
        return {"id": request["id"], "value": operations[request["op"]](*request["args"])}
    except Exception as error:  # noqa: BLE001 - SymPy raises anything; the client is told, and judges
        return {"id": request["id"], "error": type(error).__name__}


def serve(lines: TextIO, out: TextIO, operations: Any) -> None:  # noqa: ANN401 - a table of functions
    """Answer each line until there are no more."""
    for line in lines:
        request = json.loads(line)
        _end_after(request["seconds"] + GRACE)
        text = json.dumps(answer(request, operations))
        _end_after(0)
        out.write(text + "\n")
        out.flush()


def main() -> None:
    """Run the worker on the standard streams."""
    memory, niceness = [*map(int, sys.argv[1:3]), *(MEMORY_LIMIT, 0)[len(sys.argv) - 1 :]]
    sys.path += [place for place in sys.argv[3:] if place not in sys.path]
    limit_memory(memory)
    step_back(niceness)
    _import_numdiff_without_numpy()
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints must not look like an answer
    try:
        from numdiff.algebra.operations import OPERATIONS
    except ImportError as error:
        answers.write(json.dumps({"missing": str(error.name)}) + "\n")
        answers.flush()
        return
    answers.write(json.dumps({"ready": sorted(OPERATIONS)}) + "\n")
    answers.flush()
    serve(sys.stdin, answers, OPERATIONS)


if __name__ == "__main__":
    main()
