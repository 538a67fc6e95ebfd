"""What the browser is told to draw: places, texts and numbers of one graph, ready made in the session's language."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import numdiff as nd
from numdiff.derivative.result import Reason
from numdiff.graph.build import Graph
from numdiff.graph.names import named
from numdiff.graph.nodes import GraphEdge, GraphNode
from numdiff.graph.trace import TraceRow
from numdiff.printing.text import to_text
from numdiff.tree import Call, Neg, Node, Number, Variable, is_constant, substitute
from pages.parts import numbers
from pages.parts.graph.layout import Placement, Point, Route, Size, place
from pages.parts.i18n import Translator
from pages.parts.kept import kept

Rich: TypeAlias = list[tuple[str, int]]
"""Pieces of text, each with how often it is raised: e^(−x²) is [("e", 0), ("−x²", 1)]."""

DIGITS = 4
RAISED = 0.72
"""The size of raised text beside that of the text."""

_NARROW = frozenset("iljt.,·:;|()[]'!₁ ")
_SMALL = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉₋")
_SYMMETRIC = {"add": "+", "mul": "×"}


def rich(text: str) -> Rich:
    """Return plain text in the notation of :func:`numdiff.printing.text.to_text` with its ^(…) raised."""
    pieces: Rich = []
    level, depths, depth, start = 0, [0], 0, 0
    place = 0
    while place < len(text):
        if text.startswith("^(", place):
            pieces.append((text[start:place], level))
            level, place, start = level + 1, place + 2, place + 2
            depths.append(depth)
            continue
        if text[place] == "(":
            depth += 1
        elif text[place] == ")" and level and depth == depths[-1]:
            pieces.append((text[start:place], level))
            level, start = level - 1, place + 1
            depths.pop()
        elif text[place] == ")":
            depth -= 1
        place += 1
    pieces.append((text[start:], level))
    return [piece for piece in pieces if piece[0]]


def _em(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in _SMALL:
        return 0.38
    return 0.32 if sign in _NARROW else 0.58


def width(text: Rich, size: float) -> float:
    """Return about how wide the text is in px, for letters of ``size`` px."""
    return sum(_em(sign) * size * RAISED**level for piece, level in text for sign in piece)


def number(value: float | None, none: str = "") -> str:
    """Return a number rounded to a few digits, without zeros at its end; ``none`` where there is none."""
    if value is None or math.isnan(value):
        return none
    return _rounded(float(value))


@lru_cache(maxsize=4096)
def _rounded(value: float) -> str:
    text = re.sub(r"\.0+(?=·)|(\.\d*[1-9])0+(?=·)", r"\1", numbers.significant(value, DIGITS))
    return re.sub(r"(?<![0-9.])1·(?=10)", "", text) if value else "0"


def relation(value: float | None, *, is_given: bool) -> str:
    """Return "=" before a number that was given and is shown as it was given, "≈" before others, "" before none."""
    if value is None or math.isnan(value):
        return ""
    return "=" if is_given and value == float(f"{value:.{DIGITS}g}") else "≈"


def _literal(value: float | None, none: str) -> Node:
    """Return a rounded number as a tree, to be put into a formula."""
    if value is None or not math.isfinite(value):
        sign: Node = Variable(none if value is None or math.isnan(value) else "∞")
    else:
        mantissa, _, exponent = f"{abs(value):.{DIGITS}g}".partition("e")
        sign = Number(f"{mantissa}e{int(exponent)}" if exponent else mantissa)
    return Neg(sign) if value is not None and value < 0 else sign


def with_numbers(graph: Graph, node: GraphNode, none: str) -> str:
    """Return a node's operation on its operands' rounded numbers, as plain text; ``none`` for what is none."""
    known = {named(graph.letter, other.index).name: _literal(other.value, none) for other in graph.nodes}
    return to_text(substitute(node.expression, known))


def _factor(value: float | None, none: str, *, is_first: bool = False) -> str:
    text = number(value, none) or none
    return text if is_first or not text.startswith(numbers.MINUS) else f"({text})"


def sum_with_numbers(row: TraceRow, none: str) -> str:
    """Return a sum over edges with the rounded numbers of each: 7.389·3 + 6·(−1). ``none`` stands for what is none."""
    terms = []
    for index, term in enumerate(row.terms):
        terms.append(f"{_factor(term.outer, none, is_first=index == 0)}·{_factor(term.slope, none)}")
    return " + ".join(terms)


def of_node(graph: Graph, node: GraphNode) -> str:
    """Return the label of a box: the variable, the sign or name of the operation, or it with its operands' names."""
    if node.operation in ("input", "constant"):
        return to_text(node.tree)
    operands = graph.into(node.id)
    if node.operation in _SYMMETRIC and len(operands) == 2:
        return _SYMMETRIC[node.operation]
    text = graph.text(node.expression)
    head, bracket, rest = text.partition("(")
    is_plain_function = isinstance(node.tree, Call) and len(node.tree.arguments) == 1 and bracket and rest.endswith(")")
    return head if is_plain_function and head not in ("√", "∛") else text


Data: TypeAlias = dict[str, Any]

LIMIT = 30
"""Nodes of a graph that can be read."""
FULL_LABELS = 14
"""Nodes of a graph whose edges have room for the local derivative's formula beside its number."""

LABEL, EDGE = 17.0, 14.0
"""Sizes of letters in px, in a box and on an edge; the style sheet has the same."""
_LEAST_WIDTH = 52.0
_SLOPE = "−0.0000"
"""As wide as the numbers on an edge mostly are: the picture stays where it is while they change."""
_PADDING = 22.0
_LINE = 17.0
WORDS = (
    *("picture", "first", "back", "play", "pause", "next", "last", "table", "all", "forward", "backward", "name"),
    *("formula", "put_in", "value", "legend.value", "legend.slope", "keys", "sum", "sides"),
)
"""Ids of the words that the browser needs."""


def _formula(graph: Graph, edge: GraphEdge, none: str) -> str:
    """Return the local derivative's formula; where that stands for nothing anywhere, the word for nothing."""
    return none if edge.key in graph.nowhere else graph.text(edge.local)


def _local(graph: Graph, edge: GraphEdge, none: str, *, is_full: bool) -> Rich:
    """Return the local derivative's formula, or nothing where its number says it all."""
    is_said = graph.at is not None and (is_constant(edge.local) or edge.key in graph.nowhere)
    return [] if is_said or not is_full else rich(_formula(graph, edge, none))


def _label_size(graph: Graph, edge: GraphEdge, *, has_numbers: bool) -> Size:
    formula = rich(graph.text(edge.local))
    if is_constant(edge.local) or not has_numbers:
        return Size(width(formula, EDGE) + 4, _LINE + 2)
    slope = width([(_SLOPE, 0)], EDGE)
    if not _is_full(graph, has_numbers=True):
        return Size(slope + 4, _LINE + 2)
    return Size(max(width(formula, EDGE), slope) + 4, 2 * _LINE + 2)


def _is_full(graph: Graph, *, has_numbers: bool) -> bool:
    """Return True if the edges have room for formulas: those of a small graph, or where there are no numbers."""
    return not has_numbers or len(graph.nodes) <= FULL_LABELS


@kept
def _layout(tree: Node, variables: tuple[str, ...], *, has_numbers: bool) -> tuple[Mapping[str, str], Placement]:
    """Return the labels of the nodes and where everything stands; it does not depend on the point."""
    graph = nd.graph(nd.Function(tree, variables))
    labels = {node.id: of_node(graph, node) for node in graph.nodes}
    widths = {node_id: max(_LEAST_WIDTH, width(rich(text), LABEL) + _PADDING) for node_id, text in labels.items()}
    sizes = {edge.key: _label_size(graph, edge, has_numbers=has_numbers) for edge in graph.edges}
    return labels, place(graph, widths, sizes)


def _path(route: Route) -> str:
    (x, y), *others = route.points
    parts = [f"M{x:.1f} {y:.1f}"]
    for end_x, end_y in others:
        middle = (x + end_x) / 2
        parts.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {end_y:.1f} {end_x:.1f} {end_y:.1f}")
        x, y = end_x, end_y
    return "".join(parts)


def _is_given(node: GraphNode) -> bool:
    return node.operation in ("input", "constant")


def _place(point: Point) -> list[float]:
    return [round(point[0], 1), round(point[1], 1)]


class _Scene:
    """Collects what is said about one graph."""

    def __init__(self, _: Translator, graph: Graph) -> None:
        self._, self.graph = _, graph
        self.none = _("graph.none")
        self.has_numbers = graph.at is not None
        self.is_full = _is_full(graph, has_numbers=self.has_numbers)
        self.ways = [graph, *(graph.seeded(name) for name in graph.function.variables)]
        """The graph with each variable's tangents; the first is for the adjoints."""

    def name(self, node_id: str) -> str:
        return self.graph.text(self.graph.name(node_id))

    def shown(self, value: float | None) -> str:
        return number(value, self.none) if self.has_numbers else ""

    def slope(self, edge: GraphEdge) -> str:
        return self.shown(edge.value)

    def node(self, node: GraphNode, label: str, placement: Placement) -> Data:
        box = placement.boxes[node.id]
        return {
            "id": node.id,
            "box": [round(part, 1) for part in (box.x, box.y, box.width, box.height)],
            "label": rich(label),
            "name": self.name(node.id),
            "kind": node.operation if node.operation in ("input", "constant") else "operation",
            "value": self.shown(node.value),
            "below": [self.shown(node.adjoint), *(self.shown(way.node(node.id).tangent) for way in self.ways[1:])],
            "says": rich(self.says(node)),
        }

    def edge(self, edge: GraphEdge, placement: Placement) -> Data:
        route = placement.routes[edge.key]
        return {
            "key": f"{edge.target}:{edge.position}",
            "source": edge.source,
            "target": edge.target,
            "path": _path(route),
            "label": _place(route.label),
            "local": _local(self.graph, edge, self.none, is_full=self.is_full),
            "slope": self.slope(edge),
            "broken": edge.factor != 1.0,
        }

    def says(self, node: GraphNode) -> str:
        """Return the sentence about a node that is looked at."""
        _ = self._
        about = {"name": self.name(node.id), "tree": to_text(node.tree), "output": self.graph.function.name}
        if node.value is None or node.adjoint is None:
            return f"{about['name']} = {about['tree']}"
        about |= {"value": self.shown(node.value), "relation": relation(node.value, is_given=_is_given(node))}
        if not math.isfinite(node.value):
            return _("graph.says.no_value", reason=self.reason(node), **about)
        if node.id == self.graph.output:
            return _("graph.says.output", **about)
        if not math.isfinite(node.adjoint):
            return _("graph.says.no_slope", reason=self.reason(node), **about)
        if node.adjoint == 0:
            return _("graph.says.flat", **about)
        direction = "up" if node.adjoint > 0 else "down"
        return _(f"graph.says.{direction}", slope=self.shown(abs(node.adjoint)), **about)

    def reason(self, node: GraphNode) -> str:
        return self._(f"graph.reason.{node.reason or Reason.UNDEFINED}")

    def formula(self, row: TraceRow) -> Data:
        """Return a tangent's or an adjoint's cell: symbol, sum over the edges, with numbers, and the number."""
        symbol, text = row.text()
        is_nowhere = any(term.edge in self.graph.nowhere for term in row.terms)
        return {
            "symbol": symbol,
            "formula": rich(self.none if is_nowhere else text),
            "put": rich(sum_with_numbers(row, self.none) if self.has_numbers and not is_nowhere else ""),
            "value": self.shown(row.value),
            "relation": relation(row.value, is_given=not row.terms),
            "note": self._("graph.sides") if row.by_sides else "",
            "paths": len(row.terms),
        }

    def rows(self) -> Iterable[Data]:
        below = [{row.node: row for row in self.graph.adjoint}]
        below += [{row.node: row for row in way.tangent} for way in self.ways[1:]]
        for row in self.graph.primal:
            node = self.graph.node(row.node)
            symbol, text = row.text()
            is_computed = self.has_numbers and not _is_given(node)
            yield {
                "node": row.node,
                "symbol": symbol,
                "formula": rich(text),
                "put": rich(with_numbers(self.graph, node, self.none) if is_computed else ""),
                "value": self.shown(row.value),
                "relation": relation(row.value, is_given=_is_given(node)),
                "below": [self.formula(way[row.node]) for way in below],
            }

    def spoken(self) -> list[str]:
        """Return the picture as a list of sentences: each node, then what it is made of."""
        sentences = []
        for node in self.graph.nodes:
            sentences.append(self.says(node))
            for edge in self.graph.into(node.id):
                where = {"source": self.name(edge.source), "target": self.name(node.id)}
                local, slope = _formula(self.graph, edge, self.none), self.slope(edge)
                sentences.append(self._("graph.spoken.edge", local=local, slope=slope or local, **where))
        return sentences


def _signature(graph: Graph) -> str:
    """Return a text that is the same for the same picture, whatever its numbers."""
    parts = repr((graph.function.tree, graph.function.variables, graph.at is None))
    return hashlib.blake2s(parts.encode(), digest_size=8).hexdigest()


def scene(_: Translator, graph: Graph) -> Data:
    """Return what the component draws.

    Parameters
    ----------
    _ : Translator
    graph : Graph
        Of at most :data:`LIMIT` nodes, with or without numbers.

    Returns
    -------
    dict
        JSON data: places, texts, the trace table's rows, the words and a spoken form. No text holds markup.
    """
    made = _Scene(_, graph)
    labels, placement = _layout(graph.function.tree, graph.function.variables, has_numbers=made.has_numbers)
    words: Callable[[str], str] = lambda word: _(f"graph.{word}")  # noqa: E731
    modes = [{"id": "adjoint", "label": _("graph.mode.adjoint"), "legend": _("graph.legend.adjoint"), "phase": 1}]
    for variable in graph.function.variables:
        name = to_text(Variable(variable))
        label, legend = _("graph.mode.tangent", name=name), _("graph.legend.tangent", name=name)
        modes.append({"id": variable, "label": label, "legend": legend, "phase": 0})
    return {
        "shape": _signature(graph),
        "size": [round(placement.width, 1), round(placement.height, 1)],
        "output": graph.output,
        "function": graph.function.name,
        "nodes": [made.node(node, labels[node.id], placement) for node in graph.nodes],
        "edges": [made.edge(edge, placement) for edge in graph.edges],
        "rows": list(made.rows()),
        "modes": modes,
        "numbers": made.has_numbers,
        "words": {word: words(word) for word in WORDS},
        "spoken": made.spoken(),
    }
