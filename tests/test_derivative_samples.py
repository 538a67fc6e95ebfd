"""The derivative of sampled data: formulas beside exact weights, errors that cover, and what samples may be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numdiff import derivative_of_samples, finite_difference_weights

RNG = np.random.default_rng(20)
GRIDS = {
    "even": lambda n: np.linspace(0, 3, n),
    "random": lambda n: np.sort(np.random.default_rng(n).uniform(0, 3, n)),
    "Chebyshev": lambda n: 1.5 - 1.5 * np.cos(np.pi * np.arange(n) / (n - 1)),
    "geometric": lambda n: np.geomspace(0.01, 3, n),
}
FUNCTIONS = {
    "sin": (np.sin, [np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x)]),
    "exp": (np.exp, [np.exp] * 3),
    "rational": (
        lambda x: 1 / (1 + x * x),
        [
            lambda x: -2 * x / (1 + x * x) ** 2,
            lambda x: (6 * x * x - 2) / (1 + x * x) ** 3,
            lambda x: 24 * x * (1 - x * x) / (1 + x * x) ** 4,
        ],
    ),
    "fast": (
        lambda x: np.sin(5 * x),
        [lambda x: 5 * np.cos(5 * x), lambda x: -25 * np.sin(5 * x), lambda x: -125 * np.cos(5 * x)],
    ),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("grid", GRIDS)
def test_the_errors_cover(name, grid):
    f, slopes = FUNCTIONS[name]
    covered = []
    for n in (8, 20, 60, 400):
        for noise in (0, 1e-6, 1e-3):
            for order in (1, 2, 3):
                x = GRIDS[grid](n)
                y = f(x) + noise * RNG.normal(size=n)
                found = derivative_of_samples(x, y, order)
                covered.append(np.abs(found.df - slopes[order - 1](x)) <= found.error)
    assert np.concatenate(covered).mean() >= 0.98


@pytest.mark.parametrize("name", ["sin", "rational"])
@pytest.mark.parametrize("grid", GRIDS)
def test_better_than_the_formula_of_the_second_order(name, grid):
    f, slopes = FUNCTIONS[name]
    x = GRIDS[grid](60)
    found = derivative_of_samples(x, f(x))
    plain = np.abs(np.gradient(f(x), x) - slopes[0](x)).max()
    assert np.abs(found.df - slopes[0](x)).max() < plain / 20
    assert found.success.all()


@given(
    st.lists(st.integers(-40, 40), min_size=4, max_size=9, unique=True),
    st.integers(1, 3),
    st.integers(0, 8),
)
def test_the_weights_are_the_exact_ones(places, order, which):
    """With all samples in one formula, its derivative is that of the polynomial through them."""
    x = np.array(sorted(places), dtype=float)
    accuracy, at = x.size - order, which % x.size
    y = np.cos(x)
    exact = [float(weight) for weight in finite_difference_weights(list(x - x[at]), order)]
    found = derivative_of_samples(x, y, order, accuracy=accuracy)
    assert found.df[at] == pytest.approx(np.dot(exact, y), rel=1e-9, abs=1e-10 * np.abs(exact).sum())


def test_polynomials_are_exact():
    x = np.sort(RNG.uniform(-1, 2, 12))
    for order in range(1, 5):
        for accuracy in (2, 3, 4):
            p = np.poly1d(RNG.normal(size=order + accuracy))
            found = derivative_of_samples(x, p(x), order, accuracy=accuracy)
            np.testing.assert_allclose(found.df, p.deriv(order)(x), atol=1e-6 * np.abs(p.deriv(order)(x)).max())


def test_the_order_of_the_samples_does_not_matter():
    x = np.linspace(0, 2, 30)
    mixed = RNG.permutation(30)
    there, back = derivative_of_samples(x, np.sin(x)), derivative_of_samples(x[mixed], np.sin(x[mixed]))
    np.testing.assert_array_equal(back.df, there.df[mixed])
    np.testing.assert_array_equal(derivative_of_samples(x[::-1], np.sin(x[::-1])).df, there.df[::-1])


def test_tables_and_distances():
    x = np.linspace(0, 2, 41)
    table = np.stack([np.sin(x), np.exp(x), x**2])
    found = derivative_of_samples(x, table)
    assert found.df.shape == found.error.shape == found.status.shape == (3, 41)
    np.testing.assert_allclose(found.df, np.stack([np.cos(x), np.exp(x), 2 * x]), atol=1e-6)
    np.testing.assert_array_equal(derivative_of_samples(x, table.T, axis=0).df, found.df.T)
    np.testing.assert_allclose(
        derivative_of_samples(0.05, table, 2).df, np.stack([-np.sin(x), np.exp(x), 2 + 0 * x]), atol=1e-4
    )
    np.testing.assert_allclose(derivative_of_samples(1, [0, 1, 4, 9, 16]).df, [0, 2, 4, 6, 8], atol=1e-12)


def test_missing_samples():
    x = np.linspace(0, 2, 41)
    y = np.sin(x)
    y[[3, 20]] = np.nan
    found = derivative_of_samples(x, np.stack([y, np.cos(x)]))
    assert np.flatnonzero(np.isnan(found.df[0])).tolist() == [3, 20]
    assert found.status[0, 3] == "outside_domain"
    np.testing.assert_allclose(np.delete(found.df[0], [3, 20]), np.delete(np.cos(x), [3, 20]), atol=1e-6)
    np.testing.assert_allclose(found.df[1], -np.sin(x), atol=1e-6)
    masked = derivative_of_samples(x, np.ma.array(np.sin(x), mask=np.isnan(y)))
    assert masked.df.mask.tolist() == np.isnan(y).tolist()
    np.testing.assert_array_equal(masked.df.compressed(), np.delete(found.df[0], [3, 20]))


def test_labels_are_kept():
    y = pd.Series(np.linspace(0, 1, 9) ** 2, index=list("abcdefghi"))
    found = derivative_of_samples(np.linspace(0, 1, 9), y)
    assert found.df["e"] == pytest.approx(1, abs=1e-12)
    assert found.df.index.equals(y.index)


def test_too_few_to_tell():
    found = derivative_of_samples([0.0, 1.0], [0.0, 2.0])
    assert found.df.tolist() == [2, 2]
    assert found.status.tolist() == ["noise_limited"] * 2
    assert np.isinf(found.error).all()
    noisy = derivative_of_samples(np.linspace(0, 1, 200), 1e-2 * RNG.normal(size=200), 3)
    assert not noisy.success.any()
    assert derivative_of_samples([0, 1, 2, 3, 4], [5, 5, 5, 5, 5]).status.tolist() == ["converged"] * 5


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([0, 1, 1], [1, 2, 3]), ValueError, "x must be finite numbers, all of them different"),
        (
            ([0, 1], [1, 2, 3]),
            ValueError,
            r"x must be one number or have as many elements as y along its axis, 3, got \(2,\)",
        ),
        (([0, 1, 2], [1, 2, 3], 3), ValueError, "y must have at least 4 samples"),
        (([0, 1, 2], [1, 2, 3], 0), ValueError, "order must be from 1 to 10, got 0"),
        (([0, 1, 2], [1, 2, 3], 1.5), TypeError, r"order must be a whole number, got 1\.5"),
        ((0, [1, 2, 3]), ValueError, "a distance that is not 0"),
        ((1, 5.0), ValueError, "y must be an array of samples"),
        (([0, np.nan, 2], [1, 2, 3]), ValueError, "x must be finite numbers"),
        ((["a", "b"], [1, 2]), ValueError, "x must be real numbers"),
    ],
)
def test_wrong_calls(arguments, error, message):
    with pytest.raises(error, match=message):
        derivative_of_samples(*arguments)
    with pytest.raises(ValueError, match="accuracy must be at least 1"):
        derivative_of_samples([0, 1], [1, 2], accuracy=0)
    with pytest.raises(ValueError, match="axis must be from -1 to 0, got 1"):
        derivative_of_samples([0, 1], [1, 2], axis=1)
