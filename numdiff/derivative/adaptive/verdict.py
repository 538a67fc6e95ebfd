"""Is there a derivative? What the values of f say about the points where that is no matter of course."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from numdiff.derivative.adaptive.central import precise
from numdiff.derivative.adaptive.samples import Samples
from numdiff.derivative.adaptive.sides import Kind, grows, is_oscillating, outward, sides, window
from numdiff.derivative.adaptive.table import EVEN, Estimate, Flags, extrapolate
from numdiff.derivative.result import Reason, Status

_AT_EDGE = {
    Reason.JUMP: Reason.JUMP_AT_EDGE,
    Reason.POLE: Reason.POLE_AT_EDGE,
    Reason.VERTICAL_TANGENT: Reason.VERTICAL_TANGENT_AT_EDGE,
    Reason.OSCILLATION: Reason.OSCILLATION_AT_EDGE,
    Reason.NONE: Reason.DOMAIN_EDGE,
}


_UNKNOWN = Estimate(np.nan, np.nan, np.nan, np.nan, 0)


class Verdict(NamedTuple):
    """What is said of one row, in Python's numbers."""

    estimate: Estimate
    status: Status
    reason: Reason
    left: float
    right: float


class _Case(NamedTuple):
    """What is known of one row; the pairs are (right, left)."""

    central: Estimate
    kinds: tuple[int, int]
    slopes: tuple[float, float]
    sides: tuple[Estimate, Estimate]
    typical: float
    precise: float
    is_bent: bool
    oscillates: tuple[bool, bool]


def judge(samples: Samples, central: Estimate) -> list[Verdict]:
    """Return the verdict on every row.

    Parameters
    ----------
    samples : Samples
    central : Estimate
        The derivative from both sides, as it is if it exists: arrays of shape (rows,).
    """
    defined = np.isfinite(samples.middle[:, 0]) & np.isfinite(samples.x)
    some = Estimate(*(item[defined] for item in central))
    told = _defined(samples.take(defined), some) if defined.any() else []
    untold = _undefined(samples.take(~defined)) if not defined.all() else []
    next_of = {True: iter(told), False: iter(untold)}
    return [next(next_of[is_defined]) for is_defined in defined.tolist()]


def _estimates(arrays: Estimate) -> list[Estimate]:
    return [Estimate(*items) for items in zip(*(array.tolist() for array in arrays), strict=True)]


def _defined(samples: Samples, central: Estimate) -> list[Verdict]:
    """Return the verdicts where f(x) is a number."""
    both, oscillates = sides(samples), is_oscillating(samples)
    right, left = (_estimates(Estimate(*(item[side] for item in both.estimate))) for side in (0, 1))
    columns = (
        _estimates(central),
        both.kind.T.tolist(),
        both.slope.T.tolist(),
        zip(right, left, strict=True),
        both.typical.tolist(),
        [precise(samples.roundoff)] * len(right),
        _is_bent(samples).tolist(),
        oscillates.T.tolist(),
    )
    return [_decide(_Case(*values)) for values in zip(*columns, strict=True)]


def _is_bent(samples: Samples) -> Flags:
    """Return where right and left slope differ by more than the error of their difference."""
    right, left = samples.one_sided
    best = extrapolate((right - left)[None], EVEN[None, None], 4 * samples.noise[None]).best()
    return np.asarray(np.abs(best.value[0]) > 8 * best.error[0])


def _decide(case: _Case) -> Verdict:
    missing = [kind == Kind.MISSING for kind in case.kinds]
    if all(missing):
        return _none(Status.OUTSIDE_DOMAIN, Reason.ISOLATED)
    if any(missing):
        return _at_edge(case, missing.index(False))
    reason = _obstacle(case, (0, 1))
    if reason:
        return _none(Status.NOT_DIFFERENTIABLE, reason, case.slopes)
    if Kind.ERRATIC in case.kinds:
        return _none(Status.NOISE_LIMITED, Reason.NOISE)
    (right, left), (one, other) = case.slopes, case.sides
    gap, sure = abs(right - left), one.error + other.error
    if case.is_bent and gap > 4 * sure and gap > 1e-10 * max(abs(right), abs(left)):
        return _none(Status.KINK, Reason.KINK, case.slopes)
    # a fractional power is taken into account by the sides only; but a plateau of rounding deceives them
    if sure < 0.2 * case.central.error and abs((right + left) / 2 - case.central.value) <= case.central.error + sure:
        truncation = (one.truncation + other.truncation) / 2 + gap
        both = Estimate((right + left) / 2, sure / 2 + gap, truncation, min(one.step, other.step), 1)
        return _known(case, both, Status.CONVERGED, Reason.NONE)
    return _known(case, case.central, Status.CONVERGED, Reason.NONE)


def _at_edge(case: _Case, side: int) -> Verdict:
    """Return the verdict where f lives on one side only."""
    reason = _AT_EDGE[_obstacle(case, (side,))]
    if reason != Reason.DOMAIN_EDGE:
        return _none(Status.NOT_DIFFERENTIABLE, reason, case.slopes)
    if case.kinds[side] == Kind.ERRATIC:
        return _none(Status.NOISE_LIMITED, Reason.NOISE)
    # half of the nodes and, often, a fractional power of h beside the others: fewer digits can be had
    return _known(case._replace(precise=min(0.25, 100 * case.precise)), case.sides[side], Status.ONE_SIDED, reason)


def _obstacle(case: _Case, about: tuple[int, ...]) -> Reason:
    """Return what stands against a derivative on the sides asked about, the worst first."""
    kinds = [case.kinds[side] for side in about]
    for kind, reason in ((Kind.UNBOUNDED, Reason.POLE), (Kind.JUMP, Reason.JUMP)):
        if kind in kinds:
            return reason
    if kinds == [Kind.VERTICAL, Kind.VERTICAL] and case.slopes[0] != case.slopes[1]:
        return Reason.CUSP
    if Kind.VERTICAL in kinds:
        return Reason.VERTICAL_TANGENT
    if any(case.kinds[side] == Kind.ERRATIC and case.oscillates[side] for side in about):
        return Reason.OSCILLATION
    return Reason.NONE


def _known(case: _Case, estimate: Estimate, status: Status, reason: Reason) -> Verdict:
    """Return the verdict where there is a derivative: as it is said, or limited by noise if it is too uncertain."""
    if not np.isfinite(estimate.error):
        return _none(Status.NOISE_LIMITED, Reason.NOISE, case.slopes)
    if estimate.error > case.precise * max(abs(estimate.value), case.typical):
        status, reason = Status.NOISE_LIMITED, Reason.NOISE
    elif status == Status.CONVERGED:
        return Verdict(estimate, status, reason, estimate.value, estimate.value)
    return Verdict(estimate, status, reason, case.slopes[1], case.slopes[0])


def _none(status: Status, reason: Reason, slopes: tuple[float, float] = (np.nan, np.nan)) -> Verdict:
    return Verdict(_UNKNOWN, status, reason, slopes[1], slopes[0])


def _undefined(samples: Samples) -> list[Verdict]:
    """Return the verdicts where f(x) is not a finite number: from the values beside x."""
    count = window(samples) + 1
    values = outward(samples)[..., :count]
    present: Flags = np.asarray(np.isfinite(values).all(axis=2))
    unbounded: Flags = grows(samples) & present
    spread = np.ptp(values, axis=2)
    # sin(x)/x may come near its limit only as fast as h: over the window that is much less than f itself.
    size = np.abs(samples.values)
    steady = spread <= 1e-3 * np.where(np.isfinite(size), size, 0).max(axis=1)
    meets: Flags = np.abs(values[0, :, 0] - values[1, :, 0]) <= spread.sum(axis=0) + 1e-3 * np.abs(values[:, :, 0]).sum(
        axis=0
    )
    rows = zip(present.T.tolist(), unbounded.T.tolist(), steady.T.tolist(), strict=True)
    places = zip(samples.x.tolist(), meets.tolist(), strict=True)
    return [
        _none(Status.OUTSIDE_DOMAIN, _gap(*about, meeting) if np.isfinite(x) else Reason.NOT_FINITE)
        for about, (x, meeting) in zip(rows, places, strict=True)
    ]


def _gap(present: list[bool], unbounded: list[bool], steady: list[bool], meets: bool) -> Reason:
    """Return what is missing at x."""
    if not any(present):
        return Reason.UNDEFINED
    is_edge = not all(present)
    if any(unbounded):
        return Reason.POLE_AT_EDGE if is_edge else Reason.POLE
    if not all(calm or not here for calm, here in zip(steady, present, strict=True)):
        return Reason.OSCILLATION_AT_EDGE if is_edge else Reason.OSCILLATION
    if is_edge:
        return Reason.DOMAIN_EDGE
    return Reason.HOLE if meets else Reason.JUMP
