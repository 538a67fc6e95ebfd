"""The table of standard derivatives, in the form in which a textbook prints them.

One table for the rules, the chain rule's factors and the edges of the computational graph. The forms are those of
Bronshtein et al., Handbook of Mathematics, section 6.1.2; σ′, tanh′ and the like keep the function's own name, as
in Goodfellow et al., Deep Learning (2016), section 3.10. Where a function has a kink or a jump the form holds beside
it: abs′ = sgn, ReLU′ = (1 + sgn u)/2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from numdiff.derivation.build import (
    EULER,
    ONE,
    PI,
    TWO,
    ZERO,
    call,
    half_difference,
    half_sum,
    less_one,
    number,
    product,
    rational,
    squared,
)
from numdiff.tree import Add, Div, Mul, Neg, Node, Number, Pow, Sub, integer_literal

Operands: TypeAlias = tuple[Node, ...]

LEAKY_SLOPE = Number("0.01")
"""The slope of leaky_relu below 0 when none is given."""


def _one_over(node: Node) -> Node:
    return Div(ONE, node)


def _minus_one_over(node: Node) -> Node:
    return Neg(Div(ONE, node))


def _root_of(node: Node) -> Node:
    return call("sqrt", node)


def _bell(u: Node) -> Node:
    """Return the slope of gelu: Φ(u) + u·φ(u)."""
    below = half_sum(call("erf", Div(u, _root_of(TWO))))
    height = Div(u, _root_of(Mul(TWO, PI)))
    return Add(below, Mul(height, Pow(EULER, Neg(Div(squared(u), TWO)))))


def _silu_slope(u: Node) -> Node:
    logistic = call("sigmoid", u)
    return Add(logistic, product((u, logistic, Sub(ONE, logistic))))


ONE_ARGUMENT: Mapping[str, Callable[[Node], Node]] = MappingProxyType(
    {
        "exp": lambda u: call("exp", u),
        "expm1": lambda u: call("exp", u),
        "ln": _one_over,
        "log2": lambda u: _one_over(Mul(u, call("ln", TWO))),
        "log10": lambda u: _one_over(Mul(u, call("ln", Number("10")))),
        "log1p": lambda u: _one_over(Add(ONE, u)),
        "sqrt": lambda u: _one_over(Mul(TWO, _root_of(u))),
        "cbrt": lambda u: _one_over(Mul(Number("3"), call("cbrt", squared(u)))),
        "sin": lambda u: call("cos", u),
        "cos": lambda u: Neg(call("sin", u)),
        "tan": lambda u: squared(call("sec", u)),
        "sec": lambda u: Mul(call("sec", u), call("tan", u)),
        "csc": lambda u: Neg(Mul(call("csc", u), call("cot", u))),
        "cot": lambda u: Neg(squared(call("csc", u))),
        "arcsin": lambda u: _one_over(_root_of(Sub(ONE, squared(u)))),
        "arccos": lambda u: _minus_one_over(_root_of(Sub(ONE, squared(u)))),
        "arctan": lambda u: _one_over(Add(ONE, squared(u))),
        "arcsec": lambda u: _one_over(Mul(call("abs", u), _root_of(Sub(squared(u), ONE)))),
        "arccsc": lambda u: _minus_one_over(Mul(call("abs", u), _root_of(Sub(squared(u), ONE)))),
        "arccot": lambda u: _minus_one_over(Add(ONE, squared(u))),
        "sinh": lambda u: call("cosh", u),
        "cosh": lambda u: call("sinh", u),
        "tanh": lambda u: Sub(ONE, squared(call("tanh", u))),
        "sech": lambda u: Neg(Mul(call("sech", u), call("tanh", u))),
        "csch": lambda u: Neg(Mul(call("csch", u), call("coth", u))),
        "coth": lambda u: Neg(squared(call("csch", u))),
        "arsinh": lambda u: _one_over(_root_of(Add(squared(u), ONE))),
        "arcosh": lambda u: _one_over(_root_of(Sub(squared(u), ONE))),
        "artanh": lambda u: _one_over(Sub(ONE, squared(u))),
        "arsech": lambda u: _minus_one_over(Mul(u, _root_of(Sub(ONE, squared(u))))),
        "arcsch": lambda u: _minus_one_over(Mul(call("abs", u), _root_of(Add(ONE, squared(u))))),
        "arcoth": lambda u: _one_over(Sub(ONE, squared(u))),
        "abs": lambda u: call("sign", u),
        "sign": lambda _: ZERO,
        "floor": lambda _: ZERO,
        "ceil": lambda _: ZERO,
        "relu": lambda u: half_sum(call("sign", u)),
        "sigmoid": lambda u: Mul(call("sigmoid", u), Sub(ONE, call("sigmoid", u))),
        "softplus": lambda u: call("sigmoid", u),
        "silu": _silu_slope,
        "gelu": _bell,
        "erf": lambda u: Mul(Div(TWO, _root_of(PI)), Pow(EULER, Neg(squared(u)))),
    }
)
"""The derivative of each function of one argument, from its argument."""


def power_slope(base: Node, exponent: Node) -> Node:
    """Return exponent·base^(exponent − 1), the exponent worked out for a number: 2u, −u^(−2), ½u^(−1/2)."""
    value = rational(exponent)
    if value is not None and value in (0, 1):
        return number(value)
    lowered = base if value == 2 else Pow(base, less_one(exponent))
    if value == -1:
        return Neg(lowered)
    if isinstance(exponent, Neg):
        return Neg(Mul(exponent.argument, lowered))
    return Mul(exponent, lowered)


def _power(operands: Operands, which: int) -> Node:
    base, exponent = operands
    if which == 0:
        return power_slope(base, exponent)
    value = Pow(base, exponent)
    return value if base == EULER else Mul(value, call("ln", base))


def _root(operands: Operands, which: int) -> Node | None:
    u, n = operands
    index = integer_literal(n)
    if which or index is None:
        return None
    return ONE if index == 1 else _one_over(Mul(n, call("root", power_of(u, index - 1), n)))


def power_of(node: Node, n: int) -> Node:
    """Return node^n, node itself for n = 1."""
    return node if n == 1 else Pow(node, number(n))


def _logarithm(operands: Operands, which: int) -> Node:
    u, base = operands
    if which == 0:
        return _one_over(Mul(u, call("ln", base)))
    return Neg(Div(call("ln", u), Mul(base, squared(call("ln", base)))))


def _leaky_relu(operands: Operands, which: int) -> Node:
    u, slope = operands if len(operands) == 2 else (operands[0], LEAKY_SLOPE)
    side = call("sign", u)
    if which == 0:
        return Add(half_sum(side), Mul(slope, half_difference(side)))
    return Mul(u, half_difference(side))


def _extreme(operands: Operands, which: int, half: Callable[[Node], Node]) -> Node:
    """Return 1 where the operand is the greatest (least) and 0 where another is, as a product of half-sums."""
    own = operands[which]
    others = [operand for place, operand in enumerate(operands) if place != which]
    return product([half(call("sign", own if other == ZERO else Sub(own, other))) for other in others])


_SEVERAL: Mapping[str, Callable[[Operands, int], Node | None]] = MappingProxyType(
    {
        "add": lambda _, __: ONE,
        "sub": lambda _, which: Neg(ONE) if which else ONE,
        "mul": lambda operands, which: operands[1 - which],
        "div": lambda operands, which: Neg(Div(operands[0], squared(operands[1]))) if which else _one_over(operands[1]),
        "neg": lambda _, __: Neg(ONE),
        "pow": _power,
        "log": _logarithm,
        "root": _root,
        "leaky_relu": _leaky_relu,
        "max": lambda operands, which: _extreme(operands, which, half_sum),
        "min": lambda operands, which: _extreme(operands, which, half_difference),
    }
)


def local_derivative(operation: str, operands: Operands, which: int = 0) -> Node | None:
    """Return the partial derivative of one operation by one of its operands, as a tree in the operands.

    Parameters
    ----------
    operation : str
        A name of :data:`numdiff.tree.FUNCTIONS`, or "add", "sub", "mul", "div", "pow" or "neg" for the node types.
    operands : tuple of Node
        What it is applied to; they stand in the result as they are.
    which : int
        By which operand, counted from 0.

    Returns
    -------
    Node or None
        The derivative, right wherever it exists; None by the index of a root, which is a literal.

    Raises
    ------
    KeyError
        For an operation that is not known.
    IndexError
        For an operand that is not there.
    """
    if not 0 <= which < len(operands):
        raise IndexError(f"{operation} has {len(operands)} operands, there is no number {which}")
    if operation in _SEVERAL:
        return _SEVERAL[operation](operands, which)
    return ONE_ARGUMENT[operation](operands[0])
