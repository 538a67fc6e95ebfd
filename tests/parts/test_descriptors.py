"""Open files: the limit is raised to the hard one, and a server that has none left says so in a line."""

import logging
import subprocess
import sys

from pages.parts.descriptors import EXHAUSTED, PAUSE, REFUSED, SaidOnce
from tests.test_house import ROOT

SERVER = """
import asyncio, logging, resource, socket
from pages.parts import descriptors

logging.basicConfig(format="%(message)s")
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
descriptors.prepare()


async def main():
    server = await asyncio.start_server(lambda *_: asyncio.sleep(60), "127.0.0.1", 0, backlog=2048)
    address = server.sockets[0].getsockname()
    clients = []
    while True:
        try:
            client = socket.socket()
        except OSError:
            break
        client.setblocking(False)
        client.connect_ex(address)
        clients.append(client)
    await asyncio.sleep(2.5)

asyncio.run(main())
"""


def test_the_soft_limit_becomes_the_hard_one():
    code = (
        "import resource; hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (min(200, hard), hard))\n"
        "from pages.parts import descriptors; descriptors.prepare(); descriptors.prepare()\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard))"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "True"


def test_a_server_without_files_says_so_in_one_line():
    command = [sys.executable, "-c", SERVER]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    assert answer.stderr.count(REFUSED) == 1
    assert EXHAUSTED not in answer.stderr


def test_it_is_said_again_after_a_while_and_all_else_at_once():
    now = [0.0]
    quiet = SaidOnce(lambda: now[0])

    def passes(message: str) -> bool:
        record = logging.LogRecord("asyncio", logging.ERROR, "", 0, message, (), (ValueError, ValueError(), None))
        return quiet.filter(record) and (record.getMessage() != REFUSED or record.exc_info is None)

    assert [passes(EXHAUSTED) for _ in range(1000)] == [True] + [False] * 999
    assert all(passes("Task exception was never retrieved") for _ in range(3))
    now[0] = PAUSE
    assert [passes(EXHAUSTED), passes(EXHAUSTED)] == [True, False]
