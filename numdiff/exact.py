"""The exact derivative at a point, as a number that says how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath

from numdiff.evaluate import exact
from numdiff.evaluate.answer import Exact, Status
from numdiff.function import Function, variable_of

Real: TypeAlias = Any
"""A real number of any kind: int, float, Fraction, a NumPy scalar (bfloat16 too), an mpmath number."""


class ExactNumber(mpmath.mpf):  # type: ignore[misc] # mpmath has no type annotations
    """An mpmath number with what is known of its error.

    Attributes
    ----------
    certified : bool
        True if ``radius``, or that there is no value, is proved (ball arithmetic with python-flint).
    radius : mpmath.mpf
        A bound of abs(self − true value); NaN where there is no value.
    status : {"ok", "undefined", "undecidable"}
        Whether there is a value, provably none, or no decision at the highest precision; then the number is NaN.
    reason : str or None
        Why there is none, as in :class:`numdiff.evaluate.answer.Exact`.
    """

    certified: bool
    radius: Any
    status: Status
    reason: str | None

    @classmethod
    def of(cls, answer: Exact) -> ExactNumber:
        """Return the number for an answer of :mod:`numdiff.evaluate.exact`."""
        number = cls()
        number._mpf_ = answer.value._mpf_  # as it is: the constructor would round it to mpmath's current precision
        number.certified, number.radius = answer.certified, answer.radius
        number.status, number.reason = answer.status, answer.reason
        return number


def rational(value: Real) -> Fraction:
    """Return the exact value of a real number; a float is its binary value.

    Raises
    ------
    ValueError
        If it is not finite.
    """
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, mpmath.mpf) and mpmath.isfinite(value):
        sign, mantissa, exponent, _ = value._mpf_
        magnitude = int(mantissa) * Fraction(2) ** int(exponent)
        return -magnitude if sign else magnitude
    try:
        return Fraction(float(value))
    except (OverflowError, ValueError):
        raise ValueError(f"the point must be finite, got {value}") from None


def exact_derivative(
    f: Function, x: Real, var: str | None = None, at: Mapping[str, Real] | None = None, digits: int = 50
) -> ExactNumber:
    """Return the derivative of f at x to ``digits`` relative digits.

    Parameters
    ----------
    f : Function
        A typed function: a black box has no exact derivative.
    x : real
        The point; a float is taken as its exact binary value.
    var : str, optional
        The variable, in any spelling. By default the only one.
    at : mapping of str to real, optional
        The values of the other variables.
    digits : int
        Relative digits, 1 to 1000. Where f′ may be 0, no relative digits can be proved: the number is then 0 and its
        ``radius`` at most 10^−digits.

    Returns
    -------
    ExactNumber
        NaN, with ``status`` and ``reason``, where there is no derivative or none that could be decided.

    Raises
    ------
    TypeError
        If f is not a Function, ``var`` is needed or unknown (a :class:`numdiff.VariableError`), or another variable
        has no value.
    ValueError
        If the point is not finite, or for digits out of range.

    Examples
    --------
    >>> import mpmath
    >>> import numdiff as nd
    >>> found = nd.exact_derivative(nd.parse("ln x"), 3, digits=30)
    >>> found.certified, mpmath.nstr(found, 12)
    (True, '0.333333333333')
    """
    if not isinstance(f, Function):
        raise TypeError(f"f must be a Function (numdiff.parse makes one), got {type(f).__name__}")
    variable = variable_of(f, var)
    name = variable if f.variables else "x"
    point = f.arguments(**{name: x}, **dict(at or {}))
    values = {each: rational(value) for each, value in point.items()}
    return ExactNumber.of(exact.exact_derivative(f.tree, values, name, digits))
