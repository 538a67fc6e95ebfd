"""The local derivatives on the edges of a graph, each beside a derivative of that one operation from its values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from numdiff.derivative.api import derivative
from numdiff.derivative.result import Reason, Status
from numdiff.evaluate.floats import evaluate
from numdiff.graph.build import Graph
from numdiff.graph.nodes import EdgeKey, GraphEdge
from numdiff.tree import Node, Variable, children, rebuild

ROOM = 1e-6
"""A rule is wrong if it is off by more than this part of the derivative: rounding is far below, a slip far above."""


@dataclass(frozen=True, slots=True)
class EdgeCheck:
    """The check of one edge.

    Attributes
    ----------
    key : tuple
        Of the edge: the id of its target and the operand's position.
    source, target : str
        Ids of the nodes.
    operation : str
        The target's.
    local : Node
        The local derivative in the nodes' names, as it was used.
    analytic : float
        Its value.
    numerical, error : float
        The derivative of the operation by that operand alone, from its values, and an estimate of its error; NaN where
        there is none.
    relative : float
        abs(a − n)/max(abs(a), abs(n)); 0 if both are 0, NaN if one does not exist.
    agrees : bool
        False if the rule is wrong. Where there is no derivative (a kink, a jump), whatever the rule gives agrees.
    reason : Reason
        Why there is no derivative.
    """

    key: EdgeKey
    source: str
    target: str
    operation: str
    local: Node
    analytic: float
    numerical: float
    error: float
    relative: float
    agrees: bool
    reason: Reason


def check_edges(graph: Graph) -> tuple[EdgeCheck, ...]:
    """Return the checks of all edges, in their order. ValueError if the graph has no point."""
    if graph.at is None:
        raise ValueError("the graph has no point: give one by at")
    return tuple(_check(graph, edge) for edge in graph.edges)


def _check(graph: Graph, edge: GraphEdge) -> EdgeCheck:
    target = graph.node(edge.target)
    sources = {other.position: graph.node(other.source).value for other in graph.into(edge.target)}
    # the operation with a name for every operand that depends on a variable, and the others as typed
    operands = (
        Variable(f"#{position}") if position in sources else operand
        for position, operand in enumerate(children(target.tree))
    )
    operation = rebuild(target.tree, tuple(operands))
    values = {f"#{position}": value for position, value in sources.items() if value is not None}
    moving = f"#{edge.position}"

    def alone(x: np.ndarray) -> np.ndarray | np.generic:
        return evaluate(operation, {**values, moving: x})

    found = derivative(alone, values[moving])
    analytic = math.nan if edge.value is None else edge.value
    known = found.status in (Status.CONVERGED, Status.NOISE_LIMITED, Status.ONE_SIDED)
    numerical, error = (float(found.df), float(found.error)) if known else (math.nan, math.nan)
    difference = abs(analytic - numerical)
    greatest = max(abs(analytic), abs(numerical))
    relative = 0.0 if difference == 0 else difference / greatest if greatest > 0 else math.nan  # max(0, nan) is 0
    agrees = not known or (math.isfinite(analytic) and difference <= 8 * error + ROOM * greatest)
    return EdgeCheck(
        edge.key,
        edge.source,
        edge.target,
        target.operation,
        edge.local,
        analytic,
        numerical,
        error,
        relative,
        agrees,
        Reason.NONE if known else found.reason,
    )
