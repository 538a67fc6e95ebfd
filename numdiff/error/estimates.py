"""The quotients of many schemes and steps at one point, with a single call of the function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.calling import AnyFunction, call, imaginary_part
from numdiff.blackbox.precision import Values
from numdiff.difference.schemes import Scheme, Step, divisor, node, weighted_sum


@dataclass(frozen=True, eq=False)
class Estimates:
    """Quotients at x, computed in a working precision and held as float64, which represents all of them exactly.

    ``steps`` has the shape (n,), ``values`` (schemes, n); ``nodes`` maps an offset to the n rounded nodes, offset 0
    to one.
    """

    schemes: tuple[Scheme, ...]
    x: float
    steps: NDArray[np.float64]
    nodes: dict[int, NDArray[np.float64]]
    values: NDArray[np.float64]

    def reasons(self, otherwise: str) -> NDArray[np.str_]:
        """Return what the numbers alone tell of each estimate, shape (schemes, n)."""
        reasons = np.broadcast_to(np.array(otherwise, dtype="<U18"), self.values.shape)
        is_held = np.isfinite(self.steps) & (self.steps != 0)
        if np.isfinite(self.values).all() and is_held.all() and not self._may_be_lost():
            return reasons
        reasons = reasons.copy()
        reasons[np.isinf(self.values)] = "overflow"
        reasons[np.isnan(self.values)] = "outside_domain"
        for row, scheme in enumerate(self.schemes):
            if not scheme.imaginary:
                reasons[row, self._lost(scheme)] = "step_lost"
        reasons[:, ~is_held] = np.where(self.steps[~is_held] == 0, "step_underflow", "overflow")
        return reasons

    def _lost(self, scheme: Scheme) -> NDArray[np.bool_]:
        # The outermost nodes enclose the others.
        return np.equal(self.nodes[scheme.offsets[0]], self.nodes[scheme.offsets[-1]])

    def _may_be_lost(self) -> bool:
        # Rounding is monotonic: nodes that differ at the smallest step differ at every step.
        smallest = int(np.abs(self.steps).argmin())
        ends = [self.nodes[offset] for scheme in self.schemes if not scheme.imaginary for offset in scheme.offsets]
        return any(end.size > 1 and end[smallest] == self.x for end in ends)


def estimate(f: AnyFunction, x: Values, h: Values, schemes: Sequence[Scheme], step: Step) -> Estimates:
    """Return every scheme's quotient at the scalar x for every step of the array h, all in their dtype.

    f is called once, with the nodes of all the schemes in one array (and once with complex nodes for the complex
    step): that is what makes a sweep cheap.
    """
    offsets = sorted({offset for scheme in schemes if not scheme.imaginary for offset in scheme.offsets})
    quotients = np.empty((len(schemes), len(h)))
    with np.errstate(all="ignore"):
        nodes = {offset: node(x, h, offset) if offset else np.array([x]) for offset in offsets}
        values = _call_once(f, nodes) if nodes else {}
        for row, scheme in enumerate(schemes):
            if scheme.imaginary:
                quotients[row] = _complex_row(f, x, h)
                continue
            places = [nodes[offset] for offset in scheme.offsets]
            total = weighted_sum(scheme, [values[offset] for offset in scheme.offsets])
            quotients[row] = total / divisor(scheme, x, h, places, step)
    held = {offset: place.astype(np.float64, copy=False) for offset, place in nodes.items()}
    return Estimates(tuple(schemes), float(x), h.astype(np.float64, copy=False), held, quotients)


def _call_once(f: AnyFunction, nodes: dict[int, NDArray[Any]]) -> dict[int, NDArray[Any]]:
    everything = call(f, np.concatenate(list(nodes.values())))
    values, start = {}, 0
    for offset, place in nodes.items():
        values[offset] = everything[start : start + place.size]
        start += place.size
    return values


def _complex_row(f: AnyFunction, x: Values, h: Values) -> Values:
    # NumPy has no complex numbers of 16 bits.
    return imaginary_part(f, x, h) / h if h.dtype.itemsize > 2 else np.full(h.shape, np.nan)
