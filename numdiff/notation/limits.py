"""The limits on what may be typed, each checked before anything large is built."""

from __future__ import annotations

import math

import numpy as np

from numdiff.evaluate.floats import evaluate
from numdiff.functions.registry import poles
from numdiff.notation.errors import InputError
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Span,
    Sub,
    children,
    depth,
    expand_sums,
    size,
    variables,
)

MAX_CHARACTERS = 500
MAX_NODES = 300
MAX_DEPTH = 40
MAX_DIGITS = 30
MAX_EXPONENT = 10**4
MAX_VARIABLES = 12
MAX_TERMS = 100
MAX_CONSTANT = 1e300

_LARGEST_POWER_OF_TEN = 300
_LIMIT = f"10^{_LARGEST_POWER_OF_TEN}"


def check_length(text: str) -> None:
    """Raise InputError if the text is longer than a formula may be."""
    if len(text) > MAX_CHARACTERS:
        params = {"limit": MAX_CHARACTERS, "length": len(text)}
        raise InputError("too_long", (MAX_CHARACTERS, len(text)), params)


def check_number(literal: str, span: Span) -> None:
    """Raise InputError if a number has too many digits, or is too large or too small to be held in float64."""
    mantissa, _, exponent = literal.lower().partition("e")
    if sum(map(str.isdigit, mantissa)) > MAX_DIGITS or len(exponent) > MAX_DIGITS:
        raise InputError("too_many_digits", span, {"limit": MAX_DIGITS})
    if exponent and int(exponent) > _LARGEST_POWER_OF_TEN:
        raise InputError("constant_too_large", span, {"limit": _LIMIT})
    value = float(literal)
    if value >= MAX_CONSTANT:
        raise InputError("constant_too_large", span, {"limit": _LIMIT})
    if exponent and int(exponent) < -_LARGEST_POWER_OF_TEN:
        raise InputError("constant_too_small", span)


def check_tree(tree: Node, text: str) -> None:
    """Raise InputError if the tree has too many nodes, levels or variables, or a constant part without a value."""
    whole = tree.span or (0, len(text))
    if size(tree) > MAX_NODES:
        raise InputError("too_many_nodes", whole, {"limit": MAX_NODES})
    if depth(tree) > MAX_DEPTH:
        raise InputError("too_deep", whole, {"limit": MAX_DEPTH})
    written_out = expand_sums(tree)
    names = variables(written_out)
    if len(names) > MAX_VARIABLES:
        raise InputError("too_many_variables", whole, {"limit": MAX_VARIABLES, "names": names})
    _check_constants(written_out, text, whole)


def _check_constants(node: Node, text: str, around: Span) -> float | None:
    """Check every constant part, the inner ones first; return the node's value if it is constant."""
    here = node.span or around
    values = [_check_constants(part, text, here) for part in children(node)]
    if isinstance(node, Pow) and values[1] is not None and abs(values[1]) > MAX_EXPONENT:
        raise InputError("exponent_too_large", node.exponent.span or here, {"limit": MAX_EXPONENT})
    if isinstance(node, Call) and node.name == "log" and values[1] is not None and (values[1] <= 0 or values[1] == 1):
        raise InputError("undefined_constant", here, {"typed": text[here[0] : here[1]]})
    if isinstance(node, IndexedSum) or not _is_constant_here(node, values):
        return None
    value = _value(node, [v for v in values if v is not None])
    if math.isnan(value) or (math.isinf(value) and _is_pole(node, values)):
        raise InputError("undefined_constant", here, {"typed": text[here[0] : here[1]]})
    if abs(value) >= MAX_CONSTANT:
        raise InputError("constant_too_large", here, {"limit": _LIMIT})
    return value


def _is_constant_here(node: Node, values: list[float | None]) -> bool:
    """Return True if the node is a literal, or all its parts are constant."""
    return isinstance(node, Number | Constant) or (bool(values) and None not in values)


def _is_pole(node: Node, values: list[float | None]) -> bool:
    """Return True if an infinite value comes from a division by zero or a function's pole, not from sheer size."""
    match node:
        case Div():
            return values[1] == 0
        case Pow():
            return values[0] == 0
        case Add() | Sub() | Mul() | Neg():
            return False
        case _:
            return not isinstance(node, Call) or node.name in poles()


def _value(node: Node, values: list[float]) -> float:
    match node:
        case Number():
            return float(node.text)
        case Constant():
            return math.e if node.name == "e" else math.pi
        case Neg():
            return -values[0]
        case Add():
            return values[0] + values[1]
        case Sub():
            return values[0] - values[1]
        case Mul():
            return values[0] * values[1]
        case _:
            return float(np.real(evaluate(node, {})))
