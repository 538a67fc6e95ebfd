"""The tape run in exact or enclosed numbers: the value of every instruction.

Rational operations on rationals stay rational, so that a rational function's zeros, poles and kinks are decided
exactly; everything else is a real number of the arithmetic given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from operator import add, mul, sub
from typing import TypeAlias

from numdiff.evaluate.balls import forms
from numdiff.evaluate.balls.rules import Arithmetic, Element, UndefinedAtPoint, margins
from numdiff.evaluate.choice import Choice, Compare, Test, Verdict, by_sign, chosen
from numdiff.evaluate.tape import Instruction, Tape
from numdiff.functions import trees
from numdiff.functions.registry import row as row_of

Operation: TypeAlias = Callable[..., Element]


def together(k: Arithmetic, u: Element, w: Element) -> tuple[Element, Element]:
    """Return both as rationals if both are, else both as reals."""
    if k.is_rational(u):
        return (u, w) if k.is_rational(w) else (k.real(u), w)
    return (u, k.real(w)) if k.is_rational(w) else (u, w)


def combine(k: Arithmetic, operator: Operation, u: Element, w: Element) -> Element:
    """Return the sum, difference or product, exact for two rationals."""
    if k.is_rational(u):
        if k.is_rational(w):
            return k.tidy(operator(u, w))
        return operator(k.real(u), w)
    return operator(u, k.real(w)) if k.is_rational(w) else operator(u, w)


def divide(k: Arithmetic, u: Element, w: Element) -> Element:
    """Return the quotient; a divisor that may be 0 gives NaN, one that is 0 a pole."""
    side = k.sign(w)
    if side == 0:
        raise UndefinedAtPoint("pole")
    if side is None:
        return k.nan
    u, w = together(k, u, w)
    return k.tidy(u / w)


def integer_power(k: Arithmetic, u: Element, n: int) -> Element:
    """Return u^n, with u^0 = 1 everywhere that u is defined."""
    if n < 0:
        side = k.sign(u)
        if side == 0:
            raise UndefinedAtPoint("pole")
        if side is None:
            return k.nan
    if n == 0:
        return k.rational(Fraction(1)) if k.is_finite(u) else k.nan
    return k.tidy(k.integer_power(u, n))


def rational_power(k: Arithmetic, u: Element, exponent: tuple[int, int]) -> Element:
    """Return u^(p/q) for odd q, real below 0 too."""
    p, q = exponent
    return integer_power(k, odd_root(k, u, q), p)


def odd_root(k: Arithmetic, u: Element, n: int) -> Element:
    """Return the real n-th root."""
    return u if k.sign(u) == 0 else k.odd_root(k.real(u), n)


def even_root(k: Arithmetic, u: Element, n: int) -> Element:
    """Return the n-th root of u ≥ 0."""
    return k.nan if margins(k, "root_even", u) is None else k.positive_root(k.real(u), n)


def power(k: Arithmetic, u: Element, w: Element) -> Element:
    """Return u^w, as NumPy's power: 0^0 = 1, and a negative base needs an integer exponent."""
    base, exponent = k.sign(u), k.sign(w)
    if exponent == 0:
        return integer_power(k, u, 0)
    if base == 0:
        if exponent == -1:
            raise UndefinedAtPoint("pole")
        return k.nan if exponent is None else k.rational(Fraction(0))
    if k.is_rational(w) and k.floor(w) == w and abs(w) <= 10**6:
        return integer_power(k, u, int(w))
    if base == 1 and k.is_rational(w) and k.floor(2 * w) == 2 * w and abs(w) <= 10**4:
        # the root of a square is exact, e^(w·ln u) never is
        return integer_power(k, k.sqrt(k.real(u)), int(2 * w))
    if base == 1:
        return k.exp(combine(k, mul, k.real(w), k.ln(k.real(u))))
    if base == -1 and k.is_rational(w) and k.floor(w) != w:
        raise UndefinedAtPoint("domain")
    return k.nan


def logarithm(k: Arithmetic, u: Element, b: Element) -> Element:
    """Return ln u/ln b."""
    return divide(k, smooth(k, "ln", u), smooth(k, "ln", b))


def smooth(k: Arithmetic, op: str, u: Element) -> Element:
    """Return the value of a smooth function of one argument, its domain checked."""
    if margins(k, op, u) is None:
        return k.nan
    return forms.value(op)(k, k.real(u))


def sign(k: Arithmetic, u: Element) -> Element:
    """Return −1, 0 or 1, or NaN if it is not decided."""
    side = k.sign(u)
    return k.nan if side is None else k.rational(Fraction(side))


def floor(k: Arithmetic, u: Element) -> Element:
    """Return the floor, or NaN if it is not decided."""
    whole = k.floor(u)
    return k.nan if whole is None else whole


def ceil(k: Arithmetic, u: Element) -> Element:
    """Return the ceiling, or NaN if it is not decided."""
    whole = k.floor(-u)
    return k.nan if whole is None else -whole


def nearest(k: Arithmetic, u: Element) -> Element:
    """Return the nearest integer, of two the even one, or NaN if it is not decided."""
    shifted = combine(k, add, u, k.rational(Fraction(1, 2)))
    whole = k.floor(shifted)
    if whole is None:
        return k.nan
    is_tie = k.sign(combine(k, sub, shifted, whole)) == 0
    return whole - 1 if is_tie and int(whole) % 2 else whole


def step_edge(k: Arithmetic, op: str, u: Element) -> int | None:
    """Return 0 where a function of steps jumps, 1 or −1 beside it, None if that is not decided."""
    row = row_of(op)
    if not row.steps_at:
        return piece_side(k, op, (u,))
    place = u if row.steps_at == "u" else k.real(forms.compiled(trees.read(row.steps_at), ("u",))(k, u))
    whole = k.floor(place)
    return None if whole is None else k.sign(combine(k, sub, place, whole))


def greatest(k: Arithmetic, u: Element, w: Element) -> Element:
    """Return max(u, w), an enclosure of it where that is not decided."""
    side = k.sign(combine(k, sub, u, w))
    if side is None:
        return k.greater(k.real(u), k.real(w))
    return u if side >= 0 else w


def least(k: Arithmetic, u: Element, w: Element) -> Element:
    """Return min(u, w)."""
    return -greatest(k, -u, -w)


def leaky(k: Arithmetic, u: Element, a: Element) -> Element:
    """Return u for u ≥ 0 and a·u below."""
    side = k.sign(u)
    if side is None:
        return k.nan
    return u if side >= 0 else combine(k, mul, a, u)


def piece_side(k: Arithmetic, op: str, operands: Sequence[Element]) -> int | None:
    """Return the sign of what breaks a function made of two branches: −1 or 1, 0 at the kink, None if not decided."""
    row = row_of(op)
    return k.sign(forms.compiled(trees.read(row.breaks), row.parameters)(k, *map(k.real, operands)))


def piece(k: Arithmetic, op: str, *operands: Element) -> Element:
    """Return the value of the branch that holds; NaN if that is not decided."""
    row, side = row_of(op), piece_side(k, op, operands)
    if side is None:
        return k.nan
    branch = forms.compiled(trees.read(row.branches[1 if side >= 0 else 0]), row.parameters)
    return k.real(branch(k, *map(k.real, operands)))


@dataclass(frozen=True, slots=True)
class Lost:
    """In the place of a value: there is provably none. It does not matter unless this is what conditions choose."""

    reason: str


def compared(k: Arithmetic, operands: Sequence[Element]) -> Compare:
    """Return the comparisons of operands. UndefinedAtPoint if one that is asked for has no value."""

    def compare(test: Test) -> Verdict:
        left, right = operands[test.left], operands[test.right]
        for side in (left, right):
            if isinstance(side, Lost):
                raise UndefinedAtPoint(side.reason)
        return by_sign(test, k.sign(combine(k, sub, left, right)))

    return compare


def choose(k: Arithmetic, choice: Choice, operands: Sequence[Element]) -> Element:
    """Return the value that conditions choose; NaN if that is not decided."""
    place, is_decided = chosen(choice, compared(k, operands))
    if not is_decided:
        return k.nan
    if place is None:
        raise UndefinedAtPoint("domain")
    return operands[place]


_PLAIN: Mapping[str, Callable[..., Element]] = {
    "add": lambda k, u, w: combine(k, add, u, w),
    "sub": lambda k, u, w: combine(k, sub, u, w),
    "mul": lambda k, u, w: combine(k, mul, u, w),
    "neg": lambda _k, u: -u,
    "div": divide,
    "power": power,
}

_BY_BRANCHES: Mapping[tuple[str, ...], Callable[..., Element]] = {
    ("-u", "u"): lambda _k, u: abs(u),
    ("-1", "1"): sign,
    ("0", "u"): lambda k, u: greatest(k, u, k.rational(Fraction(0))),
    ("a*u", "u"): leaky,
    ("u", "w"): least,
    ("w", "u"): greatest,
}
"""What is made of two branches and stays rational for rational operands."""

_WITH_PARAMETER: Mapping[str, Callable[..., Element]] = {
    "power_integer": integer_power,
    "power_rational": rational_power,
    "root_odd": odd_root,
    "root_even": even_root,
}


def operation(k: Arithmetic, instruction: Instruction) -> Operation:
    """Return the function that computes the instruction from its operands."""
    op, parameter = instruction.op, instruction.parameter
    if op == "number":
        assert isinstance(parameter, Fraction)
        exact = k.tidy(k.rational(parameter))
        return lambda: exact
    if op == "constant":
        return k.e if parameter == "e" else k.pi
    if op in _WITH_PARAMETER:
        function = _WITH_PARAMETER[op]
        return lambda u: function(k, u, parameter)
    if isinstance(parameter, Choice):
        return lambda *operands: choose(k, parameter, operands)
    if op in _PLAIN:
        return partial(_PLAIN[op], k)
    return _function(k, op)


def _function(k: Arithmetic, op: str) -> Operation:
    """Return what computes a row: its branches, or its form inside its domain; the rest is code of its own."""
    row = row_of(op)
    match op:
        case "log":
            return partial(logarithm, k)
        case "cbrt":
            return lambda u: odd_root(k, u, 3)
        case "floor":
            return partial(floor, k)
        case "ceil":
            return partial(ceil, k)
        case "round":
            return partial(nearest, k)
        case _ if row.branches in _BY_BRANCHES:
            return partial(_BY_BRANCHES[row.branches], k)
        case _:
            return partial(smooth if row.is_analytic else piece, k, op)


class ExactProgram:
    """A tape bound to an arithmetic. The working precision is the arithmetic's own matter."""

    def __init__(self, tape: Tape, k: Arithmetic) -> None:
        self.tape = tape
        self.k = k
        self.steps: list[tuple[Operation | str, tuple[int, ...]]] = [
            (str(step.parameter) if step.op == "variable" else operation(k, step), step.operands)
            for step in tape.instructions
        ]
        self.has_choices = tape.has_choices

    def run(self, arguments: Mapping[str, Element]) -> list[Element]:
        """Return the value of every instruction; NaN where it is not decided.

        Where conditions choose between values, what is not chosen and has none is :class:`Lost`.

        Raises
        ------
        UndefinedAtPoint
            If an instruction has provably no value, and it matters for the last one.
        """
        if self.has_choices:
            return self._run_choosing(arguments)
        values: list[Element] = []
        for function, operands in self.steps:
            if isinstance(function, str):
                values.append(arguments[function])
            else:
                values.append(function(*[values[place] for place in operands]))
        return values

    def _run_choosing(self, arguments: Mapping[str, Element]) -> list[Element]:
        values: list[Element] = []
        for (function, operands), step in zip(self.steps, self.tape.instructions, strict=True):
            if isinstance(function, str):
                values.append(arguments[function])
                continue
            given = [values[place] for place in operands]
            lost = next((value for value in given if isinstance(value, Lost)), None)
            try:
                is_gone = lost is not None and step.op != "piecewise"
                values.append(lost if is_gone else decided(function(*given)))
            except UndefinedAtPoint as missing:
                values.append(Lost(missing.reason))
        decided(values[-1])
        return values


def decided(value: Element) -> Element:
    """Return a value. UndefinedAtPoint if there is none."""
    if isinstance(value, Lost):
        raise UndefinedAtPoint(value.reason)
    return value
