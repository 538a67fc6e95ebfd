r"""Numbers as a reader sees them: full digits, powers of ten, exact values cut only after true digits.

Everything is worked out in exact rational arithmetic from the value that is held, so no digit shown is an accident of
a conversion. Text uses the typographic minus and superscripts (``1.8·10⁻⁷``), LaTeX its own (``1.8\cdot 10^{-7}``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import mpmath
import numpy as np

Real = Any
"""A Python or NumPy real number (also ``ml_dtypes.bfloat16``), a :class:`fractions.Fraction` or an mpmath number."""

MINUS = "−"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_EXPONENTS = range(-4, 16)
"""Python's own repr writes numbers of these decimal exponents without a power of ten."""


_FAR = 20_000
"""Numbers beyond 2^±20000 are not turned into fractions."""


@dataclass(frozen=True, slots=True)
class Decimal10:
    """A number in decimal: ``sign`` · d.ddd · 10^``exponent`` with ``digits`` = "dddd"; zero has the digits "0"."""

    negative: bool
    digits: str
    exponent: int
    is_exact: bool
    """True if nothing was rounded away or cut off."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number ready to be shown: as text, as LaTeX, and the sign that may stand before it."""

    text: str
    latex: str
    relation: Literal["=", "≈"]


def is_finite(value: Real) -> bool:
    """Return True unless the number is infinite or NaN."""
    return bool(mpmath.isfinite(value)) if isinstance(value, mpmath.mpf) else math.isfinite(value)


def as_fraction(value: Real) -> Fraction:
    """Return the exact value of a finite number.

    Raises
    ------
    ValueError, OverflowError
        If the number is NaN or infinite.
    """
    if isinstance(value, Fraction | int):
        return Fraction(value)
    if isinstance(value, mpmath.mpf):
        if not mpmath.isfinite(value):
            raise ValueError("a finite number is needed")
        return Fraction(*(int(part) for part in mpmath.libmp.to_rational(value._mpf_)))
    return Fraction(float(value))  # every narrower format widens to float64 exactly


def _decimal_exponent(magnitude: Fraction) -> int:
    """Return e with 10^e ≤ magnitude < 10^(e+1), for a magnitude above 0."""
    bits = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
    guess = math.floor(bits * math.log10(2)) - 1  # never above the true exponent
    power = Fraction(10) ** (guess + 1)
    while magnitude >= power:
        guess, power = guess + 1, power * 10
    return guess


def to_decimal(value: Real, count: int, *, cut: bool = False) -> Decimal10:
    """Write a finite number with ``count`` significant decimal digits.

    Parameters
    ----------
    value : real number
        Finite.
    count : int
        How many significant digits, at least 1.
    cut : bool
        Cut the further digits off instead of rounding half to even.
    """
    exact = as_fraction(value)
    if exact == 0:
        return Decimal10(negative=False, digits="0", exponent=0, is_exact=True)
    magnitude = abs(exact)
    exponent = _decimal_exponent(magnitude)
    scaled = magnitude * Fraction(10) ** (count - 1 - exponent)
    whole = math.floor(scaled) if cut else round(scaled)
    is_exact = whole == scaled
    if whole == 10**count:  # 9.99 rounded up to 10.0
        whole, exponent = whole // 10, exponent + 1
    return Decimal10(negative=exact < 0, digits=str(whole), exponent=exponent, is_exact=is_exact)


def _point(digits: str) -> str:
    return digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"


def _positional(digits: str, exponent: int) -> str:
    """Return the digits without a power of ten: ``("12", -1)`` is 0.12, ``("12", 3)`` is 1200."""
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    whole = digits[: exponent + 1].ljust(exponent + 1, "0")
    return f"{whole}.{digits[exponent + 1 :]}" if len(digits) > exponent + 1 else whole


def power_of_ten(exponent: int) -> str:
    """Return ``10⁻⁴`` for −4."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def power_of_ten_latex(exponent: int) -> str:
    """Return ``10^{-4}`` for −4."""
    return f"10^{{{exponent}}}"


def _with_power(negative: bool, mantissa: str, exponent: int, *, latex: bool) -> str:
    """Return ±mantissa·10^exponent; a mantissa of exactly "1" and the power 10⁰ are left out."""
    sign = ("-" if latex else MINUS) if negative else ""
    if exponent == 0:
        return sign + mantissa
    power = power_of_ten_latex(exponent) if latex else power_of_ten(exponent)
    if mantissa == "1":
        return sign + power
    dot = r"\cdot " if latex else "·"
    return f"{sign}{mantissa}{dot}{power}"


def _not_finite(value: Real, *, latex: bool) -> str:
    if mpmath.isnan(value):
        return r"\mathrm{NaN}" if latex else "NaN"
    if latex:
        return r"-\infty" if value < 0 else r"\infty"
    return f"{MINUS}∞" if value < 0 else "∞"


def _scientific(value: Real, count: int, *, latex: bool) -> str:
    if not is_finite(value):
        return _not_finite(value, latex=latex)
    decimal = to_decimal(value, count)
    return _with_power(decimal.negative, _point(decimal.digits), decimal.exponent, latex=latex)


def scientific(value: Real, count: int = 2) -> str:
    """Return the number rounded to ``count`` digits and a power of ten: ``1.8·10⁻⁷``; 0 is ``0``."""
    return _scientific(value, count, latex=False)


def scientific_latex(value: Real, count: int = 2) -> str:
    r"""Return the number rounded to ``count`` digits as LaTeX: ``1.8\cdot 10^{-7}``."""
    return _scientific(value, count, latex=True)


def significant(value: Real, count: int = 4) -> str:
    """Return the number rounded to ``count`` significant digits, without a power of ten where that is readable."""
    if not is_finite(value):
        return _not_finite(value, latex=False)
    decimal = to_decimal(value, count)
    if decimal.exponent not in range(-3, max(count, 4)):
        return scientific(value, count)
    digits = decimal.digits.rstrip("0") or "0"
    return (MINUS if decimal.negative else "") + _positional(digits, decimal.exponent)


def shortest(value: Real) -> str:
    """Return the fewest digits that give the same number back in its own format, as Python's repr does.

    ``6.000000000012662`` for a float64, ``0.1001`` for the float16 next to 0.1, ``1e-08``-like forms with Python's
    exponent: this is the text for code and for CSV. A float in no format of its own counts as float64.
    """
    kind = getattr(value, "dtype", None)
    if kind is None or kind == np.float64:
        return repr(float(value))
    if not is_finite(value):
        return repr(float(value))
    scalar = kind.type
    for count in range(1, 10):
        decimal = to_decimal(value, count)
        text = f"{'-' if decimal.negative else ''}{_point(decimal.digits)}e{decimal.exponent}"
        if scalar(float(text)) == value:
            return repr(float(text))
    return repr(float(value))


def _split(text: str) -> tuple[bool, str, int]:
    """Return sign, mantissa and exponent of a number in Python's notation."""
    mantissa, _, exponent = text.lower().partition("e")
    return mantissa.startswith("-"), mantissa.lstrip("-"), int(exponent or 0)


def _full(value: Real, *, latex: bool) -> str:
    if not is_finite(value):
        return _not_finite(value, latex=latex)
    negative, mantissa, exponent = _split(shortest(value))
    if exponent and mantissa.endswith(".0"):
        mantissa = mantissa[:-2]
    return _with_power(negative, mantissa, exponent, latex=latex)


def full(value: Real) -> str:
    """Return all digits of a float in its own format: ``6.000000000012662``, ``1.2661871552154413·10⁻¹¹``."""
    return _full(value, latex=False)


def full_latex(value: Real) -> str:
    r"""Return all digits of a float as LaTeX: ``6.000000000012662``, ``1.2661871552154413\cdot 10^{-11}``."""
    return _full(value, latex=True)


def step_mantissa(value: float) -> tuple[str, int | None]:
    """Return a step as (mantissa, exponent): ("1", −4), ("2.5", −7); the exponent is None where none is needed (0.5).

    The sign is left out. It is how a person writes a step: powers of ten from 10⁻² down, plain decimals above.
    """
    written = Decimal(repr(abs(float(value)))).normalize()
    _, figures, power = written.as_tuple()
    digits, place = "".join(map(str, figures)), written.adjusted()
    if written == 0 or not isinstance(power, int):
        return repr(float(value)).replace("0.0", "0"), None
    is_bare_power = digits == "1" and (place <= -2 or place >= 4)
    if not is_bare_power and place in range(-4, 7):
        return _positional(digits, place), None
    return _point(digits), place


def step(value: float) -> str:
    """Return a step size as a person writes it: ``10⁻⁴``, ``2.5·10⁻⁷``, ``0.5``."""
    mantissa, exponent = step_mantissa(value)
    return _with_power(value < 0, mantissa, exponent or 0, latex=False)


def step_latex(value: float) -> str:
    r"""Return a step size as LaTeX: ``10^{-4}``, ``2.5\cdot 10^{-7}``, ``0.5``."""
    mantissa, exponent = step_mantissa(value)
    return _with_power(value < 0, mantissa, exponent or 0, latex=True)


def _decimal_shown(decimal: Decimal10, ending: str, relation: Literal["=", "≈"]) -> Shown:
    digits = decimal.digits if ending else (decimal.digits.rstrip("0") or "0")
    sign = decimal.negative
    if decimal.exponent in _PLAIN_EXPONENTS:
        # cut digits must not be padded with zeros that are not known: 123456789012345678… has 18 known places
        known = decimal.exponent < len(digits) or not ending
        if known:
            plain = _positional(digits, decimal.exponent)
            tail = r"\ldots" if ending else ""
            return Shown(f"{MINUS if sign else ''}{plain}{ending}", f"{'-' if sign else ''}{plain}{tail}", relation)
    mantissa = _point(digits)
    return Shown(
        _with_power(sign, mantissa + ending, decimal.exponent, latex=False),
        _with_power(sign, mantissa + (r"\ldots" if ending else ""), decimal.exponent, latex=True),
        relation,
    )


def exact_shown(value: Real, radius: Real = 0, count: int = 17) -> Shown:
    """Return an exact value cut with "…" after true digits only, or whole where it ends.

    Parameters
    ----------
    value, radius : real numbers
        The value is known to lie within ``radius`` of ``value``. A radius of 0 means the value itself.
    count : int
        The greatest number of digits shown.

    Returns
    -------
    Shown
        ``66.501504890375852…`` after "=", the number itself where it ends within ``count`` digits, and after "≈" a
        rounded number where the true value may lie on either side of a row of nines (6 ± 10⁻⁵⁰).
    """
    if not is_finite(value):
        return Shown(_not_finite(value, latex=False), _not_finite(value, latex=True), "=")
    if value == 0 and radius != 0:
        return Shown("0", "0", "≈")
    if isinstance(value, mpmath.mpf) and abs(value.man_exp[1]) > _FAR:
        return _far_shown(value, radius, count)
    middle = as_fraction(value)
    spread = _spread(middle, radius)
    if spread == 0:
        decimal = to_decimal(middle, count, cut=True)
        return _decimal_shown(decimal, "" if decimal.is_exact else "…", "=")
    low, high = middle - spread, middle + spread
    for digits in range(count, 1, -1):
        first, second = to_decimal(low, digits, cut=True), to_decimal(high, digits, cut=True)
        if (first.negative, first.digits, first.exponent) == (second.negative, second.digits, second.exponent):
            return _decimal_shown(first, "…", "=")
    return _decimal_shown(to_decimal(middle, _known_digits(middle, spread, count)), "", "≈")


def _spread(middle: Fraction, radius: Real) -> Fraction:
    """Return the radius, or a greater one that is as good as nothing beside the value, and quick to compute with."""
    if isinstance(radius, mpmath.mpf) and radius and mpmath.mag(radius) < -_FAR:
        return abs(middle) / 2**_FAR if middle else Fraction(1, 2**_FAR)
    return abs(as_fraction(radius))


def _far_shown(value: mpmath.mpf, radius: Real, count: int) -> Shown:
    """Return a number like e^(−1000000), whose fraction would have a million digits, by its leading digits.

    mpmath rounds them to ten more than are shown; a row of nines or zeros among those ten could turn on the rounding.
    """
    sign, digits, exponent = mpmath.libmp.to_digits_exp(value._mpf_, count + 10)
    tail = digits[count : count + 8]
    is_known = radius == 0 or mpmath.mag(radius) < mpmath.mag(value) - 4 * (count + 12)
    is_cut = is_known and len(tail) == 8 and set(tail) not in ({"0"}, {"9"})
    decimal = Decimal10(sign == "-", digits[:count], exponent, is_exact=False)
    return _decimal_shown(decimal, "…" if is_cut else "", "=" if is_cut else "≈")


def _known_digits(middle: Fraction, spread: Fraction, count: int) -> int:
    """Return how many digits of a rounded value mean something, between 1 and ``count``."""
    if middle == 0 or spread >= abs(middle):
        return 1
    return max(1, min(count, _decimal_exponent(abs(middle) / spread)))


def correct_digits(error: Real, exact: Real) -> float:
    """Return how many significant digits are correct: the whole part of −log₁₀ of the relative error, at least 0.

    Infinity if the error is 0; NaN if the exact value is 0 (no digit of 0 is significant) or a number is not finite.
    """
    if not is_finite(error) or not is_finite(exact):
        return math.nan
    wrong, true = abs(as_fraction(error)), abs(as_fraction(exact))
    if wrong == 0:
        return math.inf
    if true == 0:
        return math.nan
    ratio = true / wrong
    return float(max(0, _decimal_exponent(ratio))) if ratio >= 1 else 0.0
