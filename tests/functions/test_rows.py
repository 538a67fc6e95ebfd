"""The rows against what they replace: each table of today, and the printed and typed names."""

import numpy as np
import pytest

from numdiff import tree as today
from numdiff.evaluate import dual, exact_dual, forms, operations, rules
from numdiff.functions import registry, trees
from numdiff.tree import Variable

U = Variable("u")
UNARY = [row for row in registry.rows() if row.parameters == ("u",)]
WITH_RULE = [row for row in UNARY if row.name in rules.RULES]
PLACES = [number * 10.0**power for number in (1.0, 1.7, 3.1, 5.3, 7.9) for power in (-9, -3, -2, -1, 0, 1, 2, 5)]
POINTS = np.array([*PLACES, *(-x for x in PLACES), 0.0, 1.0, -1.0, 0.5, 2.0])


def name_of(row):
    return row.name


def same(one, other):
    """Whether two results are bit for bit the same, any NaN for any other."""
    one, other = np.asarray(one), np.asarray(other)
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)


def test_names_and_arities():
    assert dict(registry.FUNCTIONS) == dict(today.FUNCTIONS)


def test_kinks_jumps_and_pieces():
    assert registry.kinked() == dual.KINKS == exact_dual.KINKS


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16", "complex128", "complex64"])
@pytest.mark.parametrize("row", [row for row in registry.rows() if row.name not in {"root"}], ids=name_of)
def test_numpy_values_are_those_of_today(row, dtype):
    kind = np.dtype(dtype) if dtype != "bfloat16" else operations.np.dtype(__import__("ml_dtypes").bfloat16)
    with np.errstate(all="ignore"):
        given = POINTS.astype(kind) + (kind.type(0.25j) if kind.kind == "c" else kind.type(0))
        others = [np.full_like(given, 3)] * (len(row.parameters) - 1)
        wanted = operations._table(kind)[row.name](given, *others)
        assert same(forms.function(row, kind)(given, *others), wanted)
        for place in (0, 11, 44):
            wanted = operations._table(kind)[row.name](given[place], *(other[place] for other in others))
            assert same(forms.function(row, kind)(given[place], *(other[place] for other in others)), wanted)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16", "complex128", "complex64"])
@pytest.mark.parametrize("row", WITH_RULE, ids=name_of)
def test_slopes_are_those_of_today(row, dtype):
    kind = np.dtype(dtype) if dtype != "bfloat16" else np.dtype(__import__("ml_dtypes").bfloat16)
    is_complex = kind.kind == "c"
    if is_complex and not row.is_analytic:
        return
    form = trees.analytic_slope(row.name) if is_complex else trees.stable_slope(row.name)
    table = {**rules.RULES, **(rules.COMPLEX_RULES if is_complex else {})}
    with np.errstate(all="ignore"):
        u = POINTS.astype(kind) + (kind.type(0.25j) if is_complex else kind.type(0))
        v = operations._table(kind)[row.name](u)
        inside = np.isfinite(v) & (u != v if row.shape == "jump" else np.isfinite(u))
        wanted = np.broadcast_to(table[row.name](rules.Point(u, v, kind.type)), u.shape)
        found = np.broadcast_to(forms.compiled(form, ("u", "v"), kind)(u, v), u.shape)
        assert same(found[inside], wanted[inside])
