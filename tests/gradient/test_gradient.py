"""Gradients of typed functions by every method, against SymPy."""

import mpmath
import numpy as np
import pytest
import sympy

from numdiff import Status, derivative, directional_derivative, gradient, jacobian, parse, partial
from tests.gradient.cases import AT, DECK, TABLE, exact_gradient, normwise, x, y


def point_of(f):
    return {name: AT[name] for name in f.variables}


@pytest.mark.parametrize(("text", "formula"), TABLE, ids=[text for text, _ in TABLE])
def test_gradients_beside_sympy(text, formula):
    f = parse(text)
    exact = exact_gradient(formula, f.variables, AT)
    found = gradient(f, point_of(f))
    assert normwise(found, exact) <= 1e-11  # asked for is 1e-9
    assert found.success.all()
    for method in ("dual", "reverse"):
        assert normwise(gradient(f, point_of(f), method), exact) <= 1e-14


def test_the_error_estimates_cover_the_errors_and_not_much_more():
    covered, claimed = [], []
    for text, formula in TABLE:
        f = parse(text)
        exact, found = exact_gradient(formula, f.variables, AT), gradient(f, point_of(f))
        errors, ulp = np.abs(found.df - exact), np.spacing(np.abs(exact))
        covered += (errors <= found.error + ulp).tolist()
        claimed += (found.error[errors > ulp] / errors[errors > ulp]).tolist()
        assert np.all(errors <= 20 * found.error + ulp)
    assert np.mean(covered) >= 0.95  # an estimate, no bound: 98% on thousands of points
    assert np.median(claimed) <= 30


@pytest.mark.parametrize(("text", "formula"), TABLE, ids=[text for text, _ in TABLE])
def test_difference_schemes_beside_sympy(text, formula):
    f = parse(text)
    exact = exact_gradient(formula, f.variables, AT)
    size = max(1, np.linalg.norm(exact))
    # the bounds leave room for sin(10x) and its like, whose higher derivatives are large
    for method, bound in (("forward", 2e-5), ("backward", 2e-5), ("central", 1e-6), ("central4", 1e-8)):
        found = gradient(f, point_of(f), method)
        assert np.linalg.norm(found.df - exact) <= bound * size
        assert np.all(found.error >= 0)


@pytest.mark.parametrize(("text", "formula", "by_x", "by_y"), DECK)
def test_the_partials_of_the_lecture(text, formula, by_x, by_y):
    f = parse(text)
    printed = {"x": sympy.sympify(by_x), "y": sympy.sympify(by_y)}
    for name, slope in printed.items():
        plain = slope.subs({sympy.Symbol("x"): x, sympy.Symbol("y"): y})
        assert sympy.simplify(plain - sympy.diff(formula, {"x": x, "y": y}[name])) == 0
        exact = float(plain.subs({x: sympy.Rational(1.5), y: sympy.Rational(2.5)}).evalf(30))
        assert partial(f, name, {"x": 1.5, "y": 2.5}).df == pytest.approx(exact, rel=1e-12)


def test_an_indexed_sum_has_minus_three_y_for_each():
    found = gradient(parse("f(x1, x2) = -Σ_{i=1}^{2} 3 y x_i"), {"x1": 2, "x2": 5, "y": 4}, "reverse")
    assert found.names == ("x_1", "x_2", "y")
    assert (found["x1"], found["x₂"], found["y"]) == (-12, -12, -21)


def test_korean_names():
    found = gradient(parse("체중 야식 + 운동^2"), {"체중": 2.0, "야식": 3.0, "운동": 4.0})
    assert [found[name] for name in ("체중", "야식", "운동")] == pytest.approx([3, 2, 8], rel=1e-13)


def test_values_by_name_may_be_arrays():
    f = parse("x^2 sin(y) + x")
    xs, ys = np.linspace(-2, 2, 7), np.linspace(0, 3, 5)[:, None]
    by_x, by_y = 2 * xs * np.sin(ys) + 1, xs**2 * np.cos(ys)
    for method in ("auto", "dual", "reverse", "central4"):
        found = gradient(f, {"x": xs, "y": ys}, method)
        assert found.df.shape == (2, 5, 7)
        room = 1e-9 if method == "central4" else 1e-12
        np.testing.assert_allclose(found["x"], by_x, atol=room)
        np.testing.assert_allclose(found["y"], by_y, atol=room)
    np.testing.assert_allclose(partial(f, "y", {"x": xs, "y": ys}).df, by_y, atol=1e-12)


def test_points_may_be_given_in_the_order_of_the_variables():
    np.testing.assert_allclose(gradient(parse("x y^2"), [2.0, 3.0]), [9, 12], rtol=1e-13)
    with pytest.raises(TypeError, match="2 values"):
        gradient(parse("x y^2"), [2.0])


@pytest.mark.parametrize("method", ["auto", "dual", "reverse"])
def test_what_has_no_derivative_is_said_for_each_variable(method):
    found = gradient(parse("|x| + y^2 + ln(z)"), {"x": 0, "y": 3, "z": 1}, method)
    assert found.status.tolist() == [Status.KINK, Status.CONVERGED, Status.CONVERGED]
    assert np.isnan(found["x"])
    assert found["y"] == pytest.approx(6)
    assert (found.left[0], found.right[0]) == pytest.approx((-1, 1))


@pytest.mark.parametrize(
    ("text", "at", "status"),
    [
        ("3x ln y", {"x": 1, "y": -2}, Status.OUTSIDE_DOMAIN),
        ("3x ln y", {"x": 1, "y": 0}, Status.OUTSIDE_DOMAIN),
        ("x + sqrt(y)", {"x": 1, "y": 0}, Status.NOT_DIFFERENTIABLE),
        ("x + y sqrt(y)", {"x": 1, "y": 0}, Status.ONE_SIDED),
        ("x + floor(y)", {"x": 1, "y": 2}, Status.NOT_DIFFERENTIABLE),
        ("x + cbrt(y)", {"x": 1, "y": 0}, Status.NOT_DIFFERENTIABLE),
        ("max(x, y)", {"x": 1, "y": 1}, Status.KINK),
        ("x/y", {"x": 1, "y": 0}, Status.OUTSIDE_DOMAIN),
        ("x y", {"x": 1, "y": np.nan}, Status.OUTSIDE_DOMAIN),
    ],
)
def test_edges_poles_and_kinks(text, at, status):
    found = partial(parse(text), "y", at)
    assert found.status == status
    assert found.success == (status == Status.ONE_SIDED)


def test_a_kink_beside_the_point_does_not_deceive():
    for distance in (1e-3, 1e-6, 1e-9, 0.3):
        found = gradient(parse("|x| + relu(y)"), {"x": distance, "y": -distance})
        np.testing.assert_allclose(found, [1, 0], atol=1e-9)


@pytest.mark.parametrize("frequency", [1, 17, 100.53096491487338, 1000])
def test_fast_waves_are_not_strided_over(frequency):
    found = partial(parse("sin(a x)"), "x", {"a": frequency, "x": 0.0})
    assert found.df == pytest.approx(frequency, rel=1e-9)


@pytest.mark.parametrize("scale", [1e-12, 1e-4, 1.0, 1e5, 1e12])
def test_the_step_is_scaled_to_each_variable(scale):
    # f stays near 1 in size: what rounding it does to a slope can't be helped
    f, at = parse("ln(x) + x/a + sin(y)"), {"x": scale, "a": scale, "y": 1.0}
    exact = [2 / scale, -1 / scale, np.cos(1.0)]
    found = gradient(f, at)
    np.testing.assert_allclose(found, exact, rtol=1e-10)
    if scale >= 1:  # a scheme's step does not know of functions whose only scale is a tiny x
        np.testing.assert_allclose(gradient(f, at, "central4"), exact, rtol=1e-8)


def test_given_steps():
    f, at = parse("x^3 + y^3"), {"x": 1.0, "y": 2.0}
    found = gradient(f, at, "central", step={"x": 0.5, "y": 0.25})
    np.testing.assert_allclose(found, [3 + 0.25, 12 + 0.0625], rtol=1e-14)
    np.testing.assert_array_equal(found.step, [0.5, 0.25])
    np.testing.assert_allclose(gradient(f, at, "forward", step=0.5), [4.75, 15.25])
    for wrong in (0.0, -1.0, np.inf, {"x": 1.0}, [1.0, 2.0, 3.0]):
        with pytest.raises(ValueError, match="step must"):
            gradient(f, at, "central", step=wrong)
    with pytest.raises(ValueError, match="no meaning"):
        gradient(f, at, step=0.1)


@pytest.mark.parametrize(("dtype", "room"), [("float32", 1e-4), ("float16", 2e-2), ("bfloat16", 0.1)])
def test_low_precision(dtype, room):
    f, at = parse("x y + sin(x)"), {"x": 1.0, "y": 2.0}
    exact = np.array([2 + np.cos(1.0), 1.0])
    for method in ("auto", "central", "dual", "reverse"):
        found = gradient(f, at, method, dtype=dtype)
        np.testing.assert_allclose(found, exact, rtol=room)
        assert found.df.dtype == np.float64


def test_names_that_are_wrong():
    f = parse("x y")
    with pytest.raises(TypeError, match="needs a value for y"):
        gradient(f, {"x": 1})
    with pytest.raises(TypeError, match="no variable 'z'"):
        gradient(f, {"x": 1, "y": 2, "z": 3})
    with pytest.raises(TypeError, match="no variable 'z'"):
        partial(f, "z", {"x": 1, "y": 2})
    with pytest.raises(KeyError, match="z"):
        _ = gradient(f, {"x": 1, "y": 2})["z"]
    with pytest.raises(ValueError, match="method must be"):
        gradient(f, {"x": 1, "y": 2}, "magic")
    with pytest.raises(ValueError, match="real"):
        gradient(f, {"x": 1j, "y": 2})


def test_a_constant():
    assert gradient(parse("7"), {"x": 3.0}).df.tolist() == [0.0]
    assert gradient(parse("7"), {}).df.shape == (0,)
    assert partial(parse("7"), "x", {"x": 3.0}, "reverse").df == 0


def test_jacobians_of_typed_functions():
    fs = [parse("x^2 y"), parse("5x + sin(y)"), parse("z")]
    exact = [[12.0, 4.0, 0.0], [5.0, np.cos(3.0), 0.0], [0.0, 0.0, 1.0]]
    for method in ("auto", "dual", "reverse"):
        found = jacobian(fs, {"x": 2, "y": 3, "z": 1}, method)
        assert found.names == ("x", "y", "z")
        np.testing.assert_allclose(found, exact, atol=1e-12)
        np.testing.assert_allclose(found["y"], np.array(exact)[:, 1], atol=1e-12)
    assert jacobian([parse("x y")], {"x": 2, "y": 3}).df.shape == (1, 2)


@pytest.mark.parametrize("method", ["auto", "central", "richardson", "dual", "reverse"])
def test_directional_derivatives(method):
    f, at = parse("x^2 y + e^x"), {"x": 1.0, "y": 3.0}
    exact = 3.0 * (6 + np.e) - 4.0
    found = directional_derivative(f, at, {"x": 3, "y": -4}, method)
    assert found.df == pytest.approx(exact, rel=1e-8 if method == "central" else 1e-12)
    assert abs(found.df - exact) <= found.error + 1e-13
    assert directional_derivative(f, at, {"y": 1}, method).df == pytest.approx(1, rel=1e-8)


def test_directions_across_and_along_a_kink():
    f = parse("|x| + y^2")
    across = directional_derivative(f, {"x": 0, "y": 1}, {"x": 1, "y": 1})
    assert across.status == Status.KINK
    assert (across.left, across.right) == pytest.approx((1, 3))
    for method in ("auto", "dual"):
        assert directional_derivative(f, {"x": 0, "y": 1}, {"y": 1}, method).df == pytest.approx(2)
    assert not directional_derivative(f, {"x": 0, "y": 1}, {"x": 1, "y": 1}, "dual").success
    for wrong in ({"x": 0.0}, {"x": np.inf}, [1.0]):
        with pytest.raises(ValueError, match="direction"):
            directional_derivative(f, {"x": 0, "y": 1}, wrong)


SMOOTH = {
    "atan": (np.arctan, lambda x: 1 / (1 + x * x)),
    "root": (lambda x: np.sqrt(1 + x * x), lambda x: x / mpmath.sqrt(1 + x * x)),
    "asinh": (np.arcsinh, lambda x: 1 / mpmath.sqrt(1 + x * x)),
    "bell": (lambda x: np.exp(-x * x), lambda x: -2 * x * mpmath.exp(-x * x)),
    "log": (lambda x: np.log(1 + x * x), lambda x: 2 * x / (1 + x * x)),
    "waves": (
        lambda x: np.sin(x) * np.cos(3 * x),
        lambda x: mpmath.cos(x) * mpmath.cos(3 * x) - 3 * mpmath.sin(x) * mpmath.sin(3 * x),
    ),
    "softplus": (lambda x: np.logaddexp(0, x), lambda x: 1 / (1 + mpmath.exp(-x))),
    "logistic": (lambda x: 1 / (1 + np.exp(-3 * x)), lambda x: 3 * mpmath.exp(-3 * x) / (1 + mpmath.exp(-3 * x)) ** 2),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_the_claimed_error_covers_the_true_one(name):
    f, slope = SMOOTH[name]
    # at some of the points a term of the error vanishes by chance, and the next one does not
    special = [2.1054067475499085, 0.5382017206752496, 2.10520349034657, 0.24949332010582292, -0.4887362984200685]
    points = np.concatenate([special, np.random.default_rng(4).uniform(-3, 3, 400)])
    found = gradient(lambda **at: f(at["x"]), {"x": points})
    truth = np.array([float(slope(mpmath.mpf(item))) for item in points.tolist()])
    short = np.abs(found.df[0] - truth) > found.error[0] + 1e-16 * np.abs(truth)
    assert not short[: len(special)].any()
    assert short.mean() <= 0.03
    assert np.all(np.abs(found.df[0] - truth) <= 4 * found.error[0] + 2e-16)


@pytest.mark.parametrize("low", [np.float16, np.float32])
@pytest.mark.parametrize("high", [np.float32, np.float64])
def test_values_of_more_digits_than_the_points(low, high):
    def rosenbrock(v):
        return high(np.sum(100 * (v[1:] - v[:-1] ** 2) ** 2 + (1 - v[:-1]) ** 2, axis=0))

    point = np.array([2, 3, 4], dtype=low)
    found = gradient(rosenbrock, point)
    exact = [-2 * (1 - 2) - 400 * 2 * (3 - 4), 200 * (3 - 4) - 2 * (1 - 3) - 400 * 3 * (4 - 9), 200 * (4 - 9)]
    assert set(found.status.tolist()) <= {Status.CONVERGED, Status.NOISE_LIMITED}
    assert np.all(np.abs(found.df - exact) <= 2 * found.error)  # three digits judge three digits
    assert derivative(lambda t: high(low(3) * t * t), low(1.5)).status in (Status.CONVERGED, Status.NOISE_LIMITED)
