"""The derivative on the tape in exact or enclosed numbers, with kinks, jumps and vertical tangents decided.

For every instruction the local derivatives by its operands are found once; the derivative is then summed up along
the tape. Three things can stand in a derivative's way:

- At a kink whose place is decided exactly (abs, relu, max, … with an operand exactly 0) the right derivative is summed
  up, and beside it the gap right − left, which is linear in what comes after. Gap 0: the derivative exists, as for
  x·abs(x) at 0. Gap proved nonzero: there is none.
- At a jump, a cusp or a vertical tangent the local derivative is :class:`Singular`. It stays so through factors that
  are proved nonzero, and through adding something differentiable; then there is provably no derivative. Where it meets
  a factor 0 (√(x⁴) at 0) or another singular term, nothing is claimed: the result is NaN, "not decided".
- What is not decided at the working precision is NaN.

Where a condition changes at the point, the pieces that hold on either side are taken: if f goes on from its value into
both, their derivatives are the right and the left one, as at a kink; if one begins elsewhere it is a jump.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import add, mul, sub
from typing import TypeAlias

from numdiff.evaluate.balls import forms
from numdiff.evaluate.balls.rules import Arithmetic, Element, UndefinedAtPoint, margins
from numdiff.evaluate.balls.run import (
    ExactProgram,
    Lost,
    combine,
    compared,
    divide,
    integer_power,
    piece_side,
    power,
    step_edge,
)
from numdiff.evaluate.choice import Choice, Compare, Test, Verdict, by_sign, chosen
from numdiff.evaluate.forward import has_known_branches
from numdiff.evaluate.tape import Instruction
from numdiff.functions.registry import jumping, kinked, row


@dataclass(frozen=True, slots=True)
class Singular:
    """A derivative that does not exist; ``certain`` if that is proved for the expression so far."""

    reason: str
    certain: bool = True


Local: TypeAlias = "Element | Singular | None"
"""A local derivative; None is exactly 0."""


def _root_at_zero(k: Arithmetic, exponent: Fraction) -> Local:
    """Return the derivative of u^exponent at u = 0, for an exponent with an odd denominator."""
    if exponent >= 1:
        return k.rational(Fraction(int(exponent == 1)))
    return Singular("vertical_tangent" if exponent.numerator % 2 else "cusp")


def _rational_power(k: Arithmetic, u: Element, v: Element, exponent: Fraction) -> Local:
    side = k.sign(u)
    if side == 0:
        return _root_at_zero(k, exponent)
    if side is None:
        return k.nan
    return combine(k, mul, k.rational(exponent), divide(k, v, u))


def _integer_power(k: Arithmetic, u: Element, n: int) -> Local:
    if n == 0:
        return None
    return combine(k, mul, k.rational(Fraction(n)), integer_power(k, u, n - 1))


def _power_by_base(k: Arithmetic, u: Element, w: Element) -> Local:
    """w·u^(w − 1); at u = 0, where u^w has only a right side, the right derivative if it is finite."""
    if k.sign(u) != 0:
        return combine(k, mul, w, power(k, u, combine(k, sub, w, k.rational(Fraction(1)))))
    if k.sign(w) == 0:
        return None
    beyond = k.sign(combine(k, sub, w, k.rational(Fraction(1))))
    if beyond is None:
        return k.nan
    return Singular("vertical_tangent") if beyond < 0 else k.rational(Fraction(1 - beyond))


def _power_by_exponent(k: Arithmetic, u: Element, w: Element, v: Element) -> Local:
    side = k.sign(u)
    if side == 0:
        return None if k.sign(w) == 1 else Singular("domain")
    if side == -1:
        return Singular("domain")
    return k.nan if side is None else combine(k, mul, v, k.ln(k.real(u)))


def _logarithm(k: Arithmetic, u: Element, b: Element, v: Element) -> tuple[Local, Local]:
    base = k.ln(k.real(b))
    return divide(k, divide(k, k.rational(Fraction(1)), u), base), -divide(k, v, combine(k, mul, b, base))


def _smooth(k: Arithmetic, op: str, u: Element, v: Element) -> Local:
    place = margins(k, op, u)
    if place is None:
        return k.nan
    return Singular("vertical_tangent") if place == 0 else forms.slope(op)(k, k.real(u), k.real(v))


def _even_root(k: Arithmetic, u: Element, v: Element, n: int) -> Local:
    side = k.sign(u)
    if side is None:
        return k.nan
    return Singular("vertical_tangent") if side == 0 else divide(k, v, combine(k, mul, k.rational(Fraction(n)), u))


def _jump(k: Arithmetic, op: str, u: Element) -> Local:
    side = step_edge(k, op, u)
    return k.nan if side is None else (Singular("jump") if side == 0 else None)


@dataclass(frozen=True, slots=True)
class _Kink:
    """A function with a kink: the margin (in the operands) whose sign decides, and the branches above and below 0."""

    margin: tuple[Local, ...]
    upper: tuple[Local, ...]
    lower: tuple[Local, ...]
    side: int | None


def _kink(k: Arithmetic, step: Instruction, values: list[Element]) -> _Kink:
    one, a = k.rational(Fraction(1)), values[step.operands[0]]
    branches = row(step.op).branches
    if branches in {("u", "w"), ("w", "u")}:
        side = k.sign(combine(k, sub, a, values[step.operands[1]]))
        first, second = (one, None), (None, one)
        upper, lower = (first, second) if branches == ("w", "u") else (second, first)
        return _Kink((one, -one), upper, lower, side)
    if branches == ("a*u", "u"):
        return _Kink((one, None), (one, None), (values[step.operands[1]], a), k.sign(a))
    return _Kink((one,), (one,), (-one,) if branches == ("-u", "u") else (None,), k.sign(a))


def _partials(k: Arithmetic, step: Instruction, values: list[Element], v: Element) -> tuple[Local, ...]:
    """Return the local derivative by each operand of an instruction that has no kink."""
    one = k.rational(Fraction(1))
    given = [values[place] for place in step.operands]
    match step.op, step.parameter:
        case "add", _:
            return one, one
        case "sub", _:
            return one, -one
        case "neg", _:
            return (-one,)
        case "mul", _:
            return given[1], given[0]
        case "div", _:
            return divide(k, one, given[1]), -divide(k, v, given[1])
        case "power_integer", int(n):
            return (_integer_power(k, given[0], n),)
        case "power_rational", (int(p), int(q)):
            return (_rational_power(k, given[0], v, Fraction(p, q)),)
        case "root_odd", int(n):
            return (_rational_power(k, given[0], v, Fraction(1, n)),)
        case "cbrt", _:
            return (_rational_power(k, given[0], v, Fraction(1, 3)),)
        case "root_even", int(n):
            return (_even_root(k, given[0], v, n),)
        case "power", _:
            return _power_by_base(k, given[0], given[1]), _power_by_exponent(k, given[0], given[1], v)
        case "log", _:
            return _logarithm(k, given[0], given[1], v)
        case op, _ if op in jumping():
            return (_jump(k, step.op, given[0]),)
    if step.op in kinked() and not piece_side(k, step.op, given):
        return (k.nan,)
    return (_smooth(k, step.op, given[0], v),)


def _times(k: Arithmetic, local: Local, tangent: Local) -> Local:
    if local is None or tangent is None:
        return None
    if isinstance(local, Singular) or isinstance(tangent, Singular):
        first, other = (local, tangent) if isinstance(local, Singular) else (tangent, local)
        is_sure = not isinstance(other, Singular) and k.sign(other) in (-1, 1)
        return first if is_sure else Singular(first.reason, certain=False)
    return combine(k, mul, local, tangent)


def _plus(k: Arithmetic, one: Local, two: Local) -> Local:
    if one is None or two is None:
        return two if one is None else one
    if isinstance(one, Singular):
        return Singular(one.reason, one.certain and not isinstance(two, Singular))
    return two if isinstance(two, Singular) else combine(k, add, one, two)


def _linear(k: Arithmetic, locals_: tuple[Local, ...], operands: tuple[int, ...], tangents: list[Local]) -> Local:
    total: Local = None
    for local, place in zip(locals_, operands, strict=True):
        total = _plus(k, total, _times(k, local, tangents[place]))
    return total


def _are_equal(k: Arithmetic, one: Local, two: Local) -> bool:
    zero = k.rational(Fraction(0))
    first, second = (zero if side is None else side for side in (one, two))
    if isinstance(first, Singular) or isinstance(second, Singular):
        return False
    return k.is_rational(first) and k.is_rational(second) and bool(first == second)


class _Pass:
    """The right derivative of every instruction, and the gap right − left."""

    def __init__(self, program: ExactProgram, arguments: Mapping[str, Element]) -> None:
        self.k = program.k
        self.steps = program.tape.instructions
        self.has_choices = program.has_choices
        self.values = program.run(arguments)
        self.right: list[Local] = []
        self.gap: list[Local] = []

    def run(self, var: str) -> tuple[Local, Local]:
        """Return the right derivative and the gap of the last instruction."""
        for place, step in enumerate(self.steps):
            if step.op == "variable":
                one = self.k.rational(Fraction(1))
                self._append(one if step.parameter == var else None, None)
            elif all(self.right[operand] is None and self.gap[operand] is None for operand in step.operands):
                self._append(None, None)
            elif isinstance(self.values[place], Lost):
                self._append(self.k.nan, None)
            elif isinstance(step.parameter, Choice):
                self._choice(step, step.parameter)
            elif has_known_branches(step.op):
                self._kink(step)
            else:
                self._smooth(step, place)
        return self.right[-1], self.gap[-1]

    def _append(self, right: Local, gap: Local) -> None:
        self.right.append(right)
        self.gap.append(gap)

    def _smooth(self, step: Instruction, place: int) -> None:
        try:
            partials = _partials(self.k, step, self.values, self.values[place])
        except UndefinedAtPoint as missing:
            if not self.has_choices:
                raise
            self._append(Singular(missing.reason, certain=False), None)  # it may be in what is not chosen
            return
        right = _linear(self.k, partials, step.operands, self.right)
        gap = _linear(self.k, partials, step.operands, self.gap)
        if isinstance(right, Singular) and gap is not None:
            # floor(1 + abs(x)) at 0 does not jump: an operand with a kink need not cross the edge
            right = Singular(right.reason, certain=right.certain and right.reason != "jump")
        self._append(right, gap)

    def _kink(self, step: Instruction) -> None:
        k, kink = self.k, _kink(self.k, step, self.values)
        if kink.side is None:
            self._append(k.nan, None)
            return
        if kink.side:
            branch = kink.upper if kink.side > 0 else kink.lower
            self._append(_linear(k, branch, step.operands, self.right), _linear(k, branch, step.operands, self.gap))
            return
        right = self._side(kink, step, self.right, 1)
        left = self._side(kink, step, self._left(step), -1)
        same = right is left or (k.is_rational(right) and k.is_rational(left) and right == left)
        self._append(right, None if same else _plus(k, right, _times(k, k.rational(Fraction(-1)), left)))

    def _choice(self, step: Instruction, choice: Choice) -> None:
        """Append the derivative of the piece that holds, on either side of the point if a condition changes there."""
        given = [self.values[place] for place in step.operands]
        sides = (1, [self.right[place] for place in step.operands]), (-1, self._operands_left(step))
        right, left = (chosen(choice, self._beside(given, tangents, side)) for side, tangents in sides)
        here = chosen(choice, compared(self.k, given))
        if not (right[1] and left[1] and here[1]) or here[0] is None:
            self._append(self.k.nan, None)
        elif right == left == here:
            place = step.operands[here[0]]
            self._append(self.right[place], self.gap[place])
        elif right[0] is None or left[0] is None:
            self._append(Singular("domain"), None)
        else:
            self._joined(given, here[0], (right[0], sides[0][1][right[0]]), (left[0], sides[1][1][left[0]]))

    def _joined(self, given: list[Element], here: int, right: tuple[int, Local], left: tuple[int, Local]) -> None:
        """Append the derivatives of two pieces that meet, by their places among the operands, if both go on from f."""
        k = self.k
        for place in {right[0], left[0]} - {here}:
            value = given[place]
            jump = None if isinstance(value, Lost) else k.sign(combine(k, sub, value, given[here]))
            if jump != 0:
                self._append(k.nan if jump is None else Singular("jump"), None)
                return
        same = right[1] is left[1] or _are_equal(k, right[1], left[1])
        self._append(right[1], None if same else _plus(k, right[1], _times(k, k.rational(Fraction(-1)), left[1])))

    def _beside(self, given: list[Element], tangents: list[Local], side: int) -> Compare:
        """Return the comparisons of operands just beside the point."""
        k, here = self.k, compared(self.k, given)

        def compare(test: Test) -> Verdict:
            holds = here(test)
            moving = (tangents[test.left], tangents[test.right])
            if moving == (None, None) or k.sign(combine(k, sub, given[test.left], given[test.right])) != 0:
                return holds
            gap = _plus(k, moving[0], _times(k, k.rational(Fraction(-1)), moving[1]))
            direction = None if gap is None or isinstance(gap, Singular) else k.sign(gap)
            return by_sign(test, direction * side if direction else None)

        return compare

    def _operands_left(self, step: Instruction) -> list[Local]:
        left = self._left(step)
        return [left[place] for place in step.operands]

    def _left(self, step: Instruction) -> list[Local]:
        """Return the left derivatives of the operands, at their places."""
        left = list(self.right)
        minus = self.k.rational(Fraction(-1))
        for place in step.operands:
            left[place] = _plus(self.k, self.right[place], _times(self.k, minus, self.gap[place]))
        return left

    def _side(self, kink: _Kink, step: Instruction, tangents: list[Local], side: int) -> Local:
        """Return the one-sided derivative at the kink: of the branch that the margin enters on that side."""
        k = self.k
        slope = _linear(k, kink.margin, step.operands, tangents)
        if isinstance(slope, Singular):
            return Singular(slope.reason, certain=False)
        direction = 0 if slope is None else k.sign(slope)
        if direction is None:
            return k.nan
        return _linear(k, kink.upper if direction * side >= 0 else kink.lower, step.operands, tangents)


def derivative(program: ExactProgram, arguments: Mapping[str, Element], var: str) -> Element:
    """Return the derivative of the tape's value by a variable; NaN if it is not decided at the working precision.

    Raises
    ------
    UndefinedAtPoint
        If there is provably no value (reason ``"pole"`` or ``"domain"``) or no derivative (``"kink"``, ``"jump"``,
        ``"cusp"``, ``"vertical_tangent"``, or ``"domain"`` at an edge).
    """
    k = program.k
    sweep = _Pass(program, arguments)
    right, gap = sweep.run(var)
    checked = sweep.values[-1:] if program.has_choices else sweep.values
    if not all(k.is_finite(value) for value in checked):
        return k.nan
    if isinstance(right, Singular):
        if right.certain:
            raise UndefinedAtPoint(right.reason)
        return k.nan
    if gap is not None:
        side = None if isinstance(gap, Singular) else k.sign(gap)
        if side:
            raise UndefinedAtPoint("kink")
        if side is None:
            return k.nan
    return k.rational(Fraction(0)) if right is None else right
