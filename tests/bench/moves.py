"""A visitor's moves on a page, in this process: each reruns the page's fragment, as one in the browser does."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import streamlit.testing.v1.local_script_runner as local
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).resolve().parents[2] / "app.py")
BARE = """
import streamlit as st

@st.fragment
def page():
    st.write(st.text_input("x", "1", key="view_x", live="0ms"))

page()
"""
"""The least that a page with one field can be: the yardstick."""

ROOMS = {
    "numdiff": "/numdiff/",
    "figures": "/pages/parts/figures/",
    "words, numbers": "/pages/",
    "elements": "/streamlit/elements/",
    "components": "/streamlit/components/",
    "session state": "/streamlit/runtime/state/",
    "messages": "/streamlit/",
    "plotly": "plotly",
    "mpmath, numpy": ("/mpmath/", "/numpy/"),
}
"""Where time is spent, by a part of the file's path; the first that fits counts."""


@dataclass
class Moves:
    """What moves cost: the processor's time of each in the script's thread, the messages of one, and their bytes."""

    seconds: list[float] = field(default_factory=list)
    messages: int = 0
    size: int = 0
    first: float = 0.0
    shares: Counter[str] = field(default_factory=Counter)

    @property
    def typical(self) -> float:
        """The median, in seconds."""
        return median(self.seconds)


@contextmanager
def _patched(owner, **attributes):
    before = {name: getattr(owner, name) for name in attributes}
    for name, value in attributes.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)


@contextmanager
def _measured(moves, profile=None):
    """Note what every run of a script takes."""
    run = local.LocalScriptRunner._run_script_thread

    def timed(runner):
        start = time.thread_time()
        if profile:
            profile.enable()
        try:
            run(runner)
        finally:
            if profile:
                profile.disable()
            moves.seconds.append(time.thread_time() - start)
            sent = runner.forward_msgs()
            moves.messages, moves.size = len(sent), sum(message.ByteSize() for message in sent)

    with _patched(local.LocalScriptRunner, _run_script_thread=timed):
        yield


@contextmanager
def _in_fragment(app):
    """Rerun the page's fragment only; AppTest by itself reruns the whole script."""
    fragments, pages = list(app._fragment_storage._fragments), app._registered_pages
    make = PagesManager.__init__

    def with_pages(manager, *args, **kwargs):
        make(manager, *args, **kwargs)
        if pages:
            manager._set_pages(pages)

    def rerun(**data):
        return RerunData(**data, fragment_id_queue=fragments[-1:])

    with _patched(local, RerunData=rerun), _patched(PagesManager, __init__=with_pages):
        yield


def opened(page):
    """Return the app at a page, or the bare page for None, and what its first run took."""
    app = AppTest.from_file(APP, default_timeout=100) if page else AppTest.from_string(BARE, default_timeout=100)
    app.query_params["lang"] = "en"
    app.run()
    first = Moves()
    if page:
        with _measured(first):
            app.switch_page(f"pages/{page}/{Path(page).name}.py").run()
    assert not app.exception
    return app, first.seconds[-1] if page else 0.0


def _field(app):
    """Return the field that a visitor moves with: that of x, or the only one; None on a page without fields."""
    fields = [item for item in app.text_input if item.key]
    ranked = sorted(fields, key=lambda item: (item.key != "view_x", not item.key.endswith(".x")))
    return ranked[0] if ranked else None


def move(page, texts, warm=4, profiled=6):
    """Return what it takes to type each of the texts; the last ones are profiled and not timed."""
    app, first = opened(page)
    moves, waste, profile = Moves(first=first), Moves(), cProfile.Profile()
    with _in_fragment(app):
        for number, text in enumerate(texts):
            kind = waste if number < warm or number >= len(texts) - profiled else moves
            with _measured(kind, profile if number >= len(texts) - profiled else None):
                typed = _field(app)
                if typed:
                    typed.set_value(text)
                app.run()
            assert not app.exception
    moves.shares = _shares(pstats.Stats(profile))
    return moves


def _room(path):
    for name, parts in ROOMS.items():
        if any(part in path for part in ([parts] if isinstance(parts, str) else parts)):
            return name
    return "Python"


def _shares(stats):
    """Return the shares of the rooms in the profiled time; what built-in functions take is their callers'."""
    spent = Counter()
    for (path, _line, _name), (_calls, _primitive, own, _whole, callers) in stats.stats.items():
        if path != "~" or not callers:
            spent[_room(path)] += own
            continue
        for (caller, *_), (_count, _again, part, _all) in callers.items():
            spent[_room(caller)] += part
    total = sum(spent.values())
    return Counter({name: seconds / total for name, seconds in spent.items()})
