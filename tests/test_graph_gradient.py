"""The gradient of a graph without its other numbers, and graphs that share what does not depend on the point."""

import math
from importlib import import_module

import numpy as np
import pytest

import numdiff as nd
from numdiff.gradient.check.check import gradcheck
from numdiff.gradient.check.sweep import gradcheck_sweep
from numdiff.graph.build import graph_gradient
from numdiff.graph.structure import parts_of

graphs = import_module("numdiff.graph.build")  # numdiff.graph itself is the function

FUNCTIONS = (
    "3x e^x",
    "x^2 y + sin(x y)",
    "|x| + y",
    "ln(x-2)/y",
    "max(x, y) x^y",
    "x^(1/3) + 0y",
    "sum(x_i^2, i, 1, 3)",
)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_gradient_alone_is_that_of_the_graph(text):
    f = nd.parse(text)
    for values in ((0.0, 0.0, 0.0), (1.25, -0.5, 3.0), (2.0, 2.0, 2.0)):
        at = dict(zip(f.variables, values, strict=False))
        whole = nd.graph(f, at)
        assert repr(graph_gradient(f, at)) == repr(whole.gradient)
        for edge in whole.edges[:2]:
            broken = {edge.key: -1.0}
            assert repr(graph_gradient(f, at, broken)) == repr(nd.graph(f, at, broken=broken).gradient)


@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("dtype", ["float64", "float16"])
def test_the_sweep_checks_the_gradient_that_a_check_does(text, dtype):
    f = nd.parse(text)
    at = dict.fromkeys(f.variables, 1.3)
    sweep, check = gradcheck_sweep(f, at, [1e-3, 1e-2], dtype), gradcheck(f, at, 1e-2, dtype)
    np.testing.assert_array_equal(sweep.analytic, [variable.analytic for variable in check.variables])


def test_the_sweep_refuses_what_a_check_refuses():
    f = nd.parse("3x e^x")
    with pytest.raises(ValueError, match="one point"):
        gradcheck_sweep(f, {"x": [1.0, 2.0]}, [1e-3])
    with pytest.raises(ValueError, match="no variable"):
        gradcheck_sweep(nd.parse("5"), {}, [1e-3])
    with pytest.raises(ValueError, match="no edge"):
        gradcheck_sweep(f, {"x": 1.0}, [1e-3], broken={("v9", 0): -1.0})
    with pytest.raises(ValueError, match="no operation"):
        gradcheck_sweep(f, {"x": 1.0}, [1e-3], broken="cos")


def test_a_graph_without_numbers_is_built_once_for_all_points(monkeypatch):
    original, calls = graphs.parts_of, []

    def counted(f):
        calls.append(f)
        return original(f)

    monkeypatch.setattr(graphs, "parts_of", counted)
    graphs._kept_skeleton.cache_clear()
    f = nd.parse("x^2 y + sin(x y)")
    for x in (0.5, 1.0, 1.5):
        found = nd.graph(f, {"x": x, "y": 2.0})
        assert math.isfinite(found.gradient["y"])
        assert found.seeded("x") is found
        assert found.seeded("y").node(found.output).tangent == pytest.approx(found.gradient["y"], rel=1e-14)
    assert len(calls) == 1


def test_equal_functions_with_other_texts_keep_their_own():
    one, other = nd.parse("x^2 + 1"), nd.parse("g(x) = x² + 1")
    assert one == other
    assert nd.graph(one).function is one
    assert nd.graph(other).function is other
    assert nd.graph(other).function.name == "g"


def test_the_parts_of_equal_functions_are_those_that_were_typed():
    one, other = nd.parse("x^2 + 1"), nd.parse("g(x) = x² + 1")
    for f in (one, other, one):
        (output,) = (part for part in parts_of(f) if part.operation == "add")
        assert output.tree is f.tree
