"""Random hard formulas through every public computation: nothing but documented errors, no warning, bounded work.

The work is counted in calls of functions, which is the same on any machine. A long one, in seconds, is
``python -m tests.bench.fuzz``.
"""

from __future__ import annotations

from itertools import islice

import pytest

import numdiff as nd
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


def _nested(call, times):
    return _nested(call, times - 1).join(call) if times else "y"


@pytest.mark.parametrize(
    "text",
    [
        _nested(("arcsec(arcoth(arcsch(", ")))"), 10),
        _nested(("arcosh(arcsin(", "))"), 12),
        "softplus(" + "/".join(f"ln(y+{k})" for k in range(2, 42)) + ")",
        "sigmoid(" + " ".join(f"|y-{k}|" for k in range(2, 41)) + ")",
    ],
)
def test_many_generators_are_searched_in_bounded_work(text):
    """Where each part of a formula is a symbol of its own, monomials are long and every step costs more."""
    with Calls(MOST_CALLS):
        nd.in_terms_of_itself(nd.parse(text), "y")


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
