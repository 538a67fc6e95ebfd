"""The immutable expression tree: it keeps the form the user typed.

Everything else in the project — values, derivatives, LaTeX, Python, JavaScript, the steps of a derivation — is
computed from this tree, so that the picture, the numbers and the formula cannot disagree. Nodes are plain data:
no node evaluates, prints or simplifies itself. Two trees are equal when they were typed as the same expression;
the place in the text (``span``) does not take part in the comparison.

Sums and products are binary and lean to the left, as they are typed and as Python computes them:
``3x e^x`` is ``Mul(Mul(3, x), Pow(e, x))``. A pair of brackets that changes nothing leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, reduce
from typing import Literal, TypeAlias

from numdiff.indices import with_index
from numdiff.kept_hash import KeptHash, keep_hash

Span: TypeAlias = tuple[int, int]
"""Where a node or an error stands in the typed text: ``text[start:end]``."""


@dataclass(frozen=True, slots=True)
class Number(KeptHash):
    """A decimal literal as typed: ``3``, ``0.5``, ``2.0``, ``1e-4``. Never negative: −3 is ``Neg(Number("3"))``."""

    text: str
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def value(self) -> Fraction:
        """The exact value of the decimal literal."""
        return Fraction(self.text)

    @property
    def is_integer_literal(self) -> bool:
        """True if it was typed without a point or an exponent (``2``, not ``2.0``)."""
        return self.text.isdigit()


@dataclass(frozen=True, slots=True)
class Constant(KeptHash):
    """Euler's number or π."""

    name: Literal["e", "pi"]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Variable(KeptHash):
    """A variable by its canonical name: ``x``, ``x_1``, ``theta``, ``야식``."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Indexed(KeptHash):
    """A variable with a summation index, as in the body of Σ 3y·xᵢ. It occurs only inside an :class:`IndexedSum`."""

    base: str
    index: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Neg(KeptHash):
    """−argument."""

    argument: Node
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Add(KeptHash):
    """left + right."""

    left: Node
    right: Node
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sub(KeptHash):
    """left − right."""

    left: Node
    right: Node
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mul(KeptHash):
    """left · right."""

    left: Node
    right: Node
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Div(KeptHash):
    """left / right, written as a fraction."""

    left: Node
    right: Node
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pow(KeptHash):
    """base to the power of exponent. e^x is ``Pow(Constant("e"), x)``; exp(x) is a :class:`Call`."""

    base: Node
    exponent: Node
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call(KeptHash):
    """A function (:mod:`numdiff.functions`) applied to its arguments.

    ``log`` has two arguments (x, base); base e, 2 and 10 are ``ln``, ``log2`` and ``log10``. ``root`` has two
    (x, n) with an integer literal n ≥ 4; the square and cube roots are ``sqrt`` and ``cbrt``.
    """

    name: str
    arguments: tuple[Node, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IndexedSum(KeptHash):
    """Σ of body for index = lower … upper (both included). In the body the index is a ``Variable(index)``."""

    index: str
    lower: int
    upper: int
    body: Node
    span: Span | None = field(default=None, compare=False, repr=False)


Relation: TypeAlias = Literal["<", "<=", ">", ">=", "=", "!="]


@dataclass(frozen=True, slots=True)
class Comparison(KeptHash):
    """left < right, or another relation between two expressions."""

    left: Node
    relation: Relation
    right: Node


@dataclass(frozen=True, slots=True)
class Joined(KeptHash):
    """Conditions all of which hold ("and"), or one of them at least ("or")."""

    word: Literal["and", "or"]
    parts: tuple[Condition, ...]


Condition: TypeAlias = Comparison | Joined


@dataclass(frozen=True, slots=True)
class Piecewise(KeptHash):
    """The first of the values whose condition holds; a value without a condition, the last one, holds otherwise.

    Without such a value there is none where no condition holds. What is compared stands in the conditions.
    """

    values: tuple[Node, ...]
    conditions: tuple[Condition, ...]
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def branches(self) -> tuple[tuple[Node, Condition], ...]:
        """The values that have a condition, each with its own."""
        return tuple(zip(self.values, self.conditions, strict=False))

    @property
    def otherwise(self) -> Node | None:
        """The value where no condition holds; None if there is none."""
        return self.values[-1] if len(self.values) > len(self.conditions) else None


_KINDS = (
    *(Number, Constant, Variable, Indexed, Neg, Add, Sub, Mul, Div, Pow, Call, IndexedSum),
    *(Piecewise, Comparison, Joined),
)
for _kind in _KINDS:
    keep_hash(_kind)

Node: TypeAlias = (
    Number | Constant | Variable | Indexed | Neg | Add | Sub | Mul | Div | Pow | Call | IndexedSum | Piecewise
)


def compared(condition: Condition) -> tuple[Node, ...]:
    """Return the expressions that a condition compares, from left to right."""
    if isinstance(condition, Comparison):
        return (condition.left, condition.right)
    return tuple(side for part in condition.parts for side in compared(part))


def comparing(condition: Condition, sides: Iterator[Node]) -> Condition:
    """Return the same condition of other expressions, in the order of :func:`compared`."""
    if isinstance(condition, Comparison):
        return Comparison(next(sides), condition.relation, next(sides))
    return Joined(condition.word, tuple(comparing(part, sides) for part in condition.parts))


def children(node: Node) -> tuple[Node, ...]:
    """Return the node's direct sub-expressions, from left to right."""
    match node:
        case Add() | Sub() | Mul() | Div():
            return (node.left, node.right)
        case Neg():
            return (node.argument,)
        case Pow():
            return (node.base, node.exponent)
        case Call():
            return node.arguments
        case IndexedSum():
            return (node.body,)
        case Piecewise():
            return (*node.values, *(side for condition in node.conditions for side in compared(condition)))
        case _:
            return ()


def rebuild(node: Node, parts: tuple[Node, ...]) -> Node:
    """Return the same node with other sub-expressions, in the order of :func:`children`."""
    match node:
        case Add() | Sub() | Mul() | Div():
            return replace(node, left=parts[0], right=parts[1])
        case Neg():
            return replace(node, argument=parts[0])
        case Pow():
            return replace(node, base=parts[0], exponent=parts[1])
        case Call():
            return replace(node, arguments=parts)
        case IndexedSum():
            return replace(node, body=parts[0])
        case Piecewise():
            sides = iter(parts[len(node.values) :])
            conditions = tuple(comparing(condition, sides) for condition in node.conditions)
            return replace(node, values=parts[: len(node.values)], conditions=conditions)
        case _:
            return node


def with_values(node: Piecewise, change: Callable[[Node], Node]) -> Piecewise:
    """Return the pieces with their values changed, the same object if none is."""
    values = tuple(map(change, node.values))
    same = all(new is old for new, old in zip(values, node.values, strict=True))
    return node if same else replace(node, values=values)


def walk(node: Node) -> Iterator[Node]:
    """Yield every node of the tree, parents before children, from left to right."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def transform(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the tree with ``change`` applied to every node, children first."""
    parts = children(node)
    changed = tuple(transform(part, change) for part in parts)
    same = all(new is old for new, old in zip(changed, parts, strict=True))
    return change(node if same else rebuild(node, changed))


def size(node: Node) -> int:
    """Return the number of nodes, a sum over an index counted as it is when written out.

    Nothing is called from level to level: this is asked of what was typed before anything limits it.
    """
    total, stack = 0, [(node, 1)]
    while stack:
        current, times = stack.pop()
        total += times
        if isinstance(current, IndexedSum):
            times *= max(current.upper - current.lower + 1, 0)
            total += times
        stack.extend((part, times) for part in children(current))
    return total


def depth(node: Node) -> int:
    """Return how deeply expressions are nested; a long sum or product typed without brackets is one level."""
    match node:
        case Add() | Sub():
            spine: type | tuple[type, ...] = (Add, Sub)
        case Mul() | Div():
            spine = (Mul, Div)
        case _:
            return 1 + max((depth(part) for part in children(node)), default=0)
    deepest = 0
    current: Node = node
    while isinstance(current, spine):
        left, right = children(current)
        deepest = max(deepest, depth(right))
        current = left
    return 1 + max(deepest, depth(current))


def variables(node: Node) -> tuple[str, ...]:
    """Return the names of the free variables in order of first appearance; sums over an index are written out."""
    names = (part.name for part in walk(expand_sums(node)) if isinstance(part, Variable))
    return tuple(dict.fromkeys(names))


def substitute(node: Node, values: Mapping[str, Node]) -> Node:
    """Return the tree with variables replaced by expressions. The index of a sum hides an outer variable."""
    match node:
        case Variable():
            return values.get(node.name, node)
        case IndexedSum():
            inner = {name: value for name, value in values.items() if name != node.index}
            return replace(node, body=substitute(node.body, inner))
        case _:
            parts = children(node)
            return rebuild(node, tuple(substitute(part, values) for part in parts)) if parts else node


@cache
def _integer(value: int) -> Node:
    number = Number(str(abs(value)))
    return Neg(number) if value < 0 else number


def _with_index(node: Node, index: str, value: int) -> Node:
    """Return the body of a sum for one value of its index."""
    match node:
        case Variable() if node.name == index:
            return _integer(value)
        case Indexed() if node.index == index:
            return Variable(with_index(node.base, value), node.span)
        case IndexedSum() if node.index == index:
            return node
        case _:
            parts = children(node)
            return rebuild(node, tuple(_with_index(part, index, value) for part in parts)) if parts else node


def terms(node: IndexedSum) -> tuple[Node, ...]:
    """Return the terms of a sum over an index, written out; an empty sum has none."""
    return tuple(_with_index(node.body, node.index, value) for value in range(node.lower, node.upper + 1))


def expand_sums(node: Node) -> Node:
    """Return the tree with every sum over an index written out term by term (an empty sum is 0)."""
    if not any(isinstance(part, IndexedSum) for part in walk(node)):
        return node
    if isinstance(node, IndexedSum):
        written = [expand_sums(term) for term in terms(node)]
        return reduce(Add, written) if written else Number("0", node.span)
    return rebuild(node, tuple(expand_sums(part) for part in children(node)))


def integer_literal(node: Node) -> int | None:
    """Return n if the node is an integer literal n or −n (typed without a point), else None."""
    match node:
        case Number() if node.is_integer_literal:
            return int(node.text)
        case Neg(Number() as number) if number.is_integer_literal:
            return -int(number.text)
        case _:
            return None


def odd_root(exponent: Node) -> tuple[int, int] | None:
    """Return (p, q) in lowest terms if the exponent is a literal fraction p/q with odd q > 1, else None.

    Such a power is real for a negative base too: x^(1/3) is the cube root, x^(2/3) its square.
    """
    sign = 1
    while isinstance(exponent, Neg):
        sign, exponent = -sign, exponent.argument
    if not isinstance(exponent, Div):
        return None
    top, bottom = integer_literal(exponent.left), integer_literal(exponent.right)
    if top is None or bottom is None or bottom == 0:
        return None
    fraction = sign * Fraction(top, bottom)
    is_odd_root = fraction.denominator > 1 and fraction.denominator % 2 == 1
    return (fraction.numerator, fraction.denominator) if is_odd_root else None


def is_constant(node: Node) -> bool:
    """Return True if no variable occurs in the expression."""
    return not any(isinstance(part, Variable | Indexed) for part in walk(expand_sums(node)))
