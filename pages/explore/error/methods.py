"""All methods with what each of them gives, claims and costs, those of other packages too: one table, the best a
computer can do, and Richardson's triangle.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Literal, TypeAlias

import numpy as np
import streamlit as st

from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.dual_number import Dual
from numdiff.blackbox.precision import Values
from numdiff.derivative.api import Method, derivative
from numdiff.derivative.result import DerivativeResult, Status
from numdiff.derivative.richardson import RichardsonTable, richardson_table
from numdiff.difference.schemes import difference
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.forward import evaluate_dual
from numdiff.function import Function
from pages.explore.error.peers import NAMES, TROUBLES, ask, installed
from pages.explore.error.steps import LECTURE, chosen_step
from pages.parts import numbers
from pages.parts.controls import Controls
from pages.parts.entries import function_of, variable_of
from pages.parts.i18n import Translator
from pages.parts.kept import kept
from pages.parts.results import Result, result
from pages.parts.sentences import number, of_point
from pages.parts.tables import look
from pages.parts.theme import Theme, current

SCHEMES = ("forward", "backward", "central", "central4", "central6", "central8")
"""Difference quotients, each with the step that the model says is its best."""
ADAPTIVE: Mapping[str, Method] = {"richardson": "richardson", "auto": "auto", "complex": "complex", "dual": "dual"}
"""Methods of numdiff.derivative; all of them claim an error."""

Verdict: TypeAlias = tuple[float, float, str]
"""The derivative, the error that is claimed for it (NaN if none is), and the status (empty if there is none)."""
Trouble: TypeAlias = Literal["", "failed", "no_time"]
"""Why a method has no value: it raised an exception, or the budget was spent."""

RUNS = 5
"""The time is the median of so many runs."""
BUDGET = 1.5
"""Seconds for the whole table: what would begin later is left out, and said to be."""
_ENOUGH = 0.05
"""Seconds after which one method is not run again."""
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
    status : str
        What the method itself says of its value, as in :class:`numdiff.Status`; empty if it says nothing.
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
    status: str = ""
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
    run: Callable[[AnyFunction], Verdict]
    step: float = math.nan
    source: str = ""


def _quotient(scheme: str, x: float, step: float, f: AnyFunction) -> Verdict:
    return float(difference(f, x, step, scheme)), math.nan, ""


def _adaptive(method: Method, x: float, f: AnyFunction) -> Verdict:
    found = derivative(f, x, method)
    return found.df, found.error, Status(found.status).value


def _peer(name: str, x: float, f: AnyFunction) -> Verdict:
    return *ask(name, f, x), ""


def _tasks(function: Function, x: float) -> list[_Task]:
    tasks = [_Task("lecture", partial(_quotient, "central", x, LECTURE), LECTURE, "lecture")]
    for scheme in SCHEMES:
        chosen = chosen_step(function, x, scheme)
        tasks.append(_Task(scheme, partial(_quotient, scheme, x, chosen.step), chosen.step, chosen.source))
    tasks += [_Task(name, partial(_adaptive, method, x)) for name, method in ADAPTIVE.items()]
    return tasks + [_Task(name, partial(_peer, name, x)) for name in installed()]


def _carry_out(task: _Task, function: Function, deadline: float) -> Row:
    """Run a method once with a count, then a few times with a clock."""
    if time.monotonic() > deadline:
        return Row(task.method, task.step, task.source, trouble="no_time")
    counted = Counted(function)
    try:
        value, claimed, status = task.run(counted)
        seconds = _median_time(partial(task.run, function), deadline)
    except TROUBLES:
        return Row(task.method, task.step, task.source, evaluations=counted.points, trouble="failed")
    return Row(task.method, task.step, task.source, value, claimed, counted.points, seconds, status)


def _median_time(run: Callable[[], Verdict], deadline: float) -> float:
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


COLUMNS = ("name", "step", "value", "error", "claimed", "status", "evaluations", "time")
"""Ids of the columns."""
_NO_ERROR = 4e-16
"""Relative: an estimate that is short of the true error by less than this, one rounding, is not said to be."""


def name_of(method: str, _: Translator) -> str:
    """Return the name of a method; that of another package is its function's."""
    return NAMES[method] if method in NAMES else _(f"method.{method}")


def _step(row: Row) -> str:
    if math.isnan(row.step):
        return look.NONE
    if row.source == "lecture":
        return escape(numbers.step(row.step))
    if row.source == "free":
        return escape(f"h* = ∞; {numbers.step(row.step)}")
    sign = "h* ≈" if row.source == "model" else "≈"
    return escape(f"{sign} {look.sized(row.step)}")


def _time(seconds: float) -> str:
    if math.isnan(seconds):
        return look.NONE
    return f"{numbers.significant(seconds * 1e6, 2)} µs"


def is_short(row: Row, found: Methods) -> bool:
    """Return True if a method claims less than its true error."""
    error = look.deviation(row.value, found.exact)
    return bool(error > row.claimed + _NO_ERROR * abs(row.value))


def _claimed(row: Row, found: Methods, theme: Theme, _: Translator) -> str:
    if math.isnan(row.claimed) or not math.isfinite(row.value):
        return look.NONE
    text = escape(look.approximate(row.claimed))
    if not is_short(row, found):
        return text
    return f'{text}<span class="nd-note" style="color:{theme["trouble"].color}">{escape(_("methods.short"))}</span>'


def _row(row: Row, found: Methods, theme: Theme, _: Translator) -> str:
    name = name_of(row.method, _)
    if row.trouble:
        cells = [_step(row), escape(_(f"methods.{row.trouble}")), *[look.NONE] * 5]
        return look.row(name, cells)
    value = look.number_cell(row.value, found.exact)
    cells = [
        _step(row),
        value if value != look.NONE else escape(_("panel.no_value")),
        escape(look.approximate(float(look.deviation(row.value, found.exact)))),
        _claimed(row, found, theme, _),
        escape(_(f"methods.says.{row.status}")) if row.status else look.NONE,
        str(row.evaluations),
        _time(row.seconds),
    ]
    return look.row(name, cells, "nd-strong" if row.method == "auto" else "")


def table(found: Methods, theme: Theme, _: Translator) -> str:
    """Return the table of all methods as HTML."""
    rows = [_row(row, found, theme, _) for row in found.rows]
    return look.table(_("methods.title"), [_(f"methods.column.{name}") for name in COLUMNS], rows)


def sentences(found: Methods, _: Translator) -> Iterator[str]:
    """Say how far the best method got, and what holds where there is no derivative."""
    best, row = found.best, found.row("auto")
    status, reason = Status(best.status), str(best.reason)
    given = {
        "status": status.value,
        "error": look.sized(best.error),
        "count": row.evaluations,
        "left": _slope(best.left, _),
        "right": _slope(best.right, _),
        "x": number(found.here.x),
    }
    what = _(f"methods.reason.{reason or 'none'}", **given)
    name = status.value if math.isfinite(best.df) else "no_value"
    yield _(f"methods.status.{name}", what=what, **given)
    if math.isfinite(best.df) and found.exact.status == "undefined":
        yield _("methods.wrong", **given)
    if not math.isfinite(best.df) and found.exact.status == "ok":
        yield _("methods.missed", **given)
    has_sides = not (math.isnan(best.left) and math.isnan(best.right))
    if not math.isfinite(best.df) and has_sides and found.here.point.kind != "kink":  # whose own sentence names them
        yield _("methods.sides", **given)
    if found.here.point.kind:
        yield of_point(found.here.point, found.here.step("central"), _)
    if found.exact.status == "undefined":
        claiming = [row for row in found.rows if math.isfinite(row.value) and math.isfinite(row.claimed)]
        if claiming:
            yield _("methods.unaware", names=tuple(name_of(row.method, _) for row in claiming))
    short = tuple(name_of(row.method, _) for row in found.rows if not math.isnan(row.claimed) and is_short(row, found))
    if short:
        yield _("methods.short.explain", names=short)


def _slope(value: float, _: Translator) -> str:
    return _("methods.no_slope") if math.isnan(value) else numbers.significant(value, 6)


def _length(step: float) -> str:
    """Return a step, rounded if it is long to write."""
    text = numbers.step(step)
    return text if len(text) <= len("0.0078125") else f"≈ {numbers.significant(step, 3)}"


def triangle_table(found: Methods, _: Translator) -> str:
    """Return Richardson's triangle as HTML: a row for each step, a column for each order of accuracy."""
    entries = found.triangle.entries
    count = len(entries)
    heads = ["h", *(_("methods.order", order=2 * column + 2) for column in range(count))]
    rows = []
    for place, step in enumerate(found.triangle.steps.tolist()):
        cells = [look.number_cell(np.float64(value), found.exact) for value in entries[place, : place + 1].tolist()]
        rows.append(look.row(_length(step), cells + [""] * (count - place - 1)))
    return look.table(_("methods.triangle"), heads, rows, "nd-short")


def html(found: Methods, theme: Theme, _: Translator) -> str:
    """Return the table with what is to be said about it."""
    told = "".join(look.paragraph(sentence) for sentence in sentences(found, _))
    exact = look.exact_line(found.exact, number(found.here.x), _)
    return look.panel_html(exact, table(found, theme, _), f"<div>{escape(_('methods.time.explain'))}</div>", told)


def triangle_html(found: Methods, _: Translator) -> str:
    """Return the triangle with its explanation, or why there is none."""
    if not np.isfinite(found.triangle.entries).any():
        return look.panel_html(look.paragraph(_("methods.triangle.none")))
    return look.panel_html(look.paragraph(_("methods.triangle.explain")), triangle_table(found, _))


def draw(given: Controls, _: Translator) -> None:
    """Draw the view."""
    found = find(given.function.text, given.x.value)
    suffix = "_stale" if given.stale else ""
    with st.container(key=f"numbers{suffix}"):
        st.html(html(found, current(), _))
        st.subheader(_("methods.triangle"), anchor=False)
        st.html(triangle_html(found, _))
