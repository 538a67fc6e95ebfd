"""Hessians against SymPy, and what is said where there are none."""

import numpy as np
import pytest

from numdiff import Status, hessian, parse
from tests.gradient.cases import AT, TABLE, exact_hessian


@pytest.mark.parametrize(("text", "formula"), TABLE, ids=[text for text, _ in TABLE])
def test_hessians_beside_sympy(text, formula):
    if "|" in text or "max" in text:  # SymPy leaves derivatives of abs and max as deltas
        formula = formula.rewrite("Piecewise")
    f = parse(text)
    at = {name: AT[name] for name in f.variables}
    exact = exact_hessian(formula, f.variables, AT)
    size = max(1.0, np.linalg.norm(exact))
    found, sharp = hessian(f, at), hessian(f, at, "dual")
    assert np.linalg.norm(found.df - exact) <= 1e-7 * size  # half the digits of f'' are lost where f changes fast
    np.testing.assert_array_equal(found.df, found.df.T)
    np.testing.assert_array_equal(sharp.df, sharp.df.T)
    is_analytic = "|" not in text and "max" not in text
    assert np.linalg.norm(sharp.df - exact) <= (1e-13 if is_analytic else 1e-7) * size


def test_a_hessian_of_a_callable():
    a = np.array([[2.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 1.0]])
    x = np.array([0.5, -1.0, 2.0])
    for f in (lambda x: x @ a @ x / 2, lambda x: np.sum(x * np.tensordot(a, x, 1), axis=0) / 2):
        found = hessian(f, x)
        np.testing.assert_allclose(found, a, atol=1e-11)
        assert found.success.all()
    assert found.calls <= 3
    np.testing.assert_allclose(hessian(lambda x: np.sum(x**4, axis=0), 2.0), [[48.0]], rtol=1e-9)


def test_names_of_a_hessian():
    found = hessian(parse("x^2 y^3"), {"x": 2, "y": 1})
    assert found["x", "y"] == found["y", "x"] == pytest.approx(12)
    np.testing.assert_allclose(found["y"], [12, 24], rtol=1e-9)


def test_where_there_is_no_second_derivative():
    found = hessian(parse("|x| y + y^2"), {"x": 0, "y": 2})
    assert found.status.tolist() == [[Status.KINK, Status.KINK], [Status.KINK, Status.CONVERGED]]
    assert found["y", "y"] == pytest.approx(2)
    assert np.isnan(found["x", "y"])
    bent = hessian(parse("x |x| + y^2"), {"x": 0, "y": 2})
    assert bent.status[0, 0] == Status.NOT_DIFFERENTIABLE
    assert bent["x", "y"] == pytest.approx(0, abs=1e-9)
    outside = hessian(parse("x ln y"), {"x": 1, "y": -1})
    assert not outside.success.any()


def test_what_may_not_be_asked():
    with pytest.raises(ValueError, match="method must be"):
        hessian(parse("x y"), {"x": 1, "y": 2}, "central")
    with pytest.raises(ValueError, match="typed"):
        hessian(np.sum, [1.0], "dual")
    with pytest.raises(ValueError, match="one point"):
        hessian(parse("x y"), {"x": [1, 2], "y": 2})
    with pytest.raises(TypeError, match="one number"):
        hessian(lambda x: x, [1.0, 2.0])


@pytest.mark.parametrize("scale", [1e-6, 1e-4, 1e-3])
@pytest.mark.parametrize("other", [1e-6, 1e-3, 1.0, 1e3])
def test_a_scale_for_each_variable(scale, other):
    a, b = 0.3, 0.5
    found = hessian(
        lambda v: np.exp(-((v[0] / scale) ** 2) - (v[1] / other) ** 2 + v[0] * v[1] / scale / other),
        [a * scale, b * other],
    )
    p, q = b - 2 * a, a - 2 * b
    exact = np.exp(-a * a - b * b + a * b) * np.array([[p * p - 2, p * q + 1], [p * q + 1, q * q - 2]])
    exact /= np.outer([scale, other], [scale, other])
    assert found.success.all()
    assert np.all(np.abs(found.df - exact) <= 2 * found.error)
    np.testing.assert_allclose(found.df, exact, rtol=1e-8)


def test_no_success_at_an_edge():
    found = hessian(lambda v: np.where(v[0] < 0, np.nan, np.exp(v[0]) * v[1]), [0.0, 1.0])
    assert np.all(np.isfinite(found.df) | ~found.success)
