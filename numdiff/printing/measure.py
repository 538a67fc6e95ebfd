"""How well a form reads: the one measure by which a form of a derivative is preferred to another.

It counts the characters that are seen; a fraction inside a fraction and a negative power beside a fraction count as
further ones, and where there is no fraction, x⁻² is as short as 1/x². Of two forms that measure the same, the one
nearer to what was typed stays.
"""

from __future__ import annotations

import re

from numdiff.printing.latex import to_latex
from numdiff.tree import Constant, Div, Neg, Node, Pow, children, integer_literal

PER_LEVEL = 3
"""Characters that each level of fractions beyond the first counts for, and each power inside an exponent's power."""
PER_NEGATIVE_POWER = 2
"""Characters that a negative power beside a fraction counts for."""

_UNSEEN = re.compile(r"\\(?:frac|left|right|[,;! ])|[{}^_\s]")
_WORD = re.compile(r"\\(?:operatorname\{([^}]*)\}|([A-Za-z]+))")
_SIGNS = {"cdot": "·", "sqrt": "√", "lvert": "|", "rvert": "|"}


def visible_length(node: Node) -> int:
    """Return how many characters a printed expression shows, brackets included, commands and spaces not."""
    text = _UNSEEN.sub("", _WORD.sub(_shown, to_latex(node)))
    return len(text)


def _shown(match: re.Match[str]) -> str:
    name, command = match.groups()
    if name is not None:
        return name
    return match[0] if command == "frac" else _SIGNS.get(command, command)


def reading_length(node: Node) -> int:
    """Return the measure of a form: its visible length, deep fractions and mixed notations counted on top."""
    levels, fractions, negative, towers = _shape(node)
    extra = PER_LEVEL * (max(0, levels - 1) + max(0, towers - 2))
    return visible_length(node) + extra + (PER_NEGATIVE_POWER * negative if fractions else -negative)


def is_deeper(one: Node, other: Node) -> bool:
    """Return True if an expression has more levels of fractions or of powers in exponents than another one."""
    (levels, _, _, towers), (other_levels, _, _, other_towers) = _shape(one), _shape(other)
    return levels > other_levels or towers > max(other_towers, 1)


def _shape(node: Node) -> tuple[int, int, int, int]:
    """Return levels of fractions, fractions, negative powers of what is not e, and levels of powers."""
    levels = fractions = negative = towers = 0
    for part in children(node):
        own = _shape(part)
        levels, towers = max(levels, own[0]), max(towers, own[3])
        fractions, negative = fractions + own[1], negative + own[2]
    if isinstance(node, Div) and (integer_literal(node.left) is None or integer_literal(node.right) is None):
        return levels + 1, fractions + 1, negative, towers
    if isinstance(node, Pow):
        towers = max(_shape(node.base)[3], _shape(node.exponent)[3] + 1)
        negative += node.base != Constant("e") and isinstance(node.exponent, Neg)
    return levels, fractions, negative, towers
