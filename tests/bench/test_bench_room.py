"""Room for a class: what a visitor's move costs on each page, beside a bare page of the same run, and where it goes.

``pytest -s`` shows the table. It is the processor's time in the script's thread: what the event loop takes to send the
messages comes to about as much for a bare page, and grows with their number. How many visitors one process bears is a
matter of the whole server; here is what it is made of.
"""

# ruff: noqa: T201 - a benchmark prints

import logging
import random

import pytest

from numdiff.error import split
from pages.parts.canvas.cached import known
from pages.parts.kept import forget
from tests.bench.moves import ROOMS, move

PAGES = {
    "secant": "explore/secant", "error": "explore/error", "chain": "explore/chain", "partial": "explore/partial",
    "gradcheck": "explore/gradcheck", "why": "learn/lessons/why", "definition": "learn/lessons/definition",
    "standard": "learn/lessons/standard", "numerical": "learn/lessons/numerical", "examples": "learn/lessons/examples",
    "partials": "learn/lessons/partials",
    "chainrule": "learn/lessons/chainrule", "exercises": "learn/lessons/exercises",
    "glossary": "learn/glossary", "practice": "apply/practice", "home": "learn/home",
}  # fmt: skip
MOVES = 30
_WORDS = {"practice": ("2x", "3x", "6x", "7x"), "glossary": ("sec", "tan", "미분", "ㅁㅂ", "error", "x")}


def texts(page):
    chance = random.Random(3)
    words = _WORDS.get(page)
    return [chance.choice(words) if words else f"{chance.uniform(0.2, 3):.4f}" for _ in range(MOVES)]


def test_where_a_move_goes(monkeypatch):
    monkeypatch.setattr(logging.root.manager, "disable", logging.WARNING)  # that no browser is there
    bare = move(None, texts("bare"))
    print(f"\na move, ms of processor (bare page {1e3 * bare.typical:.1f}, {bare.messages} messages)")
    print(f"{'':11} {'ms':>6} {'×bare':>6} {'first':>6} {'sent':>5} {'kB':>5}  of it %: {', '.join(ROOMS)}, Python")
    for name, page in PAGES.items():
        found = move(page, texts(name))
        shares = "  ".join(f"{100 * found.shares[room]:.0f}" for room in (*ROOMS, "Python"))
        print(
            f"{name:11} {1e3 * found.typical:6.1f} {found.typical / bare.typical:6.1f} {1e3 * found.first:6.0f} "
            f"{found.messages:5d} {found.size / 1e3:5.0f}  {shares}"
        )
        assert found.messages > 0


@pytest.mark.parametrize(("text", "most"), [("3x e^x", 0), ("ln x", 30), ("1/(x-4)", 30)])
def test_the_canvas_splits_no_more_than_a_few_steps(text, most, monkeypatch):
    whole, steps = split.Splitter.split, []

    def counted(self, h, nodes, estimates):
        steps.append(h)
        return whole(self, h, nodes, estimates)

    monkeypatch.setattr(split.Splitter, "split", counted)
    forget()
    known(text, 2.125)
    assert len(steps) <= most
