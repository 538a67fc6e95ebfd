"""The tree flattened into a tape: a list of instructions without repeats, evaluated one after the other.

NumPy values, dual numbers and exact values all run the same tape; they differ in what they do for an operation.
A sub-expression that occurs twice is computed once. The operations are

``number`` (parameter: the exact Fraction), ``constant`` (``"e"`` or ``"pi"``), ``variable`` (its name);
``neg``, ``add``, ``sub``, ``mul``, ``div``;
``power_integer`` (parameter n: the exponent was an integer literal), ``power_rational`` (parameter (p, q) in lowest
terms, q odd: real below 0 too), ``power`` (any other), ``exp`` (also for e^u);
``root_odd``, ``root_even`` (parameter n), and the names of the rows with all their operands: those that may be left
out are filled in, and what takes any number of them (``min``, ``max``) has two, nested from the left;
``piecewise`` (parameter: the :class:`~numdiff.evaluate.choice.Choice` among its operands, of which it has any number).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial, reduce
from typing import TypeAlias

from numdiff.evaluate.choice import Choice
from numdiff.functions.registry import known
from numdiff.functions.trees import completed, put
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Sub,
    Variable,
    children,
    expand_sums,
    integer_literal,
    odd_root,
)

Parameter: TypeAlias = Fraction | int | str | tuple[int, int] | Choice | None

_BINARY = {Add: "add", Sub: "sub", Mul: "mul", Div: "div"}


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operation: its operands are places of earlier instructions on the tape."""

    op: str
    operands: tuple[int, ...] = ()
    parameter: Parameter = None


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """The instructions in order; the last one is the value of the tree. Compared by identity, to be a cache's key."""

    instructions: tuple[Instruction, ...]
    variables: tuple[str, ...]

    @property
    def has_choices(self) -> bool:
        """Whether values are chosen by conditions."""
        return any(step.op == "piecewise" for step in self.instructions)

    def depends_on(self, *names: str) -> tuple[bool, ...]:
        """Return for each instruction whether one of the variables occurs in it."""
        active: list[bool] = []
        for step in self.instructions:
            is_named = step.op == "variable" and step.parameter in names
            active.append(is_named or any(active[place] for place in step.operands))
        return tuple(active)


class Builder:
    """Collects instructions; an instruction that is already there is not written again."""

    def __init__(self) -> None:
        self.places: dict[Instruction, int] = {}

    def put(self, op: str, *operands: int, parameter: Parameter = None) -> int:
        """Return the place of the instruction, written if it is new."""
        return self.places.setdefault(Instruction(op, operands, parameter), len(self.places))

    def node(self, node: Node) -> int:
        """Write a sub-expression and return the place of its value."""
        match node:
            case Number():
                return self.put("number", parameter=node.value)
            case Constant():
                return self.put("constant", parameter=node.name)
            case Variable():
                return self.variable(node.name)
            case Neg():
                return self.put("neg", self.node(node.argument))
            case Add() | Sub() | Mul() | Div():
                return self.put(_BINARY[type(node)], self.node(node.left), self.node(node.right))
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case Piecewise():
                return self.put("piecewise", *map(self.node, children(node)), parameter=Choice.of(node))
            case _:
                raise TypeError(f"{type(node).__name__} has no value outside a sum over its index")

    def variable(self, name: str) -> int:
        """Write a variable."""
        return self.put("variable", parameter=name)

    def power(self, node: Pow) -> int:
        """Write a power by the kind of its exponent."""
        if node.base == Constant("e"):
            return self.put("exp", self.node(node.exponent))
        fraction = odd_root(node.exponent)
        if fraction is not None:
            return self.put("power_rational", self.node(node.base), parameter=fraction)
        integer = integer_literal(node.exponent)
        if integer is not None:
            return self.put("power_integer", self.node(node.base), parameter=integer)
        return self.put("power", self.node(node.base), self.node(node.exponent))

    def call(self, node: Call) -> int:
        """Write a function; min and max of many are nested from the left. UnknownFunctionError if there is none."""
        row = known(node.name)
        if node.name == "root":
            index = integer_literal(node.arguments[1])
            if index is None or index < 1:
                raise ValueError("the index of a root must be a positive integer literal")
            op = "root_odd" if index % 2 else "root_even"
            return self.put(op, self.node(node.arguments[0]), parameter=index)
        if row.is_composite:
            return self.node(put(row.definition, row, node.arguments))
        places = [self.node(argument) for argument in completed(row, node.arguments)]
        if row.is_variadic:
            return reduce(partial(self.put, row.name), places)
        return self.put(row.name, *places)


class _OnceEach(Builder):
    """Writes every sub-expression once, however often it occurs: what the rules make shares its parts."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Node, int] = {}

    def node(self, node: Node) -> int:
        place = self._known.get(node)
        if place is None:
            place = self._known[node] = super().node(node)
        return place


class _Identity:
    """A tree compared by identity: hashing a tree of 300 nodes would cost more than evaluating it."""

    __slots__ = ("tree",)

    def __init__(self, tree: Node) -> None:
        self.tree = tree

    def __hash__(self) -> int:
        return id(self.tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.tree is self.tree


@lru_cache(maxsize=512)
def _tape_by_value(tree: Node) -> Tape:
    builder = _OnceEach()
    builder.node(expand_sums(tree))
    steps = tuple(builder.places)
    names = tuple(str(step.parameter) for step in steps if step.op == "variable")
    return Tape(steps, names)


@lru_cache(maxsize=512)
def _tape_by_identity(key: _Identity) -> Tape:
    return _tape_by_value(key.tree)


def write_tape(*trees: Node) -> tuple[Tape, tuple[int, ...]]:
    """Return a tape with the values of several trees, which is not kept, and their places on it.

    Sums over an index must be written out.
    """
    builder = _OnceEach()
    places = tuple(builder.node(tree) for tree in trees)
    steps = tuple(builder.places)
    return Tape(steps, tuple(str(step.parameter) for step in steps if step.op == "variable")), places


def compile_tape(tree: Node) -> Tape:
    """Return the tree's tape, kept for the 512 trees used last; equal trees share one tape.

    Raises
    ------
    TypeError
        For an indexed variable outside a sum.
    ValueError
        For a root whose index is not a positive integer literal.
    """
    return _tape_by_identity(_Identity(tree))
