"""The methods with one step: difference quotients, Ridders' table, the complex step, dual numbers."""

import math

import mpmath
import numpy as np
import pytest

from numdiff.derivative.api import derivative
from numdiff.derivative.one_method import scheme_of
from numdiff.derivative.richardson import richardson_table
from numdiff.difference.complex_step import complex_step
from numdiff.difference.schemes import SCHEMES
from numdiff.error.model import optimal_step, taylor_terms
from numdiff.function import parse
from numdiff.gradient.first import gradient
from tests.derivative_cases import ANALYTIC, cases

# formula, point and derivative: smooth functions of moderate size, for the low precisions
EASY = [
    ("3x e^x", 2.0),
    ("sin x", 1.0),
    ("e^x", 0.0),
    ("e^(-x)", 3.0),
    ("ln x", 2.0),
    ("x^3", 1.5),
    ("1/x", 4.0),
    ("e^(-x^2)", 0.5),
    ("arctan x", 0.75),
    ("tanh x", 1.0),
    ("x^7 - 3x^3 + x", 1.125),
    ("1/(1+e^(-x))", 0.5),
    ("x sin(x)", -2.0),
    ("sqrt(x)", 2.0),
    ("cos x", 0.5),
    ("x ln(x)", 3.0),
]


@pytest.mark.parametrize("method", ["complex", "dual"])
def test_without_subtraction_all_digits_are_right(method):
    errors = []
    for _, f, x, exact in cases(ANALYTIC):
        result = derivative(f, x, method=method)
        error = abs(mpmath.mpf(result.df) - exact)
        errors.append(float(error / abs(exact)) if exact else float(error))
        assert error <= result.error + np.spacing(abs(float(exact)))
    assert np.median(errors) < 1e-15


@pytest.mark.parametrize(("dtype", "bar"), [("float16", 8e-3), ("bfloat16", 4e-2), ("float32", 3e-5)])
def test_central_in_low_precision_at_the_optimal_step(dtype, bar):
    errors = []
    for text, x in EASY:
        f = parse(text)
        exact = taylor_terms(f, x, 4)
        assert exact[3] != 0
        result = derivative(f, x, method="central", step=optimal_step(f, x, "central", dtype).step, dtype=dtype)
        errors.append(abs(result.df - exact[1]) / abs(exact[1]))
    assert np.median(errors) <= bar


@pytest.mark.parametrize("method", ["forward", "backward", "central"])
def test_order_of_accuracy(method):
    for order in (2, 4, 6, 8):
        errors = [
            abs(derivative(np.exp, 0.5, method=method, order=order, step=step).df - math.exp(0.5))
            for step in (0.2, 0.1)
        ]
        assert math.log2(errors[0] / errors[1]) == pytest.approx(order, abs=0.7)  # the next term is not negligible yet
        assert derivative(np.exp, 0.5, method=method, order=order).order == order


@pytest.mark.parametrize(
    ("method", "order", "name"), [("forward", 1, "forward"), ("backward", 2, "backward3"), ("central", 4, "central4")]
)
def test_schemes_are_those_of_the_catalogue(method, order, name):
    ours, theirs = scheme_of(method, order), SCHEMES[name]
    assert (ours.offsets, ours.weights) == (theirs.offsets, theirs.weights)


@pytest.mark.parametrize(
    ("method", "bar"), [("forward", 1e-7), ("backward", 1e-7), ("central", 1e-9), ("richardson", 1e-13)]
)
def test_default_steps(method, bar):
    errors, covered = [], []
    for _, f, x, exact in cases(["sin", "exp", "tanh", "bell", "1/(1+x^2)", "sigmoid", "log", "cos", "x^3 - 2x"]):
        result = derivative(f, x, method=method)
        errors.append(float(abs(mpmath.mpf(result.df) - exact)))
        covered.append(errors[-1] <= result.error)
        assert result.status == "converged"
    assert np.median(errors) <= bar
    assert np.mean(covered) >= 0.85  # estimates from one or two steps can be deceived


def test_sides_of_one_sided_quotients():
    forward, backward = (derivative(np.abs, 0.0, method=method) for method in ("forward", "backward"))
    assert (forward.df, forward.right) == (1, 1)
    assert (backward.df, backward.left) == (-1, -1)
    assert math.isnan(forward.left)
    assert math.isnan(backward.right)


def test_outside_the_domain():
    for method in ("forward", "central", "richardson", "complex", "dual"):
        result = derivative(np.log, -1.0, method=method)
        assert (result.status, result.success) == ("outside_domain", False)
        assert math.isnan(result.df)


def test_the_step_taken_is_divided_by():
    # 3 ± 1e-4 are rounded; the nominal quotient is 6.000000000012662
    assert derivative(lambda x: x**2, 3.0, method="central", step=1e-4).df == pytest.approx(6, abs=2e-12)
    assert derivative(lambda x: 2 * x, 0.1, method="forward", step=1e-5).df == 2


def test_complex_step():
    # W. Squire, G. Trapp 1998: e^x/(sin³x + cos³x) at 1.5
    def f(x):
        return np.exp(x) / (np.sin(x) ** 3 + np.cos(x) ** 3)

    assert complex_step(f, 1.5) == pytest.approx(3.6220337007163260426, rel=3e-16)
    np.testing.assert_allclose(complex_step(np.exp, [[0, 1], [2, 3]]), np.exp([[0, 1], [2, 3]]), rtol=3e-16)
    assert complex_step(np.exp, np.float32(1)).dtype == np.float32
    assert complex_step(np.sin, 0.0) == 1
    assert complex_step(np.log, 1e-300) == pytest.approx(1e300, rel=3e-16)
    assert complex_step(np.exp, 1.0, step=1e-3) == pytest.approx(math.e, rel=1e-6)
    assert math.isnan(complex_step(np.log, -1.0))
    assert math.isnan(complex_step(np.abs, 1.0))
    with pytest.raises(ValueError, match="f must accept complex numbers"):
        complex_step(math.exp, 1.0)
    with pytest.raises(ValueError, match=r"^step must be finite and more than 0, got -1"):
        complex_step(np.exp, 1.0, step=-1)


def test_what_is_not_analytic():
    result = derivative(np.abs, 1.0, method="complex")
    assert (result.status, result.reason) == ("not_differentiable", "not_analytic")


def test_dual_numbers_on_functions():
    result = derivative(parse("|x| + sqrt(x)"), [4.0, 0.0, -1.0], method="dual")
    np.testing.assert_allclose(result.df, [1.25, np.nan, np.nan])
    assert result.status.tolist() == ["converged", "not_differentiable", "outside_domain"]
    assert result.reason.tolist() == ["", "vertical_tangent_at_domain_edge", "undefined"]
    assert derivative(parse("5"), 1.0, method="dual").df == 0
    assert derivative(lambda x: 5.0, 1.0, method="dual").df == 0
    assert derivative(parse("|x|"), 0.0, method="dual").status == "kink"
    with pytest.raises(TypeError):
        derivative(math.exp, 1.0, method="dual")


def test_richardson_table():
    table = richardson_table(np.sin, 1.0, step=0.8, ratio=2, rows=6)
    exact = math.cos(1)
    central = [(math.sin(1 + h) - math.sin(1 - h)) / (2 * h) for h in table.steps]
    np.testing.assert_allclose(table.steps, 0.8 / 2.0 ** np.arange(6))
    np.testing.assert_allclose(table.entries[:, 0], central, rtol=1e-13)
    np.testing.assert_allclose(table.entries[1, 1], (4 * central[1] - central[0]) / 3, rtol=1e-13)
    assert np.isnan(table.entries[np.triu_indices(6, 1)]).all()
    diagonal = np.abs(np.diag(table.entries) - exact)
    assert (diagonal[1:5] < diagonal[:4] / 20).all()
    row, column = table.best
    assert abs(table.entries[row, column] - exact) < 1e-14
    assert table.at_best(table.entries) == table.entries[row, column]
    # the error of the first column falls by four from row to row
    np.testing.assert_allclose((table.entries[:-1, 0] - exact) / (table.entries[1:, 0] - exact), 4, rtol=0.03)
    assert table.nfev == 12


def test_richardson_table_of_an_array():
    x = np.array([[0.5, 1.0, 2.0]])
    table = richardson_table(np.exp, x)
    assert table.entries.shape == (1, 3, 10, 10)
    np.testing.assert_allclose(table.at_best(table.entries), np.exp(x), rtol=1e-13)
    np.testing.assert_allclose(richardson_table(math.exp, 1.0).entries, table.entries[0, 1], rtol=1e-11)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ratio": 1.0}, "ratio must be finite and more than 1, got 1.0"),
        ({"rows": 1}, "rows must be at least 2, got 1"),
        ({"step": -1.0}, "step must be finite and more than 0, got -1.0"),
    ],
)
def test_bad_tables(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        richardson_table(np.sin, 1.0, **arguments)


STEP = ("forward", "backward", "central", "richardson")
WITHOUT_DERIVATIVE = {
    "abs": np.abs,
    "relu": lambda x: np.maximum(x, 0),
    "sign": np.sign,
    "cube root": np.cbrt,
    "pole": lambda x: 1 / (x - 1e-9),
    "many periods": lambda x: np.sin(1e8 * (x + 0.3)),
}


@pytest.mark.parametrize("method", STEP)
@pytest.mark.parametrize("name", WITHOUT_DERIVATIVE)
def test_what_the_nodes_do_not_see_is_not_claimed(method, name):
    result = derivative(WITHOUT_DERIVATIVE[name], 0.0, method)
    assert (result.status, result.success) == ("unverified", False)
    assert math.isfinite(result.df)


@pytest.mark.parametrize("method", STEP)
@pytest.mark.parametrize("f", [np.sin, np.exp, np.tanh, np.arctan, lambda x: x * x, lambda x: 0 * x + 5, lambda x: x])
def test_what_is_smooth_is_verified(method, f):
    x = np.append(np.random.default_rng(3).uniform(-3, 3, 100), [0, 1, 2])
    assert derivative(f, x, method).success.all()


@pytest.mark.parametrize("method", ["forward", "central", "central4"])
def test_schemes_claim_no_more_of_a_gradient(method):
    found = gradient(lambda v: np.abs(v[0]) + np.maximum(v[1], 0) + v[2] ** 2, [0.0, 0.0, 1.0], method)
    assert [str(status) for status in found.status] == ["unverified", "unverified", "converged"]
    assert found.success.tolist() == [False, False, True]
