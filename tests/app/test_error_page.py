"""The Error page as it runs: both languages, every switch, charts with words for those who cannot see them."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.i18n import translator

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


def opened(language="en", **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params["lang"] = language
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/error/error.py")
    app.run()
    assert not app.exception
    return app


def panel(app):
    return next(item.proto.body for item in app.get("html") if "nd-panel" in item.proto.body)


def chart(app):
    (found,) = app.get("plotly_chart")
    return found.proto


def words(app):
    layout = json.loads(chart(app).spec)["layout"]
    return {label["text"] for label in layout["annotations"]}


@LANGUAGES
def test_the_page_says_what_is_seen(language):
    app = opened(language, f="3x e^x", x="2.0", dx="1e-4")
    assert "66.50150507518049" in panel(app)
    assert "66.501504890375852…" in panel(app)
    assert translator(language)("error.axis") in words(app)
    assert chart(app).alt.startswith(translator(language)("error.alt", names=("",))[:10])


@LANGUAGES
def test_why_not_six(language):
    app = opened(language, f="x^2", x="3.0", dx="1e-4")
    assert "6.000000000012662" in panel(app)
    assert "1.27·10⁻¹¹" in panel(app)
    assert {"ko": "왜 6이 아닐까요?", "en": "Why not 6?"}[language] in panel(app)


@LANGUAGES
@pytest.mark.parametrize(("f", "x"), [("|x|", "0"), ("ln x", "-1"), ("√x", "0"), ("5", "1"), ("e^(1000x)", "0")])
def test_odd_points_have_a_chart_and_a_sentence(language, f, x):
    app = opened(language, f=f, x=x, dx="1e-4")
    assert "<p>" in panel(app)
    assert chart(app).spec


def test_what_is_folded_away_is_drawn_when_it_is_opened():
    app = opened(f="sin x", x="1")
    assert not app.get("dataframe")
    for name in ("right", "left", "optimum", "table"):
        app.session_state[f"error_fold_{name}"] = True
    app.run()
    assert not app.exception
    assert len(app.latex) > 6
    (table,) = app.dataframe
    assert len(table.value) == 120


def test_switches_reach_the_chart():
    app = opened(f="sin x", x="1")
    plain = words(app)
    app.toggle(key="view_parts").set_value(True).run()
    assert "truncation" in words(app)
    assert "truncation" not in plain
    app.toggle(key="view_model").set_value(True).run()
    assert any(label.startswith("model h*") for label in words(app))
    assert not app.exception


def test_number_formats_are_overlaid():
    app = opened(f="sin x", x="1", dtypes="float16.float32.float64")
    for name in ("float16", "float32", "float64"):
        assert f'"name":"{name}"' in chart(app).spec
    assert "bfloat16" not in chart(app).spec


def test_a_scheme_that_is_dropped_is_no_longer_looked_at():
    app = opened(f="sin x", x="1", curves="forward.central", focus="central")
    app.pills(key="view_curves").set_value(["forward"]).run()
    assert not app.exception
    assert app.selectbox(key="view_focus").value == "forward"


def test_the_last_good_chart_stays_while_the_input_is_not_understood():
    app = opened(f="sin x", x="1")
    before = chart(app).spec
    app.text_input(key="view_f").set_value("sin x(").run()
    assert not app.exception
    assert chart(app).spec == before
