"""Trace tables of a computational graph: values forward, tangents forward, adjoints backward.

The tables of A. G. Baydin et al., Automatic differentiation in machine learning: a survey, J. Mach. Learn. Res. 18
(2018), tables 2 and 3: in each row a name, what it is in the names before it, and its number. A sum over paths is kept
as a sum, one term for each edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from numdiff.graph.names import Kind, latex_of, text_of
from numdiff.graph.nodes import EdgeKey, GraphData, GraphEdge, GraphNode
from numdiff.graph.numbers import times
from numdiff.tree import Add, Mul, Node


@dataclass(frozen=True)
class TraceTerm:
    """One path's share in a tangent or an adjoint: local derivative times what comes along the edge.

    Attributes
    ----------
    edge : EdgeKey
    other : str
        The id of the node at the other end of the edge.
    tree : Node
        The product in the nodes' names: v̄₃·v₂.
    outer, slope, product : float or None
        The number that comes (the other node's adjoint or tangent), the local derivative, and their product; None
        where the graph has no point.
    """

    edge: EdgeKey
    other: str
    tree: Node
    outer: float | None
    slope: float | None
    product: float | None


@dataclass(frozen=True)
class TraceRow:
    """One line of a trace table.

    Attributes
    ----------
    node : str
        The node's id.
    kind : {"value", "tangent", "adjoint"}
    symbol : Node
        The name of what the row tells: v₃, v̇₃ or v̄₃, as a variable.
    tree : Node or None
        What it is, in the names of the rows before it; None for what is given: the tangent of an input, the adjoint of
        the output, and the adjoint of an input that is not used.
    terms : tuple of TraceTerm
        The terms of the sum over the edges; empty for values and for what is given.
    value : float or None
        The number; None where the graph has no point.
    by_sides : bool
        True where the sum is no number, but the derivative from both sides is ``value``.
    letter : str
        Of the names.
    """

    node: str
    kind: Kind
    symbol: Node
    tree: Node | None
    terms: tuple[TraceTerm, ...]
    value: float | None
    by_sides: bool
    letter: str

    def text(self) -> tuple[str, str]:
        """Return the name and what it is as plain text; the second is empty for what is given."""
        return text_of(self.symbol, self.letter), "" if self.tree is None else text_of(self.tree, self.letter)

    def latex(self) -> tuple[str, str]:
        """Return the name and what it is as LaTeX; the second is empty for what is given."""
        return latex_of(self.symbol, self.letter), "" if self.tree is None else latex_of(self.tree, self.letter)


def _sum_row(graph: GraphData, node: GraphNode, kind: Kind, terms: Iterable[TraceTerm]) -> TraceRow:
    """Return a row for a sum over edges."""
    listed, value = tuple(terms), node.adjoint if kind == "adjoint" else node.tangent
    tree = reduce(Add, (term.tree for term in listed)) if listed else None
    total = sum(term.product for term in listed if term.product is not None)
    by_sides = value is not None and math.isnan(total) and not math.isnan(value)
    return TraceRow(node.id, kind, graph.name(node.id, kind), tree, listed, value, by_sides, graph.letter)


def _term(graph: GraphData, edge: GraphEdge, kind: Kind) -> TraceTerm:
    other = graph.node(edge.target if kind == "adjoint" else edge.source)
    outer = other.adjoint if kind == "adjoint" else other.tangent
    tree = Mul(graph.name(other.id, kind), edge.local)
    product = None
    if outer is not None and edge.value is not None:
        product = times(edge.value, outer, graph.node(edge.target).operation)
    return TraceTerm(edge.key, other.id, tree, outer, edge.value, product)


def primal_rows(graph: GraphData) -> tuple[TraceRow, ...]:
    """Return the rows of the values: inputs first, then each operation in the names of its operands."""
    return tuple(
        TraceRow(
            node=node.id,
            kind="value",
            symbol=graph.name(node.id),
            tree=node.expression,
            terms=(),
            value=node.value,
            by_sides=False,
            letter=graph.letter,
        )
        for node in graph.nodes
    )


def tangent_rows(graph: GraphData) -> tuple[TraceRow, ...]:
    """Return the rows of the tangents: 1 for the seed, 0 for the other inputs, then the sum over the operands."""
    return tuple(
        _sum_row(graph, node, "tangent", (_term(graph, edge, "tangent") for edge in graph.into(node.id)))
        for node in graph.nodes
    )


def adjoint_rows(graph: GraphData) -> tuple[TraceRow, ...]:
    """Return the rows of the adjoints: 1 for the output, then back to the inputs the sum over the users."""
    return tuple(
        _sum_row(graph, node, "adjoint", (_term(graph, edge, "adjoint") for edge in graph.out_of(node.id)))
        for node in reversed(graph.nodes)
    )
