"""Which functions a function is made of: its inner functions, one for each distinct subexpression.

The outermost arithmetic (sums, products, quotients) is followed down to the places where a function is applied: e^□,
sin □, □³, 1/□. What stands there, if it is more than the variable itself, is an inner function. A node is *pure* if
the variable occurs in it only inside of inner functions; only then is its derivative a sum of products over the paths
from it to the variable.

Trees are compared by value, so that an expression that is typed twice is one inner function.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from numdiff.functions.registry import having
from numdiff.tree import (
    Call,
    Div,
    Mul,
    Neg,
    Node,
    Pow,
    Variable,
    children,
    rebuild,
    walk,
)


def depends(node: Node, variable: str) -> bool:
    """Return True if the variable occurs in the expression; sums over an index must have been written out."""
    return any(isinstance(part, Variable) and part.name == variable for part in walk(node))


def is_monomial(node: Node, variable: str) -> bool:
    """Return True for x, x³, 2x³, −x: what the power rule alone differentiates."""
    match node:
        case Variable():
            return node.name == variable
        case Neg():
            return is_monomial(node.argument, variable)
        case Mul() if not depends(node.left, variable):
            return is_monomial(node.right, variable)
        case Mul() | Div() if not depends(node.right, variable):
            return is_monomial(node.left, variable)
        case Pow() if not depends(node.exponent, variable):
            return node.base == Variable(variable)
        case _:
            return False


def is_application(node: Node, variable: str) -> bool:
    """Return True where a function is applied: a call, a power, or c/□ with a denominator that is no monomial."""
    match node:
        case Call() | Pow():
            return True
        case Div():
            return not depends(node.left, variable) and not is_monomial(node.right, variable)
        case _:
            return False


def applications(node: Node, variable: str) -> Iterator[Node]:
    """Yield the outermost places where a function is applied to something with the variable, from left to right."""
    if not depends(node, variable):
        return
    if is_application(node, variable):
        yield node
        return
    for part in children(node):
        yield from applications(part, variable)


def operands(node: Node, variable: str) -> tuple[Node, ...]:
    """Return what functions are applied to in the node, in reading order, each once; the bare variable is none."""
    found = (
        part
        for application in applications(node, variable)
        for part in _applied_to(application, variable)
        if depends(part, variable) and part != Variable(variable)
    )
    return tuple(dict.fromkeys(found))


def _applied_to(application: Node, variable: str) -> tuple[Node, ...]:
    """Return what a function is applied to; 1/u³ and 1/√u are powers of u, as a textbook takes them."""
    if not isinstance(application, Div):
        return children(application)
    below = application.right
    while isinstance(below, Mul) and not (depends(below.left, variable) and depends(below.right, variable)):
        below = below.right if depends(below.right, variable) else below.left
    match below:
        case Pow(base, exponent) if not depends(exponent, variable) and not is_monomial(base, variable):
            return (base,)
        case Call(name, (argument, *_)) if name in having(family="power") and not is_monomial(argument, variable):
            return (argument,)
        case _:
            return children(application)


def replaced(node: Node, names: Mapping[Node, Node], *, strictly: bool = False) -> Node:
    """Return the tree with the outermost occurrences of the keys replaced; ``strictly``: not the node itself."""
    if not strictly and node in names:
        return names[node]
    parts = children(node)
    changed = tuple(replaced(part, names) for part in parts)
    return node if all(new is old for new, old in zip(changed, parts, strict=True)) else rebuild(node, changed)


def is_pure(node: Node, inner: Collection[Node], variable: str) -> bool:
    """Return True if the variable occurs in the node only strictly inside of it, within one of the inner functions."""
    if isinstance(node, Variable):
        return node.name != variable
    return all(part in inner or is_pure(part, inner, variable) for part in children(node))


def taken_apart(node: Node, variable: str) -> tuple[Node, ...]:
    """Return the inner functions by which a teacher takes the node apart; () where another rule comes first.

    A sum, product or quotient of several compositions goes by its own rule, and each of them by the chain rule; a
    quotient of polynomials is no composition.
    """
    found = inner_functions(node, variable)
    if is_application(node, variable):
        return found
    is_polynomial = not operands(node, variable) and any(is_monomial(part, variable) for part in found)
    return () if len(found) > 1 or is_polynomial else found


def inner_functions(node: Node, variable: str) -> tuple[Node, ...]:
    """Return the inner functions through which alone the node depends on the variable; () if there are none.

    Without an application to anything but the variable, the one function that occurs again and again may be it:
    e^x in e^x/(1 + e^x).
    """
    found = operands(node, variable)
    if found and is_pure(node, found, variable):
        return found
    repeated = tuple(dict.fromkeys(applications(node, variable)))
    if len(repeated) == 1 and repeated[0] != node and is_pure(node, repeated, variable):
        occurrences = sum(part == repeated[0] for part in walk(node))
        return repeated if occurrences > 1 else ()
    return ()


def composite_parts(node: Node, variable: str) -> tuple[Node, ...]:
    """Return the outermost parts that are compositions, each once, in reading order."""
    if not depends(node, variable):
        return ()
    if is_application(node, variable) and inner_functions(node, variable):
        return (node,)
    return tuple(dict.fromkeys(part for child in children(node) for part in composite_parts(child, variable)))


@dataclass(frozen=True)
class Decomposition:
    """The inner functions below some roots, as a graph without cycles.

    Attributes
    ----------
    variable : str
        The variable of differentiation.
    roots : tuple[Node, ...]
        The expressions that are taken apart; each is pure in ``inner``.
    inner : tuple[Node, ...]
        The inner functions, by level (a function stands before those it is made of), then in reading order.
    """

    variable: str
    roots: tuple[Node, ...]
    inner: tuple[Node, ...]

    @cached_property
    def levels(self) -> Mapping[Node, int]:
        """The level of each inner function: the length of the longest way to it from a root."""
        return _levels(self.roots, frozenset(self.inner), self.variable)


def decompose(roots: tuple[Node, ...], variable: str, chosen: Node | None = None) -> Decomposition:
    """Return the inner functions of the roots, those of the inner functions, and so on.

    Parameters
    ----------
    roots : tuple[Node, ...]
        Expressions; one that is not pure in the functions found contributes nothing.
    variable : str
        The variable of differentiation.
    chosen : Node, optional
        An inner function to be used wherever it occurs in a root, together with what else the root then needs.
    """
    found: dict[Node, None] = {}
    pending = [
        part for root in roots for part in first_level(root, variable, chosen) or inner_functions(root, variable)
    ]
    while pending:
        node = pending.pop(0)
        if node not in found:
            found[node] = None
            pending.extend(taken_apart(node, variable))
    levels = _levels(roots, frozenset(found), variable)
    order = list(levels)
    return Decomposition(variable, roots, tuple(sorted(levels, key=lambda node: (levels[node], order.index(node)))))


def first_level(root: Node, variable: str, chosen: Node | None) -> tuple[Node, ...]:
    """Return the inner functions right below a root: the chosen one first, then what it leaves; () if x remains."""
    if chosen is None:
        return taken_apart(root, variable)
    if is_pure(root, (chosen,), variable):
        return (chosen,)
    others = tuple(part for part in operands(root, variable) if depends(_without(part, chosen), variable))
    together = (chosen, *(part for part in others if part != chosen))
    is_used = chosen in used_in(root, frozenset(together), variable)
    return together if is_used and is_pure(root, together, variable) else ()


def _without(node: Node, chosen: Node) -> Node:
    return replaced(node, {chosen: Variable("#")})


def used_in(node: Node, inner: Collection[Node], variable: str) -> tuple[Node, ...]:
    """Return the outermost inner functions strictly inside the node, each once; () unless the node is pure in them."""
    if not is_pure(node, inner, variable):
        return ()
    return tuple(dict.fromkeys(part for child in children(node) for part in _outermost(child, inner)))


def _outermost(node: Node, inner: Collection[Node]) -> Iterator[Node]:
    if node in inner:
        yield node
        return
    for part in children(node):
        yield from _outermost(part, inner)


def _levels(roots: tuple[Node, ...], inner: frozenset[Node], variable: str) -> dict[Node, int]:
    """Return the level of every inner function that a root reaches, in the order in which they are met."""
    levels: dict[Node, int] = {}
    current: tuple[Node, ...] = roots
    level = 0
    while current:
        level += 1
        following = tuple(dict.fromkeys(part for node in current for part in used_in(node, inner, variable)))
        levels.update(dict.fromkeys(following, level))
        current = following
    return levels
