"""What the page is asked: which letters are variables, which one moves, and which one is drawn beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from numdiff.function import Function
from numdiff.notation.formula import variable_name
from numdiff.tree import Indexed, IndexedSum, walk
from pages.parts import variables
from pages.parts.controls import Controls

At = tuple[tuple[str, float], ...]
"""A point: the value of every letter of the function."""

_HEADER = re.compile(r"\s*(?:lambda\s+(?P<parameters>[^:]*):|[^\s()=]+\s*\((?P<variables>[^()]*)\)\s*=)")


@dataclass(frozen=True)
class Asked:
    """The question that every view of the page answers.

    Attributes
    ----------
    given : Controls
        The fields.
    declared : tuple[str, ...]
        The variables of the function, in its order.
    constants : tuple[str, ...]
        Letters that are in no list of variables, such as y in f(x₁, x₂) = −Σ 3y·xᵢ.
    partner : str or None
        The second variable of a surface; None for a function of one variable.
    """

    given: Controls
    declared: tuple[str, ...]
    constants: tuple[str, ...]
    partner: str | None

    @property
    def function(self) -> Function:
        """As typed."""
        return self.given.whole

    @property
    def text(self) -> str:
        """The function's text."""
        return self.given.whole.text

    @property
    def moving(self) -> str:
        """The variable that moves."""
        return self.given.variable

    @property
    def held(self) -> tuple[str, ...]:
        """All letters that do not move, in the function's order."""
        return tuple(name for name in self.function.variables if name != self.moving)

    @property
    def at(self) -> At:
        """The values as numbers, hashable, so that results can be kept by them."""
        return tuple((name, quantity.value) for name, quantity in self.given.at.items())

    @property
    def place(self) -> At:
        """The values of the function's own letters; a constant has none."""
        return tuple(pair for pair in self.at if pair[0] in self.function.variables)

    @property
    def axes(self) -> tuple[str, str]:
        """The two variables of a surface, in the function's order.

        Raises
        ------
        ValueError
            If there is only one.
        """
        if self.partner is None:
            raise ValueError("a surface needs two variables")
        pair = (self.moving, self.partner)
        first, second = sorted(pair, key=self.function.variables.index)
        return first, second

    @property
    def is_held(self) -> bool:
        """Whether the others can be held: a very long formula may become too long with their values put in."""
        return all(len(self.along(name).variables) <= 1 for name in self.declared)

    def along(self, name: str) -> Function:
        """Return the function of one variable, all others held."""
        return variables.freeze(self.function, self.given.at, name)


def declared(function: Function) -> tuple[str, ...]:
    """Return the letters that are variables: those of the header; without one, of a sum over an index, those with it.

    If neither says anything, all letters are.
    """
    header = _HEADER.match(unicodedata.normalize("NFKC", function.text))
    listed = (header["parameters"] or header["variables"] or "") if header else ""
    names = {variable_name(part.strip()) for part in listed.split(",") if part.strip()}
    if not names & set(function.variables):
        bases = {part.base for part in walk(function.tree) if isinstance(part, Indexed)}
        is_indexed = any(isinstance(part, IndexedSum) for part in walk(function.tree))
        names = {name for name in function.variables if is_indexed and name.partition("_")[0] in bases}
    return tuple(name for name in function.variables if name in names) or function.variables


def ask(given: Controls, beside: str) -> Asked:
    """Return the question that the fields ask; a constant that was chosen to move is a variable then.

    ``beside`` names the other variable that is seen, if it is one.
    """
    listed = set(declared(given.whole)) | {given.variable}
    names = tuple(name for name in given.whole.variables if name in listed)
    constants = tuple(name for name in given.whole.variables if name not in listed)
    others = [name for name in names if name != given.variable]
    partner = beside if beside in others else others[0] if others else None
    return Asked(given, names, constants, partner)
