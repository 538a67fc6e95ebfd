"""What is kept: once for all, within its bound, and nothing that was cut off."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import pytest

from numdiff.error.sweep import error_sweep
from numdiff.function import parse
from pages.parts import kept as store
from pages.parts.kept import forget, kept, memory, size_of


@pytest.fixture(autouse=True)
def empty():
    forget()
    yield
    forget()


def counted(**options):
    """Return a function that is kept, and the list of what it was asked."""
    calls = []

    def square(x, *, scale=1):
        calls.append(x)
        return [scale * x * x] * 3

    return (kept(**options)(square) if options else kept(square)), calls


def test_an_answer_is_computed_once_and_is_the_same_object():
    square, calls = counted()
    assert square(3) is square(3)
    assert square(3, scale=2) == [18, 18, 18]
    assert calls == [3, 3]


def test_two_functions_with_the_same_arguments_do_not_mix():
    @kept
    def one(x):
        return x

    @kept
    def two(x):
        return -x

    assert (one(1), two(1)) == (1, -1)


def test_what_was_cut_off_is_handed_out_again_for_a_moment_only(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(store.time, "monotonic", lambda: now[0])
    square, calls = counted(is_whole=lambda answer: answer[0] > 10)
    square(2), square(2), square(4), square(4)
    assert calls == [2, 4]
    now[0] += store.BRIEFLY
    square(2), square(2), square(4)
    assert calls == [2, 4, 2]
    now[0] += 1e9
    square(4)
    assert calls == [2, 4, 2]


def test_an_error_is_not_kept_and_leaves_nobody_waiting():
    calls = []

    @kept
    def fails(x):
        calls.append(x)
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fails(1)
    assert calls == [1, 1]


def test_many_who_ask_at_once_get_one_answer():
    calls, ready, go = [], threading.Barrier(9), threading.Event()

    @kept
    def slow(x):
        calls.append(x)
        go.wait(10)
        return object()

    found = []

    def ask():
        ready.wait(10)
        found.append(slow(1))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    ready.wait(10)
    go.set()
    for thread in threads:
        thread.join()
    assert calls == [1]
    assert len(set(map(id, found))) == 1


def test_whoever_waits_too_long_computes_it(monkeypatch):
    """Two who wait for each other would wait for ever."""
    monkeypatch.setattr(store, "PATIENCE", 0.01)
    started, go = threading.Event(), threading.Event()

    @kept
    def slow(x):
        if threading.current_thread() is not threading.main_thread():
            started.set()
            go.wait(10)
        return x

    thread = threading.Thread(target=slow, args=(1,))
    thread.start()
    started.wait(10)
    assert slow(1) == 1
    go.set()
    thread.join()


def test_the_store_keeps_its_bound_and_what_was_used_last(monkeypatch):
    monkeypatch.setattr(store, "_answers", store.LRUCache(100_000, getsizeof=lambda kept: kept[1]))
    calls = []

    @kept
    def block(number):
        calls.append(number)
        return bytes(9_000)

    for number in range(40):
        block(0)
        block(number)
        assert memory() <= 100_000
    calls.clear()
    block(0), block(39), block(20)
    assert calls == [20]


def test_what_is_larger_than_the_store_is_returned_all_the_same(monkeypatch):
    monkeypatch.setattr(store, "BYTES", 1_000)
    large = kept(lambda: bytes(2_000))
    assert len(large()) == 2_000
    assert memory() == 0


@dataclass(frozen=True, slots=True)
class Slotted:
    numbers: np.ndarray
    more: object


def test_a_size_counts_all_that_is_held_once():
    numbers = np.zeros(10_000)
    assert size_of(numbers) >= 80_000
    once, twice = size_of(Slotted(numbers, None)), size_of(Slotted(numbers, [numbers, {"a": numbers}]))
    assert 80_000 <= once <= twice <= once + 1_000
    sweep = error_sweep(parse("x e^x"), 2.0)
    arrays = sum(getattr(sweep, name).nbytes for name in ("errors", "estimates", "truncation", "rounding"))
    assert arrays <= size_of(sweep) <= 20 * arrays


def test_a_size_does_not_count_what_is_there_anyway():
    assert size_of((size_of, np, dict)) < 200
