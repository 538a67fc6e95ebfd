"""Lines that are defined at some points only, or nowhere: checked where they are, and said where they are not."""

from fractions import Fraction

import numpy as np
import pytest

import numdiff as nd
from numdiff.derivation.check import domains
from numdiff.derivation.check.domains import is_negative
from numdiff.tree import Pow, size, walk

IDLE = (
    *(
        "relu(x-x)",
        "|x-x|",
        "max(x-x, 0)",
        "leaky_relu(x-x)",
        "sin(|x-x|)",
        "e^(|x-x|)·sin(2x)",
        "(x-x)^x",
        "relu(2x-2x)",
    ),
    *("|(x-1)-(x-1)|", "√(1+|x-x|)"),
)
"""Functions with a derivative whose chain rule has none: the outer one has a kink at the inner one's only value."""

ELSEWHERE = (
    *("relu(|x-100|-(100-x))", "sin(|(|x-100|-(100-x))|)", "e^relu(|x-100|+x-100)", "√(1+relu(|x+90|-x-90))"),
    *("|max(x,50)-50|", "sin(|max(x,x^2,90)-90|)", "cbrt(relu(x-70))^2"),
)
"""Functions of which the ordinary sample points see one side only, on which a line has no value."""


@pytest.mark.parametrize("text", IDLE)
def test_a_line_that_is_defined_nowhere_is_not_counted_as_wrong(text):
    f = nd.parse(text)
    for check in (nd.differentiate(f).verify(), nd.chain(f).verify()):
        assert check
        assert check.points
        assert not check.failed
    assert nd.differentiate(f).verify().void or nd.chain(f).verify().void


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_line_is_checked_where_it_is_defined(text):
    f = nd.parse(text)
    for check in (nd.differentiate(f).verify(), nd.chain(f).verify()):
        assert check
        assert check.points
        assert not check.void


def test_a_wrong_line_stays_wrong():
    from dataclasses import replace

    of = nd.chain("sin(|x-x|)·x")
    assert not replace(of, result=nd.parse("cos(x)")).verify()
    of = nd.chain("relu(x^2 - 1)")
    assert not replace(of, result=nd.parse("x")).verify()


@pytest.mark.parametrize("seed", range(12))
def test_random_nests_of_kinks_have_no_unchecked_lines(seed):
    chance = np.random.default_rng(seed)

    def formula(depth):
        if not depth:
            return str(chance.choice(["x", "x", "x", "2", "0", "x^2"]))
        one, two = formula(depth - 1), formula(depth - 1)
        forms = [
            "max({0},{1})",
            "min({0},{1})",
            "|{0}|",
            "relu({0})",
            "({0}-{1})",
            "({0}·{1})",
            "sin({0})",
            "({0}+{1})",
        ]
        return str(chance.choice(forms)).format(one, two)

    for _ in range(12):
        try:
            f = nd.parse(formula(4))
        except nd.InputError:
            continue
        if f.variables:
            assert nd.differentiate(f).verify(), f.text
            assert nd.chain(f).verify(), f.text


NEGATIVE = (
    *("(-6)^n", "(-2)^x·x", "(1-3)^x", "(-x^2-1)^x", "(-2)^(2x)", "(-6)^(n^2)", "(sin(1)-2)^x", "(-e)^x", "(-1)^(x/3)"),
    *(
        "(-|x|-1)^x",
        "1+(-6)^n",
        "sin((-6)^n)",
        "((-6)^n)^2",
        "e^((-2)^x)",
        "(-π)^(x y)",
        "sum((-2)^(i x), i, 1, 2)",
        "(-3)^sin(x)",
    ),
)
FINE = (
    "(-6)^3·x",
    "(-x)^2",
    "(-2)^⌊x⌋",
    "(-x)^x",
    "6^n",
    "-6^n",
    "(-6)^(1/3) x",
    "(x-6)^x",
    "(-x^2-1)^3",
    "(−2)^2·x^x",
)


@pytest.mark.parametrize("text", NEGATIVE)
def test_a_power_of_a_negative_base_has_no_derivative_and_says_so(text):
    f = nd.parse(text)
    variable = f.variables[0]
    derivation, chain = nd.differentiate(f, variable), nd.chain(f, variable)
    assert {condition.code for condition in derivation.nowhere} == {"negative_base"}
    assert {condition.code for condition in chain.nowhere} == {"negative_base"}
    for document in (nd.export_markdown(derivation), nd.export_latex(derivation), nd.export_markdown(chain)):
        assert "negative base" in document
        assert r"\ln" not in document
    for work in (derivation, chain):
        script = nd.export_python(work)
        assert "negative base" in script
        assert "def df" not in script
        assert "log" not in script
    at = dict.fromkeys(f.variables[1:], 2)
    for x in (2, Fraction(5, 2), -1):
        assert nd.exact_derivative(f, x, variable, at).status != "ok"


@pytest.mark.parametrize("text", NEGATIVE)
def test_a_graph_names_the_edges_without_a_derivative(text):
    graph = nd.graph(text)
    assert graph.nowhere == {edge.key for edge in graph.edges if "ln" in graph.text(edge.local)}
    at = dict.fromkeys(graph.function.variables, 2.5)
    assert all(np.isnan(edge.value) for edge in nd.graph(text, at).edges if edge.key in graph.nowhere)


@pytest.mark.parametrize("text", FINE)
def test_other_powers_have_edges_with_a_derivative(text):
    assert not nd.graph(text).nowhere


@pytest.mark.parametrize("text", FINE)
def test_other_powers_are_not_taken_for_one(text):
    assert not nd.differentiate(text).nowhere
    assert not nd.chain(text).nowhere


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, True)
            for text in ("-6", "1-3", "-x^2-1", "-(e^x)", "-2e^x", "-1/(1+x^2)", "ln(1/2)", "-x^2-√2", "0-1")
        ),
        *(
            (text, False)
            for text in ("6", "x", "-x", "-x^2", "x-1", "1-1", "sin(x)-1", "-|x|", "2-x^2", "ln(2)", "-x-1")
        ),
    ],
)
def test_what_is_seen_to_be_negative(text, expected):
    assert is_negative(nd.parse(text).tree) is expected


def _nested(level: str, times: int) -> str:
    text = "x"
    for _ in range(times):
        text = level.format(text)
    return text


DEEP = (
    *("({}+x)", "({}-x)", "(x+{})", "(x-{})", "({}-1)", "(-1-{})", "({}·x)", "(-{})", "({}/x)", "(2-{}^2)", "-{}^x"),
    *("(-|{}|-1)", "({}-1)^x", "(-e^x-{})"),
)


@pytest.mark.parametrize("level", DEEP)
def test_a_sign_is_found_by_looking_at_every_part_once(level, monkeypatch):
    looks = []
    looked = domains._below_zero
    monkeypatch.setattr(domains, "_below_zero", lambda node: looks.append(node) or looked(node))
    counts = []
    for times in (3, 6, 12):
        tree = nd.parse(f"({_nested(level, times)})^x").tree
        looks.clear()
        domains.without_derivative(tree, "x")
        counts.append(len(looks))
        assert len(looks) <= size(tree) * (1 + sum(isinstance(part, Pow) for part in walk(tree)))
    assert counts[2] <= 4 * max(counts[1], 1)
