"""Kinks between two values of a variable: exactly when there is one."""

import math
import sys
from contextlib import contextmanager
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numdiff import exact_derivative, gradcheck, gradcheck_sweep, parse
from numdiff.budget import Budget
from numdiff.evaluate.tape import compile_tape
from numdiff.functions.registry import FUNCTIONS as NAMES
from numdiff.gradient.check import kinks as gradcheck_kinks
from numdiff.gradient.check.kinks import kinks_between
from numdiff.gradient.check.zeros import simplest
from numdiff.reference.balls import working

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
    ("abs(ln x)", 1e-5, 1e-4, "ln"),  # the edge of the domain is ln's, not abs's
    ("abs(ln x)", 1.00001, 1e-4, "abs"),
    ("abs(tan(x))", 1.5707963, 1e-4, "tan"),
    ("sin(x) + x^3", 0.0, 1.0, None),
]


@pytest.mark.parametrize(("text", "x", "dx", "operation"), NEAR)
def test_kinks_near_a_point(text, x, dx, operation):
    found = kinks_between(parse(text), {"x": x}, "x", Fraction(x) - Fraction(dx), Fraction(x) + Fraction(dx))
    assert [kink.operation for kink in found] == ([] if operation is None else [operation])
    assert all(kink.certain and abs(kink.position - x) <= dx * (1 + 1e-9) for kink in found)


BEYOND = [
    # text, x, Δx, operation, kind, where: poles and edges of every function that has one
    ("tan(x)", 1.5, 0.2, "tan", "pole", mpmath.pi / 2),
    ("sec(x)", -1.5, 0.2, "sec", "pole", -mpmath.pi / 2),
    ("cot(x)", 3.1, 0.2, "cot", "pole", mpmath.pi),
    ("csc(2x)", 3.1, 0.1, "csc", "pole", mpmath.pi),
    ("csch(x - 1)", 1.05, 0.1, "csch", "pole", 1),
    ("coth(x)", 0.05, 0.1, "coth", "pole", 0),
    ("arcsch(x)", -0.05, 0.1, "arcsch", "pole", 0),
    ("x^(-1/3)", 0.05, 0.1, "pow", "pole", 0),
    ("x^-2", 0.05, 0.1, "pow", "pole", 0),
    ("1/(x^2 - 2)", 1.4, 0.1, "div", "pole", mpmath.sqrt(2)),
    ("log(3, x)", 1.05, 0.1, "log", "pole", 1),
    ("ln(x)", 0.05, 0.1, "ln", "edge", 0),
    ("log2(3 - x)", 2.95, 0.1, "log2", "edge", 3),
    ("log10(x^2 - 2)", 1.45, 0.1, "log10", "edge", mpmath.sqrt(2)),
    ("log1p(x)", -0.95, 0.1, "log1p", "edge", -1),
    ("log(x, 3)", 0.05, 0.1, "log", "edge", 0),
    ("sqrt(x - 1)", 1.05, 0.1, "sqrt", "edge", 1),
    ("\\sqrt[4]{x}", 0.05, 0.1, "root", "edge", 0),
    ("arcsin(x)", 0.95, 0.1, "arcsin", "edge", 1),
    ("arccos(x)", -0.95, 0.1, "arccos", "edge", -1),
    ("arcsec(x)", 1.05, 0.1, "arcsec", "edge", 1),
    ("arccsc(x)", -1.05, 0.1, "arccsc", "edge", -1),
    ("arcosh(x)", 1.05, 0.1, "arcosh", "edge", 1),
    ("artanh(x)", 0.95, 0.1, "artanh", "edge", 1),
    ("arcoth(x)", 1.05, 0.1, "arcoth", "edge", 1),
    ("arsech(x)", 0.95, 0.1, "arsech", "edge", 1),
    ("arsech(x)", 0.05, 0.1, "arsech", "edge", 0),
    ("x^x", 0.05, 0.1, "pow", "edge", 0),
    ("x^0.5", 0.05, 0.1, "pow", "edge", 0),
    ("x^(1/2)", 0.05, 0.1, "pow", "edge", 0),
    ("x^2.0", 0.05, 0.1, None, "", 0),  # defined below 0, too
    ("x^pi", 0.05, 0.1, "pow", "edge", 0),
    ("2^x", 0.05, 0.1, None, "", 0),
    ("tan(x)", 1.3, 0.2, None, "", 0),
    ("ln(x)", 0.2, 0.1, None, "", 0),
    ("artanh(x)", 0.5, 0.4, None, "", 0),
]


@pytest.mark.parametrize("row", BEYOND)
def test_poles_and_edges_of_domains(row):
    text, x, dx, operation, kind, where = row
    kinks = gradcheck(parse(text), {"x": x}, dx)["x"].kinks
    assert [(kink.operation, kink.kind) for kink in kinks] == ([] if operation is None else [(operation, kind)])
    assert all(kink.certain and kink.position == pytest.approx(float(where), abs=1e-12) for kink in kinks)


def test_every_function_of_the_notation_without_a_derivative_somewhere_is_named():
    """Where a value of x has no certain derivative by ball arithmetic, something within the step is named."""
    for name, (least, _) in NAMES.items():
        if least != 1 or name == "trigamma":  # which can't be typed
            continue
        f = parse(f"{name}(x)")
        for x in (-1.0, 0.0, 1.0):
            kinks = kinks_between(f, {"x": x}, "x", Fraction(x) - Fraction(1, 100), Fraction(x) + Fraction(1, 100))
            inside = math.isnan(exact_derivative(f, x)) and _has_values_beside(f, x)
            assert bool(kinks) == inside, (name, x, kinks)


def _has_values_beside(f, x):
    with np.errstate(all="ignore"):
        return bool(np.isfinite(f(np.array([x - 0.01, x + 0.01]))).any())


HOSTILE = [
    # formulas whose zeros cannot be decided, deep nests, and margins by the thousand
    ("|arcsin(sin(x)^2+cos(x)^2)|", 1.0),
    ("|x^x|", 1e-5),
    ("1/x^x", 0.0),
    ("max(x^x, -(x^x))", 0.0),
    ("x*x+min(x,(1e-17+x))+e", 1e-5),
    ("|floor(sin(x)^2+cos(x)^2)|", 0.5),
    ("1/sign(sin(x)^2+cos(x)^2-1)", 0.5),
    ("|ln(sin(x)^2+cos(x)^2-1)|", 0.5),
    ("max(" + ",".join(f"floor({k}x)" for k in range(2, 30)) + ")", 0.01),
    ("max(" + ",".join(f"{k}x" for k in range(2, 90)) + ")", 0.01),
    ("floor(" * 12 + "x^x" + ")" * 12, 0.01),
    ("relu(" * 20 + "x^2-x-x^2+x" + ")" * 20, 0.5),
    ("x/(2-2/(x^2+x/(x^2-1/(x^2+1/(e^x-2/(x-x/(x^2-x/(x-x))))))))", 0.5),
    ("tan(1/(1/(1/(1/x))))", 1e-9),
    ("|x^9999-x^9998|+|(x+1/3)^5000|", 0.7),
]


@pytest.mark.parametrize(("text", "x"), HOSTILE)
@pytest.mark.parametrize("dx", [1e-4, 0.5, 30.0])
def test_the_search_keeps_to_its_budget_and_never_holds_the_precision_for_long(text, x, dx, monkeypatch):
    f, budget, held = parse(text), Budget(20_000), []

    @contextmanager
    def watched(bits):
        before = budget.spent
        with working(bits):
            yield
        held.append(budget.spent - before)

    monkeypatch.setattr(gradcheck_kinks, "working", watched)
    kinks_between(f, {"x": x}, "x", Fraction(x) - Fraction(dx), Fraction(x) + Fraction(dx), budget)
    longest = 200 * len(compile_tape(f.tree).instructions)  # one look, with its exact rationals at their longest
    assert budget.spent <= 20_000 + longest
    assert all(piece <= 1000 + longest for piece in held)


@pytest.mark.parametrize("text", ["|arcsin(sin(x y)^2+cos(x y)^2)|", "max(x^y, -(x^y))", "min(x, 1e-17 + x) y"])
def test_one_budget_for_a_whole_check(text, monkeypatch):
    """However many variables, margins and steps: the operations of one call are bounded."""
    made = []

    class Watched(Budget):
        def __init__(self, operations):
            super().__init__(operations)
            made.append(self)

    for module in ("numdiff.gradient.check.check", "numdiff.gradient.check.sweep"):  # the functions hide their modules
        monkeypatch.setattr(sys.modules[module], "Budget", Watched)
    at = {"x": 0.5, "y": 2.0}
    gradcheck(parse(text), at, 0.7)
    sweep = gradcheck_sweep(parse(text), at)
    assert len(made) == 2
    assert all(budget.spent <= 1.2 * gradcheck_kinks.MOST_OPERATIONS for budget in made)
    assert len(sweep.kink_from) == 2


def test_what_was_not_decided_does_not_start_a_line():
    """A kink that could only not be excluded is none in the sweep: |π/2| has no kink at all."""
    check = gradcheck(parse("|arcsin(sin(x)^2+cos(x)^2)|"), {"x": 1.0}, 1e-4)
    assert [kink.certain for kink in check["x"].kinks] in ([], [False], [False, False])
    assert all(map(math.isnan, gradcheck_sweep(parse("|arcsin(sin(x)^2+cos(x)^2)|"), {"x": 1.5}).kink_from))


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
