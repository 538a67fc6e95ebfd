"""The search for what f′ is in terms of f: every way of writing f by generators, the simplest answer first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation import poly
from numdiff.derivation.relation.closed import Closed, close, on_both_sides
from numdiff.derivation.relation.factor import coefficients_of
from numdiff.derivation.relation.field import TRANSCENDENTAL, Field, UnreadableError
from numdiff.derivation.relation.generators import Mode
from numdiff.derivation.relation.ratio import Ratio
from numdiff.derivation.relation.read import Reading, read
from numdiff.derivation.relation.write import is_positive
from numdiff.derivation.steps import Condition
from numdiff.functions import trees
from numdiff.functions.registry import asked, having, jumping, rows
from numdiff.functions.registry import row as row_of
from numdiff.tree import Call, Node, walk


@asked
def _transcendental() -> frozenset[str]:
    """Return the functions that are transcendental over the rational ones, of any rational function but a constant.

    Those are the inverse functions whose derivative is rational, which is no derivative of a rational function.
    """
    slopes = {row.name: trees.read(row.slope) for row in rows() if row.family == "inverse"}
    return frozenset(name for name, slope in slopes.items() if not any(isinstance(part, Call) for part in walk(slope)))


_IMPOSSIBLE = (UnreadableError, OutOfBudgetError, ZeroDivisionError, RecursionError)


@dataclass(frozen=True, eq=False)
class Found:
    """What was found.

    Attributes
    ----------
    reading : Reading
        f by its generators.
    width : int
        How many generators f and f′ have that depend on the variable.
    closed : Closed or None
        The equation between f and f′, if one was found.
    """

    reading: Reading
    width: int
    closed: Closed | None = None

    @property
    def rank(self) -> int:
        """How good it is: 0 a polynomial, 1 a rational function, 2 closed, 3 a power, 4 an equation, 5 nothing."""
        closed = self.closed
        if closed is None:
            return 5
        if closed.power == 0:
            return 4
        if closed.power > 1:
            return 3
        if closed.ratio is None or closed.at is None:
            return 2
        return 1 if poly.degree(closed.ratio.bottom, closed.at.y) else 0

    @property
    def coefficients(self) -> dict[int, Ratio] | None:
        """The coefficients of the polynomial if it is one."""
        closed = self.closed
        if self.rank or closed is None or closed.ratio is None or closed.at is None:
            return None
        return coefficients_of(closed.at.field, closed.ratio, closed.at.y)


def modes(tree: Node) -> Iterator[Mode]:
    """Yield the ways of writing that differ for this expression."""
    names = {node.name for node in walk(tree) if isinstance(node, Call)}
    half = (False, True) if names & having(family="trigonometric") else (False,)
    exponential = (False, True) if names & having(family="hyperbolic") else (False,)
    for by_terms in (False, True):
        for by_half in half:
            for by_exponential in exponential:
                yield Mode(by_half, by_exponential, by_terms)


def search(tree: Node, variable: str, budget: Budget) -> Found | None:
    """Return the best that was found within the budget, None if the expression cannot be read at all."""
    best: Found | None = None
    for mode in modes(tree):
        try:
            found = _attempt(tree, variable, budget, mode)
        except _IMPOSSIBLE:
            continue
        if best is None or (found.rank, found.width) < (best.rank, best.width):
            best = found
        if best.rank <= 2:
            break
    return best


def _attempt(tree: Node, variable: str, budget: Budget, mode: Mode) -> Found:
    reading = read(tree, variable, budget, mode)
    field = reading.field
    width = len(field.active(reading.value, field.derivative(reading.value)))
    try:
        found = Found(reading, width, close(field, reading.value, whole=True))
    except OutOfBudgetError:
        return Found(reading, width)
    if found.closed is None and reading.reader.groups.get("sign"):
        above, below = (
            _side(tree, variable, budget, Mode(mode.by_half_angle, mode.by_exponential, side=side)) for side in (1, -1)
        )
        return Found(reading, width, on_both_sides(above, below, budget))
    return found


def _side(tree: Node, variable: str, budget: Budget, mode: Mode) -> Closed | None:
    reading = read(tree, variable, budget, mode)
    return close(reading.field, reading.value)


def are_independent(field: Field, f: Ratio) -> bool:
    """Return True if f and f′ are proved to be algebraically independent: no equation P(f, f′) = 0 holds.

    Known are pairs of independent generators: x and e^p, ln p, tan p or arctan p for a rational function p of x that
    is not constant (Ritt, Integration in Finite Terms, 1948). f and f′ are independent if and only if their
    functional determinant is not 0.
    """
    slope = field.derivative(f)
    active = field.active(f, slope)
    if len(active) != 2:
        return False
    x, u = active
    if field.generators[x].kind != "variable":
        x, u = u, x
    generator = field.generators[u]
    if field.generators[x].kind != "variable" or generator.argument is None:
        return False
    if generator.kind not in TRANSCENDENTAL and generator.name not in _transcendental():
        return False
    if field.active(generator.argument) != (x,):
        return False
    by = field.ratios.derivative
    left = field.ratios.multiply(by(f, x), by(slope, u))
    right = field.ratios.multiply(by(f, u), by(slope, x))
    return not field.ratios.add(left, right, -1).is_zero


def conditions(field: Field, f: Ratio) -> tuple[Condition, ...]:
    """Return what the variable has to satisfy for f and f′ to exist, as far as roots, logarithms and jumps tell."""
    found = []
    for index in field.active(f, field.derivative(f)):
        generator = field.generators[index]
        if generator.inner is None or generator.argument is None:
            continue
        if is_positive(generator.inner):
            continue
        if generator.kind == "log" or (generator.kind == "root" and (generator.relation or (1,))[0] % 2 == 0):
            found.append(Condition("positive", generator.inner))
        elif generator.kind == "sign":
            found.append(Condition("nonzero", generator.inner, "differentiable"))
        elif generator.name in jumping():
            row = row_of(generator.name)
            found.append(Condition("not_integer", trees.put(row.steps_at, row, (generator.inner,)), "differentiable"))
    return tuple(found)
