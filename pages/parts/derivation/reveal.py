"""How much of a derivation is shown: steps that are known already, steps folded away, and how far one has come.

A derivation is a tree of steps. It is drawn as rows: a step, the steps of its parts inside it, and what they give
together. Whoever works it out meets the rows in reading order; each is first a question, then a hint, then the name of
its rule, then its result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from numdiff.derivation.steps import Step
from numdiff.functions.registry import rows

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "linear": ("constant", "constant_multiple", "identity", "sum", "difference", "indexed_sum"),
        "power": ("power", "root", "reciprocal"),
        "exponential": ("exponential", "exponential_base"),
        "logarithm": ("logarithm", "logarithm_base"),
        "trigonometric": tuple(row.name for row in rows() if row.family == "trigonometric"),
        "product": ("product",),
        "quotient": ("quotient",),
        "chain": ("chain",),
    }
)
"""Rule ids by family (pages.explore.chain.fields.KNOWN); a rule of no family is always explained."""

_FAMILY_OF = {rule: name for name, rules in FAMILIES.items() for rule in rules}


def family(rule: str) -> str:
    """Return the family of a rule; "" for one that belongs to none."""
    return _FAMILY_OF.get(rule, "")


Phase: TypeAlias = Literal["hidden", "ask", "hint", "rule", "done"]

CLICKS: tuple[Phase, ...] = ("ask", "hint", "rule")
"""What a row goes through before it is done."""


@dataclass(frozen=True)
class Row:
    """One step in its place.

    Attributes
    ----------
    step : Step
    place : str
        Its place as a check names it: ``root.children[0]``.
    level : int
        How deeply it lies; 0 for the whole function.
    number : int
        Its place in reading order among the rows shown, from 0.
    last : int
        The number of the last row inside it; its own if there is none.
    is_known : bool
        Whether the learner knows the rule already.
    is_quiet : bool
        Whether everything inside it is known too, so that it is one line.
    parts : tuple[Row, ...]
        The rows inside it.
    """

    step: Step
    place: str
    level: int
    number: int
    last: int
    is_known: bool
    is_quiet: bool
    parts: tuple[Row, ...]

    def walk(self) -> Iterator[Row]:
        """Yield this row and all inside it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def knows(step: Step, known: Collection[str]) -> bool:
    """Return True if the step's rule belongs to a family that is known."""
    return family(step.rule) in known


def knows_all(step: Step, known: Collection[str]) -> bool:
    """Return True if every rule in the step and below it is known."""
    return bool(known) and all(knows(part, known) for part in step.walk())


def plan(root: Step, known: Collection[str] = ()) -> Row:
    """Return the rows of a derivation; a step whose rules are all known is one row without any inside it."""
    return _row(root, "root", 0, 0, frozenset(known))


def _row(step: Step, place: str, level: int, number: int, known: frozenset[str]) -> Row:
    is_quiet = knows_all(step, known)
    parts: list[Row] = []
    following = number + 1
    for index, child in enumerate(() if is_quiet else step.children):
        part = _row(child, f"{place}.children[{index}]", level + 1, following, known)
        parts.append(part)
        following = part.last + 1
    return Row(step, place, level, number, following - 1, knows(step, known), is_quiet, tuple(parts))


@dataclass(frozen=True)
class Progress:
    """How far a learner has come: the number of the row that is worked on, and its phase.

    Everything before it is done. A number beyond the last row means that all is done.
    """

    number: int = 0
    phase: Phase = "ask"

    def of(self, row: Row) -> Phase:
        """Return the phase of a row."""
        if row.number == self.number:
            return self.phase
        return "done" if row.number < self.number else "hidden"

    def is_whole(self, row: Row) -> bool:
        """Return True if the row and everything inside it are done."""
        return row.last < self.number


FINISHED = Progress(10**9)
"""Everything is shown."""


def start(root: Row) -> Progress:
    """Return where a learner begins: at the first row that is not known."""
    return _passed(tuple(root.walk()), 0)


def _passed(rows: tuple[Row, ...], number: int) -> Progress:
    while number < len(rows) and rows[number].is_known:
        number += 1
    return Progress(number)


def advance(root: Row, progress: Progress, wanted: Phase | None = None) -> Progress:
    """Return the progress after a click: the next phase of the row that is worked on, or the one that is asked for.

    Parameters
    ----------
    root : Row
    progress : Progress
    wanted : Phase, optional
        "hint", "rule" or "done"; one that is passed already changes nothing.
    """
    rows = tuple(root.walk())
    if progress.number >= len(rows):
        return progress
    order: tuple[Phase, ...] = (*CLICKS, "done")
    here = order.index(progress.phase)
    there = here + 1 if wanted is None else max(here, order.index(wanted))
    return _passed(rows, progress.number + 1) if order[there] == "done" else Progress(progress.number, order[there])


def open_levels(root: Row, most: int = 14) -> int:
    """Return how many levels are open at first: as many as keep the page readable, and two at least."""
    levels = [row.level for row in root.walk()]
    deepest = max(levels)
    for level in range(deepest, 1, -1):
        if sum(own <= level for own in levels) <= most:
            return level
    return min(2, deepest)
