"""Gradients of any callable: of arrays, of scalars, vectorising or not, and what they are asked."""

import math

import numpy as np
import pytest
import sympy

from numdiff import Status, gradient, jacobian, partial


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2, axis=0)


def rosenbrock_slope(x):
    """By hand, in Python's integers where x is of them."""
    slope = np.zeros_like(x)
    slope[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    slope[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return slope


class Counted:
    def __init__(self, f):
        self.f, self.calls, self.shapes = f, 0, []

    def __call__(self, x):
        self.calls += 1
        self.shapes.append(np.shape(x))
        return self.f(x)


def test_rosenbrock_with_two_calls():
    x = np.random.default_rng(0).uniform(-2, 2, 20)
    f = Counted(rosenbrock)
    found = gradient(f, x)
    exact = rosenbrock_slope(x)
    assert f.calls <= 2
    assert found.calls == f.calls
    assert np.linalg.norm(found.df - exact) <= 1e-13 * np.linalg.norm(exact)
    assert np.all(np.abs(found.df - exact) <= found.error + np.spacing(np.abs(exact)))


@pytest.mark.parametrize("shape", [(3,), (2, 3), (1, 1), (4, 1, 2), ()])
def test_the_gradient_has_the_shape_of_the_array(shape):
    x = np.random.default_rng(1).normal(size=shape)
    for f in (
        lambda x: np.sum(np.sin(x).reshape(x.size, 1)),  # one point only
        lambda x: np.sin(x).reshape(int(np.prod(shape)), -1).sum(axis=0)[0 if x.shape == shape else slice(None)],
    ):
        found = gradient(f, x)
        assert found.df.shape == shape
        np.testing.assert_allclose(found, np.cos(x), atol=1e-13)


def test_integer_arrays():
    x = np.array([3, 4])
    kept = x.copy()
    for method in ("auto", "central", "complex", "dual"):
        np.testing.assert_allclose(gradient(lambda x: x[0] ** 2 + x[1] ** 2, x, method), [6, 8], rtol=1e-9)
    np.testing.assert_array_equal(x, kept)
    # the trap: the loop of the course, on an array of integers, loses Δx and finds 0
    trapped = []
    for i in range(2):
        above, below = x.copy(), x.copy()
        above[i] = above[i] + 1e-4
        below[i] = below[i] - 1e-4 + 1  # truncation is towards 0
        trapped.append((np.sum(above**2) - np.sum(below**2)) / 2e-4)
    assert trapped == [0, 0]


@pytest.mark.parametrize("kind", [list, tuple])
def test_lists_and_booleans_are_arrays_too(kind):
    np.testing.assert_allclose(gradient(lambda x: np.sum(x**3, axis=0), kind([1, 2])), [3, 12], rtol=1e-12)
    np.testing.assert_allclose(gradient(lambda x: np.sum(x**2, axis=0), np.array([True, False])), [2, 0], atol=1e-12)


@pytest.mark.parametrize(("dtype", "room"), [(np.float32, 1e-4), (np.float16, 0.05)])
def test_arrays_of_low_precision(dtype, room):
    seen = set()

    def f(x):
        seen.add(x.dtype)
        return np.sum(np.sin(x), axis=0)

    x = np.array([0.5, 1.5], dtype=dtype)
    np.testing.assert_allclose(gradient(f, x), np.cos(x.astype(float)), rtol=room)
    assert seen == {np.dtype(dtype)}
    wide = gradient(f, x, dtype=np.float64)
    np.testing.assert_allclose(wide, np.cos(x.astype(float)), rtol=1e-12)


def test_float32_inside():
    found = gradient(lambda x: np.sum(np.sin(x.astype(np.float32)), axis=0), np.array([0.5, 1.5]))
    np.testing.assert_allclose(found, np.cos([0.5, 1.5]), rtol=1e-4)
    assert np.all(np.abs(found.df - np.cos([0.5, 1.5])) <= found.error)


MIXING = {
    "product with a sum": (lambda x: x[0] * x.sum(), [5, 2, 2]),
    "product with a sum, at 0": (lambda x: x[2] * x.sum(), [0, 0, 3]),
    "mean": (lambda x: x[0] - x.mean(), [2 / 3, -1 / 3, -1 / 3]),
    "norm": (lambda x: x[0] * np.linalg.norm(x), None),
    "dot": (lambda x: x @ x, [4, 2, 0]),
    "matrix": (lambda x: x @ np.diag([1.0, 2.0, 3.0]) @ x, [4, 4, 0]),
    "last axis": (lambda x: np.sum(x**2, axis=-1), [4, 2, 0]),
    "maths": (lambda x: math.sin(x[0]) * math.exp(x[1]) + x[2], None),
    "branch": (lambda x: x[0] ** 2 if x[0] > 0 else 0.0, [4, 0, 0]),
    "unpacked": (lambda v: v[0] * v[1] + float(v[2]), [1, 2, 1]),
    "assertion": (lambda x: x[0] * x[1] if x.shape == (3,) else 1 / 0, [1, 2, 0]),
    "constant": (lambda x: 3, [0, 0, 0]),
    "array of one": (lambda x: np.array([x[0] * 2]), [2, 0, 0]),
    "written to": (lambda x: np.add(x, 1, out=x)[0] ** 2, [6, 0, 0]),
}


@pytest.mark.parametrize("name", MIXING)
def test_callables_that_do_not_vectorise(name):
    f, exact = MIXING[name]
    x = np.array([2.0, 1.0, 0.0])
    found = gradient(f, x)
    if exact is None:
        h = 1e-6
        exact = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(3)]
        np.testing.assert_allclose(found, exact, atol=1e-8)
    else:
        np.testing.assert_allclose(found, exact, atol=1e-12)
    assert found.success.all()


def test_points_are_given_one_by_one_if_they_must_be():
    f = Counted(lambda x: float(x[0]) ** 2 * float(x[1]))
    found = gradient(f, np.array([2.0, 3.0]), "central")
    np.testing.assert_allclose(found, [12, 4], rtol=1e-9)
    assert all(shape in {(2,), f.shapes[1]} for shape in f.shapes)
    assert found.nfev <= 2 * (4 + 4) + 2  # four bear each out; the point itself, and one beside it to find out


def test_named_numbers():
    found = gradient(lambda x, y: x**2 * y, {"x": 3.0, "y": 2.0})
    np.testing.assert_allclose([found["x"], found["y"]], [12, 9], rtol=1e-12)
    assert partial(lambda x, y: math.exp(x) * y, "x", {"x": 0.0, "y": 2.0}).df == pytest.approx(2, rel=1e-12)
    np.testing.assert_allclose(gradient(lambda x, y: np.exp(x) * y, {"x": 0.0, "y": 2.0}, "dual"), [2, 1])


def test_what_f_raises_outside_its_domain_is_kept():
    found = gradient(lambda x: math.log(x[0]) + x[1], np.array([-1.0, 2.0]))
    assert set(found.status.tolist()) == {Status.OUTSIDE_DOMAIN}
    assert found.raised.startswith("ValueError")
    near = gradient(lambda x: math.log(x[0]) + x[1], np.array([1e-3, 2.0]))
    np.testing.assert_allclose(near, [1000, 1], rtol=1e-9)


def test_other_errors_are_passed_on():
    def broken(x):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        gradient(broken, np.array([1.0]))
    with pytest.raises(TypeError, match="callable"):
        gradient(3, np.array([1.0]))
    with pytest.raises(TypeError, match="one number"):
        gradient(lambda x: x**2, np.array([1.0, 2.0]))
    with pytest.raises(TypeError, match="one shape"):
        gradient(lambda x: np.zeros(2) if x[0] > 1 else 0.0, np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="real"):
        gradient(np.sum, np.array([1j]))
    with pytest.raises(ValueError, match="typed Function"):
        gradient(np.sum, np.array([1.0]), "reverse")
    with pytest.raises(ValueError, match="complex"):
        gradient(lambda x: math.sin(x[0]), np.array([1.0]), "complex")


def test_indices():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    f = lambda x: x[0, 1] ** 2 * x[1, 0]  # noqa: E731
    assert partial(f, (0, 1), x).df == pytest.approx(12)
    assert partial(lambda x: x[0] * x[1], 1, [2.0, 3.0]).df == pytest.approx(2)
    for wrong in ((2, 0), 5, "x"):
        with pytest.raises(TypeError, match=r"no variable|numbers"):
            partial(f, wrong, x)


def test_the_result_is_an_array():
    found = gradient(lambda x: np.sum(x**2, axis=0), np.array([1.0, 2.0]))
    assert np.asarray(found).tolist() == found.df.tolist()
    assert np.array(found, dtype=np.float32).dtype == np.float32
    assert found[1] == found.df[1]
    assert len(found) == 2


def test_complex_step_and_dual_numbers_of_arrays():
    x = np.array([0.3, -1.2, 2.0])
    for method in ("complex", "dual"):
        found = gradient(lambda x: np.sum(np.exp(x) * np.sin(x), axis=0), x, method)
        np.testing.assert_allclose(found, np.exp(x) * (np.sin(x) + np.cos(x)), rtol=1e-14)
    absolute = gradient(lambda x: np.abs(x[0]) + x[1], x, "complex")
    assert absolute.status[0] == Status.NOT_DIFFERENTIABLE


def test_many_variables():
    x = np.linspace(-1, 1, 300)
    found = gradient(lambda x: np.sum(np.cos(x), axis=0), x)
    np.testing.assert_allclose(found, -np.sin(x), atol=1e-12)


def test_jacobian_of_a_callable_beside_sympy():
    a, b, c = sympy.symbols("a b c")
    formulas = [a * b * c, sympy.sin(a * b), sympy.exp(c) / a, a**2 - b**3]
    at = {a: sympy.Rational(0.5), b: sympy.Rational(1.25), c: sympy.Rational(-0.75)}
    exact = np.array(sympy.Matrix(formulas).jacobian([a, b, c]).subs(at).evalf(30).tolist(), dtype=float)

    def vectorised(x):
        a, b, c = x
        return np.stack([a * b * c, np.sin(a * b), np.exp(c) / a, a**2 - b**3])

    def plain(x):
        a, b, c = x.tolist()
        return [a * b * c, math.sin(a * b), math.exp(c) / a, a**2 - b**3]

    for f in (vectorised, plain):
        found = jacobian(f, np.array([0.5, 1.25, -0.75]))
        assert found.df.shape == (4, 3)
        np.testing.assert_allclose(found, exact, atol=1e-12)
    for method, room in (("central", 1e-8), ("complex", 1e-14), ("dual", 1e-14)):
        if method != "dual":  # np.stack has no rule for dual numbers
            np.testing.assert_allclose(jacobian(vectorised, [0.5, 1.25, -0.75], method), exact, atol=room)
    matrix = np.arange(6.0).reshape(2, 3)
    np.testing.assert_allclose(jacobian(lambda x: matrix @ x, [1.0, 2.0, 3.0]), matrix, atol=1e-13)


def test_a_softmax_without_an_axis_is_not_taken_for_a_vectorising_one():
    def softmax(x):
        return np.exp(x) / np.exp(x).sum()

    x = np.array([0.1, 0.5, -0.3])
    p = softmax(x)
    np.testing.assert_allclose(jacobian(softmax, x), np.diag(p) - np.outer(p, p), atol=1e-13)


def test_a_kink_of_one_output_only():
    found = jacobian(lambda x: np.stack([np.abs(x[0]), x[0] * x[1]]), [0.0, 2.0])
    assert found.status[0, 0] == Status.KINK
    np.testing.assert_allclose(found.df[1], [2, 0], atol=1e-12)
    assert found.success.tolist() == [[False, True], [True, True]]
