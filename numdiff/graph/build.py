"""The computational graph: what a function computes, step by step, and how every step's derivative flows back.

There is one node for each distinct sub-expression that depends on a variable; what is constant is part of the
operation that uses it (3·v₁, 1 + v₂). Names and order are those of A. G. Baydin et al., Automatic differentiation in
machine learning: a survey, J. Mach. Learn. Res. 18 (2018): the inputs are v₋₁, v₀, the others follow by level. Sums
over an index are written out. An edge carries the local derivative of its target by its source, as a textbook prints
it and as a number. Forward mode gives each node a tangent, reverse mode an adjoint: the sums over all paths.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from numdiff.derivation.local import chosen_slope, local_derivative
from numdiff.function import Function, parse
from numdiff.graph.names import letter, named
from numdiff.graph.nodes import EdgeKey, GraphData, GraphEdge, GraphNode
from numdiff.graph.numbers import Numbers, adjoints_of, fill_in
from numdiff.graph.structure import Part, parts_of
from numdiff.graph.trace import TraceRow, adjoint_rows, primal_rows, tangent_rows
from numdiff.naming import find_name
from numdiff.tree import Mul, Neg, Node, Number, Piecewise, variables

_SKELETONS_KEPT = 32
"""Graphs without numbers, of so many functions: they are the same at every point."""


@dataclass(frozen=True)
class Graph(GraphData):
    """A function's computational graph, with or without numbers; its attributes are those of the data."""

    @cached_property
    def primal(self) -> tuple[TraceRow, ...]:
        """The forward trace of values, in the order of the nodes."""
        return primal_rows(self)

    @cached_property
    def tangent(self) -> tuple[TraceRow, ...]:
        """The forward trace of tangents, in the order of the nodes."""
        return tangent_rows(self)

    @cached_property
    def adjoint(self) -> tuple[TraceRow, ...]:
        """The reverse trace of adjoints, from the output back to the inputs."""
        return adjoint_rows(self)

    def seeded(self, variable: str) -> Graph:
        """Return the same graph with the tangents of another variable. ValueError if there is no such variable."""
        if variable == self.seed:
            return self
        broken = {edge.key: edge.factor for edge in self.edges if edge.factor != 1.0}
        return graph(self.function, self.at, seed=variable, broken=broken)

    def part(self, node_id: str) -> Graph:
        """Return the graph of one node's sub-expression, at the same point."""
        tree = self.node(node_id).tree
        inner = Function(tree, tuple(name for name in self.function.variables if name in variables(tree)))
        at = None if self.at is None else {name: self.at[name] for name in inner.variables}
        return graph(inner, at)


def _edges(part: Part, index: Mapping[int, int], operands: tuple[Node, ...]) -> list[GraphEdge]:
    target = f"v{index[part.place]}"
    edges = []
    for position, place in part.operands.items():
        whole = part.expression(operands)
        if isinstance(whole, Piecewise):
            local: Node | None = chosen_slope(whole, position)
        else:
            local = local_derivative(part.operation, operands, position)
        if local is None:
            raise ValueError(f"{part.operation} has no derivative by its operand {position}")
        edges.append(GraphEdge(f"v{index[place]}", target, position, local))
    return edges


def _broken(edge: GraphEdge, factor: float) -> GraphEdge:
    """Return the edge with its local derivative multiplied by a factor, in the formula and in the numbers to come."""
    if factor == 1.0:
        return edge
    size = Number(f"{abs(factor):.17g}")
    return replace(edge, factor=factor, local=Mul(Neg(size) if factor < 0 else size, edge.local))


def _new_skeleton(f: Function) -> tuple[Graph, tuple[Part, ...]]:
    """Return the graph without numbers, and the parts of the function that its nodes stand for."""
    parts = parts_of(f)
    inputs = len(f.variables)
    index = {part.place: number for number, part in enumerate(parts, start=1 - inputs)}
    base = letter(f.variables)
    nodes: list[GraphNode] = []
    edges: list[GraphEdge] = []
    for part in parts:
        number = index[part.place]
        operands = part.named({place: named(base, index[place]) for place in part.operands.values()})
        expression = part.expression(operands)
        nodes.append(GraphNode(f"v{number}", number, part.operation, part.tree, expression, part.level))
        edges += _edges(part, index, operands)
    return Graph(f, tuple(nodes), tuple(edges), None, None, base), tuple(parts)


_kept_skeleton = lru_cache(maxsize=_SKELETONS_KEPT)(_new_skeleton)


def _skeleton(f: Function) -> tuple[Graph, tuple[Part, ...]]:
    """Return the same, from what is kept if that is this very function's: equal ones may differ in text and notes."""
    plain, parts = _kept_skeleton(f)
    return (plain, parts) if plain.function is f else _new_skeleton(f)


def _check_seed(f: Function, seed: str | None) -> str | None:
    if seed is None:
        return f.variables[0] if f.variables else None
    return find_name(seed, f.variables, f.name)


def _check_broken(plain: Graph, broken: Mapping[EdgeKey, float]) -> None:
    unknown = set(broken) - {edge.key for edge in plain.edges}
    if unknown:
        raise ValueError(f"the graph has no edge {sorted(unknown)[0]}")
    if not all(math.isfinite(factor) for factor in broken.values()):
        raise ValueError("the factors of broken rules must be finite")


def graph(
    f: Function | str,
    at: Mapping[str, Any] | float | None = None,
    *,
    seed: str | None = None,
    broken: Mapping[EdgeKey, float] | None = None,
) -> Graph:
    """Return the computational graph of f.

    Parameters
    ----------
    f : Function or str
        A typed function, or the text of one.
    at : mapping of str to real, or real, optional
        The point: a value for every variable in any spelling of its name, or a single number for the only one.
        Without it the graph has no numbers.
    seed : str, optional
        The variable that the tangents belong to, by default the first.
    broken : mapping, optional
        Deliberately wrong rules: from an edge's key to the factor that its local derivative is multiplied with.

    Returns
    -------
    Graph
        Values are float64, bit for bit those that ``f(...)`` computes at this point (in the floating type of the
        numbers given). Derivatives agree with it to rounding. Where a sum over paths says nothing but the derivative
        exists (abs(x²) at 0) it is the derivative from both sides.

    Raises
    ------
    InputError
        If the text cannot be understood.
    TypeError
        For a missing, unknown or non-numeric value.
    ValueError
        For an array or a complex number as a value, an unknown seed, or an unknown edge or infinite factor in
        ``broken``.

    Examples
    --------
    >>> import numdiff as nd
    >>> nd.graph(nd.parse("x y"), {"x": 3.0, "y": 2.0}).gradient
    {'x': 2.0, 'y': 3.0}
    """
    function = parse(f) if isinstance(f, str) else f
    name = _check_seed(function, seed)
    plain, parts = _plain(function, broken)
    plain = replace(plain, seed=name)
    if at is None:
        return plain
    return fill_in(plain, parts, _numbers(function, at))


def graph_gradient(
    f: Function, at: Mapping[str, Any] | float, broken: Mapping[EdgeKey, float] | None = None
) -> dict[str, float]:
    """Return the gradient of the graph of f at a point; parameters and errors as for :func:`graph`."""
    plain, parts = _plain(f, broken)
    adjoints = adjoints_of(plain, parts, _numbers(f, at))
    return {name: adjoints[node_id] for name, node_id in zip(f.variables, plain.inputs, strict=True)}


def _plain(f: Function, broken: Mapping[EdgeKey, float] | None) -> tuple[Graph, dict[str, Part]]:
    """Return the graph without numbers, its rules broken, and what each node stands for, by id."""
    plain, parts = _skeleton(f)
    factors = dict(broken or {})
    _check_broken(plain, factors)
    edges = tuple(_broken(edge, factors.get(edge.key, 1.0)) for edge in plain.edges)
    return replace(plain, edges=edges), {node.id: part for node, part in zip(plain.nodes, parts, strict=True)}


def _numbers(f: Function, at: Mapping[str, Any] | float) -> Numbers:
    return Numbers.of(f, f.arguments(**at) if isinstance(at, Mapping) else f.arguments(at))
