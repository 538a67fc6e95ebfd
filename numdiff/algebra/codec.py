"""Trees as plain JSON data: lists that begin with the kind of node. Nothing in them is ever read as code.

The rows of functions are data, too: a process that was started before a function was added learns of it.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any, TypeAlias

from numdiff.functions.elementary import Elementary, Margin
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Condition,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Joined,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Sub,
    Variable,
)

Data: TypeAlias = Any
"""What JSON can hold: here lists of strings, whole numbers and lists."""

MOST_NODES = 5000
"""The largest tree that is read."""

_LITERAL = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_BINARY: dict[str, type[Add | Sub | Mul | Div | Pow]] = {"add": Add, "sub": Sub, "mul": Mul, "div": Div, "pow": Pow}
_KINDS = {kind: tag for tag, kind in _BINARY.items()}


class CodecError(ValueError):
    """The data is no tree."""


def encode(node: Node) -> Data:
    """Return the tree as JSON data; the places in the typed text are left out.

    Parameters
    ----------
    node : Node
        Any tree.

    Returns
    -------
    list
        ``["number", "0.5"]``, ``["variable", "x"]``, ``["add", left, right]``, ``["call", "sin", argument]``,
        ``["sum", index, lower, upper, body]`` and so on.
    """
    match node:
        case Number():
            return ["number", node.text]
        case Constant():
            return ["constant", node.name]
        case Variable():
            return ["variable", node.name]
        case Indexed():
            return ["indexed", node.base, node.index]
        case Neg():
            return ["neg", encode(node.argument)]
        case Pow():
            return ["pow", encode(node.base), encode(node.exponent)]
        case Call():
            return ["call", node.name, *map(encode, node.arguments)]
        case IndexedSum():
            return ["sum", node.index, node.lower, node.upper, encode(node.body)]
        case Piecewise():
            conditions = [_encode_condition(condition) for condition in node.conditions]
            return ["piecewise", [encode(value) for value in node.values], conditions]
        case _:
            return [_KINDS[type(node)], encode(node.left), encode(node.right)]


def _encode_condition(condition: Condition) -> Data:
    if isinstance(condition, Comparison):
        return [condition.relation, encode(condition.left), encode(condition.right)]
    return [condition.word, *map(_encode_condition, condition.parts)]


def decode(data: Data) -> Node:
    """Return the tree that the data means.

    Raises
    ------
    CodecError
        If the data is no tree: an unknown kind or function, a wrong number of parts, a number that is no literal,
        more than :data:`MOST_NODES` nodes, or too deep.
    """
    try:
        return _Reader().node(data)
    except RecursionError as error:
        raise CodecError("too deep") from error


class _Reader:
    """Reads data that somebody else wrote: everything is checked."""

    def __init__(self) -> None:
        self.count = 0

    def node(self, data: Data) -> Node:
        self.count += 1
        if self.count > MOST_NODES:
            raise CodecError("too many nodes")
        match data:
            case ["number", str(text)] if _LITERAL.fullmatch(text):
                return Number(text)
            case ["constant", "e" | "pi" as name]:
                return Constant("e" if name == "e" else "pi")
            case ["variable", str(name)] if name:
                return Variable(name)
            case ["indexed", str(base), str(index)] if base and index:
                return Indexed(base, index)
            case ["neg", argument]:
                return Neg(self.node(argument))
            case [str(tag), left, right] if tag in _BINARY:
                return _BINARY[tag](self.node(left), self.node(right))
            case ["call", str(name), *arguments] if name in FUNCTIONS:
                return self.call(name, arguments)
            case ["sum", str(index), int(lower), int(upper), body] if index and bool not in {type(lower), type(upper)}:
                return IndexedSum(index, lower, upper, self.node(body))
            case ["piecewise", [_, *_] as values, [_, *_] as conditions] if len(values) - len(conditions) in (0, 1):
                return Piecewise(tuple(map(self.node, values)), tuple(map(self.condition, conditions)))
            case _:
                raise CodecError("not a tree")

    def condition(self, data: Data) -> Condition:
        self.count += 1
        match data:
            case ["<" | "<=" | ">" | ">=" | "=" | "!=" as relation, left, right]:
                return Comparison(self.node(left), relation, self.node(right))
            case ["and" | "or" as word, _, *_]:
                return Joined(word, tuple(map(self.condition, data[1:])))
            case _:
                raise CodecError("not a condition")

    def call(self, name: str, arguments: list[Data]) -> Node:
        least, most = FUNCTIONS[name]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise CodecError(f"{name} with {len(arguments)} arguments")
        return Call(name, tuple(map(self.node, arguments)))


def encode_row(row: Elementary) -> Data:
    """Return what is known of a function as JSON data."""
    return asdict(row)


def decode_row(data: Data) -> Elementary:
    """Return the function of which the data tells all that is known."""
    facts: dict[str, Any] = {
        fact: tuple(value) if isinstance(value, list | tuple) else value for fact, value in data.items()
    }
    facts["domain"] = tuple(Margin(**margin) for margin in data["domain"])
    return Elementary(**facts)
