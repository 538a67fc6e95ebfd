"""What the page of the chain rule costs: a redraw, what tries its patience, and ten such visitors beside an eleventh.

``pytest -s`` shows the table. AppTest runs the whole script and reads the answer back, so a person waits less. It
cannot run in several threads, so the ten other visitors are what the server computes for them.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import threading
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.canvas.cached import known
from pages.parts.derivation import cached
from pages.parts.derivation.lane import BusyError, telling
from pages.parts.entries import function_of, variable_of
from pages.parts.results import result
from tests.bench.timing import print_table, times_of
from tests.formulas import formulas

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


def opened(page="chain", **link):
    app = AppTest.from_file(APP, default_timeout=120)  # the first run imports everything
    for name, value in {"lang": "ko", **link}.items():
        app.query_params[name] = value
    app.switch_page(f"pages/explore/{page}/{page}.py").run()
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
    """Compute what a view shows of a function at one point; a visitor who is turned away reads so."""
    function = function_of(text)
    variable, at = variable_of(function), tuple((name, 0.7) for name in function.variables)
    with suppress(BusyError), telling():
        if view == "proof":
            cached.relation(text, variable)
            cached.verified_relation(text, variable)
        elif view == "work":
            cached.verified(text, variable, at)
            cached.verified_composition(text, variable, "", at)
        elif len(at) == 1:  # the secant's page is of one variable
            known(text, 0.7)
            result(text, 0.7, 1e-4, ("central",))


def hostile(number):
    """Yield legal formulas that are hard, none of them twice: the page's own kinds, and random ones."""
    unseen = formulas(number)
    for change in count():
        own = HOSTILE[(number + change) % len(HOSTILE)].replace("{}", str(100 * number + change + 10))
        yield from (own, next(unseen).text)


class Visitor(threading.Thread):
    """Types one hostile formula after the other and looks at one view of it."""

    def __init__(self, number, view, stop):
        super().__init__(daemon=True)
        self.number, self.view, self.stop, self.changes = number, view, stop, 0

    def run(self):
        texts = hostile(self.number)
        while not self.stop.wait(PAUSE):
            computed(next(texts), self.view)
            self.changes += 1


PAGES = {"work": ("chain", {"chain": "work"}), "proof": ("chain", {"chain": "proof"}), "secant": ("secant", {})}


@pytest.mark.parametrize("view", PAGES)
def test_ten_hostile_visitors_beside_an_eleventh(view):
    page, link = PAGES[view]
    app = opened(page, **link)
    points = (f"0.{place}" for place in range(101, 999))
    alone = times_of(lambda: typed(app, "x", next(points)), REPEATS)
    stop = threading.Event()
    visitors = [Visitor(number, view, stop) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    beside = times_of(lambda: (typed(app, "x", next(points)), time.sleep(0.2)), 2 * REPEATS)
    stop.set()
    for visitor in visitors:
        visitor.join(timeout=30)
    rows = {"an x alone": alone, "beside ten": [seconds - 0.2 for seconds in beside]}
    print_table(f"an eleventh visitor changes x: {view}", rows, unit="ms", scale=1e3)
    print(f"hostile formulas meanwhile: {sum(visitor.changes for visitor in visitors)}")
    print(f"ratio of the medians: {np.median(rows['beside ten']) / np.median(alone):.2f} (at most 2 is wanted)")
