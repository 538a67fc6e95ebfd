"""The page of partial derivatives as it runs, in both languages: each view, each example, and what tries its patience."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import fields
from pages.parts.i18n import translator
from pages.parts.partial import weight
from pages.parts.partial.examples import EXAMPLES

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
VIEWS = pytest.mark.parametrize("view", fields.PARTIAL_VIEWS)

HOSTILE = {
    "a pole along a line": ("1/(x - y)", "1", "y=1"),
    "beside the domain": ("3x ln y", "1", "y=-1"),
    "nowhere a value": ("√(-1 - x^2 - y^2)", "0", "y=0"),
    "a constant of two variables": ("f(x, y) = 5", "1", "y=1"),
    "a ridge": ("|x - y|", "1", "y=1"),
    "a cone": ("√(x^2 + y^2)", "0", "y=0"),
    "huge": ("e^(100xy)", "9", "y=9"),
    "huge without end": ("e^(e^(x^2 y^2))", "5", "y=5"),
    "tiny": ("10^-200 x y", "1", "y=1"),
    "far away": ("x y", "10^9", "y=-10^9"),
    "steps": ("⌊x⌋ + ⌊y⌋", "0.5", "y=0.5"),
    "a typed point": ("sin(x y)", "π/2", "y=√2"),
    "six variables": ("sin(a x) e^(b y) ln(c z)", "1", "c=2;z=3"),
    "one variable": ("3x e^x", "2", ""),
    "no variable": ("5", "2", ""),
    "an index": ("-Σ_{i=1}^{2} 3y x_i", "1", "x_1=2"),
    "long": ("f(x, y) = " + " + ".join(f"x^{k} y^{k}" for k in range(2, 28)), "1", "y=0.5"),
    "names": ("θ^2 야식", "1", "야식=2"),
}


def opened(language="en", **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/partial.py")
    app.run()
    assert not app.exception
    return app


def said(app):
    """Return all text on the page."""
    elements = [*app.markdown, *app.caption, *app.error, *app.latex]
    return "\n".join(element.value for element in elements)


def panels(app):
    return " ".join(item.proto.body for item in app.get("html") if "nd-panel" in item.proto.body)


@LANGUAGES
@VIEWS
@pytest.mark.parametrize(("f", "x", "at"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_functions_are_drawn_or_it_is_said_what_is_missing(language, view, f, x, at):
    app = opened(language, f=f, x=x, at=at, partial=view, dx="0.5")
    assert app.title[0].value == translator(language)("page.partial")
    assert not app.error
