"""The picture of a graph, first half: which column each node stands in, and in which order from top to bottom.

Layers after K. Sugiyama, S. Tagawa, M. Toda, Methods for visual understanding of hierarchical system structures, IEEE
Trans. Syst. Man Cybern. 11 (1981): an edge over several layers is cut into short ones by invisible points; sweeps by
barycentres reduce the crossings; then neighbours are exchanged where that removes more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from numdiff.graph.build import Graph
from numdiff.graph.nodes import EdgeKey

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
