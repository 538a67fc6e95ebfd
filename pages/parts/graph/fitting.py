"""Where the numbers on the edges of a graph fit: on their own line, off the boxes, off each other, off other lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from numdiff.graph.nodes import EdgeKey

Point = tuple[float, float]
Floats = NDArray[np.float64]

_STEPS = np.linspace(0.0, 1.0, 25)
_TRIES = slice(3, 22)
"""Which of these steps along a piece a label may stand at."""
_PIECES = 3
"""How many of an edge's pieces are tried, from its end."""
_ROUNDS = 3
_ON_BOX, _ON_LABEL, _ON_LINE, _OFF_MIDDLE, _OFF_END = 25.0, 3.0, 90.0, 120.0, 60.0
"""What it costs: for each px² on a box or another label, each point of another line, off the middle or last piece."""


@dataclass(frozen=True)
class Size:
    """Width and height of something written."""

    width: float
    height: float


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    def shared(self, other: Box) -> float:
        """Return the area that the two have in common."""
        across = (self.width + other.width) / 2 - abs(self.x - other.x)
        down = (self.height + other.height) / 2 - abs(self.y - other.y)
        across, down = min(across, self.width, other.width), min(down, self.height, other.height)
        return across * down if across > 0 and down > 0 else 0.0


def along(one: Point, other: Point) -> Floats:
    """Return points of the curve that joins two points of a route, level at both ends: an array of shape (25, 2)."""
    t, u = _STEPS, 1 - _STEPS
    middle = (one[0] + other[0]) / 2
    x = u**3 * one[0] + 3 * u * t * middle + t**3 * other[0]
    y = (u**3 + 3 * u * u * t) * one[1] + (3 * u * t * t + t**3) * other[1]
    return np.stack([x, y], axis=-1)


def _areas(places: Floats, size: Size, boxes: Floats) -> Floats:
    """Return the areas that a label at each place shares with each box: an array of shape (places, boxes)."""
    own = np.array([size.width, size.height])
    apart = np.abs(places[:, None, :] - boxes[None, :, :2])
    common = np.minimum((own + boxes[:, 2:]) / 2 - apart, np.minimum(own, boxes[:, 2:]))
    areas: Floats = np.prod(np.maximum(common, 0.0), axis=-1)
    return areas


def _covered(places: Floats, size: Size, points: Floats) -> NDArray[np.int64]:
    """Return how many points a label at each place covers; points far from all of them are left out first."""
    own = np.array([size.width, size.height])
    low, high = places.min(axis=0) - own, places.max(axis=0) + own
    x, y = points[((points > low) & (points < high)).all(axis=-1)].T
    across = np.abs(places[:, :1] - x) * 2 < size.width
    down = np.abs(places[:, 1:] - y) * 2 < size.height
    covered: NDArray[np.int64] = np.count_nonzero(across & down, axis=-1)
    return covered


def _tries(pieces: Sequence[Floats], size: Size, boxes: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return the places where a label may stand, and what each costs whatever the other labels do."""
    last = pieces[::-1][:_PIECES]
    places = np.concatenate([piece[_TRIES] for piece in last])
    off_middle = np.tile(np.abs(_STEPS[_TRIES] - 0.5), len(last))
    off_end = np.repeat(np.arange(len(last)), len(_STEPS[_TRIES]))
    costs = _ON_LINE * _covered(places, size, others) + _OFF_MIDDLE * off_middle + _OFF_END * off_end
    return places, costs + _ON_BOX * _areas(places, size, boxes).sum(axis=-1)


def label_places(
    ways: Mapping[EdgeKey, Sequence[Point]], sizes: Mapping[EdgeKey, Size], boxes: Sequence[Box]
) -> dict[EdgeKey, Point]:
    """Return where each edge's label stands.

    Parameters
    ----------
    ways : Mapping
        The points of each edge's route.
    sizes : Mapping
        Of the labels.
    boxes : sequence of Box
        What no label should cover.
    """
    pieces = {key: [along(*pair) for pair in pairwise(points)] for key, points in ways.items()}
    lines = {key: np.concatenate(parts) for key, parts in pieces.items()}
    covered = np.array([(box.x, box.y, box.width, box.height) for box in boxes]).reshape(-1, 4)
    tries: dict[EdgeKey, tuple[Floats, Floats]] = {}
    for key, parts in pieces.items():
        others = [line for other, line in lines.items() if other != key]
        tries[key] = _tries(parts, sizes[key], covered, np.concatenate([*others, np.empty((0, 2))]))
    chosen: dict[EdgeKey, tuple[float, float, float, float]] = {}
    for _ in range(_ROUNDS):
        for key, (places, costs) in tries.items():
            near = np.array([box for other, box in chosen.items() if other != key]).reshape(-1, 4)
            size = sizes[key]
            total = costs + _ON_LABEL * _areas(places, size, near).sum(axis=-1)
            x, y = places[int(np.argmin(total))]
            chosen[key] = (float(x), float(y), size.width, size.height)
    return {key: (x, y) for key, (x, y, _, _) in chosen.items()}
