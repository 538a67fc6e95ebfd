"""Taylor coefficients against mpmath's numerical ones, and where there are none."""

import mpmath
import pytest
from flint import arb, fmpq

from numdiff.evaluate.balls.arithmetic import BALLS, working_precision
from numdiff.evaluate.balls.rules import UndefinedAtPoint
from numdiff.evaluate.balls.run import ExactProgram
from numdiff.evaluate.balls.taylor import NotSmoothError, taylor
from numdiff.evaluate.tape import compile_tape
from numdiff.function import parse

COUNT = 10


def coefficients(text, x, count=COUNT, bits=300):
    point = {"x": fmpq(*float(x).as_integer_ratio())}
    with working_precision(bits):
        return taylor(ExactProgram(compile_tape(parse(text).tree), BALLS), point, "x", count)


def logistic(x):
    return 1 / (1 + mpmath.exp(-x))


SMOOTH = [
    ("sin x", mpmath.sin, 1),
    ("3x e^x", lambda x: 3 * x * mpmath.exp(x), 2),
    ("x^7 - x^-2", lambda x: x**7 - x**-2, 2),
    ("sqrt x", mpmath.sqrt, 2),
    ("ln x", mpmath.log, 0.5),
    ("log2(x) + log10(x) + log(x, 3)", lambda x: mpmath.log(x, 2) + mpmath.log10(x) + mpmath.log(x, 3), 0.5),
    ("tan x", mpmath.tan, 0.5),
    ("tanh x", mpmath.tanh, 0.5),
    ("arctan(x^2)", lambda x: mpmath.atan(x * x), 0.5),
    ("arcsin x - arccos x", lambda x: mpmath.asin(x) - mpmath.acos(x), 0.25),
    ("x^x", lambda x: x**x, 1.5),
    ("2^x + x^1.5", lambda x: mpmath.mpf(2) ** x + x ** mpmath.mpf(1.5), 1.5),
    ("erf x", mpmath.erf, 0.5),
    ("gelu(x)", lambda x: x * mpmath.ncdf(x), 0.5),
    ("sigmoid(x)", logistic, -1.5),
    ("softplus(x)", lambda x: mpmath.log1p(mpmath.exp(x)), 0.5),
    ("silu(x)", lambda x: x * logistic(x), 0.5),
    ("arsinh x + artanh x", lambda x: mpmath.asinh(x) + mpmath.atanh(x), 0.5),
    ("arcosh x", mpmath.acosh, 1.5),
    ("cbrt(x)", lambda x: -mpmath.cbrt(-x), -0.5),
    ("x^(2/3)", lambda x: mpmath.cbrt(-x) ** 2, -0.5),
    (r"\sqrt[4]{x}", lambda x: mpmath.root(x, 4), 2),
    ("sec x + csc x + cot x", lambda x: mpmath.sec(x) + mpmath.csc(x) + mpmath.cot(x), 0.5),
    ("sech x + csch x + coth x", lambda x: mpmath.sech(x) + mpmath.csch(x) + mpmath.coth(x), 0.5),
    ("arccot x + arcsec(x + 2)", lambda x: mpmath.pi / 2 - mpmath.atan(x) + mpmath.asec(x + 2), 0.5),
    ("expm1(x) log1p(x)", lambda x: mpmath.expm1(x) * mpmath.log1p(x), 0.5),
    ("sinh x cosh x", lambda x: mpmath.sinh(x) * mpmath.cosh(x), 0.5),
    ("|x| x", lambda x: -x * x, -0.5),
    ("max(x, x^2) + min(x, 3) + relu(x)", lambda x: x * x + 2 * x, 1.5),
    ("leaky_relu(x) + leaky_relu(-x)", lambda x: -x + x / 100, -1),
    ("floor(x) + ceil(x) + sign(x)", lambda x: mpmath.mpf(4) + 0 * x, 1.5),
]


@pytest.mark.parametrize(("text", "f", "x"), SMOOTH)
def test_coefficients(text, f, x):
    with mpmath.workdps(60):
        expected = mpmath.taylor(f, mpmath.mpf(x), COUNT - 1)
        with working_precision(300):
            balls = [arb(found) for found in coefficients(text, x)]
        for ball, wanted in zip(balls, expected, strict=True):
            assert ball.is_exact() or ball.rel_accuracy_bits() > 250
            # mpmath differentiates numerically: about half of its 60 digits are left in the ninth derivative
            assert abs(mpmath.mpf(ball.mid().str(50, radius=False)) - wanted) <= mpmath.mpf("1e-25") * max(
                abs(wanted), 1
            )


def test_rational_functions_stay_rational():
    assert coefficients("x^3/3 - x", 2, 5) == (fmpq(2, 3), 3, 2, fmpq(1, 3), 0)
    assert coefficients("1/(1 - x)", 0, 4) == (1, 1, 1, 1)
    assert coefficients("x^0 + 0x", 0, 3) == (1, 0, 0)
    assert coefficients("x^2.0", 0, 4) == (0, 0, 1, 0)


def test_vanishing_coefficients_are_known_to_vanish():
    assert [term == 0 for term in coefficients("sin x", 0, 6)] == [True, False, True, False, True, False]
    assert [term == 0 for term in coefficients("cos x", 0, 4)] == [False, True, False, True]


def test_other_variables_are_constants():
    with working_precision(200):
        program = ExactProgram(compile_tape(parse("x y^2 + sin y").tree), BALLS)
        found = taylor(program, {"x": fmpq(3), "y": fmpq(2)}, "x", 3)
    assert found[1:] == (4, 0)


def test_one_coefficient_is_the_value():
    assert coefficients("x^2", 3, 1) == (9,)
    assert coefficients("x", 3, 1) == (3,)


@pytest.mark.parametrize(
    "text", ["|x|", "x|x|", "relu(x)", "sqrt x", "cbrt(x)", "x^(4/3)", "x^1.5", "floor(x)", "arcsin(1 + x)"]
)
def test_not_smooth_at_zero(text):
    with pytest.raises(NotSmoothError):
        coefficients(text, 0)


@pytest.mark.parametrize("text", ["1/x", "ln x", "sqrt(x - 1)", "cot x"])
def test_undefined_at_zero(text):
    with pytest.raises(UndefinedAtPoint):
        coefficients(text, 0)
