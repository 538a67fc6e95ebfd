"""f and f′ in one pass: forward-mode differentiation (dual numbers) on the tape, in NumPy.

What "the derivative" is at the awkward points:

- At a kink (abs, relu, max, …) the right and the left derivative are both computed; where they differ
  the derivative is NaN, where they agree (x·abs(x) or relu(x)² at 0, a tie of two equal slopes) it is their value.
- At a jump (sign, floor, ceil) it is NaN.
- Where a condition of pieces changes, the piece that holds on each side is differentiated: at a jump it is NaN, else
  as at a kink. NaN, too, where it is not seen on which side a condition holds, because its sides touch.
- At a vertical tangent (√x, ∛x at 0, arcsin at 1) it is inf; inf times an inner derivative 0, as in √(x²), is NaN.
  A cusp such as x^(2/3) at 0 is NaN.
- Outside the domain, where the value is NaN, it is NaN. At a pole it is ±inf or NaN, as the rule gives.
- A sub-expression without the variable has the derivative exactly 0, whatever its value: it cannot poison the rest.

NaN says "not known here" as well as "there is none"; :mod:`numdiff.evaluate.exact` tells them apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.evaluate.choice import RELATIONS, Choice, Compare, Test, Verdict, in_floats, pick
from numdiff.evaluate.floats import MANY, DType, fill, prepare, program
from numdiff.evaluate.operations import choose, constant
from numdiff.evaluate.partials import Rule, rule
from numdiff.evaluate.tape import Instruction, Tape, compile_tape
from numdiff.functions.elementary import CHOICES
from numdiff.functions.recipes import Value
from numdiff.functions.registry import asked, kinked, row
from numdiff.tree import Node

Tangent: TypeAlias = Callable[..., Value]
"""From the values of the earlier instructions and the derivatives of the operands to the derivative of this one; of
more than two operands from the derivatives of all instructions."""

_BRANCHES = CHOICES | {("-u", "u"), ("0", "u")}


@asked
def has_known_branches(op: str) -> bool:
    """Return whether a kink's one-sided derivatives are known: its branches are 0, an operand or a multiple of one.

    At any other kink the derivative is NaN: not known here.
    """
    return op in kinked() and row(op).branches in _BRANCHES


def _linear(rule: Rule, left: bool, right: bool) -> Tangent:
    """Return the sum of the operands' terms of those that depend on the variable."""
    if not (left and right):
        alone = rule.terms[0 if left else 1].times()
        return (lambda v, x, _: alone(v, x)) if left else (lambda v, _, y: alone(v, y))
    first, second = (term.times() for term in rule.both or rule.terms)
    divisor = rule.divisor
    if divisor is None:
        return lambda v, x, y: first(v, x) + second(v, y)
    return lambda v, x, y: (first(v, x) + second(v, y)) / divisor(v)


def _kink(step: Instruction, side: int, number: Callable[[float], Value], left: bool, right: bool) -> Tangent:
    """Return the one-sided derivative: at the kink the branch is taken that the operand enters on that side."""
    zero, branches = number(0), row(step.op).branches
    a, b = (*step.operands, -1)[:2]
    if branches == ("-u", "u"):
        return lambda v, x, _: choose(v[a] == 0, side * np.abs(x), np.sign(v[a]) * x)
    if branches == ("0", "u"):
        upper = np.maximum if side > 0 else np.minimum
        return lambda v, x, _: choose(v[a] == 0, upper(x, zero), np.where(v[a] > 0, x, zero))
    if branches == ("a*u", "u"):

        def leaky(v: list[Value], x: Value, y: Value) -> Value:
            inner = x if left else zero
            positive = np.where(v[a] == 0, side * inner > 0, v[a] > 0)
            below = v[b] * inner + (v[a] * y if right else zero)
            return choose(positive, inner, below)

        return leaky
    is_least = branches == ("u", "w")
    first, tie = (np.less, np.minimum) if is_least else (np.greater, np.maximum)
    if side < 0:
        tie = np.maximum if is_least else np.minimum

    def extreme(v: list[Value], x: Value, y: Value) -> Value:
        one, two = (x if left else zero), (y if right else zero)
        return choose(first(v[a], v[b]), one, np.where(first(v[b], v[a]), two, tie(one, two)))

    return extreme


def _tangent(tape: Tape, place: int, active: tuple[bool, ...], dtype: DType, side: int) -> Tangent:
    """Return the derivative of one instruction; at least one of its operands depends on the variable."""
    step = tape.instructions[place]
    a, b = (*step.operands, -1)[:2]
    sides = (active[a], b >= 0 and active[b])
    if dtype.kind != "c" and has_known_branches(step.op):
        return _kink(step, side, partial(constant, dtype=dtype), *sides)
    return _linear(rule(tape, place, dtype), *sides)


def _piece(step: Instruction, active: tuple[bool, ...], dtype: DType, side: int) -> Callable[..., Value]:
    """Return the one-sided derivative of a choice: that of the piece beside the point, if it goes on from the value."""
    choice, operands = step.parameter, step.operands
    assert isinstance(choice, Choice)
    zero, nan = constant(0, dtype), constant(math.nan, dtype)
    room = constant(8 * float(np.finfo(dtype).eps) if dtype.kind == "f" else 2.0**-5, dtype)

    def piece(values: list[Value], derivatives: list[Value]) -> Value:
        given = tuple(values[place] for place in operands)
        slopes = tuple(derivatives[place] if active[place] else zero for place in operands)
        beside = _beside(given, slopes, tuple(active[place] for place in operands), side)
        here, there = (pick(choice, compare, given[: choice.count], nan) for compare in (in_floats(given), beside))
        goes_on = np.abs(there - here) <= room * np.abs(here)
        return choose(goes_on, pick(choice, beside, slopes[: choice.count], nan), nan)

    return piece


def _beside(given: tuple[Value, ...], slopes: tuple[Value, ...], active: tuple[bool, ...], side: int) -> Compare:
    """Return the comparisons of operands just beside the point, on the right (1) or on the left (−1)."""
    here = in_floats(given)

    def compare(test: Test) -> Verdict:
        if not (active[test.left] or active[test.right]):
            return here(test)
        tied = given[test.left] == given[test.right]
        gap = side * (slopes[test.left] - slopes[test.right])
        holds, fails = here(test)
        known = np.logical_not(np.isnan(gap)) & (gap != 0)
        beyond = RELATIONS[test.relation](gap, 0)
        return (
            choose(tied, np.logical_and(known, beyond), holds),
            choose(tied, np.logical_and(known, np.logical_not(beyond)), fails),
        )

    return compare


@lru_cache(maxsize=512)
def _tangents(tape: Tape, seed: int, dtype: DType, side: int) -> tuple[tuple[int, Tangent, int, int], ...]:
    """Return the instructions that depend on the one at ``seed``: place, derivative and operands."""
    active = _active(tape, seed)
    steps: list[tuple[int, Tangent, int, int]] = []
    for place in range(seed + 1, len(tape.instructions)):
        step = tape.instructions[place]
        if active[place] and step.op == "piecewise" and dtype.kind != "c":
            steps.append((place, _piece(step, active, dtype, side), MANY, MANY))
        elif active[place]:
            first, *others = step.operands
            steps.append((place, _tangent(tape, place, active, dtype, side), first, others[0] if others else first))
    return tuple(steps)


def _active(tape: Tape, seed: int) -> tuple[bool, ...]:
    """Return which instructions depend on the one at ``seed``; u^0 does not."""
    active: list[bool] = []
    for place, step in enumerate(tape.instructions):
        is_constant = step.op == "power_integer" and step.parameter == 0
        active.append(place == seed or (not is_constant and any(active[operand] for operand in step.operands)))
    return tuple(active)


def _run(tape: Tape, seed: int, dtype: DType, side: int, values: list[Value]) -> list[Any]:
    """Return the one-sided derivative of each instruction that depends on the one at ``seed``, None for the others."""
    derivatives: list[Any] = [None] * len(values)
    derivatives[seed] = constant(1, dtype)
    for place, tangent, first, second in _tangents(tape, seed, dtype, side):
        if first == MANY:
            derivatives[place] = tangent(values, derivatives)
        else:
            derivatives[place] = tangent(values, derivatives[first], derivatives[second])
    return derivatives


def _has_kink(tape: Tape, seed: int) -> bool:
    active = _active(tape, seed)
    return any(
        (step.op == "piecewise" or has_known_branches(step.op)) and active[place]
        for place, step in enumerate(tape.instructions)
        if place != seed
    )


def slopes(tape: Tape, seed: int, dtype: DType, values: list[Value]) -> list[Value]:
    """Return the derivative of every instruction by the value of one of them.

    Parameters
    ----------
    tape : Tape
    seed : int
        The place of the instruction by whose value is differentiated, as if it were a variable.
    dtype : dtype
    values : list
        Of all instructions, as ``Program.run`` gives them. Call it inside ``np.errstate(all="ignore")``.

    Returns
    -------
    list
        Exactly 0 for an instruction that does not depend on the seed; NaN where a left and a right derivative differ
        or the value is NaN. The module's text says more.
    """
    right = _run(tape, seed, dtype, 1, values)
    zero, nan = constant(0, dtype), constant(math.nan, dtype)
    if dtype.kind != "c" and _has_kink(tape, seed):
        left = _run(tape, seed, dtype, -1, values)
        right = [
            None if one is None else choose(one == other, one, nan) for one, other in zip(right, left, strict=True)
        ]
    return [
        zero if slope is None else choose(np.isnan(value), nan, slope)
        for slope, value in zip(right, values, strict=True)
    ]


def _slope(tape: Tape, var: str, dtype: DType, values: list[Value]) -> Value:
    """Return the derivative of the last instruction by a variable."""
    seed = next((place for place, s in enumerate(tape.instructions) if s == Instruction("variable", (), var)), None)
    nan = constant(math.nan, dtype)
    if seed is None or not _active(tape, seed)[-1]:
        return constant(0, dtype)
    slope = _run(tape, seed, dtype, 1, values)[-1]
    if dtype.kind != "c" and _has_kink(tape, seed):
        left = _run(tape, seed, dtype, -1, values)[-1]
        slope = choose(slope == left, slope, nan)
    return choose(np.isnan(values[-1]), nan, slope)


def evaluate_dual(
    tree: Node, arguments: Mapping[str, ArrayLike], var: str, dtype: DTypeLike | None = None
) -> tuple[np.ndarray[Any, Any] | np.generic, np.ndarray[Any, Any] | np.generic]:
    """Return the value of the tree and its derivative with respect to a variable.

    Parameters
    ----------
    tree, arguments, dtype
        As for :func:`numdiff.evaluate.floats.evaluate`.
    var : str
        The variable to differentiate by; if the tree does not contain it the derivative is exactly 0.

    Returns
    -------
    value, derivative : numpy.ndarray or numpy.generic
        Both in the shape the arguments broadcast to and the dtype computed in; the value has the same bits as
        :func:`~numdiff.evaluate.floats.evaluate` gives. The module's text says what the derivative is at kinks.

    Raises
    ------
    TypeError
        For a missing or non-numeric argument, or a dtype that is not a floating one.
    ValueError
        If the shapes do not broadcast.
    """
    tape = compile_tape(tree)
    with np.errstate(all="ignore"):
        cast, wanted, shape = prepare(tape.variables, arguments, dtype)
        values = program(tape, wanted).run(cast)
        derivative = _slope(tape, var, wanted, values)
        value = values[-1]
        if tape.instructions[-1].op == "variable" and shape != ():
            value = value.copy()
        return fill(value, shape, wanted), fill(derivative, shape, wanted)
