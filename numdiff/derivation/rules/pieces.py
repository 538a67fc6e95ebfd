"""Rules for functions made of pieces that have more than one argument."""

from __future__ import annotations

from numdiff.derivation.rules.base import Application, Dependence, Rule, by_chain, slot, times
from numdiff.derivation.rules.power import local
from numdiff.derivation.terms import ZERO, call, half_difference, half_sum
from numdiff.functions.registry import row
from numdiff.functions.trees import completed
from numdiff.tree import Add, Call, Node, Sub


class LeakyRelu(Rule):
    """LeakyReLU′(x) = 1 for x > 0 and a for x < 0, written (1 + sgn x)/2 + a·(1 − sgn x)/2; none at the kink."""

    name = "leaky_relu"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the local derivative by each operand that varies times that operand's own."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        full = Call(self.name, completed(row(self.name), node.arguments))
        inner, slope = full.arguments
        if not depends(slope):
            return by_chain(local(full), inner, depends, self.name)
        if not depends(inner):
            return by_chain(local(full, 1), slope, depends, self.name)
        form = Add(times(local(full), slot(0)), times(local(full, 1), slot(1)))
        return Application(form, (inner, slope))


class _Extreme(Rule):
    """The derivative of the operand that is the greatest or the least; none where two are equal."""

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the derivatives of both operands, each times 1 where it counts and 0 elsewhere."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        if len(node.arguments) > 2:
            return Application(slot(0), (self._in_two(node.arguments),))
        first, last = node.arguments
        lead, follow = (half_sum, half_difference) if self.name == "max" else (half_difference, half_sum)
        if first == ZERO:
            lead, follow, side = follow, lead, call("sign", last)
        else:
            side = call("sign", first if last == ZERO else Sub(first, last))
        form = Add(times(lead(side), slot(0)), times(follow(side), slot(1)))
        return Application(form, (first, last))

    def _in_two(self, arguments: tuple[Node, ...]) -> Node:
        """Return the extreme of the extremes of two halves, the first the longer: max(a, b, c) = max(max(a, b), c)."""
        middle = (len(arguments) + 1) // 2
        halves = arguments[:middle], arguments[middle:]
        return Call(self.name, tuple(half[0] if len(half) == 1 else Call(self.name, half) for half in halves))


class Max(_Extreme):
    """max(u, v)′ = u′ where u > v and v′ where u < v, written (1 + sgn(u − v))/2·u′ + (1 − sgn(u − v))/2·v′."""

    name = "max"


class Min(_Extreme):
    """min(u, v)′ = u′ where u < v and v′ where u > v, written (1 − sgn(u − v))/2·u′ + (1 + sgn(u − v))/2·v′."""

    name = "min"
