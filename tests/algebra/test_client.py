"""The client and its worker: answers, limits, replacement, lanes, and what is left when the worker is missing."""

import json
import os
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from numdiff.algebra import client as client_module
from numdiff.algebra.client import Algebra, algebra
from numdiff.algebra.codec import encode
from numdiff.algebra.lane import Answer, Lane, Status
from numdiff.algebra.process import WORKER, WorkerLostError, WorkerProcess
from numdiff.function import parse
from numdiff.printing.measure import is_deeper, reading_length
from numdiff.tree import Call, Variable, walk
from tests.algebra.hostile import hostile

pytestmark = pytest.mark.flaky(reruns=1)  # processes in real time, on a machine that may have other work

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENT = 30.0
"""Seconds given where the answer itself is what is tested: the machine may be busy."""


def tree(text):
    return parse(text).tree


@pytest.fixture(scope="module")
def client():
    algebra = Algebra()
    yield algebra
    algebra.close()


def fake(code):
    """Return a launcher of a process that plays the worker with a few lines of Python."""
    return lambda: WorkerProcess((sys.executable, "-I", "-c", code))


ECHO = """
import json, sys
print(json.dumps({"ready": []}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], "value": request["args"]}), flush=True)
"""


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("x + x", "2x"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("(x^2 - 1)/(x - 1) + 0", "x + 1"),
        ("x^{1/3} + x^{1/3}", None),
        ("sigmoid(x)*sigmoid(x) + x - x", None),
        ("cbrt(x)*cbrt(x)*cbrt(x)", "x"),
    ],
)
def test_a_shorter_form(client, long, short):
    found = client.simplify(tree(long), PATIENT)
    assert found is not None
    assert sum(1 for _ in walk(found)) <= sum(1 for _ in walk(tree(long)))
    if short is not None:
        assert found == tree(short)


@pytest.mark.parametrize("text", ["e^{-x}/(1 + e^{-x})^2", "e^{-x} sin x - e^{-x} cos x", "sigmoid(x)(1 - sigmoid(x))"])
def test_no_new_function_comes_in(client, text):
    """SymPy alone would bring cosh into σ′ and a shifted cosine into the second."""
    found = client.simplify(tree(text), PATIENT)
    if found is not None:
        assert {n.name for n in walk(found) if isinstance(n, Call)} <= {
            n.name for n in walk(tree(text)) if isinstance(n, Call)
        }


@pytest.mark.parametrize(
    "text",
    ["24^x*ln(2) + 24^x*ln(3) + 24^x*ln(4)", "2^x*3^x*4^x*(ln(2) + ln(3) + ln(4))", "7/3*x^{4/3}", "x^2 e^x ln(x^x)"],
)
def test_nothing_worse_is_offered(client, text):
    """By fewer nodes ln(24^(24^x)) would do, which overflows from x = 1.7 on, and 7(∛x)⁴/3."""
    found = client.simplify(tree(text), PATIENT)
    if found is not None:
        assert reading_length(found) < reading_length(tree(text))
        assert not is_deeper(found, tree(text))


@pytest.mark.parametrize("text", ["x", "e^x", "3"])
def test_what_is_short_stays(client, text):
    assert client.simplify(tree(text), PATIENT) is None


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("tanh(x)", "(e^x - e^{-x})/(e^x + e^{-x})", True),
        ("sigmoid(x)(1 - sigmoid(x))", "1/(4cosh(x/2)^2)", True),
        ("sin(2x)", "2 sin(x) cos(x)", True),
        ("cbrt(x)^3", "x", True),
        ("arccot(x)", "pi/2 - arctan(x)", True),
        ("(x+1)^2", "x^2 + 2x + 1", True),
        ("x", "x + 1", False),
        ("ln(2)", "ln(3)", False),
        ("x^2", "x^3", None),
    ],
)
def test_proofs(client, left, right, verdict):
    assert client.prove_equal(tree(left), tree(right), PATIENT) is verdict


def test_a_variable_is_eliminated(client):
    found = client.eliminate(tree("f - t^2"), tree("p - 2t"), "t", PATIENT)
    assert True in {client.prove_equal(found, tree(text), PATIENT) for text in ("p^2 - 4f", "4f - p^2")}


def test_an_unknown_operation_is_answered_too(client):
    assert client.ask("system", "ls", timeout=PATIENT).status is Status.FAILED
    assert client.ask("simplify", ["no", "tree"], timeout=PATIENT).status is Status.FAILED
    assert client.prove_equal(tree("x"), tree("x"), PATIENT) is True


def test_what_overruns_is_killed_and_replaced():
    algebra = Algebra()
    try:
        assert algebra.prove_zero(tree("x - x"), PATIENT) is True
        before = algebra._slow.pid
        answer = algebra.ask("simplify", hostile(1), timeout=1.0)
        assert answer.status is Status.TIMEOUT
        assert algebra._slow.pid != before
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
        assert algebra.simplify(tree("x + x"), PATIENT) == tree("2x")
        # known to be hard: not tried again with as much time, and the worker is left alone
        worker = algebra._slow.pid
        assert algebra.ask("simplify", hostile(1), timeout=1.0) == answer
        assert algebra._slow.pid == worker
    finally:
        algebra.close()


def test_the_fast_lane_does_not_wait_for_the_slow_one():
    algebra = Algebra()
    try:
        assert algebra.ask("prove_zero", encode(tree("x - x")), timeout=PATIENT).value is True
        while algebra.ask("prove_zero", encode(tree("2x - 2x")), timeout=0.5).status is Status.BUSY:
            pass  # the fast lane is still importing SymPy
        slow: list[Answer] = []
        thread = threading.Thread(target=lambda: slow.append(algebra.ask("simplify", hostile(2), timeout=20.0)))
        thread.start()
        answers = [algebra.ask("prove_zero", encode(tree(f"{k}x - {k}x")), timeout=0.5) for k in range(3, 9)]
        assert [answer.value for answer in answers] == [True] * 6
        assert slow == []
        algebra.close()
        thread.join()
        assert slow[0].status is Status.FAILED
    finally:
        algebra.close()


def test_a_process_ended_by_somebody_else_is_replaced():
    lane = Lane(fake(ECHO))
    try:
        assert lane.ask("echo", [1], PATIENT).value == [1]
        first = lane.pid
        os.kill(first, 9)
        lane._worker._reader.join(PATIENT)
        assert lane.ask("echo", [2], PATIENT).value == [2]
        assert lane.pid != first
    finally:
        lane.close()


def test_memory_is_limited():
    worker = WorkerProcess((sys.executable, "-I", str(WORKER), str(128 * 2**20)))
    try:
        assert "ready" in worker.receive(PATIENT)
        bomb = encode(tree("(a + b + c + d + x + y)^80"))
        worker.send({"id": 1, "op": "prove_zero", "args": [bomb], "seconds": PATIENT})
        try:
            message = worker.receive(PATIENT)
        except WorkerLostError:
            message = {"error": "MemoryError"}
        assert message["error"] == "MemoryError"
    finally:
        worker.kill()


def test_a_worker_ends_itself_even_if_nobody_kills_it():
    worker = WorkerProcess()
    try:
        assert "ready" in worker.receive(PATIENT)
        worker.send({"id": 1, "op": "simplify", "args": [hostile(3)], "seconds": 0.2})
        with pytest.raises(WorkerLostError):
            worker.receive(PATIENT)
    finally:
        worker.kill()


def test_no_orphan_is_left_when_the_server_is_killed():
    code = (
        "import sys, time\n"
        "from numdiff.algebra.client import algebra\n"
        "from numdiff.function import parse\n"
        "a = algebra(); a.prove_zero(parse('x - x').tree, 30.0)\n"
        "print(a._slow.pid, flush=True); time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with server:
        pid = int(server.stdout.readline())
        os.kill(pid, 0)
        server.kill()
    deadline = time.monotonic() + PATIENT
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid):
    """Return whether a process is there and not merely waiting to be collected by its parent."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_the_processes_end_with_the_program():
    code = (
        "import sys\n"
        "from numdiff.algebra.client import algebra\n"
        "from numdiff.function import parse\n"
        "a = algebra(); a.start(); a.prove_zero(parse('x - x').tree, 30.0)\n"
        "print(*(pid for pid in (a._fast.pid, a._slow.pid) if pid)); print('sympy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    pids, imported = done.stdout.split("\n")[:2]
    assert imported == "False"
    assert not any(_runs(int(pid)) for pid in pids.split())


def test_importing_the_client_neither_imports_sympy_nor_starts_anything():
    code = (
        "import sys, numdiff.algebra.client as c\n"
        "print('sympy' in sys.modules, *(lane.pid for lane in (c.algebra()._fast, c.algebra()._slow)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False None None"


def test_the_worker_sees_neither_the_directory_nor_the_environment_of_the_server(tmp_path):
    (tmp_path / "sympy.py").write_text("raise SystemExit('the wrong sympy')", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(WORKER)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        input="",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ready" in json.loads(done.stdout)


def test_without_sympy_the_answer_is_unavailable():
    algebra = Algebra(fake('print(\'{"missing": "sympy"}\')'))
    try:
        assert algebra.availability == "ready"
        assert algebra.ask("prove_zero", encode(tree("x")), timeout=0.5 + PATIENT).status is Status.UNAVAILABLE
        assert algebra.simplify(tree("x + x"), PATIENT) is None
        assert algebra.prove_equal(tree("x"), tree("x"), PATIENT) is None
    finally:
        algebra.close()


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "print('no JSON')", "print('[1]')", "print('x' * 2**21)"])
def test_a_worker_that_cannot_start_is_given_up(code):
    lane = Lane(fake(code))
    try:
        answers = [lane.ask("echo", [], PATIENT).status for _ in range(4)]
        assert set(answers[:2]) <= {Status.BUSY, Status.UNAVAILABLE}
        assert answers[-1] is Status.UNAVAILABLE
        assert lane.is_unavailable
        assert lane.pid is None
    finally:
        lane.close()


def test_a_program_that_is_not_there_is_unavailable(tmp_path):
    lane = Lane(lambda: WorkerProcess((str(tmp_path / "python"),)))
    assert lane.ask("echo", [], 1.0).status is Status.UNAVAILABLE
    lane.close()


def test_a_full_queue_answers_at_once():
    silent = "import json, time\nprint(json.dumps({'ready': []}), flush=True)\ntime.sleep(600)"
    lane = Lane(fake(silent), waiting=1)
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(lane.ask("echo", [], PATIENT))) for _ in range(2)]
    try:
        for thread in threads:
            thread.start()
        while lane._places._value:
            time.sleep(0.01)
        assert lane.ask("echo", [], PATIENT) == Answer(Status.BUSY)
    finally:
        lane.close()
        for thread in threads:
            thread.join()
    assert {answer.status for answer in answers} <= {Status.FAILED, Status.UNAVAILABLE}


def test_many_threads_get_their_own_answers():
    lane = Lane(fake(ECHO), waiting=64)
    answers = {}

    def ask(k):
        answers[k] = lane.ask("echo", [k], PATIENT)

    threads = [threading.Thread(target=ask, args=(k,)) for k in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lane.close()
    assert {k: answer.value for k, answer in answers.items()} == {k: [k] for k in range(40)}


def test_the_cache_is_bounded_and_spares_the_worker(monkeypatch):
    monkeypatch.setattr(client_module, "_KEPT", 8)
    algebra = Algebra(fake(ECHO))
    try:
        for k in range(20):
            assert algebra.ask("echo", k, timeout=PATIENT).value == [k]
        assert len(algebra._answers) == 8
        algebra.close()
        assert algebra.ask("echo", 19, timeout=PATIENT).value == [19]
        assert algebra.ask("echo", 0, timeout=PATIENT).status is Status.UNAVAILABLE
    finally:
        algebra.close()


def test_an_answer_that_lies_is_not_taken():
    lying = """
import json, sys
print(json.dumps({"ready": []}), flush=True)
for line in sys.stdin:
    number = json.loads(line)["id"]
    print(json.dumps({"id": number, "value": [["variable", "x"], ["call", "system", ["number", "1"]]]}), flush=True)
"""
    algebra = Algebra(fake(lying))
    try:
        assert algebra.simplify(tree("x^2 + 1"), PATIENT) is None
        assert algebra.prove_zero(tree("x"), PATIENT) is None
    finally:
        algebra.close()


def test_the_program_has_one_client():
    assert algebra() is algebra()


DEAF = """
import json, time
print(json.dumps({"ready": []}), flush=True)
time.sleep(600)
"""
"""A worker that never reads: what is written to it fills the pipe."""


@pytest.mark.parametrize("size", [10, 2**16, 2**20])
def test_a_request_of_any_size_to_a_worker_that_does_not_read_ends_in_its_time(size):
    lane = Lane(fake(DEAF))
    answers = []
    asker = threading.Thread(target=lambda: answers.append(lane.ask("simplify", ["x" * size], 5.0)), daemon=True)
    asker.start()
    asker.join(PATIENT)
    assert [answer.status for answer in answers] == [Status.TIMEOUT]
    lane.close()


ENDS = 'import json; print(json.dumps({"ready": []}), flush=True)'


@pytest.mark.parametrize("code", [ENDS, "raise SystemExit(3)", ECHO])
def test_a_worker_that_ended_leaves_nothing_in_the_systems_table(code):
    """Nobody asks it for anything: the thread that reads from it sees the end."""
    worker = fake(code)()
    if code == ECHO:
        os.kill(worker.pid, 9)
    worker._reader.join(PATIENT)
    assert worker._process.returncode is not None
    with pytest.raises(ChildProcessError):
        os.waitpid(worker.pid, os.WNOHANG)
    worker.kill()


@pytest.mark.parametrize("depth", [400, 1000, 5000, 100_000])
def test_a_tree_of_any_depth_is_answered(client, depth):
    deep, data = Variable("x"), ["variable", "x"]
    for _level in range(depth):
        deep, data = Call("sin", (deep,)), ["call", "sin", data]
    assert client.ask("prove_zero", data, timeout=0.4).status in set(Status)
    assert client.prove_zero(deep, timeout=0.4) is not True
    assert client.simplify(deep, timeout=0.4) is None or depth < 1000
    while depth > 0 and len(data) == 3:  # taken apart level by level: Python itself would run out of stack
        data = data[2]


def test_packages_from_the_environment_are_found(tmp_path):
    """As with PYTHONPATH or ``pip install --user``: the worker itself sees neither."""
    python = tmp_path / "bare" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    packages = Path(find_spec("sympy").origin).parents[1]
    question = (
        "from numdiff.algebra.client import Algebra; from numdiff.function import parse; import sys\n"
        "a = Algebra(); a._fast.start(); print(a.prove_zero(parse('x-x').tree, timeout=30), 'sympy' in sys.modules)\n"
        "a.close()"
    )
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"}
    answer = subprocess.run(
        [python, "-c", question], env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert answer.stdout.split() == ["True", "False"]
