"""How the value of each operation changes with its operands: the one table of slopes in NumPy.

Forward mode multiplies an operand's part with its tangent, reverse mode with the adjoint, the computational graph
prints it. For functions of one argument it is the slope of the row (:mod:`numdiff.evaluate.forms`); here is the rest:
sums, products, powers, logarithms and what chooses between its operands.

A partial derivative is NaN at a kink (forward mode knows more: it takes both sides), and 0 where a variable does not
matter for the operation (the smaller operand of max, the slope of a leaky ReLU on the right).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from numdiff.evaluate import forms
from numdiff.evaluate.choice import Choice, Test, Verdict, in_floats, pick
from numdiff.evaluate.floats import DType
from numdiff.evaluate.operations import choose, constant, operation
from numdiff.evaluate.tape import Instruction, Tape
from numdiff.functions.elementary import CHOICES
from numdiff.functions.recipes import Value
from numdiff.functions.registry import row

Local: TypeAlias = Callable[[list[Value]], Value]
"""From the values of the instructions to a number at one of them."""

Times: TypeAlias = Callable[[list[Value], Value], Value]
"""From those values and a number to the product."""
Number: TypeAlias = Callable[[float], Value]
"""From a Python number to one of the dtype."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one operand adds to the change of the value: its own change, times a factor, by a divisor.

    Attributes
    ----------
    factor, divisor : callable or None
        None is 1, and costs nothing.
    is_negative : bool
        Whether the product changes its sign.
    operand_first : bool
        Whether the change stands before the factor: complex products are rounded by their order.
    exception : callable or None
        From the values to a condition and to what the term is where it holds, however the operand changes.
    """

    factor: Local | None = None
    divisor: Local | None = None
    is_negative: bool = False
    operand_first: bool = False
    exception: Callable[[list[Value]], tuple[Value, Value]] | None = None

    def times(self) -> Times:
        """Return what computes the term from the values and the operand's change."""
        product, divisor, exception = self._product(), self.divisor, self.exception
        whole: Times = product if divisor is None else (lambda v, x: product(v, x) / divisor(v))
        return whole if exception is None else (lambda v, x: choose(*exception(v), whole(v, x)))

    def _product(self) -> Times:
        factor = self.factor
        if factor is None:
            return (lambda _, x: -x) if self.is_negative else (lambda _, x: x)
        if self.is_negative:
            return lambda v, x: -(factor(v) * x)
        return (lambda v, x: x * factor(v)) if self.operand_first else (lambda v, x: factor(v) * x)

    def alone(self, number: Number) -> Local:
        """Return the partial derivative: the term for an operand that changes by 1."""
        factor, divisor, exception = self._factor(number), self.divisor, self.exception
        whole: Local = factor if divisor is None else (lambda v: factor(v) / divisor(v))
        return whole if exception is None else (lambda v: choose(*exception(v), whole(v)))

    def _factor(self, number: Number) -> Local:
        factor = self.factor
        if factor is None:
            unit = number(-1 if self.is_negative else 1)
            return lambda _: unit
        return (lambda v: -factor(v)) if self.is_negative else factor


@dataclass(frozen=True, slots=True)
class Rule:
    """How a value changes: the sum of a term for each operand.

    Attributes
    ----------
    terms : tuple of Term
        For each operand when it alone changes.
    both : tuple of Term
        The terms when both change, where that is computed in another way.
    divisor : callable or None
        What the sum of both is divided by.
    """

    terms: tuple[Term, ...]
    both: tuple[Term, ...] = ()
    divisor: Local | None = None


_PLAIN, _NEGATIVE = Term(), Term(is_negative=True)


def _power_integer(n: int, number: Number, a: int) -> Term:
    if n == 1:
        return _PLAIN
    factor = number(n)
    return Term((lambda v: factor * v[a] ** (n - 1)) if n else (lambda _: factor))


def _power_rational(exponent: tuple[int, int], dtype: DType, a: int) -> Term:
    """(p/q)·r^(p − q) with r = u^(1/q). At a cusp (p < q and p − q odd) the two sides differ in sign: NaN."""
    p, q = exponent
    factor = constant(p / q, dtype)
    root = operation(Instruction("root_odd", (a,), q), dtype)
    nan = constant(math.nan, dtype)
    is_cusp = p < q and (p - q) % 2
    return Term(lambda v: factor * root(v[a]) ** (p - q), exception=(lambda v: (v[a] == 0, nan)) if is_cusp else None)


def _root(n: int, place: int, number: Number) -> Term:
    factor = number(n)
    return Term(divisor=lambda v: factor * v[place] ** (n - 1))


def _power(place: int, number: Number, a: int, b: int) -> Rule:
    """w·u^(w − 1) and u^w·ln u, with u^0 constant and 0^w = 0 for w > 0."""
    zero, nan = number(0), number(math.nan)

    def at_zero(v: list[Value]) -> tuple[Value, Value]:
        return v[a] == 0, choose(np.real(v[b]) > 0, zero, nan)

    def by_base(v: list[Value]) -> Value:
        return v[b] * np.power(v[a], v[b] - 1)

    by_exponent = Term(lambda v: v[place] * np.log(v[a]), exception=at_zero)
    # u^0 is constant in u only while the exponent stays 0: at 0^0 both terms count, and the result is NaN
    return Rule((Term(by_base, exception=lambda v: (v[b] == 0, zero)), by_exponent), both=(Term(by_base), by_exponent))


def _quotient(place: int, b: int) -> Rule:
    below: Local = lambda v: v[b]  # noqa: E731
    quotient = Term(lambda v: v[place], is_negative=True)
    return Rule((Term(divisor=below), Term(lambda v: -v[place], below)), both=(_PLAIN, quotient), divisor=below)


def _logarithm(place: int, a: int, b: int) -> Rule:
    """Return the rule of ln u/ln b: u′/(u·ln b) − value·b′/(b·ln b)."""
    return Rule(
        (Term(divisor=lambda v: v[a] * np.log(v[b])), Term(lambda v: -v[place], lambda v: v[b] * np.log(v[b]))),
        both=(Term(divisor=lambda v: v[a]), Term(lambda v: v[place], lambda v: v[b], is_negative=True)),
        divisor=lambda v: np.log(v[b]),
    )


def _leaky(number: Number, a: int, b: int) -> Rule:
    zero, one, nan = number(0), number(1), number(math.nan)

    def by_argument(v: list[Value]) -> Value:
        at_kink = choose(v[b] == 1, one, nan)
        return choose(v[a] == 0, at_kink, choose(v[a] > 0, one, v[b]))

    return Rule((Term(by_argument), Term(lambda v: choose(v[a] < 0, v[a], zero))))


def _extreme(number: Number, a: int, b: int, *, is_least: bool) -> Rule:
    zero, one, nan = number(0), number(1), number(math.nan)
    first = np.less if is_least else np.greater

    def by(own: int, other: int) -> Term:
        return Term(lambda v: choose(first(v[own], v[other]), one, choose(first(v[other], v[own]), zero, nan)))

    return Rule((by(a, b), by(b, a)))


def _piecewise(step: Instruction, choice: Choice, number: Number) -> Rule:
    """1 for the value that is chosen, 0 for the others and for what is compared; NaN where a comparison changes."""
    zero, one, nan, places = number(0), number(1), number(math.nan), step.operands

    def by(own: int) -> Local:
        def chosen(v: list[Value]) -> Value:
            given = tuple(v[place] for place in places)
            compare = in_floats(given)

            def beside(test: Test) -> Verdict:
                holds, fails = compare(test)
                apart = given[test.left] != given[test.right]
                return np.logical_and(holds, apart), np.logical_and(fails, apart)

            parts = tuple(one if place == own else zero for place in range(choice.count))
            return pick(choice, beside, parts, nan)

        return chosen

    return Rule(tuple(Term(by(place)) for place in range(len(places))))


def _function(step: Instruction, place: int, dtype: DType) -> Rule:
    """Return the rule of a row: by the slope of one argument, or by the branches between which two choose."""
    number: Number = partial(constant, dtype=dtype)
    if len(step.operands) == 1 or dtype.kind == "c":
        a, slope = step.operands[0], forms.slope(step.op, dtype)
        return Rule((Term(lambda v: slope(v[a], v[place])),) * len(step.operands))
    branches = row(step.op).branches
    if branches not in CHOICES:
        raise TypeError(f"{step.op} has no slope by several arguments")
    if branches == ("a*u", "u"):
        return _leaky(number, *step.operands)
    return _extreme(number, *step.operands, is_least=branches == ("u", "w"))


def rule(tape: Tape, place: int, dtype: DType) -> Rule:
    """Return how the value of one instruction changes with its operands, in a real or complex dtype."""
    step = tape.instructions[place]
    number: Number = partial(constant, dtype=dtype)
    a, b = (*step.operands, -1, -1)[:2]
    match step.op, step.parameter:
        case (("number" | "constant" | "variable"), _):
            return Rule(())
        case "neg", _:
            return Rule((_NEGATIVE,))
        case "add", _:
            return Rule((_PLAIN, _PLAIN))
        case "sub", _:
            return Rule((_PLAIN, _NEGATIVE))
        case "mul", _:
            return Rule((Term(lambda v: v[b], operand_first=True), Term(lambda v: v[a])))
        case "div", _:
            return _quotient(place, b)
        case "power_integer", int(n):
            return Rule((_power_integer(n, number, a),))
        case "power_rational", (int(p), int(q)):
            return Rule((_power_rational((p, q), dtype, a),))
        case (("root_odd" | "root_even"), int(n)):
            return Rule((_root(n, place, number),))
        case "power", _:
            return _power(place, number, a, b)
        case "log", _:
            return _logarithm(place, a, b)
        case "piecewise", Choice() as choice:
            return _piecewise(step, choice, number)
    return _function(step, place, dtype)


def local_derivatives(tape: Tape, place: int, dtype: DType) -> tuple[Local, ...]:
    """Return the local derivatives of one instruction, one for each of its operands.

    Parameters
    ----------
    tape : Tape
    place : int
        The place of the instruction.
    dtype : dtype
        A real floating type; the values must be of it.

    Returns
    -------
    tuple of callable
        From the list of all values (``Program.run`` gives it) to the derivative, in the shape of the operands'
        values; a scalar where it does not depend on them. Call them inside ``np.errstate(all="ignore")``.
    """
    number: Number = partial(constant, dtype=dtype)
    return tuple(term.alone(number) for term in rule(tape, place, dtype).terms)
