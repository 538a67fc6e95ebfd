"""A slope that is wrong in its row is found out, though the rule, the numbers and the exact derivative use the row."""

from dataclasses import replace

import pytest

import numdiff as nd
from numdiff.functions import registry

WRONG = {
    "sin": {"slope": "-cos(u)"},
    "ln": {"slope": "2/u"},
    "arctan": {"slope": "1/(1 - u**2)"},
    "tanh": {"slope": "1 + tanh(u)**2", "stable": ""},
    "arcsec": {"slope": "1/(u*sqrt(u**2 - 1))", "stable": ""},
    "cbrt": {"slope": "1/(2*cbrt(u**2))", "stable": ""},
    "abs": {"slope": "1"},
    "relu": {"slope": "(1 - sign(u))/2"},
    "sigmoid": {"slope": "sigmoid(u)", "stable": ""},
    "gelu": {"slope": "(1 + erf(u/sqrt(2)))/2", "stable": ""},
    "erf": {"slope": "e**(-u**2)"},
}


@pytest.fixture
def with_row():
    before = {}

    def put(row):
        before.setdefault(row.name, registry.row(row.name))
        registry.unregister(row.name)
        registry.register(row)

    yield put
    for row in before.values():
        put(row)


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("typed", ["{}(x)", "x^2*{}(3x - 1)"])
def test_a_wrong_slope_is_found_out(name, typed, with_row):
    typed = typed.format(name)
    assert nd.differentiate(typed).verify()
    with_row(replace(registry.row(name), **WRONG[name]))
    assert not nd.differentiate(typed).verify()
