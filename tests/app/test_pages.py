"""Every page runs in both languages, and says what it has to say, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.i18n import translator

APP = str(Path(__file__).resolve().parents[2] / "app.py")
SECANT, ERROR = "pages/explore/secant/secant.py", "pages/explore/error/error.py"
LANGUAGES = ["ko", "en"]


def opened(language: str, page: str | None = None, **parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)  # the first run imports everything
    for name, value in {"lang": language, **parameters}.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(page).run() if page else app


def panel(app: AppTest) -> str:
    """Return the numbers beside the picture as HTML."""
    return next(element.proto.body for element in app.get("html") if "nd-panel" in element.proto.body)


def texts(app: AppTest) -> list[str]:
    return [element.value for element in app.text_input]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_says_what_the_lectures_function_prints(language):
    app = opened(language)
    assert not app.exception
    labels = [link.proto.label for link in app.get("page_link")]
    assert any("6.000000000012662" in label for label in labels)
    assert any("66.50150507518049" in label for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [SECANT, ERROR])
def test_an_explorer_opens_in_the_language_asked_for(language, page):
    app = opened(language, page)
    assert not app.exception
    name = {SECANT: "page.secant", ERROR: "page.error"}[page]
    assert app.title[0].value == translator(language)(name)
    assert texts(app) == ["3x e^x", "2.0", "1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_is_read_and_the_lectures_digits_are_shown(language):
    app = opened(language, SECANT, f="x^2", x="3.0", dx="10^-4", schemes="central")
    assert "6.0000000000</span>12662" in panel(app)
    words = {"exact": "6", "x": "3", "dx": "10⁻⁴", "error_is": "≈\u00a01.3·10⁻¹¹", "dtype": "float64"}
    _ = translator(language)
    assert _("here.only_nodes", scheme=_("term.central"), **words) in panel(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("f", "x", "said", "words"),
    [
        ("|x|", "0", "point.kink", {"left": "−1", "right": "+1"}),
        ("√x", "0", "point.edge_vertical", {}),
        ("∛x", "0", "point.vertical", {}),
        ("x^(2/3)", "0", "point.cusp", {}),
        ("ln x", "-1", "point.outside", {}),
        ("1/x", "0", "point.outside", {}),
        ("ln x", "0.05", "here.outside_domain", {}),
        ("5", "1", "here.exact", {}),
        ("x^2", "3", "here.exact", {}),
        ("e^x", "1", "advice.smaller", {}),
    ],
)
def test_the_point_is_called_what_it_is(language, f, x, said, words):
    app = opened(language, SECANT, f=f, x=x, dx="0.1" if f != "x^2" else "0.5", schemes="central")
    _ = translator(language)
    shown = {"x": x.replace("-", "−"), "scheme": _("term.central"), "dx": "0.1" if f != "x^2" else "0.5", **words}
    assert not app.exception
    assert _(said, **shown) in panel(app)


def test_bad_input_keeps_the_last_good_numbers():
    app = opened("en", SECANT)
    before = panel(app)
    app.text_input[0].set_value("3x e^").run()
    assert not app.exception
    assert panel(app) == before
    assert any("last good picture" in caption.value for caption in app.caption)
    app.text_input[0].set_value("sin x").run()
    assert not app.caption or all("last good" not in caption.value for caption in app.caption)
    assert "f(2 + 1)" in panel(app)


def test_what_is_typed_first_and_not_understood_yet_goes_along_to_the_next_page():
    app = opened("en", SECANT)
    app.text_input[0].set_value("3x e^").run()
    app.switch_page(ERROR).run()
    assert not app.exception
    assert texts(app)[0] == "3x e^"


def test_a_reading_is_one_click_away():
    app = opened("en", SECANT)
    app.text_input[0].set_value("1/2x").run()
    reading = next(button for button in app.button if button.key == "reading_0")
    reading.click().run()
    assert app.text_input[0].value != "1/2x"
    assert not [button for button in app.button if str(button.key).startswith("reading")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["-1", "0", "1e9", "x", "", "abc"])
def test_a_step_that_cannot_be_used_leaves_the_numbers(language, text):
    app = opened(language, SECANT)
    before = panel(app)
    app.text_input[2].set_value(text).run()
    assert not app.exception
    assert panel(app) == before
    assert app.text_input[2].value == text


def test_a_constant_and_another_variables_name_are_fine():
    for f, node in (("5", "f(2 + 1)"), ("sin t", "f(2 + 1)"), ("야식^2", "f(2 + 1)")):
        app = opened("ko", SECANT, f=f)
        assert not app.exception
        assert node in panel(app)


def test_no_scheme_chosen_still_shows_the_tangent():
    app = opened("en", SECANT, schemes="")
    assert not app.exception
    assert translator("en")("term.tangent") in panel(app)


def test_the_slope_curve_is_drawn_on_demand():
    assert len(opened("en", SECANT).get("plotly_chart")) == 0
    assert len(opened("en", SECANT, slope="1").get("plotly_chart")) == 1


@pytest.mark.parametrize("window", ["step", "0.01", "100"])
def test_every_window_can_be_chosen(window):
    app = opened("en", SECANT, window=window, f="tan x", x="1.57")
    assert not app.exception


@pytest.mark.parametrize(
    ("page", "name", "label"),
    [
        (SECANT, "window", "window.auto"),
        (ERROR, "focus", "term.central"),
        ("pages/explore/gradcheck/gradcheck.py", "quotient", "term.central"),
    ],
)
def test_a_choice_made_while_the_language_changes_is_not_taken_by_its_old_label(page, name, label):
    app = opened("en", page)
    widget = app.selectbox(key=f"view_{name}")
    before = widget.value
    foreign = translator("ko")(label)
    widget.options.extend([foreign, translator("ko")("window.fixed", width=foreign), f"x ± {foreign}"])
    widget.set_value(foreign).run()
    assert not app.exception
    assert app.selectbox(key=f"view_{name}").value == before
