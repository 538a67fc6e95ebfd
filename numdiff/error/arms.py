"""Truncation and round-off at the usual steps, for the slopes of the V and the verdict: a small part of a sweep's work.

A sweep also tells what rounding the nodes does and what evaluating f does, for which f is needed at every node twice.
Here the truncation error comes from the Taylor expansion of f at x wherever its remainder, enclosed over an interval
around x, is proved not to count, and from f at the exact nodes at the greater steps. The round-off is what is left of
the error. Each number is rounded once from as many bits as in a sweep, and is the same.
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
from numdiff.error.orders import Swept
from numdiff.error.split import ACCURACY, GUARD, Splitter
from numdiff.error.sweep import DEFAULT_STEPS, error_sweep
from numdiff.error.totals import at_step, exact_slope, sound_steps, subtract
from numdiff.function import Function, one_variable
from numdiff.reference.balls import Reference, accuracy, rational, to_float, working
from numdiff.reference.errors import NoValueError, Number

_CACHE_SIZE = 256
_TERMS = 18
"""Of the Taylor expansion, the last of them the remainder."""
_RADIUS = 2.0**-8
"""Of the interval around x over which the remainder is enclosed; fewer terms hardly reach farther."""
_BITS = 2 * GUARD
_LEFT_OUT = 2.0**-108
"""What the remainder may be at most, beside the greatest term."""
_LEFT_OUT_AT_LAST = 2.0**-75
"""What it may be at most, beside either part of the error."""


_VISIBLE = 2.0 ** (ACCURACY + 20 - GUARD)
"""See :meth:`_Expansion.hidden`; 20 bits are more than a rounded sum of values loses."""
_ZERO = rational(0)
_STEPS = [rational(step) for step in DEFAULT_STEPS.tolist()]


@dataclass(frozen=True, eq=False)
class ErrorArms(Swept):
    """The errors of several schemes at the default steps in float64, with both of their parts; read-only arrays.

    Attributes
    ----------
    schemes : tuple[str, ...]
        The names, in the order of the rows.
    x : float
    dtype : str
        "float64".
    steps : ndarray of float64, shape (n,)
        :data:`numdiff.error.sweep.DEFAULT_STEPS`.
    estimates, errors, truncation, rounding : ndarray of float64, shape (schemes, n)
    reasons : ndarray of str, shape (schemes, n)
    exact : float
        All as in :class:`numdiff.ErrorSweep`.
    """

    schemes: tuple[str, ...]
    x: float
    dtype: str
    steps: NDArray[np.float64]
    estimates: NDArray[np.float64]
    errors: NDArray[np.float64]
    truncation: NDArray[np.float64]
    rounding: NDArray[np.float64]
    reasons: NDArray[np.str_]
    exact: float


def error_arms(f: Function, x: float, schemes: Sequence[str | Scheme]) -> Swept:
    """Return the errors at the default steps in float64 with their two parts; a whole sweep where that is no dearer.

    Parameters
    ----------
    f : Function
        Of one variable, or of none. What is returned is kept, and returned again for the same arguments.
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
def _kept(f: Function, x: float, schemes: tuple[Scheme, ...]) -> Swept:
    exact = Reference(f)
    slope, _ = exact_slope(exact, x)
    computed = estimate(f, np.float64(x), DEFAULT_STEPS, schemes, "nominal")
    count = 0 if slope is None else sound_steps(exact, computed, abs(slope[0]))
    if slope is None or not count:
        return error_sweep(f, x, schemes)
    splitter, names = Splitter(exact, x), tuple(scheme.name for scheme in schemes)
    parts = np.full((2, *computed.values.shape), math.nan)
    with working(_BITS):
        for row, expansion in enumerate(_expansions(splitter, schemes, float(DEFAULT_STEPS[count - 1]))):
            _expand(expansion, splitter, computed.values[row, :count], parts[:, row, :count])
    errors, reasons = subtract(computed.values, slope), computed.reasons(otherwise="").copy()
    for place in np.flatnonzero(np.isnan(parts[1]).any(axis=0)).tolist():
        if place < count and _from_values(splitter, computed, place, parts[:, :, place]):
            continue
        for row, whole in enumerate(splitter.split(*at_step(computed, place))):
            parts[:, row, place] = whole.truncation, whole.rounding
            errors[row, place], reasons[row, place] = whole.errors, whole.reason
    truncation, rounding = parts
    return ErrorArms(
        names, computed.x, "float64", DEFAULT_STEPS, computed.values, errors, truncation, rounding, reasons,
        splitter.exact(),
    )  # fmt: skip


@dataclass(frozen=True)
class _Expansion:
    """The truncation error as a power series: ``terms[k]`` goes with Δxᵏ⁺¹.

    Left of ``end``, all the terms from the k-th on come to ``rest[k]``·Δxᵏ⁺¹ at most; the last bound has no term.
    ``largest`` bounds what f is there, ``order`` is the highest of all the schemes.
    """

    terms: list[Number]
    rest: NDArray[np.float64]
    end: float
    largest: float
    order: int

    def lengths(self, h: NDArray[np.float64]) -> NDArray[np.int_]:
        """Return how many terms are needed at each step; -1 where there are not enough."""
        powers = h ** np.arange(1.0, len(self.rest) + 1)[:, np.newaxis]
        sizes = np.abs(np.array([to_float(term) for term in self.terms]))[:, np.newaxis]
        is_enough = self.rest[:, np.newaxis] * powers <= _LEFT_OUT * np.max(sizes * powers[:-1], axis=0)
        return np.where(is_enough.any(axis=0) & (h <= self.end), is_enough.argmax(axis=0), -1)

    def hidden(self, h: NDArray[np.float64], x: float) -> NDArray[np.float64]:
        """Return below what a sweep may not see a truncation error with its first guess of bits, and calls it 0."""
        cancels = np.minimum(1.0, h / max(1.0, abs(x))) ** (self.order + 1)
        return np.asarray(_VISIBLE * self.largest * cancels / h)


def _expansions(splitter: Splitter, schemes: Sequence[Scheme], largest: float) -> list[_Expansion]:
    """Return the expansion of every scheme; none of them where f has none."""
    reach = max(abs(offset) for scheme in schemes for offset in scheme.offsets)
    radius, x = min(_RADIUS, reach * largest), rational(splitter.x)
    try:
        coefficients = splitter.reference.taylor(x, _TERMS)
    except NoValueError:
        return []
    bounds = splitter.reference.taylor_bounds(x, rational(radius), _TERMS + 1)
    expansions = []
    for scheme in schemes:
        weights = list(zip(scheme.numerators, scheme.offsets, strict=True))
        moments = [sum(w * o**degree for w, o in weights) for degree in range(_TERMS)]
        sizes = [sum(abs(w * o**degree) for w, o in weights) for degree in range(_TERMS + 1)]
        terms = [c * moment / scheme.denominator for c, moment in zip(coefficients, moments, strict=True)][2:]
        rest = np.array([b * size / scheme.denominator for b, size in zip(bounds, sizes, strict=True)][2:])
        expansions.append(_Expansion(terms, rest, radius / reach, bounds[0], max(s.order for s in schemes)))
    return expansions


def _expand(
    expansion: _Expansion, splitter: Splitter, estimates: NDArray[np.float64], parts: NDArray[np.float64]
) -> None:
    """Fill in truncation and round-off of one scheme at the steps where the expansion gives them, shape (2, n)."""
    h, slope = DEFAULT_STEPS[: len(estimates)], splitter.slope(_BITS)
    lengths = np.where(np.isfinite(estimates), expansion.lengths(h), -1)
    places = np.flatnonzero(lengths >= 0)
    lengths = lengths[places]
    for place, length, value in zip(places.tolist(), lengths.tolist(), estimates[places].tolist(), strict=True):
        step, truncation = _STEPS[place], _ZERO
        for term in expansion.terms[length - 1 :: -1] if length else ():
            truncation = (truncation + term) * step
        rounding = rational(value) - slope - truncation
        if accuracy(truncation) > GUARD / 2 and accuracy(rounding) > GUARD / 2:
            parts[:, place] = to_float(truncation), to_float(rounding)
    sizes = np.abs(parts[:, places])
    is_hidden = (sizes[0] < expansion.hidden(h[places], splitter.x)) & (sizes[0] > 0)
    rest = expansion.rest[lengths] * h[places] ** (lengths + 1)
    parts[:, places[is_hidden | (rest > _LEFT_OUT_AT_LAST * np.min(sizes, axis=0))]] = math.nan


def _from_values(splitter: Splitter, computed: Estimates, place: int, parts: NDArray[np.float64]) -> bool:
    """Fill in both parts of all schemes at a step from f at the exact nodes; return False if they need more bits."""
    h, nodes, pairs = at_step(computed, place)
    bits = splitter.first_guess(h, max(scheme.order for scheme in computed.schemes))
    grid = splitter.grid(h, nodes)
    with working(bits):
        for row, (scheme, value) in enumerate(pairs):
            exact_nodes = [grid.ideal[offset] for offset in scheme.offsets]
            ideal = splitter.combine(scheme, exact_nodes, bits) / (scheme.denominator * grid.h)
            numbers = (ideal - splitter.slope(bits), rational(value) - ideal) if math.isfinite(value) else (ideal,)
            if len(numbers) < 2 or min(map(accuracy, numbers)) < ACCURACY:
                return False
            parts[:, row] = tuple(map(to_float, numbers))
    return True
