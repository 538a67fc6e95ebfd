"""The adaptive derivative beside its peers, in one run: accuracy, honesty, time. ``pytest -s`` shows the table.

Times are ratios of the best of interleaved repetitions; nothing is asserted about them, as they depend on what else the
machine does.
"""

# ruff: noqa: T201 - a benchmark prints

import math
import time
import warnings

import jacobi
import mpmath
import numdifftools
import numpy as np
import pytest
import scipy.differentiate

from numdiff.derivative.api import derivative
from numdiff.derivative.result import Status
from numdiff.difference.schemes import difference
from tests.derivative_cases import ANALYTIC, cases
from tests.test_derivative_methods import EASY
from tests.test_derivative_verdicts import EDGES, KINKS, OBSTACLES

# Beyond these points jacobi's polynomial fits fail, noisily and without end.
TABLE = [row for row in cases() if row[2] == 0 or 1e-12 <= abs(row[2]) <= 1e12]
MOST_CALLS = 2000
POINTS = np.linspace(0.5, 2.5, 1000)


def with_numdiff(f, x):
    result = derivative(f, x)
    return result.df, result.error


def with_scipy(f, x):
    result = scipy.differentiate.derivative(f, x)
    return float(result.df), float(result.error)


def with_numdifftools(f, x):
    result = numdifftools.Derivative(f, full_output=True)(x)
    return float(result.estimate), float(result.error_estimate)


def with_jacobi(f, x):
    value, error = jacobi.jacobi(f, x)
    return float(value), float(error)


def with_lecture(f, x):
    return float(difference(f, x, 1e-4)), math.nan


PEERS = {
    "numdiff, auto": with_numdiff,
    "jacobi": with_jacobi,
    "scipy.differentiate": with_scipy,
    "numdifftools": with_numdifftools,
    "central, 1e-4": with_lecture,
}


class EndlessError(Exception):
    """A method that does not come to an end."""


def counted(f):
    """Return f with an end to the patience for it."""
    calls = iter(range(MOST_CALLS))

    def limited(x):
        if next(calls, None) is None:
            raise EndlessError
        return f(x)

    return limited


def quietly(method, f, x):
    """Return what a method gives, NaN for an exception: peers raise where f is not defined."""
    try:
        return method(counted(f), x)
    except Exception:  # noqa: BLE001 - any failure of a peer counts as one
        return math.nan, math.nan


def scores(method):
    """Return fail, median error, cover, claimed ÷ true, silent, as the table's columns."""
    errors, covered, ratios, silent = [], [], [], 0
    for _, f, x, exact in TABLE:
        df, claim = quietly(method, f, x)
        if not math.isfinite(df):
            errors.append(math.inf)
            continue
        error = float(abs(mpmath.mpf(df) - exact))
        relative = error / (float(abs(exact)) if exact else max(1, abs(float(f(x)))))
        ulp = np.spacing(abs(float(exact)))
        errors.append(relative)
        covered.append(error <= claim + ulp)
        silent += relative > 1e-6 and claim < error / 10
        if error > ulp / 2:
            ratios.append(claim / error)
    failed = np.mean(~(np.array(errors) <= 1e-6))
    return failed, np.median(errors), np.mean(covered), np.median(ratios), silent / len(TABLE)


def best_times(functions, seconds):
    """Return the best time of every function; they take turns, so that a busy moment hits them all."""
    best = dict.fromkeys(functions, math.inf)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


@pytest.mark.filterwarnings("ignore")
def test_accuracy_and_time_beside_the_peers():
    plain = [(f, x) for name, f, x, _ in TABLE if name in ANALYTIC and abs(x) > 1e-50]
    runs = {name: lambda method=method: [quietly(method, f, x) for f, x in plain] for name, method in PEERS.items()}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        times = best_times(runs, 3)
        table = {name: scores(method) for name, method in PEERS.items()}
    ours = times["numdiff, auto"]
    print(f"\n{len(TABLE)} points; time on {len(plain)} of them, ours {ours / len(plain) * 1e6:.0f} us each")
    print(f"{'':20s} {'fail':>6s} {'median':>8s} {'cover':>6s} {'claim/true':>10s} {'silent':>6s} {'time/ours':>9s}")
    for name, (fail, median, cover, ratio, silent) in table.items():
        row = f"{fail:6.1%} {median:8.1e} {cover:6.1%} {ratio:10.2g} {silent:6.1%} {times[name] / ours:9.2g}"
        print(f"{name:20s} {row}")
    print(f"{'bar':20s} {'4%':>6s} {'1e-14':>8s} {'98%':>6s} {'30':>10s} {'0':>6s} {'jacobi 4, scipy 7':>18s}")
    fail, median, cover, ratio, silent = table["numdiff, auto"]
    assert (fail <= 0.04, median <= 1e-14, cover >= 0.98, ratio <= 30, silent == 0) == (True,) * 5


@pytest.mark.filterwarnings("ignore")
def test_many_points_at_once():
    one_by_one = POINTS[::50]
    times = best_times(
        {
            "numdiff": lambda: derivative(np.sin, POINTS),
            "numdiff, doubtful points": lambda: derivative(lambda x: np.sin(3000 * x), POINTS),
            "jacobi, one by one": lambda: [jacobi.jacobi(np.sin, x) for x in one_by_one],
            "jacobi, diagonal": lambda: jacobi.jacobi(np.sin, POINTS, diagonal=True),
            "scipy.differentiate": lambda: scipy.differentiate.derivative(np.sin, POINTS),
        },
        2,
    )
    each = {name: value / (len(one_by_one) if "one by one" in name else len(POINTS)) for name, value in times.items()}
    print("\n1,000 points in one call, time for each:")
    for name, value in each.items():
        print(f"{name:26s} {value * 1e6:8.2f} us, {value / each['numdiff']:6.2f} x ours")
    np.testing.assert_allclose(derivative(np.sin, POINTS).df, np.cos(POINTS), atol=1e-13)


@pytest.mark.filterwarnings("ignore")
def test_points_without_a_derivative():
    rows = [(f, x) for _, f, x, *_ in [*KINKS, *OBSTACLES]]
    print(f"\n{len(rows)} points without a derivative: how many are flagged (by NaN, or an error above 10%)")
    flagged = {}
    for name, method in PEERS.items():
        with np.errstate(all="ignore"):
            answers = [quietly(method, f, x) for f, x in rows]
        flagged[name] = sum(not (math.isfinite(df) and not error > 0.1 * abs(df)) for df, error in answers)
        print(f"{name:20s} {flagged[name]}")
    assert flagged["numdiff, auto"] == len(rows)
    assert all(derivative(f, x).status == Status.ONE_SIDED for _, f, x, _ in EDGES)


def test_low_precision_formulas_are_easy_ones():
    assert len(EASY) >= 16
