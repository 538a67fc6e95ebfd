"""The computational graph: Baydin's tables, values and derivatives against their oracles, kinks, broken rules."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import numdiff as nd
from numdiff.derivative.result import Reason
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.function import Function
from numdiff.gradient.reverse import reverse_gradient
from numdiff.graph.build import Graph, graph
from numdiff.tree import Node, Variable, expand_sums, substitute, variables
from tests.strategies import trees

EPS = float(np.finfo(float).eps)


def column(rows: tuple[nd.TraceRow, ...]) -> list[str]:
    return [" = ".join(part for part in row.text() if part) for row in rows]


def test_the_tables_of_baydin_et_al() -> None:
    found = graph("f(x_1, x_2) = ln(x_1) + x_1 x_2 - sin(x_2)", {"x_1": 2, "x_2": 5})
    assert column(found.primal) == [
        "v₋₁ = x₁", "v₀ = x₂", "v₁ = ln(v₋₁)", "v₂ = v₋₁·v₀", "v₃ = sin(v₀)", "v₄ = v₁ + v₂", "v₅ = v₄ − v₃",
    ]  # fmt: skip
    assert [round(row.value or 0, 3) for row in found.primal] == [2, 5, 0.693, 10, -0.959, 10.693, 11.652]
    assert column(found.tangent) == [
        "v̇₋₁", "v̇₀", "v̇₁ = v̇₋₁·(1/v₋₁)", "v̇₂ = v̇₋₁·v₀ + v̇₀·v₋₁", "v̇₃ = v̇₀·cos(v₀)", "v̇₄ = v̇₁·1 + v̇₂·1",
        "v̇₅ = v̇₄·1 + v̇₃·(−1)",
    ]  # fmt: skip
    assert [row.value for row in found.tangent] == [1, 0, 0.5, 5, 0, 5.5, 5.5]
    assert column(found.adjoint) == [
        "v̄₅", "v̄₄ = v̄₅·1", "v̄₃ = v̄₅·(−1)", "v̄₂ = v̄₄·1", "v̄₁ = v̄₄·1", "v̄₀ = v̄₂·v₋₁ + v̄₃·cos(v₀)",
        "v̄₋₁ = v̄₁·(1/v₋₁) + v̄₂·v₀",
    ]  # fmt: skip
    assert [round(row.value or 0, 3) for row in found.adjoint] == [1, 1, -1, 1, 1, 1.716, 5.5]
    assert found.adjoint[-2].latex() == (r"\bar{v}_{0}", r"\bar{v}_{2} v_{-1} + \bar{v}_{3} \cos v_{0}")
    assert found.seeded("x_2").node("v5").tangent == pytest.approx(1.716, abs=5e-4)


def test_a_sum_over_paths_is_kept_as_a_sum() -> None:
    found = graph("3x e^x", 2.0)
    row = found.adjoint[-1]
    assert [(term.edge, term.other, term.outer, term.slope) for term in row.terms] == [
        (("v1", 1), "v1", math.exp(2), 3.0),
        (("v2", 1), "v2", 6.0, math.exp(2)),
    ]
    assert row.value == sum(term.product or 0 for term in row.terms) == found.gradient["x"]
    # the nearest double to 66.501504890375852…
    assert found.gradient["x"] == pytest.approx(66.50150489037585, rel=2 * EPS)


def test_common_parts_are_one_node() -> None:
    found = graph("sin(x^2) + cos(x²) + e^(x^2) exp(x^2)")
    assert [node.operation for node in found.nodes] == ["input", "pow", "sin", "cos", "pow", "add", "mul", "add"]
    assert len(found.out_of("v1")) == 3
    assert [edge.key for edge in found.out_of("v4")] == [("v6", 0), ("v6", 1)]


def test_constants_belong_to_the_operation() -> None:
    found = graph("1/(1 + e^(-2π x))")
    assert [found.text(node.expression) for node in found.nodes] == ["x", "2π·v₀", "−v₁", "e^(v₂)", "1 + v₃", "1/v₄"]
    assert all(len(found.into(node.id)) == 1 for node in found.nodes[1:])


def test_sums_over_an_index_are_written_out() -> None:
    found = graph("sum(3y x_i, i, 1, 2)", {"y": 2, "x_1": 5, "x_2": 7})
    assert found.function.variables == ("y", "x_1", "x_2")
    assert found.gradient == {"y": 36, "x_1": 6, "x_2": 6}
    assert column(found.adjoint)[-3:] == ["v̄₀ = v̄₃·v₁", "v̄₋₁ = v̄₂·v₁", "v̄₋₂ = v̄₁·3"]


def test_a_variable_called_v_gets_other_letters() -> None:
    found = graph("v + v_1^2", {"v": 1, "v_1": 2})
    assert column(found.primal)[-1] == "w₂ = w₋₁ + w₁"
    assert column(found.adjoint)[1] == "w̄₁ = w̄₂·1"
    assert graph("θ + v w").letter == "u"


@pytest.mark.parametrize(
    ("text", "at", "operations", "gradient"),
    [
        ("7", {}, ["constant"], {}),
        ("2 + 3·4", {}, ["constant"], {}),
        ("x", 3.0, ["input"], {"x": 1.0}),
        ("f(x, y) = y", {"x": 1, "y": 2}, ["input", "input"], {"x": 0.0, "y": 1.0}),
        ("f(x, y) = y^2", {"x": 1, "y": 3}, ["input", "input", "pow"], {"x": 0.0, "y": 6.0}),
        ("f(x) = 5", 1.0, ["input", "constant"], {"x": 0.0}),
    ],
)
def test_small_graphs(text: str, at: object, operations: list[str], gradient: dict[str, float]) -> None:
    found = graph(text, at)  # type: ignore[arg-type]
    assert [node.operation for node in found.nodes] == operations
    assert found.gradient == gradient
    assert found.node(found.output).adjoint == 1.0
    assert found.node(found.output).value == float(nd.parse(text)(**at) if isinstance(at, dict) else nd.parse(text)(at))


@given(trees(max_leaves=14))
def test_it_has_a_node_for_each_distinct_part(tree: Node) -> None:
    found = graph(Function(tree, variables(tree)))
    places = {node.id: place for place, node in enumerate(found.nodes)}
    assert all(places[edge.source] < places[edge.target] for edge in found.edges)
    assert [node.index for node in found.nodes] == list(
        range(1 - len(found.inputs), 1 - len(found.inputs) + len(places))
    )
    assert [node.level for node in found.nodes] == sorted(node.level for node in found.nodes)
    # the names put back give the tree that was typed, up to the spelling of equal parts (e^x, exp x)
    full = {node.id: node for node in found.nodes}
    for node in found.nodes:
        named = {f"{found.letter}_{other.index}": other.tree for other in full.values()}
        again = node.tree if node.operation == "input" else substitute(node.expression, named)
        at = dict.fromkeys(variables(tree), 0.7)
        assert np.array_equal(evaluate(again, at), evaluate(node.tree, at), equal_nan=True)
    assert found.node(found.output).tree == expand_sums(tree)


POINTS = st.lists(st.floats(-3, 3) | st.sampled_from((0.0, 1.0, -1.0)), min_size=12, max_size=12)


def size_of(found: Graph) -> dict[str, float]:
    """The sum over the paths of absolute products, by variable: what rounding errors are measured by."""
    total = dict.fromkeys((node.id for node in found.nodes), 0.0)
    total[found.output] = 1.0
    for node in reversed(found.nodes):
        for edge in found.into(node.id):
            total[edge.source] += total[node.id] * abs(edge.value or 0.0)
    return dict(zip(found.function.variables, (total[name] for name in found.inputs), strict=True))


@given(trees(max_leaves=14), POINTS)
def test_values_and_derivatives_at_a_point(tree: Node, numbers: list[float]) -> None:
    names = variables(tree)
    assume(not any("-" in name for name in names))  # x with the index −1 has no spelling
    f, at = Function(tree, names), dict(zip(names, numbers, strict=False))
    found = graph(f, at)
    output = found.node(found.output)
    assert output.value is not None
    assert np.array_equal(np.float64(output.value), f(**at), equal_nan=True)
    gradient, sizes = reverse_gradient(f, at), size_of(found)
    for name in names:
        dual = float(evaluate_dual(tree, at, name)[1])
        tangent = found.seeded(name).node(found.output).tangent
        # a path has at most 40 factors; subnormal numbers have fewer digits
        bound = 100 * EPS * sizes[name] + 1e-300
        if not math.isfinite(bound) or math.isnan(output.value):
            continue
        for one in (found.gradient[name], gradient[name], tangent):
            assert one is not None
            assert abs(one - dual) <= bound or (math.isnan(one) and math.isnan(dual))
    for row in (*found.adjoint, *found.tangent):
        if row.terms and not row.by_sides and not math.isnan(output.value):
            assert np.array_equal(sum(term.product or 0.0 for term in row.terms), row.value or 0.0, equal_nan=True)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1/(1+e^(-x))", {"x": 40.0}),
        ("3x ln y + y e^(x^2) + 5", {"x": 1.5, "y": 2.0}),
        ("ln(ln(ln(x)))", {"x": 20.0}),
        ("tanh(x y)^2 + softplus(y - x)", {"x": 2.0, "y": 3.0}),
        ("arcsin(x) arccos(y)", {"x": 0.99999, "y": 0.5}),
        ("max(x, y, 1) + min(x, y, 2, x y)", {"x": 2.5, "y": 0.75}),
    ],
)
def test_gradients_are_the_exact_ones(text: str, at: dict[str, float]) -> None:
    found = graph(text, at)
    for name, value in found.gradient.items():
        others = {other: number for other, number in at.items() if other != name}
        exact = float(nd.exact_derivative(found.function, at[name], name, others))
        assert value == pytest.approx(exact, rel=2e-14)


def test_the_value_is_computed_in_the_type_of_the_point() -> None:
    f = nd.parse("sin(x)^3/7")
    assert graph(f, {"x": np.float32(0.3)}).nodes[-1].value == float(f(np.float32(0.3)))
    assert graph(f, 0.3).nodes[-1].value == float(f(0.3))


@pytest.mark.parametrize(
    ("text", "x", "reason"),
    [
        ("abs(x) + x", 0.0, Reason.KINK),
        ("max(x, 0)", 0.0, Reason.KINK),
        ("floor(x)", 2.0, Reason.JUMP),
        ("x^(2/3)", 0.0, Reason.CUSP),
        ("sqrt(x)", 0.0, Reason.VERTICAL_TANGENT),
        ("ln(x)", -1.0, Reason.UNDEFINED),
        ("3/x + 1", 0.0, Reason.POLE),
        *((text, 0.0, Reason.POLE) for text in ("x^(-1/3)", "x^(-2/3)", "1/cbrt(x)", "root(x, 5)^-1", "x^(-4/3) + 1")),
        *(
            (text, 0.0, Reason.POLE)
            for text in ("1/√x", "(√x)^-1", "x^-0.5", "1/|x|", "|x|^(-1/3)", "(√x)^(-1/3)", "ln √x")
        ),
        ("x^x", 0.0, Reason.UNDEFINED),
        ("cbrt(x)^2 + 1/(x+1)", 0.0, Reason.VERTICAL_TANGENT),
    ],
)
def test_what_does_not_exist_says_why(text: str, x: float, reason: Reason) -> None:
    found = graph(text, x)
    node = found.node("v0")
    assert node.adjoint is not None
    assert not math.isfinite(node.adjoint)
    assert node.reason == reason


def test_reasons_of_values() -> None:
    found = graph("1 + 3/x + ln(y)", {"x": 0.0, "y": -1.0})
    by_operation = {node.operation: node.reason for node in found.nodes}
    assert by_operation["div"] == Reason.POLE
    assert by_operation["ln"] == Reason.UNDEFINED
    assert (found.node("v-1").reason, found.node("v0").reason) == (Reason.POLE, Reason.UNDEFINED)
    assert by_operation["add"] == Reason.NOT_FINITE
    assert math.isnan(found.gradient["x"])
    # outside the domain of ln its slope 1/y is no derivative, though it is a number
    assert [math.isnan(edge.value or 0.0) for edge in found.edges if edge.source == "v0"] == [True]


def test_kinks_that_do_not_matter() -> None:
    assert graph("x abs(x)", 0.0).gradient == {"x": 0.0}
    assert graph("x + 0 abs(y)", {"x": 1, "y": 0}).gradient["x"] == 1.0
    assert graph("max(x, abs(y))", {"x": 1, "y": 0}).gradient == {"x": 1.0, "y": 0.0}
    found = graph("abs(x^2)", 0.0)
    assert found.gradient == {"x": 0.0}
    assert math.isnan(found.node("v1").adjoint or 0.0)
    assert found.node("v1").reason == Reason.KINK
    assert found.adjoint[-1].by_sides
    assert not any(row.by_sides for row in found.tangent)


def test_a_broken_rule_is_found_on_its_edge() -> None:
    right = graph("3x e^x", 2.0)
    wrong = graph("3x e^x", 2.0, broken={("v2", 1): -1.0})
    edge = wrong.edge(("v2", 1))
    assert (edge.factor, edge.value, wrong.text(edge.local)) == (-1.0, -math.exp(2), "(−1)·e^(v₀)")
    assert wrong.gradient["x"] == pytest.approx((3 - 6) * math.exp(2), rel=4 * EPS)
    assert [node.value for node in wrong.nodes] == [node.value for node in right.nodes]
    assert [one.key for one, other in zip(wrong.edges, right.edges, strict=True) if one.value != other.value] == [
        ("v2", 1)
    ]
    assert wrong.seeded("x").node("v3").tangent == wrong.gradient["x"]


def test_parts_have_graphs_of_their_own() -> None:
    found = graph("sin(x y) + z", {"x": 1, "y": 2, "z": 3})
    inner = found.part("v2")
    assert inner.function.variables == ("x", "y")
    assert inner.node(inner.output).value == math.sin(2)
    assert graph("sin(x y) + z").part("v1").at is None


def test_without_a_point_there_are_no_numbers() -> None:
    found = graph("x^2")
    assert found.nodes[1].value is None
    assert found.edges[0].value is None
    assert found.adjoint[1].terms[0].product is None
    with pytest.raises(ValueError, match="no point"):
        _ = found.gradient
    assert found.name("v1", "adjoint") == Variable("vbar_1")


def test_what_it_refuses() -> None:
    with pytest.raises(TypeError, match="needs a value for y"):
        graph("x y", {"x": 1})
    with pytest.raises(ValueError, match="one real point"):
        graph("x", np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="one real point"):
        graph("x", 1j)
    with pytest.raises(ValueError, match="no variable 'z'"):
        graph("x", 1.0, seed="z")
    with pytest.raises(ValueError, match="no edge"):
        graph("x^2", 1.0, broken={("v7", 0): 2.0})
    with pytest.raises(ValueError, match="finite"):
        graph("x^2", 1.0, broken={("v1", 0): math.inf})
    with pytest.raises(KeyError):
        graph("x^2").edge(("v1", 3))
    with pytest.raises(nd.InputError):
        graph("sin x(x+1)")


def test_long_inputs_stay_within_pythons_stack() -> None:
    text = "+".join(["x"] * 140)
    assert graph(text, 1.0).gradient == {"x": 140.0}
    nested = "sin(" * 30 + "x" + ")" * 30
    assert len(graph(nested, 1.0).nodes) == 31
