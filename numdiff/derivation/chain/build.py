"""Building a chain: names for the inner functions, the ways through them, the factors, the lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.chain.choice import chosen_inner
from numdiff.derivation.chain.inner import composite_parts, decompose, depends, first_level, operands, replaced, used_in
from numdiff.derivation.chain.names import fresh_names
from numdiff.derivation.chain.stages import (
    Factor,
    Named,
    Path,
    Reason,
    chain_stages,
    make_factor,
    rule_stages,
)
from numdiff.derivation.steps import Derivative
from numdiff.derivation.work import Derivation, differentiate
from numdiff.function import Function, parse, variable_of
from numdiff.tree import Node, Variable, expand_sums, size, variables

MOST_WRITTEN = 5000
"""Names times nodes of the function beyond which it is not taken apart: each name has a line, and some of them all."""


def chain(f: Function | str, var: str | None = None, inner: str | Node | None = None) -> Chain:
    """Return the function as a composition, with the chain rule worked out.

    Parameters
    ----------
    f : Function or str
        The function, or text for :func:`numdiff.parse`. Sums over an index are written out.
    var : str, optional
        The variable of differentiation, by any spelling; needed if there are several. A constant is differentiated by
        x.
    inner : str or Node, optional
        The inner function of the learner's choice, ``"3x^2"`` or ``"t = 3x^2"``: a subexpression of f as typed. It is
        used wherever it occurs.

    Returns
    -------
    Chain
        Its ``kind`` says whether the chain rule holds for the whole, for parts of it, or not at all.

    Raises
    ------
    InputError
        If text cannot be understood.
    ChainError
        If ``inner`` is not in f, is f itself, or does not contain more than the variable.
    VariableError
        If f has several variables and none is named, or f does not have the one that is named.

    Examples
    --------
    >>> import numdiff as nd
    >>> chain = nd.chain(nd.parse("sin(x^2)"))
    >>> float(chain.result(1.0))
    1.0806046117362795
    """
    function = parse(f) if isinstance(f, str) else f
    variable = variable_of(function, var)
    tree = expand_sums(function.tree)
    whole = replace(function, tree=tree)
    chosen = None if inner is None else chosen_inner(tree, variable, inner)
    derivation = differentiate(whole, variable)
    roots = _roots(tree, variable, chosen)
    graph = decompose(roots, variable, chosen)
    names = dict(zip(graph.inner, fresh_names(len(graph.inner), (*function.variables, function.name)), strict=True))
    frame = _Frame(whole, variable, derivation, names, graph.levels)
    if len(names) * size(tree) > MOST_WRITTEN:
        return frame.nothing("too_long")
    if roots == (tree,):
        return frame.composed(tree, function.name)
    if not roots:
        return frame.nothing(_reason(tree, variable, chosen))
    return frame.with_parts(roots)


def _roots(tree: Node, variable: str, chosen: Node | None) -> tuple[Node, ...]:
    """Return what the chain rule applies to: the whole function, or its composite parts, or nothing."""
    if first_level(tree, variable, chosen):
        return (tree,)
    parts = composite_parts(tree, variable)
    if chosen is None:
        return parts
    # the choice concerns the parts it occurs in; it must do for one of them at least
    fitting = [part for part in parts if first_level(part, variable, chosen)]
    return tuple(part for part in parts if part in fitting or first_level(part, variable, None)) if fitting else ()


def _reason(tree: Node, variable: str, chosen: Node | None) -> Reason:
    if not depends(tree, variable):
        return "constant"
    if chosen is not None:
        return "variable_remains"
    return "variable_outside" if operands(tree, variable) else "not_composite"


@dataclass(frozen=True)
class _Frame:
    """What all parts of a chain share."""

    function: Function
    variable: str
    derivation: Derivation
    names: Mapping[Node, str]
    levels: Mapping[Node, int]

    def composed(self, root: Node, symbol: str | None) -> Chain:
        """Return the chain of an expression that is pure in the inner functions."""
        edges: dict[tuple[Node, str], Factor] = {}
        paths = tuple(self._paths(root, symbol or root, edges))
        used = {factor.top for path in paths for factor in path}
        function = self.function if symbol else _part(root, self.function.variables)
        derivation = self.derivation if symbol else differentiate(function, self.variable)
        return Chain(
            function,
            self.variable,
            "chain" if len(paths) == 1 else "paths",
            "",
            "",
            tuple(named for named in self.named if named.name in used),
            self.written(root),
            paths,
            chain_stages(paths, derivation.result.tree),
            (),
            derivation.result,
            symbol,
        )

    def with_parts(self, roots: tuple[Node, ...]) -> Chain:
        """Return the chain of a function for which another rule comes first."""
        root = self.derivation.root
        result = self.derivation.result
        written = {part: self.written(part) for part in roots}
        return Chain(
            self.function,
            self.variable,
            "parts",
            "",
            root.rule,
            self.named,
            replaced(self.function.tree, written),
            (),
            rule_stages(root.lines, result.tree),
            tuple(self.composed(part, None) for part in roots),
            result,
            self.function.name,
        )

    def nothing(self, reason: Reason) -> Chain:
        """Return the chain of a function that is no composition."""
        tree, result, name = self.function.tree, self.derivation.result, self.function.name
        return Chain(self.function, self.variable, "none", reason, "", (), tree, (), (), (), result, name)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Return all inner functions with their names, by level."""
        return tuple(Named(name, self.written(node), node, self.levels[node]) for node, name in self.names.items())

    @cached_property
    def full(self) -> Mapping[str, Node]:
        """What every name stands for, in the variables."""
        return {name: inner for inner, name in self.names.items()}

    def below(self, node: Node) -> tuple[Node, ...]:
        """Return the inner functions that the node is written in; () for one that is left in the variable."""
        return used_in(node, self.names.keys(), self.variable)

    def written(self, node: Node) -> Node:
        """Return the node in the names of what is right below it."""
        if not self.below(node):
            return node
        return replaced(node, {inner: Variable(name) for inner, name in self.names.items()}, strictly=True)

    def _paths(self, node: Node, top: str | Node, edges: dict[tuple[Node, str], Factor]) -> Iterator[Path]:
        below = self.below(node)
        for inner in below:
            first = self._factor(node, top, self.names[inner], edges)
            for rest in self._paths(inner, self.names[inner], edges):
                yield (first, *rest)
        if not below:
            yield (self._factor(node, top, self.variable, edges),)

    def _factor(self, node: Node, top: str | Node, bottom: str, edges: dict[tuple[Node, str], Factor]) -> Factor:
        if (node, bottom) not in edges:
            written = self.written(node)
            local = differentiate(Function(written, variables(written)), bottom).result.tree
            edges[node, bottom] = make_factor(top, Derivative(written, bottom), local, self.full)
        return edges[node, bottom]


def _part(tree: Node, order: tuple[str, ...]) -> Function:
    """Return a part of a function as a function of the variables in it, in the function's order."""
    free = variables(tree)
    return Function(tree, tuple(name for name in order if name in free))
