"""Derivatives of any order, with further arguments, to a tolerance, of complex functions, at points of all kinds."""

import cmath
import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numdiff import (
    complex_step,
    derivative,
    finite_difference_weights,
    gradcheck,
    gradient,
    numerical_derivative,
    parse,
    richardson_table,
    second_derivative,
)

SMOOTH = {
    "exp": (np.exp, mpmath.exp),
    "sin": (np.sin, mpmath.sin),
    "fast": (lambda x: np.sin(30 * x), lambda x: mpmath.sin(30 * x)),
    "rational": (lambda x: 1 / (1 + x * x), lambda x: 1 / (1 + x * x)),
    "tanh": (np.tanh, mpmath.tanh),
    "pole": (lambda x: 1 / (x - 1.01), lambda x: 1 / (x - mpmath.mpf(1.01))),
    "log": (np.log, mpmath.log),
    "power": (lambda x: x**5, lambda x: x**5),
    "two scales": (lambda x: x * x + 1e-4 * np.cos(100 * x), lambda x: x * x + mpmath.mpf(1e-4) * mpmath.cos(100 * x)),
    "narrow": (lambda x: np.exp(-((x / 0.01) ** 2)), lambda x: mpmath.exp(-((x / mpmath.mpf(0.01)) ** 2))),
    "faint": (lambda x: x * x + 1e-6 * np.cos(1e3 * x), lambda x: x * x + mpmath.mpf(1e-6) * mpmath.cos(1000 * x)),
}
POINTS = (0.3, 1.0, 2.7)


def truth(f, x, n):
    with mpmath.workdps(80):
        return float(mpmath.diff(f, mpmath.mpf(x), n))


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("n", range(1, 11))
def test_no_derivative_is_farther_off_than_claimed(name, n):
    f, exact = SMOOTH[name]
    found = derivative(f, POINTS, n=n)
    for place, x in enumerate(POINTS):
        wanted = truth(exact, x, n)
        assert abs(found.df[place] - wanted) <= found.error[place] + 1e-15 * abs(wanted)
        assert not found.success[place] or found.error[place] <= 1e-3 * max(abs(wanted), 1e-6)


@pytest.mark.parametrize("n", range(1, 7))
def test_plain_functions_have_six_derivatives(n):
    for name in ("exp", "sin", "rational", "log"):
        f, exact = SMOOTH[name]
        found = derivative(f, 1.3, n=n)
        assert found.success, name
        assert found.df == pytest.approx(truth(exact, 1.3, n), rel=1e-4)


@pytest.mark.parametrize("n", range(1, 11))
def test_by_rules(n):
    wanted = truth(lambda x: mpmath.exp(2 * x) * mpmath.sin(x), 0.7, n)
    assert derivative(parse("e^(2x) sin x"), 0.7, "dual", n=n).df == pytest.approx(wanted, rel=1e-14)
    if n <= 6:
        found = derivative(lambda x: np.exp(2 * x) * np.sin(x), 0.7, "dual", n=n)
        assert abs(found.df - wanted) <= found.error
        assert found.df == pytest.approx(wanted, rel=1e-11)
    else:
        with pytest.raises(ValueError, match="n must be from 1 to 6 for the dual method of a callable"):
            derivative(np.sin, 0.7, "dual", n=n)
    assert derivative(parse("7"), [1.0, 2.0], "dual", n=n).df.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("f", "n", "reason"),
    [
        (lambda x: np.abs(x) ** 3, 3, "kink"),
        (lambda x: np.abs(x) ** 3, 4, "vertical_tangent"),
        (lambda x: np.abs(x) ** 3, 5, "vertical_tangent"),
        (lambda x: x**3 * np.abs(x), 4, "kink"),
        (lambda x: np.cbrt(x) ** 10, 4, "vertical_tangent"),
        (lambda x: np.where(x >= 0, np.sqrt(np.abs(x)) ** 5, np.nan), 3, "vertical_tangent_at_domain_edge"),
        (np.abs, 3, "vertical_tangent"),
    ],
)
def test_where_there_is_none(f, n, reason):
    found = derivative(f, 0.0, n=n)
    assert (found.status, found.reason, found.success) == ("not_differentiable", reason, False)
    assert math.isnan(found.df)


def test_at_an_edge_the_derivative_from_one_side():
    for n in (1, 3, 4):
        found = derivative(np.exp, 0.0, n=n, domain=(0, None))
        assert (found.status, found.reason) == ("one_sided", "domain_edge")
        assert abs(found.df - 1) <= found.error <= 1e-3
    assert derivative(np.log, -1.0, n=3).status == "outside_domain"
    assert derivative(np.exp, math.nan, n=3).reason == "not_finite"
    assert derivative(np.exp, 5.0, n=3, domain=(0, 1)).status == "outside_domain"


def test_further_arguments():
    def f(x, a, b=1.0):
        return a * x**b

    assert derivative(f, 2.0, args=(3.0,), kwargs={"b": 2.0}).df == pytest.approx(12, rel=1e-13)
    assert derivative(f, 2.0, args=3.0, kwargs={"b": 3.0}, n=3).df == pytest.approx(18, rel=1e-9)
    assert second_derivative(f, [1.0, 2.0], args=(3.0, 2.0)).df == pytest.approx([6, 6], rel=1e-10)


def counted(f):
    asked = []

    def g(x):
        asked.append(x)
        return f(x)

    return g, asked


@pytest.mark.parametrize("f", [math.sin, math.exp, math.tanh, lambda x: 1 / (1 + x * x)])
def test_a_tolerance_is_met_early(f):
    g, asked = counted(f)
    found = derivative(g, 0.8, rtol=1e-6)
    exact = derivative(f, 0.8)
    assert found.success
    assert abs(found.df - exact.df) <= found.error + exact.error
    assert found.error <= 1e-6 * abs(found.df)
    assert found.nfev == 15
    assert len(asked) <= 20


@pytest.mark.parametrize(
    ("f", "x", "status"),
    [
        (abs, 0.0, "kink"),
        (math.sqrt, 0.0, "not_differentiable"),
        (lambda x: math.copysign(1, x), 0.0, "not_differentiable"),
        (lambda x: x * math.sin(1 / x) if x else 0.0, 0.0, "not_differentiable"),
        (lambda x: math.exp(1000 * x), 0.5, "converged"),
        (lambda x: x**2 + 1e-5 * math.tanh((x - 0.3) / 1e-5), 0.3, "converged"),
        (lambda x: math.sin(1e4 * x), 0.2, "converged"),
        (lambda x: abs(x - 0.3) * (x - 0.3) + math.sin(x), 0.3, "converged"),
    ],
)
def test_what_is_doubtful_has_the_whole_look(f, x, status):
    found, whole = derivative(f, x, rtol=1e-6), derivative(f, x)
    assert found.status == whole.status == status
    np.testing.assert_allclose(found.df, whole.df, atol=found.error if whole.success else 0, rtol=1e-12)
    assert not derivative(f, x, rtol=1e-12, max_evaluations=20).success


def test_a_budget_is_kept():
    for f in (abs, math.sin):
        g, asked = counted(f)
        found = derivative(g, 0.0, max_evaluations=16, rtol=1e-4)
        assert len(asked) <= 20  # and what tells whether it takes arrays
        assert found.success == (f is math.sin)
    assert derivative(abs, 0.0, max_evaluations=20).error == math.inf
    assert derivative(np.sin, [], rtol=1e-3).df.size == 0


@given(st.floats(-3, 3), st.floats(0.1, 40), st.sampled_from([1e-3, 1e-6, 1e-9]))
def test_an_early_answer_keeps_its_promise(x, w, rtol):
    found = derivative(lambda t: np.sin(w * t) + t, x, rtol=rtol, atol=rtol)
    exact = w * math.cos(w * x) + 1
    assert abs(found.df - exact) <= found.error + 1e-15 * w
    assert found.error <= rtol * (1 + abs(found.df)) or found.nfev > 15


@pytest.mark.parametrize("n", [1, 2, 3])
def test_complex_values(n):
    for f in (lambda x: np.exp(1j * x), lambda x: cmath.exp(1j * x)):
        for x in (0.0, 1.3):
            found = derivative(f, x, n=n)
            assert abs(found.df - 1j**n * cmath.exp(1j * x)) <= found.error
            assert found.success
    assert derivative(lambda x: np.abs(x) + 1j * x, 0.0).status == "kink"
    assert derivative(lambda x: x + 1j * np.abs(x), [0.0, 1.0]).status.tolist() == ["kink", "converged"]
    assert derivative(lambda x: x**0.5, -1.0).status == "outside_domain"  # NumPy's answer is NaN


@pytest.mark.parametrize("n", [1, 2, 3])
def test_complex_points(n):
    z = np.array([1j, 2 - 1j, 0.5 + 3j])
    found = derivative(lambda z: z * np.exp(z), z, n=n)
    exact = (z + n) * np.exp(z)
    assert np.all(np.abs(found.df - exact) <= found.error + 1e-14 * np.abs(exact))
    assert found.success.all()
    for f in (np.conj, lambda z: abs(z) ** 2, np.real):
        wrong = derivative(f, 1 + 1j)
        assert (wrong.status, wrong.reason) == ("not_differentiable", "not_analytic")
    with pytest.raises(ValueError, match="x must be real for the central method"):
        derivative(np.exp, 1j, "central")


@pytest.mark.parametrize("x", [Decimal("1.5"), Fraction(3, 2), np.longdouble(1.5), np.float64(1.5), np.array(1.5)])
def test_numbers_of_all_kinds(x):
    assert derivative(lambda t: t**3, x).df == pytest.approx(6.75, rel=1e-13)
    assert derivative(lambda t: t**3, x, n=3).df == pytest.approx(6, rel=1e-8)


def test_whole_numbers_of_any_size():
    assert derivative(lambda t: t * t, 2**70).df == pytest.approx(2.0**71, rel=1e-13)


def test_masks_and_labels_are_kept():
    masked = derivative(np.sin, np.ma.array([0.0, 1.0, 2.0], mask=[0, 1, 0]))
    assert masked.df.mask.tolist() == masked.status.mask.tolist() == [False, True, False]
    assert masked.df[0] == pytest.approx(1)
    labels = pd.Index(["a", "b"], name="place")
    found = derivative(np.sin, pd.Series([0.0, 1.0], index=labels))
    assert found.df.index.equals(labels)
    assert found.df["a"] == pytest.approx(1)
    assert found.status["b"] == "converged"
    assert second_derivative(np.sin, pd.Series([0.0, 1.0], index=labels)).df["b"] == pytest.approx(-math.sin(1))


def test_a_domain_for_the_second_derivative():
    asked = []

    def f(x):
        asked.append(np.min(x))
        return x**3

    assert second_derivative(f, [0.5, 1.0], domain=(0, None)).df == pytest.approx([3, 6], rel=1e-9)
    assert min(asked) >= 0


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"n": 0}, ValueError, "n must be from 1 to 10, got 0"),
        ({"n": 11}, ValueError, "n must be from 1 to 10, got 11"),
        ({"n": 1.5}, TypeError, r"n must be a whole number from 1 to 10, got 1\.5"),
        ({"n": True}, TypeError, "n must be a whole number"),
        ({"n": 2, "method": "central"}, ValueError, "n must be 1 for the central method"),
        ({"n": 2, "step": 0.1}, ValueError, "step has no meaning for n > 1"),
        ({"n": 3, "method": "x"}, ValueError, "method must be one of auto, forward"),
        ({"n": 3, "method": "dual", "domain": (0, 1)}, ValueError, "domain has no meaning for the dual method"),
        ({"step": "a"}, TypeError, "step must be one number, got 'a'"),
        ({"step": [1e-3, 1e-4]}, TypeError, "step must be one number, got"),
        ({"domain": 5}, TypeError, r"domain must be a pair of numbers, \(low, high\), None for no end, got 5"),
        ({"domain": (0,)}, TypeError, "domain must be a pair of numbers"),
        ({"domain": ("a", "b")}, TypeError, "domain must be a pair of numbers"),
        ({"domain": (2, 1)}, ValueError, "the lower one first"),
        ({"order": 2.5, "method": "forward"}, TypeError, "order must be a whole number from 1 to 8, got 2.5"),
        ({"rtol": -1}, ValueError, "rtol must be finite and at least 0, got -1"),
        ({"atol": "a"}, TypeError, "atol must be a number, got 'a'"),
        ({"rtol": 1e-3, "method": "central"}, ValueError, "are for the auto method and n = 1"),
        ({"max_evaluations": 3}, ValueError, "max_evaluations must be at least 16, got 3"),
        ({"max_evaluations": 1.5}, TypeError, "max_evaluations must be a whole number"),
        ({"kwargs": 5}, TypeError, "kwargs must be a mapping"),
    ],
)
def test_wrong_calls(given, error, message):
    with pytest.raises(error, match=message):
        derivative(lambda x: x**2, 1.0, **given)


@pytest.mark.parametrize(
    ("f", "message"),
    [
        ("x^2", r"f must be a Function or a callable, got str: parse it by numdiff\.parse first"),
        (None, "f must be a Function or a callable, got NoneType"),
        (5, "f must be a Function or a callable, got int"),
    ],
)
def test_what_is_no_function(f, message):
    for entrance in (derivative, second_derivative):
        with pytest.raises(TypeError, match=message):
            entrance(f, 1.0)


def test_a_typed_function_has_no_further_arguments():
    with pytest.raises(TypeError, match="args and kwargs are for a callable"):
        derivative(parse("x^2"), 1.0, args=(1,))


WRONG_ENTRANCES = [
    (lambda: derivative(lambda x: x, "1"), ValueError, "x must be real numbers, got str"),
    (lambda: derivative(lambda x: x, None), ValueError, "x must be real numbers, got NoneType"),
    (lambda: derivative(lambda x: x, [[1, 2], [3]]), ValueError, "x must be real numbers in rows of one length"),
    (lambda: derivative(lambda x: x, 1.0, dtype="float8"), ValueError, "dtype must be one of .* got 'float8'"),
    (lambda: second_derivative(lambda x: x, 1.0, "central"), ValueError, "dtype must be one of .* got 'central'"),
    (lambda: derivative(lambda x: None, 1.0), TypeError, "f must return one number for each point, got NoneType"),
    (lambda: derivative(lambda x: "a", 1.0), TypeError, "f must return one number for each point, got str"),
    (lambda: numerical_derivative("x^2", 1.0), TypeError, "f must be a Function or a callable, got str"),
    (
        lambda: numerical_derivative(lambda x: None, 1.0),
        TypeError,
        "f must return one number for each point, got NoneType",
    ),
    (lambda: gradient(lambda x: "a", [1.0]), TypeError, "f must return numbers, got str"),
    (lambda: gradient(lambda x: x[0], None), ValueError, "at must be real numbers, got NoneType"),
    (lambda: gradient(lambda x: x[0], "a"), ValueError, "at must be real numbers, got str"),
    (lambda: finite_difference_weights([0, 1], 1.0), TypeError, r"order must be a whole number, got 1\.0"),
    (lambda: finite_difference_weights(5), TypeError, "offsets must be a sequence of numbers, got 5"),
    (lambda: richardson_table("x", 1.0), TypeError, "f must be a Function or a callable, got str"),
    (lambda: richardson_table(abs, "a"), ValueError, "x must be real numbers, got str"),
    (lambda: complex_step("x", 1.0), TypeError, "f must be a Function or a callable, got str"),
    (lambda: gradcheck(lambda x: math.sin(x[0]), [1.0]), TypeError, "a dual number is no float: use NumPy's functions"),
]


@pytest.mark.parametrize(("call", "error", "message"), WRONG_ENTRANCES)
def test_every_entrance_names_what_is_wrong(call, error, message):
    with pytest.raises(error, match=message):
        call()


CURVES = [
    lambda t: np.array([np.cos(t), np.sin(t)]),
    lambda t: [math.cos(t), math.sin(t)],
    lambda t: (np.cos(t), np.sin(t)),
]


@pytest.mark.parametrize("f", CURVES)
@pytest.mark.parametrize("x", [1.0, [1.0, 2.0, 3.0], [[0.5, 1.5]]])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_functions_with_values_that_are_arrays(f, x, n):
    found = derivative(f, x, n=n)
    exact = np.array([np.cos(np.asarray(x) + n * np.pi / 2), np.sin(np.asarray(x) + n * np.pi / 2)])
    assert found.df.shape == found.status.shape == exact.shape
    assert np.all(np.abs(found.df - exact) <= found.error + 1e-15)
    assert found.success.all()
    assert found.status.ravel()[0] == "converged"


def test_every_element_has_its_own_status_and_f_is_asked_once():
    asked = []

    def f(t):
        asked.append(np.size(t))
        return np.array([[t, t**2], [np.abs(t), 0 * t]])

    found = derivative(f, 0.0)
    assert found.status.tolist() == [["converged", "converged"], ["kink", "converged"]]
    np.testing.assert_array_equal(found.df, [[1, 0], [math.nan, 0]])
    assert len(asked) <= 5
    assert derivative(f, [0.0, 1.0], "dual").df.shape == (2, 2, 2)
    assert derivative(f, 2.0, "central").df[0, 1] == pytest.approx(4)
