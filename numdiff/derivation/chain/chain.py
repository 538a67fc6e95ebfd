"""A function taken apart into an outer and inner functions, f = g(t), t = h(x), and the chain rule on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from numdiff.derivation.chain.choice import choices
from numdiff.derivation.chain.stages import Composition, Factor
from numdiff.derivation.chain.values import ChainValues, inner_values, path_value, point_of
from numdiff.derivation.chain.verify import verify_chain
from numdiff.derivation.check.domains import without_derivative
from numdiff.derivation.steps import Condition, Derivative, Style, Verification
from numdiff.evaluate.floats import evaluate
from numdiff.tree import Node


@dataclass(frozen=True)
class Chain(Composition):
    """A function as a composition, and its derivative by the chain rule; its attributes are the composition's."""

    parts: tuple[Chain, ...]

    @cached_property
    def nowhere(self) -> tuple[Condition, ...]:
        """Why the function is known to have a derivative nowhere: then the lines are forms without a meaning."""
        return without_derivative(self.function.tree, self.variable)

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
        return verify_chain(self, at)
