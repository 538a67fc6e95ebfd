"""Rules for powers, roots, exponential functions and logarithms. ′ is the derivative by x."""

from __future__ import annotations

from numdiff.derivation.local import local_derivative, power_slope
from numdiff.derivation.rules.base import Application, Dependence, Rule, by_chain, slot
from numdiff.derivation.steps import Condition
from numdiff.derivation.terms import EULER, ONE, TWO, ZERO, call, rational
from numdiff.evaluate.floats import evaluate
from numdiff.functions.registry import row
from numdiff.tree import Call, Div, Mul, Node, Number, Pow, Variable, is_constant


def local(node: Call, which: int = 0) -> Node:
    """Return the derivative of a function by its argument, from the table of standard derivatives."""
    derived = local_derivative(node.name, node.arguments, which)
    if derived is None:
        raise TypeError(f"{node.name} has no derivative by its argument {which}")
    return derived


class Power(Rule):
    """(xⁿ)′ = n·xⁿ⁻¹ for any constant n; (uⁿ)′ = n·uⁿ⁻¹·u′."""

    name = "power"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the power rule's product, for an exponent without the variable."""
        if not isinstance(node, Pow) or depends(node.exponent):
            return None
        slope = power_slope(node.base, node.exponent)
        if rational(slope) is not None and rational(node.exponent) == 0:
            return Application(slope)
        return by_chain(slope, node.base, depends, self.name)


class Root(Rule):
    """√x = x^(1/2), so (√x)′ = ½·x^(−1/2) = 1/(2√x); likewise for the other roots."""

    name = "root"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return 1/(n·ⁿ√(uⁿ⁻¹))·u′; for the variable itself by way of the power."""
        if not isinstance(node, Call) or row(node.name).rule_name != self.name:
            return None
        inner = node.arguments[0]
        degree = {"sqrt": TWO, "cbrt": Number("3")}.get(node.name, node.arguments[-1])
        applied = by_chain(local(node), inner, depends, self.name)
        if inner != Variable(depends.variable) or rational(degree) == 1:
            return applied
        power = Pow(inner, Div(ONE, degree))
        return Application(applied.form, rewritten=power, before=(power_slope(inner, power.exponent),))


class Exponential(Rule):
    """(eˣ)′ = eˣ; (eᵘ)′ = eᵘ·u′."""

    name = "exponential"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the exponential itself times the inner derivative."""
        match node:
            case Pow(base, exponent) if base == EULER:
                return by_chain(node, exponent, depends, self.name)
            case Call("exp" | "expm1"):
                return by_chain(local(node), node.arguments[0], depends, self.name)
            case _:
                return None


class ExponentialBase(Rule):
    """(aˣ)′ = aˣ·ln a for a constant a > 0; (aᵘ)′ = aᵘ·ln a·u′. 0ˣ is 0 for x > 0, so (0ˣ)′ = 0 there."""

    name = "exponential_base"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the power times the logarithm of its base, for a base without the variable."""
        if not isinstance(node, Pow) or depends(node.base):
            return None
        if is_constant(node.base) and evaluate(node.base, {}) == 0:
            return Application(ZERO, conditions=(Condition("positive", node.exponent, "differentiable"),))
        return by_chain(Mul(node, call("ln", node.base)), node.exponent, depends, self.name)


class PowerExponent(Rule):
    """uᵛ = e^(v·ln u), so (uᵛ)′ = uᵛ·(v·ln u)′: logarithmic differentiation, where base and exponent both vary."""

    name = "power_exponent"

    def apply(self, node: Node, _depends: Dependence, /) -> Application | None:
        """Return the power times the derivative of v·ln u."""
        if not isinstance(node, Pow):
            return None
        exponent = Mul(node.exponent, call("ln", node.base))
        return Application(Mul(node, slot(0)), (exponent,), rewritten=Pow(EULER, exponent))


class Logarithm(Rule):
    """(ln x)′ = 1/x; (ln u)′ = (1/u)·u′."""

    name = "logarithm"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the reciprocal times the inner derivative."""
        if not isinstance(node, Call) or row(node.name).rule_name != self.name:
            return None
        return by_chain(local(node), node.arguments[0], depends, self.name)


class LogarithmBase(Rule):
    """(log_b x)′ = 1/(x·ln b); with a variable base log_b u = ln u/ln b."""

    name = "logarithm_base"

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return 1/(u·ln b)·u′, or the derivative of the quotient where the base varies."""
        if not isinstance(node, Call) or row(node.name).rule_name != self.name:
            return None
        if node.name == "log" and depends(node.arguments[1]):
            return Application(slot(0), (Div(call("ln", node.arguments[0]), call("ln", node.arguments[1])),))
        return by_chain(local(node), node.arguments[0], depends, self.name)
