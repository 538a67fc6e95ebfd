"""What is typed into the fields for x and Δx, and what is refused with which code."""

from __future__ import annotations

import math

import pytest

import numdiff
from numdiff.notation.errors import ERROR_CODES
from numdiff.printing.names import GREEK
from pages.parts.controls import EXAMPLES, STEPS, nearest_step, reach, step_text
from pages.parts.entries import (
    ENTRY_CODES,
    Problem,
    Quantity,
    formula_latex,
    function_of,
    parse,
    read_point,
    read_step,
    shown_name,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2.0),
        ("3.0", 3.0),
        ("-0.5", -0.5),
        ("−0.5", -0.5),
        ("1e-4", 1e-4),
        ("10^-4", 1e-4),
        ("2*10^-5", 2e-5),
        ("0.1", 0.1),
        ("1/3", 1 / 3),
        ("π/2", math.pi / 2),
        ("√2", math.sqrt(2)),
        ("e", math.e),
    ],
)
def test_a_number_in_any_notation_becomes_the_nearest_float(text, value):
    found = read_point(text)
    assert isinstance(found, Quantity)
    assert found.value == value


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_point, "", "empty"),
        (read_point, "x", "not_a_number"),
        (read_point, "1/0", "undefined_constant"),
        (read_point, "10^10", "point_too_large"),
        (read_point, "-10^10", "point_too_large"),
        (read_step, "-1", "step_not_positive"),
        (read_step, "0", "step_not_positive"),
        (read_step, "10^4", "step_too_large"),
        (read_step, "10^-299 * 10^-3", "step_too_small"),
    ],
)
def test_what_is_refused(read, text, code):
    found = read(text)
    assert isinstance(found, Problem)
    assert found.code == code
    assert found.text == text


@pytest.mark.parametrize("read", [read_point, read_step, parse])
@pytest.mark.parametrize("text", ["<b>x", "9^9^9^9", "(" * 5000, "x" * 1_000_000, "![](http://a.b/c.png)", "\x00"])
def test_hostile_text_becomes_a_problem_with_a_known_code(read, text):
    found = read(text)
    assert isinstance(found, Problem)
    assert found.code in ERROR_CODES or found.code in ENTRY_CODES
    start, end = found.span
    assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.f)
def test_every_example_is_understood(example):
    assert isinstance(parse(example.f), numdiff.Function)
    assert isinstance(read_point(example.x), Quantity)


@pytest.mark.parametrize("stop", STEPS)
def test_every_stop_of_the_slider_can_be_typed_and_is_found_again(stop):
    found = read_step(step_text(stop))
    assert isinstance(found, Quantity)
    assert found.value == float(stop)
    assert nearest_step(found.value) == stop


@pytest.mark.parametrize(("value", "length"), [(0.0, 5.0), (5.0, 5.0), (-5.1, 50.0), (1e9, 5e9), (1e-12, 5.0)])
def test_the_slider_reaches_the_point(value, length):
    assert reach(value) == pytest.approx(length)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x", "x"),
        ("x_1", "x₁"),
        ("theta", "θ"),
        ("lambda_2", "λ₂"),
        ("Omega", "Ω"),
        ("야식", "야식"),
        ("x_max", "x_max"),
    ],
)
def test_names_are_shown_as_one_writes_them(name, shown):
    assert shown_name(name) == shown


def test_every_greek_name_has_its_letter():
    assert all(len(shown_name(name)) == 1 for name in GREEK if not name.startswith("var"))


def test_a_formula_names_its_variable():
    assert formula_latex(function_of("sin theta")) == r"f(\theta) = \sin \theta"
    assert formula_latex(function_of("5")) == "f(x) = 5"
