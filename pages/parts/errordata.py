"""What the Error page knows: the sweeps that were asked for, the model, and what is to be said about them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from numdiff.model import OptimalStep, optimal_step, taylor_terms
from numdiff.orders import FittedOrder
from numdiff.precision import as_dtype
from numdiff.schemes import SCHEMES, Scheme, Step
from numdiff.sides import Sides, one_sided_slopes
from numdiff.sweep import DEFAULT_STEPS, PER_DECADE, ErrorSweep, error_sweep
from pages.parts.entries import function_of, variable_of
from pages.parts.numbers import Shown, exact_shown

EXACT_DIGITS = 30
"""Digits of f′(x) asked for: more than are shown, so that those shown are true."""

BALANCE = 3.0
"""One part of the error rules if it is at least this many times the other."""


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


@dataclass(frozen=True)
class Here:
    """The scheme in focus at the learner's own Δx: the estimate, its error and the error's parts."""

    estimate: float
    error: float
    truncation: float
    rounding: float
    node_rounding: float
    evaluation: float
    reason: str


@dataclass(frozen=True, eq=False)
class Found:
    """Everything that is drawn and said; ``sweeps`` has one entry for each number format, the finest last."""

    asked: Asked
    function: Function
    sweeps: tuple[ErrorSweep, ...]
    here: Here

    @property
    def main(self) -> ErrorSweep:
        """The sweep that is spoken about."""
        return self.sweeps[-1]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The formats that were asked for but cannot hold x."""
        drawn = {sweep.dtype for sweep in self.sweeps}
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
        return any(bool(np.isfinite(sweep.errors).any()) for sweep in self.sweeps)

    @cached_property
    def model(self) -> OptimalStep:
        """The textbook's model in the finest format."""
        return optimal_step(self.function, self.asked.x, self.asked.focus, self.main.dtype)

    @cached_property
    def taylor(self) -> NDArray[np.float64]:
        """f(x), f′(x), f″(x), …: NaN where f has no Taylor expansion."""
        return taylor_terms(self.function, self.main.x, 8)

    @cached_property
    def exact_shown(self) -> Shown:
        """f′(x), cut after true digits."""
        name = variable_of(self.function)
        exact = exact_derivative(self.function.tree, {name: Fraction(self.main.x)}, name, digits=EXACT_DIGITS)
        return exact_shown(exact.value, exact.radius)

    @cached_property
    def sides(self) -> Sides:
        """The one-sided slopes, for a point without a derivative."""
        return one_sided_slopes(self.function, self.asked.x)

    @cached_property
    def crossing(self) -> float:
        """Δx at which the fitted arms meet; NaN unless there are two."""
        fit = self.fitted
        if fit.order_reason or fit.rounding_reason:
            return math.nan
        power = (fit.rounding_intercept - fit.order_intercept) / (fit.order - fit.rounding_slope)
        return 10.0**power if abs(power) < 300 else math.nan

    @cached_property
    def best(self) -> tuple[float, float]:
        """The step with the least error that is not exactly 0, and that error's size; NaN if there is none."""
        size = np.abs(self.errors)
        size = np.where((size > 0) & np.isfinite(size), size, math.inf)
        place = int(np.argmin(size))
        return (float(self.main.steps[place]), float(size[place])) if np.isfinite(size[place]) else (math.nan, math.nan)

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


@lru_cache(maxsize=256)
def find(asked: Asked) -> Found:
    """Return everything for one view of the page."""
    function, dtypes = function_of(asked.text), _able(asked)
    schemes = (asked.focus,) if len(dtypes) > 1 else tuple(dict.fromkeys((*asked.schemes, asked.focus)))
    sweeps = tuple(error_sweep(function, asked.x, schemes, dtype=dtype, step=asked.step) for dtype in dtypes)
    return Found(asked, function, sweeps, _here(function, asked, dtypes[-1]))


def _able(asked: Asked) -> tuple[str, ...]:
    """Return the formats that can hold x: float16 ends at 65504. float64 stands in where none can."""
    with np.errstate(over="ignore"):
        able = tuple(dtype for dtype in asked.dtypes if np.isfinite(as_dtype(dtype).type(asked.x)))
    return able or ("float64",)


def _here(function: Function, asked: Asked, dtype: str) -> Here:
    sweep = error_sweep(function, asked.x, (asked.focus,), [asked.dx], dtype, step=asked.step)

    def part(name: str) -> float:
        return float(getattr(sweep, name)[0, 0])

    return Here(
        estimate=part("estimates"),
        error=part("errors"),
        truncation=part("truncation"),
        rounding=part("rounding"),
        node_rounding=part("node_rounding"),
        evaluation=part("evaluation"),
        reason=str(sweep.reasons[0, 0]),
    )


def story(found: Found) -> tuple[str, ...]:
    """Return the ids of the sentences about the whole chart, most important first."""
    fit = found.fitted
    if not found.has_errors:
        return ()
    sentences: list[str] = []
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


def here_id(found: Found) -> str:
    """Return the id of the sentence about the learner's own Δx."""
    here = found.here
    if here.reason:
        return f"error.here.{here.reason}"
    if here.error == 0:
        return "error.here.exact" if here.truncation == 0 else "error.here.cancelled"
    source = "nodes" if abs(here.node_rounding) > abs(here.evaluation) else "evaluation"
    if here.truncation == 0:
        return f"error.here.only_{source}"
    if abs(here.truncation) > BALANCE * abs(here.rounding):
        return "error.here.truncation"
    return f"error.here.{source}" if abs(here.rounding) > BALANCE * abs(here.truncation) else "error.here.balanced"


def trouble_id(found: Found) -> str:
    """Return the id of the sentence that says why there is no derivative at x, and so no error."""
    reasons = found.main.reasons
    if np.all(reasons == "undecidable"):
        return "error.trouble.undecidable"
    if not np.any(reasons == "not_differentiable"):
        return "error.trouble.outside"
    left, right = found.sides.left, found.sides.right
    statuses = {left.status, right.status}
    if statuses == {"slope"}:
        return "error.trouble.kink" if left.slope != right.slope else "error.trouble.unknown"
    if statuses == {"vertical"}:
        return "error.trouble.vertical" if left.slope == right.slope else "error.trouble.cusp"
    if "outside" in statuses and statuses & {"slope", "vertical"}:
        return "error.trouble.edge"
    return "error.trouble.unknown"
