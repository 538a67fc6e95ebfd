"""The elementary functions of power series, and the Taylor coefficients of a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import sub

from numdiff.evaluate.balls import forms
from numdiff.evaluate.balls.rules import Arithmetic, Element, UndefinedAtPoint, margins
from numdiff.evaluate.balls.run import ExactProgram, Lost, combine, piece_side, power, step_edge
from numdiff.evaluate.balls.series import Coefficients, Operand, Series
from numdiff.evaluate.choice import Choice, Test, Verdict, by_sign, chosen
from numdiff.evaluate.tape import Instruction
from numdiff.functions import trees
from numdiff.functions.registry import jumping, kinked
from numdiff.functions.registry import row as row_of


class SeriesFunctions:
    """The elementary functions of series; what :mod:`numdiff.evaluate.balls.forms` calls."""

    def __init__(self, k: Arithmetic) -> None:
        self.k = k

    def real(self, u: Operand) -> Operand:
        """Return a series as it is, a number as a real number."""
        return u if isinstance(u, Series) else self.k.real(u)

    def is_right(self, u: Operand) -> bool:
        """Return whether the value at x is positive."""
        return self.k.is_right(self.k.real(u.terms[0] if isinstance(u, Series) else u))

    def _first(self, u: Series, function: Callable[[Element], Element]) -> Element:
        return function(self.k.real(u.terms[0]))

    def exp(self, u: Series) -> Series:
        """v′ = v·u′."""
        slope, terms = u.slope(), [self._first(u, self.k.exp)]
        for n in range(1, len(u.terms)):
            terms.append(u.over(u.dot(slope[1 : n + 1], terms[::-1]), n))
        return Series(self.k, tuple(terms))

    def expm1(self, u: Series) -> Series:
        """e^u − 1."""
        return Series(self.k, (self._first(u, self.k.expm1), *self.exp(u).terms[1:]))

    def ln(self, u: Operand) -> Operand:
        """v′ = u′/u."""
        if not isinstance(u, Series):
            return self.k.ln(u)
        return u.integral(self._first(u, self.k.ln), 1 / u)

    def log1p(self, u: Series) -> Series:
        """v′ = u′/(1 + u)."""
        return u.integral(self._first(u, self.k.log1p), 1 / (1 + u))

    def sqrt(self, u: Operand) -> Operand:
        """u^½."""
        if not isinstance(u, Series):
            return self.k.sqrt(u)
        return u.real_power(self._first(u, self.k.sqrt), self.k.rational(Fraction(1, 2)))

    def _pair(self, u: Series, one: Element, two: Element, sign: int) -> tuple[Series, Series]:
        """Return v, w with v′ = w·u′ and w′ = sign·v·u′: sine and cosine, or their hyperbolic sisters."""
        slope, v, w = u.slope(), [one], [two]
        for n in range(1, len(u.terms)):
            part = slope[1 : n + 1]
            next_v, next_w = u.over(u.dot(part, w[::-1]), n), u.over(u.dot(part, v[::-1]), n)
            v.append(next_v)
            w.append(next_w if sign > 0 else -next_w)
        return Series(self.k, tuple(v)), Series(self.k, tuple(w))

    def _circular(self, u: Series) -> tuple[Series, Series]:
        return self._pair(u, self._first(u, self.k.sin), self._first(u, self.k.cos), -1)

    def _hyperbolic(self, u: Series) -> tuple[Series, Series]:
        return self._pair(u, self._first(u, self.k.sinh), self._first(u, self.k.cosh), 1)

    def sin(self, u: Series) -> Series:
        """The sine."""
        return self._circular(u)[0]

    def cos(self, u: Series) -> Series:
        """The cosine."""
        return self._circular(u)[1]

    def tan(self, u: Series) -> Series:
        """sin/cos."""
        sine, cosine = self._circular(u)
        return sine / cosine

    def sinh(self, u: Series) -> Series:
        """The hyperbolic sine."""
        return self._hyperbolic(u)[0]

    def cosh(self, u: Series) -> Series:
        """The hyperbolic cosine."""
        return self._hyperbolic(u)[1]

    def tanh(self, u: Series) -> Series:
        """sinh/cosh."""
        sine, cosine = self._hyperbolic(u)
        return sine / cosine

    def asin(self, u: Series) -> Series:
        """v′ = u′/√(1 − u²)."""
        return u.integral(self._first(u, self.k.asin), 1 / self.sqrt((1 - u) * (1 + u)))

    def acos(self, u: Series) -> Series:
        """v′ = −u′/√(1 − u²)."""
        return u.integral(self._first(u, self.k.acos), -1 / self.sqrt((1 - u) * (1 + u)))

    def atan(self, u: Series) -> Series:
        """v′ = u′/(1 + u²)."""
        return u.integral(self._first(u, self.k.atan), 1 / (1 + u * u))

    def asinh(self, u: Series) -> Series:
        """v′ = u′/√(1 + u²)."""
        return u.integral(self._first(u, self.k.asinh), 1 / self.sqrt(1 + u * u))

    def acosh(self, u: Series) -> Series:
        """v′ = u′/√(u² − 1) for u > 1."""
        return u.integral(self._first(u, self.k.acosh), 1 / self.sqrt((u - 1) * (u + 1)))

    def atanh(self, u: Series) -> Series:
        """v′ = u′/(1 − u²)."""
        return u.integral(self._first(u, self.k.atanh), 1 / ((1 - u) * (1 + u)))

    def erf(self, u: Series) -> Series:
        """v′ = 2/√π·e^(−u²)·u′."""
        return u.integral(self._first(u, self.k.erf), self.exp(-(u * u)) * self._bell())

    def erfc(self, u: Series) -> Series:
        """1 − erf."""
        return u.integral(self._first(u, self.k.erfc), -(self.exp(-(u * u)) * self._bell()))

    def gamma(self, u: Series) -> Series:
        """Γ."""
        return self._expanded("gamma", u)

    def lgamma(self, u: Series) -> Series:
        """ln|Γ|."""
        return self._expanded("lgamma", u)

    def digamma(self, u: Series) -> Series:
        """ψ."""
        return self._expanded("digamma", u)

    def trigamma(self, u: Series) -> Series:
        """ψ′."""
        return self._expanded("trigamma", u)

    def sinc(self, u: Series) -> Series:
        """sin u/u."""
        return self._expanded("sinc", u)

    def _expanded(self, name: str, u: Series) -> Series:
        """Return c₀ + c₁d + c₂d² + …, d = u − u(x), from the function's own coefficients at u(x)."""
        *others, last = self.k.expansion(name, u.terms[0], len(u.terms))
        inner = Series(self.k, (self.k.rational(Fraction(0)), *u.terms[1:]))
        total = u.like(last)
        for coefficient in reversed(others):
            total = total * inner + u.like(coefficient)
        return total

    def _bell(self) -> Element:
        return self.k.real(2) / self.k.sqrt(self.k.pi())

    def pi(self) -> Element:
        """The number π."""
        return self.k.pi()


class NotSmoothError(ArithmeticError):
    """There is no Taylor expansion here: a kink, a jump or a vertical tangent, in the function or in a part of it."""


def _integer_power(u: Series, n: int) -> Series:
    if n < 0:
        return 1 / _integer_power(u, -n)
    result, square = u.like(1), u
    while n:
        if n & 1:
            result = result * square
        n >>= 1
        square = square * square if n else square
    return result


def _fixed_power(k: Arithmetic, u: Series, exponent: Fraction, first: Element) -> Series:
    if k.sign(u.terms[0]) == 0:
        raise NotSmoothError
    return u.real_power(first, k.rational(exponent))


def _power(k: SeriesFunctions, u: Series, w: Series) -> Series:
    base = k.k
    is_fixed = all(base.is_rational(term) and term == 0 for term in w.terms[1:])
    if not is_fixed:
        return k.exp(w * k.ln(u))
    if base.is_rational(w.terms[0]) and base.floor(w.terms[0]) == w.terms[0] and 0 <= w.terms[0] <= 10**6:
        return _integer_power(u, int(w.terms[0]))
    if base.sign(u.terms[0]) == 0:
        raise NotSmoothError
    return u.real_power(power(base, u.terms[0], w.terms[0]), w.terms[0])


def _chosen(k: Arithmetic, step: Instruction, operands: list[Series]) -> Series:
    """Return the branch of a kinked function that holds around x."""
    first, row = operands[0], row_of(step.op)
    if "w" in row.parameters:
        side = k.sign(combine(k, sub, first.terms[0], operands[1].terms[0]))
    else:
        side = k.sign(first.terms[0]) if row.breaks == "u" else piece_side(k, step.op, [u.terms[0] for u in operands])
    if side == 0:
        raise NotSmoothError
    if side is None:
        return first.like(k.nan)
    branch = forms.compiled(trees.read(row.branches[1 if side > 0 else 0]), row.parameters)
    return first.like(branch(k, *operands))


def _step_function(k: Arithmetic, step: Instruction, u: Series, value: Element) -> Series:
    if step_edge(k, step.op, u.terms[0]) == 0:
        raise NotSmoothError
    return u.like(value)


def _apply(k: SeriesFunctions, step: Instruction, operands: list[Series], value: Element) -> Series:
    """Return the series of an instruction; ``value`` is its value at x."""
    base, u = k.k, operands[0]
    match step.op, step.parameter:
        case "neg", _:
            return -u
        case "add", _:
            return u + operands[1]
        case "sub", _:
            return u - operands[1]
        case "mul", _:
            return u * operands[1]
        case "div", _:
            return u / operands[1]
        case "exp", _:
            return k.exp(u)
        case "power_integer", int(n):
            return _integer_power(u, n)
        case "power_rational", (int(p), int(q)):
            return _fixed_power(base, u, Fraction(p, q), value)
        case (("root_odd" | "root_even"), int(n)):
            return _fixed_power(base, u, Fraction(1, n), value)
        case "cbrt", _:
            return _fixed_power(base, u, Fraction(1, 3), value)
        case "power", _:
            return _power(k, u, operands[1])
        case "log", _:
            return k.ln(u) / k.ln(operands[1])
        case op, _ if op in kinked():
            return _chosen(base, step, operands)
        case op, _ if op in jumping():
            return _step_function(base, step, u, value)
    if margins(base, step.op, u.terms[0]) == 0:
        raise NotSmoothError
    result: Series = forms.value(step.op)(k, u)
    return result


def taylor(program: ExactProgram, arguments: Mapping[str, Element], var: str, count: int) -> tuple[Element, ...]:
    """Return the Taylor coefficients f⁽ⁿ⁾(x)/n! for n < count, by the variable var.

    Parameters
    ----------
    program : ExactProgram
        The tree, bound to an arithmetic at whose working precision everything is done.
    arguments : mapping of str to Element
        A rational value for each variable.
    var : str
        The variable to expand in.
    count : int
        How many coefficients.

    Returns
    -------
    tuple of Element
        Rationals where exactly known, else reals; NaN where nothing is decided at the working precision.

    Raises
    ------
    UndefinedAtPoint
        If f has provably no value.
    NotSmoothError
        If f, or a part of it, has a kink, a jump or a vertical tangent.
    """
    k = SeriesFunctions(program.k)
    values = program.run(arguments)
    zero, one = program.k.rational(Fraction(0)), program.k.rational(Fraction(1))
    start = (one, *[zero] * (count - 1))[: count - 1]
    if program.has_choices:
        return _choosing(k, program, values, var, start)
    series: list[Series] = []
    for step, value, is_active in zip(program.tape.instructions, values, program.tape.depends_on(var), strict=True):
        if not is_active:
            series.append(Series(program.k, (value, *[zero] * (count - 1))))
        elif step.op == "variable":
            series.append(Series(program.k, (value, *start)))
        else:
            series.append(_smooth(k, step, [series[place] for place in step.operands], value))
    return series[-1].terms


def _smooth(k: SeriesFunctions, step: Instruction, operands: list[Series], value: Element) -> Series:
    try:
        return _apply(k, step, operands, value)
    except UndefinedAtPoint as pole:  # the value exists, so it is a derivative's pole
        raise NotSmoothError from pole


def _choosing(
    k: SeriesFunctions, program: ExactProgram, values: list[Element], var: str, start: Coefficients
) -> Coefficients:
    """Return the coefficients where conditions choose: what is not chosen need not be smooth, or have a value."""
    zero = k.k.rational(Fraction(0))
    series: list[Series | None] = []
    active = program.tape.depends_on(var)
    for step, value, is_active in zip(program.tape.instructions, values, active, strict=True):
        operands = [series[place] for place in step.operands]
        if isinstance(value, Lost):
            series.append(None)
        elif not is_active:
            series.append(Series(k.k, (value, *[zero] * len(start))))
        elif step.op == "variable":
            series.append(Series(k.k, (value, *start)))
        elif isinstance(step.parameter, Choice):
            series.append(_choice(k, step.parameter, operands, [active[place] for place in step.operands]))
        else:
            series.append(_smooth_or_none(k, step, operands, value))
    if series[-1] is None:
        raise NotSmoothError
    return series[-1].terms


def _smooth_or_none(
    k: SeriesFunctions, step: Instruction, operands: Sequence[Series | None], value: Element
) -> Series | None:
    smooth = [operand for operand in operands if operand is not None]
    if len(smooth) < len(operands):
        return None
    try:
        return _smooth(k, step, smooth, value)
    except NotSmoothError:
        return None


def _choice(
    k: SeriesFunctions, choice: Choice, operands: Sequence[Series | None], active: Sequence[bool]
) -> Series | None:
    """Return the series of the value that conditions choose around x; None if one of them changes at x."""
    changes = False

    def compare(test: Test) -> Verdict:
        nonlocal changes
        left, right = operands[test.left], operands[test.right]
        if left is None or right is None:
            changes = True
            return False, False
        sign = k.k.sign(combine(k.k, sub, left.terms[0], right.terms[0]))
        changes = changes or (sign == 0 and (active[test.left] or active[test.right]))
        return by_sign(test, sign)

    place, is_decided = chosen(choice, compare)
    if changes or place is None:
        some = next((operand for operand in operands if operand is not None), None)
        return None if changes or is_decided or some is None else some.like(k.k.nan)
    return operands[place]
