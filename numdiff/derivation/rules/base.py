"""What a rule is, and what it may ask about an expression."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from numdiff.derivation.steps import Condition
from numdiff.tree import Indexed, IndexedSum, Mul, Neg, Node, Variable, children, variables


def slot(place: int) -> Variable:
    """Return the placeholder that stands for a derivative still to be worked out."""
    return Variable(f"#{place}")


class Dependence:
    """Whether expressions contain the variable; each expression is looked through once."""

    def __init__(self, variable: str) -> None:
        self.variable = variable
        self._known: dict[int, tuple[Node, bool]] = {}

    def __call__(self, node: Node) -> bool:
        """Return True if the variable occurs in the expression (sums over an index written out)."""
        known = self._known.get(id(node))
        if known is None:
            # the node is kept with the answer, so that its id is not given to another one
            known = self._known[id(node)] = (node, self._look(node))
        return known[1]

    def _look(self, node: Node) -> bool:
        match node:
            case Variable():
                return node.name == self.variable
            case IndexedSum():
                return self.variable in variables(node)
            case Indexed():
                raise TypeError("an indexed variable has no derivative outside its sum")
            case _:
                return any(list(map(self, children(node))))


@dataclass(frozen=True)
class Application:
    """What a rule makes of an expression.

    Attributes
    ----------
    form : Node
        The derivative; ``#0``, ``#1``, … stand for the derivatives of ``parts``.
    parts : tuple[Node, ...]
        What is still to be differentiated.
    rewritten : Node or None
        The same expression in another form, shown first: its derivative is what the form gives.
    before : tuple[Node, ...]
        Lines that lead to the form.
    finish : callable or None
        Brings the result back into the form that was typed.
    placed : Node or None
        The form that the results are put into, if they stand at another place there.
    outer : str
        For the chain rule: the rule of the outer function.
    conditions : tuple[Condition, ...]
        What the rule needs beyond the domains of the functions in the expression.
    """

    form: Node
    parts: tuple[Node, ...] = ()
    rewritten: Node | None = None
    before: tuple[Node, ...] = ()
    finish: Callable[[Node], Node] | None = None
    placed: Node | None = None
    outer: str = ""
    conditions: tuple[Condition, ...] = ()


class Rule(ABC):
    """A rule of differentiation: its docstring states it."""

    name: str

    @abstractmethod
    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return what the rule makes of the expression, which contains the variable; None if it does not fit."""


def times(factor: Node, derivative: Node) -> Node:
    """Return factor·derivative, a minus sign in front of it."""
    return Neg(times(factor.argument, derivative)) if isinstance(factor, Neg) else Mul(factor, derivative)


def by_chain(local: Node, inner: Node, depends: Dependence, outer: str) -> Application:
    """Return local · ∂inner/∂x, and local alone where the inner function is the variable itself."""
    if inner == Variable(depends.variable):
        return Application(local)
    return Application(times(local, slot(0)), (inner,), outer=outer)
