"""Sums over an index: the bounds of Σ_{i=1}^{2} and of sum(…, i, 1, 2)."""

from __future__ import annotations

import re

from numdiff.notation.errors import InputError
from numdiff.notation.limits import MAX_EXPONENT, MAX_TERMS
from numdiff.tree import IndexedSum, Node, Span, Variable, children, integer_literal, walk

_LOWER = re.compile(r"([A-Za-z])=(-?[0-9]+)")


def lower_bound(subscript: str, span: Span) -> tuple[str, int]:
    """Return the index and its first value from ``i=1``.

    Raises
    ------
    InputError
        ``sum_form`` if it is not of this form, ``sum_index`` if the index is Euler's number.
    """
    match = _LOWER.fullmatch(subscript)
    if match is None:
        raise InputError("sum_form", span)
    if match.group(1) == "e":
        raise InputError("sum_index", span, {"name": "e"})
    return match.group(1), _small(int(match.group(2)[:8]), span)


def integer_bound(node: Node, span: Span) -> int:
    """Return a bound of a sum, which must be an integer."""
    value = integer_literal(node)
    if value is None:
        raise InputError("sum_bounds", span)
    return _small(value, span)


def _small(value: int, span: Span) -> int:
    if abs(value) > MAX_EXPONENT:
        raise InputError("sum_bounds", span)
    return value


def check_terms(lower: int, upper: int, span: Span) -> None:
    """Raise InputError if a sum has no term, or too many to be written out."""
    if upper < lower:
        raise InputError("sum_bounds", span)
    if upper - lower + 1 > MAX_TERMS:
        raise InputError("sum_too_long", span, {"limit": MAX_TERMS})


def check_indices(tree: Node) -> None:
    """Raise InputError where a summation index is used outside its sum: Σ i + i could be Σ (i + i)."""
    indices = {part.index for part in walk(tree) if isinstance(part, IndexedSum)}
    if indices:
        _check_free(tree, indices, frozenset())


def _check_free(node: Node, indices: set[str], bound: frozenset[str]) -> None:
    if isinstance(node, Variable) and node.name in indices - bound:
        raise InputError("sum_index", node.span or (0, 1), {"name": node.name})
    inner = bound | {node.index} if isinstance(node, IndexedSum) else bound
    for part in children(node):
        _check_free(part, indices, inner)
