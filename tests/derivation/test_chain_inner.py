"""Names and inner functions: which there are, one name for each, none for two things."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.derivation.chain.inner import composite_parts, decompose, depends, inner_functions, is_pure, used_in
from numdiff.derivation.chain.names import LETTERS, fresh_names
from numdiff.printing.text import to_text
from numdiff.tree import expand_sums
from tests.strategies import trees

INNER = {
    # the deck
    "e^{3x^2}": ["3x²"],
    "e^{-x}": ["−x"],
    "1/(1+e^{-x})": ["1 + e⁻ˣ", "−x"],
    # deeper, outermost first
    "sin(cos(x^2))": ["cos(x²)", "x²"],
    "ln(ln(ln(x)))": ["ln(ln(x))", "ln(x)"],
    "5 sin(2x) + 2": ["2x"],
    "(x^2+1)^3": ["x² + 1"],
    "2^{x^2}": ["x²"],
    "sqrt(1-x^2)": ["1 − x²"],
    "|x - 1|": ["x − 1"],
    "max(0, 2x)": ["2x"],
    "sin(x)^2 + 3 sin(x)": ["sin(x)"],
    # what is typed twice is one function, wherever it stands
    "x^2 e^{x^2}": ["x²"],
    "e^x/(1+e^x)": ["eˣ"],
    "sin(e^{x^2}) + cos(x^2)": ["e^(x²)", "x²"],
    "e^{3x^2} + sin(x^2)": ["3x²", "x²"],
    # several ways
    "e^{2x} sin(x^2)": ["2x", "x²"],
    "sin(x)^{x^2}": ["sin(x)", "x²"],
    "max(x^2, 2x)": ["x²", "2x"],
    # no composition: the power rule, a sum, a product, a quotient of elementary functions
    **{text: [] for text in ("x", "7", "x^2", "x+1", "-3x^2", "1/x", "1/x^2", "3/(2x)", "3x e^x", "x/(x^2+1)", "x^x")},
    # the variable occurs outside as well
    **{text: [] for text in ("x e^{x^2}", "x + sin(2x)", "x^{sin x}", "max(x, x^2)", "e^{-x} - e^x")},
}


@pytest.mark.parametrize(("text", "inner"), INNER.items())
def test_inner_functions(text, inner):
    tree = nd.parse(text).tree
    assert [to_text(node) for node in decompose((tree,), "x").inner] == inner


PARTS = {
    "3x e^{3x^2}": ["e^(3x²)"],
    "x + sin(2x) + cos(3x)": ["sin(2x)", "cos(3x)"],
    "xy + 3e^{-x} + y^2": ["e⁻ˣ"],
    "(e^x - e^{-x})/(e^x + e^{-x})": ["e⁻ˣ"],
    "x^{sin 2x}": ["sin(2x)"],
    "x^2 + 3x": [],
    "x^x": [],
}


@pytest.mark.parametrize(("text", "parts"), PARTS.items())
def test_composite_parts(text, parts):
    assert [to_text(node) for node in composite_parts(nd.parse(text).tree, "x")] == parts


def test_the_longest_way_is_the_level():
    graph = decompose((nd.parse("sin(e^{x^2}) + cos(x^2)").tree,), "x")
    assert list(graph.levels.values()) == [1, 2]


@settings(deadline=None)
@given(trees(VARIABLES := ("x", "y"), max_leaves=14), st.sampled_from(VARIABLES))
def test_inner_functions_are_pure_distinct_and_nothing_trivial(tree, variable):
    tree = expand_sums(tree)
    graph = decompose((tree,), variable)
    assert len(set(graph.inner)) == len(graph.inner)
    assert set(graph.levels) == set(graph.inner)
    for node in graph.inner:
        assert depends(node, variable)
        assert node != tree
        assert to_text(node) != variable
    found = inner_functions(tree, variable)
    assert bool(found) == bool(graph.inner)
    if found:
        assert is_pure(tree, graph.inner, variable)
    for node in (tree, *graph.inner):
        for below in used_in(node, graph.inner, variable):
            assert graph.levels[below] > graph.levels.get(node, 0)


def test_names_follow_the_levels_and_skip_what_is_in_use():
    assert fresh_names(4, ("x",)) == ("t", "u", "v", "w")
    assert fresh_names(3, ("x", "t", "v", "f")) == ("u", "w", "s")
    assert fresh_names(2, ("t_1", "u")) == ("v", "w")
    assert fresh_names(0, ("x",)) == ()


def test_names_that_run_out_are_numbered():
    names = fresh_names(30, ("x",))
    assert names == tuple(f"t_{number}" for number in range(1, 31))
    assert fresh_names(len(LETTERS), ("t",))[:2] == ("u_1", "u_2")
    assert "t_2" not in fresh_names(12, (*LETTERS, "t_2"))


@given(st.integers(0, 40), st.lists(st.sampled_from((*LETTERS, "x", "t_1", "t_3", "u_2")), max_size=6))
def test_names_are_distinct_and_free(wanted, taken):
    names = fresh_names(wanted, taken)
    assert len(set(names)) == len(names) == wanted
    assert not set(names) & {*taken, "e", "f"}
