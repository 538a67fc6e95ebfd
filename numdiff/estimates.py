"""The quotients of many schemes and steps at one point, with a single call of the function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.calling import AnyFunction, call, imaginary_part
from numdiff.precision import Values
from numdiff.schemes import Scheme, Step, divisor, node, weighted_sum


@dataclass(frozen=True, eq=False)
class Estimates:
    """Quotients at x, computed in a working precision and held as float64, which represents all of them exactly.

    ``steps`` has the shape (n,), ``values`` (schemes, n); ``nodes`` maps an offset to the n rounded nodes.
    """

    schemes: tuple[Scheme, ...]
    x: float
    steps: NDArray[np.float64]
    nodes: dict[int, NDArray[np.float64]]
    values: NDArray[np.float64]

    def reasons(self) -> NDArray[np.str_]:
        """Return what the numbers alone tell of each estimate, shape (schemes, n); "" where nothing is wrong."""
        reasons = np.full(self.values.shape, "", dtype="<U18")
        reasons[np.isinf(self.values)] = "overflow"
        reasons[np.isnan(self.values)] = "outside_domain"
        for row, scheme in enumerate(self.schemes):
            places = [self.nodes[offset] for offset in scheme.offsets if not scheme.imaginary]
            if places:
                reasons[row, np.all([place == places[0] for place in places], axis=0)] = "step_lost"
        reasons[:, ~np.isfinite(self.steps)] = "overflow"
        reasons[:, self.steps == 0] = "step_underflow"
        return reasons


def estimate(f: AnyFunction, x: Values, h: Values, schemes: Sequence[Scheme], step: Step) -> Estimates:
    """Return every scheme's quotient at the scalar x for every step of the array h, all in their dtype.

    f is called once, with the nodes of all the schemes in one array (and once with complex nodes for the complex
    step): that is what makes a sweep cheap.
    """
    offsets = sorted({offset for scheme in schemes if not scheme.imaginary for offset in scheme.offsets})
    with np.errstate(all="ignore"):
        nodes = {offset: np.atleast_1d(node(x, h, offset)) for offset in offsets}
        values = _call_once(f, nodes) if nodes else {}
        rows = []
        for scheme in schemes:
            if scheme.imaginary:
                rows.append(_complex_row(f, x, h))
                continue
            places = [nodes[offset] for offset in scheme.offsets]
            total = weighted_sum(scheme, [values[offset] for offset in scheme.offsets])
            rows.append(total / divisor(scheme, x, h, places, step))
        held = {offset: np.broadcast_to(place.astype(np.float64), h.shape) for offset, place in nodes.items()}
        quotients = np.array([row.astype(np.float64) for row in rows])
    return Estimates(tuple(schemes), float(x), h.astype(np.float64), held, quotients)


def _call_once(f: AnyFunction, nodes: dict[int, NDArray[Any]]) -> dict[int, NDArray[Any]]:
    values = call(f, np.concatenate(list(nodes.values())))
    ends = np.cumsum([place.size for place in nodes.values()])
    return dict(zip(nodes, np.split(values, ends[:-1]), strict=True))


def _complex_row(f: AnyFunction, x: Values, h: Values) -> Values:
    # NumPy has no complex numbers of 16 bits.
    return imaginary_part(f, x, h) / h if h.dtype.itemsize > 2 else np.full(h.shape, np.nan)
