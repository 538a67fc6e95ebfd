"""What the page of the chain rule costs: a redraw, what tries its patience, and ten such visitors beside an eleventh.

``pytest -s`` shows the table. AppTest runs the whole script and reads the answer back, so a person waits less. It
cannot run in several threads, so the ten other visitors are what the server computes for them.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from pages.parts.chain import knowledge
from pages.parts.chain.lane import BusyError
from pages.parts.results import result
from tests.bench.timing import print_table, times_of

APP = str(Path(__file__).resolve().parents[2] / "app.py")
REPEATS = 12
VISITORS = 10
PAUSE = 1.0
"""Seconds between two changes of one hostile visitor: as fast as a hand is that pastes formula after formula."""

HOSTILE = (
    "".join("(x+{}{k})".replace("{k}", str(k)) for k in range(1, 29)),
    "sin(" * 30 + "x + {}" + ")" * 30,
    "1/({}+" * 1 + "1/(1+" * 17 + "x" + ")" * 18,
    " + ".join(f"e^({k}x^2 + {{}})" for k in range(2, 26)),
    "max({}, " + ",".join(f"x^{k}" for k in range(1, 28)) + ")",
    "x^x^x^(x + {})",
    "ln(ln(ln(x + {})))",
)
VIEWS = ("work", "graph", "proof")


def opened(**link):
    app = AppTest.from_file(APP, default_timeout=120)  # the first run imports everything
    for name, value in {"lang": "ko", **link}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/chain.py").run()
    assert not app.exception
    return app


def typed(app, name, text):
    app.text_input(key=f"view_{name}").set_value(text).run()
    assert not app.exception


def test_redraws():
    app = opened()
    points = (f"0.{place}" for place in range(11, 99))
    functions = (f"e^({k}x^2) + sin({k}x)" for k in range(2, 99))
    rows = {
        "another x": times_of(lambda: typed(app, "x", next(points)), REPEATS),
        "another function": times_of(lambda: typed(app, "f", next(functions)), REPEATS),
    }
    for view in VIEWS:
        app = opened(chain=view)
        unseen = iter([text.replace("{}", str(k)) for k in (7, 8) for text in HOSTILE])
        rows[f"hostile, {view}"] = times_of(lambda app=app, unseen=unseen: typed(app, "f", next(unseen)), len(HOSTILE))
    print_table("the page of the chain rule is drawn again", rows, unit="ms", scale=1e3)
    print(f"the longest of all: {1e3 * max(max(times) for times in rows.values()):.0f} ms")


def computed(text, view):
    """Compute what a view shows of a function at one point."""
    at = (("x", 0.7),)
    if view == "proof":
        with suppress(BusyError):  # then the page says so
            knowledge.relation(text, "x")
            knowledge.verified_relation(text, "x")
    else:
        knowledge.verified(text, "x", at)
    if view == "graph":
        knowledge.network(text, "x", at)
    if view == "work":
        knowledge.verified_composition(text, "x", "", at)
        result(text, 0.7, 1e-4, ("central",))


class Visitor(threading.Thread):
    """Types one hostile formula after the other, none of them twice, and looks at one view of it."""

    def __init__(self, number, stop):
        super().__init__(daemon=True)
        self.number, self.stop, self.changes = number, stop, 0

    def run(self):
        while not self.stop.wait(PAUSE):
            text = HOSTILE[(self.number + self.changes) % len(HOSTILE)]
            computed(text.replace("{}", str(100 * self.number + self.changes + 10)), VIEWS[self.number % len(VIEWS)])
            self.changes += 1


def test_ten_hostile_visitors_beside_an_eleventh():
    app = opened()
    points = (f"0.{place}" for place in range(101, 999))
    alone = times_of(lambda: typed(app, "x", next(points)), REPEATS)
    stop = threading.Event()
    visitors = [Visitor(number, stop) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    beside = times_of(lambda: (typed(app, "x", next(points)), time.sleep(0.2)), 2 * REPEATS)
    stop.set()
    for visitor in visitors:
        visitor.join(timeout=30)
    rows = {"an x alone": alone, "beside ten": [seconds - 0.2 for seconds in beside]}
    print_table("an eleventh visitor changes x", rows, unit="ms", scale=1e3)
    print(f"hostile formulas meanwhile: {sum(visitor.changes for visitor in visitors)}")
    print(f"ratio of the medians: {np.median(rows['beside ten']) / np.median(alone):.2f}")
