"""Where a graph goes: its layers and their order, the places of boxes and lines, and of the numbers on the edges.

Layers after K. Sugiyama, S. Tagawa, M. Toda, Methods for visual understanding of hierarchical system structures, IEEE
Trans. Syst. Man Cybern. 11 (1981): an edge over several layers is cut into short ones by invisible points; sweeps by
barycentres reduce the crossings; then neighbours are exchanged where that removes more.

Columns are as wide as what is written in them. In each column the items keep their order and their distances and
otherwise come as near as they can to what they are joined to, which is a least-squares problem that the
pool-adjacent-violators algorithm solves (R. E. Barlow et al., Statistical inference under order restrictions, 1972).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from numdiff.graph.build import Graph
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


Item = str
"""A node by its id, or an invisible point of a long edge as ``~target~position~layer``."""

SWEEPS = 12
MOST = 5
"""Nodes of a column before some are moved nearer to where they are used."""


@dataclass(frozen=True)
class Layers:
    """Columns of items, each from top to bottom.

    Attributes
    ----------
    columns : tuple of tuple of str
    chains : Mapping
        For each edge the items it runs through, its source and target included.
    """

    columns: tuple[tuple[Item, ...], ...]
    chains: Mapping[EdgeKey, tuple[Item, ...]]

    def links(self) -> list[tuple[Item, Item]]:
        """Return all pairs of items in neighbouring columns that an edge joins, from left to right."""
        return [pair for chain in self.chains.values() for pair in pairwise(chain)]


def _columns(graph: Graph) -> dict[str, int]:
    """Return each node's column: its level, moved right where that shortens edges or thins out a crowded column."""
    column = {node.id: node.level for node in graph.nodes}
    crowd = Counter(column.values())
    for node in reversed(graph.nodes):
        users = graph.out_of(node.id)
        if node.operation == "input" or not users:
            continue
        place, last = column[node.id], min(column[edge.target] for edge in users) - 1
        gain = len(users) - len({edge.source for edge in graph.into(node.id)})
        if last > place and (gain > 0 or (gain == 0 and crowd[place] > MOST > crowd[last])):
            crowd[place] -= 1
            crowd[last] += 1
            column[node.id] = last
    return column


def is_point(item: Item) -> bool:
    """Return True for an invisible point of an edge."""
    return item.startswith("~")


def _chains(graph: Graph, column: Mapping[str, int]) -> dict[EdgeKey, tuple[Item, ...]]:
    chains = {}
    for edge in graph.edges:
        between = range(column[edge.source] + 1, column[edge.target])
        points = (f"~{edge.target}~{edge.position}~{layer}" for layer in between)
        chains[edge.key] = (edge.source, *points, edge.target)
    return chains


class _Order:
    """Orders of the columns, and how many crossings they have."""

    def __init__(self, columns: Sequence[Sequence[Item]], links: Sequence[tuple[Item, Item]]) -> None:
        self.columns = [list(column) for column in columns]
        self.left: dict[Item, list[Item]] = defaultdict(list)
        self.right: dict[Item, list[Item]] = defaultdict(list)
        for first, second in links:
            self.left[second].append(first)
            self.right[first].append(second)

    def crossings(self) -> int:
        return sum(self._between(place) for place in range(len(self.columns) - 1))

    def _between(self, place: int) -> int:
        """Return the crossings of the links between a column and the next."""
        rank = {item: number for number, item in enumerate(self.columns[place + 1])}
        ends = [sorted(rank[other] for other in self.right[item]) for item in self.columns[place]]
        flat = [end for group in ends for end in group]
        return sum(1 for i, one in enumerate(flat) for other in flat[i + 1 :] if one > other)

    def sweep(self, *, forward: bool) -> None:
        """Sort every column by the mean place of what its items are joined to in the column before."""
        near = self.left if forward else self.right
        places = range(1, len(self.columns)) if forward else range(len(self.columns) - 2, -1, -1)
        for place in places:
            before = self.columns[place - 1 if forward else place + 1]
            rank = {item: number for number, item in enumerate(before)}
            own = {item: number for number, item in enumerate(self.columns[place])}
            spread = max(len(before) - 1, 1) / max(len(own) - 1, 1)

            def wish(
                item: Item, rank: dict[Item, int] = rank, own: dict[Item, int] = own, spread: float = spread
            ) -> float:
                joined = [rank[other] for other in near[item]]
                return sum(joined) / len(joined) if joined else own[item] * spread

            self.columns[place].sort(key=wish)

    def exchange(self) -> bool:
        """Exchange neighbours where that removes a crossing; return whether any was."""
        changed = False
        rank = {item: number for column in self.columns for number, item in enumerate(column)}
        for column in self.columns:
            for i in range(len(column) - 1):
                one, other = column[i], column[i + 1]
                if self._pair(one, other, rank) > self._pair(other, one, rank):
                    column[i], column[i + 1] = other, one
                    rank[one], rank[other] = rank[other], rank[one]
                    changed = True
        return changed

    def _pair(self, upper: Item, lower: Item, rank: Mapping[Item, int]) -> int:
        """Return the crossings between the links of two neighbours, the first above the second."""
        return sum(
            1
            for near in (self.left, self.right)
            for one in near[upper]
            for other in near[lower]
            if rank[one] > rank[other]
        )


def layers(graph: Graph) -> Layers:
    """Return the columns of the picture with few crossings."""
    column = _columns(graph)
    chains = _chains(graph, column)
    columns: list[list[Item]] = [[] for _ in range(max(column.values()) + 1)]
    for node in graph.nodes:
        columns[column[node.id]].append(node.id)
    for chain in chains.values():
        for place, point in enumerate(chain[1:-1], start=column[chain[0]] + 1):
            columns[place].append(point)
    found = Layers(tuple(tuple(items) for items in columns), chains)
    order = _Order(found.columns, found.links())
    best, least = [tuple(items) for items in order.columns], order.crossings()
    for number in range(SWEEPS):
        if least == 0:
            break
        order.sweep(forward=number % 2 == 0)
        for _ in range(4):
            if not order.exchange():
                break
        now = order.crossings()
        if now < least:
            best, least = [tuple(items) for items in order.columns], now
    return Layers(tuple(best), chains)


def crossings(found: Layers) -> int:
    """Return how often edges cross in the order given."""
    return _Order(found.columns, found.links()).crossings()


BOX = 46.0
"""Height of a node's box."""
TEXT = 21.0
"""What a number above or below a box takes."""
GAP = 8.0
"""Between what belongs to two nodes of a column."""
LANE = 22.0
"""What an edge that passes by takes."""
LEAST_ROOM = 44.0
"""Between two columns, beside the widest label of an edge between them."""
PORTS = 24.0
"""How far the ends of edges are spread on a box's side at most."""
MARGIN = 10.0
_PASSES = 30


@dataclass(frozen=True)
class Route:
    """An edge's way: from the source's side through the columns to the target's side, and where its label stands."""

    points: tuple[Point, ...]
    label: Point


@dataclass(frozen=True)
class Placement:
    """Where everything stands.

    Attributes
    ----------
    width, height : float
    boxes : Mapping
        By node; without the numbers above and below, which take :data:`TEXT` each.
    routes : Mapping
        By edge.
    """

    width: float
    height: float
    boxes: Mapping[str, Box]
    routes: Mapping[EdgeKey, Route]


def fit(wishes: Sequence[float], weights: Sequence[float], distances: Sequence[float]) -> list[float]:
    """Return places as near as possible to the wishes (weighted least squares) that keep the least distances.

    Parameters
    ----------
    wishes, weights : sequence of float
    distances : sequence of float
        Between each item and the next; one fewer.
    """
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for wish, weight, offset in zip(wishes, weights, offsets, strict=True):
        mean, mass, count = wish - offset, weight, 1
        while blocks and blocks[-1][0] >= mean:
            other, other_mass, other_count = blocks.pop()
            mean = (mean * mass + other * other_mass) / (mass + other_mass)
            mass, count = mass + other_mass, count + other_count
        blocks.append((mean, mass, count))
    means = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _half(item: Item) -> float:
    return LANE / 2 if is_point(item) else BOX / 2 + TEXT + GAP / 2


def _heights(found: Layers) -> dict[Item, float]:
    """Return the height of each item's centre."""
    near: dict[Item, list[tuple[Item, float]]] = defaultdict(list)
    for one, other in found.links():
        weight = 1.0 + 2.0 * (is_point(one) + is_point(other))  # long edges run straight
        near[one].append((other, weight))
        near[other].append((one, weight))
    distances = [[_half(a) + _half(b) for a, b in pairwise(items)] for items in found.columns]
    y: dict[Item, float] = {}
    for items, apart in zip(found.columns, distances, strict=True):
        places = fit([0.0] * len(items), [1.0] * len(items), apart)
        y |= dict(zip(items, places, strict=True))
    for number in range(_PASSES):
        forward = number % 2 == 0
        order = range(len(found.columns)) if forward else range(len(found.columns) - 1, -1, -1)
        for place in order:
            items = found.columns[place]
            wishes, weights = [], []
            for item in items:
                mass = sum(weight for _, weight in near[item])
                wish = sum(y[other] * weight for other, weight in near[item]) / mass if mass else y[item]
                wishes.append(wish)
                weights.append(max(mass, 0.1))
            y |= dict(zip(items, fit(wishes, weights, distances[place]), strict=True))
    return y


def _rooms(found: Layers, labels: Mapping[EdgeKey, Size]) -> list[float]:
    """Return the room between each column and the next: for the widest label of the edges that end there.

    The labels of edges between the same two nodes, as in x·x, stand beside each other.
    """
    column = {item: place for place, items in enumerate(found.columns) for item in items}
    rooms = [LEAST_ROOM] * (len(found.columns) - 1)
    beside = Counter((chain[0], chain[-1]) for chain in found.chains.values())
    for key, chain in found.chains.items():
        place = column[chain[-1]] - 1
        rooms[place] = max(rooms[place], labels[key].width * beside[chain[0], chain[-1]] + LEAST_ROOM)
    return rooms


def _ports(found: Layers, y: Mapping[Item, float]) -> dict[tuple[EdgeKey, int], float]:
    """Return by how much each end (0: source, 1: target) of an edge is moved from the middle of the box's side."""
    ends: dict[tuple[str, int], list[EdgeKey]] = defaultdict(list)
    for key, chain in found.chains.items():
        ends[chain[0], 0].append(key)
        ends[chain[-1], 1].append(key)
    moved: dict[tuple[EdgeKey, int], float] = {}
    for (_, side), keys in ends.items():
        ordered = sorted(keys, key=lambda key: (y[found.chains[key][-2 if side else 1]], key[1]))
        step = PORTS / max(len(keys) - 1, 1)
        for number, key in enumerate(ordered):
            moved[key, side] = (number - (len(keys) - 1) / 2) * step
    return moved


def place(graph: Graph, widths: Mapping[str, float], labels: Mapping[EdgeKey, Size]) -> Placement:
    """Return where everything stands.

    Parameters
    ----------
    graph : Graph
    widths : Mapping
        Of the boxes, by node.
    labels : Mapping
        The sizes of what is written on the edges.
    """
    found = layers(graph)
    y = _heights(found)
    rooms = [*_rooms(found, labels), 0.0]
    top = min(y[item] - _half(item) for item in y) - MARGIN
    x: dict[Item, float] = {}
    left = MARGIN
    for items, room in zip(found.columns, rooms, strict=True):
        width = max(widths.get(item, 0.0) for item in items)
        x |= dict.fromkeys(items, left + width / 2)
        left += width + room
    boxes = {node.id: Box(x[node.id], y[node.id] - top, widths[node.id], BOX) for node in graph.nodes}
    centre = {item: (x[item], y[item] - top) for item in y}
    height = max(y[item] + _half(item) for item in y) - top + MARGIN
    return Placement(left + MARGIN, height, boxes, _routes(graph, found, boxes, centre, labels))


def _side(box: Box, moved: float, *, is_round: bool) -> float:
    """Return how far from the middle a box's side is, at a height ``moved`` from the middle; round sides curve in."""
    half = box.width / 2
    return half - box.height / 2 + math.sqrt((box.height / 2) ** 2 - moved**2) if is_round else half


def _routes(
    graph: Graph, found: Layers, boxes: Mapping[str, Box], centre: Mapping[Item, Point], labels: Mapping[EdgeKey, Size]
) -> dict[EdgeKey, Route]:
    moved = _ports(found, {item: point[1] for item, point in centre.items()})
    through = _passages(found, boxes, centre)
    ways: dict[EdgeKey, tuple[Point, ...]] = {}
    for key, chain in found.chains.items():
        first, last = boxes[chain[0]], boxes[chain[-1]]
        is_round = graph.node(chain[0]).operation == "input"
        start = (first.x + _side(first, moved[key, 0], is_round=is_round), first.y + moved[key, 0])
        end = (last.x - last.width / 2, last.y + moved[key, 1])
        ways[key] = (start, *(point for item in chain[1:-1] for point in through[item]), end)
    taken = [Box(box.x, box.y, box.width, BOX + 2 * TEXT) for box in boxes.values()]
    places = label_places(ways, labels, taken)
    return {key: Route(ways[key], places[key]) for key in ways}


def _passages(found: Layers, boxes: Mapping[str, Box], centre: Mapping[Item, Point]) -> dict[Item, tuple[Point, ...]]:
    """Return the points by which a long edge passes a column: level over the column's width."""
    passages: dict[Item, tuple[Point, ...]] = {}
    for items in found.columns:
        half = max((boxes[item].width for item in items if item in boxes), default=0.0) / 2
        for item in filter(is_point, items):
            x, y = centre[item]
            passages[item] = ((x - half, y), (x + half, y)) if half else ((x, y),)
    return passages
