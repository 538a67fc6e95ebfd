"""The sampler on functions that plotters stumble over."""

import numpy as np
import pytest

from pages.parts import sampling
from pages.parts.sampling import sample_curve, x_window, y_window

SMOOTH = {
    "x²": (np.square, (0.0, 6.0)),
    "sin x": (np.sin, (-3.0, 3.0)),
    "sin 50x": (lambda x: np.sin(50 * x), (-3.0, 3.0)),
    "∛x": (np.cbrt, (-3.0, 3.0)),
    "|x|": (np.abs, (-3.0, 3.1)),
    "a narrow bell": (lambda x: np.exp(-((100 * x) ** 2)), (-3.0, 3.0)),
    "1e299 x": (lambda x: 1e299 * x, (-1.0, 5.0)),
    "constant": (lambda x: np.full(x.shape, 2.5), (-3.0, 3.0)),
    "sin, a few floats wide": (np.sin, (1 - 2e-15, 1 + 2e-15)),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_continuous_curves_have_no_gap_and_are_seen(name):
    f, window = SMOOTH[name]
    curve = sample_curve(f, window)
    assert not np.isnan(curve.y).any()
    assert curve.low < curve.y.min() <= curve.y.max() < curve.high
    assert np.all(np.diff(curve.x) > 0)
    assert curve.x.size <= sampling.MOST + 200
    np.testing.assert_array_equal(curve.y, f(curve.x))


@pytest.mark.parametrize("name", ["x²", "sin x", "∛x", "|x|"])
def test_the_line_between_the_points_misses_the_curve_by_less_than_a_pixel(name):
    f, window = SMOOTH[name]
    curve = sample_curve(f, window)
    fine = np.linspace(*window, 20_001)
    miss = np.abs(np.interp(fine, curve.x, curve.y) - f(fine)) / (curve.high - curve.low)
    # across a vertical tangent the distance is measured sideways: a pixel is 1/500 of the width as well
    sideways = np.abs(np.interp(f(fine), curve.y, curve.x) - fine) / (window[1] - window[0]) if name == "∛x" else miss
    assert np.minimum(miss, sideways).max() < 1 / 500


def crossings(curve, place):
    """Return whether a line is drawn across the place."""
    after = np.searchsorted(curve.x, place)
    return 0 < after < curve.x.size and not np.isnan(curve.y[after - 1 : after + 1]).any()


BROKEN = {
    "tan x": (np.tan, (-3.0, 5.0), [-np.pi / 2, np.pi / 2, 3 * np.pi / 2]),
    "1/x": (lambda x: 1 / x, (-3.0, 3.0), [0.0]),
    "1/x, off centre": (lambda x: 1 / x, (-2.9, 3.3), [0.0]),
    "1/x²": (lambda x: 1 / x**2, (-2.9, 3.3), [0.0]),
    "⌊x⌋": (np.floor, (-2.5, 2.5), [-2.0, -1.0, 0.0, 1.0, 2.0]),
    "sign x": (np.sign, (-1.0, 2.0), [0.0]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_poles_and_jumps_are_not_joined(name):
    f, window, places = BROKEN[name]
    with np.errstate(all="ignore"):
        curve = sample_curve(f, window)
    for place in places:
        assert not crossings(curve, place), place
    # the gaps of one curve are one NaN wide, and there are no more of them than poles and jumps
    gaps = np.isnan(curve.y)
    assert gaps.sum() == len(places)
    assert not (gaps[1:] & gaps[:-1]).any()


def test_steps_reach_their_edges():
    curve = sample_curve(np.floor, (-2.5, 2.5))
    gap = np.flatnonzero(np.isnan(curve.y))
    np.testing.assert_allclose(curve.x[gap - 1], [-2, -1, 0, 1, 2], atol=1e-12)
    np.testing.assert_allclose(curve.x[gap + 1], [-2, -1, 0, 1, 2], atol=1e-12)


@pytest.mark.parametrize("f", [np.tan, lambda x: 1 / x, lambda x: 1 / x**2], ids=["tan x", "1/x", "1/x²"])
def test_a_pole_does_not_flatten_the_picture(f):
    with np.errstate(all="ignore"):
        curve = sample_curve(f, (-2.9, 3.3))
    assert curve.high - curve.low < 30
    assert np.nanmax(np.abs(curve.y)) < 60


@pytest.mark.parametrize(
    ("f", "edge"), [(np.sqrt, 0.0), (np.log, 0.0), (np.arccosh, 1.0)], ids=["√x", "ln x", "arcosh"]
)
def test_a_curve_begins_where_its_domain_begins(f, edge):
    curve = sample_curve(f, (edge - 2.9, edge + 3.3))
    assert curve.x[0] >= edge
    if f is not np.log:
        assert curve.x[0] == pytest.approx(edge, abs=1e-12)
        assert curve.y[0] == pytest.approx(0, abs=1e-5)
    assert not np.isnan(curve.y).any()


def test_sin_of_one_over_x_is_a_band():
    curve = sample_curve(lambda x: np.sin(1 / x), (-1.0, 1.0))
    assert curve.x.size <= sampling.MOST + 200
    assert (curve.low, curve.high) == pytest.approx((-1.12, 1.12), abs=0.01)
    assert np.isnan(curve.y).sum() <= 1


def test_a_power_of_x_to_x_has_no_line_left_of_zero():
    curve = sample_curve(lambda x: np.power(x, x), (-3.0, 3.0))
    left = curve.x < -1e-9
    assert np.isnan(curve.y[left][1:]).all()  # (−3)^(−3) exists, alone


@pytest.mark.parametrize("height", [0.0, 2.5, -7.0, 1e-300, 1e299])
def test_a_constant_gets_room_above_and_below(height):
    curve = sample_curve(lambda x: np.full(x.shape, height), (-3.0, 3.0))
    assert curve.low < height < curve.high
    assert np.isfinite([curve.low, curve.high]).all()


def test_a_steep_exponential_is_seen_where_the_learner_is():
    window = x_window(0.0, 1e-4, (1e3, 1e6, 1e9))
    assert window == pytest.approx((-0.0025, 0.0025))
    with np.errstate(all="ignore"):
        narrow = sample_curve(lambda x: np.exp(1000 * x), window, include=[1.0])
        wide = sample_curve(lambda x: np.exp(1000 * x), (-3.0, 3.0), include=[1.0], taylor=(1.0, 1e3))
    assert narrow.high < 200
    assert wide.low < 0 < wide.high < 1e5
    assert np.nanmax(wide.y) < 1e6


def test_nothing_to_see_is_no_error():
    with np.errstate(all="ignore"):
        curve = sample_curve(lambda x: np.log(-1 - x * x), (-3.0, 3.0))
    assert curve.x.size == 0
    assert curve.low < curve.high


@pytest.mark.parametrize(
    ("x", "dx", "derivatives", "expected"),
    [
        (3.0, 1e-4, (6.0, 2.0, 0.0), (0.0, 6.0)),
        (2.0, 0.5, (), (-1.0, 5.0)),
        (0.0, 10.0, (1.0,), (-16.0, 16.0)),
        (np.pi / 2, 1e-4, (0.0, -1.0, 0.0), (np.pi / 2 - 3, np.pi / 2 + 3)),
        (1e-6, 1e-9, (1e6, -1e12, 2e18), (-1.5e-6, 3.5e-6)),  # ln x
        (0.0, 1e-3, (0.0, 0.0, 0.0), (-3.0, 3.0)),
        (1.0, 1e-4, (float("nan"), float("nan"), float("inf")), (-2.0, 4.0)),
        (1e9, 1e-4, (), (1e9 - 3, 1e9 + 3)),
    ],
)
def test_the_window_follows_the_function(x, dx, derivatives, expected):
    assert x_window(x, dx, derivatives) == pytest.approx(expected)


def test_marked_heights_are_always_shown():
    low, high = y_window(np.array([0.0, 1.0, 2.0]), include=[-13.8, np.nan, np.inf])
    assert low < -13.8
    assert high > 2
