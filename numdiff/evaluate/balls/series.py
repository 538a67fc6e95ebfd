"""Power series cut off after a fixed count of terms, in exact or enclosed numbers.

A :class:`Series` is the list of coefficients c₀, c₁, … of a power series in (var − x), cut off after a fixed count.
Sums, products and quotients are the school's; a function v = g(u) follows from v′ = g′(u)·u′, which gives one
coefficient after the other (A. Griewank, A. Walther, Evaluating Derivatives, 2nd ed., 2008, section 13.2). Rational
coefficients stay rational, so a vanishing derivative of a rational function is known to vanish.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import add, mul, sub
from typing import TypeAlias

from numdiff.evaluate.balls.rules import Arithmetic, Element
from numdiff.evaluate.balls.run import combine, divide

Coefficients: TypeAlias = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A power series cut off after as many coefficients as it has; arithmetic with numbers and with its like."""

    k: Arithmetic
    terms: Coefficients

    def __add__(self, other: Operand) -> Series:
        return Series(self.k, tuple(combine(self.k, add, a, b) for a, b in self._pairs(other)))

    def __sub__(self, other: Operand) -> Series:
        return Series(self.k, tuple(combine(self.k, sub, a, b) for a, b in self._pairs(other)))

    def __neg__(self) -> Series:
        return Series(self.k, tuple(-a for a in self.terms))

    def __mul__(self, other: Operand) -> Series:
        b = self.like(other).terms
        return Series(self.k, tuple(self.dot(self.terms[: n + 1], b[n::-1]) for n in range(len(b))))

    def __truediv__(self, other: Operand) -> Series:
        a, b = self.terms, self.like(other).terms
        result: list[Element] = []
        for n in range(len(a)):
            rest = self.dot(result, b[n:0:-1])
            result.append(divide(self.k, combine(self.k, sub, a[n], rest), b[0]))
        return Series(self.k, tuple(result))

    def __radd__(self, other: Operand) -> Series:
        return self + other

    def __rmul__(self, other: Operand) -> Series:
        return self * other

    def __rsub__(self, other: Operand) -> Series:
        return self.like(other) - self

    def __rtruediv__(self, other: Operand) -> Series:
        return self.like(other) / self

    def like(self, other: Operand) -> Series:
        """Return a number as a constant series of the same length; a series as it is."""
        if isinstance(other, Series):
            return other
        first = self.k.rational(Fraction(other)) if isinstance(other, int) else other
        return Series(self.k, (first, *[self.k.rational(Fraction(0))] * (len(self.terms) - 1)))

    def _pairs(self, other: Operand) -> zip[tuple[Element, Element]]:
        return zip(self.terms, self.like(other).terms, strict=True)

    def dot(self, one: Coefficients | list[Element], two: Coefficients | list[Element]) -> Element:
        """Return the sum of the products, 0 for none."""
        total = self.k.rational(Fraction(0))
        for a, b in zip(one, two, strict=True):
            if not (self.k.is_rational(a) and a == 0) and not (self.k.is_rational(b) and b == 0):
                total = combine(self.k, add, total, combine(self.k, mul, a, b))
        return total

    def slope(self) -> Coefficients:
        """Return n·cₙ for n = 0, 1, …: the coefficients of the derivative, times the variable."""
        return tuple(combine(self.k, mul, self.k.rational(Fraction(n)), c) for n, c in enumerate(self.terms))

    def over(self, value: Element, n: int) -> Element:
        """Return value/n."""
        return divide(self.k, value, self.k.rational(Fraction(n)))

    def integral(self, first: Element, rate: Series) -> Series:
        """Return v with v(x) = first and v′ = rate·u′, where u is this series."""
        slope = self.slope()
        terms = [first]
        for n in range(1, len(self.terms)):
            terms.append(self.over(self.dot(slope[1 : n + 1], rate.terms[n - 1 :: -1]), n))
        return Series(self.k, tuple(terms))

    def real_power(self, first: Element, exponent: Element) -> Series:
        """Return u^a with the given first coefficient, for u(x) ≠ 0: from u·v′ = a·v·u′."""
        slope, terms = self.slope(), [first]
        for n in range(1, len(self.terms)):
            grown = combine(self.k, mul, exponent, self.dot(slope[1 : n + 1], terms[::-1]))
            shrunk = self.dot(
                [combine(self.k, mul, self.k.rational(Fraction(n - j)), self.terms[j]) for j in range(1, n)],
                terms[:0:-1],
            )
            total = combine(self.k, sub, grown, shrunk)
            terms.append(divide(self.k, self.over(total, n), self.terms[0]))
        return Series(self.k, tuple(terms))


Operand: TypeAlias = "Series | Element"
