"""A function taken apart into an outer and inner functions, f = g(t), t = h(x), and the chain rule on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from numdiff.derivation.chain_choice import choices
from numdiff.derivation.chain_stages import Factor, Path, Stage
from numdiff.derivation.chain_values import ChainValues, inner_values, path_value, point_of
from numdiff.derivation.domains import without_derivative
from numdiff.derivation.steps import Condition, Derivative, Style, Verification
from numdiff.evaluate.values import evaluate
from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.tree import Node

Kind: TypeAlias = Literal["chain", "paths", "parts", "none"]
Reason: TypeAlias = Literal["", "constant", "not_composite", "variable_outside", "variable_remains", "too_long"]


@dataclass(frozen=True)
class Named:
    """An inner function with its name.

    Attributes
    ----------
    name : str
        A canonical name that stands for nothing else: ``t``, ``u``, …, ``t_1``.
    expression : Node
        What it is, in the names of the next levels or in the variable: t = sin(u).
    full : Node
        The same in the function's own variables, as it was typed: sin(x²).
    level : int
        1 for what stands right inside of the function; the longest way counts.
    """

    name: str
    expression: Node
    full: Node
    level: int

    def latex(self, *, full: bool = False) -> str:
        """Return ``t = …`` in LaTeX, with the deeper names put in if ``full``."""
        return f"{latex_name(self.name)} = {to_latex(self.full if full else self.expression)}"


@dataclass(frozen=True)
class Chain:
    """A function as a composition, and its derivative by the chain rule.

    Attributes
    ----------
    function : Function
        What is differentiated; for a part of a function, that part.
    variable : str
        By which variable.
    kind : str
        ``"chain"``: one way leads from the function through the inner ones to the variable, and the derivative is the
        product of the factors. ``"paths"``: several do; it is the sum of the products. ``"parts"``: the variable occurs
        outside of the compositions as well, so that another rule comes first and the chain rule works on ``parts``.
        ``"none"``: there is no composition; ``reason`` says why.
    reason : str
        ``""``; for ``"none"``: ``"constant"`` (the variable does not occur), ``"not_composite"``,
        ``"variable_outside"`` (as in x^(sin x): no factor of the chain holds the whole), ``"variable_remains"`` (beside
        the chosen inner function), ``"too_long"`` (names and what is written in them would fill hundreds of lines).
    rule : str
        For ``"parts"``: the id of the rule that comes first (``"product"``, ``"sum"``, …), else ``""``.
    names : tuple[Named, ...]
        The inner functions by level; each is written in the names after it.
    outer : Node
        The function in the names of its inner functions.
    paths : tuple[tuple[Factor, ...], ...]
        The factors on each way; empty unless the kind is ``"chain"`` or ``"paths"``.
    stages : tuple[Stage, ...]
        The displayed lines, all equal to ∂f/∂x; empty for ``"none"``.
    parts : tuple[Chain, ...]
        For ``"parts"``: the composite parts, with inner names of their own.
    result : Function
        The derivative, tidied, of the same variables as the function.
    symbol : str or None
        The name of the function on the left side, None for a part, which stands there itself.
    """

    function: Function
    variable: str
    kind: Kind
    reason: Reason
    rule: str
    names: tuple[Named, ...]
    outer: Node
    paths: tuple[Path, ...]
    stages: tuple[Stage, ...]
    parts: tuple[Chain, ...]
    result: Function
    symbol: str | None = field(default="f")

    @cached_property
    def nowhere(self) -> tuple[Condition, ...]:
        """Why the function is known to have a derivative nowhere: then the lines are forms without a meaning."""
        return without_derivative(self.function.tree, self.variable)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """All factors, each once, in reading order."""
        return tuple(dict.fromkeys(factor for path in self.paths for factor in path))

    @cached_property
    def choices(self) -> tuple[Node, ...]:
        """The inner functions that may be chosen instead, as ``inner``; the default ones come first."""
        return choices(self.function.tree, self.variable)

    def head(self, style: Style = "partial") -> str:
        r"""Return the left side that every stage is equal to: ``\frac{\partial f}{\partial x}``."""
        top = self.function.tree if self.symbol is None else self.symbol
        nothing = Derivative(self.function.tree, self.variable)
        return Factor(top, self.variable, nothing, self.outer, self.outer).latex(style)

    def latex(self, style: Style = "partial") -> str:
        """Return the whole line, ∂f/∂x = … = …, in LaTeX; without stages, ∂f/∂x = the result."""
        shown = [stage.latex(style) for stage in self.stages] or [self.result.latex()]
        return " = ".join((self.head(style), *shown))

    def values(self, at: Mapping[str, float]) -> ChainValues:
        """Return the number of every factor at a point, the products and their sum.

        Parameters
        ----------
        at : mapping of str to float
            A value for each variable, by any spelling of its name; those of other variables are left out of account.

        Raises
        ------
        TypeError
            If a variable has no value.
        """
        definitions = {named.name: named.expression for named in self.names}
        point = inner_values(definitions, point_of(self.function.variables, at))
        paths = tuple(path_value(path, point) for path in self.paths)
        if not paths:
            return ChainValues(point, (), float(evaluate(self.result.tree, point)))
        total = paths[0].product
        for path in paths[1:]:
            total += path.product
        return ChainValues(point, paths, total)

    def verify(self, at: Mapping[str, float] | None = None) -> Verification:
        """Return the checks of every displayed equality, of the parts too, at sample points and at ``at``.

        Raises
        ------
        TypeError
            If ``at`` has no value for one of the variables.
        """
        from numdiff.derivation.chain_verify import verify_chain

        return verify_chain(self, at)
