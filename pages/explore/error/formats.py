"""Number formats of machine learning, at the learner's f and x: which Δx to use in each, and what to hope for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from numdiff.blackbox.precision import DTYPES, as_dtype, unit_roundoff
from numdiff.error.advice import BestStep, measured_best
from numdiff.error.model import OptimalStep
from numdiff.error.point import Point, point_kind
from numdiff.error.sweep import error_sweep
from numdiff.evaluate.answer import Exact
from numdiff.function import Function
from pages.explore.error.steps import LECTURE, Chosen, chosen_step
from pages.parts.entries import function_of
from pages.parts.kept import kept
from pages.parts.numbers import Real
from pages.parts.results import Result, result

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
