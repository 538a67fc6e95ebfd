"""What is known of an exact value: the value with a bound of its error, "there is none here", or "not decided"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import mpmath

Status: TypeAlias = Literal["ok", "undefined", "undecidable"]

REASONS = ("pole", "domain", "kink", "jump", "cusp", "vertical_tangent", "overflow", "precision")
"""Why there is no exact value; see :class:`Exact`."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A value with its error bound, or the reason why there is none.

    Attributes
    ----------
    value : mpmath.mpf
        The value to the digits asked for (it carries its own precision); NaN unless ``status`` is ``"ok"``.
    radius : mpmath.mpf
        A proved bound of abs(value − true value); NaN unless ``status`` is ``"ok"``. If the true
        value may be 0, so that no relative digits can be had, ``value`` is 0 and ``radius`` is at most 10^−digits.
    status : {"ok", "undefined", "undecidable"}
        Whether there is a value, provably none, or no decision at the highest precision.
    reason : str or None
        Why not: ``"pole"``, ``"domain"``, ``"kink"``, ``"jump"``, ``"cusp"``, ``"vertical_tangent"`` for undefined;
        ``"overflow"`` (beyond 2^±1,000,000) or ``"precision"`` for undecidable.
    """

    value: Any
    radius: Any
    status: Status = "ok"
    reason: str | None = None

    @property
    def certified(self) -> bool:
        """True if value and radius, or the absence of a value, are proved: unless nothing could be decided."""
        return self.status != "undecidable"


def missing(status: Status, reason: str) -> Exact:
    """Return the answer that there is no value, or none that could be decided.

    Raises
    ------
    ValueError
        If the reason is none of :data:`REASONS`.
    """
    if reason not in REASONS:
        raise ValueError(f"reason must be one of {', '.join(REASONS)}, got {reason!r}")
    nan = mpmath.mpf("nan")
    return Exact(nan, nan, status, reason)
