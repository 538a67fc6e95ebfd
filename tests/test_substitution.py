"""One quotient in numbers: the lecture's digits with everything that leads to them."""

import math

import mpmath
import numpy as np
import pytest

from numdiff.difference.schemes import SCHEMES, Scheme, difference
from numdiff.error.substitution import substitution
from numdiff.error.sweep import error_sweep
from numdiff.function import parse


def test_why_not_six():
    shown = substitution(parse("x^2"), 3.0, 1e-4)
    right, left = shown.terms
    assert (right.offset, right.coefficient, right.node, right.value) == (1, 1, 3.0001, 9.000600010000001)
    assert (left.offset, left.coefficient, left.node, left.value) == (-1, -1, 2.9999, 8.999400009999999)
    assert (shown.difference, shown.divisor, shown.quotient) == (0.0012000000000025324, 0.0002, 6.000000000012662)
    assert (shown.exact, shown.exact_is_certified, shown.exact_reason) == (6, True, "")
    assert shown.parts.truncation == 0
    assert shown.parts.node_rounding == pytest.approx(1.26616e-11, rel=1e-5)
    assert shown.relative_error == pytest.approx(2.1103e-12, rel=1e-4)
    assert shown.correct_digits == pytest.approx(11.68, abs=0.01)


def test_the_lectures_other_function():
    shown = substitution(parse("3x e^x"), 2.0, 1e-4, digits=60)
    assert shown.quotient == 66.50150507518049
    with mpmath.workdps(60):
        assert mpmath.almosteq(shown.exact, 9 * mpmath.exp(2), rel_eps=mpmath.mpf(10) ** -58)
    assert shown.parts.truncation == pytest.approx(1.85e-7, rel=0.01)
    assert abs(shown.parts.rounding) < 1e-10


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
@pytest.mark.parametrize("step", ["nominal", "taken"])
@pytest.mark.parametrize("name", [name for name in SCHEMES if name != "complex"])
def test_it_is_the_difference_function(name, step, dtype):
    f = parse("x e^-x")
    shown = substitution(f, 1.25, 0.125, name, dtype, step=step)
    assert shown.quotient == float(difference(f, 1.25, 0.125, name, dtype, step=step))
    assert sum(term.coefficient * term.node for term in shown.terms) > 0
    assert (shown.scheme, shown.dtype, shown.step_kind, shown.x, shown.dx) == (name, dtype, step, 1.25, 0.125)


def test_it_agrees_with_the_sweep():
    shown = substitution(parse("sin x"), 1.0, 1e-3, "central4")
    sweep = error_sweep(parse("sin x"), 1.0, ("central4",), [1e-3])
    for name in ("errors", "truncation", "rounding", "node_rounding", "evaluation"):
        assert getattr(shown.parts, name) == getattr(sweep, name)[0, 0]


def test_complex_step():
    shown = substitution(parse("sin x"), 1.0, 1e-20, "complex")
    assert shown.quotient == math.cos(1)
    assert shown.terms[0].value == shown.difference == pytest.approx(1e-20 * math.cos(1), rel=1e-15)
    assert shown.parts.node_rounding == 0
    assert shown.correct_digits > 15.9


def test_no_derivative():
    shown = substitution(parse("|x|"), 0.0, 0.1)
    assert (shown.quotient, shown.exact_reason, shown.parts.reason) == (0, "kink", "not_differentiable")
    assert math.isnan(shown.relative_error)
    assert math.isnan(shown.correct_digits)
    assert substitution(parse("ln x"), 0.1, 0.2).parts.reason == "outside_domain"


def test_lost_steps():
    shown = substitution(parse("x^2"), 3.0, 1e-4, dtype="float16")
    assert [term.node for term in shown.terms] == [3, 3]
    assert (shown.quotient, shown.parts.reason, shown.correct_digits) == (0, "step_lost", 0)
    gone = substitution(parse("x^2"), 3.0, 1e-9, dtype="float16")
    assert (gone.dx, gone.parts.reason) == (0, "step_underflow")
    assert math.isnan(gone.quotient)


def test_relative_error_at_the_extremes():
    assert substitution(parse("x^3"), 0.0, 0.1).relative_error == math.inf
    assert substitution(parse("5"), 2.0, 0.1).relative_error == 0
    assert substitution(parse("5"), 2.0, 0.1).correct_digits == math.inf


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dx": 0.0}, "dx must be finite and not 0, got 0.0"),
        ({"dx": math.nan}, "dx must be finite and not 0, got nan"),
        ({"x": 1e6, "dtype": "float16"}, "x must be a finite number in float16, got 1000000.0"),
        ({"f": parse("x y")}, "f must be a function of one variable, got x, y"),
        ({"scheme": Scheme.from_offsets("second", (-1, 0, 1), 2)}, "scheme must be one for the first derivative"),
        ({"scheme": "complex", "dtype": np.float16}, "dtype must be float32 or float64 for the complex step"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        substitution(**{"f": parse("sin x"), "x": 1.0, "dx": 0.1, **arguments})
