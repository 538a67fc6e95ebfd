"""The inner function of the learner's choice: which ones there are, and what is wrong with one that cannot be used."""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypeAlias

from numdiff.derivation.chain.inner import composite_parts, depends, first_level, inner_functions, is_application
from numdiff.function import parse
from numdiff.tree import Node, Variable, children, expand_sums, walk

ErrorCode: TypeAlias = Literal["absent", "constant", "variable", "whole"]

MOST_CHOICES = 12
"""More would not help anyone to choose."""

_MESSAGES: dict[ErrorCode, str] = {
    "absent": "the inner function does not occur in the function in this form",
    "constant": "the inner function does not contain the variable",
    "variable": "the inner function is the variable itself",
    "whole": "the inner function is the whole function",
}


class ChainError(ValueError):
    """An inner function that cannot be chosen.

    Attributes
    ----------
    code : str
        ``"absent"``: it does not occur in the function as it was typed; ``"constant"``: it does not contain the
        variable; ``"variable"``: it is the variable itself; ``"whole"``: it is the whole function.
    inner : Node
        What was chosen.
    """

    def __init__(self, code: ErrorCode, inner: Node) -> None:
        self.code = code
        self.inner = inner
        super().__init__(_MESSAGES[code])


def chosen_inner(tree: Node, variable: str, inner: str | Node) -> Node:
    """Return the chosen inner function as it occurs in the tree (sums over an index written out).

    Raises
    ------
    InputError
        If it is text that cannot be understood.
    ChainError
        If it cannot be the inner function.
    """
    chosen = expand_sums(parse(inner).tree if isinstance(inner, str) else inner)
    if chosen == Variable(variable):
        raise ChainError("variable", chosen)
    if chosen == tree:
        raise ChainError("whole", chosen)
    if chosen not in set(walk(tree)):
        raise ChainError("absent", chosen)
    if not depends(chosen, variable):
        raise ChainError("constant", chosen)
    return chosen


def choices(tree: Node, variable: str) -> tuple[Node, ...]:
    """Return the inner functions with which the chain rule works, those of the first level first.

    They are subexpressions as typed. Through one of them alone the function depends on the variable, or together with
    those that :func:`~numdiff.derivation.chain.inner.first_level` adds; if there is no such one for the whole
    function, those of its composite parts.
    """
    roots: tuple[Node, ...] = (tree,)
    if not inner_functions(tree, variable):
        roots = composite_parts(tree, variable) or (tree,)
    found: dict[Node, None] = {}
    for root in roots:
        found.update(dict.fromkeys(inner_functions(root, variable)))
    for root in roots:
        found.update(dict.fromkeys(_possible(root, variable)))
    return tuple(found)[:MOST_CHOICES]


def _possible(root: Node, variable: str) -> tuple[Node, ...]:
    """Return the parts of a root that can be its inner function, outermost first.

    They are functions, and what functions are applied to; the first two terms of a sum of three are neither.
    """
    counts = Counter(part for part in walk(root) if depends(part, variable))
    leaf = Variable(variable)
    several = len(inner_functions(root, variable)) > 1
    applied = [part for part in counts if is_application(part, variable)]
    meant = {*applied, *(operand for part in applied for operand in children(part))} - {root, leaf}
    found: list[Node] = []
    for part, times in counts.items():
        if part not in meant:
            continue
        covered = times * sum(inner == leaf for inner in walk(part))
        if covered == counts[leaf] or (several and first_level(root, variable, part)):
            found.append(part)
        if len(found) == MOST_CHOICES:
            break
    return tuple(found)
