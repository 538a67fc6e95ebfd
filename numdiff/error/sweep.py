"""The error of difference quotients against the step Δx, split into truncation and round-off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import as_dtype
from numdiff.difference.schemes import Scheme, Step, as_scheme, check_step
from numdiff.error.estimates import Estimates, estimate
from numdiff.error.orders import Swept
from numdiff.error.split import Parts, Splitter
from numdiff.function import Function, one_variable
from numdiff.reference.balls import Reference
from numdiff.reference.errors import REASONS

PER_DECADE = 7
DEFAULT_SCHEMES: tuple[str, ...] = ("forward", "backward", "central", "central4")
_CACHE_SIZE = 256
_PARTS = ("errors", "truncation", "rounding", "node_rounding", "evaluation")


def _decades(first: int, last: int) -> NDArray[np.float64]:
    """Return steps evenly spaced in the logarithm; the powers of ten are the very numbers 1e-4 and so on."""
    exponents = range(first * PER_DECADE, last * PER_DECADE + 1)
    steps = [float(f"1e{k // PER_DECADE}") if k % PER_DECADE == 0 else 10.0 ** (k / PER_DECADE) for k in exponents]
    return np.array(steps)


DEFAULT_STEPS: NDArray[np.float64] = _decades(-16, 1)
"""120 steps from 1e-16 to 10, seven to the decade, 1e-4 among them."""
DEFAULT_STEPS.flags.writeable = False


@dataclass(frozen=True, eq=False)
class ErrorSweep(Swept):
    """Difference quotients and their errors for several schemes and steps; all arrays are read-only.

    Attributes
    ----------
    schemes : tuple[str, ...]
        The names, in the order of the rows.
    x : float
        The point: the exact value held in the dtype.
    dtype : str
        The working precision.
    step_kind : "nominal" or "taken"
        What the differences were divided by.
    steps : ndarray of float64, shape (n,)
        Δx: the exact values held in the dtype. 0 where the dtype could not hold the step.
    estimates : ndarray of float64, shape (schemes, n)
        The quotients, computed in the dtype.
    errors, truncation, rounding, node_rounding, evaluation : ndarray of float64, shape (schemes, n)
        errors = estimates − exact = truncation + rounding, rounding = node_rounding + evaluation; signed, subtracted
        in high precision, each rounded once. See :mod:`numdiff.error.split` for the definitions. NaN where there is
        none.
    truncation_bound : ndarray of float64, shape (schemes, n)
        0 where the truncation error is known; else the proved bound of one that is reported as 0.
    reasons : ndarray of str, shape (schemes, n)
        "" where nothing is to be said; else why something is NaN, or what is wrong with the estimate:
        "not_differentiable" (f has a value but no derivative at x), "outside_domain" (x or a node is outside, or at
        a pole), "overflow" (beyond the range of the dtype), "step_underflow" (Δx rounds to 0), "step_lost" (every
        node rounds to the same number: the estimate is 0, or 0/0 with the step taken), "undecidable" (no proof at
        any affordable precision), "not_analytic" (complex step), "no_complex_dtype" (complex step in 16 bits),
        "no_exact_reference" (f is not a formula, or exact values were not asked for).
    exact : float
        f′(x) rounded to float64; NaN where there is none.
    """

    schemes: tuple[str, ...]
    x: float
    dtype: str
    step_kind: Step
    steps: NDArray[np.float64]
    estimates: NDArray[np.float64]
    errors: NDArray[np.float64]
    truncation: NDArray[np.float64]
    rounding: NDArray[np.float64]
    node_rounding: NDArray[np.float64]
    evaluation: NDArray[np.float64]
    truncation_bound: NDArray[np.float64]
    reasons: NDArray[np.str_]
    exact: float

    @property
    def is_exact(self) -> NDArray[np.bool_]:
        """Where the estimate is exactly f′(x), shape (schemes, n): such a zero error has no place on a log scale."""
        return np.equal(self.errors, 0)

    def parts(self, scheme: str, place: int = 0) -> Parts:
        """Return the error of one scheme at one step, with its parts and its reason."""
        row = self.row(scheme)
        numbers = {name: float(getattr(self, name)[row, place]) for name in (*_PARTS, "truncation_bound")}
        return Parts(**numbers, reason=REASONS[REASONS.index(str(self.reasons[row, place]))])


def error_sweep(
    f: AnyFunction,
    x: float,
    schemes: Sequence[str | Scheme] = DEFAULT_SCHEMES,
    steps: ArrayLike | None = None,
    dtype: DTypeLike = np.float64,
    *,
    step: Step = "nominal",
    exact: bool = True,
    derivative: float | None = None,
) -> ErrorSweep:
    """Return the difference quotients of f at x for many steps, with their errors split into parts.

    Parameters
    ----------
    f : Function or callable
        The parts of the error need a :class:`numdiff.Function` of one variable (or of none). Sweeps of a Function
        are kept, and returned again for the same arguments.
    x : float
        The point; rounded to the dtype first.
    schemes : sequence of str or Scheme
        Names of :data:`numdiff.difference.schemes.SCHEMES`, or schemes for the first derivative.
    steps : array_like, optional
        Δx, one-dimensional, finite and not 0; rounded to the dtype first. By default :data:`DEFAULT_STEPS`.
    dtype : dtype
        float16, bfloat16, float32 or float64: every operation of the estimates is done in it.
    step : "nominal" or "taken"
        Divide by Δx, or by the step between the rounded nodes; see :func:`numdiff.difference`.
    exact : bool
        False leaves out the errors, which cost much more time than the estimates.
    derivative : float, optional
        The exact f′(x) for a callable that is not a Function; the errors, but not their parts, come from it.

    Returns
    -------
    ErrorSweep

    Raises
    ------
    ValueError
        If an argument is outside the range given here, or f has several variables.

    Examples
    --------
    >>> import numdiff as nd
    >>> sweep = nd.error_sweep(nd.parse("x^3"), 1.0, schemes=("forward", "central"))
    >>> sweep.errors.shape == (2, sweep.steps.size)
    True
    """
    chosen = tuple(as_scheme(scheme) for scheme in schemes)
    if not chosen or any(scheme.derivative != 1 for scheme in chosen):
        raise ValueError("schemes must be one or more schemes for the first derivative")
    check_step(step)
    working = as_dtype(dtype)
    wanted = DEFAULT_STEPS if steps is None else np.asarray(steps, dtype=np.float64)
    if wanted.ndim != 1 or not wanted.size or not wanted.all() or not np.isfinite(wanted).all():
        raise ValueError("steps must be one-dimensional, finite and not 0")
    if not isinstance(f, Function):
        return _sweep(f, float(x), _Settings(chosen, wanted.tobytes(), working.name, step, exact=False), derivative)
    return _kept(one_variable(f), float(x), _Settings(chosen, wanted.tobytes(), working.name, step, exact))


@dataclass(frozen=True, slots=True)
class _Settings:
    """What is asked of a sweep, hashable; ``steps`` are the bytes of a float64 array."""

    schemes: tuple[Scheme, ...]
    steps: bytes
    dtype: str
    step: Step
    exact: bool


@lru_cache(maxsize=_CACHE_SIZE)
def _kept(f: Function, x: float, settings: _Settings) -> ErrorSweep:
    return _sweep(f, x, settings, None)


def _sweep(f: AnyFunction, x: float, settings: _Settings, derivative: float | None) -> ErrorSweep:
    dtype, step = as_dtype(settings.dtype), settings.step
    with np.errstate(all="ignore"):
        point, h = dtype.type(x), np.frombuffer(settings.steps).astype(dtype)
    if not np.isfinite(point):
        raise ValueError(f"x must be a finite number in {dtype.name}, got {x!r}")
    computed = estimate(f, point, h, settings.schemes, step)
    if settings.exact and isinstance(f, Function):
        parts, slope = _split(Splitter(Reference(f), computed.x, step), computed)
    else:
        parts, slope = _without_reference(computed, derivative)
    if dtype.itemsize == 2:
        parts["reasons"][[scheme.imaginary for scheme in settings.schemes]] = "no_complex_dtype"
    names = tuple(scheme.name for scheme in settings.schemes)
    return ErrorSweep(names, computed.x, dtype.name, step, computed.steps, computed.values, **parts, exact=slope)


def _split(splitter: Splitter, computed: Estimates) -> tuple[dict[str, NDArray[Any]], float]:
    """Return the arrays of the parts, and f′(x)."""
    count = len(computed.steps)
    nodes = {offset: np.broadcast_to(places, count).tolist() for offset, places in computed.nodes.items()}
    columns = [
        splitter.split(
            h,
            {offset: places[column] for offset, places in nodes.items()},
            list(zip(computed.schemes, computed.values[:, column].tolist(), strict=True)),
        )
        for column, h in enumerate(computed.steps.tolist())
    ]
    arrays = {
        item.name: np.array([[getattr(parts, item.name) for parts in column] for column in columns]).T
        for item in fields(Parts)
    }
    arrays["reasons"] = arrays.pop("reason").astype("<U18")
    return arrays, splitter.exact()


def _without_reference(computed: Estimates, derivative: float | None) -> tuple[dict[str, NDArray[Any]], float]:
    """Return arrays of NaN for the parts; the errors come from the derivative if it is given."""
    unknown = np.full(computed.values.shape, np.nan)
    parts: dict[str, NDArray[Any]] = dict.fromkeys(_PARTS, unknown)
    parts["truncation_bound"] = np.zeros(computed.values.shape)
    parts["reasons"] = computed.reasons(otherwise="no_exact_reference")
    if derivative is None:
        return parts, math.nan
    return parts | {"errors": computed.values - derivative}, derivative
