"""One hard computation at a time: who waits, who gives up, and who is not held up at all."""

from __future__ import annotations

import threading

import pytest

from numdiff.function import parse
from pages.parts.derivation import lane as chain_lane
from pages.parts.derivation.lane import LARGE, BusyError, if_large, lane, telling


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


LARGER = parse(" + ".join(f"e^({k}x)" for k in range(2, 14))).tree


def test_large_functions_wait_for_each_other():
    entered, done = threading.Event(), threading.Event()

    def enter() -> None:
        with if_large(LARGER):
            entered.set()
        done.set()

    with lane():
        waiting = threading.Thread(target=enter)
        waiting.start()
        assert not entered.wait(0.1)
    assert done.wait(10)
    waiting.join()
    assert LARGE < 60


def elsewhere(work):
    """Run in a thread of its own, as another visitor does."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_view_that_can_say_so_is_told_and_a_file_is_written_all_the_same(monkeypatch):
    monkeypatch.setattr(chain_lane, "_lane", chain_lane._Lane())
    seen = []

    def view() -> None:
        try:
            with telling(), if_large(LARGER):
                seen.append("drawn")
        except BusyError:
            seen.append("busy")

    def file() -> None:
        with if_large(LARGER):
            seen.append("written")

    monkeypatch.setattr(chain_lane, "lane", lambda: lane(0.01))
    with lane(5):
        elsewhere(view)
        elsewhere(file)
    assert seen == ["busy", "written"]


def test_the_queue_has_a_limit(monkeypatch):
    monkeypatch.setattr(chain_lane, "_lane", chain_lane._Lane())
    monkeypatch.setattr(chain_lane, "WAITING", 2)
    outcomes = []

    def enter(patience) -> None:
        try:
            with lane(patience):
                outcomes.append("in")
        except BusyError:
            outcomes.append("busy")

    with lane(5):
        waiting = [threading.Thread(target=enter, args=(60,)) for _ in range(2)]
        for thread in waiting:
            thread.start()
        while chain_lane._lane.waiting < 2:
            pass
        elsewhere(lambda: enter(60))  # at once, however patient
        assert outcomes == ["busy"]
    for thread in waiting:
        thread.join(20)
    assert sorted(outcomes) == ["busy", "in", "in"]


def test_a_lane_that_is_never_left_is_free_after_a_while(monkeypatch):
    monkeypatch.setattr(chain_lane, "_lane", chain_lane._Lane())
    monkeypatch.setattr(chain_lane, "LONGEST", 0.05)
    entered = threading.Event()

    def enter() -> None:
        with lane(5):
            entered.set()
            with pytest.raises(BusyError), lane(0.0):
                pass

    with lane(5):
        elsewhere(enter)
        assert entered.is_set()
    with lane(5):  # leaving late took nothing from whoever came after
        pass
