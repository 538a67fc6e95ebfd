"""Times of single calls, their percentiles, and a table with ratios."""

# ruff: noqa: T201 - a benchmark prints

import gc
import time

import numpy as np


def times_of(call, repeats):
    """Return the time of each of the calls, in seconds, without the garbage collector's pauses."""
    gc.disable()
    try:
        times = []
        for _ in range(repeats):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return times


def print_table(title, rows, unit="µs", scale=1e6):
    """Print p50 and p95 of each row's times, and how many times the first row's each of the others is."""
    print(f"\n{title}\n{'':32}{f'p50, {unit}':>12}{f'p95, {unit}':>12}{'ratio p50':>12}{'ratio p95':>12}")
    first = None
    for name, times in rows.items():
        p50, p95 = np.percentile(times, [50, 95])
        first = first or (p50, p95)
        print(f"{name:32}{p50 * scale:12.1f}{p95 * scale:12.1f}{p50 / first[0]:12.1f}{p95 / first[1]:12.1f}")
