"""Functions by name → nodes: aliases that are written with other nodes, numbers of arguments, pasted definitions."""

from __future__ import annotations

from dataclasses import dataclass

from numdiff.functions.registry import FUNCTIONS
from numdiff.notation.errors import InputError
from numdiff.notation.limits import MAX_NODES
from numdiff.tree import Call, Constant, Node, Number, Pow, Span, integer_literal, size, substitute

ARGUMENTS = {"log": (1, 2), "pow": (2, 2), "square": (1, 1), "nthroot": (2, 2), "sum": (4, 4)}
"""Numbers of arguments of what may be typed beside :data:`~numdiff.functions.registry.FUNCTIONS`."""
_ROOTS = {2: "sqrt", 3: "cbrt"}
MAX_ROOT_INDEX = 9999


@dataclass(frozen=True, slots=True)
class Definition:
    """A function that pasted Python defines: its parameters by their canonical names, and its body."""

    parameters: tuple[str, ...]
    body: Node


def _check_count(name: str, least: int, greatest: int | None, found: int, span: Span) -> None:
    if found < least or (greatest is not None and found > greatest):
        raise InputError("argument_count", span, {"function": name, "least": least, "found": found})


def build_call(name: str, arguments: tuple[Node, ...], base: Node | None, span: Span) -> Node:
    """Return the node for a function applied to its arguments.

    Parameters
    ----------
    name : str
        A canonical name, or one of log, pow, square, nthroot.
    arguments : tuple[Node, ...]
        What stands in the brackets.
    base : Node or None
        The base of a logarithm written as log_b.
    span : tuple[int, int]
        The place of the whole call.

    Raises
    ------
    InputError
        ``argument_count`` or ``root_index``.
    """
    _check_count(name, *(ARGUMENTS.get(name) or FUNCTIONS[name]), len(arguments), span)
    match name:
        case "log":
            if base is not None:
                _check_count(name, 1, 1, len(arguments), span)
            return logarithm(arguments[0], base or (arguments[1] if len(arguments) > 1 else None), span)
        case "pow":
            return Pow(arguments[0], arguments[1], span)
        case "square":
            return Pow(arguments[0], Number("2"), span)
        case "nthroot":
            return nth_root(arguments[0], integer_literal(arguments[1]), span)
        case _:
            return Call(name, arguments, span)


def logarithm(argument: Node, base: Node | None, span: Span) -> Node:
    """Return ln, log₂, log₁₀ or the logarithm to another base; without a base it is the natural one."""
    match base:
        case None | Constant(name="e"):
            return Call("ln", (argument,), span)
        case Number(text="2" | "10"):
            return Call(f"log{base.text}", (argument,), span)
        case _:
            return Call("log", (argument, base), span)


def nth_root(argument: Node, index: int | None, span: Span) -> Node:
    """Return the index-th root, whose index must be an integer of at least 2."""
    if index is None or not 2 <= index <= MAX_ROOT_INDEX:
        raise InputError("root_index", span)
    if index in _ROOTS:
        return Call(_ROOTS[index], (argument,), span)
    return Call("root", (argument, Number(str(index))), span)


def call_definition(name: str, definition: Definition, arguments: tuple[Node, ...], span: Span) -> Node:
    """Return the body of a pasted function with the arguments put in place of its parameters."""
    _check_count(name, len(definition.parameters), len(definition.parameters), len(arguments), span)
    tree = substitute(definition.body, dict(zip(definition.parameters, arguments, strict=True)))
    if size(tree) > MAX_NODES:
        raise InputError("too_many_nodes", span, {"limit": MAX_NODES})
    return tree
