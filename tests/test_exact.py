from fractions import Fraction

import ml_dtypes
import mpmath
import numpy as np
import pytest

import numdiff as nd

ONE_VARIABLE = [
    ("3x e^x", 2.0, lambda x: 3 * mpmath.exp(x) * (1 + x)),
    ("x^2", 3.0, lambda x: 2 * x),
    ("sin x", 1.0, mpmath.cos),
    ("ln x + 1/x", 0.1, lambda x: 1 / x - 1 / x**2),
    ("1/(1+e^-x)", -3.5, lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2),
    ("0.1x", 7.0, lambda _: mpmath.mpf(1) / 10),
    ("x^x", 0.01, lambda x: x**x * (mpmath.log(x) + 1)),
]


@pytest.mark.parametrize(("text", "x", "derivative"), ONE_VARIABLE)
@pytest.mark.parametrize("digits", [15, 50, 200])
def test_the_derivative_is_exact_to_the_digits_asked_for(text, x, derivative, digits):
    found = nd.exact_derivative(nd.parse(text), x, digits=digits)
    with mpmath.workdps(digits + 20):
        expected = derivative(mpmath.mpf(x))
        assert abs(found - expected) <= abs(expected) * mpmath.mpf(10) ** -digits
        assert abs(found - expected) <= found.radius + abs(expected) * mpmath.mpf(10) ** -(digits + 15)
    assert (found.certified, found.status, found.reason) == (True, "ok", None)


def test_the_lecture_s_nearest_double():
    assert float(nd.exact_derivative(nd.parse("3x e^x"), 2.0)) == 66.50150489037586


@pytest.mark.parametrize("text", ["x^2 - x*x", "sin(x)^2 + cos(x)^2", "5", "e^(x) - e^x"])
def test_a_derivative_that_is_zero_everywhere_has_an_absolute_bound(text):
    found = nd.exact_derivative(nd.parse(text), 1.0, digits=30)
    assert (found, found.certified) == (0, True)
    assert found.radius <= mpmath.mpf(10) ** -30


@pytest.mark.parametrize(
    ("text", "x", "reason"),
    [
        ("|x|", 0, "kink"),
        ("floor(x)", 1, "jump"),
        ("1/x", 0, "pole"),
        ("sqrt(x)", 0, "vertical_tangent"),
        ("sqrt(x)", -1, "domain"),
    ],
)
def test_where_there_is_no_derivative_it_says_why(text, x, reason):
    found = nd.exact_derivative(nd.parse(text), x)
    assert mpmath.isnan(found)
    assert (found.status, found.reason) == ("undefined", reason)


@pytest.mark.parametrize("x", [0.1, np.float64(0.1), Fraction(0.1), mpmath.mpf(0.1)])
def test_a_point_is_its_exact_binary_value(x):
    found = nd.exact_derivative(nd.parse("x^3"), x, digits=40)
    with mpmath.workdps(60):
        assert abs(found - 3 * mpmath.mpf(0.1) ** 2) < mpmath.mpf(10) ** -40


@pytest.mark.parametrize("kind", [np.float16, np.float32, ml_dtypes.bfloat16])
def test_a_point_of_low_precision_is_its_own_value(kind):
    assert float(nd.exact_derivative(nd.parse("x^2"), kind(0.1))) == 2 * float(kind(0.1))


def test_a_negative_mpmath_number_keeps_its_sign():
    assert nd.exact_derivative(nd.parse("x^2"), mpmath.mpf("-1.5")) == -3


def test_several_variables_need_a_name_and_values():
    f = nd.parse("x₁² y")
    assert nd.exact_derivative(f, 3, "x1", {"y": 2}) == 12
    with pytest.raises(TypeError, match="name one by var"):
        nd.exact_derivative(f, 3)
    with pytest.raises(TypeError, match="no variable 'z'"):
        nd.exact_derivative(f, 3, "z", {"y": 2})
    with pytest.raises(TypeError, match="needs a value for y"):
        nd.exact_derivative(f, 3, "x_1")


def test_what_cannot_be_exact_is_refused():
    with pytest.raises(TypeError, match="must be a Function"):
        nd.exact_derivative(lambda x: x, 1.0)
    with pytest.raises(ValueError, match="must be finite"):
        nd.exact_derivative(nd.parse("x"), np.inf)
    with pytest.raises(ValueError, match="digits must be between"):
        nd.exact_derivative(nd.parse("x"), 1.0, digits=0)
