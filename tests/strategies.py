"""Hypothesis strategies for expression trees as the parser produces them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    substitute,
    walk,
)

VARIABLES = ("x", "y", "t", "theta", "야식")
NUMBERS = ("0", "1", "2", "3", "7", "10", "12", "0.5", "2.0", "1.25", "0.001", "100000", "9007199254740993")
SCIENTIFIC = ("1e-4", "2e3", "1.5e-3", "1e10")
_PLAIN = tuple(name for name in FUNCTIONS if name not in {"log", "root", "leaky_relu", "min", "max", "trigamma"})


def numbers(*, scientific: bool = True) -> st.SearchStrategy[Number]:
    """Literals, never negative."""
    return st.sampled_from(NUMBERS + SCIENTIFIC if scientific else NUMBERS).map(Number)


def _literal_exponents() -> st.SearchStrategy[Node]:
    integers = st.sampled_from(("0", "1", "2", "3", "5")).map(Number)
    fractions = st.builds(Div, st.sampled_from("124").map(Number), st.sampled_from("2357").map(Number))
    positive = integers | fractions
    return positive | positive.map(Neg)


def _calls(parts: st.SearchStrategy[Node], names: Sequence[str]) -> st.SearchStrategy[Node]:
    bases = st.sampled_from((Number("3"), Number("5"), Variable("a")))
    return st.one_of(
        st.builds(Call, st.sampled_from(names), st.tuples(parts)),
        st.builds(Call, st.just("log"), st.tuples(parts, bases)),
        st.builds(Call, st.just("root"), st.tuples(parts, st.sampled_from("4567").map(Number))),
        st.builds(Call, st.just("leaky_relu"), st.tuples(parts) | st.tuples(parts, st.just(Number("0.1")))),
        st.builds(Call, st.sampled_from(("min", "max")), st.tuples(parts, parts) | st.tuples(parts, parts, parts)),
    )


def _sum_over(body: Node, lower: int, count: int) -> Node:
    """Return Σ of the body with t as the indexed variable; a second level uses another index."""
    used = {part.index for part in walk(body) if isinstance(part, IndexedSum)}
    if used >= {"i", "j"}:
        return body
    index, base = ("j", "z") if "i" in used else ("i", "x")
    inner = substitute(body, {"t": Indexed(base, index), "y": Variable(index)})
    return IndexedSum(index, lower, lower + count - 1, inner)


def trees(
    variables: Sequence[str] = VARIABLES,
    *,
    functions: Sequence[str] = _PLAIN,
    sums: bool = True,
    scientific: bool = True,
    max_leaves: int = 10,
) -> st.SearchStrategy[Node]:
    """Canonical trees within the limits of the notation, sums over an index included.

    Parameters
    ----------
    variables
        Names of the free variables; ``a`` and, from sums, ``x_1``, ``z_2`` and the like may join them.
    functions
        Names of functions of one argument; log, root, leaky_relu, min and max are always among the others.
    sums
        Whether sums over an index occur.
    scientific
        Whether literals such as ``1e-4`` occur.
    max_leaves
        The size.
    """
    leaves = numbers(scientific=scientific) | st.sampled_from(("e", "pi")).map(Constant)
    leaves = leaves | st.sampled_from(tuple(variables)).map(Variable)

    def extend(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        options = [
            st.builds(Neg, parts),
            st.one_of(*(st.builds(kind, parts, parts) for kind in (Add, Sub, Mul, Mul, Div))),
            st.builds(Pow, parts, parts | _literal_exponents()),
            st.builds(Pow, st.just(Constant("e")), parts),
            _calls(parts, functions),
        ]
        if sums:
            options.append(st.builds(_sum_over, parts, st.integers(-1, 2), st.integers(1, 3)))
        return st.one_of(*options)

    return st.recursive(leaves, extend, max_leaves=max_leaves)
