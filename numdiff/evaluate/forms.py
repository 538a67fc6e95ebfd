"""The forms of the rows in NumPy: what a function without a name there is, and slopes that keep their accuracy.

A part of a form without arguments is one constant, computed in double and rounded once to the dtype; an integer stays
a Python integer, which takes any dtype as it is. Everything else is done in the order in which the form is written,
so a definition gives the bits of the same operations typed.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from numdiff.functions import complex_recipes, recipes, trees
from numdiff.functions.elementary import Elementary
from numdiff.functions.recipes import Value
from numdiff.functions.registry import asked
from numdiff.functions.registry import row as row_of
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
    integer_literal,
    is_constant,
    transform,
    walk,
)

Operation: TypeAlias = Callable[..., Value]
"""From the arguments, in the order of the parameters, to the value."""

_Part: TypeAlias = Callable[[tuple[Value, ...]], Value]

_BINARY: Mapping[type, Operation] = {
    Add: operator.add,
    Sub: operator.sub,
    Mul: operator.mul,
    Div: operator.truediv,
}
_DOUBLE = np.dtype(np.float64)
NATIVE = "efdg"
"""The real dtypes whose scalars take a Python float without losing their own."""


def erf_in_double(u: Value) -> Value:
    """Return erf through float64, for a dtype that the standard library does not know."""
    return np.asarray(recipes.erf(np.asarray(u, dtype=np.float64))).astype(u.dtype)[()]


def _narrow(name: str, dtype: np.dtype[Any]) -> Operation | None:
    """Return what bfloat16 needs in place of a recipe: the recipe's constants as bfloat16 numbers."""
    if name == "erf":
        return erf_in_double
    if name == "gelu":
        half, root_two = dtype.type(0.5), dtype.type(math.sqrt(2))
        return lambda u: half * u * (1 + erf_in_double(u / root_two))
    if name == "sinc_slope":
        return lambda u: np.asarray(recipes.sinc_slope(np.asarray(u, np.float32))).astype(u.dtype)[()]
    return None


def function(row: Elementary, dtype: np.dtype[Any]) -> Operation:
    """Return what computes a function in a dtype: NumPy's own, a recipe, or the definition.

    Complex numbers have recipes of their own, and what is made of pieces is NaN for them.

    Raises
    ------
    TypeError
        If the row has none of them.
    """
    if dtype.kind == "c" and (row.numpy_complex or not row.is_analytic):
        own: Operation = getattr(complex_recipes, row.numpy_complex or "not_analytic")
        return own
    narrow = None if dtype.char in NATIVE or dtype.kind == "c" else _narrow(row.name, dtype)
    if narrow is not None:
        return narrow
    if row.numpy:
        known: Operation = getattr(recipes, row.recipe) if row.recipe else getattr(np, row.numpy)
        return known
    if not row.definition:
        raise TypeError(f"{row.name} is computed by code of its own")
    return compiled(trees.read(row.definition), row.parameters, dtype)


@asked
def slope(name: str, dtype: np.dtype[Any]) -> Operation:
    """Return the local derivative of a function of one argument in a dtype, from its argument u and its value v.

    At a kink or a jump it is NaN. Of a jumping function it is 0 everywhere else, even where u is NaN: it does not
    matter what is before it. Outside the domain it may be anything: there the value is NaN, and the caller makes the
    derivative NaN. For complex dtypes that is so wherever the function is not analytic.

    Raises
    ------
    TypeError
        If there is no slope in a single form.
    """
    row = row_of(name)
    if dtype.kind == "c":
        form = trees.analytic_slope(name)
        return compiled(form, ("u", "v"), dtype) if form is not None else lambda _, v: v
    form = trees.stable_slope(name)
    if form is None:
        raise TypeError(f"{name} has no slope in a single form")
    beside = compiled(form, ("u", "v"), dtype)
    if row.shape == "smooth":
        return beside
    breaks, nan = compiled(trees.read(row.breaks), ("u", "v"), dtype), dtype.type(math.nan)
    if row.shape == "jump":
        return lambda u, v: np.where((np.abs(breaks(u, v)) > 0) | np.isnan(u), beside(u, v), nan)[()]
    return lambda u, v: np.where(np.abs(breaks(u, v)) > 0, beside(u, v), nan)[()]


@asked
def compiled(form: Node, parameters: tuple[str, ...], dtype: np.dtype[Any]) -> Operation:
    """Return a form as an operation on NumPy scalars and arrays of the dtype; what it repeats is computed once.

    Parameters
    ----------
    form : Node
        An expression in the parameters.
    parameters : tuple of str
        The order in which their values are passed.
    dtype : dtype
        A floating or complex type.
    """
    shared = _repeated(form)
    if shared is not None:
        name, once = f"#{len(parameters)}", compiled(shared, parameters, dtype)
        shorter = transform(form, lambda node: Variable(name) if node == shared else node)
        rest = compiled(shorter, (*parameters, name), dtype)
        return lambda *values: rest(*values, once(*values))
    part = _Compiler(parameters, dtype).part(form, alone=True)
    return lambda *values: part(values)


def _repeated(form: Node) -> Node | None:
    """Return the greatest part with arguments, more than a name, that occurs twice."""
    parts = [node for node in walk(form) if not is_constant(node) and not isinstance(node, Variable)]
    return next((part for place, part in enumerate(parts) if part in parts[place + 1 :]), None)


class _Compiler:
    def __init__(self, parameters: tuple[str, ...], dtype: np.dtype[Any]) -> None:
        self.places = {name: place for place, name in enumerate(parameters)}
        self.dtype = dtype

    def part(self, node: Node, *, alone: bool = False) -> _Part:
        """Return what computes a part; ``alone`` if nothing gives an integer its dtype."""
        if is_constant(node):
            value = self.constant(node, alone=alone)
            return lambda _: value
        match node:
            case Variable():
                return operator.itemgetter(self.places[node.name])
            case Neg():
                return _after(operator.neg, self.part(node.argument))
            case Add() | Sub() | Mul() | Div():
                return _joined(_BINARY[type(node)], self.part(node.left), self.part(node.right))
            case Pow(base, exponent):
                return self.power(base, exponent)
            case Call(name, arguments):
                parts = tuple(self.part(argument, alone=True) for argument in arguments)
                return _applied(function(row_of(name), self.dtype), parts)
            case _:
                raise TypeError(f"{type(node).__name__} does not occur in a form")

    def constant(self, node: Node, *, alone: bool) -> Value:
        """Return the value of a part without arguments."""
        integer = integer_literal(node)
        if integer is not None and not alone:
            return integer
        return self.dtype.type(_value(node))

    def power(self, base: Node, exponent: Node) -> _Part:
        """Return a power of e, a power with an integer, or any other."""
        if base == Constant("e"):
            return _after(np.exp, self.part(exponent, alone=True))
        integer = integer_literal(exponent)
        inner = self.part(base, alone=True)
        if integer is not None:
            return lambda values: inner(values) ** integer
        return _joined(np.power, inner, self.part(exponent, alone=True))


def _value(node: Node) -> float:
    """Return a constant in double."""
    match node:
        case Number():
            return float(node.value)
        case Constant():
            return float(np.e if node.name == "e" else np.pi)
        case Neg():
            return -_value(node.argument)
        case Add() | Sub() | Mul() | Div():
            return float(_BINARY[type(node)](_value(node.left), _value(node.right)))
        case Pow():
            return float(_value(node.base) ** _value(node.exponent))
        case Call():
            return float(function(row_of(node.name), _DOUBLE)(*map(_value, node.arguments)))
        case _:
            raise TypeError(f"{type(node).__name__} does not occur in a form")


def _after(outer: Operation, inner: _Part) -> _Part:
    return lambda values: outer(inner(values))


def _joined(join: Operation, left: _Part, right: _Part) -> _Part:
    return lambda values: join(left(values), right(values))


def _applied(outer: Operation, parts: tuple[_Part, ...]) -> _Part:
    if len(parts) == 1:
        return _after(outer, parts[0])
    if len(parts) == 2:
        return partial(_in_two, outer, *parts)
    return lambda values: outer(*(part(values) for part in parts))


def _in_two(outer: Operation, first: _Part, second: _Part, values: tuple[Value, ...]) -> Value:
    return outer(first(values), second(values))
