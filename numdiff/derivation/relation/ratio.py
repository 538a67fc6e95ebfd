"""Rational functions in several symbols, always in lowest terms, over the polynomials of ``itself_poly``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from numdiff.budget import Budget
from numdiff.derivation import poly
from numdiff.derivation.poly import Poly


class ZeroDenominatorError(ZeroDivisionError):
    """The denominator vanishes identically: the expression has no value anywhere."""


@dataclass(frozen=True, eq=False)
class Ratio:
    """numerator/denominator in lowest terms; the denominator has coprime whole coefficients, the leading one > 0."""

    top: Poly
    bottom: Poly

    @property
    def is_zero(self) -> bool:
        """True for 0."""
        return not self.top

    @property
    def symbols(self) -> set[int]:
        """The symbols that occur."""
        return poly.symbols(self.top) | poly.symbols(self.bottom)

    @property
    def number(self) -> Fraction | None:
        """The value of a constant, else None."""
        if self.symbols:
            return None
        return self.top.get(poly.UNIT, Fraction(0)) / self.bottom[poly.UNIT]

    def degree(self, index: int) -> int:
        """Return the degree as a map of the line: the greater one of numerator and denominator."""
        return max(poly.degree(self.top, index), poly.degree(self.bottom, index))

    def same(self, other: Ratio) -> bool:
        """Return True if both are the same rational function."""
        return self.top == other.top and self.bottom == other.bottom


def of_number(value: Fraction | int) -> Ratio:
    """Return a constant."""
    return Ratio(poly.constant(value), poly.constant(1))


def of_symbol(index: int) -> Ratio:
    """Return a symbol."""
    return Ratio(poly.symbol(index), poly.constant(1))


def of_polynomial(top: Poly) -> Ratio:
    """Return a polynomial as a rational function."""
    return Ratio(top, poly.constant(1))


_COST_OF_MAKING = 3
"""Operations that even the smallest quotient in lowest terms costs, besides those of its polynomials."""


class RatioArithmetic:
    """Sums, products, powers and substitution of rational functions within a budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def make(self, top: Poly, bottom: Poly) -> Ratio:
        """Return top/bottom in lowest terms.

        Raises
        ------
        ZeroDenominatorError
            If the denominator is 0.
        """
        self.budget.spend(_COST_OF_MAKING)
        if not bottom:
            raise ZeroDenominatorError
        if not top:
            return of_number(0)
        common = poly.gcd(top, bottom, self.budget)
        if common != {poly.UNIT: 1}:
            top, bottom = (poly.exact_quotient(part, common, self.budget) for part in (top, bottom))
        unit = poly.primitive(bottom)
        factor = unit[next(iter(unit))] / bottom[next(iter(unit))]
        return Ratio(poly.scale(top, factor), unit)

    def add(self, a: Ratio, b: Ratio, factor: Fraction | int = 1) -> Ratio:
        """Return a + factor·b."""
        if a.bottom == b.bottom:
            return self.make(poly.add(a.top, b.top, factor), a.bottom)
        left, right = self.times(a.top, b.bottom), self.times(b.top, a.bottom)
        return self.make(poly.add(left, right, factor), self.times(a.bottom, b.bottom))

    def times(self, a: Poly, b: Poly) -> Poly:
        """Return the product of two polynomials."""
        return poly.multiply(a, b, self.budget)

    def multiply(self, a: Ratio, b: Ratio) -> Ratio:
        """Return a·b."""
        return self.make(self.times(a.top, b.top), self.times(a.bottom, b.bottom))

    def divide(self, a: Ratio, b: Ratio) -> Ratio:
        """Return a/b."""
        return self.make(self.times(a.top, b.bottom), self.times(a.bottom, b.top))

    def power(self, a: Ratio, n: int) -> Ratio:
        """Return aⁿ for any whole n."""
        top, bottom = (a.top, a.bottom) if n >= 0 else (a.bottom, a.top)
        return self.make(poly.power(top, abs(n), self.budget), poly.power(bottom, abs(n), self.budget))

    def substitute(self, a: Ratio, values: Mapping[int, Ratio]) -> Ratio:
        """Return a with symbols replaced by rational functions, all at once."""
        if not a.symbols & values.keys():
            return a
        return self.divide(self._put(a.top, values), self._put(a.bottom, values))

    def _put(self, a: Poly, values: Mapping[int, Ratio]) -> Ratio:
        """Return the value of a polynomial, by Horner's scheme in each symbol."""
        index = next((s for s in poly.symbols(a) if s in values), None)
        if index is None:
            return of_polynomial(a)
        parts = poly.coefficients(a, index)
        total = of_number(0)
        for n in range(max(parts), -1, -1):
            total = self.multiply(total, values[index])
            if n in parts:
                total = self.add(total, self._put(parts[n], values))
        return total

    def derivative(self, a: Ratio, index: int) -> Ratio:
        """Return ∂a/∂symbol."""
        slope_top, slope_bottom = poly.derivative(a.top, index), poly.derivative(a.bottom, index)
        rise = poly.add(self.times(slope_top, a.bottom), self.times(a.top, slope_bottom), -1)
        return self.make(rise, self.times(a.bottom, a.bottom))
