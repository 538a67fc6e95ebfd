"""The numbers in a computational graph: values, local derivatives, tangents and adjoints at one point."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from numdiff.derivative.result import Reason
from numdiff.evaluate.choice import Choice, meets
from numdiff.evaluate.floats import DType, prepare, program
from numdiff.evaluate.forward import slopes
from numdiff.evaluate.partials import local_derivatives
from numdiff.evaluate.tape import Tape, compile_tape
from numdiff.function import Function
from numdiff.functions.recipes import Value
from numdiff.functions.registry import having, jumping, kinked, poles
from numdiff.graph.nodes import EdgeKey, GraphData, GraphEdge, GraphNode
from numdiff.graph.structure import Part
from numdiff.tree import Piecewise, Pow, Variable, odd_root

AnyGraph = TypeVar("AnyGraph", bound=GraphData)

NodeReason: TypeAlias = Literal[
    Reason.NONE,
    Reason.KINK,
    Reason.JUMP,
    Reason.POLE,
    Reason.CUSP,
    Reason.VERTICAL_TANGENT,
    Reason.UNDEFINED,
    Reason.NOT_FINITE,
]
"""Why a number in a graph is not a finite one."""

_DIVISIONS = frozenset({"div", "pow"})
"""Operations that, beside the functions with poles, can be infinite at a finite point; elsewhere it is an overflow."""


@dataclass(frozen=True)
class Numbers:
    """A function's values at a point, as they stand on its tape."""

    tape: Tape
    dtype: DType
    point: Mapping[str, float]
    values: list[Value]

    @classmethod
    def of(cls, f: Function, point: Mapping[str, ArrayLike]) -> Numbers:
        """Evaluate f. ValueError for an array or a complex number."""
        tape = compile_tape(f.tree)
        with np.errstate(all="ignore"):
            cast, dtype, shape = prepare(tape.variables, point, None)
            if shape != () or dtype.kind == "c":
                raise ValueError("a graph is drawn for one real point")
            values = program(tape, dtype).run(cast)
        return cls(tape, dtype, {name: float(cast[name]) for name in f.variables}, values)

    def value(self, part: Part) -> float:
        """Return a part's value; a variable that the formula does not contain has its own."""
        if part.place < 0 and isinstance(part.tree, Variable):
            return self.point[part.tree.name]
        return float(self.values[part.place])

    def local(self, part: Part, position: int) -> float:
        """Return the local derivative of a part by one of its operands; NaN where the part has no value."""
        if math.isnan(self.value(part)):
            return math.nan
        if part.operation in ("min", "max"):
            return self._extreme(part, position)
        if part.operation in having(is_composite=True):
            return self.slopes(part.operands[position])[part.place]
        found = local_derivatives(self.tape, part.place, self.dtype)
        return float(found[position if len(found) > 1 else 0](self.values))

    def _extreme(self, part: Part, position: int) -> float:
        """Return 1 for the one greatest (least) operand, 0 for the others, NaN where two are."""
        values = [float(self.values[place]) for place in part.places if place is not None]
        winner = float(self.values[part.place])
        if values[position] != winner:
            return 0.0
        return 1.0 if values.count(winner) == 1 else math.nan

    def meets(self, part: Part) -> bool:
        """Return whether the pieces of a part have one value where a condition changes at the point."""
        step = self.tape.instructions[part.place]
        assert isinstance(step.parameter, Choice)
        return meets(step.parameter, tuple(self.values[place] for place in step.operands))

    def slopes(self, place: int) -> list[float]:
        """Return the derivative of every place by the value of one, from both sides."""
        return [float(slope) for slope in slopes(self.tape, place, self.dtype, self.values)]


def _value_reason(operation: str, value: float, operands: Iterable[float]) -> NodeReason:
    """Return why a value is not a finite number; its operands' trouble is theirs to tell."""
    if math.isfinite(value):
        return Reason.NONE
    if not all(math.isfinite(operand) for operand in operands):
        return Reason.NOT_FINITE
    if math.isnan(value):
        return Reason.UNDEFINED
    return Reason.POLE if operation in poles() | _DIVISIONS else Reason.NOT_FINITE


def _value_reasons(graph: GraphData, values: Mapping[str, float]) -> dict[str, NodeReason]:
    """Return for every node why its value is not a finite number, in the order of computation."""
    operands = {node.id: [values[edge.source] for edge in graph.into(node.id)] for node in graph.nodes}
    return {node.id: _value_reason(node.operation, values[node.id], operands[node.id]) for node in graph.nodes}


def _slope_reason(part: Part, slope: float, numbers: Numbers) -> NodeReason:
    """Return why a local derivative is not a finite number where the value is one."""
    if math.isfinite(slope):
        return Reason.NONE
    if not math.isfinite(numbers.value(part)):
        return Reason.UNDEFINED
    if isinstance(part.tree, Piecewise):
        return Reason.KINK if numbers.meets(part) else Reason.JUMP
    if part.operation in kinked():
        return Reason.KINK
    if part.operation in jumping():
        return Reason.JUMP
    if math.isnan(slope):
        is_odd_root = isinstance(part.tree, Pow) and odd_root(part.tree.exponent)  # u^(2/3); u^w has one side at 0
        return Reason.CUSP if is_odd_root else Reason.UNDEFINED
    return Reason.VERTICAL_TANGENT


def times(slope: float, outer: float, operation: str) -> float:
    """Return local derivative times adjoint; where the operation does not matter its kink does not either."""
    return 0.0 if operation in kinked() and outer == 0 else slope * outer


@dataclass(frozen=True)
class _Flow:
    """What flows along the edges of one graph at one point."""

    graph: GraphData
    parts: Mapping[str, Part]
    numbers: Numbers
    slopes: Mapping[EdgeKey, float]
    is_broken: bool

    def along(self, edge: GraphEdge, outer: float) -> float:
        """Return the edge's local derivative times what comes to one of its ends."""
        return times(self.slopes[edge.key], outer, self.parts[edge.target].operation)

    def adjoints(self) -> dict[str, float]:
        """Return the derivative of the output by each node's value, by id."""
        output = self.graph.output
        is_outside = math.isnan(self.numbers.value(self.parts[output]))
        found = {output: 1.0}
        for node in reversed(self.graph.nodes):
            users = self.graph.out_of(node.id)
            if node.id == output or not users:
                found.setdefault(node.id, 0.0)
                continue
            total = sum(self.along(edge, found[edge.target]) for edge in users)
            if math.isnan(total) and not self.is_broken:
                total = self.numbers.slopes(self.parts[node.id].place)[-1]
            found[node.id] = math.nan if is_outside else total
        return found

    def tangents(self) -> dict[str, float]:
        """Return the derivative of each node's value by the seed, by id."""
        seed = next((node.id for node in self.graph.nodes if node.tree == Variable(self.graph.seed or "")), None)
        found = {node_id: float(node_id == seed) for node_id in self.graph.inputs}
        from_sides: list[float] = []
        for node in self.graph.nodes:
            if node.id in found:
                continue
            total = sum((self.along(edge, found[edge.source]) for edge in self.graph.into(node.id)), 0.0)
            if math.isnan(total) and seed is not None and not self.is_broken:
                from_sides = from_sides or self.numbers.slopes(self.parts[seed].place)
                total = from_sides[self.parts[node.id].place]
            found[node.id] = total
        return found


def _edges(plain: GraphData, parts: Mapping[str, Part], numbers: Numbers) -> tuple[GraphEdge, ...]:
    edges = []
    for edge in plain.edges:
        part = parts[edge.target]
        slope = numbers.local(part, edge.position)
        reason = _slope_reason(part, slope, numbers)
        edges.append(replace(edge, value=slope * edge.factor, reason=reason))
    return tuple(edges)


def _adjoint_reason(
    graph: GraphData, node: GraphNode, output: float, adjoints: Mapping[str, float], known: Mapping[str, Reason]
) -> Reason:
    """Return why an adjoint is not a finite number: what an edge says, or the node behind it."""
    if math.isfinite(adjoints[node.id]):
        return Reason.NONE
    edges = graph.out_of(node.id)
    here, beyond = [edge.reason for edge in edges], [known[edge.target] for edge in edges]
    # where f has no value it has no tangent either: that one of its operations has a kink there is not the reason
    told = [*here, *beyond] if math.isfinite(output) else [*beyond, *here]
    return next((reason for reason in told if reason), Reason.UNDEFINED)


def fill_in(plain: AnyGraph, parts: Mapping[str, Part], numbers: Numbers) -> AnyGraph:
    """Return the graph with its numbers.

    Parameters
    ----------
    plain : GraphData
        Without numbers.
    parts : Mapping
        What each node stands for, by id.
    numbers : Numbers
    """
    with np.errstate(all="ignore"):
        flow = _flow(plain, parts, numbers)
        adjoints, tangents = flow.adjoints(), flow.tangents()
    graph, values = flow.graph, {node.id: numbers.value(parts[node.id]) for node in plain.nodes}
    own = _value_reasons(graph, values)
    reasons: dict[str, Reason] = {}
    for node in reversed(graph.nodes):
        reasons[node.id] = own[node.id] or _adjoint_reason(graph, node, values[graph.output], adjoints, reasons)
    nodes = tuple(
        replace(
            node,
            value=values[node.id],
            tangent=tangents[node.id],
            adjoint=adjoints[node.id],
            reason=reasons[node.id],
        )
        for node in graph.nodes
    )
    return replace(plain, nodes=nodes, edges=graph.edges, at=graph.at)


def _flow(plain: GraphData, parts: Mapping[str, Part], numbers: Numbers) -> _Flow:
    """Return what flows through a graph, and in it the graph with the numbers of its edges."""
    graph = replace(plain, edges=_edges(plain, parts, numbers), at=dict(numbers.point))
    slopes_of = {edge.key: edge.value for edge in graph.edges if edge.value is not None}
    return _Flow(graph, parts, numbers, slopes_of, any(edge.factor != 1.0 for edge in graph.edges))


def adjoints_of(plain: GraphData, parts: Mapping[str, Part], numbers: Numbers) -> dict[str, float]:
    """Return the adjoints alone, by id: those of :func:`fill_in`, whose parameters these are."""
    with np.errstate(all="ignore"):
        return _flow(plain, parts, numbers).adjoints()
