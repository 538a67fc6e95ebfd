"""Derivatives as they come out with one mistake made throughout: what a wrong answer is compared with.

Each mistake is a way to differentiate that differs from the right one in a single rule. The list follows the errors
that teachers of calculus report: the inner derivative forgotten, products and quotients taken factor by factor, the
power rule and the exponential rule confused, signs and constants lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from numdiff.derivation.local import local_derivative
from numdiff.functions.registry import row
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    children,
    expand_sums,
    variables,
)

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


def _inner(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(h): the derivative of the inner function is forgotten."""
    operation = node.name if isinstance(node, Call) else type(node).__name__.lower()
    if not isinstance(node, Call | Pow):
        return None
    places = [k for k, part in enumerate(children(node)) if derive.depends(part)]
    if len(places) != 1 or isinstance(children(node)[places[0]], Variable):
        return None
    return local_derivative(operation, children(node), places[0])


def _inner_only(derive: Differentiator, node: Node) -> Node | None:
    """(g(h))′ = g′(h′): the inner function is replaced by its derivative."""
    if not isinstance(node, Call) or len(node.arguments) != 1 or isinstance(node.arguments[0], Variable):
        return None
    inner = derive(node.arguments[0])
    return None if inner is None else local_derivative(node.name, (inner,), 0)


def _product(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = u′v′."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    left, right = derive(node.left), derive(node.right)
    return None if left is None or right is None else Mul(left, right)


def _product_half(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = u′v: the second term of the product rule is lost."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    left = derive(node.left)
    return None if left is None else Mul(left, node.right)


def _product_other_half(derive: Differentiator, node: Node) -> Node | None:
    """(uv)′ = uv′: the first term of the product rule is lost."""
    if not isinstance(node, Mul) or not (derive.depends(node.left) and derive.depends(node.right)):
        return None
    right = derive(node.right)
    return None if right is None else Mul(node.left, right)


def _quotient(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = u′/v′."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    left, right = derive(node.left), derive(node.right)
    return None if left is None or right is None else Div(left, right)


def _quotient_upside_down(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (uv′ − u′v)/u²: the quotient is taken upside down."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    return derive.correctly(Div(node.right, node.left)) if derive.depends(node) else None


def _quotient_order(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (uv′ − u′v)/v²: the terms of the numerator change places."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    right = derive.correctly(node)
    return None if right is None else Neg(right)


def _quotient_not_squared(derive: Differentiator, node: Node) -> Node | None:
    """(u/v)′ = (u′v − uv′)/v: the denominator is not squared."""
    if not isinstance(node, Div) or not derive.depends(node.right):
        return None
    right = derive.correctly(node)
    return None if right is None else Mul(right, node.right)


def _power_as_exponential(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = xⁿ ln x: a power is differentiated as if it were an exponential function."""
    if not isinstance(node, Pow) or derive.depends(node.exponent):
        return None
    inner = derive(node.base)
    rule = Mul(node, Call("ln", (node.base,)))
    return None if inner is None else rule if inner == ONE else Mul(rule, inner)


def _exponential_as_power(derive: Differentiator, node: Node) -> Node | None:
    """(aˣ)′ = x·aˣ⁻¹: an exponential function is differentiated as if it were a power."""
    if not isinstance(node, Pow) or derive.depends(node.base):
        return None
    inner = derive(node.exponent)
    rule = Mul(node.exponent, Pow(node.base, Sub(node.exponent, ONE)))
    return None if inner is None else rule if inner == ONE else Mul(rule, inner)


def _base_forgotten(derive: Differentiator, node: Node) -> Node | None:
    """(aˣ)′ = aˣ: the factor ln a is lost."""
    if not isinstance(node, Pow) or derive.depends(node.base) or node.base == Constant("e"):
        return None
    inner = derive(node.exponent)
    return None if inner is None else node if inner == ONE else Mul(node, inner)


def _exponent_kept(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = n·xⁿ: the exponent is not lowered."""
    if not isinstance(node, Pow) or derive.depends(node.exponent):
        return None
    inner = derive(node.base)
    rule = Mul(node.exponent, node)
    return None if inner is None else rule if inner == ONE else Mul(rule, inner)


def _exponent_not_multiplied(derive: Differentiator, node: Node) -> Node | None:
    """(xⁿ)′ = xⁿ⁻¹: the exponent is lowered, but does not come down as a factor."""
    if not isinstance(node, Pow) or derive.depends(node.exponent):
        return None
    inner = derive(node.base)
    rule = Pow(node.base, Sub(node.exponent, ONE))
    return None if inner is None else rule if inner == ONE else Mul(rule, inner)


def _constant_kept(derive: Differentiator, node: Node) -> Node | None:
    """(u + c)′ = u′ + c: a constant term is kept."""
    if not isinstance(node, Add | Sub) or derive.depends(node.left) == derive.depends(node.right):
        return None
    left = derive(node.left) if derive.depends(node.left) else node.left
    right = derive(node.right) if derive.depends(node.right) else node.right
    return None if left is None or right is None else type(node)(left, right)


def _logarithm_reciprocal(_derive: Differentiator, node: Node) -> Node | None:
    """(ln u)′ = 1/ln u: the reciprocal of the function instead of its derivative."""
    is_logarithm = isinstance(node, Call) and row(node.name).rule_name in {"logarithm", "logarithm_base"}
    return Div(ONE, node) if is_logarithm else None


def _sine_sign(derive: Differentiator, node: Node) -> Node | None:
    """(cos u)′ = sin u, (sin u)′ = −cos u: the sign of sine and cosine is the other one."""
    if not isinstance(node, Call) or node.name not in {"sin", "cos"}:
        return None
    right = derive.correctly(node)
    return None if right is None else Neg(right)


MISTAKES: Mapping[str, Rule] = MappingProxyType(
    {
        "inner": _inner,
        "inner_only": _inner_only,
        "product": _product,
        "product_half": _product_half,
        "product_other_half": _product_other_half,
        "quotient": _quotient,
        "quotient_upside_down": _quotient_upside_down,
        "quotient_order": _quotient_order,
        "quotient_not_squared": _quotient_not_squared,
        "power_as_exponential": _power_as_exponential,
        "exponential_as_power": _exponential_as_power,
        "base_forgotten": _base_forgotten,
        "exponent_kept": _exponent_kept,
        "exponent_not_multiplied": _exponent_not_multiplied,
        "constant_kept": _constant_kept,
        "logarithm_reciprocal": _logarithm_reciprocal,
        "sine_sign": _sine_sign,
    }
)
"""The mistaken rules by id, the more specific ones first."""


def mistaken(tree: Node, variable: str, mistake: str) -> Node | None:
    """Return what comes out if one mistake is made throughout; None if it cannot be made in this function.

    Parameters
    ----------
    tree : Node
        The function.
    variable : str
        By which to differentiate.
    mistake : str
        One of :data:`MISTAKES`.
    """
    written = expand_sums(tree)
    rule = MISTAKES[mistake]
    wrong, right = Differentiator(variable, rule)(written), Differentiator(variable)(written)
    return None if wrong is None or wrong == right else wrong
