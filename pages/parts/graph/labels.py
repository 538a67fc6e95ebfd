"""What is written in the picture of a graph: short texts with raised parts, and how wide they are about."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

from numdiff.graph.build import Graph
from numdiff.graph.names import named
from numdiff.graph.nodes import GraphNode
from numdiff.graph.trace import TraceRow
from numdiff.printing.text import to_text
from numdiff.tree import Call, Neg, Node, Number, Variable, substitute
from pages.parts import numbers

Rich: TypeAlias = list[tuple[str, int]]
"""Pieces of text, each with how often it is raised: e^(−x²) is [("e", 0), ("−x²", 1)]."""

DIGITS = 4
RAISED = 0.72
"""The size of raised text beside that of the text."""

_NARROW = frozenset("iljt.,·:;|()[]'!₁ ")
_SMALL = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉₋")
_SYMMETRIC = {"add": "+", "mul": "×"}


def rich(text: str) -> Rich:
    """Return plain text in the notation of :func:`numdiff.printing.text.to_text` with its ^(…) raised."""
    pieces: Rich = []
    level, depths, depth, start = 0, [0], 0, 0
    place = 0
    while place < len(text):
        if text.startswith("^(", place):
            pieces.append((text[start:place], level))
            level, place, start = level + 1, place + 2, place + 2
            depths.append(depth)
            continue
        if text[place] == "(":
            depth += 1
        elif text[place] == ")" and level and depth == depths[-1]:
            pieces.append((text[start:place], level))
            level, start = level - 1, place + 1
            depths.pop()
        elif text[place] == ")":
            depth -= 1
        place += 1
    pieces.append((text[start:], level))
    return [piece for piece in pieces if piece[0]]


def _em(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in _SMALL:
        return 0.38
    return 0.32 if sign in _NARROW else 0.58


def width(text: Rich, size: float) -> float:
    """Return about how wide the text is in px, for letters of ``size`` px."""
    return sum(_em(sign) * size * RAISED**level for piece, level in text for sign in piece)


def number(value: float | None, none: str = "") -> str:
    """Return a number rounded to a few digits, without zeros at its end; ``none`` where there is none."""
    if value is None or math.isnan(value):
        return none
    return _rounded(float(value))


@lru_cache(maxsize=4096)
def _rounded(value: float) -> str:
    text = re.sub(r"\.0+(?=·)|(\.\d*[1-9])0+(?=·)", r"\1", numbers.significant(value, DIGITS))
    return re.sub(r"(?<![0-9.])1·(?=10)", "", text) if value else "0"


def relation(value: float | None, *, is_given: bool) -> str:
    """Return "=" before a number that was given and is shown as it was given, "≈" before others, "" before none."""
    if value is None or math.isnan(value):
        return ""
    return "=" if is_given and value == float(f"{value:.{DIGITS}g}") else "≈"


def _literal(value: float | None, none: str) -> Node:
    """Return a rounded number as a tree, to be put into a formula."""
    if value is None or not math.isfinite(value):
        sign: Node = Variable(none if value is None or math.isnan(value) else "∞")
    else:
        mantissa, _, exponent = f"{abs(value):.{DIGITS}g}".partition("e")
        sign = Number(f"{mantissa}e{int(exponent)}" if exponent else mantissa)
    return Neg(sign) if value is not None and value < 0 else sign


def with_numbers(graph: Graph, node: GraphNode, none: str) -> str:
    """Return a node's operation on its operands' rounded numbers, as plain text; ``none`` for what is none."""
    known = {named(graph.letter, other.index).name: _literal(other.value, none) for other in graph.nodes}
    return to_text(substitute(node.expression, known))


def _factor(value: float | None, none: str, *, is_first: bool = False) -> str:
    text = number(value, none) or none
    return text if is_first or not text.startswith(numbers.MINUS) else f"({text})"


def sum_with_numbers(row: TraceRow, none: str) -> str:
    """Return a sum over edges with the rounded numbers of each: 7.389·3 + 6·(−1). ``none`` stands for what is none."""
    terms = []
    for place, term in enumerate(row.terms):
        terms.append(f"{_factor(term.outer, none, is_first=place == 0)}·{_factor(term.slope, none)}")
    return " + ".join(terms)


def of_node(graph: Graph, node: GraphNode) -> str:
    """Return the label of a box: the variable, the sign or name of the operation, or it with its operands' names."""
    if node.operation in ("input", "constant"):
        return to_text(node.tree)
    operands = graph.into(node.id)
    if node.operation in _SYMMETRIC and len(operands) == 2:
        return _SYMMETRIC[node.operation]
    text = graph.text(node.expression)
    head, bracket, rest = text.partition("(")
    is_plain_function = isinstance(node.tree, Call) and len(node.tree.arguments) == 1 and bracket and rest.endswith(")")
    return head if is_plain_function and head not in ("√", "∛") else text
