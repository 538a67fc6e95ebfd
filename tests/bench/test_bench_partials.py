"""The gradient beside its peers, in one run: accuracy, evaluations, time for 2, 20 and 200 variables.

``pytest -s`` shows the table, in Markdown for README. Times are processor time, the best of interleaved repetitions;
nothing is asserted about them, as they depend on what else the machine does. Accuracy is normwise, relative to
max(1, the gradient's norm), the worst of the functions; points of f, calls of f and time are for one gradient.
"""

# ruff: noqa: T201 - a benchmark prints

import time
import warnings

import jacobi
import numdifftools
import numpy as np
import pytest
import scipy.differentiate

from numdiff import gradient

SIZES = (2, 20, 200)
SECONDS = 1.5
"""For the repetitions of all methods at one size."""
ONCE = 0.4
"""A method that needs more seconds for all functions is timed once only."""
PATIENCE = 3.0
"""One that would need more is not tried; with ten times as many variables it needs at least ten times as long."""


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2, axis=0)


def rosenbrock_slope(x):
    slope = np.zeros_like(x)
    slope[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    slope[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return slope


def waves(x):
    return np.sum(np.sin(x) * np.exp(-x / 3), axis=0)


def waves_slope(x):
    return (np.cos(x) - np.sin(x) / 3) * np.exp(-x / 3)


def softmax_loss(x):
    top = np.max(x, axis=0)
    return np.log(np.sum(np.exp(x - top), axis=0)) + top - x[0]


def softmax_loss_slope(x):
    p = np.exp(x - x.max())
    p /= p.sum()
    p[0] -= 1
    return p


def coupled(x):
    return np.sqrt(1 + np.sum(x**2, axis=0)) + np.sum(x[1:] * np.cos(x[:-1]), axis=0)


def coupled_slope(x):
    slope = x / np.sqrt(1 + np.sum(x**2))
    slope[1:] += np.cos(x[:-1])
    slope[:-1] -= x[1:] * np.sin(x[:-1])
    return slope


FUNCTIONS = (
    (rosenbrock, rosenbrock_slope),
    (waves, waves_slope),
    (softmax_loss, softmax_loss_slope),
    (coupled, coupled_slope),
)


def with_numdiff(f, x):
    return gradient(f, x).df


def with_jacobi(f, x):
    return jacobi.jacobi(f, x)[0]


def with_numdifftools(f, x):
    return numdifftools.Gradient(f)(x)


def with_scipy(f, x):
    return scipy.differentiate.jacobian(f, x).df


METHODS = {
    "numdiff.gradient": with_numdiff,
    "scipy.differentiate.jacobian": with_scipy,
    "jacobi": with_jacobi,
    "numdifftools": with_numdifftools,
}


class Counted:
    def __init__(self, f):
        self.f, self.points, self.calls = f, 0, 0

    def __call__(self, x):
        self.points += np.size(x) // len(x)
        self.calls += 1
        return self.f(x)


def point(n):
    return np.random.default_rng(n).uniform(-1.5, 1.5, n)


def measure(method, n):
    """Return the worst error, the points and calls of f for one gradient, and the time for each function."""
    errors, points, calls, times, x = [], 0, 0, [], point(n)
    for f, slope in FUNCTIONS:
        counted, exact = Counted(f), slope(x)
        start = time.process_time()
        found = method(counted, x)
        times.append(time.process_time() - start)
        errors.append(np.linalg.norm(found - exact) / max(1, np.linalg.norm(exact)))
        points, calls = points + counted.points, calls + counted.calls
    return max(errors), points / len(FUNCTIONS), calls / len(FUNCTIONS), times


def repeat(times, n):
    """Put the best times of repetitions in place of the first ones; the methods take turns."""
    x, end = point(n), time.perf_counter() + SECONDS
    quick = [name for name, seconds in times.items() if sum(seconds) <= ONCE]
    while time.perf_counter() < end:
        for name in quick:
            for place, (f, _) in enumerate(FUNCTIONS):
                start = time.process_time()
                METHODS[name](f, x)
                times[name][place] = min(times[name][place], time.process_time() - start)


@pytest.mark.filterwarnings("ignore")
def test_gradients_beside_the_peers():
    print("\n| variables | method | worst error | points of f | calls of f | time | time ÷ ours |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    expected = dict.fromkeys(METHODS, 0.0)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for n in SIZES:
            scores = {name: measure(method, n) for name, method in METHODS.items() if expected[name] <= PATIENCE}
            times = {name: score[-1] for name, score in scores.items()}
            repeat(times, n)
            expected |= {name: 10 * sum(seconds) for name, seconds in times.items()}
            for name in METHODS:
                print(row(n, name, scores.get(name), times))
            assert scores["numdiff.gradient"][0] <= 1e-12  # asked for is 1e-9


def row(n, name, score, times):
    """Return a row of the table."""
    if score is None:
        return f"| {n} | {name} | not tried: more than {PATIENCE:g} s expected | – | – | – | – |"
    error, points, calls, _ = score
    seconds, ours = (sum(times[method]) / len(FUNCTIONS) for method in (name, "numdiff.gradient"))
    numbers = f"{error:.1e} | {points:,.0f} | {calls:,.0f} | {seconds * 1e3:.2f} ms | {seconds / ours:.1f}"
    return f"| {n} | {name} | {numbers} |"


@pytest.mark.filterwarnings("ignore")
def test_rosenbrock_in_two_calls():
    x = point(20)
    counted = Counted(rosenbrock)
    error = np.linalg.norm(gradient(counted, x).df - rosenbrock_slope(x)) / np.linalg.norm(rosenbrock_slope(x))
    print(f"\nRosenbrock, 20 variables: {counted.calls} calls, {counted.points} points, error {error:.1e}")
    assert counted.calls <= 2
    assert error <= 1e-13
