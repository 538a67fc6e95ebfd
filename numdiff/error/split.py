"""The error of a difference quotient split into its parts, each subtracted in high precision and rounded once.

With h the step, Xₖ = x + oₖ·h the nodes and rₖ the nodes as they were rounded in the working precision:

* truncation = Σ wₖ f(Xₖ)/h − f′(x): what remains if nothing is rounded,
* node rounding = the same quotient with f at rₖ, less that with f at Xₖ,
* evaluation = the computed estimate, less the quotient with f at rₖ: rounding within f, in the difference and the
  division,
* rounding = node rounding + evaluation, error = truncation + rounding.

x, h and rₖ are binary fractions, so all of this is exact but for f itself, which is enclosed in balls (or computed in
fractions, if f is rational). Parts that are known to fewer than :data:`ACCURACY` bits are computed again at twice
the precision. A part that still cannot be told from 0 is reported as 0, the truncation error with its proved bound.
"""

from __future__ import annotations

import math
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from numdiff.difference.schemes import Scheme, Step
from numdiff.reference.balls import Reference, accuracy, contains_zero, rational, to_float, upper_bound, working
from numdiff.reference.errors import NoValueError, Number, Rational, Reason

ACCURACY = 60
"""Correct bits that a part must have before it is rounded to float64's 53."""

GUARD = 128
"""Bits beyond those that cancel: the accuracy, and what the constants and derivatives of f cost."""

ATTEMPTS = 5
"""How often the parts of one step are computed, each time with twice the bits."""

BUDGET = 0.4
"""Seconds of its own thread that one splitter may compute. Towers of exponentials at 1e300 would take minutes, and one
visitor's formula must not hold up the others; the steps that are left then count as undecidable."""

NEGLIGIBLE = 2.0**-100
"""A part that may be 0 counts as 0 if its proved bound is below this share of f′ or of the greatest part, from the
second attempt on: by then a truncation error of up to twice the scheme's order would have been seen."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The error of one quotient and its parts, signed; NaN where there is a reason.

    ``truncation_bound`` is 0.0 where the truncation error is known (to be 0, too), and else the proved bound of a
    truncation error that is reported as 0.
    """

    errors: float = math.nan
    truncation: float = math.nan
    rounding: float = math.nan
    node_rounding: float = math.nan
    evaluation: float = math.nan
    truncation_bound: float = 0.0
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class _Node:
    """A place where f is needed; ``key`` is cheap to hash, and the same for the same place."""

    key: Hashable
    at: Rational


@dataclass(frozen=True, slots=True)
class _Grid:
    """The nodes of one step by their offsets: where they should be, and where they were rounded to (None: infinity)."""

    h: Rational
    ideal: Mapping[int, _Node]
    rounded: Mapping[int, _Node | None]


@dataclass
class Splitter:
    """Splits errors at one point x, keeping the values of f that several schemes and steps share."""

    reference: Reference
    x: float
    step: Step = "nominal"
    _values: dict[Hashable, tuple[int, Number]] = field(default_factory=dict)
    _slope: tuple[int, Number] | None = None
    _no_slope: Reason = ""
    _spent: float = 0.0

    def split(self, h: float, nodes: Mapping[int, float], estimates: Sequence[tuple[Scheme, float]]) -> list[Parts]:
        """Return the parts of the errors of quotients with the same step.

        Parameters
        ----------
        h : float
            The step held in the working precision.
        nodes : mapping of int to float
            The rounded nodes by their offsets.
        estimates : sequence of (Scheme, float)
            The quotients as computed.
        """
        if h == 0 or not math.isfinite(h):
            return [Parts(reason="overflow" if h else "step_underflow") for _ in estimates]
        start = time.thread_time()
        found = self.attempts(h, nodes, estimates, start + BUDGET - self._spent)
        self._spent += time.thread_time() - start
        return [found.get(place, Parts(reason="undecidable")) for place in range(len(estimates))]

    def attempts(
        self, h: float, nodes: Mapping[int, float], estimates: Sequence[tuple[Scheme, float]], deadline: float
    ) -> dict[int, Parts]:
        """Return what is found, by place in ``estimates``, doubling the precision until all is known or time is up."""
        grid = self.grid(h, nodes)
        found: dict[int, Parts] = {}
        bits = self.first_guess(h, max(scheme.order for scheme, _ in estimates))
        for attempt in range(ATTEMPTS):
            if time.thread_time() > deadline:
                break
            with working(bits):
                for place, (scheme, estimate) in enumerate(estimates):
                    is_done = place in found or time.thread_time() > deadline
                    parts = None if is_done else self.attempt(grid, scheme, estimate, bits, attempt)
                    if parts is not None:
                        found[place] = parts
            if len(found) == len(estimates):
                break
            bits *= 2
        return found

    def first_guess(self, h: float, order: int) -> int:
        """Return the bits to begin with: a scheme of order p cancels all but about (h/x)^(p+1) of f's values."""
        return GUARD + math.ceil((order + 1) * max(0.0, math.log2(max(1.0, abs(self.x))) - math.log2(abs(h))))

    def grid(self, h: float, nodes: Mapping[int, float]) -> _Grid:
        """Return the exact nodes and the rounded ones; where they agree they are the same."""
        x, step = rational(self.x), rational(h)
        ideal, rounded = {}, {}
        for offset, node in nodes.items():
            place = _Node(node, rational(node)) if math.isfinite(node) else None
            exact = x + offset * step
            is_same = place is not None and place.at == exact
            ideal[offset] = place if place is not None and is_same else _Node((offset, h), exact)
            rounded[offset] = place
        return _Grid(step, ideal, rounded)

    def attempt(self, grid: _Grid, scheme: Scheme, estimate: float, bits: int, attempt: int) -> Parts | None:
        """Return the parts of one quotient's error, or None if they are not known well enough with these bits."""
        is_last = attempt + 1 == ATTEMPTS
        try:
            numbers, reason = self.numbers(grid, scheme, estimate, bits)
        except NoValueError as missing:
            return None if missing.reason == "undecidable" and not is_last else Parts(reason=missing.reason)
        values, unproved = {}, 0.0
        for name, number in numbers.items():
            if accuracy(number) >= ACCURACY:
                values[name] = to_float(number)
                continue
            if not attempt or not contains_zero(number) or upper_bound(number) > self.negligible(grid, numbers, bits):
                return Parts(reason="undecidable") if is_last else None
            values[name] = 0.0
            unproved = upper_bound(number) if name == "truncation" else unproved
        if any(map(math.isinf, values.values())):  # beyond float64
            truncation = values["truncation"]
            return Parts(truncation=math.nan if math.isinf(truncation) else truncation, reason="overflow")
        return Parts(**values, truncation_bound=unproved, reason=reason)

    def negligible(self, grid: _Grid, numbers: Mapping[str, Number], bits: int) -> float:
        """Return how small a part must be to count as 0: beside f′ and the greatest part.

        Where f′ may be 0 itself (a constant, cos at 0), the part is put beside the terms that cancel in it instead.
        Where f′ is tiny but not 0 (erf at 15), they must not count: the whole error may be as tiny.
        """
        slope = self.slope(bits)
        greatest = max(upper_bound(slope), *map(upper_bound, numbers.values()))
        if contains_zero(slope):
            terms = upper_bound(self.value(_Node(self.x, rational(self.x)), bits) / grid.h)
            greatest = max(greatest, NEGLIGIBLE * terms)
        return NEGLIGIBLE * greatest

    def numbers(self, grid: _Grid, scheme: Scheme, estimate: float, bits: int) -> tuple[dict[str, Number], Reason]:
        """Return the parts in high precision, as far as they exist, and the reason why any is missing."""
        slope = self.slope(bits)
        if scheme.imaginary:  # x + ih needs no rounding
            ideal = self.reference.imaginary(rational(self.x), grid.h) / grid.h
            return compare(estimate, slope, ideal, rational(0), ideal)
        exact_nodes = [grid.ideal[offset] for offset in scheme.offsets]
        ideal = self.combine(scheme, exact_nodes, bits) / (scheme.denominator * grid.h)
        nodes = [node for offset in scheme.offsets if (node := grid.rounded[offset]) is not None]
        if len(nodes) < len(exact_nodes):
            return {"truncation": ideal - slope}, "overflow"
        span = self.span(scheme, nodes, grid.h)
        if span == 0:
            return {"truncation": ideal - slope}, "step_lost"
        if nodes == exact_nodes:
            return compare(estimate, slope, ideal, rational(0), ideal)
        try:
            on_nodes = self.combine(scheme, nodes, bits) / span
        except NoValueError as missing:
            if missing.reason == "undecidable":
                raise
            return {"truncation": ideal - slope}, missing.reason
        numbers, reason = compare(estimate, slope, ideal, on_nodes - ideal, on_nodes)
        is_lost = all(node.key == nodes[0].key for node in nodes)
        return numbers, reason or ("step_lost" if is_lost else "")

    def span(self, scheme: Scheme, nodes: Sequence[_Node], h: Rational) -> Rational:
        """Return what the quotient is divided by, exactly: d·h, or the same difference of the rounded nodes."""
        if self.step == "nominal":
            return scheme.denominator * h
        return sum((n * node.at for n, node in zip(scheme.numerators, nodes, strict=True)), start=rational(0))

    def combine(self, scheme: Scheme, nodes: Sequence[_Node], bits: int) -> Number:
        """Return Σ n·f over the nodes; nodes that coincide are put together first, so that they cancel exactly."""
        coefficients: dict[Hashable, int] = {}
        for coefficient, node in zip(scheme.numerators, nodes, strict=True):
            coefficients[node.key] = coefficients.get(node.key, 0) + coefficient
        total: Number = rational(0)
        for node in nodes:
            value = self.value(node, bits)  # f must have a value there even if it cancels
            coefficient = coefficients.pop(node.key, 0)
            if coefficient:
                total = total + coefficient * value
        return total

    def value(self, node: _Node, bits: int) -> Number:
        """Return f at a node with at least this many bits."""
        known = self._values.get(node.key)
        if known is None or known[0] < bits:
            known = (bits, self.reference.value(node.at))
            self._values[node.key] = known
        return known[1]

    def slope(self, bits: int) -> Number:
        """Return f′(x) with at least this many bits."""
        if self._no_slope:
            raise NoValueError(self._no_slope)
        if self._slope is None or self._slope[0] < bits:
            try:
                self._slope = (bits, self.reference.derivative(rational(self.x)))
            except NoValueError as missing:
                self._no_slope = "" if missing.reason == "undecidable" else missing.reason
                raise
        return self._slope[1]

    def exact(self) -> float:
        """Return f′(x) rounded to float64, NaN if it does not exist or cannot be decided."""
        for attempt in range(ATTEMPTS):
            bits = GUARD << attempt
            with working(bits):
                try:
                    slope = self.slope(bits)
                except NoValueError:
                    continue
                if accuracy(slope) >= ACCURACY:
                    return to_float(slope)
        return 0.0 if self._slope is not None and contains_zero(self._slope[1]) else math.nan


def compare(
    estimate: float, slope: Number, ideal: Number, shift: Number, on_nodes: Number
) -> tuple[dict[str, Number], Reason]:
    """Return all the parts, or only the truncation error if the working precision could not hold the estimate.

    ``ideal`` is the quotient with f exact at the exact nodes, ``on_nodes`` at the rounded ones, ``shift`` their
    difference.
    """
    if not math.isfinite(estimate):
        return {"truncation": ideal - slope}, "overflow"
    computed = rational(estimate)
    return {
        "errors": computed - slope,
        "truncation": ideal - slope,
        "rounding": computed - ideal,
        "node_rounding": shift,
        "evaluation": computed - on_nodes,
    }, ""
