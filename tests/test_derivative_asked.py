"""Functions that change their argument, mix the elements of an array, or refuse it in their own way."""

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from numdiff import (
    difference,
    directional_derivative,
    error_sweep,
    gradient,
    hessian,
    jacobian,
    numerical_derivative,
    parse,
    richardson_table,
    second_derivative,
)
from numdiff.blackbox.asked import Asked
from numdiff.derivative.api import derivative

FROM_VALUES = ("auto", "forward", "backward", "central", "richardson")


class RefusalError(Exception):
    """An exception that no library knows."""


def doubled(x):
    x *= 2
    return x


def clipped(x):
    if isinstance(x, np.ndarray):
        x[x > 2] = 2
        return x**2
    return min(x, 2) ** 2


def cubed(x):
    result = x * 1.0
    x **= 3
    result += x
    return result


@pytest.mark.parametrize("method", [*FROM_VALUES, "complex"])
@pytest.mark.parametrize(("f", "x", "truth"), [(doubled, 3.0, 2), (clipped, 3.0, 0), (cubed, 1.5, 7.75)])
def test_f_changes_its_argument(f, x, truth, method):
    if method == "complex" and f is clipped:
        return
    result = derivative(f, x, method)
    assert abs(result.df - truth) <= result.error + 1e-15
    assert result.df == pytest.approx(truth, rel=1e-6 if method in ("auto", "richardson", "complex") else 1e-3)
    many = derivative(f, np.array([x, x + 0.5]), method)
    assert many.df[0] == pytest.approx(result.df, rel=1e-12)


def test_every_operation_on_an_f_that_changes_its_argument():
    def product(x):
        x[0] *= x[1]
        return x[0] * x[1]

    assert second_derivative(cubed, 1.5).df == pytest.approx(9, rel=1e-9)
    np.testing.assert_allclose(gradient(product, [2.0, 3.0]).df, [9, 12], rtol=1e-12)
    np.testing.assert_allclose(jacobian(doubled, [2.0, 3.0]).df, 2 * np.eye(2), atol=1e-12)
    np.testing.assert_allclose(hessian(product, [2.0, 3.0]).df, [[0, 6], [6, 4]], atol=1e-8)
    assert directional_derivative(product, [2.0, 3.0], [1.0, -1.0]).df == pytest.approx(-3, rel=1e-12)
    steps = np.array([1e-2, 1e-3])
    np.testing.assert_allclose(difference(doubled, 3.0, steps), 2, rtol=1e-10)
    np.testing.assert_allclose(numerical_derivative(doubled, np.array([3.0, 4.0])), 2, rtol=1e-8)
    table = richardson_table(doubled, 3.0)
    assert table.at_best(table.entries) == pytest.approx(2, rel=1e-12)
    sweep = error_sweep(cubed, 1.5, exact=7.75)
    alone = error_sweep(lambda x: x + x**3, 1.5, exact=7.75)
    np.testing.assert_allclose(sweep.errors, alone.errors, rtol=1e-6, atol=1e-15)


MIXING = {
    "sum": (lambda x: x * np.sum(x), lambda x: x * x),
    "mean": (lambda x: np.mean(x) * x, lambda x: x * x),
    "norm": (lambda x: x * np.linalg.norm(x), lambda x: x * abs(x)),
    "all": (lambda x: x**2 if np.all(x > 0) else -x, lambda x: x**2 if x > 0 else -x),
    "any": (lambda x: np.sin(x) if np.any(x < 1) else x**2, lambda x: mpmath.sin(x) if x < 1 else x**2),
    "sorted": (lambda x: np.sort(np.atleast_1d(x)).reshape(np.shape(x)) ** 2, lambda x: x**2),
    "cumulative": (lambda x: np.reshape(np.cumsum(x), np.shape(x)) ** 3, lambda x: x**3),
    "normalised": (lambda x: x**2 / np.max(np.abs(x)), abs),
    "centred": (lambda x: x - np.mean(x) + x**2, lambda x: x**2),
    "greatest": (lambda x: np.exp(x - np.max(x)) + x**3, lambda x: 1 + x**3),
    "root": (lambda x: np.sqrt(x) * np.nansum(x), lambda x: mpmath.sqrt(x) * x),
}


@pytest.mark.parametrize("name", MIXING)
@pytest.mark.parametrize("x", [3.0, 0.3])
def test_f_mixes_the_elements_of_an_array(name, x):
    f, alone = MIXING[name]
    truth = float(mpmath.diff(alone, x))
    for method in FROM_VALUES:
        result = derivative(f, x, method)
        assert abs(result.df - truth) <= 4 * result.error + 1e-14, method
    assert second_derivative(f, x).df == pytest.approx(float(mpmath.diff(alone, x, 2)), rel=1e-7, abs=1e-7)
    both = derivative(f, np.array([x, x + 2]))
    assert both.df[0] == pytest.approx(truth, rel=1e-9)
    assert both.df[1] == pytest.approx(float(mpmath.diff(alone, x + 2)), rel=1e-9)


def test_points_on_both_sides_of_what_all_points_decide():
    f, _ = MIXING["all"]
    np.testing.assert_allclose(derivative(f, np.array([-1.0, 3.0])).df, [-1, 6], rtol=1e-12)
    np.testing.assert_allclose(derivative(f, np.array([3.0, -1.0])).df, [6, -1], rtol=1e-12)


def asserts(x):
    assert isinstance(x, float)
    return math.sin(x)


def looks_up(x):
    return {True: math.sin}[isinstance(x, float)](x)


def calls_methods(x):
    return 0.0 if x.is_integer() else math.sin(x)


def own_exception(x):
    if not isinstance(x, float):
        raise RefusalError("one number at a time")
    return math.sin(x)


def iterates(x):
    return sum(math.sin(item) for item in [x] if not np.shape(x)) if not np.shape(x) else {"a": 1}[0]


def only_numpy(x):
    return np.sin(x.astype(float)).sum()


@pytest.mark.parametrize("f", [asserts, looks_up, calls_methods, own_exception, iterates, only_numpy])
def test_arrays_are_refused_in_any_way(f):
    assert derivative(f, 0.7).df == pytest.approx(math.cos(0.7), rel=1e-13)
    assert second_derivative(f, 0.7).df == pytest.approx(-math.sin(0.7), rel=1e-9)
    assert derivative(f, 0.7, "central").df == pytest.approx(math.cos(0.7), rel=1e-8)
    np.testing.assert_allclose(difference(f, np.array([0.7, 0.8]), 1e-5), np.cos([0.7, 0.8]), rtol=1e-8)


@pytest.mark.parametrize("error", [RefusalError, KeyError, AssertionError, TypeError, IndexError, ValueError])
def test_what_f_raises_outside_its_domain_is_a_missing_value(error):
    def root(x):
        if x < 0:
            raise error("outside")
        return math.sqrt(x)

    result = derivative(root, 0.5)
    assert result.df == pytest.approx(0.5 / math.sqrt(0.5), rel=1e-12)
    assert result.raised.startswith(error.__name__)
    assert "(at -" in result.raised
    assert derivative(lambda x: root(x) ** 3, 0.0).status == "one_sided"
    seen = gradient(lambda v: root(v[0]) * v[1], [0.5, 2.0])
    np.testing.assert_allclose(seen.df, [1 / math.sqrt(0.5), math.sqrt(0.5)], rtol=1e-10)


def test_what_f_raises_everywhere_is_raised_with_its_place():
    def broken(x):
        return x.no_such_thing

    for ask in (derivative, second_derivative):
        with pytest.raises(AttributeError) as caught:
            ask(broken, 1.0)
        assert "f raised this at" in caught.value.__notes__[0]
    with pytest.raises(AttributeError) as caught:
        gradient(broken, [1.0, 2.0])
    assert "f raised this at" in caught.value.__notes__[0]


def test_an_error_that_could_be_a_domain_s_is_kept():
    result = derivative(lambda x: np.ones(3) @ np.ones(4) * x, 1.0)
    assert result.raised.startswith("ValueError: matmul")
    assert not result.success
    assert derivative(math.sin, 1.0).raised == ""


def test_typed_functions_are_not_asked_for_spare_points():
    f = parse("x*sin(x)")
    asked = Asked(f)
    assert asked.at_once(np.array([1.0, 2.0])) is not None
    assert derivative(f, 1.0).nfev == 93


@pytest.mark.parametrize(
    "x", [2**70, -(2**70), Fraction(7, 3), Decimal("2.25"), np.longdouble("1.5"), np.uint64(2**63), 10**300]
)
def test_numbers_of_any_kind(x):
    assert derivative(lambda t: t**2 if abs(t) < 1e99 else t, x).df == pytest.approx(
        2 * float(x) if abs(x) < 1e99 else 1, rel=1e-12
    )
    assert derivative(lambda t: 3 * t, [x, x]).df == pytest.approx([3, 3], rel=1e-12)
    assert second_derivative(lambda t: 3 * t, x).df == pytest.approx(0, abs=1e-6)
    assert gradient(lambda v: 3 * v[0] + v[1], [x, 1]).df[0] == pytest.approx(3, rel=1e-9)
    assert gradient(lambda a, b: 2 * a + b, {"a": x, "b": 1}).df[0] == pytest.approx(2, rel=1e-9)


@pytest.mark.parametrize("x", ["1", 10**400, 1j, [Fraction(1, 3), "2"], None, mpmath.mpc(1, 1)])
def test_what_is_not_a_real_number_is_refused(x):
    for ask in (lambda: derivative(math.sin, x), lambda: gradient(np.sum, [x])):
        with pytest.raises(ValueError, match="must be"):
            ask()
