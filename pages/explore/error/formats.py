"""Number formats of machine learning, at the learner's f and x: which Δx to use in each, and what to hope for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import numpy as np
import streamlit as st

from numdiff.blackbox.precision import DTYPES, as_dtype, unit_roundoff
from numdiff.error.advice import BestStep, measured_best
from numdiff.error.model import OptimalStep
from numdiff.error.point import Point, point_kind
from numdiff.error.sweep import error_sweep
from numdiff.evaluate.answer import Exact
from numdiff.function import Function
from pages.explore.error.steps import LECTURE, Chosen, chosen_step
from pages.parts import numbers
from pages.parts.controls import Controls
from pages.parts.entries import function_of
from pages.parts.i18n import Translator
from pages.parts.kept import kept
from pages.parts.numbers import Real
from pages.parts.panel import COMPUTED
from pages.parts.results import Result, result
from pages.parts.sentences import number, of_point
from pages.parts.tables import digits, look

SCHEME = "central"


@dataclass(frozen=True)
class Quotient:
    """The central difference computed wholly in one format.

    Attributes
    ----------
    step : float
        Δx, before it is rounded to the format.
    value : real
        A number of the format; NaN if there is none.
    error : float
        Signed, against f′ at the point that the format holds; NaN if there is none.
    reason : str
        As in :class:`numdiff.error.sweep.ErrorSweep`.
    is_lost : bool
        True if x + Δx and x − Δx both round to x.
    """

    step: float
    value: Real
    error: float
    reason: str
    is_lost: bool


@dataclass(frozen=True)
class Format:
    """One number format at x.

    Attributes
    ----------
    dtype : str
    x : real
        The number of the format nearest to the learner's x.
    roundoff : float
        u, the greatest relative error of one rounding.
    gap : float
        The distance from x to the next number above.
    slope : float
        f′ at that x; NaN if there is none.
    lecture, at_model : Quotient
        With Δx = 10⁻⁴, and with h* of the model.
    chosen : Chosen
        h*, or what stands in for it.
    best : BestStep
        The step that was measured to be best.
    """

    dtype: str
    x: Real
    roundoff: float
    gap: float
    slope: float
    lecture: Quotient
    at_model: Quotient
    chosen: Chosen
    best: BestStep

    @property
    def model(self) -> OptimalStep:
        """The model of the error."""
        return self.chosen.model


@dataclass(frozen=True, eq=False)
class Formats:
    """All formats that can hold x.

    Attributes
    ----------
    function : Function
    x : float
    point : Point
        What kind of point x is.
    here : Result
        f′(x) in exact arithmetic, and the lecture's quotient in float64.
    formats : tuple[Format, ...]
        In the order of ``numdiff.blackbox.precision.DTYPES``.
    left_out : tuple[str, ...]
        Those that end below x.
    at_zero : tuple[tuple[str, Quotient], ...]
        The lecture's quotient at 0 in the formats in which 10⁻⁴ is lost at x; empty where f has no derivative at 0.
    """

    function: Function
    x: float
    point: Point
    here: Result
    formats: tuple[Format, ...]
    left_out: tuple[str, ...]
    at_zero: tuple[tuple[str, Quotient], ...]

    @property
    def exact(self) -> Exact:
        """f′(x)."""
        return self.here.exact

    @property
    def lost(self) -> tuple[Format, ...]:
        """The formats in which x ± 10⁻⁴ is x itself, and the quotient 0 for that reason."""
        return tuple(item for item in self.formats if item.lecture.is_lost and item.lecture.value == 0)


def quotient(function: Function, x: float, step: float, dtype: str) -> Quotient:
    """Return the central difference in a format, every operation done in it."""
    sweep = error_sweep(function, x, (SCHEME,), [step], dtype)
    kind = as_dtype(dtype).type
    with np.errstate(all="ignore"):
        point, h = kind(x), kind(step)
        is_lost = bool(point + h == point) and bool(point - h == point)
        value = kind(sweep.estimates[0, 0])
    return Quotient(step, value, float(sweep.errors[0, 0]), str(sweep.reasons[0, 0]), is_lost)


def spacing(dtype: str, x: Real) -> float:
    """Return the distance from a number of the format to the next one above."""
    kind = as_dtype(dtype).type
    with np.errstate(all="ignore"):
        return float(np.nextafter(kind(x), kind(math.inf))) - float(x)


def _format(function: Function, x: float, dtype: str) -> Format:
    kind = as_dtype(dtype).type
    point = kind(x)
    chosen = chosen_step(function, float(point), SCHEME, dtype)
    sweep = error_sweep(function, x, (SCHEME,), dtype=dtype)
    return Format(
        dtype,
        point,
        unit_roundoff(dtype),
        spacing(dtype, point),
        sweep.exact,
        quotient(function, x, LECTURE, dtype),
        quotient(function, x, chosen.step, dtype),
        chosen,
        measured_best(sweep, SCHEME),
    )


def _holds(dtype: str, x: float) -> bool:
    with np.errstate(over="ignore"):
        return bool(np.isfinite(as_dtype(dtype).type(x)))


@kept
def find(text: str, x: float) -> Formats:
    """Return the table for a function that was understood, at a finite x."""
    function = function_of(text)
    able = [dtype for dtype in DTYPES if _holds(dtype, x)]
    formats = tuple(_format(function, x, dtype) for dtype in able)
    zeros = [(item.dtype, quotient(function, 0.0, LECTURE, item.dtype)) for item in formats if item.lecture.is_lost]
    at_zero = tuple((dtype, found) for dtype, found in zeros if math.isfinite(found.error))
    left_out = tuple(dtype for dtype in DTYPES if dtype not in able)
    here = result(text, x, LECTURE, (SCHEME,))
    return Formats(function, x, point_kind(function, x), here, formats, left_out, at_zero)


def _slope(item: Format, found: Formats) -> Real:
    """Return f′ where the format puts x: exactly, if that is x itself."""
    return found.exact.value if float(item.x) == found.x and found.exact.status == "ok" else item.slope


def _arrow(text: str) -> str:
    return f'<span class="nd-relation">{COMPUTED}</span>{text}'


def _quotient(item: Format, of: Quotient, found: Formats, _: Translator) -> str:
    if not numbers.is_finite(of.value):
        return escape(_(f"error.reason.{of.reason}") if of.reason else _("panel.no_value"))
    if math.isnan(item.slope):
        return _arrow(escape(numbers.full(of.value)))
    return _arrow(digits.html(of.value, _slope(item, found)))


def relative(error: float, slope: float) -> float:
    """Return abs(error/f′); the error itself where f′ is 0, NaN where there is none."""
    return abs(error / slope) if slope else abs(error)


def _deviation(of: Quotient, slope: float) -> str:
    """Return the relative error of a quotient after its sign: exactly 1 where the quotient is 0."""
    is_all = of.value == 0 and slope != 0 and math.isfinite(of.error)
    return "= 1" if is_all else look.approximate(relative(of.error, slope))


def _moved(item: Format) -> str:
    """Return x + 10⁻⁴ as the format has it."""
    kind = as_dtype(item.dtype).type
    with np.errstate(all="ignore"):
        return _arrow(escape(numbers.full(item.x + kind(LECTURE))))


def _step(item: Format) -> str:
    if item.chosen.source == "free":
        return escape(f"h* = ∞; {numbers.step(item.chosen.step)}")
    return escape(f"{'h* ≈ ' if item.chosen.source == 'model' else '≈ '}{look.sized(item.chosen.step)}")


def _model_error(item: Format) -> float:
    return relative(item.model.error, item.slope) if item.chosen.source == "model" else math.nan


def rows(found: Formats, _: Translator) -> list[str]:
    """Return the rows of the table: one property each, a column for each format."""
    error = "relative" if all(item.slope for item in found.formats) else "absolute"

    def deviation(of: Callable[[Format], Quotient]) -> Callable[[Format], str]:
        return lambda item: escape(_deviation(of(item), item.slope))

    def size(value: Callable[[Format], float]) -> Callable[[Format], str]:
        return lambda item: escape(look.approximate(value(item)))

    cells: list[tuple[str, Callable[[Format], str], str]] = [
        ("roundoff", size(lambda item: item.roundoff), ""),
        ("spacing", size(lambda item: item.gap), ""),
        ("moved", _moved, ""),
        ("lecture", lambda item: _quotient(item, item.lecture, found, _), "nd-strong"),
        (error, deviation(lambda item: item.lecture), "nd-sub"),
        ("step", _step, ""),
        ("hope", size(_model_error), ""),
        ("at_step", lambda item: _quotient(item, item.at_model, found, _), "nd-strong"),
        (error, deviation(lambda item: item.at_model), "nd-sub"),
        ("best", size(lambda item: item.best.step), ""),
        (error, size(lambda item: relative(item.best.error, item.slope)), "nd-sub"),
    ]
    return [
        look.row(
            f"x + {numbers.step(LECTURE)}" if name == "moved" else _(f"formats.row.{name}"),
            [draw(item) for item in found.formats],
            kind,
        )
        for name, draw, kind in cells
    ]


def sentences(found: Formats, _: Translator) -> Iterator[str]:
    """Say why 10⁻⁴ is lost where it is, why not at 0, and what to use instead."""
    x = number(found.x)
    if found.point.kind:
        yield of_point(found.point, found.here.step("central"), _)
    if found.lost:
        gaps = tuple(f"{item.dtype} {look.sized(item.gap)}" for item in found.lost)
        yield _("formats.lost", x=x, dtypes=tuple(item.dtype for item in found.lost), gaps=gaps)
        yield from _at_zero(found, _)
    elif found.x == 0:
        gaps = tuple(f"{item.dtype} {look.sized(item.gap)}" for item in found.formats)
        yield _("formats.here_zero", gaps=gaps)
    by_name = {item.dtype: item for item in found.formats if item.chosen.source == "model"}
    if {"float16", "float64"} <= by_name.keys():
        ratio = by_name["float16"].chosen.step / by_name["float64"].chosen.step
        yield _("formats.larger", ratio=look.sized(ratio))
    moved = [item for item in found.formats if float(item.x) != found.x and not math.isnan(item.slope)]
    if moved:
        places = (f"{item.dtype} {numbers.exact_shown(Fraction(float(item.x)), 0, 12).text}" for item in moved)
        yield _("formats.rounded", x=x, places=tuple(places))
    if found.left_out:
        yield _("formats.left_out", dtypes=found.left_out, x=x)


def _at_zero(found: Formats, _: Translator) -> Iterator[str]:
    if not found.at_zero:
        return
    gaps = tuple(f"{dtype} {look.sized(spacing(dtype, 0.0))}" for dtype, _found in found.at_zero)
    values = tuple(f"{dtype} → {numbers.full(here.value)}" for dtype, here in found.at_zero)
    yield _("formats.zero", gaps=gaps, values=values)


def html(found: Formats, _: Translator) -> str:
    """Return the table with what is to be said about it."""
    heads = ["", *(item.dtype for item in found.formats)]
    told = "".join(look.paragraph(sentence) for sentence in sentences(found, _))
    exact = look.exact_line(found.exact, number(found.x), _)
    table = look.table(_("formats.title"), heads, rows(found, _))
    return look.panel_html(exact, table, f"<div>{escape(_('formats.explain'))}</div>", told)


def draw(given: Controls, _: Translator) -> None:
    """Draw the view."""
    found = find(given.function.text, given.x.value)
    suffix = "_stale" if given.stale else ""
    with st.container(key=f"numbers{suffix}"):
        st.html(html(found, _))
