"""How fast a sweep is: against a plain loop, and with the exact parts. Prints ratios; ``pytest -s`` shows them."""

# ruff: noqa: T201 - a benchmark prints

import time

import numpy as np
import pytest

from numdiff.difference.schemes import SCHEMES
from numdiff.error import sweep as sweeps
from numdiff.error.sweep import error_sweep
from numdiff.function import parse

STEPS = np.logspace(-15, 0, 400)
NAMES = ("forward", "backward", "central", "forward3", "central4", "central6")
FUNCTIONS = {
    "3x e^x": (lambda x: 3 * x * np.exp(x), 2.0),
    "sin x": (np.sin, 1.0),
    "1/(1+e^-x)": (lambda x: 1 / (1 + np.exp(-x)), 0.3),
}


def best_time(function, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def loop(f, x):
    """Return the quotients as a learner's own program computes them, one by one."""
    table = []
    for name in NAMES:
        scheme = SCHEMES[name]
        terms = list(zip(scheme.numerators, scheme.offsets, strict=True))
        row = []
        for h in STEPS.tolist():
            total = 0.0
            for coefficient, offset in terms:
                total += coefficient * f(x + offset * h)
            row.append(total / (scheme.denominator * h))
        table.append(row)
    return table


@pytest.mark.parametrize("text", FUNCTIONS)
def test_vectorised_sweep_against_a_loop(text):
    f, x = FUNCTIONS[text]

    def sweep():
        sweeps._kept.cache_clear()
        return error_sweep(parsed, x, NAMES, STEPS, exact=False)

    parsed = parse(text)
    fast, slow = best_time(sweep, 30), best_time(lambda: loop(f, x), 3)
    print(f"\n{text}: 400 x 6 sweep {fast * 1e3:.3f} ms, loop {slow * 1e3:.1f} ms, ratio {slow / fast:.0f}")
    np.testing.assert_allclose(sweep().estimates[2], loop(f, x)[2], rtol=1e-12, atol=1e-3)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_exact_parts(text):
    _, x = FUNCTIONS[text]
    parsed = parse(text)

    def sweep():
        sweeps._kept.cache_clear()
        return error_sweep(parsed, x)

    cold = best_time(sweep, 5)
    kept = best_time(lambda: error_sweep(parsed, x), 5)
    print(f"\n{text}: 120 x 4 sweep with the exact parts {cold * 1e3:.1f} ms, kept {kept * 1e6:.0f} us")
    assert np.all(np.isfinite(sweep().errors) | (sweep().reasons != ""))
