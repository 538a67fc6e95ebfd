"""The page of partial derivatives as it runs, in both languages: each view, each example, and hostile functions."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.explore.partial import fields
from pages.explore.partial.views import EXAMPLES
from pages.parts.i18n import translator
from pages.parts.surface import weight

ROOT = Path(__file__).parents[2]
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
VIEWS = pytest.mark.parametrize("view", fields.VIEWS)

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
    app.switch_page("pages/explore/partial/partial.py")
    app.run()
    assert not app.exception
    return app


def said(app):
    """Return all text on the page."""
    elements = [*app.markdown, *app.caption, *app.error, *app.latex]
    return "\n".join(element.value for element in elements)


def panels(app):
    return " ".join(item.proto.body for item in app.get("html") if "nd-panel" in item.proto.body)


@VIEWS
@pytest.mark.parametrize(("f", "x", "at"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_functions_are_drawn_or_it_is_said_what_is_missing(view, f, x, at):
    language = "ko" if len(view) % 2 else "en"
    app = opened(language, f=f, x=x, at=at, partial=view, dx="0.5")
    assert app.title[0].value == translator(language)("page.partial")
    assert not app.error


@LANGUAGES
def test_a_first_visit_shows_what_is_held_in_colour_and_in_words(language):
    app = opened(language)
    held = r"\textcolor{#5B3FB0}{x}"
    assert rf"f({held}, y) = 2{held} + 3{held} y + y^{{3}}" in said(app)
    assert rf"\frac{{\partial f}}{{\partial y}} = 3{held} + 3y^{{2}}" in said(app)
    words = translator(language)("partial.held", values=r"$\textcolor{#5B3FB0}{x = 1}$", moving="y")
    assert words in said(app)
    assert '<th scope="row">' + translator(language)("term.exact") in panels(app)


@LANGUAGES
@pytest.mark.parametrize(
    ("f", "at", "expected"),
    [
        ("2x + 3xy + y^3", "y=1", {"x": ("2 + 3y", "= 5"), "y": ("3x + 3y^{2}", "= 6")}),
        ("xy + 3e^-x + y^2", "y=2", {"x": ("y - 3 e^{-x}", "= 0.8963"), "y": ("x + 2y", "= 5")}),
        ("3x ln y + y e^(x^2) + 5", "y=2", {"x": (r"3 \ln y + 2x y e^{x^{2}}", "= 12.95"), "y": (None, "= 4.218")}),
        ("f(x_1, x_2) = -Σ_{i=1}^{2} 3y x_i", "x_2=2;y=4", {"x_1": ("-3y", "= −12"), "x_2": ("-3y", "= −12")}),
    ],
)
def test_the_lectures_partial_derivatives_stand_in_the_table(language, f, at, expected):
    app = opened(language, f=f, x="1", at=at, partial="table", dx="10^-4")
    (table,) = (element.value for element in app.markdown if element.value.startswith("| "))
    rows = {line.split("|")[1].strip(): line for line in table.splitlines()[2:]}
    assert len(rows) == len(expected)
    for line, (name, (formula, value)) in zip(rows.values(), expected.items(), strict=True):
        assert rf"\partial {name.replace('_1', '_{1}').replace('_2', '_{2}')}" in line
        assert formula is None or f"| ${formula}$ |" in line
        assert value in line


@LANGUAGES
def test_a_letter_that_is_no_variable_is_a_constant_and_the_page_says_so(language):
    app = opened(language, f="f(x_1, x_2) = -Σ_{i=1}^{2} 3y x_i", x="1", at="x_2=2;y=4")
    words = translator(language)("partial.constant", name="y", f="f(x₁, x₂)", value="$4$")
    assert words in said(app)
    assert r"= -3\textcolor{#5B3FB0}{y}" in said(app)


@LANGUAGES
@pytest.mark.parametrize("f", ["3x e^x", "5"])
def test_a_function_of_one_variable_is_met_kindly(language, f):
    app = opened(language, f=f, x="2")
    assert translator(language)("partial.one" if "x" in f else "partial.one.constant") in said(app)
    assert "f(x) = " in said(app)
    assert "∂f/∂x (2)" in panels(app)
    app.button(key="partial_offer_1").click().run()
    assert not app.exception
    assert app.text_input(key="view_f").value == EXAMPLES[1].f
    assert r"\frac{\partial f}{\partial x}" in said(app)


@LANGUAGES
def test_the_weight_is_said_in_plain_sentences_with_computed_numbers(language):
    app = opened(language, partial="weight")
    _ = translator(language)
    assert app.text_input(key="view_f").value == weight.formula(language)
    assert _("partial.weight.made_up") in said(app)
    # 2e^(-0.2) = 1.637…, and -0.2·3·e^(-0.2) - 1.5/3 = -0.991…
    assert _("partial.weight.snack.up", change="1.6", snack="300", exercise="2") in said(app)
    assert _("partial.weight.exercise.down", change="0.99", snack="300", exercise="2") in said(app)
    app.slider(key="partial_slider_" + ("운동" if language == "ko" else "exercise") + "_1").set_value(10.0).run()
    assert not app.exception
    assert _("partial.weight.snack.up", change="0.74", snack="300", exercise="10") in said(app)


def test_the_weights_variables_change_their_names_with_the_language():
    app = opened("ko", partial="weight")
    app.segmented_control(key="language").set_value("en").run()
    assert not app.exception
    assert app.text_input(key="view_f").value == weight.formula("en")
    assert "snack" in said(app)
    assert "야식" not in said(app)


def test_another_function_leaves_the_weight():
    app = opened("en", partial="weight")
    app.text_input(key="view_f").set_value("x y").run()
    assert not app.exception
    assert app.segmented_control(key="view_partial").value == "surface"


@LANGUAGES
def test_the_slope_is_greatest_along_the_gradient(language):
    _ = translator(language)
    app = opened(language, f="x^2 + y^2", x="3", at="y=4", partial="contours", angle="53", dx="0.1")
    assert _("partial.along.same") in said(app)
    assert "9.999" in panels(app)
    app = opened(language, f="x + 2y", x="3", at="y=4", partial="contours", angle="90", dx="0.1")
    assert '<span class="nd-relation">=</span>2</td>' in panels(app)
    app = opened(language, f="x y", x="3", at="y=0", partial="contours", angle="30", dx="0.1")
    assert '<span class="nd-relation">=</span>1.5</td>' in panels(app)
    app = opened(language, f="x^2 + y^2", x="3", at="y=4", partial="contours", angle="0", dx="0.1")
    assert _("partial.along.other", apart="53", steepest="53") in said(app)
    app.button(key="partial_steepest").click().run()
    assert not app.exception
    assert app.slider(key="view_angle").value == 53
    assert _("partial.along.same") in said(app)


@LANGUAGES
@pytest.mark.parametrize(
    ("f", "x", "at", "code"),
    [
        ("3x ln y", "1", "y=-1", "domain"),
        ("1/(x - y)", "1", "y=1", "pole"),
        ("|x - y|", "1", "y=1", "kink"),
        ("⌊x⌋ y", "1", "y=1", "jump"),
    ],
)
def test_why_there_is_no_partial_derivative_is_said(language, f, x, at, code):
    app = opened(language, f=f, x=x, at=at)
    place = f"({x}, {at.removeprefix('y=').replace('-', '−')})"
    assert translator(language)(f"partial.missing.{code}", sign="∂f/∂x", place=place, name="x") in panels(app)


def test_what_is_not_drawn_is_said():
    _ = translator("en")
    app = opened(f="e^(100xy)", x="9", at="y=9")
    assert _("partial.surface.huge", name="f") in said(app)
    app = opened(f="3x ln y", x="1", at="y=1")
    assert any("has no value" in caption.value for caption in app.caption)
    app = opened(f="√(-1 - x^2 - y^2)", x="1", at="y=1")
    assert _("partial.surface.empty", name="f", place="(1, 1)") in said(app)


@LANGUAGES
def test_bad_input_keeps_the_last_good_work(language):
    app = opened(language, f="x y^2", x="1", at="y=3")
    before = panels(app)
    app.text_input(key="view_f").set_value("x y^").run()
    assert not app.exception
    assert panels(app) == before
    assert any("$f(x, y) = x y^{2}$" in caption.value for caption in app.caption)


def test_for_three_variables_the_second_of_the_picture_is_chosen():
    app = opened(f="x y + y z + z^2", x="1", at="y=2;z=3")
    assert app.segmented_control(key="view_beside").value == "y"
    app.segmented_control(key="view_beside").set_value("z").run()
    assert not app.exception
    assert app.session_state["numdiff"].values["beside"] == "z"
