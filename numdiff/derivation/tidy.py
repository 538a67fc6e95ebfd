"""Tidying a derivative into the form a textbook prints, in named steps; reordering alone is never a step.

The steps in the order in which they are tried, again and again until nothing changes:

``obvious``     0 + u = u, 1·u = u, −(−u) = u (see :mod:`numdiff.derivation.settle`)
``brackets``    u − (v + w) = u − v − w
``fraction``    u·(v/w) = uv/w, (u/v)/w = u/(vw): one fraction
``factors``     eˣ(6x) = 6xeˣ: a bracketed product opened, number first, then powers of variables, then functions
``numbers``     2·3x = 6x, 6x/4 = 3x/2
``powers``      x·x² = x³, (x²)³ = x⁶, (√u)² = u
``cancel``      x²/x = x, also a factor common to all terms above the line
``like_terms``  2x + 3x = 5x
``expand``      a numerator multiplied out, where that makes it shorter

Arguments of functions, bases and exponents stay as typed. No new function names are brought in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from numdiff.derivation.settle import settle
from numdiff.derivation.steps import TidyStep
from numdiff.derivation.tidy_product import cancel, combine_numbers, combine_powers, one_fraction, order_factors
from numdiff.derivation.tidy_sum import collect, expand, open_brackets
from numdiff.tree import Add, Div, Mul, Neg, Node, Sub, variables, walk

LONGEST = 3000
"""Nodes beyond which a derivative is left as the rules give it."""

_MOST_ROUNDS = 6

Change = Callable[[Node], Node]


def everywhere(node: Node, product: Change | None, total: Change | None) -> Node:
    """Return the expression with the changes made at every product and every sum that is not inside a function."""
    match node:
        case Add() | Sub():
            left, right = everywhere(node.left, product, None), everywhere(node.right, product, total)
            # the left spine belongs to the same sum: the change is made once, at its top
            whole = node if left is node.left and right is node.right else type(node)(left, right)
            return total(whole) if total else whole
        case Mul() | Div() | Neg():
            new = _inside(node, product, total)
            return product(new) if product else new
        case _:
            return node


def _inside(node: Node, product: Change | None, total: Change | None) -> Node:
    """Return a product with the changes made inside its factors."""
    match node:
        case Mul() | Div():
            left, right = _inside(node.left, product, total), _inside(node.right, product, total)
            return node if left is node.left and right is node.right else type(node)(left, right)
        case Neg():
            argument = _inside(node.argument, product, total)
            return node if argument is node.argument else Neg(argument)
        case _:
            return everywhere(node, product, total)


def _changes(order: Sequence[str]) -> tuple[tuple[str, Change], ...]:
    return (
        ("obvious", settle),
        ("brackets", lambda node: everywhere(node, None, open_brackets)),
        ("fraction", lambda node: everywhere(node, one_fraction, None)),
        ("factors", lambda node: everywhere(node, lambda part: order_factors(part, order), None)),
        ("numbers", lambda node: everywhere(node, combine_numbers, None)),
        ("powers", lambda node: everywhere(node, combine_powers, None)),
        ("cancel", lambda node: everywhere(node, cancel, None)),
        ("like_terms", lambda node: everywhere(node, None, collect)),
        ("expand", lambda node: everywhere(node, expand, None)),
    )


def is_longer(node: Node, most: int) -> bool:
    """Return True if the expression has more nodes than that; no more of them are looked at."""
    return any(place >= most for place, _ in enumerate(walk(node)))


def tidy_steps(tree: Node, order: Sequence[str] | None = None) -> tuple[TidyStep, ...] | None:
    """Return the steps that tidy an expression.

    Parameters
    ----------
    tree : Node
        What the rules gave.
    order : sequence of str, optional
        In which order variables stand in a product that is opened; by default that of first appearance.

    Returns
    -------
    tuple[TidyStep, ...] or None
        Each ``after`` is the next one's ``before``. Empty if there is nothing to tidy; None if the expression has
        more than :data:`LONGEST` nodes and is left as it is.
    """
    if is_longer(tree, LONGEST):
        return None
    changes = _changes(variables(tree) if order is None else order)
    steps: list[TidyStep] = []
    for _ in range(_MOST_ROUNDS):
        before = tree
        for name, change in changes:
            after = change(tree)
            if after is not tree and after != tree:
                steps.append(TidyStep(name, tree, after))
                tree = after
        if tree is before:
            break
    return tuple(steps)


def tidy(tree: Node, order: Sequence[str] | None = None) -> Node:
    """Return the expression tidied; parameters as for :func:`tidy_steps`."""
    steps = tidy_steps(tree, order)
    return steps[-1].after if steps else tree
