"""Several variables on a page for one: one moves, the others are held at what their own fields say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from numdiff.function import Function
from pages.parts.entries import function_of, parse, quantity_of, read_point
from pages.parts.i18n import translator
from pages.parts.variables import freeze
from tests.app.test_pages import ERROR, LANGUAGES, SECANT, opened, panel


def function(text: str) -> Function:
    found = parse(text)
    assert isinstance(found, Function)
    return found


def quantities(**texts: str):
    return {name: quantity_of(read_point(text)) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("text", "moved", "at", "formula"),
    [
        ("x^2", "x", {"x": "3"}, "x^{2}"),
        ("2x + 3xy + y^3", "x", {"x": "1", "y": "2"}, r"2x + 3x \cdot 2 + 2^{3}"),
        ("2x + 3xy + y^3", "y", {"x": "-1", "y": "2"}, "2 (-1) + 3 (-1) y + y^{3}"),
        ("x sin(theta)", "x", {"x": "1", "theta": "π/2"}, r"x \sin \frac{\pi}{2}"),
        ("sum(3y x_i, i, 1, 2)", "x_2", {"y": "2", "x_1": "1", "x_2": "5"}, r"3 \cdot 2 \cdot 1 + 3 \cdot 2x_{2}"),
    ],
)
def test_the_others_values_are_put_in_as_typed(text, moved, at, formula):
    frozen = freeze(function(text), quantities(**at), moved)
    assert frozen.variables == (moved,)
    assert frozen.latex() == formula


@given(st.sampled_from(["x y", "x^y", "e^(x y)", "x/y + y/x", "max(x, y)"]), st.floats(0.1, 9), st.floats(0.1, 9))
def test_the_value_stays_the_same(text, x, y):
    whole = function(text)
    frozen = freeze(whole, quantities(x=repr(x), y=repr(y)), "x")
    assert float(frozen(x)) == pytest.approx(float(whole(x, y)), rel=1e-14)


def test_values_too_long_for_the_notation_are_rounded():
    long = "+".join(["1.25"] * 60)
    frozen = freeze(function("x y + y^2"), quantities(x="1", y=long), "x")
    assert float(frozen(2.0)) == 2 * 75 + 75**2


@pytest.mark.parametrize("value", ["1.23456789", "-1.23456789", "1.23456789*10^-7", "-1.23456789*10^8", "10^-310"])
def test_values_are_rounded_to_the_nearest_float64_and_no_further(value):
    whole = function("x" + " + y" * 20 + " - y" * 19)
    frozen = freeze(whole, quantities(x="1", y=value + " + 0" * 20), "x")
    assert frozen.variables == ("x",)
    assert float(frozen(0.0)) == pytest.approx(float(function(value)()), rel=1e-12)  # 39 sums
    assert function_of(frozen.text) == frozen


def fields(app: AppTest) -> dict[str, str]:
    return {field.label: field.value for field in app.text_input}


@pytest.mark.parametrize("page", [SECANT, ERROR])
def test_the_longest_function_is_held_at_values_of_any_length(page):
    app = opened("en", page, f="x" + " + y" * 100, x="1", dx="10^-4", at="y=-1.23456789*10^-7")
    assert not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [SECANT, ERROR])
def test_a_page_for_one_variable_holds_the_others(language, page):
    app = opened(language, page, f="x y^2", x="1", at="y=3")
    assert not app.exception
    assert fields(app)[translator(language)("field.held", name="y")] == "3"


def test_another_variable_can_move_and_each_keeps_its_value():
    app = opened("en", SECANT, f="x y^2", x="1", dx="10^-4", at="y=3")
    assert "9.0000" in panel(app) or "9</" in panel(app)
    choice = next(group for group in app.get("button_group") if group.key == "view_var")
    choice.set_value("y").run()
    assert not app.exception
    assert fields(app)["x held at"] == "1"
    assert fields(app)["Point y"] == "3"
    assert "6.0000" in panel(app)


def test_what_is_not_understood_keeps_the_last_value():
    app = opened("en", SECANT, f="x y^2", x="1", dx="10^-4", at="y=3")
    next(field for field in app.text_input if field.label == "y held at").set_value("3 +").run()
    assert not app.exception
    assert "9.0000" in panel(app) or "9</" in panel(app)
    next(field for field in app.text_input if field.label == "y held at").set_value("2").run()
    assert "4.0000" in panel(app) or "4</" in panel(app)
