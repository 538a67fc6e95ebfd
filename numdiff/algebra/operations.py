"""What the worker computes with SymPy. Only the worker process imports this module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sympy

from numdiff.algebra.codec import Data, decode, decode_row, encode
from numdiff.algebra.symbolic import Expression, NotInNotationError, from_sympy, to_sympy
from numdiff.functions.registry import having, register, unregister
from numdiff.printing.measure import is_deeper, reading_length
from numdiff.tree import Call, Constant, Node, Pow, walk

_SIMPLIFIERS: tuple[Callable[[Expression], Expression], ...] = (
    sympy.expand,
    sympy.cancel,
    sympy.factor,
    sympy.together,
    sympy.powsimp,
    sympy.simplify,
)
"""Tried in this order, the quick ones first."""


def simplify(data: Data) -> Data:
    """Return simpler forms of a tree, the shortest first: a list of trees, without any that brings a new function.

    They are measured as they are read. None has a fraction within a fraction, or a power in an exponent, that the tree
    has not: ln(24^(24^x)) overflows where 24^x·ln 24 does not. The list is empty if none is shorter than the tree.
    """
    tree = decode(data)
    as_call = _uses_exp_by_name(tree)
    own = _function_names(tree)
    expression = to_sympy(tree, define=False)
    found: dict[Node, int] = {}
    for candidate in _candidates(expression):
        try:
            written = from_sympy(candidate, exp_as_call=as_call)
        except NotInNotationError:
            continue
        if _function_names(written) <= own:
            found[written] = reading_length(written)
    most = reading_length(tree)
    shorter = [node for node in found if found[node] < most and not is_deeper(node, tree)]
    return [encode(node) for node in sorted(shorter, key=found.__getitem__)]


def _candidates(expression: Expression) -> Iterator[Expression]:
    yield expression
    for simplifier in _SIMPLIFIERS:
        yield simplifier(expression)


def _function_names(tree: Node) -> set[str]:
    """Return the functions that a tree uses; e^u and exp(u) are the same one, and so are roots and powers."""
    names = {node.name for node in walk(tree) if isinstance(node, Call)}
    if any(isinstance(node, Pow) and node.base == Constant("e") for node in walk(tree)):
        names.add("exp")
    return names - having(family="power")


def _uses_exp_by_name(tree: Node) -> bool:
    names = [node.name for node in walk(tree) if isinstance(node, Call)]
    by_power = any(isinstance(node, Pow) and node.base == Constant("e") for node in walk(tree))
    return "exp" in names and not by_power


def prove_zero(data: Data) -> bool | None:
    """Return True if the tree is proved to be 0 wherever it has a value, False if proved not to be, else None."""
    expression = to_sympy(decode(data), define=True)
    for attempt in (sympy.expand, sympy.cancel, _with_exponentials, sympy.simplify):
        expression_now = attempt(expression)
        if expression_now == 0:
            return True
        if expression_now.is_number and expression_now.is_nonzero:
            return False
    return None


def _with_exponentials(expression: Expression) -> Expression:
    """Return the expression with hyperbolic and trigonometric functions written by e^u, as one fraction."""
    return sympy.cancel(sympy.together(sympy.expand_power_exp(sympy.expand(expression.rewrite(sympy.exp)))))


def prove_equal(left: Data, right: Data) -> bool | None:
    """Return True if the trees are proved equal wherever both have values, False if proved unequal, else None."""
    return prove_zero(["sub", left, right])


def eliminate(first: Data, second: Data, variable: str) -> Data:
    """Return the resultant of two polynomials by a variable, factored: a tree that is 0 where both are."""
    symbol = sympy.Symbol(variable, real=True)
    above = [sympy.numer(sympy.together(to_sympy(decode(data), define=True))) for data in (first, second)]
    return encode(from_sympy(sympy.factor(sympy.resultant(*above, symbol))))


def with_rows(rows: list[Data], operation: str, *arguments: Data) -> Data:
    """Return what another operation gives while functions are known that the program was given as it ran."""
    added = [decode_row(row) for row in rows]
    register(*added)
    try:
        return OPERATIONS[operation](*arguments)
    finally:
        for row in added:
            unregister(row.name)


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "simplify": simplify,
    "prove_zero": prove_zero,
    "prove_equal": prove_equal,
    "eliminate": eliminate,
    "with_rows": with_rows,
}
"""What may be asked for, by name. Arguments and results are JSON data."""
