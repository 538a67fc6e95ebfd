"""One-sided slopes at kinks, edges, cusps and vertical tangents, against limits worked out by hand."""

from __future__ import annotations

import math

import pytest

from numdiff.error.point import Side, Sides, one_sided_slopes, point_kind
from numdiff.function import parse

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


@pytest.mark.parametrize(
    ("text", "x", "kind"),
    [
        ("x^2", 3.0, ""),
        ("x|x|", 0.0, ""),
        ("|x|", 0.0, "kink"),
        ("√(x^2)", 0.0, "kink"),
        ("floor(x)", 0.0, "jump"),
        ("sign x", 0.0, "jump"),
        ("∛x", 0.0, "vertical"),
        ("x^(2/3)", 0.0, "cusp"),
        ("∛(x^2)", 0.0, "cusp"),
        ("x√x", 0.0, "edge"),
        ("√x", 0.0, "edge_vertical"),
        ("arcsin x", 1.0, "edge_vertical"),
        ("√(max(x, 0))", 0.0, "unknown"),
        ("ln x", -1.0, "outside"),
        ("1/x", 0.0, "outside"),
        ("e^(1000x)", 2.0, "overflow"),
        *((text, 0.0, "outside") for text in ("x^(-1/3)", "1/√x", "x^(-2/3) + x^(1/3)", "1/∛x", "(√x)^(-1/3)")),
        ("0^x", 0.0, "unknown"),
        ("√x + 0^x", 0.0, "undecidable"),
        ("x^(1/1001)", 0.0, "vertical"),
        ("√(-x^2)", 0.0, "undecidable"),
        ("∛(x^3)", 0.0, "undecidable"),
    ],
)
def test_kinds_of_points(text, x, kind):
    found = point_kind(parse(text), x)
    assert found.kind == kind
    assert (found.sides is None) == (kind in {"", "outside", "overflow"})


def test_a_value_may_be_too_large_for_one_format_only():
    assert point_kind(parse("e^x"), 20.0, "float16").kind == "overflow"
    assert point_kind(parse("e^x"), 20.0, "float32").kind == ""
    with pytest.raises(ValueError, match="x must be a finite number in float16"):
        point_kind(parse("x"), 1e6, "float16")


@pytest.mark.parametrize(
    ("left", "right", "bend"),
    [
        (Side(SLOPE, 1.0), Side(SLOPE, 1.0), "smooth"),
        (Side(VERTICAL, INFINITY), Side(OUTSIDE), "edge_vertical"),
        (Side(OUTSIDE), Side(OUTSIDE), "isolated"),
        (Side(OUTSIDE), Side(UNKNOWN), "unknown"),
        (Side(UNKNOWN), Side(UNKNOWN), "unknown"),
        (Side(SLOPE, 0.0), Side(VERTICAL, INFINITY), "unknown"),
    ],
)
def test_how_two_sides_fit_together(left, right, bend):
    assert Sides(left, right).bend == bend
