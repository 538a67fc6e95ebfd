"""A differentiator in which one rule may be mistaken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from numdiff.derivation.local import local_derivative
from numdiff.tree import Add, Call, Mul, Node, Number, Variable, children, variables

ZERO, ONE = Number("0"), Number("1")

Rule: TypeAlias = Callable[["Differentiator", Node], Node | None]
"""A mistaken rule: the derivative of a node, or None where the right rule is to be used."""


class Differentiator:
    """Differentiates a tree with one mistaken rule; without a rule, correctly.

    Parameters
    ----------
    variable : str
        By which to differentiate.
    mistaken : callable, optional
        Asked first at every node that depends on the variable.
    """

    def __init__(self, variable: str, mistaken: Rule | None = None) -> None:
        self.variable = variable
        self.mistaken = mistaken

    def depends(self, node: Node) -> bool:
        """Return True if the variable occurs in the node."""
        return self.variable in variables(node)

    def __call__(self, node: Node) -> Node | None:
        """Return the derivative, untidied; None for an operation without a standard derivative."""
        if not self.depends(node):
            found = self.mistaken(self, node) if self.mistaken else None
            return ZERO if found is None else found
        if isinstance(node, Variable):
            return ONE
        if self.mistaken is not None:
            found = self.mistaken(self, node)
            if found is not None:
                return found
        return self.correctly(node)

    def correctly(self, node: Node) -> Node | None:
        """Return the sum over the operands: local derivative times the operand's own (mistaken) derivative."""
        operation = node.name if isinstance(node, Call) else type(node).__name__.lower()
        operands = children(node)
        total: Node | None = None
        for place, operand in enumerate(operands):
            if not self.depends(operand):
                continue
            local, inner = local_derivative(operation, operands, place), self(operand)
            if local is None or inner is None:
                return None
            term = local if inner == ONE else Mul(local, inner)
            total = term if total is None else Add(total, term)
        return total
