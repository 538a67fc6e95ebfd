"""What a computational graph is made of: nodes, edges, and how they hang together; plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from numdiff.derivation.check.domains import has_negative_base
from numdiff.derivative.result import Reason
from numdiff.function import Function
from numdiff.graph.names import Kind, latex_of, named, text_of
from numdiff.tree import Node, Pow, expand_sums, variables

EdgeKey: TypeAlias = tuple[str, int]
"""An edge by the node it leads to and the operand's place there, counted from 0: two edges lead from x to x·x."""


@dataclass(frozen=True)
class GraphNode:
    """One step of the computation.

    Attributes
    ----------
    id : str
        ``v-1``, ``v0``, ``v1``, …: stable, whatever the letter shown is.
    index : int
        Of its name.
    operation : str
        "input", "constant", "add", "sub", "mul", "div", "neg", "pow" or a function's name in
        :data:`numdiff.functions.registry.FUNCTIONS`.
    tree : Node
        The sub-expression in the function's variables, as typed.
    expression : Node
        The same in the names of the nodes it is made of: v₁·v₂. An input's is its variable.
    level : int
        0 for inputs, else one more than the highest level among its operands.
    value, tangent, adjoint : float or None
        None where the graph has no point. NaN where there is no derivative or none could be decided.
    reason : Reason
        Why the adjoint or the value is not a finite number.
    """

    id: str
    index: int
    operation: str
    tree: Node
    expression: Node
    level: int
    value: float | None = None
    tangent: float | None = None
    adjoint: float | None = None
    reason: Reason = Reason.NONE


@dataclass(frozen=True)
class GraphEdge:
    """How one node depends on another.

    Attributes
    ----------
    source, target : str
        Ids; the value flows from the source to the target.
    position : int
        Which operand of the target's operation the source is, counted from 0.
    local : Node
        The local derivative in the names of the nodes, as a textbook prints it; a broken one with its factor.
    value : float or None
        The local derivative's value; None where the graph has no point. NaN at a kink or jump.
    factor : float
        What a deliberately broken rule multiplies the local derivative with; 1 for a right one.
    reason : Reason
        Why the value is not a finite number.
    """

    source: str
    target: str
    position: int
    local: Node
    value: float | None = None
    factor: float = 1.0
    reason: Reason = Reason.NONE

    @property
    def key(self) -> EdgeKey:
        """What the edge is called in ``broken``."""
        return (self.target, self.position)


@dataclass(frozen=True)
class GraphData:
    """A function's computational graph, with or without numbers: what a :class:`numdiff.Graph` is made of.

    Attributes
    ----------
    function : Function
    nodes : tuple of GraphNode
        Inputs first, in the order of the variables, then by level: each after its operands, the output last.
    edges : tuple of GraphEdge
        By target, then by position.
    at : Mapping or None
        The point, by variable.
    seed : str or None
        The variable whose tangent is 1.
    letter : str
        The letter of the nodes' names: v, or another one if a variable is called v.
    """

    function: Function
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    at: Mapping[str, float] | None
    seed: str | None
    letter: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the inputs, in the order of the function's variables."""
        return tuple(node.id for node in self.nodes if node.operation == "input")

    @property
    def output(self) -> str:
        """The id of the node whose value is the function's."""
        if self.nodes[-1].operation != "input":
            return self.nodes[-1].id
        tree = expand_sums(self.function.tree)  # a variable alone, perhaps as the one term of a sum
        return next(node.id for node in self.nodes if node.tree == tree)

    @cached_property
    def _by_id(self) -> Mapping[str, GraphNode]:
        return {node.id: node for node in self.nodes}

    def node(self, node_id: str) -> GraphNode:
        """Return a node by its id. KeyError if there is none."""
        return self._by_id[node_id]

    def edge(self, key: EdgeKey) -> GraphEdge:
        """Return an edge by its key. KeyError if there is none."""
        found = next((edge for edge in self.edges if edge.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    @cached_property
    def nowhere(self) -> frozenset[EdgeKey]:
        """The edges whose local derivative exists nowhere: its formula has the logarithm of a negative base."""
        powers = {
            node.id for node in self.nodes if isinstance(node.tree, Pow) and has_negative_base(node.tree, _varies)
        }
        return frozenset(edge.key for edge in self.edges if edge.target in powers and edge.position == 1)

    def into(self, node_id: str) -> tuple[GraphEdge, ...]:
        """Return the edges from a node's operands, in their order."""
        return tuple(edge for edge in self.edges if edge.target == node_id)

    def out_of(self, node_id: str) -> tuple[GraphEdge, ...]:
        """Return the edges to the nodes that use a node, in their order."""
        return tuple(edge for edge in self.edges if edge.source == node_id)

    @property
    def gradient(self) -> dict[str, float]:
        """The partial derivatives by variable, from the adjoints of the inputs. ValueError without a point."""
        found: dict[str, float] = {}
        for name, node_id in zip(self.function.variables, self.inputs, strict=True):
            adjoint = self.node(node_id).adjoint
            if adjoint is None:
                raise ValueError("the graph has no point: give one by at")
            found[name] = adjoint
        return found

    def name(self, node_id: str, kind: Kind = "value") -> Node:
        """Return the name of a node's value, tangent or adjoint, as a variable."""
        return named(self.letter, self.node(node_id).index, kind)

    def text(self, tree: Node) -> str:
        """Return an expression in the nodes' names as plain text."""
        return text_of(tree, self.letter)

    def latex(self, tree: Node) -> str:
        """Return an expression in the nodes' names as LaTeX."""
        return latex_of(tree, self.letter)


def _varies(node: Node) -> bool:
    return bool(variables(node))
