"""A server of the app in a process of its own, and visitors that speak to it as a browser does, without a browser.

A visitor opens a page, and then types one value after another; what comes back is read until the run has finished.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
"""Seconds after which an answer is given up."""

PAGES = ("secant", "error", "chain", "partial", "gradcheck", "definition", "why", "chainrule")
"""Pages on which a visitor types a point and a formula."""


@dataclass
class Server:
    """A running app: its port, and what the system says of its process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def resident(self) -> float:
        """Memory in use, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    @property
    def processor(self) -> float:
        """Processor time used so far, in seconds."""
        numbers = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def open_files(self) -> int:
        """How many descriptors are open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, "the server has ended"
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.1)
        else:
            return


@contextmanager
def serving(script: Path = ROOT / "app.py") -> Iterator[Server]:
    """Run a server of the app, or of another script, for the block."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as sink:
            process = subprocess.Popen(command, cwd=ROOT, stdout=sink, stderr=subprocess.STDOUT)
            try:
                _wait_until_served(port, process)
                yield Server(port, process, log)
            finally:
                process.terminate()
                process.wait(timeout=30)


@dataclass
class Visitor:
    """One browser tab.

    Attributes
    ----------
    port : int
    page : str
        The path of the page.
    query : str
        The query of its address.
    widgets : dict
        Ids of the fields by their keys.
    errors : list of str
        What stood in red.
    """

    port: int
    page: str = ""
    query: str = "lang=en"
    widgets: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    _script: str = ""
    _fragment: str = ""
    _values: dict[str, str] = field(default_factory=dict)

    async def open(self) -> float:
        """Open the page; return the seconds until it has been drawn."""
        start = time.perf_counter()
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self._socket = await websockets.connect(
            address, subprotocols=["streamlit"], max_size=None, ping_interval=None, open_timeout=PATIENCE
        )
        await self._run(BackMsg())
        return time.perf_counter() - start

    async def type(self, name: str, text: str) -> float:
        """Type into the field of the formula, "f", or of the point, "x"; return the seconds until all is drawn."""
        start = time.perf_counter()
        key = next(key for key in self.widgets if key in {f"view_{name}", key.rpartition(".")[0] + f".{name}"})
        self._values[self.widgets[key]] = text
        message = BackMsg()
        message.rerun_script.fragment_id = self._fragment
        await self._run(message)
        return time.perf_counter() - start

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()

    async def _run(self, message: BackMsg) -> None:
        run = message.rerun_script
        run.query_string = self.query
        run.page_script_hash = self._script
        run.page_name = "" if self._script else self.page
        for name, value in self._values.items():
            state = run.widget_states.widgets.add()
            state.id, state.string_value = name, value
        await self._socket.send(message.SerializeToString())
        while not self._is_last(await asyncio.wait_for(self._socket.recv(), PATIENCE)):
            pass

    def _is_last(self, data: bytes) -> bool:
        answer = ForwardMsg.FromString(data)
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self._script = answer.new_session.page_script_hash
        elif kind == "navigation":
            self._script = answer.navigation.page_script_hash or self._script
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._take(answer)
        return kind == "script_finished"

    def _take(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.errors.append(element.exception.message)
        elif kind == "text_input":
            self.widgets[element.text_input.id.split("-", 2)[-1]] = element.text_input.id
            self._fragment = answer.delta.fragment_id or self._fragment
