"""The pictures of the page of partial derivatives: patches with gaps, right angles, coloured letters."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pages.explore.partial.contourview import ContourLabels, ContourPicture, contour_figure, nice_step, turning_figure
from pages.parts import theme
from pages.parts.entries import function_of
from pages.parts.figures.secant import Secant
from pages.parts.figures.surface import SurfaceLabels, SurfacePicture, surface_figure
from pages.parts.sampling import sample_curve
from pages.parts.surface.patch import POINTS, patch
from pages.parts.surface.question import declared
from pages.parts.surface.shared import colour

THEMES = pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
LABELS = SurfaceLabels(("x", "y", "f"), "y = 1", "tangent", {"central": "central"})


def seen(text, x=0.0, y=0.0, half=3.0):
    windows = ((x - half, x + half), (y - half, y + half))
    return patch(text, ("x", "y"), (("x", x), ("y", y)), windows)


def surface(text="x^2 + y^2", moving=0):
    found = seen(text, 1.0, 1.0)
    curve = sample_curve(lambda t: t**2 + 1, (-2.0, 4.0))
    secants = [Secant("central", (0.5, 1.25), (1.5, 3.25))]
    z = found.home
    return SurfacePicture(found.x, found.y, found.z, found.low, found.high, moving, (1.0, 1.0, z), curve, secants, 2.0)


def contours(gradient=(3.0, 4.0), direction=(1.0, 0.0), text="3x + 4y"):
    found = seen(text, 1.0, 2.0)
    point = (1.0, 2.0, found.home)
    return ContourPicture(found.x, found.y, found.z, found.low, found.high, point, gradient, direction)


def test_the_point_lies_on_the_grid():
    found = seen("x y", 0.3, -0.7)
    assert found.z.shape == (POINTS, POINTS)
    assert 0.3 in found.x
    assert -0.7 in found.y
    assert found.z[POINTS // 2, POINTS // 2] == pytest.approx(-0.21)


def test_no_wall_joins_the_two_sides_of_a_pole():
    found = seen("1/(x - y)", 1.0, -0.5)
    height = found.high - found.low
    for axis in (0, 1):
        leaps = np.abs(np.diff(found.z, axis=axis))
        assert np.nanmax(leaps) <= 1.5 * height
    assert found.is_cut
    assert found.low < found.home < found.high


def test_where_there_is_no_value_there_is_a_gap():
    found = seen("3x ln y", 1.0, 1.0)
    assert np.isnan(found.z[found.y < 0]).all()
    assert 0 < found.undefined < 1
    assert seen("√(-1 - x^2 - y^2)").undefined == 1
    assert not math.isfinite(seen("3x ln y", 1.0, -1.0).home)


@pytest.mark.parametrize("text", ["f(x, y) = 5", "10^-200 x y", "e^(100 x y)", "⌊x⌋ + ⌊y⌋"])
def test_heights_that_are_shown_are_a_stretch(text):
    found = seen(text)
    assert math.isfinite(found.low)
    assert found.low < found.high < math.inf


@THEMES
@pytest.mark.parametrize("moving", [0, 1])
def test_the_cut_lies_in_the_plane(look, moving):
    figure = surface_figure(surface(moving=moving), LABELS, look)
    kinds = [trace.type for trace in figure.data]
    assert kinds.count("surface") == 2
    still = "y" if moving == 0 else "x"
    for trace in figure.data:
        if trace.type in {"scatter3d", "mesh3d"}:
            assert set(trace[still]) == {1.0}
    assert [note.text for note in figure.layout.scene.annotations] == ["y = 1", "tangent"]


def test_the_two_parts_of_the_surface_meet_in_the_plane():
    first, second = (trace for trace in surface_figure(surface(), LABELS, theme.LIGHT).data if trace.type == "surface")
    assert set(first.y) & set(second.y) == {np.float32(1.0)}
    assert len(first.y) + len(second.y) == POINTS + 1


def test_nothing_is_drawn_where_nothing_is():
    empty = surface("√(-1 - x^2 - y^2)")
    assert "surface" not in [trace.type for trace in surface_figure(empty, LABELS, theme.LIGHT).data]


def test_turning_it_is_kept_until_another_variable_moves():
    first, same, other = (surface_figure(surface(moving=m), LABELS, theme.LIGHT).layout.scene for m in (0, 0, 1))
    assert first.uirevision == same.uirevision
    assert first.uirevision != other.uirevision
    assert first.uirevision


@THEMES
def test_the_gradient_stands_at_right_angles_to_the_contour(look):
    picture = contours()
    figure = contour_figure(picture, ContourLabels(("x", "y"), "f", "∇f", "u"), look)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == 1
    widths = [np.ptp(axis.range) for axis in (figure.layout.xaxis, figure.layout.yaxis)]
    assert widths[0] == pytest.approx(widths[1])
    arrow = next(note for note in figure.layout.annotations if note.showarrow)
    step = np.array([arrow.x - arrow.ax, arrow.y - arrow.ay])
    assert step @ np.array([-4.0, 3.0]) == pytest.approx(0)  # along the contours of 3x + 4y
    assert step @ np.array([3.0, 4.0]) > 0


@pytest.mark.parametrize("gradient", [(0.0, 0.0), (math.nan, 1.0)])
def test_without_a_gradient_there_is_no_arrow_of_it(gradient):
    figure = contour_figure(contours(gradient), ContourLabels(("x", "y"), "f", "∇f", "u"), theme.LIGHT)
    assert [note.text for note in figure.layout.annotations if note.text] == ["u"]


def test_the_slope_against_the_angle_is_greatest_at_the_gradient():
    figure = turning_figure((3.0, 4.0), 0.0, 3.0, "angle", theme.LIGHT)
    curve = figure.data[0]
    best = curve.x[int(np.argmax(curve.y))]
    assert best == pytest.approx(math.degrees(math.atan2(4, 3)), abs=1)
    assert max(curve.y) == pytest.approx(5, rel=1e-3)  # of 181 angles the nearest


@pytest.mark.parametrize(("width", "count", "step"), [(10, 10, 1), (100, 11, 10), (0.37, 10, 0.05), (7e-5, 11, 5e-6)])
def test_levels_are_round_numbers(width, count, step):
    assert nice_step(width, count) == pytest.approx(step)


RED = "#123456"


@pytest.mark.parametrize(
    ("latex", "names", "expected"),
    [
        ("3x y", {"y"}, rf"3x \textcolor{{{RED}}}{{y}}"),
        (r"\frac{\partial y}{\partial x}", {"x"}, rf"\frac{{\partial y}}{{\partial \textcolor{{{RED}}}{{x}}}}"),
        (r"\text{야식} e^{x}", {"야식"}, rf"\textcolor{{{RED}}}{{\text{{야식}}}} e^{{x}}"),
        (r"x_{1} + x_{2} + x", {"x_2"}, rf"x_{{1}} + \textcolor{{{RED}}}{{x_{{2}}}} + x"),
        (r"\log_{y} x", {"y"}, rf"\log_{{\textcolor{{{RED}}}{{y}}}} x"),
        (r"\begin{aligned} &= a\end{aligned}", {"a"}, rf"\begin{{aligned}} &= \textcolor{{{RED}}}{{a}}\end{{aligned}}"),
        (r"\operatorname{sgn}(s)", {"s"}, rf"\operatorname{{sgn}}(\textcolor{{{RED}}}{{s}})"),
        (r"\sin \theta", {"theta", "s", "i", "n"}, rf"\sin \textcolor{{{RED}}}{{\theta}}"),
        (r"\sum_{i=1}^{2} 3y x_{i}", {"y"}, rf"\sum_{{i=1}}^{{2}} 3\textcolor{{{RED}}}{{y}} x_{{i}}"),
    ],
)
def test_only_the_letters_that_are_held_are_coloured(latex, names, expected):
    assert colour(latex, names, RED) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x y", ("x", "y")),
        ("f(x) = x y", ("x",)),
        ("f(x_1, x₂) = -Σ_{i=1}^{2} 3y x_i", ("x_1", "x_2")),
        ("-Σ_{i=1}^{2} 3y x_i", ("x_1", "x_2")),
        ("lambda x, y: x*y*z", ("x", "y")),
        ("체중(야식, 운동) = 야식 - 운동", ("야식", "운동")),
        ("y = x^2", ("x",)),
        ("5", ()),
    ],
)
def test_which_letters_are_variables(text, names):
    assert declared(function_of(text)) == names
