"""Every way to differentiate, on the learner's f at x: what it gives, claims, and costs."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import numpy as np

from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.dual_number import Dual
from numdiff.blackbox.precision import Values
from numdiff.derivative.api import Method, derivative
from numdiff.derivative.result import DerivativeResult
from numdiff.derivative.richardson import RichardsonTable, richardson_table
from numdiff.difference.schemes import difference
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.forward import evaluate_dual
from numdiff.function import Function
from pages.explore.error import peers
from pages.explore.error.peers import Answer
from pages.explore.error.steps import LECTURE, chosen_step
from pages.parts.entries import function_of, variable_of
from pages.parts.kept import kept
from pages.parts.results import Result, result

SCHEMES = ("forward", "backward", "central", "central4", "central6", "central8")
"""Difference quotients, each with the step that the model says is its best."""
ADAPTIVE: Mapping[str, Method] = {"richardson": "richardson", "auto": "auto", "complex": "complex", "dual": "dual"}
"""Methods of numdiff.derivative; all of them claim an error."""

Trouble: TypeAlias = Literal["", "failed", "no_time"]
"""Why a method has no value: it raised an exception, or the budget was spent."""

RUNS = 5
"""The time is the median of so many runs."""
BUDGET = 1.5
"""Seconds for the whole table: what would begin later is left out, and said to be."""
_ENOUGH = 0.05
"""Seconds after which one method is not run again."""
_TROUBLES = (ArithmeticError, ValueError, TypeError, RuntimeError, LookupError)
"""What other packages raise where they cannot cope, and numdiff where f takes no complex numbers."""

HALVINGS = 6
"""Rows of the triangle: more would not fit on a projector."""


class Counted:
    """The learner's f, seen from outside, with a count of the points at which it was evaluated."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.points = 0

    def __call__(self, x: Values) -> Values:
        """Return f(x), for a dual number too."""
        if not isinstance(x, Dual):
            self.points += np.size(x)
            return self.function(x)
        self.points += x.size
        name = variable_of(self.function)
        value, slope = evaluate_dual(self.function.tree, {name: x.value}, name)
        return Dual(value, slope * x.slope)


@dataclass(frozen=True)
class Row:
    """One method.

    Attributes
    ----------
    method : str
        Its id.
    step : float
        The Δx it was given; NaN if it finds its own.
    source : str
        Where the step is from: "lecture", or as in :class:`pages.explore.error.steps.Chosen`.
    value, claimed : float
        What it gives, and the error that it claims; NaN if there is none.
    evaluations : int
        At how many points it evaluated f, counted.
    seconds : float
        Median of a few runs.
    trouble : str
        "", "failed" (it raised an exception) or "no_time" (the budget was spent).
    """

    method: str
    step: float
    source: str
    value: float = math.nan
    claimed: float = math.nan
    evaluations: int = 0
    seconds: float = math.nan
    trouble: Trouble = ""


@dataclass(frozen=True, eq=False)
class Methods:
    """All methods at one point, the point itself, and the triangle."""

    function: Function
    here: Result
    rows: tuple[Row, ...]
    best: DerivativeResult
    triangle: RichardsonTable

    @property
    def exact(self) -> Exact:
        """f′(x)."""
        return self.here.exact

    def row(self, method: str) -> Row:
        """Return the row of a method."""
        return next(row for row in self.rows if row.method == method)


@dataclass(frozen=True)
class _Task:
    method: str
    run: Callable[[AnyFunction], Answer]
    step: float = math.nan
    source: str = ""


def _quotient(scheme: str, x: float, step: float, f: AnyFunction) -> Answer:
    return float(difference(f, x, step, scheme)), math.nan


def _adaptive(method: Method, x: float, f: AnyFunction) -> Answer:
    found = derivative(f, x, method)
    return found.df, found.error


def _peer(name: str, x: float, f: AnyFunction) -> Answer:
    return peers.ask(name, f, x)


def _tasks(function: Function, x: float) -> list[_Task]:
    tasks = [_Task("lecture", partial(_quotient, "central", x, LECTURE), LECTURE, "lecture")]
    for scheme in SCHEMES:
        chosen = chosen_step(function, x, scheme)
        tasks.append(_Task(scheme, partial(_quotient, scheme, x, chosen.step), chosen.step, chosen.source))
    tasks += [_Task(name, partial(_adaptive, method, x)) for name, method in ADAPTIVE.items()]
    return tasks + [_Task(name, partial(_peer, name, x)) for name in peers.installed()]


def _carry_out(task: _Task, function: Function, deadline: float) -> Row:
    """Run a method once with a count, then a few times with a clock."""
    if time.monotonic() > deadline:
        return Row(task.method, task.step, task.source, trouble="no_time")
    counted = Counted(function)
    try:
        value, claimed = task.run(counted)
        seconds = _median_time(partial(task.run, function), deadline)
    except _TROUBLES:
        return Row(task.method, task.step, task.source, evaluations=counted.points, trouble="failed")
    return Row(task.method, task.step, task.source, value, claimed, counted.points, seconds)


def _median_time(run: Callable[[], Answer], deadline: float) -> float:
    times: list[float] = []
    last = min(deadline, time.monotonic() + _ENOUGH)
    while not times or (len(times) < RUNS and time.monotonic() < last):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _is_whole(found: Methods) -> bool:
    return all(row.trouble != "no_time" for row in found.rows)


@kept(is_whole=_is_whole)
def find(text: str, x: float) -> Methods:
    """Return the table for a function that was understood, at a finite x."""
    function = function_of(text)
    tasks = _tasks(function, x)  # the first one imports the other packages, which is nobody's time
    deadline = time.monotonic() + BUDGET
    rows = tuple(_carry_out(task, function, deadline) for task in tasks)
    here = result(text, x, LECTURE, ("central",))
    return Methods(function, here, rows, derivative(function, x), triangle(function, x))


def triangle(function: Function, x: float) -> RichardsonTable:
    """Return Richardson's triangle with halved steps, the first one as large as f's domain around x allows."""
    first = 0.25 * max(1.0, abs(x))
    table = richardson_table(function, x, first, 2.0, HALVINGS)
    for _attempt in range(10):
        if np.isfinite(table.entries[:, 0]).all():
            break
        first /= 4
        table = richardson_table(function, x, first, 2.0, HALVINGS)
    return table
