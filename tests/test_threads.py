"""Many threads at once, as a server has them: the same answers as one after the other, and nothing left behind."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import ctx

import numdiff as nd
from numdiff.budget import Budget
from numdiff.derivation.relation.screen import lowest_degree, samples
from numdiff.evaluate.balls.arithmetic import working_precision
from numdiff.precise import context, public

ROOT = Path(__file__).resolve().parent.parent
THREADS = 8
FORMULAS = ("3x e^x", "sin(x)^2 ln(x)", "x^x tanh x", "|x-1| gelu(x)", "1/(1+e^-x)", "cbrt(x) erf(x)")
POINTS = (0.7, 2.3)


def plain(value: Any) -> Any:
    """Return an answer as something that can be compared: arrays by their bytes, numbers with all their digits."""
    if isinstance(value, mpmath.mpf):
        return ("mpf", value._mpf_)
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.tobytes() if value.dtype != object else tuple(value.tolist()))
    if isinstance(value, nd.Function):
        return (value.tree, value.variables)
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(plain(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, dict):
        return tuple(sorted((str(key), plain(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    return repr(value)


QUESTIONS: dict[str, Callable[[nd.Function, float], Any]] = {
    "value": lambda f, x: f(x),
    "exact": lambda f, x: nd.exact_derivative(f, x, digits=60),
    "sweep": lambda f, x: nd.error_sweep(f, x, ["forward", "central", "complex"], np.logspace(-12, 0, 13)),
    "half": lambda f, x: nd.error_sweep(f, x, ["central"], np.logspace(-3, 0, 4), dtype="float16"),
    "optimal": lambda f, x: nd.optimal_step(f, x, "central"),
    "taylor": lambda f, x: nd.taylor_terms(f, x, 6),
    "tangent": lambda f, x: nd.tangent(f, x, 1e-4),
    "kind": nd.point_kind,
    "sides": nd.one_sided_slopes,
    "substitution": lambda f, x: nd.substitution(f, x, 1e-4),
    "derivative": nd.derivative,
    "second": nd.second_derivative,
    "partial": lambda f, x: nd.partial(f, "x", {"x": x}),
    "reverse": lambda f, x: nd.gradient(f, {"x": x}, "reverse"),
    "hessian": lambda f, x: nd.hessian(f, {"x": x}, "dual"),
    "gradcheck": lambda f, x: nd.gradcheck(f, {"x": x}),
    "derivation": lambda f, x: nd.differentiate(f).verify(at={"x": x}),
    "chain": lambda f, x: nd.chain(f).verify(at={"x": x}),
    "relation": lambda f, _x: lowest_degree(samples(f.tree, "x", Budget(10**9))),
    "graph": lambda f, x: nd.graph(f, {"x": x}).gradient["x"],
    "equivalent": lambda f, _x: nd.equivalent(f, f),
    "export": lambda f, _x: nd.export_python(nd.differentiate(f)),
}
"""What the public functions say of f at x; the numbers that decide on f′ in f, without the algebra's clock."""

JOBS = [(name, text, x) for name in QUESTIONS for text in FORMULAS for x in POINTS]


def answer(job: tuple[str, str, float]) -> Any:
    name, text, x = job
    return plain(QUESTIONS[name](nd.parse(text), x))


def forget() -> None:
    """Empty the caches, so that everything is computed again."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("numdiff"):
            for thing in vars(module).values():
                if isinstance(thing, type(nd.point_kind)):
                    thing.cache_clear()


@pytest.fixture
def quick_switching():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("quick_switching")
def test_eight_threads_get_what_one_gets():
    before = ctx.prec, mpmath.mp.prec
    forget()
    alone = {job: answer(job) for job in JOBS}
    forget()
    jobs = 2 * JOBS
    random.Random(3).shuffle(jobs)
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(answer, jobs))
    assert [job for job, found in zip(jobs, together, strict=True) if found != alone[job]] == []
    assert (ctx.prec, mpmath.mp.prec) == before


def test_a_callers_own_precision_changes_no_answer_and_is_not_changed():
    usual = {job: answer(job) for job in JOBS if job[1] == FORMULAS[1]}
    for digits in (5, 200):
        forget()
        with mpmath.workdps(digits):
            bits = mpmath.mp.prec
            assert [job for job, found in usual.items() if answer(job) != found] == []
            assert mpmath.mp.prec == bits


def test_a_context_is_nobody_elses():
    with context(50) as outer, context(bits=20) as inner:
        third = outer.mpf(1) / 3
        assert inner.prec == 20
        assert outer.dps == 50
        assert outer is not inner
    assert public(third)._mpf_ == third._mpf_
    assert isinstance(public(third), mpmath.mpf)
    with pytest.raises(TypeError), context():
        pass
    with pytest.raises(TypeError), context(10, bits=10):
        pass


def test_a_context_comes_back_after_an_error():
    with context(50) as first:
        pass
    with pytest.raises(ZeroDivisionError), context(60) as lent:
        lent.mpf(1) / 0
    assert lent is first
    with context(7) as again:
        assert again is first
        assert again.dps == 7


def test_precision_is_set_back_after_an_error():
    before = ctx.prec
    with pytest.raises(ZeroDivisionError), working_precision(777):
        raise ZeroDivisionError
    assert ctx.prec == before


GROWTH = """
import random, sys, threading
import numdiff as nd

def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))

functions = [nd.parse(text) for text in ("3x e^x", "sin(x)^2 ln(x)", "x^x tanh x")]
numbers = random.Random(1)

def visit():
    nd.exact_derivative(numbers.choice(functions), numbers.uniform(0.2, 3))

def visits(count):
    for _ in range(count):
        thread = threading.Thread(target=visit)
        thread.start()
        thread.join()

visits(100)
before = resident()
visits(400)
print(resident() - before)
"""


def test_a_thread_leaves_no_memory_behind():
    """FLINT's tables of constants for 400 threads would be 90 MB."""
    done = subprocess.run([sys.executable, "-c", GROWTH], cwd=ROOT, check=True, capture_output=True, text=True)
    assert int(done.stdout) < 8_000, "kB"
    assert done.stderr == ""
