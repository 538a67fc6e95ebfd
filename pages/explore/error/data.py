"""What the Error page knows: the sweeps that were asked for, the model, and what is to be said about them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.precision import as_dtype
from numdiff.difference.schemes import SCHEMES, Scheme, Step
from numdiff.error.advice import BestStep, Verdict, crossover, explain, measured_best
from numdiff.error.arms import error_arms
from numdiff.error.model import OptimalStep, optimal_step, taylor_terms
from numdiff.error.orders import FittedOrder, Swept
from numdiff.error.point import Point, point_kind
from numdiff.error.split import Parts
from numdiff.error.sweep import DEFAULT_STEPS, PER_DECADE, ErrorSweep, error_sweep
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from pages.parts.entries import function_of, variable_of
from pages.parts.kept import kept
from pages.parts.numbers import Shown, exact_shown
from pages.parts.results import known_parts
from pages.parts.sentences import Step as SaidStep

EXACT_DIGITS = 30
"""Digits of f′(x) asked for: more than are shown, so that those shown are true."""


@dataclass(frozen=True)
class Asked:
    """What the fields and switches of the page ask for."""

    text: str
    x: float
    dx: float
    schemes: tuple[str, ...]
    focus: str
    dtypes: tuple[str, ...]
    step: Step


@dataclass(frozen=True)
class Stretch:
    """A stretch of Δx in which the scheme in focus has no error to show, and the code of the reason."""

    start: float
    end: float
    reason: str


@dataclass(frozen=True, eq=False)
class Found:
    """Everything that is drawn and said.

    Attributes
    ----------
    asked : Asked
    function : Function
    drawn : tuple[Swept, ...]
        The errors and what is drawn of their parts, one for each number format, the finest last.
    here : Parts
        The error of the scheme in focus at the learner's own Δx.
    estimate : float
        Its quotient there.
    """

    asked: Asked
    function: Function
    drawn: tuple[Swept, ...]
    here: Parts
    estimate: float

    @property
    def main(self) -> Swept:
        """The errors that are spoken about."""
        return self.drawn[-1]

    @property
    def sweeps(self) -> tuple[ErrorSweep, ...]:
        """What is drawn, with all the parts of every error: for the table and the file."""
        asked, x = self.asked, self.asked.x
        return tuple(
            error_sweep(self.function, x, drawn.schemes, dtype=drawn.dtype, step=asked.step) for drawn in self.drawn
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """The formats that were asked for but cannot hold x."""
        drawn = {sweep.dtype for sweep in self.drawn}
        return tuple(dtype for dtype in self.asked.dtypes if dtype not in drawn)

    @property
    def scheme(self) -> Scheme:
        """The scheme in focus."""
        return SCHEMES[self.asked.focus]

    @property
    def row(self) -> int:
        """Its row in every sweep."""
        return self.main.row(self.asked.focus)

    @property
    def fitted(self) -> FittedOrder:
        """Its slopes."""
        return self.main.orders[self.asked.focus]

    @property
    def errors(self) -> NDArray[np.float64]:
        """Its errors, one for each step."""
        return np.asarray(self.main.errors[self.row])

    @property
    def has_errors(self) -> bool:
        """True if there is anything to draw on the chart of errors."""
        return any(bool(np.isfinite(sweep.errors).any()) for sweep in self.drawn)

    @cached_property
    def model(self) -> OptimalStep:
        """The textbook's model in the finest format."""
        return optimal_step(self.function, self.asked.x, self.asked.focus, self.main.dtype)

    @cached_property
    def taylor(self) -> NDArray[np.float64]:
        """f(x), f′(x), f″(x), …: NaN where f has no Taylor expansion."""
        return taylor_terms(self.function, self.main.x, 8)

    @cached_property
    def exact(self) -> Exact:
        """f′(x)."""
        name = variable_of(self.function)
        return exact_derivative(self.function.tree, {name: Fraction(self.main.x)}, name, digits=EXACT_DIGITS)

    @cached_property
    def exact_shown(self) -> Shown:
        """f′(x), cut after true digits."""
        return exact_shown(self.exact.value, self.exact.radius)

    @cached_property
    def known(self) -> dict[str, Fraction]:
        """The parts of the error at the learner's Δx that are known exactly."""
        return known_parts(self.here, self.estimate, self.exact)

    @cached_property
    def step(self) -> SaidStep:
        """What a sentence about the learner's Δx fills in."""
        asked, dtype = self.asked, self.main.dtype
        return SaidStep(asked.focus, dtype, asked.x, asked.dx, self.estimate, self.main.exact, self.here, self.known)

    @cached_property
    def point(self) -> Point:
        """What kind of point x is."""
        return point_kind(self.function, self.asked.x, self.main.dtype)

    @cached_property
    def verdict(self) -> Verdict:
        """What is seen at the learner's Δx."""
        return explain(self.main, self.asked.focus, self.asked.dx, self.here)

    @cached_property
    def crossing(self) -> float:
        """Δx at which the fitted arms meet; NaN unless there are two."""
        return crossover(self.main, self.asked.focus)

    @cached_property
    def best(self) -> BestStep:
        """The step with the least error that can be relied on."""
        return measured_best(self.main, self.asked.focus)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Where the scheme in focus has no error, in ascending order of Δx, neighbours with one reason put together."""
        found: list[Stretch] = []
        is_joined = False
        for step, error, reason in zip(DEFAULT_STEPS, self.errors, self.main.reasons[self.row], strict=True):
            if not np.isnan(error):
                is_joined = False
                continue
            if is_joined and found[-1].reason == reason:
                found[-1] = Stretch(found[-1].start, float(step), str(reason))
            else:
                found.append(Stretch(float(step), float(step), str(reason)))
            is_joined = True
        half = 10 ** (0.5 / PER_DECADE)
        return tuple(Stretch(part.start / half, part.end * half, part.reason) for part in found)

    @cached_property
    def lost(self) -> float:
        """The greatest Δx at which every node rounds to the same number; NaN if none does."""
        steps = self.main.steps[self.main.reasons[self.row] == "step_lost"]
        return float(steps.max()) if steps.size else math.nan


@kept
def find(asked: Asked) -> Found:
    """Return everything for one view of the page."""
    function, dtypes = function_of(asked.text), _able(asked)
    schemes = (asked.focus,) if len(dtypes) > 1 else tuple(dict.fromkeys((*asked.schemes, asked.focus)))
    drawn = tuple(_errors(function, asked, schemes, dtype) for dtype in dtypes)
    here = error_sweep(function, asked.x, (asked.focus,), [asked.dx], dtypes[-1], step=asked.step)
    return Found(asked, function, drawn, here.parts(asked.focus), float(here.estimates[0, 0]))


def _errors(function: Function, asked: Asked, schemes: tuple[str, ...], dtype: str) -> Swept:
    if dtype == "float64" and asked.step == "nominal":
        return error_arms(function, asked.x, schemes)
    return error_sweep(function, asked.x, schemes, dtype=dtype, step=asked.step)


def _able(asked: Asked) -> tuple[str, ...]:
    """Return the formats that can hold x: float16 ends at 65504. float64 stands in where none can."""
    with np.errstate(over="ignore"):
        able = tuple(dtype for dtype in asked.dtypes if np.isfinite(as_dtype(dtype).type(asked.x)))
    return able or ("float64",)


Told: TypeAlias = Literal[
    "always_exact",
    "no_truncation",
    "no_subtraction",
    "no_rounding_arm",
    "two_arms",
    "higher_order",
    "no_straight_part",
    "gap_domain",
]
"""What can be said of a whole chart."""


def story(found: Found) -> tuple[str, ...]:
    """Return the ids of the sentences about the whole chart, most important first."""
    fit = found.fitted
    if not found.has_errors:
        return ()
    sentences: list[Told] = []
    if fit.order_reason == "no_truncation":
        sentences.append("always_exact" if _is_always_exact(found) else "no_truncation")
    elif fit.rounding_reason == "no_rounding_arm":
        sentences.append("no_subtraction" if found.scheme.imaginary else "no_rounding_arm")
    elif math.isfinite(found.crossing):
        sentences.append("two_arms")
    if math.isfinite(fit.order) and round(fit.order) > found.scheme.order:
        sentences.append("higher_order")
    if not sentences:
        sentences.append("no_straight_part")
    if (
        found.stretches
        and found.stretches[-1].reason == "outside_domain"
        and found.stretches[-1].end > DEFAULT_STEPS[-1]
    ):
        sentences.append("gap_domain")
    return tuple(f"error.story.{name}" for name in sentences)


def _is_always_exact(found: Found) -> bool:
    known = found.errors[np.isfinite(found.errors) & (found.main.reasons[found.row] == "")]
    return bool(known.size) and not known.any()
