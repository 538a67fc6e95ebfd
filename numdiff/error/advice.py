"""What is seen at one step, as codes: which part of the error rules, and whether another step would be better.

The code comes from the parts of the error at that step alone. The advice comes from the whole sweep: at a single step
the round-off may be small by luck, so what another step would do is judged by the steps around it. The sentences are
the page's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from numdiff.error.orders import Swept, arms, envelope
from numdiff.error.split import Parts
from numdiff.error.sweep import ErrorSweep
from numdiff.reference.errors import Reason

BALANCE = 3.0
"""One part of the error rules if it is more than this many times the other."""

NEAR = 4.0
"""An error within this factor of the least one counts as near the best."""

REACH = 2
"""How many neighbours on each side a step is judged with, so that a lucky hit does not pass for the best."""

_FARTHEST = 300
"""Greatest power of ten, up or down, at which the arms are said to cross."""

Code: TypeAlias = Literal[
    Reason, "exact", "cancelled", "only_nodes", "only_evaluation", "truncation", "nodes", "evaluation", "balanced"
]
"""What is seen at a step; see :func:`rule`."""

Advice = Literal["smaller", "larger", "near_best", "lucky", ""]


@dataclass(frozen=True, slots=True)
class BestStep:
    """The step with the least measured error; both NaN if no error is known.

    ``error`` is the greatest abs(error) among the step and its two neighbours on each side: what can be relied on.
    """

    step: float
    error: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is seen at a step.

    Attributes
    ----------
    code : str
        See :func:`rule`.
    advice : str
        "smaller" (the truncation error rules, round-off around this step is far below it, and smaller steps are
        measured to do better), "larger" (round-off rules, grows as the step shrinks, and larger steps do better),
        "near_best" (no step is measured to do much better), "lucky" (truncation rules only because round-off, which
        jumps about, happens to be small at this step), or "" where nothing of the kind can be said.
    """

    code: Code
    advice: Advice


def rule(parts: Parts) -> Code:
    """Return what the parts of one error say, without a look at other steps.

    Parameters
    ----------
    parts : Parts
        The error at one step, such as ``sweep.parts(scheme, place)``.

    Returns
    -------
    str
        The reason of :class:`numdiff.ErrorSweep` if there is one; "exact" (no error at all), "cancelled" (the parts
        add up to 0), "only_nodes" or "only_evaluation" (there is no truncation error, and most of the round-off comes
        from the nodes or from computing f and the difference), "truncation", "nodes" or "evaluation" (that rules), or
        "balanced" (neither truncation nor round-off is more than :data:`BALANCE` times the other).

    Examples
    --------
    >>> import numdiff as nd
    >>> sweep = nd.error_sweep(nd.parse("e^x"), 1.0, schemes=("central",), steps=[0.1])
    >>> nd.rule(sweep.parts("central", 0))
    'truncation'
    """
    if parts.reason:
        return parts.reason
    if parts.errors == 0:
        return "exact" if parts.truncation == 0 else "cancelled"
    is_of_nodes = abs(parts.node_rounding) > abs(parts.evaluation)
    if parts.truncation == 0 and parts.truncation_bound == 0:
        return "only_nodes" if is_of_nodes else "only_evaluation"
    if abs(parts.truncation) > BALANCE * abs(parts.rounding):
        return "truncation"
    source: Code = "nodes" if is_of_nodes else "evaluation"
    return source if abs(parts.rounding) > BALANCE * abs(parts.truncation) else "balanced"


def measured_best(sweep: Swept, scheme: str) -> BestStep:
    """Return the step with the least measured error, judged together with its neighbours.

    Single errors jump about and may be 0 by luck; so each step is given the greatest error within two steps on each
    side, and of those the least one wins (the largest step among equals, where nothing was lost to rounding yet).

    Parameters
    ----------
    sweep : ErrorSweep, or what :func:`numdiff.error.arms.error_arms` returns
    scheme : str
        One of the sweep's.

    Returns
    -------
    BestStep

    Raises
    ------
    ValueError
        If the scheme is not in the sweep.

    Examples
    --------
    >>> import numdiff as nd
    >>> sweep = nd.error_sweep(nd.parse("e^x"), 1.0, schemes=("central",))
    >>> bool(1e-7 < nd.measured_best(sweep, "central").step < 1e-3)
    True
    """
    h, judged = _judged(sweep, sweep.row(scheme))
    if not np.any(np.isfinite(judged)):
        return BestStep(math.nan, math.nan)
    place = len(judged) - 1 - int(np.nanargmin(judged[::-1]))
    return BestStep(float(h[place]), float(judged[place]))


def crossover(sweep: Swept, scheme: str) -> float:
    """Return the step at which the fitted arms meet: below it round-off wins, as a rule. NaN unless there are two.

    Parameters
    ----------
    sweep : ErrorSweep, or what :func:`numdiff.error.arms.error_arms` returns
    scheme : str
        One of the sweep's.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the scheme is not in the sweep.

    Examples
    --------
    >>> import numdiff as nd
    >>> sweep = nd.error_sweep(nd.parse("e^x"), 1.0, schemes=("central",))
    >>> bool(1e-6 < nd.crossover(sweep, "central") < 1e-4)
    True
    """
    fit = sweep.orders[scheme]
    if fit.order_reason or fit.rounding_reason:
        return math.nan
    power = (fit.rounding_intercept - fit.order_intercept) / (fit.order - fit.rounding_slope)
    return float(10.0**power) if abs(power) < _FARTHEST else math.nan


@overload
def explain(sweep: ErrorSweep, scheme: str, dx: float) -> Verdict: ...
@overload
def explain(sweep: Swept, scheme: str, dx: float, parts: Parts) -> Verdict: ...
def explain(sweep: Swept, scheme: str, dx: float, parts: Parts | None = None) -> Verdict:
    """Return what is seen at a step.

    Parameters
    ----------
    sweep : ErrorSweep, or what :func:`numdiff.error.arms.error_arms` returns
        Many steps at the same point and in the same precision: the advice is judged by those around dx.
    scheme : str
        One of the sweep's.
    dx : float
        The step.
    parts : Parts, optional
        The error at dx. By default that of the sweep's nearest step (on the logarithmic axis).

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If dx is 0 or not finite, or the scheme is not in the sweep.
    TypeError
        If there are no parts to take from the sweep.

    Examples
    --------
    >>> import numdiff as nd
    >>> sweep = nd.error_sweep(nd.parse("e^x"), 1.0, schemes=("central",))
    >>> nd.explain(sweep, "central", 0.1).code
    'truncation'
    """
    if dx == 0 or not math.isfinite(dx):
        raise ValueError(f"dx must be finite and not 0, got {dx!r}")
    row = sweep.row(scheme)
    if parts is None:
        if not isinstance(sweep, ErrorSweep):
            raise TypeError("without parts, a whole sweep is needed")
        parts = sweep.parts(scheme, nearest(np.abs(sweep.steps), dx))
    return judge(parts, dx, _Swept(sweep, row))


class Surroundings(Protocol):
    """What the advice asks of the steps around: abs(Δx) in ascending order, and the errors to be relied on there."""

    @property
    def h(self) -> NDArray[np.float64]:
        """The steps."""

    @property
    def judged(self) -> NDArray[np.float64]:
        """The greatest abs(error) among each step and its neighbours, NaN where none is known."""

    def noise(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the greatest round-off among the steps at these places and their neighbours, NaN where none shows."""

    def has_truncation(self) -> bool:
        """Whether any of the steps has a truncation error."""


class _Swept:
    """The surroundings in a whole sweep."""

    def __init__(self, sweep: Swept, row: int) -> None:
        self.h, self.judged = _judged(sweep, row)
        _, self._arm, rounding = arms(sweep, row)
        self._around = envelope(rounding, REACH)

    def noise(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        return self._around[places]

    def has_truncation(self) -> bool:
        return bool(np.any(self._arm > 0))


def judge(parts: Parts, dx: float, around: Surroundings) -> Verdict:
    """Return what is seen at a step with an error of these parts, with the advice of the steps around."""
    is_error = not parts.reason and parts.errors != 0
    return Verdict(rule(parts), _advice(around, abs(dx), parts) if is_error else "")


def _advice(steps: Surroundings, dx: float, found: Parts) -> Advice:
    h, judged = steps.h, steps.judged
    truncation, noise = abs(found.truncation), abs(found.rounding)
    noise = float(np.fmax(noise, steps.noise(np.array([nearest(h, dx)]))[0]))
    best = np.nanmin(judged) if np.any(np.isfinite(judged)) else math.nan
    if max(truncation, noise) <= NEAR * best and steps.has_truncation():
        return "near_best"
    if truncation > BALANCE * noise:
        return "smaller" if np.any(judged[h < dx] < truncation) else ""
    if truncation > BALANCE * abs(found.rounding):
        return "lucky"
    if noise > BALANCE * truncation and np.any(judged[h > dx] < noise):
        # the decade below, beyond the reach of this step's own neighbours
        below = steps.noise(np.flatnonzero((h < dx / 5) & (h > dx / 50)))
        return "" if np.any(below <= noise) else "larger"
    return ""


def _judged(sweep: Swept, row: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return abs(Δx) in ascending order and the error that can be relied on there, NaN where none is known."""
    h = np.abs(sweep.steps)
    ascending = np.argsort(h, kind="stable")
    return h[ascending], relied_on(sweep.errors[row][ascending])


def relied_on(errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the greatest abs(error) among each step and its neighbours; NaN where a step's own is not known."""
    sizes = np.abs(errors)
    return np.where(np.isfinite(sizes), envelope(sizes, REACH), np.nan)


def nearest(steps: NDArray[np.float64], dx: float) -> int:
    """Return the place of the step nearest to dx on the logarithmic axis."""
    with np.errstate(divide="ignore"):
        distance = np.abs(np.log(steps) - math.log(abs(dx)))
    return int(np.argmin(distance))
