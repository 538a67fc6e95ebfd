"""The forms of the rows as trees, each read once when it is first asked for.

A form is an expression of Python: its own grammar is read by the standard library's, and nothing is evaluated. That
it is not read by the notation has a reason: the notation's limits evaluate constants, and the evaluators ask the rows.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias, cast

from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import asked, having, is_known, rows
from numdiff.functions.registry import row as row_of
from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Node, Number, Pow, Sub, Variable, substitute, walk

U, V = Variable("u"), Variable("v")
"""The argument and the value, as the forms call them."""

Operands: TypeAlias = tuple[Node, ...]

_BINARY: Mapping[type[ast.operator], type[Add | Sub | Mul | Div | Pow]] = {
    ast.Add: Add,
    ast.Sub: Sub,
    ast.Mult: Mul,
    ast.Div: Div,
    ast.Pow: Pow,
}


class FormError(ValueError):
    """A form has a part that is not a number, a name, an operator or a known function."""


@lru_cache(maxsize=1024)
def read(form: str) -> Node:
    """Return the tree of a form.

    Raises
    ------
    FormError
        If it is not an expression, or has a part that forms do not have.
    """
    try:
        return _node(ast.parse(form.strip(), mode="eval").body, form)
    except SyntaxError as error:
        raise FormError(f"{form!r} is not an expression") from error


def _node(part: ast.expr, form: str) -> Node:
    match part:
        case ast.Constant(value=int() | float()):
            return Number(cast("str", ast.get_source_segment(form.strip(), part)))
        case ast.Name(id="e" | "pi" as name):
            return Constant("e" if name == "e" else "pi")
        case ast.Name(id=name):
            return Variable(name)
        case ast.UnaryOp(op=ast.USub()):
            return Neg(_node(part.operand, form))
        case ast.BinOp() if type(part.op) in _BINARY:
            return _BINARY[type(part.op)](_node(part.left, form), _node(part.right, form))
        case ast.Call(func=ast.Name(id=name), keywords=[]) if is_known(name):
            return Call(name, tuple(_node(argument, form) for argument in part.args))
        case _:
            raise FormError(f"{ast.unparse(part)!r} has no place in the form {form!r}")


def completed(row: Elementary, operands: Operands) -> Operands:
    """Return the operands with the defaults of those that were not given."""
    return (*operands, *(read(default) for default in row.defaults[len(operands) - row.arity[0] :]))


def put(form: str, row: Elementary, operands: Operands) -> Node:
    """Return a form with operands in the places of the row's arguments."""
    return put_in(read(form), row, operands)


def put_in(form: Node, row: Elementary, operands: Operands) -> Node:
    """Return a form that has been read, or a part of one, with operands in the places of the row's arguments."""
    return substitute(form, dict(zip(row.parameters, completed(row, operands), strict=True)))


def factors(form: Node) -> Operands:
    """Return the factors of a form: where it is 0 one of them is, and that is simpler to find and to say."""
    return (*factors(form.left), *factors(form.right)) if isinstance(form, Mul) else (form,)


def slope(name: str, operands: Operands, which: int = 0) -> Node | None:
    """Return the textbook's derivative of a function by one of its operands; None where no single form holds.

    Raises
    ------
    UnknownFunctionError
        If there is no such function.
    IndexError
        If it has no such operand.
    """
    row = row_of(name)
    forms = (row.slope, *row.other_slopes)
    if not 0 <= which < len(operands):
        raise IndexError(f"{name} has {len(operands)} operands, there is no number {which}")
    return put(forms[which], row, operands) if which < len(forms) and forms[which] else None


def stable_slope(name: str) -> Node | None:
    """Return the slope for numbers, in u and v: the stable form, else the textbook's; None without one."""
    row = row_of(name)
    return read(row.stable or row.slope) if row.slope else None


def analytic_slope(name: str) -> Node | None:
    """Return the slope for complex numbers, in u and v; None for what is made of pieces."""
    row = row_of(name)
    return read(row.analytic or row.stable or row.slope) if row.is_analytic and row.slope else None


def definition(name: str) -> Node | None:
    """Return the function by others, in its arguments; None for what is computed as such."""
    row = row_of(name)
    return read(row.definition) if row.definition else None


def exact_definition(name: str) -> Node | None:
    """Return the definition that keeps its digits in enclosed numbers; None for what is computed as such."""
    row = row_of(name)
    return read(row.exact or row.definition) if row.exact or row.definition else None


def _calls(form: str) -> set[str]:
    return {part.name for part in walk(read(form)) if isinstance(part, Call)}


def _with_what_is_made_of(primitives: frozenset[str], among: Iterable[Elementary]) -> frozenset[str]:
    """Return the names of functions and of those of some rows whose definitions call one of them."""
    defined = [row for row in among if row.definition]
    found, before = primitives, frozenset[str]()
    while found != before:
        before = found
        found |= {row.name for row in defined if _calls(row.definition) & found}
    return found


@asked
def growing() -> frozenset[str]:
    """Return the names of what asks for e^u: for it many digits work with as many bits as u has before the point."""
    return _with_what_is_made_of(having(family="hyperbolic") | {"exp"}, rows())


@asked
def periodic() -> frozenset[str]:
    """Return the names of what asks for sin u or cos u, for which u is reduced with as many bits of π as it has."""
    return _with_what_is_made_of(having(family="trigonometric"), rows())


@asked
def replaced_in_complex() -> frozenset[str]:
    """Return the names of what NumPy refuses for complex numbers, or computes in another way than the program."""
    return _with_what_is_made_of(having(is_complex_in_numpy=False), (row for row in rows() if not row.numpy))
