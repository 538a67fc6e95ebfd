"""The forms of the rows in exact or enclosed numbers: values by definition, and slopes.

Numbers in a form stay exact until they meet a real; what the arithmetic has a function for is taken from it, the rest
follows from the definitions. Powers in forms are those of e and small integers, the latter by multiplication, which
series have, too.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from numdiff.functions import trees
from numdiff.functions.registry import asked
from numdiff.functions.registry import row as row_of
from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Node, Number, Pow, Sub, Variable, integer_literal

Element: TypeAlias = Any
"""A real number or a series of the arithmetic, or a Python integer."""

Form: TypeAlias = Callable[..., Element]
"""From the arithmetic and the operands, real numbers, to the value."""

_BINARY: Mapping[type, Callable[[Element, Element], Element]] = {
    Add: operator.add,
    Sub: operator.sub,
    Mul: operator.mul,
    Div: operator.truediv,
}
_METHODS = {"log": "ln"}
"""What an :class:`~numdiff.evaluate.balls.rules.Arithmetic` calls arb's methods otherwise."""


def _sigmoid(k: Element, u: Element) -> Element:
    """1/(1 + e^−u), or e^u/(1 + e^u) on the left, where an enclosure of e^−u could overflow."""
    if k.is_right(u):
        return 1 / (1 + k.exp(-u))
    growth = k.exp(u)
    return growth / (1 + growth)


def _softplus(k: Element, u: Element) -> Element:
    return u + k.log1p(k.exp(-u)) if k.is_right(u) else k.log1p(k.exp(u))


def _floor(k: Element, u: Element) -> Element:
    whole = k.floor(u)
    return k.nan if whole is None else k.real(whole)


_PIECES: Mapping[str, Form] = {
    "abs": lambda _, u: abs(u),
    "floor": _floor,
}
"""What a form may have that is no smooth function; the floor in margins alone."""

_BY_SIDE: Mapping[str, Form] = {"sigmoid": _sigmoid, "softplus": _softplus}


@asked
def value(name: str) -> Form:
    """Return what computes a smooth function of real operands inside its domain.

    Raises
    ------
    TypeError
        If the function is made of pieces, or is computed by code of its own.
    """
    row = row_of(name)
    if name in _BY_SIDE:
        return _BY_SIDE[name]
    if row.arb:
        return _method(_METHODS.get(row.arb, row.arb))
    form = row.exact or row.definition
    if not form or not row.is_analytic:
        raise TypeError(f"{name} is no smooth function by definition")
    return compiled(trees.read(form), row.parameters)


def _method(method: str) -> Form:
    return lambda k, *operands: getattr(k, method)(*operands)


@asked
def slope(name: str) -> Form:
    """Return what computes a function's derivative from a real argument u and the value v, inside its domain.

    Raises
    ------
    TypeError
        If it has no slope in a single form.
    """
    form = trees.stable_slope(name)
    if form is None:
        raise TypeError(f"{name} has no slope in a single form")
    return compiled(form, ("u", "v"))


def compiled(form: Node, parameters: tuple[str, ...]) -> Form:
    """Return a form in the parameters as a function of the arithmetic and their values."""
    part = _part(form, {name: place for place, name in enumerate(parameters)})
    return lambda k, *operands: part(k, operands)


_Part: TypeAlias = Callable[[Any, tuple[Element, ...]], Element]


def _part(node: Node, places: Mapping[str, int]) -> _Part:
    match node:
        case Number():
            return _number(node)
        case Constant(name="e"):
            return lambda k, _: k.e()
        case Constant():
            return lambda k, _: k.pi()
        case Variable():
            place = places[node.name]
            return lambda _, operands: operands[place]
        case Neg():
            inner = _part(node.argument, places)
            return lambda k, operands: -inner(k, operands)
        case Add() | Sub() | Mul() | Div():
            return _joined(_BINARY[type(node)], _part(node.left, places), _part(node.right, places))
        case Pow():
            return _power(node, places)
        case Call():
            return _call(node, places)
        case _:
            raise TypeError(f"{type(node).__name__} does not occur in a form")


def _number(node: Number) -> _Part:
    integer = integer_literal(node)
    if integer is not None:
        return lambda _k, _: integer
    exact = node.value
    return lambda k, _: k.real(k.rational(exact))


def _joined(join: Callable[[Element, Element], Element], left: _Part, right: _Part) -> _Part:
    def joined(k: Element, operands: tuple[Element, ...]) -> Element:
        one, two = left(k, operands), right(k, operands)
        # two Python integers would divide as floats
        return join(k.real(one) if isinstance(one, int) and isinstance(two, int) else one, two)

    return joined


def _power(node: Pow, places: Mapping[str, int]) -> _Part:
    exponent, base = integer_literal(node.exponent), _part(node.base, places)
    if node.base == Constant("e"):
        raised = _part(node.exponent, places)
        return lambda k, operands: k.exp(raised(k, operands))
    if exponent != 2:
        raise TypeError("a form in exact numbers has squares only")

    def square(k: Element, operands: tuple[Element, ...]) -> Element:
        inner = base(k, operands)
        return inner * inner

    return square


def _call(node: Call, places: Mapping[str, int]) -> _Part:
    name, parts = node.name, tuple(_part(argument, places) for argument in node.arguments)
    if name in _PIECES:
        piece = _PIECES[name]
        return lambda k, operands: piece(k, *(part(k, operands) for part in parts))

    function = value(name)

    def called(k: Element, operands: tuple[Element, ...]) -> Element:
        values = (part(k, operands) for part in parts)
        return function(k, *map(k.real, values))

    return called
