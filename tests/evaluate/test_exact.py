"""Exact values and derivatives, by balls: digits, decisions, certificates, bounded work."""

from __future__ import annotations

import sys
import threading
import time
from fractions import Fraction

import mpmath
import pytest

from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.tree import Add, Constant, Div, Mul, Neg, Node, Pow, Sub
from tests.evaluate.cases import ALL, POINTS, E, X, Y, call, n, power, ratio

LECTURE = Mul(Mul(n("3"), X), Pow(E, X))


def is_close(result: Exact, expected: mpmath.mpf, digits: int) -> bool:
    return bool(abs(result.value - expected) <= abs(expected) * mpmath.mpf(10) ** -digits + result.radius)


@pytest.mark.parametrize(("name", "point"), POINTS)
def test_values_and_derivatives_agree_with_mpmath(name: str, point: float) -> None:
    tree, oracle, _ = ALL[name]
    given = {"x": Fraction(point)}
    value, slope = exact_value(tree, given, 40), exact_derivative(tree, given, "x", 40)
    assert value.status == slope.status == "ok"
    with mpmath.workdps(110):
        x = mpmath.mpf(point)
        assert is_close(value, oracle(x), 40)
        assert is_close(slope, mpmath.diff(oracle, x), 40)


def test_the_lectures_derivative_to_fifty_digits() -> None:
    slope = exact_derivative(LECTURE, {"x": 2}, "x")
    with mpmath.workdps(60):
        assert abs(slope.value - 9 * mpmath.exp(2)) <= slope.radius <= mpmath.mpf(10) ** -48
    assert slope.certified


def test_decimals_are_exact_and_floats_are_their_binary_value() -> None:
    assert exact_value(Mul(n("10"), n("0.1")), {}).value == 1
    with mpmath.workdps(40):
        difference = exact_value(Sub(X, n("0.1")), {"x": 0.1}).value
        assert mpmath.nstr(difference, 12) == "5.55111512313e-18"


@pytest.mark.parametrize("digits", [1, 15, 50, 300, 1000])
def test_as_many_digits_as_asked_for(digits: int) -> None:
    result = exact_value(Mul(Constant("pi"), call("exp")), {"x": Fraction(1, 3)}, digits)
    with mpmath.workdps(digits + 20):
        expected = mpmath.pi * mpmath.exp(mpmath.mpf(1) / 3)
        assert abs(result.value - expected) <= result.radius <= expected * mpmath.mpf(10) ** -digits


ZERO_EVERYWHERE = Add(power(call("sin"), "2"), power(call("cos"), "2"))


def test_a_derivative_that_may_be_zero_has_an_absolute_bound() -> None:
    slope = exact_derivative(ZERO_EVERYWHERE, {"x": Fraction(2)}, "x", 50)
    assert (slope.status, slope.value) == ("ok", 0)
    assert slope.radius <= mpmath.mpf(10) ** -50
    assert slope.certified
    assert slope.radius > 0


def test_rational_functions_are_decided_exactly() -> None:
    tree = Div(Sub(power(X, "2"), ratio(1, 9)), Sub(X, ratio(1, 3)))
    assert exact_value(tree, {"x": Fraction(1, 3)}, 30).reason == "pole"
    stationary = Sub(power(X, "3"), Mul(n("0.03"), X))
    slope = exact_derivative(stationary, {"x": Fraction(1, 10)}, "x", 30)
    assert (slope.value, slope.radius) == (0, 0)


AT_ZERO: list[tuple[str, Node, str | float]] = [
    ("x^0", power(X, "0"), 0.0),
    ("x^1", power(X, "1"), 1.0),
    ("x^2", power(X, "2"), 0.0),
    ("x^1.5", power(X, "1.5"), 0.0),
    ("x^(5/3)", Pow(X, ratio(5, 3)), 0.0),
    ("x·|x|", Mul(X, call("abs")), 0.0),
    ("relu²", power(call("relu"), "2"), 0.0),
    ("relu(x) − relu(−x)", Sub(call("relu"), call("relu", Neg(X))), 1.0),
    ("|x| − |x|", Sub(call("abs"), call("abs")), 0.0),
    ("max(x², x³)", call("max", power(X, "2"), power(X, "3")), 0.0),
    ("max(2x, x + x)", call("max", Mul(n("2"), X), Add(X, X)), 2.0),
    ("||x|−1| + |x|", Add(call("abs", Sub(call("abs"), n("1"))), call("abs")), 0.0),
    ("abs", call("abs"), "kink"),
    ("|√(x + 4) − 2|", call("abs", Sub(call("sqrt", Add(X, n("4"))), n("2"))), "kink"),
    ("|(x + 4)^1.5 − 8|", call("abs", Sub(Pow(Add(X, n("4")), n("1.5")), n("8"))), "kink"),
    ("−2·abs", Mul(n("-2"), call("abs")), "kink"),
    ("|sin x|", call("abs", call("sin")), "kink"),
    ("|x| cos x", Mul(call("abs"), call("cos")), "kink"),
    ("relu", call("relu"), "kink"),
    ("leaky_relu", call("leaky_relu"), "kink"),
    ("leaky_relu of slope 3", call("leaky_relu", Neg(X), n("3")), "kink"),
    ("min", call("min", X, n("0")), "kink"),
    ("max", call("max", n("0"), X), "kink"),
    ("sign", call("sign"), "jump"),
    ("floor", call("floor"), "jump"),
    ("ceil", call("ceil"), "jump"),
    ("√", call("sqrt"), "vertical_tangent"),
    ("√|x|", call("sqrt", call("abs")), "vertical_tangent"),
    ("⁴√", call("root", X, n("4")), "vertical_tangent"),
    ("⁵√", call("root", X, n("5")), "vertical_tangent"),
    ("∛", call("cbrt"), "vertical_tangent"),
    ("x^0.5", power(X, "0.5"), "vertical_tangent"),
    ("x^(1/3)", Pow(X, ratio(1, 3)), "vertical_tangent"),
    ("x^(2/3)", Pow(X, ratio(2, 3)), "cusp"),
    ("arcsin(1 − x)", call("arcsin", Sub(n("1"), X)), "vertical_tangent"),
    ("arccos(x − 1)", call("arccos", Sub(X, n("1"))), "vertical_tangent"),
    ("arcosh(x + 1)", call("arcosh", Add(X, n("1"))), "vertical_tangent"),
    ("1/x", Div(n("1"), X), "pole"),
    ("x^-2", power(X, "-2"), "pole"),
    ("ln", call("ln"), "pole"),
    ("cot", call("cot"), "pole"),
    ("csch", call("csch"), "pole"),
    ("artanh(1 − x)", call("artanh", Sub(n("1"), X)), "pole"),
    ("ln(x − 1)", call("ln", Sub(X, n("1"))), "domain"),
    ("√(x − 1)", call("sqrt", Sub(X, n("1"))), "domain"),
    ("(x − 1)^0.5", Pow(Sub(X, n("1")), n("0.5")), "domain"),
    ("arcsin(x + 2)", call("arcsin", Add(X, n("2"))), "domain"),
    ("arcsec", call("arcsec"), "domain"),
    ("arcosh", call("arcosh"), "domain"),
    ("0^x", Pow(n("0"), X), "domain"),
    ("(−2)^x", Pow(n("-2"), X), "domain"),
]


@pytest.mark.parametrize(("tree", "expected"), [case[1:] for case in AT_ZERO], ids=[case[0] for case in AT_ZERO])
def test_derivatives_at_zero_are_decided(tree: Node, expected: str | float) -> None:
    slope = exact_derivative(tree, {"x": Fraction(0)}, "x", 30)
    if isinstance(expected, str):
        assert (slope.status, slope.reason) == ("undefined", expected)
        assert mpmath.isnan(slope.value)
    else:
        assert (slope.status, slope.value) == ("ok", expected)


UNDECIDABLE = [
    ("√(x²)", call("sqrt", power(X, "2"))),
    ("√x − ⁴√(x²)", Sub(call("sqrt"), call("root", power(X, "2"), n("4")))),
    ("sign(x)·x²", Mul(call("sign"), power(X, "2"))),
    ("floor(1 + |x|)", call("floor", Add(n("1"), call("abs")))),
    ("∛(x)³", power(call("cbrt"), "3")),
]


@pytest.mark.parametrize("tree", [case[1] for case in UNDECIDABLE], ids=[case[0] for case in UNDECIDABLE])
def test_what_is_not_proved_is_called_undecidable(tree: Node) -> None:
    assert exact_derivative(tree, {"x": Fraction(0)}, "x", 30).status == "undecidable"


def test_a_zero_that_cannot_be_proved_is_undecidable() -> None:
    hidden = Sub(ZERO_EVERYWHERE, n("1"))
    given = {"x": Fraction(1, 2)}
    assert exact_value(Div(n("1"), hidden), given).status == "undecidable"
    assert exact_value(call("sign", hidden), given).status == "undecidable"
    assert exact_value(call("ln", hidden), given).status == "undecidable"
    assert exact_value(call("floor", hidden), given).status == "undecidable"
    assert exact_derivative(call("abs", hidden), given, "x").status == "undecidable"
    assert exact_value(call("abs", hidden), given).value == 0
    assert exact_value(call("cbrt", hidden), given, 20).value == 0


def _tower(height: int, top: Node = X) -> Node:
    tree = top
    for _ in range(height):
        tree = call("exp", tree)
    return tree


def _powers(height: int) -> Node:
    tree: Node = X
    for _ in range(height):
        tree = power(tree, "10000")
    return tree


def _long() -> Node:
    tree: Node = X
    for _ in range(70):
        tree = call("sin", Add(power(tree, "2"), n("1")))
    return tree


NASTY = {
    "tower": _tower(20),
    "tower in sin": call("sin", _tower(5)),
    "tower in tanh": call("tanh", _tower(4)),
    "tower in erf": call("erf", _tower(3)),
    "tower below": _tower(10, Neg(X)),
    "tower to the tower": Pow(_tower(3), _tower(3)),
    "difference of towers": Sub(_tower(3), _tower(3)),
    "floor of a tower": call("floor", _tower(3)),
    "powers": _powers(10),
    "powers in sin": call("sin", _powers(4)),
    "floor of powers": call("floor", _powers(4)),
    "x^x^x": Pow(X, Pow(X, Pow(X, X))),
    "near 1 to a large power": Pow(Add(n("1"), Pow(n("10"), n("-300"))), Pow(n("10"), n("299"))),
    "sin of 1e299": call("sin", n("1e299")),
    "hidden zero": Sub(ZERO_EVERYWHERE, n("1")),
    "long": _long(),
    "root of a tower": call("root", _tower(3), n("9999")),
    "softplus of a tower": call("softplus", _tower(5)),
}


@pytest.mark.parametrize("name", NASTY)
def test_the_work_is_bounded(name: str) -> None:
    for point in (2, 10, -3, Fraction(1e300), Fraction(5e-324), 0, Fraction(0.1)):
        start = time.perf_counter()
        value = exact_value(NASTY[name], {"x": Fraction(point)}, 50)
        slope = exact_derivative(NASTY[name], {"x": Fraction(point)}, "x", 50)
        assert {value.status, slope.status} <= {"ok", "undefined", "undecidable"}
        # not a measurement: a hang is what must not happen
        assert time.perf_counter() - start < 5


def test_certificates() -> None:
    given = {"x": Fraction(2)}
    assert exact_value(LECTURE, given, 50).certified
    assert exact_derivative(call("abs"), {"x": Fraction(0)}, "x", 50).certified
    assert not exact_value(Div(n("1"), Sub(ZERO_EVERYWHERE, n("1"))), given, 50).certified


@pytest.mark.parametrize(("digits", "argument", "error"), [(0, 1, ValueError), (1001, 1, ValueError)])
def test_wrong_digits_are_refused(digits: int, argument: int, error: type[Exception]) -> None:
    with pytest.raises(error, match="digits must be between 1 and 1000"):
        exact_value(X, {"x": argument}, digits)


def test_arguments_are_checked() -> None:
    with pytest.raises(TypeError, match="missing argument 'y'"):
        exact_value(Add(X, Y), {"x": 1})
    with pytest.raises(ValueError, match="NaN"):
        exact_value(X, {"x": float("nan")})
    with pytest.raises(OverflowError):
        exact_value(X, {"x": float("inf")})


def test_a_variable_that_does_not_occur_has_derivative_zero() -> None:
    assert exact_derivative(X, {"x": 1}, "y").value == 0
    assert exact_derivative(call("ln"), {"x": -1}, "y").reason == "domain"


def test_precision_is_restored_and_threads_do_not_disturb_each_other() -> None:
    from flint import ctx

    before = ctx.prec
    failures: list[int] = []

    def work(digits: int) -> None:
        for _ in range(30):
            result = exact_value(call("exp"), {"x": Fraction(1, 3)}, digits)
            with_digits = result.radius <= mpmath.mpf(10) ** (1 - digits)
            if not with_digits:
                failures.append(digits)

    threads = [threading.Thread(target=work, args=(digits,)) for digits in (20, 100, 400, 900)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not failures
    assert ctx.prec == before
