"""The total errors of difference quotients at the usual steps, without their parts: a tenth of a sweep's work.

An error is the estimate less f′(x), so that one certified f′(x) serves all schemes and steps. What is left is that the
quotient must exist: f must have a value at every node, at the exact one and at the one that it was rounded to. One
enclosure of f over an interval around x proves that for all the steps whose nodes lie in it; the steps beyond it (f has
a pole or an edge there, or the enclosure is too wide) are split one by one, as in a sweep.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from numdiff.difference.schemes import Scheme, as_scheme
from numdiff.error.estimates import Estimates, estimate
from numdiff.error.split import GUARD, Splitter
from numdiff.error.sweep import DEFAULT_STEPS
from numdiff.function import Function, one_variable
from numdiff.reference.balls import Reference, accuracy, rational, to_float, working
from numdiff.reference.errors import NoValueError

_CACHE_SIZE = 256
_BITS = 2 * GUARD
"""Of f′(x): twice float64's digits cancel at most when a quotient is subtracted from it."""
_ENCLOSING_BITS = 64
"""Of an enclosure over an interval, which is far wider than any rounding."""
_LARGEST = 1e300
"""Beyond it a part of an error might not be a float64, and the sweep's own rules decide what is reported."""

_LEAST = 1e-250
"""Below it, unless it is 0, the three floats of a slope might not hold all of its digits."""

Slope = tuple[float, float, float]
"""f′(x) as the sum of three floats, the first of them the nearest."""


@dataclass(frozen=True, eq=False)
class TotalErrors:
    """The errors of several schemes at :data:`numdiff.error.sweep.DEFAULT_STEPS` in float64; all arrays are read-only.

    Attributes
    ----------
    schemes : tuple[str, ...]
        The names, in the order of the rows.
    estimates, errors : ndarray of float64, shape (schemes, steps)
        As in :class:`numdiff.ErrorSweep`.
    """

    schemes: tuple[str, ...]
    estimates: NDArray[np.float64]
    errors: NDArray[np.float64]

    def row(self, scheme: str) -> int:
        """Return the row of a scheme. ValueError if there is none."""
        return self.schemes.index(scheme)


def total_errors(f: Function, x: float, schemes: Sequence[str | Scheme]) -> TotalErrors:
    """Return estimate − f′(x) for several schemes at the default steps, subtracted exactly and rounded once.

    Parameters
    ----------
    f : Function
        Of one variable, or of none. The errors are kept, and returned again for the same arguments.
    x : float
        The point.
    schemes : sequence of str or Scheme
        For the first derivative, divided by the nominal step.

    Raises
    ------
    ValueError
        If f has several variables.
    """
    return _kept(one_variable(f), float(x), tuple(as_scheme(scheme) for scheme in schemes))


@lru_cache(maxsize=_CACHE_SIZE)
def _kept(f: Function, x: float, schemes: tuple[Scheme, ...]) -> TotalErrors:
    computed = estimate(f, np.float64(x), DEFAULT_STEPS, schemes, "nominal")
    count, errors = 0, np.full(computed.values.shape, math.nan)
    exact = Reference(f)
    slope, is_missing = exact_slope(exact, x)
    if slope is not None:
        count = sound_steps(exact, computed, abs(slope[0]))
        errors[:, :count] = subtract(computed.values[:, :count], slope)
    if not is_missing and count < len(DEFAULT_STEPS):
        errors[:, count:] = _split(Splitter(exact, x), computed, count)
    for array in (computed.values, errors):
        array.flags.writeable = False
    return TotalErrors(tuple(scheme.name for scheme in schemes), computed.values, errors)


def exact_slope(exact: Reference, x: float) -> tuple[Slope | None, bool]:
    """Return f′(x), None unless it is known well enough, and whether it is proved that there is none."""
    with working(_BITS):
        try:
            whole = exact.derivative(rational(x))
        except NoValueError as missing:
            return None, missing.reason != "undecidable"
        parts, rest = [], whole
        for _ in range(3):
            if accuracy(rest) < GUARD / 2 or not math.isfinite(part := to_float(rest)):
                return None, False
            parts.append(part)
            rest = rest - rational(part)
    if abs(parts[0]) < _LEAST and whole != 0:
        return None, False
    return (parts[0], parts[1], parts[2]), False


def subtract(estimates: NDArray[np.float64], slope: Slope) -> NDArray[np.float64]:
    """Return estimates − slope; NaN where there is no estimate. What the first differences lose is added at the end."""
    with np.errstate(all="ignore"):
        held = np.where(np.isfinite(estimates), estimates, math.nan)
        first, lost = _two_sum(held, -slope[0])
        second, lost_too = _two_sum(first, -slope[1])
        total: NDArray[np.float64] = second + (lost + (lost_too - slope[2]))
        return total + 0.0  # no −0


def _two_sum(u: NDArray[np.float64], w: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the rounded sum and exactly what rounding took away (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = u + w
    of_w = total - u
    return total, (u - (total - of_w)) + (w - of_w)


def sound_steps(exact: Reference, computed: Estimates, slope: float) -> int:
    """Return at how many steps, from the smallest up, every quotient is proved to exist and its parts to be floats."""
    if any(scheme.imaginary for scheme in computed.schemes) or slope > _LARGEST:
        return 0
    reach = max(abs(offset) for scheme in computed.schemes for offset in scheme.offsets)
    weight = max(sum(map(abs, scheme.numerators)) for scheme in computed.schemes)
    x, steps = rational(computed.x), computed.steps.tolist()

    def is_sound(place: int) -> bool:
        length = reach * steps[place]
        radius = rational(length + 2.0**-50 * (length + abs(computed.x)))  # rounded nodes lie a little farther out
        return bool(exact.largest(x, radius) * weight / steps[0] < _LARGEST)

    with working(_ENCLOSING_BITS):
        low, high = 0, len(steps)  # the first ``low`` steps are sound; halve unless all of them are
        middle = high
        while low < high:
            low, high = (middle, high) if is_sound(middle - 1) else (low, middle - 1)
            middle = (low + high + 1) // 2
    return low


def _split(splitter: Splitter, computed: Estimates, start: int) -> NDArray[np.float64]:
    """Return the errors at the steps from ``start`` on, as a sweep computes them."""
    columns = [
        [parts.errors for parts in splitter.split(*at_step(computed, place))]
        for place in range(start, len(computed.steps))
    ]
    return np.array(columns).T


def at_step(computed: Estimates, place: int) -> tuple[float, dict[int, float], list[tuple[Scheme, float]]]:
    """Return what :meth:`numdiff.error.split.Splitter.split` asks for at one step: Δx, the nodes, the quotients."""
    nodes = {offset: float(places[place if places.size > 1 else 0]) for offset, places in computed.nodes.items()}
    return (
        float(computed.steps[place]),
        nodes,
        list(zip(computed.schemes, computed.values[:, place].tolist(), strict=True)),
    )
