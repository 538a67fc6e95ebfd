"""The numbers of the page of partial derivatives against mpmath."""

from __future__ import annotations

import math

import mpmath
import pytest

from pages.parts.controls import Controls
from pages.parts.entries import function_of, quantity_of, read_point
from pages.parts.surface.question import ask
from pages.parts.surface.slopes import direction, partial, unit
from pages.parts.variables import freeze


def asked(text, dx="10^-4", **at):
    function = function_of(text)
    values = {name: quantity_of(read_point(at[name])) for name in function.variables}
    first = function.variables[0]
    given = Controls(
        freeze(function, values, first),
        function,
        first,
        values[first],
        quantity_of(read_point(dx)),
        values,
        stale=False,
    )
    return ask(given, "")


@pytest.mark.parametrize("angle", [0, 17, 30, 45, 60, 90, 120, 150, 180, 210, 237, 270, 300, 330, 359])
def test_the_derivative_along_a_direction(angle):
    found = direction(asked("sin(x) e^(x y)", x="0.5", y="-0.25"), angle)
    with mpmath.workdps(40):
        u = mpmath.cos(mpmath.radians(angle)), mpmath.sin(mpmath.radians(angle))

        def along(t):
            x, y = mpmath.mpf("0.5") + t * u[0], mpmath.mpf("-0.25") + t * u[1]
            return mpmath.sin(x) * mpmath.exp(x * y)

        expected = mpmath.diff(along, 0)
        assert abs(found.along.exact.value - expected) < mpmath.mpf(10) ** -20  # mpmath.diff keeps about half
    assert found.along.estimate == pytest.approx(float(expected), abs=1e-7)  # Δx²/6 times the third derivative
    assert math.hypot(*unit(angle)) == pytest.approx(1)


@pytest.mark.parametrize("angle", [0, 60, 90, 120, 180, 240, 270, 300])
def test_the_opposite_direction_has_the_opposite_slope(angle):
    question = asked("x^2 y + 3y", x="2", y="5")
    there, back = (direction(question, turned).along.exact.value for turned in (angle, (angle + 180) % 360))
    with mpmath.workdps(50):
        assert abs(there + back) < mpmath.mpf(10) ** -25


def test_a_direction_that_needs_only_one_partial_derivative_has_no_use_for_the_other():
    question = asked("x^2 + |y|", x="2", y="0")
    assert direction(question, 0).along.exact.value == 4
    assert direction(question, 90).along.exact.status == "undefined"
    assert not direction(question, 45).exists


def test_where_the_gradient_is_0_no_direction_is_steepest():
    found = direction(asked("x^2 + y^2", x="0", y="0"), 30)
    assert found.length == 0
    assert math.isnan(found.steepest)


def test_values_count_as_they_were_typed():
    found = partial(asked("x y^2", x="1", y="√2"), "x")
    assert abs(found.exact.value - 2) < 1e-25
