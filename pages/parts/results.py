"""The numbers under the picture: values of f, quotients, the exact derivative, the errors and their parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from numdiff.evaluate.exact import Exact, exact_derivative
from numdiff.function import Function
from numdiff.schemes import SCHEMES
from numdiff.sides import Sides, one_sided_slopes
from numdiff.sweep import ErrorSweep, error_sweep
from pages.parts.entries import function_of, variable_of
from pages.parts.picture import value

EXACT_DIGITS = 30
"""Digits of f′(x) asked for: more than are shown, so that those shown are true."""

NODE_SIGNS = (1, 0, -1)
"""x + Δx, x, x − Δx: the nodes of all schemes that have a secant."""


@dataclass(frozen=True)
class Result:
    """Everything that is known at x with the step Δx.

    Attributes
    ----------
    function : Function
    x, dx : float
    nodes : dict
        f at x + Δx, x and x − Δx by the sign of the offset, in float64.
    sweep : ErrorSweep
        With one column, for this Δx.
    exact : Exact
        f′(x).
    sides : Sides or None
        The one-sided slopes where there is no derivative.
    """

    function: Function
    x: float
    dx: float
    nodes: dict[int, float]
    sweep: ErrorSweep
    exact: Exact
    sides: Sides | None

    @property
    def has_value(self) -> bool:
        """True if f has a finite value at x."""
        return math.isfinite(self.nodes[0])

    @property
    def has_derivative(self) -> bool:
        """True if f′(x) is known."""
        return self.exact.status == "ok"

    def difference(self, scheme: str) -> float:
        """Return the numerator of the quotient as float64 computes it."""
        offsets = sorted(int(offset) for offset in SCHEMES[scheme].offsets)
        with np.errstate(all="ignore"):
            return float(np.float64(self.nodes[offsets[-1]]) - np.float64(self.nodes[offsets[0]]))

    def estimate(self, scheme: str) -> float:
        """Return the quotient in float64."""
        return float(self.sweep.estimates[self.sweep.row(scheme), 0])

    def part(self, name: str, scheme: str) -> float:
        """Return one of errors, truncation, rounding, node_rounding, evaluation; NaN where there is none."""
        return float(getattr(self.sweep, name)[self.sweep.row(scheme), 0])

    def reason(self, scheme: str) -> str:
        """Return why the scheme has no error here, or "" ."""
        return str(self.sweep.reasons[self.sweep.row(scheme), 0])


@lru_cache(maxsize=512)
def result(text: str, x: float, dx: float, schemes: tuple[str, ...]) -> Result:
    """Return the numbers for a function that was understood."""
    function = function_of(text)
    name = variable_of(function)
    sweep = error_sweep(function, x, schemes or ("central",), steps=[dx])
    nodes = {sign: float(value(function, x + sign * dx)) for sign in NODE_SIGNS}
    exact = exact_derivative(function.tree, {name: Fraction(x)}, name, digits=EXACT_DIGITS)
    sides = None if exact.status == "ok" else one_sided_slopes(function, x)
    return Result(function, x, dx, nodes, sweep, exact, sides)


def verdict(found: Result, scheme: str) -> str:
    """Return the id of the sentence that says what is seen here with a scheme."""
    if not found.has_value:  # f may have a value that float64 cannot hold
        return "verdict.outside" if found.exact.status == "undefined" else "verdict.overflow"
    if found.sides is not None:
        return f"verdict.{_kind(found.sides)}"
    if reason := found.reason(scheme):
        return f"verdict.{reason}"
    error, truncation = found.part("errors", scheme), found.part("truncation", scheme)
    node, evaluation = found.part("node_rounding", scheme), found.part("evaluation", scheme)
    rounding = found.part("rounding", scheme)
    if error == 0:
        return "verdict.exact" if truncation == 0 else "verdict.cancelled"
    source = "nodes" if abs(node) > abs(evaluation) else "evaluation"
    if truncation == 0:
        return f"verdict.only_{source}"
    if abs(truncation) > 3 * abs(rounding):
        return "verdict.truncation"
    return f"verdict.{source}" if abs(rounding) > 3 * abs(truncation) else "verdict.balanced"


def _kind(sides: Sides) -> str:
    left, right = sides.left, sides.right
    statuses = {left.status, right.status}
    if statuses == {"slope"}:
        return "kink" if left.slope != right.slope else "unknown"
    if statuses == {"vertical"}:
        return "vertical" if left.slope == right.slope else "cusp"
    if statuses == {"outside"}:
        return "isolated"
    if "outside" in statuses:
        inside = left if right.status == "outside" else right
        return {"slope": "edge", "vertical": "edge_vertical"}.get(inside.status, "unknown")
    return "unknown"
