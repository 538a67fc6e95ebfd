"""Random hard formulas through every public computation: nothing but documented errors, no warning, bounded work.

The work is counted in calls of functions, which is the same on any machine. A long one, in seconds, is
``python -m tests.bench.fuzz``.
"""

from __future__ import annotations

from itertools import islice

import pytest

from tests.formulas import formulas
from tests.operations import DOCUMENTED, OPERATIONS, Calls, TooLongError, differing, point

FORMULAS = 20
SEED = 2026
MOST_CALLS = 5_000_000
"""Of one operation: about a second of Python that does nothing else."""


@pytest.mark.parametrize("number", range(FORMULAS))
def test_every_operation_on_a_hard_formula_ends_in_bounded_work(number):
    f = next(islice(formulas(SEED + number), 1))
    at, name = point(f, number), f.variables[0] if f.variables else "x"
    for operation, run in OPERATIONS.items():
        try:
            with Calls(MOST_CALLS):
                run(f, at, name)
        except DOCUMENTED:
            continue
        except TooLongError:
            pytest.fail(f"{operation} of {f.text} takes more than {MOST_CALLS} calls")


@pytest.mark.parametrize("number", range(FORMULAS))
def test_values_are_the_certified_ones_where_float64_can_hold_them(number):
    f = next(islice(formulas(SEED + number), 1))
    assert list(differing(f, point(f, number))) == []


def test_the_same_seed_writes_the_same_formulas():
    assert [f.text for f in islice(formulas(5), 40)] == [f.text for f in islice(formulas(5), 40)]


def _called(times):
    for _ in range(times):
        abs(-1)


def test_calls_are_counted_and_end_what_does_not():
    with Calls(10**6) as counted:
        _called(1000)
    assert 1000 <= counted.count < 1100
    with pytest.raises(TooLongError), Calls(1000):
        _called(10**9)
