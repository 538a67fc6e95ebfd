"""The numbers under the picture: values of f, quotients, the exact derivative, the errors and their parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numdiff.difference.schemes import SCHEMES
from numdiff.error.advice import Verdict
from numdiff.error.nearby import explain_nearby
from numdiff.error.point import Point, point_kind
from numdiff.error.split import Parts
from numdiff.error.sweep import ErrorSweep, error_sweep
from numdiff.error.tangent import Tangent, tangent
from numdiff.error.totals import total_errors
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from pages.parts import fields
from pages.parts.entries import function_of, variable_of
from pages.parts.kept import kept
from pages.parts.numbers import as_fraction
from pages.parts.picture import value
from pages.parts.sentences import Step

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
    point : Point
        What kind of point x is.
    tangent : Tangent
        The tangent at x, and its gap at x + Δx.
    """

    function: Function
    x: float
    dx: float
    nodes: dict[int, float]
    sweep: ErrorSweep
    exact: Exact
    point: Point
    tangent: Tangent

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

    def parts(self, scheme: str) -> Parts:
        """Return the error and its parts; NaN with a reason where there is none."""
        return self.sweep.parts(scheme)

    def known(self, scheme: str) -> dict[str, Fraction]:
        """Return the parts of the error that are known exactly."""
        return known_parts(self.parts(scheme), self.estimate(scheme), self.exact)

    def step(self, scheme: str) -> Step:
        """Return what a sentence about a scheme fills in."""
        return Step(
            scheme,
            self.sweep.dtype,
            self.x,
            self.dx,
            self.estimate(scheme),
            self.sweep.exact,
            self.parts(scheme),
            self.known(scheme),
        )

    def verdict(self, scheme: str) -> Verdict:
        """Return what is seen here with a scheme, judged by the steps around."""
        totals = total_errors(self.function, self.x, fields.SCHEMES)
        return explain_nearby(self.function, self.x, scheme, self.dx, parts=self.parts(scheme), totals=totals)


def known_parts(parts: Parts, estimate: float, slope: Exact) -> dict[str, Fraction]:
    """Return the exact values of those parts of an error that floats and f′(x) determine, by their names.

    Where f′(x) is known exactly, so is the error; and a part is the whole of it if the other parts are 0.
    """
    if slope.status != "ok" or slope.radius != 0 or not math.isfinite(estimate):
        return {}
    error = Fraction(estimate) - as_fraction(slope.value)
    known = {"errors": error}
    if slope.value != 0:
        known["relative"] = abs(error / as_fraction(slope.value))
    if parts.rounding == 0:
        known["truncation"] = error
    if parts.truncation == 0 and parts.truncation_bound == 0:
        known["rounding"] = error
        if parts.evaluation == 0:
            known["node_rounding"] = error
        if parts.node_rounding == 0:
            known["evaluation"] = error
    return known


@kept
def slope(text: str, x: float) -> Exact:
    """Return f′(x) of a function that was understood."""
    function = function_of(text)
    name = variable_of(function)
    return exact_derivative(function.tree, {name: Fraction(x)}, name, digits=EXACT_DIGITS)


@kept
def result(text: str, x: float, dx: float, schemes: tuple[str, ...]) -> Result:
    """Return the numbers for a function that was understood."""
    function = function_of(text)
    sweep = error_sweep(function, x, schemes or ("central",), steps=[dx])
    nodes = {sign: float(value(function, x + sign * dx)) for sign in NODE_SIGNS}
    return Result(function, x, dx, nodes, sweep, slope(text, x), point_kind(function, x), tangent(function, x, dx))
