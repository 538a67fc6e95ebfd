"""Questions about the computer's numbers: every choice and every figure shown is computed, none is typed in."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numdiff.difference.schemes import SCHEMES, difference
from numdiff.error.advice import measured_best
from numdiff.error.sweep import error_sweep
from numdiff.function import Function, parse

MEANINGS = (
    *("best", "truncation", "rounding"),
    *("order", "not_order"),
    *("computed", "rounded", "lost", "slip", "exact", "zero", "forward"),
)
"""What a choice can mean; see :class:`Question`."""


@dataclass(frozen=True)
class Question:
    """What is asked, and the choices.

    Attributes
    ----------
    code : str
        What is asked: "best_step" (which Δx has the least error), "printed" (what the computer prints), "order" (the
        scheme's order of accuracy, from its errors).
    function : Function
        f, of one variable.
    x : float
        The point.
    scheme : str
        The difference scheme.
    steps : tuple[float, ...]
        The steps shown: all that may be chosen, the one that is computed with, or those whose errors are shown.
    errors : tuple[float, ...]
        abs(error) at each of the steps: shown in the question about the order, else only with the answer.
    code_line : str
        Python for the quotient in the question "printed", else "".
    choices : tuple[str, ...]
        As they are shown; numbers as Python prints them.
    answer : int
        The place of the right choice.
    reasons : tuple[str, ...]
        For each choice a code that says what it would mean: why it is right, or which belief leads to it.
    """

    code: str
    function: Function
    x: float
    scheme: str
    steps: tuple[float, ...]
    errors: tuple[float, ...]
    code_line: str
    choices: tuple[str, ...]
    answer: int
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not set(self.reasons) <= set(MEANINGS):
            raise ValueError(f"no such meaning: {', '.join(sorted(set(self.reasons) - set(MEANINGS)))}")


_SMOOTH = ("sin(x)", "e^x", "ln(x)", "x e^x", "1/(1 + e^(-x))", "cos(2x)", "√x", "x^4", "1/x", "x^3 + 2x")
"""Functions whose errors follow the theory at the points below; all odd derivatives up to the fifth may matter."""

_POINTS = (0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)

_BY_LEVEL = {1: ("forward", "central"), 2: ("forward", "central", "central4"), 3: ("central", "central4", "central6")}

_CLEAR = 20.0
"""The best of the steps offered has an error at least this many times below each other: no quarrel about the answer."""


def _drawn(chance: random.Random, make: Callable[[Function, float, str], Question | None], level: int) -> Question:
    """Return the first question that is clear, from functions, points and schemes drawn by chance."""
    while True:
        function = parse(chance.choice(_SMOOTH))
        found = make(function, chance.choice(_POINTS), chance.choice(_BY_LEVEL[level]))
        if found is not None:
            return found


def best_step(chance: random.Random, level: int) -> Question:
    """Ask which of five steps has the least error; the steps lie far apart, so that the answer is beyond doubt."""

    def make(function: Function, x: float, scheme: str) -> Question | None:
        steps = np.array([10.0**-k for k in range(1, 16, 1)])
        sweep = error_sweep(function, x, (scheme,), steps)
        errors = np.abs(sweep.errors[0])
        best = measured_best(sweep, scheme)
        if not math.isfinite(best.error):
            return None
        right = int(np.argmin(np.abs(np.log10(steps / best.step))))
        offered = sorted({right, *range(right % 4, 15, 4)})
        values = errors[offered]
        place = offered.index(right)
        others = np.delete(values, place)
        if not np.all(np.isfinite(values)) or np.any(others < _CLEAR * max(values[place], 1e-300)):
            return None
        reasons = tuple("best" if k == right else "truncation" if k < right else "rounding" for k in offered)
        shown = tuple(f"1e-{k + 1:02d}" for k in offered)
        return Question(
            "best_step",
            function,
            x,
            scheme,
            tuple(map(float, steps[offered])),
            tuple(map(float, values)),
            "",
            shown,
            place,
            reasons,
        )

    return _drawn(chance, make, level)


def order(chance: random.Random, level: int) -> Question:
    """Ask for the order of accuracy of a scheme from its errors at steps that shrink by halves or tenths."""

    def make(function: Function, x: float, scheme: str) -> Question | None:
        factor, first = chance.choice(((10.0, 0.1), (2.0, 0.125)))
        steps = np.array([first / factor**k for k in range(3)])
        sweep = error_sweep(function, x, (scheme,), steps)
        errors = np.abs(sweep.errors[0])
        if not np.all(np.isfinite(errors)) or np.any(errors < 1e-11):
            return None
        slopes = np.log(errors[:-1] / errors[1:]) / math.log(factor)
        right = SCHEMES[scheme].order
        if np.any(np.abs(slopes - right) > 0.1):
            return None
        choices = ("1", "2", "3", "4", "6")
        reasons = tuple("order" if int(choice) == right else "not_order" for choice in choices)
        shown = tuple(map(float, steps))
        place = choices.index(str(right))
        return Question("order", function, x, scheme, shown, tuple(map(float, errors)), "", choices, place, reasons)

    return _drawn(chance, make, level)


SMALLEST = 1e-12
"""A central difference with a smaller step has no more digits right than a learner would guess."""

_QUOTIENT = "(f(x + h) - f(x - h)) / (2*h)"
_BROKEN = "(f(x + h) - f(x - h)) / 2*h"


def printed(chance: random.Random, level: int) -> Question:
    """Ask what Python prints for a central difference: with an ordinary step, a vanishing one, or without brackets."""
    steps = {1: (1e-4, 1e-50), 2: (1e-4, 1e-50, 1e-16), 3: (1e-4, 1e-16, 1e-50)}[level]
    is_broken = level == 3 and chance.random() < 0.5

    def make(function: Function, x: float, _scheme: str) -> Question | None:
        h = 1e-4 if is_broken else chance.choice(steps)
        quotient = float(difference(function, x, h, "central"))
        candidates = {
            "computed": quotient,
            "exact": float(error_sweep(function, x, ("central",), np.array([1e-4])).exact),
            "zero": 0.0,
            "forward": float(difference(function, x, 1e-4, "forward")),
            "slip": (float(function(x + 1e-4)) - float(function(x - 1e-4))) / 2 * 1e-4,
        }
        reason = "slip" if is_broken else "computed"
        value = candidates[reason]
        wrong = {text: why for why, number in candidates.items() if (text := _text(number)) != _text(value)}
        if not math.isfinite(value) or len(wrong) < 3:
            return None
        texts = [_text(value), *list(wrong)[:3]]
        chance.shuffle(texts)
        line = _BROKEN if is_broken else _QUOTIENT
        if not is_broken:
            reason = "lost" if value == 0 else "rounded" if h < SMALLEST else "computed"
        names = tuple(wrong.get(text, reason) for text in texts)
        place = texts.index(_text(value))
        return Question("printed", function, x, "central", (h,), (), line, tuple(texts), place, names)

    return _drawn(chance, make, level)


def _text(value: float) -> str:
    """Return a number as Python prints it."""
    return repr(value)
