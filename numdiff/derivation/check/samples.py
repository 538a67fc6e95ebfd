"""Points at which a function and its derivative exist, found also where the domain is narrow.

Tried one after the other until there are some: moderate numbers; numbers of all sizes, and numbers near the
constants of the expression; a search that starts from the points at which the fewest functions lack a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from numdiff.derivation.check.domains import holds_at
from numdiff.derivation.steps import Condition
from numdiff.evaluate.floats import evaluate, program
from numdiff.evaluate.forms import Operation, compiled
from numdiff.evaluate.forward import evaluate_dual
from numdiff.evaluate.tape import compile_tape
from numdiff.functions import trees
from numdiff.functions.registry import asked, is_known
from numdiff.functions.registry import row as row_of
from numdiff.tree import Node, children, is_constant

Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.float64]
"""One point a row, one variable a column."""

WANTED = 6
"""How many points are chosen."""

_MODERATE, _WIDE, _NEAR = 64, 512, 32
_ROUNDS, _KEPT, _CHILDREN = 30, 8, 24
_DTYPE = np.dtype(np.float64)


@dataclass(frozen=True)
class Samples:
    """Points at which a function and its derivative exist.

    Attributes
    ----------
    points : Mapping[str, ndarray]
        For each variable its values, float64 of shape (count,).
    count : int
        How many points were found, at most :data:`WANTED`.
    """

    points: Mapping[str, Floats]
    count: int


def find_samples(
    tree: Node, variables: Sequence[str], variable: str | None, conditions: Sequence[Condition] = ()
) -> Samples:
    """Return points at which the tree has a value, every part of it too, and a derivative if a variable is given.

    Parameters
    ----------
    tree : Node
        The function.
    variables : sequence of str
        Its variables.
    variable : str or None
        By which its derivative has to exist; None if only the values matter.
    conditions : sequence of Condition, optional
        What has to hold besides.

    Returns
    -------
    Samples
        Always the same points for the same tree; none if no point was found.
    """
    names = tuple(variables) or (variable or "x",)
    chance = np.random.default_rng(len(names))
    search = _Search(tree, names, variable, conditions)
    for rows in (_moderate(chance, len(names)), _wide(chance, tree, len(names))):
        good = search.good(rows)
        if len(good):
            return _chosen(names, good)
    return _chosen(names, search.narrow(chance, rows))


def _chosen(names: Sequence[str], rows: Rows) -> Samples:
    """Return some of the rows, spread over all of them."""
    kept = rows[np.unique(np.linspace(0, len(rows) - 1, min(WANTED, len(rows))).astype(int))] if len(rows) else rows
    return Samples({name: kept[:, place].copy() for place, name in enumerate(names)}, len(kept))


def _moderate(chance: np.random.Generator, width: int) -> Rows:
    """Return numbers that a learner would try: between 0 and 1, up to 3, and negative ones."""
    rows = chance.uniform(0.1, 1.0, (_MODERATE, width))
    rows[1::2] *= 3.0
    signs = chance.choice([-1.0, 1.0], (_MODERATE, width))
    rows[2::4] *= signs[2::4]
    rows[3::4] *= signs[3::4]
    return rows.round(6)


def _wide(chance: np.random.Generator, tree: Node, width: int) -> Rows:
    """Return numbers of all sizes and signs, numbers up to 30, and numbers near the constants of the tree."""
    sizes = 10.0 ** chance.uniform(-4, 7, (_WIDE, width)) * chance.choice([-1.0, 1.0], (_WIDE, width))
    even = chance.uniform(-30, 30, (_WIDE, width))
    near = [
        value + 10.0 ** chance.uniform(-4, 3, (_NEAR, width)) * chance.choice([-1.0, 1.0], (_NEAR, width))
        for value in _constants(tree)
    ]
    return np.concatenate([even, sizes, *near, *(-some for some in near)])


def _constants(tree: Node) -> list[float]:
    """Return the finite values of the greatest parts without a variable, each once."""
    found: dict[float, None] = {}
    stack = [tree]
    while stack:
        node = stack.pop()
        if is_constant(node):
            value = float(np.real(evaluate(node, {})))
            if np.isfinite(value) and abs(value) < 1e12:
                found[value] = None
        else:
            stack.extend(children(node))
    return list(found)[:16]


class _Search:
    """Which points are good, and how far a point is from being good."""

    def __init__(
        self, tree: Node, names: tuple[str, ...], variable: str | None, conditions: Sequence[Condition] = ()
    ) -> None:
        self.tree, self.names, self.variable, self.conditions = tree, names, variable, conditions
        self.tape = compile_tape(tree)
        with np.errstate(all="ignore"):
            self.program = program(self.tape, _DTYPE)

    def _values(self, rows: Rows) -> list[Any]:
        with np.errstate(all="ignore"):
            return self.program.run({name: rows[:, place] for place, name in enumerate(self.names)})

    def good(self, rows: Rows) -> Rows:
        """Return the rows at which all is finite, those with a derivative of moderate size first if there are any."""
        is_good = np.ones(len(rows), dtype=bool)
        values = self._values(rows)
        for value in values[-1:] if self.tape.has_choices else values:
            is_good &= np.isfinite(value)
        for condition in self.conditions:
            arguments = {name: rows[:, place] for place, name in enumerate(self.names)}
            value = np.asarray(evaluate(condition.node, arguments), dtype=np.float64)
            is_good &= holds_at(condition, np.broadcast_to(value, is_good.shape))
        kept: Rows = rows[is_good]
        if self.variable is None or not len(kept):
            return kept
        arguments = {name: kept[:, place] for place, name in enumerate(self.names)}
        value, slope = (np.asarray(part) for part in evaluate_dual(self.tree, arguments, self.variable))
        has_slope = np.isfinite(slope)
        kept, value, slope = kept[has_slope], value[has_slope], slope[has_slope]
        telling = (np.abs(slope) > 1e-9) & (np.maximum(np.abs(slope), np.abs(value)) < 1e9)
        return kept[telling] if telling.any() else kept

    def _lack(self, rows: Rows) -> Floats:
        """Return how much is missing at each row: 1 for each value that is not finite, and how far it is off."""
        values = self._values(rows)
        total = np.zeros(len(rows))
        if self.tape.has_choices:
            total += ~np.isfinite(np.broadcast_to(values[-1], total.shape))
            return total
        for place, step in enumerate(self.tape.instructions):
            total += ~np.isfinite(np.broadcast_to(values[place], total.shape))
            with np.errstate(all="ignore"):
                margin = _margin(step.op, [values[operand] for operand in step.operands])
                if margin is not None:
                    below = np.where(margin < 0, -margin / (1 - margin), 0.0)
                    total += np.nan_to_num(np.broadcast_to(below, total.shape))
        return total

    def narrow(self, chance: np.random.Generator, rows: Rows) -> Rows:
        """Return good rows found by moving the least bad ones a little, again and again; none if there are none."""
        for _ in range(_ROUNDS):
            best = rows[np.argsort(self._lack(rows), kind="stable")[:_KEPT]]
            shape = (_CHILDREN, *best.shape)
            steps = 10.0 ** chance.uniform(-6, 1, shape) * chance.choice([-1.0, 1.0], shape)
            moved = (best + steps * np.maximum(np.abs(best), 1e-3)).reshape(-1, best.shape[1])
            rows = np.concatenate([best, moved])
            good = self.good(rows)
            if len(good):
                return good
        return rows[:0]


def _margin(op: str, operands: list[Any]) -> Any:  # noqa: ANN401 - arrays
    """Return what is positive inside the domain of an operation and negative outside; None if it has no outside."""
    if op in {"root_even", "power"}:
        return operands[0]
    margins = [form(*operands) for form in _one_sided(op)] if is_known(op) else []
    return np.minimum.reduce(np.broadcast_arrays(*margins)) if margins else None


@asked
def _one_sided(op: str) -> tuple[Operation, ...]:
    row = row_of(op)
    forms = (trees.read(margin.form) for margin in row.domain if not margin.both_sides)
    return tuple(compiled(form, row.parameters, _DTYPE) for form in forms)
