"""Random expressions: the result right wherever the derivative exists, every line verified, whatever was typed."""

from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.derivation.check.domains import excludes
from numdiff.derivation.fold_constants import settle
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.tidy import tidy
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.evaluate.floats import evaluate
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import Node, is_constant, variables, walk
from tests.strategies import trees

NAMES = ("x", "y")
POINTS = st.sampled_from([Fraction(n, 64) for n in (-200, -129, -65, -31, -7, 3, 17, 45, 70, 97, 150, 333)])
SMOOTH = tuple(name for name in FUNCTIONS if name not in {"log", "root", "leaky_relu", "min", "max", "trigamma"})


def has_sound_constants(tree: Node) -> bool:
    """True if every part without a variable has a value, as the notation demands."""
    values = [abs(float(evaluate(part, {}))) for part in walk(tree) if is_constant(part)]
    return all(value < 1e6 for value in values)


def agree(one, two):
    """Both are values with proved radii: they lie within them, and within the digits asked for."""
    gap = abs(one.value - two.value)
    return gap <= one.radius + two.radius + abs(one.value) * 1e-25


# many random expressions have no value, and so no derivative, at a random point
@settings(deadline=None, print_blob=False, suppress_health_check=[HealthCheck.filter_too_much])
@given(trees(NAMES, functions=SMOOTH, sums=False, max_leaves=7), st.tuples(POINTS, POINTS, POINTS))
def test_the_result_is_right_wherever_the_derivative_exists(tree, point):
    assume("x" in variables(tree))
    assume(has_sound_constants(tree))
    function = nd.Function(tree, variables(tree))
    at = dict(zip(("x", "y", "a"), point, strict=True))
    wanted = exact_derivative(tree, at, "x", 30)
    derivation = nd.differentiate(function, "x")
    assume(wanted.status == "ok")
    # at single points the derivative exists though the rules do not apply (x·|x| at 0): a condition says so
    assume(not any(excludes(condition, at) for condition in derivation.conditions))
    found = exact_value(derivation.result.tree, at, 30)
    assume(found.status != "undecidable")
    assert found.status == "ok"
    assert agree(wanted, found), (wanted, found)


@settings(deadline=None, print_blob=False)
@given(trees(NAMES, functions=SMOOTH, max_leaves=6), POINTS, POINTS)
def test_every_line_of_anything_is_verified(tree, x, y):
    assume("x" in variables(tree))
    assume(has_sound_constants(tree))
    derivation = nd.differentiate(nd.Function(tree, variables(tree)), "x")
    at = {name: float(y) for name in variables(tree)} | {"x": float(x)}
    verification = derivation.verify(at)
    assert verification, verification.failed


@settings(deadline=None, print_blob=False)
@given(trees(NAMES, sums=False, max_leaves=8), POINTS, POINTS)
def test_tidying_keeps_the_value(tree, x, y):
    """Also of an expression of which no part was typed, so that everything in it is tidied."""
    at = {"x": x, "y": y, "a": Fraction(5, 4)}
    before = exact_value(tree, at, 30)
    assume(before.status == "ok")
    for after in (settle(tree), tidy(tree), tidy(tree, Order())):
        found = exact_value(after, at, 30)
        assume(found.status != "undecidable")  # (π − π)² for (π − π)·(π − π)
        assert found.status == "ok"
        assert agree(before, found)


@settings(deadline=None, print_blob=False)
@given(trees(NAMES, sums=False, max_leaves=8))
def test_tidying_comes_to_an_end(tree):
    once, whole = tidy(tree), tidy(tree, Order())
    assert tidy(once) == once
    assert tidy(whole, Order()) == whole
