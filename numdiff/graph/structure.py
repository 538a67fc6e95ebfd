"""From a function's tree to the parts its computational graph is made of: distinct, non-constant, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from numdiff.evaluate.tape import Builder, Instruction, Tape
from numdiff.function import Function
from numdiff.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Node,
    Piecewise,
    Pow,
    Sub,
    Variable,
    children,
    expand_sums,
    rebuild,
)

_NAMES: Mapping[type, str] = {
    Add: "add",
    Sub: "sub",
    Mul: "mul",
    Div: "div",
    Neg: "neg",
    Pow: "pow",
    Variable: "input",
    Piecewise: "piecewise",
}

_PARTS_KEPT = 32
"""Of so many functions: they are the same at every point."""

UNUSED = -1
"""Places from here down are of variables that the tape does not contain."""


@dataclass(frozen=True)
class Part:
    """One sub-expression.

    Attributes
    ----------
    place : int
        Of its value on the function's tape; a negative number for a variable that does not occur.
    operation : str
    tree : Node
    operands : Mapping
        The places of the operands that depend on a variable, by their position among the operation's operands.
    level : int
    places : tuple
        The places of all operands, None for a literal that is part of the operation (the 2 in x²).
    """

    place: int
    operation: str
    tree: Node
    operands: Mapping[int, int]
    level: int
    places: tuple[int | None, ...] = ()

    def named(self, names: Mapping[int, Node]) -> tuple[Node, ...]:
        """Return all operands: those that depend on a variable by the names of their places, the others as typed."""
        return tuple(
            names[self.operands[position]] if position in self.operands else part
            for position, part in enumerate(children(self.tree))
        )

    def expression(self, operands: tuple[Node, ...]) -> Node:
        """Return the operation applied to other operands."""
        return rebuild(self.tree, operands) if operands else self.tree


class _Recorder(Builder):
    """Writes the tape and remembers at which place each node's value is."""

    def __init__(self) -> None:
        super().__init__()
        self.place_of: dict[int, int] = {}

    def node(self, node: Node) -> int:
        place = super().node(node)
        self.place_of[id(node)] = place
        return place

    def active(self) -> tuple[bool, ...]:
        """Return for each place whether a variable occurs in it."""
        names = tuple(str(step.parameter) for step in self.places if step.op == "variable")
        return Tape(tuple(self.places), names).depends_on(*names)


class _Collector:
    """Collects the parts, operands before the operations that use them, each once."""

    def __init__(self, recorder: _Recorder) -> None:
        self.place_of = recorder.place_of
        self.active = recorder.active()
        self.parts: dict[int, Part] = {}

    def is_active(self, node: Node) -> bool:
        """Return True if a variable occurs in the node; literal exponents are not on the tape."""
        place = self.place_of.get(id(node))
        return place is not None and self.active[place]

    def add(self, node: Node) -> Part:
        place = self.place_of[id(node)]
        if place in self.parts:
            return self.parts[place]
        operands = {position: self.add(part) for position, part in enumerate(children(node)) if self.is_active(part)}
        operation = node.name if isinstance(node, Call) else _NAMES.get(type(node), "constant")
        level = 1 + max((part.level for part in operands.values()), default=-1)
        places = {position: part.place for position, part in operands.items()}
        everything = tuple(self.place_of.get(id(part)) for part in children(node))
        self.parts[place] = Part(place, operation, node, places, level, everything)
        return self.parts[place]


def parts_of(f: Function) -> list[Part]:
    """Return the parts of f in the order of the graph's nodes: the variables in their order, then by level.

    A constant function's only part is the constant. Variables that the formula does not contain are parts too.
    """
    of, parts = _kept_parts(f)
    # equal functions may have been typed in other places of a text, which their trees remember
    return list(parts if of is f else _new_parts(f)[1])


def _new_parts(f: Function) -> tuple[Function, tuple[Part, ...]]:
    tree = expand_sums(f.tree)
    recorder = _Recorder()
    recorder.node(tree)
    collector = _Collector(recorder)
    output = collector.add(tree)
    inputs = [
        collector.parts.get(
            recorder.places.get(Instruction("variable", (), name), UNUSED - number),
            Part(UNUSED - number, "input", Variable(name), {}, 0),
        )
        for number, name in enumerate(f.variables)
    ]
    others = [part for part in collector.parts.values() if part.operation != "input"]
    if not collector.is_active(tree):
        others = [replace(output, operation="constant")]
    return f, (*inputs, *sorted(others, key=lambda part: part.level))


_kept_parts = lru_cache(maxsize=_PARTS_KEPT)(_new_parts)
