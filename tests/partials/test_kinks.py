"""Kinks between two values of a variable: exactly when there is one."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numdiff import gradcheck, parse
from numdiff.gradcheck_kinks import kinks_between
from numdiff.gradcheck_zeros import simplest

NEAR = [
    # text, x, Δx, operation or None
    ("|x|", 1e-4, 1e-4, "abs"),
    ("|x|", 1.0001e-4, 1e-4, None),
    ("|x|", -0.5e-4, 1e-4, "abs"),
    ("|x^2 - 2|", 1.4142, 1e-4, "abs"),
    ("|x^2 - 2|", 1.414, 1e-4, None),
    ("abs(x^2)", 3e-5, 1e-4, "abs"),  # touched and not crossed
    ("abs((x - 0.3)^2)", 0.3, 1e-4, "abs"),
    ("abs((x - 0.3)^2 + 1e-12)", 0.3, 1e-4, None),
    ("abs(1 - cos(x - 1/3))", 0.3333, 1e-4, "abs"),
    ("x |x|", 0.0, 1e-3, "abs"),
    ("relu(x - 1)", 1.00001, 1e-4, "relu"),
    ("relu(x - 1)", 1.001, 1e-4, None),
    ("leaky_relu(x)", 1e-5, 1e-4, "leaky_relu"),
    ("leaky_relu(x)", 2e-4, 1e-4, None),
    ("sign(sin(x))", 3.14159, 1e-4, "sign"),
    ("floor(x)", 1.99999, 1e-4, "floor"),
    ("floor(x)", 2.0, 1e-4, "floor"),
    ("floor(x)", 1.9, 1e-4, None),
    ("floor(100 x)", 1.0, 0.1, "floor"),
    ("ceil(x/3)", 2.99999, 1e-4, "ceil"),
    ("max(x, -x)", 0.0, 1e-3, "max"),
    ("max(x, -x, 5)", 0.0, 1e-3, None),
    ("max(x, -x, 5)", 5.0, 1e-3, "max"),
    ("min(e^x, 1 + x)", 1e-5, 1e-4, "min"),  # they touch
    ("max(x, x)", 0.0, 1e-3, None),
    ("relu(|x| - 10)", 0.0, 1e-3, None),  # nothing of abs comes through
    ("relu(|x| - 10)", 10.0, 1e-3, "relu"),
    ("cbrt(x)", 1e-5, 1e-4, "cbrt"),
    ("x^(2/3)", 1e-5, 1e-4, "pow"),
    ("x^(5/3)", 1e-5, 1e-4, None),
    ("1/x", 1e-5, 1e-4, "div"),
    ("x^-2", 1e-5, 1e-4, "pow"),
    ("1/x", 1.0, 1e-4, None),
    ("abs(ln x)", 1e-5, 1e-4, None),  # the edge of the domain is no kink
    ("abs(ln x)", 1.00001, 1e-4, "abs"),
    ("abs(tan(x))", 1.5707963, 1e-4, None),  # nor is a pole of tan
    ("sin(x) + x^3", 0.0, 1.0, None),
]


@pytest.mark.parametrize(("text", "x", "dx", "operation"), NEAR)
def test_kinks_near_a_point(text, x, dx, operation):
    found = kinks_between(parse(text), {"x": x}, "x", Fraction(x) - Fraction(dx), Fraction(x) + Fraction(dx))
    assert [kink.operation for kink in found] == ([] if operation is None else [operation])
    assert all(kink.certain and abs(kink.position - x) <= dx * (1 + 1e-9) for kink in found)


FUNCTIONS = [
    "abs(x - a)",
    "relu(x - a)",
    "leaky_relu(a - x)",
    "max(x, a)",
    "min(a, x)",
    "sign(x - a)",
    "floor(x - a + 7)",
]
FLOATS = st.floats(-4, 4, allow_subnormal=False)


@settings(deadline=None)
@given(st.sampled_from(FUNCTIONS), FLOATS, FLOATS, st.floats(1e-8, 1))
def test_the_warning_appears_exactly_when_a_kink_lies_within_the_step(text, x, a, dx):
    inside = abs(Fraction(x) - Fraction(a)) <= Fraction(dx)
    if text.startswith("floor"):
        low, high = (Fraction(x) - Fraction(a) + 7 + side * Fraction(dx) for side in (-1, 1))
        inside = high // 1 > low // 1 or low == low // 1
    warned = gradcheck(parse(f"f(x, a) = {text}"), {"x": x, "a": a}, dx)["x"].kinks
    assert bool(warned) == inside


@settings(deadline=None)
@given(
    st.sampled_from(["abs(x^2 - a)", "relu(e^x - a)", "max(x^3, a)"]), FLOATS, st.floats(0.01, 4), st.floats(1e-6, 1)
)
def test_the_same_for_curved_arguments(text, x, a, dx):
    inner = {"abs(x^2 - a)": lambda t: t**2, "relu(e^x - a)": None, "max(x^3, a)": lambda t: t**3}[text]
    low, high = Fraction(x) - Fraction(dx), Fraction(x) + Fraction(dx)
    warned = gradcheck(parse(f"f(x, a) = {text}"), {"x": x, "a": a}, dx)["x"].kinks
    if inner is None:
        with mpmath.workdps(60):
            level = mpmath.ln(mpmath.mpf(a))
            ends = [mpmath.mpf(end.numerator) / end.denominator for end in (low, high)]
            assert bool(warned) == bool(ends[0] <= level <= ends[1])
        return
    least = Fraction(0) if low <= 0 <= high and text.startswith("abs") else min(inner(low), inner(high))
    assert bool(warned) == (least <= Fraction(a) <= max(inner(low), inner(high)))


def test_only_the_variable_that_moves_matters():
    check = gradcheck(parse("|x| + relu(y - 1) + x z"), {"x": 1e-6, "y": 3.0, "z": 0.0}, 1e-5)
    assert [variable.name for variable in check.warned] == ["x"]
    # along x nothing bends although |y| has its kink here
    assert not gradcheck(parse("x |y|"), {"x": 1.0, "y": 0.0}, 1e-5)["x"].kinks
    assert gradcheck(parse("x |y|"), {"x": 1.0, "y": 0.0}, 1e-5)["y"].kinks


@settings(deadline=None)
@given(st.fractions(), st.fractions(min_value=0))
def test_the_simplest_fraction(low, width):
    found = simplest(low, low + width)
    assert low <= found <= low + width
    smaller = range(1, min(found.denominator, 50))
    assert not any((low * d).__ceil__() <= (low + width) * d for d in smaller)
