"""The network's loss at one point as a formula, so that its computational graph can be drawn."""

from __future__ import annotations

from fractions import Fraction

from numdiff.function import Function
from numdiff.network.model import XOR, Network, Points
from numdiff.tree import Add, Call, Div, Mul, Neg, Node, Number, Pow, Sub, Variable


def network_function(net: Network, points: Points = XOR, point: int = 0) -> Function:
    """Return the loss at one point as a Function of the weights.

    Parameters
    ----------
    net : Network
        Its shape, activation and loss; the weights are variables.
    points : Points
    point : int
        Which of the points; inputs and target are numbers in the formula.

    Returns
    -------
    Function
        Of the variables ``net.names``, in that order. The cross-entropy is written with softplus:
        −ln σ(s) is softplus(−s), and −ln(1 − σ(s)) is softplus(s).
    """
    x, y = (_number(float(value)) for value in points.x[point]), float(points.y[point])
    first, second = x
    output: Node | None = None
    for unit in range(1, net.hidden + 1):
        z = Add(Add(Mul(Variable(f"w_{unit}1"), first), Mul(Variable(f"w_{unit}2"), second)), Variable(f"b_{unit}"))
        term = Mul(Variable(f"v_{unit}"), Call(net.activation, (z,)))
        output = term if output is None else Add(output, term)
    assert output is not None
    s = Add(output, Variable("c"))
    if net.loss == "squared":
        tree: Node = Div(Pow(Sub(s, _number(y)), Number("2")), Number("2"))
    else:
        tree = Call("softplus", (Neg(s),)) if y == 1 else Call("softplus", (s,))
        if y not in (0.0, 1.0):
            raise ValueError(f"the cross-entropy needs a target of 0 or 1, got {y}")
    return Function(tree, net.names, name="L")


def _number(value: float) -> Node:
    exact = Fraction(value)
    text = str(exact.numerator) if exact.denominator == 1 else repr(abs(value))
    return Neg(Number(text.lstrip("-"))) if value < 0 else Number(text)
