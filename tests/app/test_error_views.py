"""The other views of the error page as they run, in both languages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.explore.error.bugs import BUGS
from pages.parts.i18n import translator

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


def opened(view, language="en", **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in {"lang": language, "view": view, **link}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/error/error.py")
    app.run()
    assert not app.exception
    return app


def panels(app):
    return " ".join(item.proto.body for item in app.get("html") if "nd-panel" in item.proto.body)


@LANGUAGES
@pytest.mark.parametrize(("f", "x"), [("3x e^x", "2.0"), ("|x|", "0"), ("ln x", "-1"), ("5", "1"), ("e^(1000x)", "2")])
def test_methods(language, f, x):
    app = opened("methods", language, f=f, x=x)
    assert translator(language)("method.auto") in panels(app)
    assert [item.value for item in app.subheader] == [translator(language)("methods.triangle")]
    told = "methods.triangle.none" if f in {"ln x", "e^(1000x)"} else "methods.triangle.explain"
    assert translator(language)(told)[:20] in panels(app)


def test_the_chosen_view_alone_is_drawn():
    app = opened("curve", f="sin x", x="1")
    assert len(app.get("plotly_chart")) == 1
    app.segmented_control(key="view_view").set_value("methods").run()
    assert not app.exception
    assert not app.get("plotly_chart")
    assert "numdifftools.Derivative" in panels(app)


@LANGUAGES
@pytest.mark.parametrize(("f", "x"), [("3x e^x", "2.0"), ("|x|", "0"), ("ln x", "-1"), ("5", "1"), ("야식^2", "1")])
def test_bugs(language, f, x):
    app = opened("bugs", language, f=f, x=x)
    _ = translator(language)
    titles = [item.value for item in app.subheader]
    assert titles[0] == f"1. {_('bugs.tiny.title')}"
    assert len(titles) == len(BUGS)
    assert len(app.code) == 1 + 2 * len(BUGS)  # f, and two for each bug
    assert _("bugs.brackets.fix") in [item.value for item in app.markdown]


@LANGUAGES
@pytest.mark.parametrize(("f", "x"), [("3x e^x", "2.0"), ("|x|", "0"), ("ln x", "-1"), ("5", "1"), ("x^2", "70000")])
def test_precision(language, f, x):
    app = opened("precision", language, f=f, x=x)
    _ = translator(language)
    assert _("formats.row.hope") in panels(app)
    assert "bfloat16" in panels(app)


@LANGUAGES
@pytest.mark.parametrize("view", ["methods", "precision", "bugs"])
def test_the_last_good_numbers_stay_while_the_input_is_not_understood(view, language):
    app = opened(view, language, f="sin x", x="1")
    app.text_input(key="view_f").set_value("sin x(").run()
    assert not app.exception
    assert "nd-panel" in panels(app)
