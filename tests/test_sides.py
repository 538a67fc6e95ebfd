"""One-sided slopes at kinks, edges, cusps and vertical tangents, against limits worked out by hand."""

from __future__ import annotations

import math

import pytest

from numdiff.function import parse
from numdiff.sides import Side, one_sided_slopes

SLOPE, VERTICAL, OUTSIDE, UNKNOWN = "slope", "vertical", "outside", "unknown"
INFINITY = math.inf


@pytest.mark.parametrize(
    ("text", "x", "left", "right"),
    [
        ("|x|", 0.0, (SLOPE, -1.0), (SLOPE, 1.0)),
        ("|x - 2|x", 2.0, (SLOPE, -2.0), (SLOPE, 2.0)),
        ("relu(x)", 0.0, (SLOPE, 0.0), (SLOPE, 1.0)),
        ("max(x, x^2)", 1.0, (SLOPE, 1.0), (SLOPE, 2.0)),
        ("x^2", 3.0, (SLOPE, 6.0), (SLOPE, 6.0)),
        ("5", 1.0, (SLOPE, 0.0), (SLOPE, 0.0)),
        ("√x", 0.0, (OUTSIDE, math.nan), (VERTICAL, INFINITY)),
        ("√(1 - x)", 1.0, (VERTICAL, -INFINITY), (OUTSIDE, math.nan)),
        ("x√x", 0.0, (OUTSIDE, math.nan), (SLOPE, 0.0)),
        ("∛x", 0.0, (VERTICAL, INFINITY), (VERTICAL, INFINITY)),
        ("x^(2/3)", 0.0, (VERTICAL, -INFINITY), (VERTICAL, INFINITY)),
        ("ln x", 0.0, (OUTSIDE, math.nan), (OUTSIDE, math.nan)),
        ("1/x", 0.0, (OUTSIDE, math.nan), (OUTSIDE, math.nan)),
    ],
)
def test_sides(text, x, left, right):
    found = one_sided_slopes(parse(text), x)
    for side, (status, slope) in ((found.left, left), (found.right, right)):
        assert side.status == status
        # the smaller step is 2⁻⁸⁰: a limit is met within the curvature times that
        assert side.slope == pytest.approx(slope, abs=1e-15, nan_ok=True)


def test_several_variables_are_refused():
    with pytest.raises(ValueError, match="one variable, got x, y"):
        one_sided_slopes(parse("x*y"), 1.0)


def test_a_side_without_a_slope_is_not_a_number():
    assert math.isnan(Side("unknown").slope)
