"""One hard computation at a time: who waits, who gives up, and who is not held up at all."""

from __future__ import annotations

import threading

import pytest

from numdiff.function import parse
from pages.parts.chain.lane import LARGE, BusyError, if_large, lane


def test_whoever_does_not_get_the_lane_in_time_is_told():
    with lane(), pytest.raises(BusyError), lane(0.01):
        pass
    with lane(5):
        pass


def test_the_lane_is_free_again_after_a_failure():
    with pytest.raises(ZeroDivisionError), lane():
        raise ZeroDivisionError
    with lane(5):
        pass


def test_small_functions_do_not_wait():
    with lane(), if_large(parse("e^(3x^2)").tree):
        pass


def test_large_functions_wait_for_each_other():
    large = parse(" + ".join(f"e^({k}x)" for k in range(2, 14))).tree
    entered, done = threading.Event(), threading.Event()

    def enter() -> None:
        with if_large(large):
            entered.set()
        done.set()

    with lane():
        waiting = threading.Thread(target=enter)
        waiting.start()
        assert not entered.wait(0.1)
    assert done.wait(10)
    waiting.join()
    assert LARGE < 60
