"""The rules of the functions that have one, from their rows; each also says f(u)′ = f′(u)·u′."""

from __future__ import annotations

from numdiff.derivation.check.domains import jumps
from numdiff.derivation.rules.base import Application, Dependence, Rule, by_chain
from numdiff.derivation.rules.power import local
from numdiff.derivation.terms import ZERO, call
from numdiff.printing.text import to_text
from numdiff.tree import Call, Node, Variable


class FunctionRule(Rule):
    """f(x)′ as the table of standard derivatives gives it, for the function with the rule's name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.__doc__ = f"({name} x)′ = {to_text(local(call(name, Variable('x'))))}."

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the local derivative times the inner one."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        return by_chain(local(node), node.arguments[0], depends, self.name)


class JumpRule(Rule):
    """0 wherever the function with the rule's name does not jump."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.__doc__ = f"({name} x)′ = 0 beside the jumps; there, there is none."

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return 0; where the inner function jumps there is no derivative either."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        return Application(ZERO, conditions=jumps(node, depends))
