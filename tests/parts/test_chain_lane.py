"""One hard computation at a time: who waits, who gives up, and who is not held up at all."""

from __future__ import annotations

import threading

import pytest

from numdiff.function import parse
from pages.parts.chain import lane as chain_lane
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


def test_whoever_held_the_lane_last_comes_back_at_once_and_others_wait_for_the_rest(monkeypatch):
    monkeypatch.setattr(chain_lane, "_SHORT", 0.0)
    monkeypatch.setattr(chain_lane, "REST", 1e9)
    monkeypatch.setattr(chain_lane, "_LONGEST_REST", 1e9)
    monkeypatch.setattr(chain_lane, "_lane", chain_lane._Lane())
    seen = []

    def enter() -> None:
        try:
            with lane(0.05):
                seen.append("in")
        except BusyError:
            seen.append("busy")

    for _again in range(3):
        with lane(0.05):
            pass
    other = threading.Thread(target=enter)
    other.start()
    other.join()
    assert seen == ["busy"]
    enter()
    assert seen == ["busy", "in"]


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
