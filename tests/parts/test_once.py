"""One computation for all who ask for the same at once."""

import threading

import pytest

from pages.parts.once import once


def together(count, work):
    """Run work(number) in several threads; return what they returned, exceptions included."""
    found = [None] * count

    def run(number):
        try:
            found[number] = work(number)
        except ArithmeticError as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return found


def test_what_many_ask_for_at_once_is_computed_once():
    calls, everyone = [], threading.Barrier(12)

    @once(8)
    def square(number):
        calls.append(number)
        threading.Event().wait(0.05)  # long enough for the others to arrive
        return number**2

    def ask(_):
        everyone.wait()
        return square(7)

    assert together(12, ask) == [49] * 12
    assert calls == [7]
    assert square.cache_info().currsize == 1
    assert square.__wrapped__(2) == 4


def test_nobody_waits_for_one_value_while_others_wait_for_his():
    both = threading.Barrier(2)

    @once(8)
    def first(depth):
        if depth:
            both.wait()
            return "first " + second(0)
        return "first"

    @once(8)
    def second(depth):
        if depth:
            both.wait()
            return "second " + first(1 if depth > 1 else 0)
        return "second"

    assert together(2, lambda number: (first, second)[number](1)) == ["first second", "second first"]


def test_a_circle_of_two_ends():
    inside = threading.Barrier(2, timeout=20)

    @once(8)
    def value(name):
        inside.wait()
        return name + other(name)

    @once(8)
    def other(name):
        return "b" if name == "a" else "a"

    assert together(2, lambda number: value("ab"[number])) == ["ab", "ba"]


def test_what_raises_is_not_kept_and_the_others_try_it_themselves():
    calls, everyone = [], threading.Barrier(4)

    @once(8)
    def fails_at_first(number):
        calls.append(number)
        if len(calls) == 1:
            threading.Event().wait(0.05)
            raise ArithmeticError
        return number

    def ask(_):
        everyone.wait()
        return fails_at_first(3)

    found = together(4, ask)
    assert sorted(map(str, found)) == ["", "3", "3", "3"]
    assert calls == [3, 3]


def test_arguments_by_name():
    @once(8)
    def scaled(number, *, by):
        return number * by

    assert (scaled(2, by=3), scaled(2, by=4)) == (6, 8)
    with pytest.raises(TypeError, match="unhashable"):
        scaled([2], by=3)
