"""Derivatives of any order up to ten from values of f alone, with an error estimate and a status."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.dual_call import on_duals, parts
from numdiff.blackbox.dual_number import Dual, plain
from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivative.adaptive.values import values_at
from numdiff.derivative.result import SUCCESSFUL, DerivativeResult, Reason, Status
from numdiff.error.model import taylor_terms
from numdiff.function import Function

HIGHEST = 10
"""The highest order of a derivative: beyond, rounding leaves no digits."""
DEEPEST = 6
"""So deep dual numbers are nested at most: a product of them takes 3**n products of numbers."""
TOP = 1
"""The largest step is 2**TOP times the greater of 1 and abs(x)."""
FINEST = 44
"""So many halvings lie below it."""
COLUMNS = 6
"""How often the expansion in powers of the step is extrapolated, and once less."""
WITNESSES = 3
"""How many finer steps an entry needs to be judged."""
SAFETY = 2.0
"""A disagreement is a measure of an error, and not a bound."""
CLEAR = 8.0
"""A finer entry that disagrees with the best one by so many times its error has seen what the other has missed."""
SEEN = 64.0
"""So many times the rounding of f is none."""
STEADY = 0.05
"""A power law keeps its power from step to step within this."""
SHARP = 1e-3
"""A relative error up to this is a result; more is limited by noise."""

LITTLE = 1e-6
"""Below this size an error of the same part of it is a result, too."""

Floats = NDArray[np.float64]


class _Best(NamedTuple):
    value: float
    error: float
    truncation: float
    step: float
    order: int


_NONE = _Best(math.nan, math.nan, math.nan, math.nan, 0)


class _Ladder(NamedTuple):
    """The steps about one point, the finest first, and f at x + j·h for every whole j of the stencil."""

    steps: Floats
    values: Callable[[int], Floats]
    """From j to f(x + j·h) for every step."""
    roundoff: float


def by_values(f: Asked, x: Floats, n: int, dtype: np.dtype[Any]) -> list[DerivativeResult]:
    """Return the n-th derivative at every point from values of f.

    Notes
    -----
    The central difference of order n over h**n (for odd n the mean of the two beside x) is the derivative and a series
    in h², h⁴, …, which Richardson's extrapolation removes on steps that are powers of two; noise grows as 1/h**n. At
    an edge of the domain it is the difference of f on one side, and a series in h, h², …
    """
    return [_at_point(f, float(point), n, dtype) for point in x]


def _at_point(f: Asked, x: float, n: int, dtype: np.dtype[Any]) -> DerivativeResult:
    if not math.isfinite(x):
        return _result(_NONE, 0, Status.OUTSIDE_DOMAIN, Reason.NOT_FINITE)
    reach = (n + 2) // 2 + 1  # one more than the derivative needs: for the difference that tells of a jump
    ladder, count = _sample(f, x, range(-reach, reach + 1), dtype)
    middle = ladder.values(0)[0]
    if not math.isfinite(middle):
        return _result(_NONE, count, Status.OUTSIDE_DOMAIN, Reason.UNDEFINED)
    is_there = [np.isfinite(ladder.values(side)[: FINEST // 2]).any() for side in (-1, 1)]
    if not any(is_there):
        return _result(_NONE, count, Status.OUTSIDE_DOMAIN, Reason.ISOLATED)
    if not all(is_there):
        side = 1 if is_there[1] else -1
        ladder, more = _sample(f, x, range(0, side * (n + 2), side), dtype)
        best, grows = _one_sided(ladder, n, side), _keeps_growing(ladder, n, side)
        if grows:
            return _result(_NONE, count + more, Status.NOT_DIFFERENTIABLE, Reason.VERTICAL_TANGENT_AT_EDGE)
        return _result(best, count + more, Status.ONE_SIDED, Reason.DOMAIN_EDGE)
    reason = _obstacle(ladder, n)
    if reason:
        return _result(_NONE, count, Status.NOT_DIFFERENTIABLE, reason)
    return _result(_central(ladder, n), count, Status.CONVERGED, Reason.NONE)


def _sample(
    f: Asked,
    x: float,
    stencil: range,
    dtype: np.dtype[Any],
) -> tuple[_Ladder, int]:
    """Return f about x with one call, every point asked for once, and at how many points it was asked for."""
    finest = min(FINEST, int(-math.log2(unit_roundoff(dtype))) - 8 + TOP)
    top = math.floor(math.log2(max(abs(x), 1.0))) + TOP
    steps = np.exp2(np.arange(top - finest, top + 1, dtype=np.float64))
    table = x + np.outer(np.array(stencil, dtype=np.float64), steps)
    asked_for = table.astype(dtype)
    nodes, places = np.unique(asked_for, return_inverse=True)
    known, computed_in = values_at(f, nodes)
    # nodes that the precision cannot hold are none
    values = np.where(asked_for.astype(np.float64) == table, known[places].reshape(table.shape), np.nan)
    first, jump = stencil.start, stencil.step
    return _Ladder(steps, lambda j: values[(j - first) // jump], unit_roundoff(computed_in)), nodes.size


def _difference(ladder: _Ladder, offsets: list[int], weights: list[float]) -> tuple[Floats, Floats]:
    """Return Σ w·f(x + j·h) for every step, and Σ abs(w·f)."""
    terms = np.stack([weight * ladder.values(j) for j, weight in zip(offsets, weights, strict=True)])
    return terms.sum(axis=0), np.abs(terms).sum(axis=0)


def _binomial(n: int) -> list[float]:
    return [float((-1) ** (n - k) * math.comb(n, k)) for k in range(n + 1)]


def _central_difference(ladder: _Ladder, n: int) -> tuple[Floats, Floats]:
    """Return δⁿf about x: for odd n the mean of the differences half a step to the right and to the left."""
    half = n // 2
    if n % 2 == 0:
        return _difference(ladder, list(range(-half, half + 1)), _binomial(n))
    weights = np.convolve(_binomial(n), [0.5, 0.5]).tolist()
    return _difference(ladder, list(range(-half - 1, half + 2)), weights)


def _central(ladder: _Ladder, n: int) -> _Best:
    total, size = _central_difference(ladder, n)
    return _extrapolated(ladder, total, size, (n, (2, 4, 6, 8, 10)))


def _one_sided(ladder: _Ladder, n: int, side: int) -> _Best:
    total, size = _difference(ladder, list(range(0, side * (n + 1), side)), _binomial(n))
    return _extrapolated(ladder, total * side**n, size, (n, (1, 2, 3, 4, 5)))


def _extrapolated(ladder: _Ladder, total: Floats, size: Floats, law: tuple[int, tuple[int, ...]]) -> _Best:
    """Return the entry of Richardson's table with the least error, or a finer one that clearly contradicts it.

    The error of an entry is the greatest disagreement between it or a finer one and the next finer one of the same
    column, each times the power by which noise grows, and the rounding of f.
    """
    n, powers = law
    steps = ladder.steps
    with np.errstate(all="ignore"):
        entries = [total / steps**n]
        for power in powers:
            last = entries[-1]
            entries.append(np.append(last[:-1] + (last[:-1] - last[1:]) / (2.0**power - 1), np.nan))
        table = np.stack(entries[:COLUMNS], axis=1)
        gaps = np.abs(np.diff(table, axis=0, prepend=np.nan)) * steps[:, None] ** n
        noise = SEEN / 16 * ladder.roundoff * np.maximum.accumulate(np.where(np.isfinite(size), size, 0))
        charged = np.maximum.accumulate(np.where(np.isfinite(gaps), gaps, 0.0), axis=0)
        errors = (SAFETY * charged + noise[:, None]) / steps[:, None] ** n
        judged = np.cumsum(np.isfinite(gaps), axis=0) >= WITNESSES
    errors = np.where(judged & np.isfinite(table) & np.isfinite(errors), errors, np.inf)
    place = int(errors.argmin())
    if not math.isfinite(errors.flat[place]):
        return _NONE
    while True:
        rung, _ = divmod(place, table.shape[1])
        away = np.abs(table[:rung] - table.flat[place])
        clear = np.where(away > CLEAR * (errors[:rung] + errors.flat[place]), errors[:rung], np.inf)
        if not clear.size or not math.isfinite(clear.min()):
            break
        place = int(clear.argmin())
    rung, column = divmod(place, table.shape[1])
    value, error = float(table[rung, column]), float(errors[rung, column])
    # x and the nodes are rounded, too: what moving x by half a unit does cannot be told apart
    error += 2 * n * ladder.roundoff * abs(value)
    truncation = min(error, float(np.nan_to_num(gaps[rung, column] / steps[rung] ** n)))
    if not _is_sharp(value, error):  # what finer steps see, beyond the rounding of f, may be true
        seen = np.isfinite(size[:rung]) & (gaps[:rung, 0] > SEEN * ladder.roundoff * size[:rung])
        error = max(error, 2 * float(np.abs(table[:rung, 0]).max(where=seen, initial=0.0)))
    return _Best(value, error, truncation, float(steps[rung]), powers[column] if column < len(powers) else powers[-1])


def _obstacle(ladder: _Ladder, n: int) -> Reason:
    """Return what stands against an n-th derivative: a jump of it, or an infinite one; else nothing.

    δⁿ⁺¹f/hⁿ tends to 0 if there is one, to a number if it jumps, and grows if it is infinite, as the quotient itself.
    """
    for order in (n + 1, n):
        total, size = _central_difference(ladder, order)
        power = _steady_power(ladder, total / ladder.steps**n, size / ladder.steps**n)
        if power is not None and order == n + 1 and abs(power) <= STEADY:
            return Reason.KINK
        if power is not None and -n - STEADY < power < -STEADY:
            return Reason.VERTICAL_TANGENT
    return Reason.NONE


def _keeps_growing(ladder: _Ladder, n: int, side: int) -> bool:
    total, size = _difference(ladder, list(range(0, side * (n + 1), side)), _binomial(n))
    power = _steady_power(ladder, total / ladder.steps**n, size / ladder.steps**n)
    return power is not None and -n - STEADY < power < -STEADY


def _steady_power(ladder: _Ladder, quotient: Floats, size: Floats) -> float | None:
    """Return the power of h as which the finest quotients go that are more than rounding; None if they keep to none."""
    with np.errstate(all="ignore"):
        seen = np.flatnonzero(np.abs(quotient) > SEEN * ladder.roundoff * size)
        count = min(8, max(4, ladder.steps.size // 4))
        if seen.size < count or seen[count - 1] - seen[0] != count - 1:
            return None
        growth = np.diff(np.log2(np.abs(quotient[seen[:count]])))
    if not np.all(np.isfinite(growth)) or np.ptp(growth) > STEADY:
        return None
    return float(growth.mean())


def _result(best: _Best, nfev: int, status: Status, reason: Reason) -> DerivativeResult:
    if status in SUCCESSFUL and not _is_sharp(best.value, best.error):
        status, reason = Status.NOISE_LIMITED, Reason.NOISE
    value, error, truncation, step, order = best
    sides = (math.nan, math.nan) if status == Status.ONE_SIDED else (value, value)
    numbers = (value, error, truncation, error - truncation, step, order)
    return DerivativeResult(*numbers, "auto", nfev, status in SUCCESSFUL, status, reason, *sides)


def _is_sharp(value: float, error: float) -> bool:
    return error <= SHARP * max(abs(value), LITTLE)


def by_rules(f: Any, x: NDArray[Any], n: int) -> list[DerivativeResult]:  # noqa: ANN401 - a Function or a callable
    """Return the n-th derivative by rules: of a typed function from its series, of a callable by nested dual numbers.

    Raises
    ------
    TypeError
        If a callable cannot work on dual numbers.
    """
    return [_by_rule(f, point, n) for point in x]


def _by_rule(f: Any, x: Any, n: int) -> DerivativeResult:  # noqa: ANN401
    if isinstance(f, Function):
        value = float(taylor_terms(f, float(x), n + 1)[n]) if math.isfinite(x) else math.nan
        error = unit_roundoff(np.float64) * abs(value)
    else:
        number: Any = Dual(x, 1.0)
        for _ in range(n - 1):
            number = Dual(number, 1.0)
        item = on_duals(f, number)
        lower = []
        for _ in range(n):
            lower.append(float(np.asarray(plain(item))))
            item = item.slope if isinstance(item, Dual) else 0.0
        value = float(parts(item)[0]) if np.all(np.isfinite(lower)) else math.nan  # it needs all lower ones
        error = 8 * n * 2**n * unit_roundoff(np.asarray(x).dtype) * abs(value)
    is_known = math.isfinite(value)
    value, error = (value, error) if is_known else (math.nan, math.nan)
    status = Status.CONVERGED if is_known else Status.NOT_DIFFERENTIABLE
    return DerivativeResult(
        value, error, 0.0 * error, error, 0.0, 0, "dual", 1, is_known, status, Reason.NONE, value, value
    )
