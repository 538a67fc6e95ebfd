import pytest

import numdiff as nd
from numdiff.tree import walk
from tests.notation.show import show
from tests.notation.valid import FORMULAS, NAMES, PROGRAMS


@pytest.mark.parametrize(("text", "tree", "variables"), FORMULAS)
def test_a_formula_is_understood_as_typed(text, tree, variables):
    function = nd.parse(text)
    assert (show(function.tree), function.variables) == (tree, tuple(variables.split()))


@pytest.mark.parametrize(("text", "tree", "variables", "name"), PROGRAMS)
def test_pasted_python_is_understood_as_mathematics(text, tree, variables, name):
    function = nd.parse(text)
    assert (show(function.tree), function.variables, function.name) == (tree, tuple(variables.split()), name)


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_header_names_the_function(text, name):
    assert nd.parse(text).name == name


def test_a_pasted_slide_is_understood_whole():
    slide = """def func1(x):
    return x**2
f = lambda x : func1(x)
# 수치미분 함수 1차 버전
def numerical_derivative(f, x):
    delta_x = 1e-4
    return ( f(x+delta_x) - (f(x-delta_x)) ) / (2*delta_x)
ret1 = numerical_derivative(f, 3.0)
print(ret1)
ret2 = numerical_derivative(func1, 3.0)
print(ret2)
"""
    assert show(nd.parse(slide).tree) == "(x^2)"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("log x", "log10 x"),
        (r"2\log(x)", r"2\log_{10}(x)"),
        ("xlogx", "xlog10 x"),
        ("log(x)/log(2)", "log10(x)/log(2)"),
    ],
)
def test_a_bare_log_is_natural_and_offers_the_common_one(text, reading):
    note = nd.parse(text).notes[0]
    assert (note.code, note.readings) == ("natural_logarithm", (reading,))
    assert "log10" in show(nd.parse(reading).tree)


@pytest.mark.parametrize("text", ["ln x", "np.log(x)", "math.log(x)", "log_2 x", "log(x, 3)", "log10(x)"])
def test_a_clear_logarithm_has_no_note(text):
    assert nd.parse(text).notes == ()


@pytest.mark.parametrize(
    "text", ["3x e^x", r"\frac{1}{1+e^{-x}}", "－２ｘ", "sin 2x cos x", "Σ_{i=1}^{2} 3 y x_i", "|x-1|"]
)
def test_every_node_knows_its_place_in_the_text(text):
    tree = nd.parse(text).tree
    places = [node.span for node in walk(tree)]
    assert all(place and 0 <= place[0] < place[1] <= len(text) for place in places)
    start, end = tree.span
    assert text[start:end] == text


def test_the_smallest_part_points_at_itself():
    text = "f(x) = 3x + sin 2x"
    spans = {show(node): text[node.span[0] : node.span[1]] for node in walk(nd.parse(text).tree)}
    assert spans["sin((2*x))"] == "sin 2x"
    assert spans["(2*x)"] == "2x"


def test_parse_takes_text_only():
    with pytest.raises(TypeError, match="text must be a str"):
        nd.parse(3)
