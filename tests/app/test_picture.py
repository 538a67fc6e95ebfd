"""What is drawn for a typed function: the window, the secants and the tangent."""

from __future__ import annotations

import math

import pytest

from pages.explore.secant.fields import WINDOWS
from pages.parts.entries import function_of
from pages.parts.picture import scene, slope, slopes


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("dx", [1e-300, 1e-4, 10.0])
@pytest.mark.parametrize(
    ("text", "x"), [("x^2", 3.0), ("tan x", 1.57), ("ln x", 1e-5), ("e^(1000x)", 0.5), ("1/x", 0.0), ("5", 1e9)]
)
def test_every_window_holds_the_point_and_has_a_height(text, x, dx, window):
    picture = scene(text, x, dx, ("forward", "backward", "central"), window)
    left, right = picture.window
    assert left < x < right
    assert picture.curve.low < picture.curve.high


def test_the_secants_go_through_the_nodes():
    picture = scene("x^2", 3.0, 1.0, ("forward", "backward", "central"), "auto")
    assert [(secant.first, secant.second) for secant in picture.secants] == [
        ((3.0, 9.0), (4.0, 16.0)),
        ((2.0, 4.0), (3.0, 9.0)),
        ((2.0, 4.0), (4.0, 16.0)),
    ]
    assert [secant.slope for secant in picture.secants] == [7.0, 5.0, 6.0]


def test_near_a_pole_of_the_slope_the_window_is_small():
    left, right = scene("ln x", 1e-3, 1e-4, (), "auto").window
    assert right - left < 0.02


def test_a_vertical_tangent_has_an_infinite_slope():
    assert slope(function_of("∛x"), 0.0) == math.inf
    assert slope(function_of("x^2"), 3.0) == 6.0


@pytest.mark.parametrize("text", ["|x|", "x^(2/3)"])
def test_a_kink_has_no_slope(text):
    assert math.isnan(slope(function_of(text), 0.0))


def test_the_slope_curves_agree_where_the_difference_is_exact():
    seen = slopes("x^2", 3.0, 1.0, "central", "auto")
    assert seen.point == (3.0, 6.0)
    # the central difference of x² is exact but for rounding of values near 36 divided by 2
    assert max(abs(y - 2 * x) for x, y in zip(seen.numerical.x, seen.numerical.y, strict=True)) < 1e-13
    assert max(abs(y - 2 * x) for x, y in zip(seen.exact.x, seen.exact.y, strict=True)) == 0.0
