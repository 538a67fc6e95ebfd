"""The programs that lessons show are run here as they are shown, and print the very characters that the page shows."""

from __future__ import annotations

import contextlib
import io

import pytest

from pages.learn.lessons import formula, program
from pages.parts.entries import function_of, quantity_of, read_point

CASES = [
    ("x^2", 3.0, 1e-4),
    ("x^2", 0.1, 1e-8),
    ("3x e^x", 2.0, 1e-4),
    ("x^3 - 3x", 1.5, 0.5),
    ("ln x + 1/x", 2.0, 1e-5),
    ("e^-x", -1.25, 2e-6),
    ("1/(1 + e^-x)", 0.5, 1e-4),
    ("sin x", 1.0, 1e-12),
    ("√x", 1e-3, 1e-4),
    ("∛x", -8.0, 1e-4),
    ("|x|", 0.0, 1e-4),
    ("5", 1.0, 1e-4),
    ("tan θ", 1e5, 3e-4),
    ("야식^4", 7.0, 1e-300),
]


def run(code: str) -> list[str]:
    """Return the lines that a program of ours prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "<lesson>", "exec"), {})  # noqa: S102 - a program of ours
    return printed.getvalue().splitlines()


@pytest.mark.parametrize(("f", "x", "dx"), CASES)
def test_the_lectures_program_prints_what_the_page_shows(f, x, dx):
    function = function_of(f)
    shown = program.printed(function, x, dx)
    assert run(program.program(function, x, dx)) == [shown]
    assert run(program.twice(function, x, dx, "version 1")) == [shown, shown]


@pytest.mark.parametrize(("f", "x", "dx"), [case for case in CASES if case[0] != "|x|"])
def test_the_program_of_the_derivative_by_rules_prints_what_the_page_shows(f, x, dx):
    code = formula.code(f, quantity_of(read_point(repr(x))))
    assert run(code) == [str(float(formula.value(f, x)))]


def test_the_lectures_own_digits():
    assert program.printed(function_of("x^2"), 3.0, 1e-4) == "6.000000000012662"
    assert program.printed(function_of("3x e^x"), 2.0, 1e-4) == "66.50150507518049"
    assert str(float(formula.value("3x e^x", 2.0))) == "66.50150489037586"
    square = program.twice(function_of("x^2"), 3.0, 1e-4, "version 1")
    assert square.startswith("def func1(x):\n    return x**2\n\nf = lambda x: func1(x)\n")
    assert "    delta_x = 1e-4\n    return (f(x+delta_x) - f(x-delta_x)) / (2*delta_x)\n" in square


@pytest.mark.parametrize(
    ("value", "written"), [(3.0, "3.0"), (1e-4, "1e-4"), (2.5e-7, "2.5e-7"), (0.5, "0.5"), (-2.0, "-2.0"), (0.1, "0.1")]
)
def test_a_number_is_written_as_one_writes_it_in_python(value, written):
    assert program.literal(value) == written
    assert float(written) == value


def test_where_f_has_no_value_nothing_is_printed():
    assert program.printed(function_of("ln x"), 0.0, 1e-4) == ""
    assert program.printed(function_of("1/x"), 1e-4, 1e-4) == ""
