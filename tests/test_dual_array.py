"""Dual numbers through NumPy's functions of arrays: every one beside differences of high order, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numdiff import Dual, derivative, gradcheck, gradient, jacobian, parse
from numdiff.blackbox.array_rules import COMPOSED, LINEAR, MATRICES, PRODUCTS, VALUES_ONLY

A = np.array([[1.0, -2.0, 0.5], [0.3, 1.7, -0.4], [2.0, 0.1, 1.1]])
b = np.array([0.3, -1.2, 2.0])
w = np.array([0.2, 0.5, 0.3])
X = np.array([0.7, -1.3, 1.9])


def iadd(x):
    y = x * 2
    y += x**2
    y -= 1
    return np.sum(y * b)


def imul(x):
    x *= x
    x /= 2
    return np.sum(x**2)


def setitem(x):
    y = x.copy()
    y[0] = x[1] * x[2]
    y[1:] += 1
    return np.sum(y**2)


def zeros_like(x):
    y = np.zeros_like(x)
    for i in range(3):
        y[i] = x[i] ** (i + 1)
    return y @ b


def views(x):
    y = x.reshape(3, 1)
    y[0] *= 2  # also changes x
    return np.sum(x**2)


LOSSES = {
    "matmul": lambda x: np.sum(A @ x),
    "quad": lambda x: x @ A @ x,
    "dot method": lambda x: x.dot(x),
    "inner": lambda x: np.inner(x, x * b),
    "vdot": lambda x: np.vdot(x, b * x),
    "einsum ij,j": lambda x: np.einsum("ij,j->i", A, x).sum(),
    "einsum trace": lambda x: np.einsum("ii", np.outer(x, x)),
    "cross": lambda x: np.sum(np.cross(x, b) ** 2),
    "convolve": lambda x: np.sum(np.convolve(x, b) ** 2),
    "norm": np.linalg.norm,
    "norminf": lambda x: np.linalg.norm(x, np.inf),
    "fro": lambda x: np.linalg.norm(np.outer(x, b)),
    "mean": lambda x: np.mean(x**2),
    "var": np.var,
    "var ddof": lambda x: np.var(x, ddof=1),
    "max method": lambda x: x.max(),
    "amax axis": lambda x: np.sum(np.amax(A * x, axis=0)),
    "prod": np.prod,
    "cumsum": lambda x: np.sum(np.cumsum(x) ** 2),
    "stack": lambda x: np.sum(np.stack([x, x**2]) ** 2),
    "concatenate": lambda x: np.sum(np.concatenate([x, b, x * x]) ** 2),
    "hstack": lambda x: np.sum(np.hstack([x, b]) ** 2),
    "append": lambda x: np.sum(np.append(x, x[0]) ** 2),
    "array list": lambda x: np.sum(np.array([x[0] * x[1], x[2]]) ** 2),
    "array nested": lambda x: np.sum(np.array([[x[0], 1.0], [2.0, x[1]]]) @ np.array([x[2], 3.0])),
    "iterate": lambda x: sum(t * t for t in x),
    "reshape": lambda x: np.sum(x.reshape(3, 1) @ x.reshape(1, 3)),
    "T": lambda x: np.sum(np.outer(x, b).T @ x),
    "swapaxes": lambda x: np.sum(np.swapaxes(A * x, 0, 1)[1] ** 2),
    "expand_dims": lambda x: np.sum(np.expand_dims(x, 0) ** 2),
    "ravel": lambda x: np.sum((A * x).ravel()[::2] ** 2),
    "index": lambda x: x[0] * x[-1],
    "fancy": lambda x: np.sum(x[[0, 0, 2]] ** 2),
    "reverse": lambda x: np.sum(x[::-1] * b),
    "take": lambda x: np.sum(np.take(x, [2, 0]) ** 2),
    "clip": lambda x: np.sum(np.clip(x, -0.5, 1) ** 2),
    "select": lambda x: np.sum(np.select([x > 1, x > 0], [x**2, x], 3 * x)),
    "argmax": lambda x: x[np.argmax(x)] ** 2,
    "sort": lambda x: np.sum(np.sort(x) * b),
    "median": lambda x: np.median(x) ** 2,
    "percentile": lambda x: np.percentile(x, 60) ** 2,
    "imul": imul,
    "zeros_like": zeros_like,
    "logsumexp": lambda x: np.max(x) + np.log(np.sum(np.exp(x - np.max(x)))),
    "crossentropy": lambda x: -np.log(np.exp(x[1]) / np.exp(x).sum()),
    "diag": lambda x: np.sum(np.diag(x) @ b),
    "trace": lambda x: np.trace(np.outer(x, x)),
    "triu": lambda x: np.sum(np.triu(np.outer(x, b))),
    "inv": lambda x: np.sum(np.linalg.inv(A + np.diag(x)) ** 2),
    "solve A": lambda x: np.sum(np.linalg.solve(A + np.outer(x, x), b)),
    "matrix_power": lambda x: np.trace(np.linalg.matrix_power(A * x, 3)),
    "cholesky": lambda x: np.sum(np.linalg.cholesky(np.outer(x, x) + 3 * np.eye(3))),
    "eigvalsh": lambda x: np.linalg.eigvalsh(np.outer(x, x) + np.diag(b))[0],
    "ediff1d": lambda x: np.sum(np.ediff1d(x) ** 2),
    "trapezoid": lambda x: np.trapezoid(x**2, [0, 1, 3]),
    "polyval": lambda x: np.polyval([1.0, 2.0, 3.0], x[0]),
    "average": lambda x: np.average(x**2, weights=w),
    "flip": lambda x: np.sum(np.flip(x) * b),
    "tile": lambda x: np.sum(np.tile(x, 2) ** 2),
    "pad": lambda x: np.sum(np.pad(x, 1) ** 2),
    "broadcast_to": lambda x: np.sum(np.broadcast_to(x, (2, 3)) ** 2),
    "array_split": lambda x: np.sum(np.array_split(x, 2)[0] ** 2),
    "atleast_2d": lambda x: np.sum(np.atleast_2d(x) @ A),
    "add.reduce": lambda x: np.add.reduce(x**2),
    "maximum.reduce": np.maximum.reduce,
    "multiply.outer": lambda x: np.sum(np.multiply.outer(x, b) ** 2),
    "maximum.accumulate": lambda x: np.sum(np.maximum.accumulate(x)),
    "nansum": lambda x: np.nansum(x**2),
    "mod": lambda x: np.sum(np.mod(x, 0.63)),
    "percent": lambda x: np.sum((x % 0.55) ** 2),
    "power neg": lambda x: x[1] ** 2 + x[0] ** b[2],
    "hypot": lambda x: np.hypot(x[0], x[1]),
    "sinc": lambda x: np.sinc(x).sum(),
    "nan_to_num": lambda x: np.sum(np.nan_to_num(x) ** 2),
    "astype": lambda x: np.sum(x.astype(float) ** 2),
    "real": lambda x: np.sum(np.real(x) ** 2),
    "delete": lambda x: np.sum(np.delete(x, 0) ** 2),
    "corrcoef": lambda x: np.corrcoef(x, b)[0, 1],
    "rot90": lambda x: np.sum(np.rot90(A * x)[0] ** 2),
    "sum axis": lambda x: np.sum(np.sum(A * x, axis=(0,)) ** 2),
    "len": lambda x: np.sum(x**2) / len(x),
    "allclose branch": lambda x: np.sum(x**2) if not np.allclose(x, 0) else 0.0,
    "isnan where": lambda x: np.sum(np.where(np.isnan(x), 0, x**2)),
    "ix_": lambda x: np.sum((A * x)[np.ix_([0, 1], [1, 2])] ** 2),
    "float_power": lambda x: np.sum(np.float_power(x, 2)),
    "vecdot": lambda x: np.vecdot(x, b),
    "linspace": lambda x: np.sum(np.linspace(x[0], x[1], 5) ** 2),
    "dstack": lambda x: np.sum(np.dstack([x, x]) ** 2),
    "compress": lambda x: np.sum(np.compress([True, False, True], x) ** 2),
    "choose": lambda x: np.sum(np.choose([0, 1, 0], [x, x**2])),
    "rmatmul": lambda x: np.sum(np.sin(x @ A)),
    "dot": lambda x: np.dot(x, b),
    "A.dot(x)": lambda x: A.dot(x).sum(),
    "outer": lambda x: np.sum(np.outer(x, b) ** 2),
    "tensordot": lambda x: np.sum(np.tensordot(A, x, axes=1) ** 2),
    "einsum quad": lambda x: np.einsum("i,ij,j", x, A, x),
    "kron": lambda x: np.sum(np.kron(x, b) ** 3),
    "cross2": lambda x: np.sum(np.cross(b, x * x)),
    "correlate": lambda x: np.sum(np.correlate(x, b, "full") ** 2),
    "norm1": lambda x: np.linalg.norm(x, 1),
    "norm3": lambda x: np.linalg.norm(x, 3),
    "norm axis": lambda x: np.sum(np.linalg.norm(A * x, axis=1)),
    "mean method": lambda x: (x**2).mean(),
    "std": lambda x: x.std(),
    "max": lambda x: np.max(x * b),
    "min": lambda x: np.min(x) ** 2,
    "ptp": np.ptp,
    "prod axis": lambda x: np.sum(np.prod(A * x, axis=1)),
    "cumprod": lambda x: np.sum(np.cumprod(x)),
    "stack scalars": lambda x: np.sum(np.stack([x[0], x[1] * x[2], 3.0]) ** 2),
    "vstack": lambda x: np.sum(np.vstack([x, b]) ** 2),
    "column_stack": lambda x: np.sum(np.column_stack([x, b]) @ np.ones(2)),
    "block": lambda x: np.sum(np.block([x, x[:1]]) ** 2),
    "asarray list": lambda x: np.linalg.norm(np.asarray([x[0], x[1] ** 2, 1.0])),
    "sum list": lambda x: sum([x[0] ** 2, x[1], x[2] ** 3]),
    "exp of array of duals": lambda x: np.sum(np.exp(np.array([x[0], x[1]]))),
    "reshape -1": lambda x: np.sum(np.reshape(x, (-1, 1)) ** 2),
    "transpose": lambda x: np.sum(np.transpose(A * x)[0] ** 2),
    "newaxis": lambda x: np.sum((x[:, None] - x[None, :]) ** 2),
    "squeeze": lambda x: np.sum(np.squeeze(x[None]) ** 2),
    "flatten": lambda x: np.sum((A * x).flatten() ** 3),
    "slice": lambda x: np.sum(x[1:] * x[:-1]),
    "mask": lambda x: np.sum(x[x > 0] ** 2),
    "ellipsis": lambda x: np.sum(x[..., 0] ** 2),
    "where": lambda x: np.sum(np.where(x > 0, x**2, -x)),
    "clip method": lambda x: np.sum(x.clip(-0.5, 1) ** 2),
    "piecewise": lambda x: np.sum(np.piecewise(x, [x < 0, x >= 0], [lambda t: t**2, lambda t: t**3])),
    "argmin method": lambda x: x[x.argmin()] ** 2,
    "argsort": lambda x: np.sum(x[np.argsort(x)] * b),
    "quantile": lambda x: np.quantile(x, 0.3) ** 2,
    "iadd": iadd,
    "setitem": setitem,
    "softmax": lambda x: np.sum(np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x))) * b),
    "relu": lambda x: np.sum(np.maximum(A @ x, 0) ** 2),
    "mlp": lambda x: np.sum(np.tanh(np.tanh(A @ x + b) @ A - b) ** 2),
    "diagonal": lambda x: np.sum(np.diagonal(np.outer(x, x))),
    "tril": lambda x: np.sum(np.tril(np.outer(x, x)) ** 2),
    "det": lambda x: np.linalg.det(A + np.diag(x)),
    "solve": lambda x: np.sum(np.linalg.solve(A, x) ** 2),
    "slogdet": lambda x: np.linalg.slogdet(A + np.diag(x))[1],
    "multi_dot": lambda x: np.linalg.multi_dot([x, A, x]),
    "pinv": lambda x: np.sum(np.linalg.pinv(np.outer(x, b) + A)),
    "diff": lambda x: np.sum(np.diff(x) ** 2),
    "np.gradient": lambda x: np.sum(np.gradient(x, 0.5) ** 2),
    "interp": lambda x: np.interp(x[0], [-1.0, 0.0, 2.0], b),
    "polyval coeffs": lambda x: np.polyval(x, 1.5),
    "average dual weights": lambda x: np.average(b, weights=x**2),
    "roll": lambda x: np.sum(np.roll(x, 1) * x),
    "repeat": lambda x: np.sum(np.repeat(x, 2) ** 2),
    "pad edge": lambda x: np.sum(np.pad(x, 2, mode="edge") ** 2),
    "split": lambda x: np.sum(np.split(x, [1])[1] ** 2),
    "meshgrid": lambda x: np.sum(np.meshgrid(x, b)[0] ** 2),
    "moveaxis": lambda x: np.sum(np.moveaxis(A * x, 0, 1)[0]),
    "multiply.reduce": np.multiply.reduce,
    "logaddexp.reduce": np.logaddexp.reduce,
    "subtract.outer": lambda x: np.sum(np.subtract.outer(x, x) ** 2),
    "add.accumulate": lambda x: np.sum(np.add.accumulate(x) ** 2),
    "nanmean": lambda x: np.nanmean(x * x),
    "floordiv": lambda x: np.sum(x // 0.63 * x),
    "abs": lambda x: np.abs(x).sum(),
    "x**y": lambda x: np.abs(x[0]) ** x[2],
    "arctan2": lambda x: np.arctan2(x[0], x[1]),
    "round": lambda x: np.sum(np.round(x) * x),
    "copy": lambda x: np.sum(np.copy(x) ** 2),
    "copysign": lambda x: np.sum(np.copysign(x**2, b)),
    "insert": lambda x: np.sum(np.insert(x, 1, x[0] ** 2) ** 2),
    "cov": lambda x: np.cov(x, b)[0, 1],
    "fft": lambda x: np.sum(np.abs(np.fft.fft(x)) ** 2),
    "sum keepdims": lambda x: np.sum(x / np.sum(x**2, keepdims=True)),
    "mean axis": lambda x: np.sum((A * x).mean(axis=1) ** 2),
    "shape": lambda x: np.sum(x) / x.shape[0],
    "any": lambda x: x[0] if np.any(x > 5) else x[1] ** 2,
    "unravel": lambda x: (A * x)[np.unravel_index(np.argmax(A), A.shape)],
    "heaviside": lambda x: np.sum(np.heaviside(x, 0.5) * x),
    "linalg.matmul": lambda x: np.sum(np.linalg.matmul(A, x[:, None]) ** 2),
    "linalg.vector_norm": np.linalg.vector_norm,
    "arange": lambda x: np.sum(np.arange(3) * x),
    "take_along_axis": lambda x: np.sum(np.take_along_axis(x, np.array([2, 1]), 0) ** 2),
    "extract": lambda x: np.sum(np.extract(x > 0, x) ** 2),
    "lstsq": lambda x: np.sum(np.linalg.lstsq(np.vstack([A, [1.0, 1, 2]]), np.append(x, 1.0), rcond=None)[0] ** 2),
    "views": views,
}
"""Losses of a vector of three, written as one would."""

WEIGHTS = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}


def differences(f, x, h=2e-3):
    """Return the gradient by central differences of the eighth order."""
    steps = [(weight * sign, sign * k * h) for k, weight in WEIGHTS.items() for sign in (1, -1)]
    return np.array([sum(weight * float(f(x + s * e)) for weight, s in steps) / h for e in np.eye(x.size)])


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_written_in_numpy(name):
    f, x = LOSSES[name], X.copy()
    found = gradient(f, x, "dual")
    np.testing.assert_allclose(found, differences(f, X), rtol=1e-8, atol=1e-9)
    assert found.success.all()
    np.testing.assert_array_equal(x, X)


@pytest.mark.parametrize(
    "name",
    ["inner", "zeros_like", "solve A", "logsumexp", "imul", "norm", "det", "einsum quad", "mlp", "cholesky", "interp"],
)
def test_second_derivatives_by_nesting(name):
    f = LOSSES[name]
    for which, along in enumerate(np.eye(3)):
        seed = Dual(Dual(X.copy(), along.copy()), Dual(along.copy(), np.zeros(3)))
        by_rule = f(seed).slope.slope
        by_differences = differences(lambda x, e=along: float(f(Dual(x.copy(), e.copy())).slope), X)[which]
        assert float(by_rule) == pytest.approx(by_differences, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("name", ["crossentropy", "logsumexp", "array list", "mlp", "relu"])
def test_the_gradient_check_of_a_loss_needs_no_gradient(name):
    assert gradcheck(LOSSES[name], X.copy()).torch


def test_jacobians_of_what_returns_arrays_and_lists():
    exact = [[X[1], X[0], 0], [0, 0, 2 * X[2]]]
    for f in (
        lambda x: np.stack([x[0] * x[1], x[2] ** 2]),
        lambda x: np.array([x[0] * x[1], x[2] ** 2]),
        lambda x: [x[0] * x[1], x[2] ** 2],
        lambda x: (x[0] * x[1], x[2] ** 2),
    ):
        np.testing.assert_allclose(jacobian(f, X, "dual"), exact, rtol=1e-14)
    np.testing.assert_allclose(jacobian(lambda x: A @ x, X, "dual"), A)
    np.testing.assert_array_equal(jacobian(lambda x: np.array([x[0], 1.0]), X, "dual"), [[1, 0, 0], [0, 0, 0]])


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (np.max, [math.nan, 0, math.nan]),
        (lambda x: np.sort(x)[2], [math.nan, 0, math.nan]),
        (lambda x: np.max(np.stack([x[0], x[0]])), [1, 0, 0]),
        (lambda x: np.interp(x[1], [0.0, 1.0, 2.0], [0.0, 1.0, 5.0]), [0, math.nan, 0]),
        (lambda x: np.interp(x[1], [0.0, 1.0, 2.0], [0.0, 1.0, 2.0]), [0, 1, 0]),
        (lambda x: np.linalg.norm(x - x), [0, 0, 0]),
        (lambda x: np.prod(x - 1), [0, 1, 0]),
    ],
)
def test_ties_and_corners(f, expected):
    """At (2, 1, 2): NaN where the sides differ, and 0 factors and 0 differences are no obstacle."""
    x = np.array([2.0, 1.0, 2.0])
    slopes = gradient(f, x, "dual").df
    np.testing.assert_array_equal(slopes, expected)


def test_singular_matrices_have_determinants():
    singular = np.array([[1.0, 2.0], [2.0, 4.0]])
    slopes = gradient(np.linalg.det, singular, "dual")
    np.testing.assert_allclose(slopes, [[4, -2], [-2, 1]], atol=1e-12)


def test_symmetric_eigenvalues():
    symmetric = A + A.T
    turned = np.linalg.eigh(symmetric)[1]
    found = jacobian(lambda t: np.linalg.eigvalsh(symmetric + np.diag(t)), np.zeros(3), "dual")
    np.testing.assert_allclose(found, (turned**2).T, rtol=1e-12)
    assert np.isnan(np.linalg.eigvalsh(Dual(np.eye(2), np.array([[0.0, 1.0], [1.0, 0.0]]))).slope).all()


def test_a_negative_base_has_whole_powers():
    assert gradient(lambda x, y: x**y, {"x": -2.0, "y": 2.0}, "dual")["x"] == -4
    assert gradient(lambda x: x[0] ** x[1], np.array([-2.0, 2.0]), "dual").df[0] == -4
    assert gradient(lambda x: x[0] ** x[1], np.array([-2.0, 3.0]), "dual").df[0] == 12
    assert not gradient(lambda x, y: x**y, {"x": -2.0, "y": 2.0}, "dual").success[1]
    assert gradient(parse("x^y"), {"x": -2.0, "y": 2.0}, "dual")["x"] == -4
    assert not derivative(lambda x: (-2.0) ** (x**2 + 2), 0.0, "dual").success  # a value, and none beside it


def test_what_has_a_slope_of_0_is_no_constant():
    found = derivative(lambda x: np.sqrt(x**2), 0.0, "dual")
    assert found.status == "kink"
    assert derivative(lambda x: np.cbrt(x**3), 0.0, "dual").df == pytest.approx(1, rel=1e-9)
    by_y = gradient(lambda x: np.sqrt(x[0]) + x[1], np.array([0.0, 2.0]), "dual")
    assert by_y.df[1] == pytest.approx(1, abs=1e-9)


def test_functions_that_are_not_elementwise_or_branch():
    assert derivative(lambda x: x * np.sum(x), 3.0, "dual").df == 6
    assert derivative(lambda x: x**2 if x > 0 else -x, 3.0, "dual").df == 6
    np.testing.assert_array_equal(derivative(lambda x: x**2 if x > 0 else -x, [3.0, -1.0], "dual").df, [6, -1])

    def doubled(x):
        x *= 2
        return x

    assert derivative(doubled, 3.0, "dual").df == 2


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (lambda x: math.sin(x[0]), "a dual number is no float"),
        (lambda x: np.unique(x)[0], r"np\.unique does not work"),
        (lambda x: np.linalg.svd(x[:, None])[1], r"np\.linalg\.svd does not work"),
        (lambda x: np.linalg.norm(np.outer(x, x), 2), "ord=2"),
        (lambda x: np.pad(x, 1, mode="maximum"), r"np\.pad with a mode"),
        (lambda x: np.var(x, where=[True, True, False]), r"np\.var does not work on dual numbers so"),
        (lambda x: np.roll(b, x[0]), "a dual number is no integer"),
        (lambda x: np.exp(x, where=x > 0), r"np\.exp with where"),
        (lambda x: np.add.reduceat(x, [0, 1]), r"np\.add\.reduceat"),
        (lambda x: np.add(b, x, out=np.zeros(3)), "cannot write dual numbers"),
        (lambda x: np.tile(b, x), r"np\.tile does not take dual numbers"),
        (lambda x: np.sum(x, out=np.zeros(())), "without out"),
        (np.modf, r"np\.modf has no rule"),
    ],
)
def test_what_has_no_rule_is_refused_by_name(f, message):
    with pytest.raises(TypeError, match=message):
        f(Dual(X.copy(), np.ones(3)))


def test_a_number_in_an_array_of_plain_ones_is_refused():
    def loss(x):
        y = np.zeros(3)
        y[0] = x[0]
        return y.sum()

    with pytest.raises(TypeError, match=r"np\.zeros_like"):
        gradient(loss, X, "dual")


def test_no_function_has_two_rules():
    tables = [LINEAR, PRODUCTS, VALUES_ONLY, COMPOSED, MATRICES]
    assert len(set().union(*tables)) == sum(map(len, tables))


def test_methods_and_attributes():
    x = Dual(np.arange(6.0).reshape(2, 3), np.ones((2, 3)))
    assert x.T.shape == (3, 2)
    assert [float(item.value) for item in x.flat] == list(range(6))
    assert x.item(1, 2).value == 5
    assert x.item(4).value == 4
    assert x[0, 1].item().value == 1
    assert x.tolist()[1][0].value == 3
    assert x.astype(np.float32).dtype == np.float32
    assert isinstance(x.astype(int), np.ndarray)
    assert (x.argmax(), x.real.slope.sum(), x.imag.slope.sum()) == (5, 6, 0)
    assert x.conj().shape == (2, 3)
    assert np.linalg.slogdet(Dual(2 * np.eye(2), np.eye(2))).logabsdet.slope == 1
    with pytest.raises(TypeError):
        iter(Dual(1.0))
    with pytest.raises(TypeError, match="deeper"):
        x[0, 0] = Dual(Dual(1.0))


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=9), st.integers(0, 8))
def test_a_folded_product_is_the_product(numbers, which):
    x, place = np.array(numbers), which % len(numbers)
    product = np.prod(Dual(x, np.eye(x.size)[place]))
    assert product.value == pytest.approx(np.prod(x), rel=1e-14, abs=1e-300)
    assert product.slope == pytest.approx(np.prod(np.delete(x, place)), rel=1e-14, abs=1e-300)
