"""The textbook's model of the error, A·h^p + B/h, and the step at which it is least.

A·h^p is the leading term of the quotient's Taylor expansion, A = abs(c·f⁽ᵖ⁺¹⁾(x)); B = W·δ with W = Σ abs(wₖ) is
what an error δ in each value of f can do. The model's minimum is at h* = (B/(p·A))^(1/(p+1)). See J. Nocedal,
S. Wright, Numerical Optimization, 2nd ed., section 8.1, for forward and central differences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from numdiff.blackbox.precision import as_dtype, unit_roundoff
from numdiff.difference.schemes import Scheme, as_scheme
from numdiff.function import Function, one_variable
from numdiff.reference.balls import Reference, accuracy, contains_zero, rational, to_float, upper_bound, working
from numdiff.reference.errors import NoValueError, Number

FURTHER_TERMS = 8
"""How many terms beyond the leading one are tried where the leading derivative vanishes."""

_BITS = (256, 1024, 4096)
_NEGLIGIBLE = 2.0**-100


@dataclass(frozen=True, slots=True)
class OptimalStep:
    """The step at which the model's error is least.

    Attributes
    ----------
    step : float
        h*; inf if there is no truncation error, NaN if there is no model. Where B is 0, the step below which the
        truncation error is lost in the rounding of the result: any smaller one is as good.
    error : float
        The model's error there.
    reason : str
        "" for the plain formula; "leading_derivative_vanishes" (the next term that does not vanish is used),
        "no_truncation" (no term is left: the larger the step, the better), "no_rounding_arm" (B is 0: f and x·f′
        vanish, or nothing is subtracted), "not_differentiable", "outside_domain", "undecidable", or "overflow" (a
        derivative is beyond float64's range).
    order : int
        The power of h in the truncation term; 0 if there is none.
    truncation, rounding : float
        A and B of the model A·h^order + B/h.
    """

    step: float
    error: float
    reason: str = ""
    order: int = 0
    truncation: float = math.nan
    rounding: float = math.nan

    def truncation_line(self, h: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the model's truncation error A·h^order."""
        return np.asarray(self.truncation * np.abs(h) ** self.order)

    def rounding_line(self, h: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the model's round-off B/h."""
        return np.asarray(self.rounding / np.abs(h))


def taylor_terms(f: Function, x: float, count: int = 8) -> NDArray[np.float64]:
    """Return the derivatives f(x), f′(x), f″(x), … as far as asked for.

    Parameters
    ----------
    f : Function
        Of one variable, or of none.
    x : float
        Taken as its exact binary value.
    count : int
        How many, at least 1.

    Returns
    -------
    ndarray of float64, shape (count,)
        f⁽ⁿ⁾(x), correctly rounded from certified values; 0 where it is 0, or where it cannot be told from 0 and is
        proved to be less than 2⁻¹⁰⁰ of the greatest Taylor coefficient. All NaN where f has no Taylor expansion.

    Raises
    ------
    ValueError
        If count is less than 1 or f has several variables.

    Examples
    --------
    >>> import numdiff as nd
    >>> nd.taylor_terms(nd.parse("e^(2x)"), 0.0, 5)
    array([ 1.,  2.,  4.,  8., 16.])
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    try:
        terms = _coefficients(Reference(one_variable(f)), float(x), count)
    except NoValueError:
        return np.full(count, math.nan)
    with np.errstate(over="ignore"):
        return np.array([term * float(math.factorial(n)) for n, term in enumerate(terms)])


def optimal_step(f: Function, x: float, scheme: str | Scheme, dtype: DTypeLike = np.float64) -> OptimalStep:
    """Return the step at which the model of the error is least.

    Parameters
    ----------
    f : Function
        Of one variable, or of none; its higher derivatives are computed exactly.
    x : float
        The point, rounded to the dtype first.
    scheme : str or Scheme
        A name of :data:`numdiff.difference.schemes.SCHEMES`, or a scheme for the first derivative.
    dtype : dtype
        The working precision; its unit roundoff is u.

    Returns
    -------
    OptimalStep

    Raises
    ------
    ValueError
        If scheme or dtype is unknown, or f has several variables.

    Notes
    -----
    The error of one value is taken as δ = u·abs(f)·κ with κ = max(1, abs(x·f′/f)), the condition of f at x: rounding
    x, as the nodes are, changes f by that much. So δ = u·max(abs(f), abs(x·f′)). For the complex step nothing is
    subtracted: B is 0, and below h = √(u·abs(f′)/A) its error is u·abs(f′).

    Examples
    --------
    >>> import numdiff as nd
    >>> best = nd.optimal_step(nd.parse("e^x"), 1.0, "central")
    >>> bool(1e-6 < best.step < 1e-4)
    True
    """
    chosen, working_dtype = as_scheme(scheme), as_dtype(dtype)
    if chosen.derivative != 1:
        raise ValueError("scheme must be one for the first derivative")
    with np.errstate(over="ignore"):
        point = float(working_dtype.type(x))
    if not math.isfinite(point):
        raise ValueError(f"x must be a finite number in {working_dtype.name}, got {x!r}")
    try:
        terms = _coefficients(Reference(one_variable(f)), point, chosen.order + 2 + FURTHER_TERMS)
    except NoValueError as missing:
        return OptimalStep(math.nan, math.nan, missing.reason)
    roundoff = unit_roundoff(working_dtype)
    noise = float(chosen.noise) * roundoff * max(abs(terms[0]), abs(point * terms[1]))
    return _least(chosen, terms, noise, roundoff * abs(terms[1]))


def _least(scheme: Scheme, terms: Sequence[float], noise: float, floor: float) -> OptimalStep:
    """Return the minimum of A·h^p + noise/h; ``floor`` is the error that remains where nothing is subtracted."""
    leading = scheme.order + 1
    degrees = [n for n in range(leading, len(terms)) if scheme.moment(n) and terms[n]]
    if not degrees:
        return OptimalStep(math.inf, floor if scheme.imaginary else 0.0, "no_truncation", 0, 0.0, noise)
    degree = degrees[0]
    order = degree - 1
    growth = abs(float(scheme.moment(degree) * math.factorial(degree)) * terms[degree])
    reason = "leading_derivative_vanishes" if degree > leading else ""
    if noise == 0:
        return OptimalStep((floor / growth) ** (1 / order), floor, reason or "no_rounding_arm", order, growth, noise)
    step = (noise / (order * growth)) ** (1 / (order + 1)) if growth else math.inf
    if not 0 < step < math.inf:  # a derivative beyond float64's range
        return OptimalStep(math.nan, math.nan, "overflow")
    return OptimalStep(step, growth * step**order + noise / step, reason, order, growth, noise)


def _coefficients(high: Reference, x: float, count: int) -> tuple[float, ...]:
    """Return f⁽ⁿ⁾(x)/n! as floats, raising the precision until each is known."""
    for bits in _BITS:
        is_last = bits == _BITS[-1]
        with working(bits):
            try:
                terms = high.taylor(rational(x), count)
            except NoValueError as missing:
                if missing.reason == "undecidable" and not is_last:
                    continue
                raise
            if is_last or all(accuracy(term) >= 60 or contains_zero(term) for term in terms):
                return _rounded(terms)
    raise AssertionError("the last precision returns or raises")


def _rounded(terms: Sequence[Number]) -> tuple[float, ...]:
    greatest = max(upper_bound(term) for term in terms)
    if any(contains_zero(term) and upper_bound(term) > _NEGLIGIBLE * greatest for term in terms):
        raise NoValueError("undecidable")
    return tuple(0.0 if contains_zero(term) else to_float(term) for term in terms)
