"""Tidying a derivative into the form a textbook prints, in named steps; reordering alone is never a step.

The steps in the order in which they are tried, again and again until nothing changes:

``obvious``     0 + u = u, 1·u = u, −(−u) = u (see :mod:`numdiff.derivation.fold_constants`)
``brackets``    u − (v + w) = u − v − w, −(−u + v) = u − v
``fraction``    u·(v/w) = uv/w, (u/v)/w = u/(vw): one fraction
``factors``     eˣ(6x) = 6xeˣ: a product in brackets opened
``numbers``     2·3x = 6x, 6x/4 = 3x/2, 4/6 = 2/3
``powers``      x·x² = x³, (x²)³ = x⁶, (√u)² = u, (2u/v)² = 4u²/v²
``absolute``    u·sgn u = |u|, |u|·sgn u = u, sgn u/|u| = 1/u, |√u| = √u
``cancel``      x²/x = x, also a factor common to all terms above the line
``clear``       (1 + 1/x)/y = (x + 1)/(xy), 1/(x(1 + 1/x)) = 1/(x + 1): no fraction inside a fraction
``like_terms``  2x + 3x = 5x
``expand``      a numerator multiplied out, where that makes it shorter

Arguments of functions, bases and exponents stay as typed; those that differentiating brought are tidied as well:
√(1 − (√x)²) = √(1 − x). No new function names are brought in.

What always makes a form better is done here. What does so only sometimes, such as multiplying out, is tried
afterwards by :mod:`numdiff.derivation.tidy.search`.
"""

from __future__ import annotations

from collections.abc import Callable

from numdiff.derivation.fold_constants import settle
from numdiff.derivation.steps import TidyRule, TidyStep
from numdiff.derivation.tidy.cancel import cancel, clear_below, clear_fractions
from numdiff.derivation.tidy.order import Order
from numdiff.derivation.tidy.powers import combine_powers, open_powers
from numdiff.derivation.tidy.product import absolute, combine_numbers, one_fraction
from numdiff.derivation.tidy.sum import collect, expand, lead_with_plus, open_brackets
from numdiff.tree import (
    Add,
    Call,
    Div,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Piecewise,
    Pow,
    Sub,
    children,
    rebuild,
    variables,
    walk,
    with_values,
)

LONGEST = 3000
"""Nodes beyond which a derivative is left as the rules give it."""

_MOST_ROUNDS = 8

Change = Callable[[Node], Node]


def everywhere(node: Node, product: Change | None, total: Change | None) -> Node:
    """Return the expression with the changes made at every product and every sum that is not inside a function."""
    match node:
        case Add() | Sub():
            whole = _spine(node, product, total)
            return total(whole) if total else whole
        case Mul() | Div() | Neg():
            inside = _inside(node, product, total)
            return product(inside) if product else inside
        case Pow():
            return product(node) if product else node
        case Piecewise():
            return with_values(node, lambda value: everywhere(value, product, total))
        case _:
            return node


def _spine(node: Node, product: Change | None, total: Change | None) -> Node:
    """Return a sum with the changes made in its terms; what leans to the left is the same sum."""
    if not isinstance(node, Add | Sub):
        return everywhere(node, product, total)
    left, right = _spine(node.left, product, total), everywhere(node.right, product, total)
    return node if left is node.left and right is node.right else type(node)(left, right)


def _inside(node: Node, product: Change | None, total: Change | None) -> Node:
    """Return a product with the changes made inside its factors."""
    match node:
        case Mul() | Div():
            left, right = _inside(node.left, product, total), _inside(node.right, product, total)
            return node if left is node.left and right is node.right else type(node)(left, right)
        case Neg():
            argument = _inside(node.argument, product, total)
            return node if argument is node.argument else Neg(argument)
        case Add() | Sub() | Piecewise():
            return everywhere(node, product, total)
        case _:
            return node


def reaching(change: Change, kept: frozenset[Node]) -> Change:
    """Return a change that is also made in the arguments, bases and exponents that are not among the kept ones."""

    def within(node: Node) -> Node:
        match node:
            case IndexedSum():
                return node
            case Call() | Pow():
                parts = tuple(part if part in kept else whole(part) for part in children(node))
            case _:
                parts = tuple(map(within, children(node)))
        same = all(new is old for new, old in zip(parts, children(node), strict=True))
        return node if same else rebuild(node, parts)

    def whole(node: Node) -> Node:
        return within(change(node))

    return whole


def _has_brought(tree: Node, kept: frozenset[Node]) -> bool:
    """Return True if an argument, a base or an exponent is not among the kept ones; numbers and names do not count."""
    parts = (part for node in walk(tree) if isinstance(node, Call | Pow) for part in children(node))
    return any(children(part) and part not in kept for part in parts)


def _changes(order: Order) -> tuple[tuple[TidyRule, Change], ...]:
    return (
        ("obvious", settle),
        ("brackets", lambda node: everywhere(node, lead_with_plus, open_brackets)),
        ("fraction", lambda node: everywhere(node, one_fraction, None)),
        ("factors", lambda node: everywhere(node, order.opened, None)),
        ("numbers", lambda node: everywhere(node, combine_numbers, None)),
        ("powers", lambda node: everywhere(node, lambda part: combine_powers(open_powers(part, order.kept)), None)),
        ("absolute", lambda node: everywhere(node, absolute, None)),
        ("cancel", lambda node: everywhere(node, cancel, None)),
        ("like_terms", lambda node: everywhere(node, None, collect)),
        ("expand", lambda node: everywhere(node, lambda part: expand(part, order), None)),
        ("clear", lambda node: everywhere(node, lambda part: clear_below(clear_fractions(part)), None)),
    )


def is_longer(node: Node, most: int) -> bool:
    """Return True if the expression has more nodes than that; no more of them are looked at."""
    return any(place >= most for place, _ in enumerate(walk(node)))


def tidy_steps(tree: Node, order: Order | None = None) -> tuple[TidyStep, ...] | None:
    """Return the steps that tidy an expression.

    Parameters
    ----------
    tree : Node
        What the rules gave.
    order : Order, optional
        How factors are ordered; by default variables by their first appearance, and as typed here.

    Returns
    -------
    tuple[TidyStep, ...] or None
        Each ``after`` is the next one's ``before``. Empty if there is nothing to tidy; None if the expression has
        more than :data:`LONGEST` nodes and is left as it is.
    """
    if is_longer(tree, LONGEST):
        return None
    order = order or Order.of(tree, variables(tree))
    changes = tuple((name, change, reaching(change, order.kept)) for name, change in _changes(order))
    reaches = _has_brought(tree, order.kept)
    steps: list[TidyStep] = []
    for _ in range(_MOST_ROUNDS):
        before = tree
        for name, change, inner_too in changes:
            changed = inner_too(tree) if reaches else change(tree)
            if changed is tree or changed == tree:
                continue
            after = order.arrange(changed)
            if after != tree:
                steps.append(TidyStep(name, tree, after))
                tree, reaches = after, _has_brought(after, order.kept)
        if tree is before:
            break
    return tuple(steps)


def tidy(tree: Node, order: Order | None = None) -> Node:
    """Return the expression tidied; parameters as for :func:`tidy_steps`."""
    steps = tidy_steps(tree, order)
    return steps[-1].after if steps else tree
