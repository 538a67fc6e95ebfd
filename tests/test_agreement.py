"""Where two expressions agree: the points that are looked at, and what counts as agreeing."""

from fractions import Fraction

import pytest

import numdiff as nd
from numdiff.evaluate.agreement import compare, differ_beyond, sample_points

POINTS = [{"x": Fraction(k, 7)} for k in (-9, -2, 3, 12)]


def tree(text):
    return nd.parse(text).tree


@pytest.mark.parametrize("count", [1, 5, 28, 120])
def test_as_many_different_points_as_wanted(count):
    one = sample_points((tree("x^2"),), ("x",), count)
    assert len({point["x"] for point in one}) == count
    two = sample_points((tree("x y"),), ("x", "y"), count)
    assert len({(point["x"], point["y"]) for point in two}) == len(two) == count
    assert one == sample_points((tree("x^2"),), ("x",), count)


def test_a_constant_has_one_point():
    assert sample_points((tree("3"),), (), 10) == ({},)


def test_there_are_points_on_both_sides_of_a_number_that_occurs():
    values = [point["x"] for point in sample_points((tree("max(x, 5000)"),), ("x",), 28)]
    assert min(values) < -5000
    assert any(0 < value < 5000 for value in values)
    assert max(values) > 5000


def test_what_is_counted():
    found = compare(tree("ln x"), tree("ln(x^2)/2"), POINTS)
    assert [point["x"] for point in found.agree] == [Fraction(3, 7), Fraction(12, 7)]
    assert [point["x"] for point in found.only_right] == [Fraction(-9, 7), Fraction(-2, 7)]
    assert found.only_left == found.differ == ()
    assert found.undecided == 0
    assert compare(tree("e^{e^{e^{e^{9+x}}}}"), tree("x"), POINTS).undecided == 4
    assert len((found + found).agree) == 4


def test_it_ends_with_the_first_difference_and_at_the_deadline():
    assert len(compare(tree("x"), tree("x + 1"), POINTS).differ) == 1
    assert compare(tree("x"), tree("x"), POINTS, deadline=0.0).agree == ()


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [("x", "x + 1e-200", True), ("x + x", "2x", False), ("e^{e^{e^{e^{9+x}}}}", "x", None)],
)
def test_looking_deeper(left, right, verdict):
    assert differ_beyond(tree(left), tree(right), {"x": Fraction(3, 7)}, 320) is verdict
