"""What a derivative comes with: an error estimate, a status, and the reason where there is no derivative."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

import numpy as np


class _Word(StrEnum):
    """A word that is printed as such, also in an array."""

    def __repr__(self) -> str:
        return repr(self.value)


class Status(_Word):
    """How it went. ``success`` is True for the first two."""

    CONVERGED = "converged"
    """The derivative from both sides."""
    ONE_SIDED = "one_sided"
    """f ends at x, and has a finite derivative from the side on which it lives."""
    KINK = "kink"
    """Left and right derivative are finite and differ."""
    NOT_DIFFERENTIABLE = "not_differentiable"
    """f has a value at x, but no derivative: a jump, a pole, a cusp, …"""
    OUTSIDE_DOMAIN = "outside_domain"
    """f has no finite value at x, or none beside it."""
    NOISE_LIMITED = "noise_limited"
    """Rounding noise in f, or too coarse a spacing of the numbers at x, leaves an uncertain number."""
    UNVERIFIED = "unverified"
    """A method with fixed steps gives a number, but the values of f about x do not bear it out: look with "auto"."""


SUCCESSFUL = (Status.CONVERGED, Status.ONE_SIDED)
"""The statuses of a derivative that can be relied on within its error."""


class Reason(_Word):
    """Why, for people: what is seen at x in the values of f."""

    NONE = ""
    KINK = "kink"
    """Two different slopes meet, as in abs(x) at 0."""
    JUMP = "jump"
    """f tends to another value than f(x) on at least one side, as sign(x) at 0."""
    POLE = "pole"
    """f grows without bound towards x, as 1/x at 0."""
    CUSP = "cusp"
    """Infinite slopes of opposite signs meet, as in √abs(x) at 0."""
    VERTICAL_TANGENT = "vertical_tangent"
    """The slope is infinite, as that of ∛x at 0."""
    OSCILLATION = "oscillation"
    """The difference quotient has no limit, as that of x·sin(1/x) at 0."""
    DOMAIN_EDGE = "domain_edge"
    """f has values on one side of x only."""
    JUMP_AT_EDGE = "jump_at_domain_edge"
    POLE_AT_EDGE = "pole_at_domain_edge"
    """As ln x at 0."""
    VERTICAL_TANGENT_AT_EDGE = "vertical_tangent_at_domain_edge"
    """As √x at 0."""
    OSCILLATION_AT_EDGE = "oscillation_at_domain_edge"
    HOLE = "hole"
    """f has no value at x and tends to the same one from both sides, as sin(x)/x at 0."""
    UNDEFINED = "undefined"
    """f has no values at x and beside it, as √x at −1."""
    ISOLATED = "isolated_point"
    """f has a value at x, but none beside it."""
    NOISE = "noise"
    """Rounding errors of f drown its change."""
    NOT_FINITE = "not_finite"
    """x is NaN or infinite."""
    NOT_ANALYTIC = "not_analytic"
    """The complex step needs a function that takes complex numbers as a power series does."""


def lines_of(result: Any) -> str:  # noqa: ANN401 - a dataclass
    """Return the fields of a result one below the other, as SciPy prints its results."""
    names = [item.name for item in fields(result) if not item.name.startswith("_")]
    width = max(map(len, names))
    rows = []
    for name in names:
        text = _text(getattr(result, name)).replace("\n", "\n" + " " * (width + 3))
        rows.append(f" {name:>{width}}: {text}")
    return "\n".join(rows)


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, np.generic):
        value = value.item()
    return repr(str(value)) if isinstance(value, StrEnum) else str(value) if not isinstance(value, str) else repr(value)


@dataclass(frozen=True, slots=True, repr=False)
class DerivativeResult:
    """A derivative with what is known of it: scalars for a scalar x, else arrays of the shape of x.

    Attributes
    ----------
    df : float
        The derivative; NaN where there is none.
    error : float
        An estimate of abs(df − f′(x)), meant to be an upper bound: truncation_error + rounding_error. NaN where df is.
    truncation_error, rounding_error : float
        Its two parts, both ≥ 0: what the step leaves out, and what the rounding of f, x and the quotients may do.
    step : float
        The smallest step of the quotients that df was made of.
    order : int
        The order of accuracy: the truncation error falls as step**order. 0 if there is none.
    method : str
        What was asked for.
    nfev : int
        At how many points f was evaluated, besides the one that shows whether a callable is elementwise.
    success : bool
        True if df can be relied on within ``error``.
    status : Status
    reason : Reason
    left, right : float
        The derivatives from the left and from the right; ±inf for a vertical tangent or a jump, NaN if there is none.
    raised : str
        What f raised first where it counts as undefined, and where, such as "ValueError: math domain error (at -0.5)".
    """

    df: Any
    error: Any
    truncation_error: Any
    rounding_error: Any
    step: Any
    order: Any
    method: str
    nfev: Any
    success: Any
    status: Any
    reason: Any
    left: Any
    right: Any
    raised: str = ""

    def __repr__(self) -> str:
        return lines_of(self)
