"""The picture of a graph, second half: where everything stands, in px, and where each edge's numbers fit.

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

from numdiff.graph.build import Graph
from numdiff.graph.nodes import EdgeKey
from pages.parts.graph.fitting import Box, Point, Size, label_places
from pages.parts.graph.layering import Item, Layers, is_point, layers

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
