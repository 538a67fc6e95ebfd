"""The rows in NumPy: the bits of values and slopes, and what the table answers when a row comes or goes."""

import ml_dtypes
import numpy as np
import pytest

from numdiff.evaluate import forms
from numdiff.evaluate.forward import evaluate_dual
from numdiff.functions import registry, trees
from numdiff.functions.elementary import Elementary, Margin
from numdiff.notation.errors import InputError
from numdiff.notation.source import read
from numdiff.tree import Call, Mul, Number, Pow, Variable, walk
from tests.functions.before import COMPLEX_SLOPES, SLOPES, VALUES

PLACES = [number * 10.0**power for number in (1.0, 1.7, 3.1, 5.3, 7.9) for power in (-9, -3, -2, -1, 0, 1, 2, 5)]
POINTS = np.array([*PLACES, *(-x for x in PLACES), 0.0, 1.0, -1.0, 0.5, 2.0])
REAL = [np.dtype(name) for name in ("float64", "float32", "float16")] + [np.dtype(ml_dtypes.bfloat16)]
COMPLEX = [np.dtype(name) for name in ("complex128", "complex64")]


def same(one, other):
    """Whether two results are bit for bit the same, any NaN for any other."""
    one, other = np.asarray(one), np.asarray(other)
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)


@pytest.mark.parametrize("dtype", REAL, ids=str)
@pytest.mark.parametrize("name", VALUES)
def test_values_have_the_bits_written_out_by_hand(name, dtype):
    row = registry.row(name)
    with np.errstate(all="ignore"):
        given = POINTS.astype(dtype)
        others = [np.full_like(given, 3)] * (len(row.parameters) - 1)
        assert same(forms.function(row, dtype)(given, *others), VALUES[name](given, *others))
        for place in (0, 11, 44):
            scalars = [array[place] for array in (given, *others)]
            assert same(forms.function(row, dtype)(*scalars), VALUES[name](*scalars))


@pytest.mark.parametrize("dtype", [*REAL, *COMPLEX], ids=str)
@pytest.mark.parametrize("name", SLOPES)
def test_slopes_have_the_bits_written_out_by_hand(name, dtype):
    row, is_complex = registry.row(name), dtype.kind == "c"
    with np.errstate(all="ignore"):
        u = POINTS.astype(dtype) + (dtype.type(0.25j) if is_complex else dtype.type(0))
        v = forms.function(row, dtype)(u)
        wanted = (COMPLEX_SLOPES if is_complex else SLOPES)[name](u, v)
        inside = np.isfinite(v)
        assert same(np.broadcast_to(forms.slope(name, dtype)(u, v), u.shape)[inside], wanted[inside])


COMPUTED = sorted(registry.pieces() - registry.having(is_composite=True))
"""What is made of pieces and computed as such."""


@pytest.mark.parametrize("name", sorted(registry.jumping() & set(COMPUTED)))
def test_a_jump_has_no_slope_and_beside_it_there_is_none(name):
    row = registry.row(name)
    edges = {"sign": (0.0,), "round": (-0.5, 0.5)}.get(name, (-2.0, 0.0, 3.0))
    for dtype in REAL:
        u = np.array([-2.0, -0.5, 0.0, 0.5, 3.0]).astype(dtype)
        found = forms.slope(name, dtype)(u, forms.function(row, dtype)(u))
        assert found.dtype == dtype
        assert np.array_equal(np.isnan(found), np.isin(u, np.array(edges).astype(dtype)))
        assert not found[~np.isnan(found)].any()
        nan = np.array([np.nan]).astype(dtype)
        with np.errstate(all="ignore"):
            assert forms.slope(name, dtype)(nan, nan) == 0  # what has no value before it does not seem to matter


@pytest.mark.parametrize("name", [name for name in COMPUTED if name != "round"])  # NumPy's rint gives floats
def test_what_is_made_of_pieces_is_not_continued_and_keeps_integers(name):
    row = registry.row(name)
    count = len(row.parameters)
    assert np.isnan(forms.function(row, COMPLEX[0])(*[np.complex128(1 + 1j)] * count))
    assert np.result_type(forms.function(row, REAL[0])(*[np.int64(2)] * count)).kind == "i"


def cardinal(**facts):
    stated = {"slope": "(u*cos(u) - sin(u))/u**2", "definition": "sin(u)/u", "domain": (Margin("u", "pole", True),)}
    return Elementary(name="cardinal", **{**stated, **facts})


@pytest.fixture
def with_cardinal():
    registry.register(cardinal())
    yield
    registry.unregister("cardinal")


def test_a_row_is_known_at_once_and_gone_afterwards(with_cardinal):
    assert "cardinal" in registry.names()
    assert registry.FUNCTIONS["cardinal"] == (1, 1)
    assert "cardinal" in registry.poles()
    assert "cardinal" not in registry.pieces()
    assert trees.slope("cardinal", (trees.U,)) == trees.read("(u*cos(u) - sin(u))/u**2")
    found = forms.function(registry.row("cardinal"), REAL[0])(np.float64(2))
    assert found == np.sin(2.0) / 2
    registry.unregister("cardinal")
    assert not registry.is_known("cardinal")
    assert "cardinal" not in registry.poles()
    with pytest.raises(KeyError, match="cardinal"):
        registry.row("cardinal")
    with pytest.raises(registry.UnknownFunctionError):
        registry.unregister("cardinal")
    registry.register(cardinal())


def test_a_name_belongs_to_one_row(with_cardinal):
    with pytest.raises(ValueError, match="registered already"):
        registry.register(cardinal())


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"name": "Sinc"}, "identifier"),
        ({"arguments": "w"}, "first argument"),
        ({"arguments": "u w"}, "slope for each"),
        ({"definition": ""}, "a value"),
        ({"shape": "kink"}, "where it breaks"),
        ({"breaks": "u"}, "where it breaks"),
        ({"branches": ("u",)}, "branch"),
        ({"arguments": "u w", "other_slopes": ("1",)}, "a choice between two"),
    ],
)
def test_a_row_that_leaves_something_out_is_refused(facts, fault):
    with pytest.raises(ValueError, match=fault):
        registry.register(Elementary(**{"name": "cardinal", "slope": "cos(u)", "definition": "sin(u)", **facts}))
    assert not registry.is_known("cardinal")


def test_what_rows_only_use_is_not_in_a_tree():
    assert "hypot" not in registry.FUNCTIONS
    assert len(registry.FUNCTIONS) == len(list(registry.FUNCTIONS)) == len(registry.names())
    with pytest.raises(registry.UnknownFunctionError):
        registry.FUNCTIONS["hypot"]
    assert registry.having(family="trigonometric") == {"sin", "cos", "tan", "sec", "csc", "cot"}
    with pytest.raises(AttributeError):
        registry.having(colour="blue")


@pytest.mark.parametrize("row", registry.rows("typed"), ids=lambda row: row.name)
def test_all_spellings_are_the_function_and_names_used_elsewhere_are_refused(row):
    arguments = "x, 7"[: 1 if row.arity[0] == 1 else None]
    for word in (row.name, *row.spellings.split()):
        (call,) = [node for node in walk(read(f"{word}({arguments})").tree) if isinstance(node, Call)]
        assert call.name == row.name
    for word in row.elsewhere.split():
        with pytest.raises(InputError) as refused:
            read(f"{word}({arguments})")
        assert row.name in str(refused.value.params)


def test_a_row_that_is_added_can_be_typed(with_cardinal):
    assert read("2cardinal(x)^2").tree == Mul(Number("2"), Pow(Call("cardinal", (Variable("x"),)), Number("2")))
    registry.unregister("cardinal")
    with pytest.raises(InputError):
        read("2cardinal(x)^2")
    registry.register(cardinal())


@pytest.mark.parametrize("typed", ["max(1, x)", "min(2x, 3)", "leaky_relu(2, x)", "|x|", "floor(x)", "relu(x)x"])
def test_what_is_made_of_pieces_has_no_complex_derivative(typed):
    value, slope = evaluate_dual(read(typed).tree, {"x": np.complex128(0.5 + 0.25j)}, "x")
    assert np.isnan(value)
    assert np.isnan(slope)
