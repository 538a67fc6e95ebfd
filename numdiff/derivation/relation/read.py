"""From a typed expression to a rational function of generators.

Sine, cosine and their like are written by one tangent, exponentials and logarithms share their generators
(:mod:`numdiff.derivation.relation.generators`). What is made of two branches is written with the sign of what breaks
it, an inverse function or one without a definition is a generator with its row's slope, and everything else is its
definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation.relation.field import Field, Generator, Kind, UnreadableError
from numdiff.derivation.relation.generators import Entry, FinerError, Generators, Mode
from numdiff.derivation.relation.ratio import Ratio, of_number, of_symbol
from numdiff.functions import trees
from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    expand_sums,
    integer_literal,
    odd_root,
)

_MOST_RESTARTS = 12
ONE, HALF, TWO = of_number(1), of_number(Fraction(1, 2)), of_number(2)
_MOST_MULTIPLES = 24


@dataclass(frozen=True, eq=False)
class Reading:
    """An expression in its field."""

    value: Ratio
    reader: Reader

    @property
    def field(self) -> Field:
        """The field."""
        return self.reader.field


def read(tree: Node, variable: str, budget: Budget, mode: Mode) -> Reading:
    """Return the expression as a rational function of generators.

    Raises
    ------
    UnreadableError
        If a part of it cannot be written so.
    OutOfBudgetError
        If it takes too long.
    ZeroDivisionError
        If it divides by what is 0 everywhere.
    """
    finer: dict[tuple[str, int], int] = {}
    tree = expand_sums(tree)
    for _ in range(_MOST_RESTARTS):
        reader = Reader(variable, budget, mode, finer)
        try:
            return Reading(reader.node(tree), reader)
        except FinerError as found:
            finer[found.key] = finer.get(found.key, 1) * found.parts
    raise UnreadableError


class Reader(Generators):
    """Reads expressions into one field."""

    def __init__(self, variable: str, budget: Budget, mode: Mode, finer: dict[tuple[str, int], int]) -> None:
        super().__init__(budget, mode, finer)
        self.variable = variable
        self._known: dict[Node, Ratio] = {}
        self._is_form = False
        self._typed: Mapping[Node, Node | None] = {}

    def node(self, node: Node) -> Ratio:
        """Return the value of an expression."""
        if node not in self._known:
            self._known[node] = self._node(node)
        return self._known[node]

    def _node(self, node: Node) -> Ratio:
        f = self.field
        match node:
            case Number():
                return of_number(node.value)
            case Constant():
                return self.exp(of_number(1), node) if node.name == "e" else self.constant("pi", node)
            case Variable():
                return self.letter(node)
            case Neg():
                return f.multiply(of_number(-1), self.node(node.argument))
            case Add():
                return f.add(self.node(node.left), self.node(node.right))
            case Sub():
                return f.subtract(self.node(node.left), self.node(node.right))
            case Mul():
                return f.multiply(self.node(node.left), self.node(node.right))
            case Div():
                return f.divide(self.node(node.left), self.node(node.right))
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case _:
                raise UnreadableError

    def letter(self, node: Variable) -> Ratio:
        """Return the variable or a parameter."""
        key = ("letter", node.name)
        if key not in self._names:
            own = node.name == self.variable
            kind: Kind = "variable" if own else "constant"
            generator = Generator(kind, node, of_number(1 if own else 0), is_constant=not own)
            self._names[key] = self.field.put(generator)
        return of_symbol(self._names[key])

    def power(self, node: Pow) -> Ratio:
        """Return a power: of e, with a rational exponent, or any other."""
        if node.base == Constant("e"):
            return self.exp(self.node(node.exponent), self.typed(node))
        base, fraction = self.node(node.base), odd_root(node.exponent)
        exponent = of_number(Fraction(*fraction)) if fraction else self.node(node.exponent)
        value = exponent.number
        if value is not None:
            return self.rational_power(base, value, self.typed(node.base))
        return self.exp(self.field.multiply(exponent, self.log(base, self.typed(node.base))), self.typed(node))

    def call(self, node: Call) -> Ratio:
        """Return a function's value."""
        name, first = node.name, node.arguments[0]
        match name:
            case "exp":
                return self.exp(self.node(first), self.typed(node))
            case "ln":
                return self.log(self.node(first), self.typed(first))
            case "sqrt" | "cbrt":
                return self.rational_power(self.node(first), Fraction(1, 2 if name == "sqrt" else 3), self.typed(first))
            case "root":
                index = integer_literal(node.arguments[1])
                if not index:
                    raise UnreadableError
                return self.rational_power(self.node(first), Fraction(1, index), self.typed(first))
        return _apply(self, node)

    def typed(self, node: Node) -> Node | None:
        """Return how a part was typed; None for what stands in the form of a row only."""
        return self._typed.get(node) if self._is_form else node

    def form(self, text: str, values: Mapping[str, Ratio], first: Node | None = None) -> Ratio:
        """Return the value of a row's form; ``first`` is how its first argument was typed."""
        inside = copy(self)  # it makes its generators in the same field
        inside._known = {Variable(name): value for name, value in values.items()}
        inside._is_form, inside._typed = True, {Variable("u"): first}
        return inside.node(trees.read(text))


# --- sine, cosine and the hyperbolic functions --------------------------------------------------------------------


def _pair(reader: Reader, g: Ratio, *, hyperbolic: bool) -> tuple[Ratio, Ratio]:
    """Return (cos g, sin g) or (cosh g, sinh g)."""
    f = reader.field
    if g.is_zero:
        return ONE, of_number(0)
    if f.is_constant(g):
        names = ("cosh", "sinh") if hyperbolic else ("cos", "sin")
        written = reader.write(g)
        cosine, sine = (reader.constant((name, written), Call(name, (written,))) for name in names)
        return cosine, sine
    if hyperbolic and reader.mode.by_exponential:
        growth = reader.exp(g)
        decay = f.power(growth, -1)
        return f.multiply(HALF, f.add(growth, decay)), f.multiply(HALF, f.subtract(growth, decay))
    group = "tanh" if hyperbolic else "half" if reader.mode.by_half_angle else "tan "
    _, entry, n = reader.shared(group, g)
    tangent = of_symbol(entry.index)
    if group == "half":
        square = f.power(tangent, 2)
        below = f.add(ONE, square)
        cosine, sine = f.divide(f.subtract(ONE, square), below), f.divide(f.multiply(TWO, tangent), below)
    else:
        cosine = of_symbol(entry.second)
        sine = f.multiply(tangent, cosine)
    return _multiple(reader, cosine, sine, n, 1 if hyperbolic else -1)


def _multiple(reader: Reader, cosine: Ratio, sine: Ratio, n: int, sign: int) -> tuple[Ratio, Ratio]:
    """Return cosine and sine of n times the angle, by the addition theorem (sign 1: hyperbolic)."""
    if abs(n) > _MOST_MULTIPLES:
        raise OutOfBudgetError
    f = reader.field
    c, s = ONE, of_number(0)
    for _ in range(abs(n)):
        crossed = f.multiply(of_number(sign), f.multiply(s, sine))
        c, s = f.add(f.multiply(c, cosine), crossed), f.add(f.multiply(s, cosine), f.multiply(c, sine))
    return c, s if n >= 0 else f.multiply(of_number(-1), s)


def _by_tangent(reader: Reader, row: Elementary, g: Ratio) -> Ratio:
    """Return the value of a function of the two families; those that these three define need no rule."""
    cosine, sine = _pair(reader, g, hyperbolic=row.family == "hyperbolic")
    match row.name.removesuffix("h"):
        case "sin":
            return sine
        case "cos":
            return cosine
        case "tan":
            return reader.field.divide(sine, cosine)
        case _:
            raise UnreadableError


# --- functions that are generators of their own, and such of two branches ------------------------------------------


def _own(reader: Reader, row: Elementary, g: Ratio, inner: Node | None) -> Ratio:
    """Return the generator of a function at g, its slope as the row has it; ``inner`` is how g was typed."""
    f = reader.field
    entries = reader.groups.setdefault(row.name, [])
    for entry in entries:
        if entry.argument.same(g):
            return of_symbol(entry.index)
    written = inner or reader.write(g)
    slope = f.multiply(reader.form(row.slope, {"u": g}), f.derivative(g))
    generator = Generator("other", Call(row.name, (written,)), slope, row.name, g, None, written, f.is_constant(g))
    entries.append(Entry(g, f.put(generator)))
    return of_symbol(entries[-1].index)


def _of_branches(reader: Reader, row: Elementary, *operands: Ratio) -> Ratio:
    """Return half the sum of the branches, and half their difference times the sign of what breaks the function."""
    f, values = reader.field, dict(zip(row.parameters, operands, strict=True))
    side = reader.sign(reader.form(row.breaks, values))
    below, above = (reader.form(branch, values) for branch in row.branches)
    turned = f.multiply(side, f.subtract(above, below))
    return f.multiply(HALF, f.add(f.add(below, above), turned))


def _apply(reader: Reader, node: Call) -> Ratio:
    """Return the value of any function but exp, ln and the roots.

    Raises
    ------
    UnreadableError
        If its row has no definition and no slope in a single form.
    """
    row = row_of(node.name)
    operands = tuple(map(reader.node, trees.completed(row, node.arguments)))
    undone = _undone(reader, row, operands[0])
    if undone is not None:
        return undone
    if row.family in ("trigonometric", "hyperbolic") and not row.definition:
        return _by_tangent(reader, row, operands[0])
    if row.branches:
        if not row.is_variadic:
            return _of_branches(reader, row, *operands)
        return reduce(partial(_of_branches, reader, row), operands)
    if row.definition and row.family != "inverse":
        typed = reader.typed(node.arguments[0])
        return reader.form(row.definition, dict(zip(row.parameters, operands, strict=True)), typed)
    if len(operands) == 1 and row.slope:
        return _own(reader, row, operands[0], reader.typed(node.arguments[0]))
    raise UnreadableError


def _undone(reader: Reader, row: Elementary, g: Ratio) -> Ratio | None:
    """Return w for tan(arctan w) and the like."""
    if row.inverse and len(g.symbols) == 1 and g.same(of_symbol(next(iter(g.symbols)))):
        generator = reader.field.generators[next(iter(g.symbols))]
        if generator.kind == "other" and generator.name == row.inverse:
            return generator.argument
    return None
