"""Products with derivatives, bounds, further arguments, and containers of arrays as the point."""

import math

import numpy as np
import pandas as pd
import pytest

from numdiff import (
    directional_derivative,
    gradcheck,
    gradient,
    hessian,
    hvp,
    jacobian,
    jvp,
    parse,
    partial,
    vjp,
)

A = np.array([[1.0, -2.0, 0.5], [0.3, 1.7, -0.4]])
X = np.array([0.7, -1.3, 1.9])
V = np.array([1.0, 0.5, -2.0])


def several(x):
    return np.stack([x[0] * x[1], np.sin(x[2]) * x[0], x[1] ** 3, np.exp(x[0] - x[2])])


def alone(x):
    return A @ np.tanh(x)


def listed(x):
    return [x[0] * x[1], math.sin(x[2]) * x[0]]


VECTORS = {"several": several, "alone": alone, "listed": listed, "matrix": lambda x: np.outer(x, x) * x[0]}


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("method", ["auto", "central", "central6", "complex", "dual"])
def test_products_are_those_with_the_jacobian(name, method):
    f = VECTORS[name]
    if name == "listed" and method in {"complex", "dual"}:
        return
    matrix = jacobian(f, X).df
    room = {"rtol": 1e-7, "atol": 1e-8} if method == "central" else {"rtol": 1e-10, "atol": 1e-11}
    along, weights = jvp(f, X, V, method), np.arange(1.0, matrix[..., 0].size + 1).reshape(matrix.shape[:-1])
    np.testing.assert_allclose(along, matrix @ V, **room)
    np.testing.assert_allclose(vjp(f, X, weights, method), np.tensordot(weights, matrix, weights.ndim), **room)
    assert along.success.all()
    if method == "auto":
        exact = jvp(f, X, V, "dual").df if name != "listed" else jvp(several, X, V, "dual").df[:2]
        assert np.all(np.abs(along.df - exact) <= along.error)
        whole = directional_derivative(f, X, V)
        np.testing.assert_allclose(whole.df, matrix @ V, **room)
        assert whole.success.all()


def test_typed_functions_and_names():
    fs, at, v = [parse("x y"), parse("x^2 + y")], {"x": 3.0, "y": 2.0}, {"x": 1.0, "y": 0.5}
    for method in ("auto", "dual", "reverse", "central4"):
        np.testing.assert_allclose(jvp(fs, at, v, method), [3.5, 6.5], rtol=1e-9)
        np.testing.assert_allclose(jvp(fs[0], at, v, method), 3.5, rtol=1e-9)
    np.testing.assert_allclose(jvp(lambda x, y: x * y, at, {"x": 1.0}), 2, rtol=1e-12)
    np.testing.assert_allclose(vjp(lambda x, y: np.stack([x * y, x]), at, [1.0, 2.0])["x"], 4, rtol=1e-12)


@pytest.mark.parametrize("method", ["auto", "dual"])
def test_hessian_and_vector(method):
    f = lambda x: np.sin(x[0] * x[1]) + np.sum(x**3, axis=0)  # noqa: E731
    found = hvp(f, X, V, method)
    exact = hessian(f, X).df @ V
    np.testing.assert_allclose(found, exact, rtol=1e-8)
    assert np.all(np.abs(found.df - exact) <= found.error + hessian(f, X).error @ np.abs(V))
    np.testing.assert_allclose(hvp(parse("x^2 y"), {"x": 3.0, "y": 2.0}, {"x": 1.0}, method), [4, 6], rtol=1e-9)
    np.testing.assert_allclose(hvp(lambda x, y: x**2 * y, {"x": 3.0, "y": 2.0}, {"x": 1.0}, method), [4, 6], rtol=1e-9)


def test_a_matrix_as_the_point():
    m, v = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0, 0.0], [2.0, 1.0]])
    found = hvp(lambda m: np.trace(m @ m @ m), m, v, "dual")
    np.testing.assert_allclose(found, 3 * (m @ v + v @ m).T, rtol=1e-13)
    np.testing.assert_allclose(jvp(np.linalg.inv, m, v, "dual"), -np.linalg.inv(m) @ v @ np.linalg.inv(m), rtol=1e-13)


def test_a_kink_is_no_second_derivative():
    found = hvp(lambda x: abs(x[0]) + x[1] ** 2, [0.0, 1.0], [1.0, 1.0])
    assert found.status.tolist() == ["kink", "kink"]
    assert not found.success.any()
    assert not hvp(lambda x: np.abs(x[0]) + x[1] ** 2, [0.0, 1.0], [1.0, 1.0], "dual").success[0]


def test_bounds():
    asked = []

    def f(x):
        asked.append(np.min(x[0]))
        return np.sqrt(x[0]) * x[0] ** 2 + x[1] ** 2

    for bounds in ([(0, None), None], {0: (0, None)}, (0, None)):
        found = gradient(f, [0.0, 1.0], bounds=bounds if not isinstance(bounds, dict) else [bounds[0], (None, 9)])
        np.testing.assert_allclose(found, [0, 2], atol=1e-8)
        assert found.status[0] == "one_sided"
    assert min(asked) >= 0
    named = gradient(lambda x, y: math.exp(x) * y, {"x": 0.0, "y": 1.0}, bounds={"x": (0, None)})
    assert named.status.tolist() == ["one_sided", "converged"]
    np.testing.assert_allclose(named, [1, 1], rtol=1e-8)
    typed = gradient(parse("e^x y"), {"x": 0.0, "y": 1.0}, bounds={"x": (0, None)})
    np.testing.assert_allclose(typed, [1, 1], rtol=1e-8)
    assert typed.status.tolist() == ["one_sided", "converged"]
    assert partial(parse("e^x y"), "x", {"x": 0.0, "y": 1.0}, bounds={"x": (0, None)}).status == "one_sided"
    np.testing.assert_allclose(jacobian(several, [0.0, 1.0, 2.0], bounds=(0, None)).df[0], [1, 0, 0], atol=1e-8)
    np.testing.assert_allclose(
        hessian(lambda x: x[0] ** 3 * x[1], [1.0, 2.0], bounds=(0, 3)), [[12, 3], [3, 0]], rtol=1e-9
    )
    assert gradient(lambda x: x[0], [5.0], bounds=(0, 1)).status.tolist() == ["outside_domain"]
    np.testing.assert_allclose(gradient(lambda x: np.exp(x[0]), [1.0], "complex", bounds=(0, 1)), [math.e])


@pytest.mark.parametrize(
    ("bounds", "error", "message"),
    [
        (5, TypeError, r"bounds must be a pair \(low, high\), or one for each variable, got 5"),
        ([(0, 1)] * 3, ValueError, "bounds must be one pair or 2 of them, got 3"),
        ((1, 0), ValueError, "the lower one first"),
        ([(0, "a"), None], TypeError, "domain must be a pair of numbers"),
    ],
)
def test_wrong_bounds(bounds, error, message):
    with pytest.raises(error, match=message):
        gradient(lambda x: x[0], [0.5, 0.5], bounds=bounds)


def test_further_arguments():
    f = lambda x, a, b=0.0: a * np.sum(x**2, axis=0) + b  # noqa: E731
    for method in ("auto", "dual", "central"):
        np.testing.assert_allclose(gradient(f, [1.0, 2.0], method, args=(3.0,)), [6, 12], rtol=1e-8)
    np.testing.assert_allclose(hessian(f, [1.0, 2.0], args=(3.0,), kwargs={"b": 1.0}), [[6, 0], [0, 6]], atol=1e-8)
    np.testing.assert_allclose(gradient(lambda x, y, a: a * x * y, {"x": 1.0, "y": 2.0}, kwargs={"a": 3.0}), [6, 3])
    assert gradcheck(f, [1.0, 2.0], args=(3.0,)).torch
    assert gradcheck(f, [1.0, 2.0], args=(3.0,), gradient=lambda x, a: 2 * a * np.asarray(x)).torch
    np.testing.assert_allclose(jvp(f, [1.0, 2.0], [1.0, 0.0], args=(3.0,)), 6, rtol=1e-12)
    np.testing.assert_allclose(hvp(f, [1.0, 2.0], [1.0, 0.0], "dual", args=(3.0,)), [6, 0])
    np.testing.assert_allclose(directional_derivative(f, [1.0, 2.0], [1.0, 0.0], args=(3.0,)).df, 6, rtol=1e-12)
    np.testing.assert_allclose(partial(f, 1, [1.0, 2.0], args=(3.0,)).df, 12, rtol=1e-12)


def loss(p):
    return np.sum(np.tanh(p["W"] @ X + p["b"]) ** 2) * p["scale"]


PARAMETERS = {"W": A, "b": np.array([0.1, -0.2]), "scale": 2.0}


@pytest.mark.parametrize("method", ["auto", "dual"])
def test_containers(method):
    inner = np.tanh(A @ X + PARAMETERS["b"])
    by_b = 2.0 * 2 * inner * (1 - inner**2)
    exact = {"W": np.outer(by_b, X), "b": by_b, "scale": np.sum(inner**2)}
    for f in (loss, lambda W, b, scale: loss({"W": W, "b": b, "scale": scale})):  # noqa: N803
        found = gradient(f, PARAMETERS, method)
        for name, wanted in exact.items():
            np.testing.assert_allclose(found.df[name], wanted, rtol=1e-9, atol=1e-12)
            assert np.all(found.success[name])
            assert np.shape(found.error[name]) == np.shape(wanted)
    as_list = gradient(lambda p: loss({"W": p[0], "b": p[1][0], "scale": p[1][1]}), [A, (PARAMETERS["b"], 2.0)], method)
    assert isinstance(as_list.df, list)
    assert isinstance(as_list.df[1], tuple)
    np.testing.assert_allclose(as_list.df[0], exact["W"], rtol=1e-9)
    np.testing.assert_allclose(as_list.df[1][1], exact["scale"], rtol=1e-9)


def test_names_are_no_container():
    """Values by name are many points, as before; a function of one mapping gets it."""
    many = gradient(lambda x, y: x * y, {"x": [1.0, 2.0], "y": 3.0})
    np.testing.assert_allclose(many.df, [[3, 3], [1, 2]], rtol=1e-12)
    one = gradient(lambda p: p["x"] * p["y"], {"x": 1.0, "y": 2.0})
    assert one.df == pytest.approx({"x": 2.0, "y": 1.0})
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        gradient(lambda x, y: x * y, {"a": 1.0, "b": 2.0})


def test_labels_are_kept():
    found = gradient(lambda s: s["a"] ** 2 * s["b"], pd.Series([1.0, 2.0], index=["a", "b"]))
    assert found.df.index.tolist() == ["a", "b"]
    assert found.df["a"] == pytest.approx(4)


@pytest.mark.parametrize("f", [np.maximum, math.hypot, np.hypot, math.pow, np.arctan2])
def test_functions_that_take_their_arguments_by_place(f):
    found = gradient(f, {"x": 3.0, "y": 4.0})
    exact = gradient(lambda x, y: f(x, y) + 0.0, {"x": 3.0, "y": 4.0})
    np.testing.assert_array_equal(found.df, exact.df)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: vjp(several, X, [1.0, 2.0]),
            ValueError,
            r"v must have the shape of the values of f, \(4,\), got \(2,\)",
        ),
        (lambda: vjp(several, X, [math.nan] * 4), ValueError, "v must be finite"),
        (lambda: jvp(several, X, [0.0, 0.0, 0.0]), ValueError, "v must be finite and not 0"),
        (lambda: jvp(several, X, [1.0]), ValueError, r"v must have the shape \(3,\), got \(1,\)"),
        (lambda: hvp(several, X, V, "dual"), TypeError, "f must return one number"),
        (lambda: hvp(several, X, V), TypeError, "f must return one number"),
        (
            lambda: jvp(lambda x: x, {"x": [1.0, 2.0]}, {"x": 1.0}),
            ValueError,
            r"at must be one point, got values of shape",
        ),
        (lambda: hessian(lambda x: x, {"x": [1.0, 2.0]}), ValueError, "at must be one point for a Hessian"),
        (lambda: directional_derivative(loss, [1.0], "a"), ValueError, "direction must be real numbers"),
        (
            lambda: gradcheck(lambda x: x[0] ** 2, [1.0], atol=-1),
            ValueError,
            "atol must be finite and at least 0, got -1",
        ),
        (lambda: gradient(loss, PARAMETERS, kwargs=3), TypeError, "kwargs must be a mapping"),
    ],
)
def test_wrong_calls(call, error, message):
    with pytest.raises(error, match=message):
        call()
