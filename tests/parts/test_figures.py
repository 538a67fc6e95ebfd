"""Figure builders: the data drawn, the ranges, no joined gaps, labels kept apart."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.explore.error.chart import QuotientLine, quotient_figure
from pages.explore.error.figure_errors import (
    ErrorLabels,
    ErrorLine,
    ErrorPicture,
    Gap,
    Slope,
    Spot,
    Straight,
    error_figure,
)
from pages.parts.figures.placing import spread
from pages.parts.figures.secant import slope_figure
from pages.parts.sampling import sample_curve
from pages.parts.theme import DARK, LIGHT

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
CHART = ErrorLabels("Δx", "error", "exactly 0", "Δx = 10⁻⁴")
STEPS = np.logspace(-16, 1, 120)


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_the_slope_picture_has_both_curves():
    exact = sample_curve(np.cos, (-3.0, 3.0))
    numerical = sample_curve(lambda x: np.sin(x + 0.5) - np.sin(x - 0.5), (-3.0, 3.0))
    labels = {"exact": "exact", "numerical": "central"}
    figure = slope_figure(exact, numerical, (-3.0, 3.0), (1.0, math.cos(1)), labels=labels, theme=LIGHT)
    assert set(texts(figure)) == {"exact", "central"}
    np.testing.assert_array_equal(figure.data[0].y, exact.y)
    assert list(figure.layout.yaxis.range) == [exact.low, exact.high]


# --- the chart of errors


def vee(scale=1.0):
    return scale * (STEPS**2 + 1e-16 / STEPS)


def drawn(figure, name):
    return next(trace for trace in figure.data if trace.name == name and trace.mode == "lines")


@THEMES
def test_the_error_chart_shows_magnitudes_on_logarithmic_axes(look):
    line = ErrorLine("central", "central", STEPS, -vee())
    figure = error_figure(ErrorPicture([line], learner=1e-4), CHART, look)
    np.testing.assert_allclose(drawn(figure, "central").y, vee())
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert {"central", "error", "Δx = 10⁻⁴"} == set(texts(figure))
    assert figure.layout.xaxis.title.text == "Δx"
    assert len(figure.to_json()) < 15_000


def test_zeros_stand_on_the_floor_and_nan_is_a_gap():
    errors = vee()
    errors[50:60], errors[100:] = 0.0, math.nan
    figure = error_figure(ErrorPicture([ErrorLine("central", "central", STEPS, errors)]), CHART, LIGHT)
    line = drawn(figure, "central")
    assert not line.connectgaps
    assert np.isnan(np.asarray(line.y)[50:60]).all()
    assert np.isnan(np.asarray(line.y)[100:]).all()
    marks = next(trace for trace in figure.data if trace.mode == "markers")
    np.testing.assert_array_equal(marks.x, STEPS[50:60])
    assert set(np.log10(marks.y)) == {figure.layout.yaxis.range[0]}
    assert "exactly 0" in texts(figure)


def test_an_error_that_is_zero_everywhere_is_a_row_of_marks():
    figure = error_figure(ErrorPicture([ErrorLine("central", "central", STEPS, np.zeros(120))]), CHART, LIGHT)
    assert next(trace for trace in figure.data if trace.mode == "markers").x.size == 120
    assert "central" in texts(figure)


def test_errors_far_above_the_derivative_do_not_flatten_the_rest():
    errors = vee()
    errors[-5:] = [1e50, 1e100, 1e150, 1e200, 1e217]
    figure = error_figure(ErrorPicture([ErrorLine("central", "central", STEPS, errors)], scale=1.0), CHART, LIGHT)
    assert figure.layout.yaxis.range[1] < 6


def test_the_parts_of_the_error_do_not_flatten_their_sum():
    lines = [
        ErrorLine("central", "central", STEPS, vee()),
        ErrorLine("truncation", "truncation", STEPS, STEPS**2, "part"),
        ErrorLine("rounding", "round-off", STEPS, 1e-16 / STEPS, "part"),
        ErrorLine("forward", "forward", STEPS, STEPS + 1e-16 / STEPS, "quiet"),
    ]
    figure = error_figure(ErrorPicture(lines), CHART, LIGHT)
    assert figure.layout.yaxis.range[0] > -16
    assert drawn(figure, "forward").opacity < 1
    assert {"central", "truncation", "round-off", "forward"} <= set(texts(figure))


def test_number_formats_are_named_at_the_bottom_of_their_v():
    coarse = STEPS**2 + 1e-7 / STEPS
    lines = [
        ErrorLine("float32", "float32", STEPS, coarse, "precision"),
        ErrorLine("float64", "float64", STEPS, vee(), "precision"),
    ]
    figure = error_figure(ErrorPicture(lines), CHART, LIGHT)
    named = {label.text: label for label in figure.layout.annotations if label.text.startswith("float")}
    assert named["float64"].x == pytest.approx(np.log10(STEPS[np.argmin(vee())]))
    assert named["float32"].x == pytest.approx(np.log10(STEPS[np.argmin(coarse)]))


def test_slopes_spots_model_and_gaps_are_drawn():
    shown = ErrorPicture(
        [ErrorLine("central", "central", STEPS, vee())],
        slopes=[Slope("central", 1e-2, 1e-4, "slope 2.0"), Slope("central", 1e-9, 1e-7, "slope −1.0", is_falling=True)],
        spots=[Spot("model", 5e-6, 1e-10, "h*"), Spot("best", 4e-6, 1e-11, "best", filled=False)],
        model=[Straight((1e-16, 1e-32), (10.0, 100.0))],
        gaps=[Gap(1e-1, 10.0, "outside")],
    )
    figure = error_figure(shown, CHART, LIGHT)
    assert {"slope 2.0", "slope −1.0", "h*", "best", "outside"} <= set(texts(figure))
    sides = {label.text: label.xanchor for label in figure.layout.annotations}
    assert (sides["slope 2.0"], sides["slope −1.0"]) == ("left", "right")
    assert figure.layout.shapes[0].x0 == 1e-1


@pytest.mark.parametrize("learner", [1e-50, 1e3])
def test_a_step_beyond_the_chart_has_no_mark(learner):
    figure = error_figure(ErrorPicture([ErrorLine("central", "c", STEPS, vee())], learner=learner), CHART, LIGHT)
    assert not figure.layout.shapes


def test_nothing_known_is_an_empty_chart():
    lines = [ErrorLine("central", "central", STEPS, np.full(120, math.nan))]
    figure = error_figure(ErrorPicture(lines, gaps=[Gap(1e-17, 20.0, "outside")], learner=1e-4), CHART, LIGHT)
    assert "central" not in texts(figure)
    assert "outside" in texts(figure)
    # words across a wide gap are not turned on their side
    assert next(label for label in figure.layout.annotations if label.text == "outside").textangle == 0


def test_quotients_of_the_absolute_value_are_three_lines():
    lines = [
        QuotientLine(name, name, STEPS, np.full(120, value))
        for name, value in (("forward", 1.0), ("backward", -1.0), ("central", 0.0))
    ]
    figure = quotient_figure(lines, LIGHT, title="quotient", learner=(1e-4, "Δx = 10⁻⁴"))
    assert {"forward", "backward", "central", "quotient", "Δx = 10⁻⁴"} == set(texts(figure))
    low, high = figure.layout.yaxis.range
    assert low < -1 < 1 < high


def test_a_quotient_that_grows_without_bound_is_cut_off():
    lines = [QuotientLine("forward", "forward", STEPS, STEPS**-0.5)]
    figure = quotient_figure(lines, LIGHT, title="quotient", learner=(1e-50, ""))
    low, high = figure.layout.yaxis.range
    assert np.nanmax(figure.data[0].y) <= 2 * high - low
    assert not figure.layout.shapes


@given(st.lists(st.floats(-10, 10), max_size=8), st.floats(0.01, 3))
def test_labels_are_kept_apart_in_their_order(wanted, gap):
    placed = spread(wanted, gap, -10.0, 10.0)
    if len(wanted) > 1:
        gap = min(gap, 20 / (len(wanted) - 1))
    ordered = sorted(placed)
    assert all(second - first >= gap * (1 - 1e-9) for first, second in pairwise(ordered))
    assert all(-10 - 1e-9 <= place <= 10 + 1e-9 for place in placed)
    assert [p for _, p in sorted(zip(wanted, placed, strict=True))] == ordered
    if len(wanted) == 1:
        assert placed == wanted
