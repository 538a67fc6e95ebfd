"""A derivation and what can be asked of it: its conditions, its two pieces at a kink, the check of every line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from numdiff.derivation.check.samples import Samples, find_samples
from numdiff.derivation.check.verify import verify
from numdiff.derivation.engine import work
from numdiff.derivation.pieces import Piece, find_pieces
from numdiff.derivation.steps import Condition, Verification, Working
from numdiff.function import Function, parse, variable_of


@dataclass(frozen=True)
class Derivation(Working):
    """The derivative of a function, worked out; its attributes are those of the working."""

    @cached_property
    def samples(self) -> Samples:
        """The points at which the equalities are checked."""
        return find_samples(self.function.tree, self.function.variables, self.variable)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Where the derivation holds: the conditions of all steps, each once; those that only words can say last."""
        found = [condition for step in self.root.whole() for condition in step.conditions]
        if not self.samples.count:
            found.append(Condition("no_point_found", self.function.tree))
        return tuple(dict.fromkeys((*found, *self.limits)))

    @cached_property
    def nowhere(self) -> tuple[Condition, ...]:
        """Why the function is known to have a derivative nowhere: then the result is a form without a meaning."""
        return tuple(condition for condition in self.conditions if condition.code == "negative_base")

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The derivative on both sides of the function's only kink; empty if there is none, or more than one."""
        return find_pieces(self, self.samples)

    def verify(self, at: Mapping[str, float] | None = None) -> Verification:
        """Return the checks of every displayed equality, at sample points and at the learner's point.

        Parameters
        ----------
        at : mapping of str to float, optional
            A value for each variable of the function.

        Raises
        ------
        TypeError
            If ``at`` has no value for one of the variables.
        """
        return verify(self, self.samples, self.conditions, at)


def differentiate(f: Function | str, var: str | None = None) -> Derivation:
    """Return the derivative of f worked out step by step.

    Parameters
    ----------
    f : Function or str
        The function; a text is parsed.
    var : str, optional
        The variable to differentiate by, in any spelling. By default the only one; a constant by x.

    Returns
    -------
    Derivation
        Steps, tidying and the result. A derivative of more than :data:`~numdiff.derivation.tidy.tidy.LONGEST` nodes is
        not tidied, and the condition "too_long" says so.

    Raises
    ------
    VariableError
        If f has several variables and none is given, or not the one given.
    InputError
        If a text cannot be understood.
    TypeError
        If f is neither a Function nor a text.

    Examples
    --------
    >>> import numdiff as nd
    >>> work = nd.differentiate(nd.parse("x^2 sin x"))
    >>> bool(work.verify())
    True
    >>> float(work.result(1.0))
    2.2232442754839328
    """
    function = parse(f) if isinstance(f, str) else f
    if not isinstance(function, Function):
        raise TypeError(f"f must be a Function or a str, got {type(f).__name__}")
    working = work(function, variable_of(function, var))
    return Derivation(working.function, working.variable, working.root, working.tidying, working.result, working.limits)
