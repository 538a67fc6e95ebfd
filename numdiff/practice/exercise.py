"""What an exercise is, and the exercises of each kind, made from a seed.

The same kind, level and seed give the same exercise on every machine: a whole class can work on one sheet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from numdiff.derivation.work import Derivation, differentiate
from numdiff.function import Function, parse
from numdiff.practice import formulas, numeric

Kind: TypeAlias = Literal[
    "power",
    "exponential",
    "logarithm",
    "product",
    "quotient",
    "chain",
    "partial",
    "best_step",
    "printed",
    "order",
]

LEVELS = (1, 2, 3)
"""From one rule at a time to rules inside rules."""

FORMULAS: Mapping[str, Callable[[random.Random, int], str]] = MappingProxyType(
    {
        "power": formulas.power,
        "exponential": formulas.exponential,
        "logarithm": formulas.logarithm,
        "product": formulas.product,
        "quotient": formulas.quotient,
        "chain": formulas.chain,
        "partial": formulas.partial,
    }
)
"""The kinds whose answer is a formula: f′, or a partial derivative."""

QUESTIONS: Mapping[str, Callable[[random.Random, int], numeric.Question]] = MappingProxyType(
    {"best_step": numeric.best_step, "printed": numeric.printed, "order": numeric.order}
)
"""The kinds about the computer's numbers; their answer is one of several choices, all of them computed."""

KINDS: tuple[str, ...] = (*FORMULAS, *QUESTIONS)

LECTURE: tuple[tuple[str, str, str], ...] = (
    ("power", "3x^2 + e^x + 7", "x"),
    ("logarithm", "ln x + 1/x", "x"),
    ("product", "3x e^x", "x"),
    ("partial", "2x + 3xy + y^3", "x"),
    ("partial", "2x + 3xy + y^3", "y"),
    ("chain", "e^(3x^2)", "x"),
    ("chain", "e^(-x)", "x"),
    ("partial", "xy + 3e^(-x) + y^2", "x"),
    ("partial", "xy + 3e^(-x) + y^2", "y"),
    ("partial", "3x ln y + y e^(x^2) + 5", "x"),
    ("partial", "3x ln y + y e^(x^2) + 5", "y"),
    ("partial", "-sum(3y x_i, i, 1, 2)", "x_1"),
    ("quotient", "1/(1 + e^(-x))", "x"),
)
"""The lecture's own, in its order: kind, function, variable."""


@dataclass(frozen=True)
class FormulaExercise:
    """Find ∂f/∂variable.

    Attributes
    ----------
    kind : str
        One of :data:`FORMULAS`.
    level : int
        1, 2 or 3.
    seed : int
        What it was made from; 0 for an exercise of the lecture.
    function : Function
        f, in the form in which it is shown.
    variable : str
        By which to differentiate.
    """

    kind: str
    level: int
    seed: int
    function: Function
    variable: str

    @cached_property
    def derivation(self) -> Derivation:
        """The answer with every step to it."""
        return differentiate(self.function, self.variable)

    @property
    def answer(self) -> Function:
        """∂f/∂variable, tidied."""
        return self.derivation.result


@dataclass(frozen=True)
class ChoiceExercise:
    """Choose what the computer does; see :class:`numdiff.practice.numeric.Question` for what is asked."""

    kind: str
    level: int
    seed: int
    question: numeric.Question


Exercise: TypeAlias = FormulaExercise | ChoiceExercise


def exercise(kind: str, level: int = 1, seed: int = 1) -> Exercise:
    """Return the exercise of a kind and level that a seed stands for.

    Parameters
    ----------
    kind : str
        One of :data:`KINDS`.
    level : int
        One of :data:`LEVELS`.
    seed : int
        Any integer.

    Raises
    ------
    ValueError
        If there is no such kind or level.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    if level not in LEVELS:
        raise ValueError(f"level must be 1, 2 or 3, got {level!r}")
    chance = random.Random(f"{kind}/{level}/{seed}")
    if kind in QUESTIONS:
        return ChoiceExercise(kind, level, seed, QUESTIONS[kind](chance, level))
    function = parse(FORMULAS[kind](chance, level))
    variable = chance.choice(function.variables) if kind == "partial" else function.variables[0]
    return FormulaExercise(kind, level, seed, function, variable)


def lecture() -> tuple[FormulaExercise, ...]:
    """Return the lecture's exercises, in its order."""
    return tuple(FormulaExercise(kind, 1, 0, parse(text), variable) for kind, text, variable in LECTURE)


def sheet(kinds: tuple[str, ...], level: int, seed: int, count: int = 10) -> tuple[Exercise, ...]:
    """Return a sheet: the kinds in turn, no exercise twice.

    Parameters
    ----------
    kinds : tuple of str
        From :data:`KINDS`; not empty.
    level, seed : int
        As in :func:`exercise`; the same seed gives the same sheet.
    count : int
        How many exercises.

    Returns
    -------
    tuple of Exercise
        ``count`` of them; fewer only if the kinds do not hold that many different ones.
    """
    found: list[Exercise] = []
    for made in _candidates(kinds, level, seed, 8 * count):
        if all(_asks(made) != _asks(old) for old in found):
            found.append(made)
        if len(found) == count:
            break
    return tuple(found)


def _candidates(kinds: tuple[str, ...], level: int, seed: int, most: int) -> Iterator[Exercise]:
    for place in range(most):
        yield exercise(kinds[place % len(kinds)], level, seed * 1000 + place)


def _asks(made: Exercise) -> object:
    """Return what an exercise asks, without the seed that it was made from."""
    return (made.function, made.variable) if isinstance(made, FormulaExercise) else made.question
