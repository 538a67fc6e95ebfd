"""Reverse mode: against exact derivatives, against forward mode on any tree, at kinks, in shapes and dtypes."""

from __future__ import annotations

import math

import ml_dtypes
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import numdiff as nd
from numdiff.evaluate.floats import program
from numdiff.evaluate.forward import evaluate_dual
from numdiff.evaluate.partials import local_derivatives
from numdiff.evaluate.tape import compile_tape
from numdiff.function import Function
from numdiff.gradient.reverse import adjoints, reverse_gradient
from numdiff.tree import Node, variables
from tests.strategies import trees

EPS = float(np.finfo(float).eps)

LOSSES = [
    "2x + 3xy + y^3",
    "3x ln y + y e^(x^2) + 5",
    "xy + 3e^(-x) + y^2",
    "1/(1+e^(-(x y + z)))",
    "-(y ln(sigmoid(x z)) + (1-y) ln(1 - sigmoid(x z)))",
    "(tanh(x y) - z)^2 + 0.5 (x^2 + y^2)",
    "ln(e^x + e^y + e^z) - x",
    "relu(x y - z) + leaky_relu(z - x, 0.1) + gelu(y) + silu(z) softplus(x)",
    "max(x, y, z) min(x y, z)",
    "sqrt(x^2 + y^2 + z^2)",
    "x^y + y^x + 2^(x y) + log(x, y + 2)",
    "arctan(y/x) + arcsin(x/4) + artanh(y/4) + erf(x - z)",
    "root(x^2 + 1, 5) + cbrt(y - 5) + (x - 3)^(2/3)",
    "sum(3y x_i^2, i, 1, 3)",
    "x",
    "y - y + x x x",
]
POINT = {"x": 0.7, "y": 1.9, "z": 0.4, "x_1": 0.3, "x_2": -1.2, "x_3": 2.25}


@pytest.mark.parametrize("text", LOSSES)
def test_it_agrees_with_exact_derivatives(text: str) -> None:
    f = nd.parse(text)
    at = {name: POINT[name] for name in f.variables}
    found = reverse_gradient(f, at)
    assert tuple(found) == f.variables
    exact = [float(nd.exact_derivative(f, at[name], name, {k: v for k, v in at.items() if k != name})) for name in at]
    difference = np.array(list(found.values())) - exact
    assert np.linalg.norm(difference) <= 1e-14 * np.linalg.norm(exact)


def sizes(tree: Node, at: dict[str, float]) -> dict[str, float]:
    """The sum over the paths of the absolute products of local derivatives: what rounding errors are measured by."""
    tape, dtype = compile_tape(tree), np.dtype(float)
    values = program(tape, dtype).run({name: np.float64(value) for name, value in at.items()})
    total = [0.0] * len(values)
    total[-1] = 1.0
    for place in reversed(range(len(values))):
        for operand, local in zip(
            tape.instructions[place].operands, local_derivatives(tape, place, dtype), strict=True
        ):
            total[operand] += total[place] * abs(float(local(values)))
    return {
        str(step.parameter): size for step, size in zip(tape.instructions, total, strict=True) if step.op == "variable"
    }


@given(trees(max_leaves=14), st.lists(st.floats(-3, 3) | st.sampled_from((0.0, 1.0, -1.0)), min_size=12, max_size=12))
def test_it_agrees_with_forward_mode(tree: Node, numbers: list[float]) -> None:
    names = variables(tree)
    assume(not any("-" in name for name in names))  # x with the index −1 has no spelling
    f, at = Function(tree, names), dict(zip(names, numbers, strict=False))
    found = reverse_gradient(f, at)
    with np.errstate(all="ignore"):
        scale = sizes(tree, at)
    for name in names:
        forward = float(evaluate_dual(tree, at, name)[1])
        if math.isfinite(scale[name]):
            # each path has at most 40 factors, and subnormal numbers have fewer digits
            assert abs(found[name] - forward) <= 100 * EPS * scale[name] + 1e-300 or (
                math.isnan(found[name]) and math.isnan(forward)
            )
        elif math.isnan(found[name]):
            assert math.isnan(forward)


AT_ZERO = [
    ("x abs(x)", 0.0),
    ("relu(x)^2", 0.0),
    ("abs(x^2)", 0.0),
    ("max(x^2, x^3)", 0.0),
    ("relu(x) - relu(-x)", 1.0),
    ("max(x, x)", 1.0),
    ("leaky_relu(x, 1)", 1.0),
    ("min(x, 1 + 1/x^2) - x", 0.0),
    ("sqrt(x)", math.inf),
    ("x^(1/3)", math.inf),
    ("abs(x)", math.nan),
    ("max(x, 0)", math.nan),
    ("leaky_relu(x)", math.nan),
    ("x^(2/3)", math.nan),
    ("sign(x)", math.nan),
    ("ln(x)", math.inf),
    ("x^x", math.nan),
]


@pytest.mark.parametrize(("text", "expected"), AT_ZERO)
def test_at_awkward_points(text: str, expected: float) -> None:
    f = nd.parse(text)
    single = reverse_gradient(f, {"x": 0.0})["x"]
    several = reverse_gradient(f, {"x": np.array([[0.0, 0.5]])})["x"]
    assert isinstance(single, np.floating)
    assert several.shape == (1, 2)
    for found in (single, several[0, 0]):
        assert np.allclose(found, expected, rtol=1e-15, equal_nan=True)
    assert np.isclose(several[0, 1], evaluate_dual(f.tree, {"x": 0.5}, "x")[1], rtol=1e-15)


def test_what_does_not_matter_cannot_poison() -> None:
    f = nd.parse("f(x, y, z) = max(x, sqrt(y)) + 0 abs(z)")
    found = reverse_gradient(f, {"x": 2.0, "y": 0.0, "z": 1.0})
    assert found == {"x": 1.0, "y": 0.0, "z": 0.0}
    assert reverse_gradient(nd.parse("f(x, y) = x^2"), {"x": 3.0, "y": math.inf}) == {"x": 6.0, "y": 0.0}


def test_shapes_broadcast_and_results_are_their_own() -> None:
    f = nd.parse("f(x, y, z) = x y + 3")
    x, y = np.array([[1.0], [2.0]]), np.array([4.0, 5.0, 6.0])
    found = reverse_gradient(f, {"x": x, "y": y, "z": 0})
    assert {name: part.shape for name, part in found.items()} == dict.fromkeys("xyz", (2, 3))
    assert np.array_equal(found["x"], [[4, 5, 6], [4, 5, 6]])
    assert np.array_equal(found["z"], np.zeros((2, 3)))
    same = np.array([1.0, 2.0])
    found = reverse_gradient(nd.parse("x y"), {"x": same, "y": same})
    found["x"][0] = 99.0
    assert same[0] == 1.0
    assert found["y"][0] == 1.0
    assert reverse_gradient(nd.parse("7"), {}) == {}


@pytest.mark.parametrize("dtype", [np.float16, np.float32, ml_dtypes.bfloat16])
def test_narrow_dtypes_stay(dtype: type) -> None:
    f = nd.parse("sigmoid(2x)^2 + x y^(1/3) + gelu(x) + max(x, y) + relu(x)")
    at = {"x": np.array([0.5, 1.25], dtype), "y": np.array([0.75, 2.0], dtype)}
    narrow = reverse_gradient(f, at)
    wide = reverse_gradient(f, {name: value.astype(float) for name, value in at.items()})
    for name in at:
        assert narrow[name].dtype == dtype
        # a handful of operations, each rounded to the narrow type
        assert np.allclose(narrow[name].astype(float), wide[name], rtol=16 * float(ml_dtypes.finfo(dtype).eps))


def test_what_it_refuses() -> None:
    f = nd.parse("x y")
    with pytest.raises(TypeError, match="needs a value for y"):
        reverse_gradient(f, {"x": 1.0})
    with pytest.raises(TypeError, match="real floating"):
        reverse_gradient(f, {"x": 1j, "y": 1.0})
    with pytest.raises(ValueError, match="broadcast"):
        reverse_gradient(f, {"x": np.ones(2), "y": np.ones(3)})


def test_the_adjoints_of_a_shared_part_add_up() -> None:
    tape = compile_tape(nd.parse("x^2 + x^2 x").tree)
    values = program(tape, np.dtype(float)).run({"x": np.float64(3)})
    by_operation = {
        step.op: part for step, part in zip(tape.instructions, adjoints(tape, np.dtype(float), values), strict=True)
    }
    assert by_operation["power_integer"] == 1 + 3
    assert by_operation["variable"] == 4 * 6 + 9
    assert by_operation.get("number") is None
