"""The gallery of bugs on the learner's f: what the wrong code prints here, and what its fix prints."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from numdiff.error.point import point_kind
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from numdiff.printing.python import to_python
from pages.explore.error.snippets import BUGS, OWN_KINK, Bug, Snippet
from pages.parts.entries import function_of, variable_of
from pages.parts.kept import kept
from pages.parts.tables.look import deviation

FAR = (1e8, 123456789.0)
"""Where a step of 1e-4 is not large beside the spacing of the numbers; at one of them rounding may cancel by luck."""
STAND_INS = (("3x e^x", 2.0), ("ln x", 2.0))
"""Functions on which every bug shows, where the learner's own does not show it."""
BUDGET = 1.0
"""Seconds in which the learner's function is tried, at x and beside it; after that, the stand-ins are shown."""
_CLEARLY = 10.0
"""A fix is shown if it errs so many times less."""


@dataclass(frozen=True)
class Output:
    """A snippet with the point filled in, and what it prints.

    Attributes
    ----------
    code : str
    values : tuple
        What print is given; the numbers among them are those of NumPy.
    """

    code: str
    values: tuple[Any, ...]

    @property
    def text(self) -> str:
        """What print writes."""
        return " ".join(str(value) for value in self.values)

    @property
    def number(self) -> Any:  # noqa: ANN401 - a NumPy scalar of any precision
        """The last number."""
        return self.values[-1]

    @property
    def is_finite(self) -> bool:
        """True if every printed number is finite."""
        return all(bool(np.isfinite(value)) for value in self.values if isinstance(value, np.generic))


@dataclass(frozen=True)
class Card:
    """One bug on one function at one point.

    Attributes
    ----------
    bug : Bug
    function : Function
    x : float
    is_own, is_here : bool
        False if another function, or another point, had to stand in for the learner's.
    exact : Exact
        f′(x), at x as float32 holds it for the bug that is about float32.
    wrong, fixed : Output
    """

    bug: Bug
    function: Function
    x: float
    is_own: bool
    is_here: bool
    exact: Exact
    wrong: Output
    fixed: Output


def definition(function: Function) -> str:
    """Return the code that defines f, by our own printer."""
    return to_python(function.tree, function.variables, "f")


def _written(x: float) -> str:
    """Return x as one writes it in Python: ``2.0``, ``1e+08``."""
    short = f"{x:g}"
    return short if "e" in short and float(short) == x else repr(x)


def _output(snippet: Snippet, function: Function, x: float) -> Output:
    code = snippet.code.replace("{x}", _written(x)).replace("{n}", str(round(x)))
    with np.errstate(all="ignore"):
        return Output(code, snippet.run(function, x))


def _is_clear(card: Card) -> bool:
    """Return True if the bug shows here: the fix is right, and the wrong code is not."""
    if not (card.wrong.is_finite and card.fixed.is_finite):
        return False
    if card.bug is OWN_KINK:
        return True
    if card.exact.status != "ok" or card.exact.value == 0:
        return False
    if card.bug.name == "kink":
        left, right = (float(value) for value in card.fixed.values)
        return abs(right - left) > 0.5 * float(abs(card.exact.value))
    if card.bug.name == "promoted":
        return str(card.wrong.values[0]) == "float64" and str(card.fixed.values[0]) == "float32"
    wrong, fixed = (float(deviation(float(output.number), card.exact)) for output in (card.wrong, card.fixed))
    return wrong > _CLEARLY * fixed and fixed < 0.01 * float(abs(card.exact.value))


def _card(bug: Bug, function: Function, x: float, *, is_own: bool, is_here: bool) -> Card:
    point = float(np.float32(x)) if bug.name == "promoted" else x  # abs(x) ≤ 10⁹ fits into float32
    name = variable_of(function)
    exact = exact_derivative(function.tree, {name: Fraction(point)}, name, digits=30)
    wrong, fixed = (_output(snippet, function, x) for snippet in (bug.wrong, bug.fixed))
    return Card(bug, function, x, is_own, is_here, exact, wrong, fixed)


def _points(bug: Bug, x: float) -> list[float]:
    """Return the points at which a bug is looked for, the learner's first."""
    if bug.name == "absolute":
        return list(FAR)
    if bug is OWN_KINK:
        return [x]
    points = [x, x + 1, x - 1, x + 0.5, 1.0, 2.0, 0.5]
    return list(dict.fromkeys(float(round(point)) for point in points) if bug.name == "integers" else points)


def _candidates(bug: Bug, function: Function, x: float, deadline: float) -> Iterator[Card | None]:
    """Yield the cards that may be shown, None where there was no time for one."""
    for point in _points(bug, x):
        if time.monotonic() > deadline:
            yield None
            break
        yield _card(bug, function, point, is_own=True, is_here=point == x or bug.name == "absolute")
    for text, other in STAND_INS:
        point = FAR[0] if bug.name == "absolute" else other
        yield _card(bug, function_of(text), point, is_own=False, is_here=False)


def _had_time(answer: tuple[tuple[Card, ...], bool]) -> bool:
    return answer[1]


@kept(is_whole=_had_time)
def _gallery(text: str, x: float) -> tuple[tuple[Card, ...], bool]:
    """Return the gallery, and whether there was time for all that was looked for."""
    function = function_of(text)
    deadline = time.monotonic() + BUDGET
    is_bent = point_kind(function, x).kind == "kink"
    bugs = [OWN_KINK if bug.name == "kink" and is_bent else bug for bug in BUGS]
    cards, is_whole = [], True
    for bug in bugs:
        for card in _candidates(bug, function, x, deadline):
            is_whole = is_whole and card is not None
            if card is not None and _is_clear(card):
                cards.append(card)
                break
    return tuple(cards), is_whole


def find(text: str, x: float) -> tuple[Card, ...]:
    """Return the gallery for a function that was understood, at a finite x."""
    return _gallery(text, x)[0]
