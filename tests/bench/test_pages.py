"""How long each page takes to draw again, on the server. ``pytest -s`` shows the table.

AppTest runs the whole script and reads the answer back, so a person waits less: there a change redraws one fragment.
"""

from itertools import cycle
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.bench.timing import print_table, times_of

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGES = {"home": None, "secant": "pages/explore/secant/secant.py", "error": "pages/explore/error/error.py"}
REPEATS = 15


def opened(page):
    app = AppTest.from_file(APP, default_timeout=60)  # the first run imports everything
    app.query_params["lang"] = "ko"
    app.run()
    if page:
        app.switch_page(page).run()
    assert not app.exception
    return app


def test_redraws():
    rows = {}
    for name, page in PAGES.items():
        app = opened(page)
        rows[f"{name}, nothing new"] = times_of(app.run, REPEATS)
        assert not app.exception
    print_table("drawing a page again", rows, unit="ms", scale=1e3)


def typed(app, texts):
    app.text_input[0].set_value(next(texts)).run()
    assert not app.exception


@pytest.mark.parametrize("page", ["secant", "error"])
def test_typing(page):
    app = opened(PAGES[page])
    new = (f"x^2 + {number} x" for number in range(REPEATS + 1))
    unfinished = cycle(["3x e^", "3x e^x +", "sin x(x+1)"])
    rows = {
        "an unfinished formula": times_of(lambda: typed(app, unfinished), REPEATS),
        "a new function": times_of(lambda: typed(app, new), REPEATS),
    }
    print_table(f"{page}: what is typed is drawn", rows, unit="ms", scale=1e3)
