"""Numbers as they are shown: tables, and invariants against Python's own decimal arithmetic."""

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import ml_dtypes
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import numbers

FINITE = st.floats(allow_nan=False, allow_infinity=False)

FULL = [
    (6.000000000012662, "6.000000000012662", "6.000000000012662"),
    (66.50150507518049, "66.50150507518049", "66.50150507518049"),
    (1.2661871552154412e-11, "1.2661871552154412·10⁻¹¹", r"1.2661871552154412\cdot 10^{-11}"),
    (-2.5e-7, "−2.5·10⁻⁷", r"-2.5\cdot 10^{-7}"),
    (1e16, "10¹⁶", "10^{16}"),
    (-1e-16, "−10⁻¹⁶", "-10^{-16}"),
    (0.001200000000002, "0.001200000000002", "0.001200000000002"),
    (0.0, "0.0", "0.0"),
    (5e-324, "5·10⁻³²⁴", r"5\cdot 10^{-324}"),
    (math.inf, "∞", r"\infty"),
    (-math.inf, "−∞", r"-\infty"),
    (math.nan, "NaN", r"\mathrm{NaN}"),
    (np.float16(0.1), "0.1", "0.1"),
    (np.float16(6e-8), "6·10⁻⁸", r"6\cdot 10^{-8}"),
    (np.float32(1.1), "1.1", "1.1"),
    (ml_dtypes.bfloat16(3.02), "3.02", "3.02"),
]


@pytest.mark.parametrize(("value", "text", "latex"), FULL)
def test_full_digits(value, text, latex):
    assert numbers.full(value) == text
    assert numbers.full_latex(value) == latex


@given(FINITE)
def test_shortest_gives_the_float64_back(value):
    assert float(numbers.shortest(value)) == value


@pytest.mark.parametrize("kind", [np.float16, np.float32, ml_dtypes.bfloat16])
@given(value=st.floats(-6e4, 6e4))
def test_shortest_gives_narrow_floats_back_with_the_fewest_digits(kind, value):
    narrow = kind(value)
    text = numbers.shortest(narrow)
    assert kind(float(text)) == narrow
    if kind is not ml_dtypes.bfloat16:
        # NumPy prints float16 and float32 with the fewest digits that give the number back
        expected = np.format_float_scientific(narrow, unique=True, trim="-")
        assert Decimal(text).normalize().as_tuple().digits == Decimal(expected).normalize().as_tuple().digits


SCIENTIFIC = [
    (1.8480464e-7, 2, "1.8·10⁻⁷", r"1.8\cdot 10^{-7}"),
    (1e-4, 2, "1.0·10⁻⁴", r"1.0\cdot 10^{-4}"),
    (1e-4, 1, "10⁻⁴", "10^{-4}"),
    (9.99e-5, 2, "1.0·10⁻⁴", r"1.0\cdot 10^{-4}"),
    (-12345.0, 3, "−1.23·10⁴", r"-1.23\cdot 10^{4}"),
    (6, 2, "6.0", "6.0"),
    (0, 2, "0", "0"),
    (Fraction(1, 3), 3, "3.33·10⁻¹", r"3.33\cdot 10^{-1}"),
    (mpmath.mpf("1e-400"), 1, "10⁻⁴⁰⁰", "10^{-400}"),
    (1e299, 2, "1.0·10²⁹⁹", r"1.0\cdot 10^{299}"),
]


@pytest.mark.parametrize(("value", "count", "text", "latex"), SCIENTIFIC)
def test_scientific(value, count, text, latex):
    assert numbers.scientific(value, count) == text
    assert numbers.scientific_latex(value, count) == latex


@given(FINITE.filter(bool), st.integers(1, 20))
def test_rounding_agrees_with_decimal(value, count):
    ours = numbers.to_decimal(value, count)
    theirs = Context(prec=count, rounding=ROUND_HALF_EVEN, Emin=-999, Emax=999).create_decimal(Decimal(value))
    assert ours.exponent == theirs.adjusted()
    assert int(ours.digits) == Fraction(abs(theirs)) / Fraction(10) ** (ours.exponent - count + 1)
    assert ours.negative == (value < 0)


@given(FINITE.filter(bool), st.integers(1, 20))
def test_cut_digits_never_exceed_the_value(value, count):
    cut = numbers.to_decimal(value, count, cut=True)
    shown = int(cut.digits) * Fraction(10) ** (cut.exponent - count + 1)
    assert 0 <= abs(Fraction(value)) - shown < Fraction(10) ** (cut.exponent - count + 1)
    assert cut.is_exact == (abs(Fraction(value)) == shown)


SIGNIFICANT = [
    (66.50150489, 4, "66.5"),
    (0.00123456, 3, "0.00123"),
    (123456, 2, "1.2·10⁵"),
    (1.8e-7, 2, "1.8·10⁻⁷"),
    (-2.0, 3, "−2"),
    (math.inf, 3, "∞"),
]


@pytest.mark.parametrize(("value", "count", "text"), SIGNIFICANT)
def test_significant(value, count, text):
    assert numbers.significant(value, count) == text


STEPS = [
    (1e-4, "10⁻⁴", "10^{-4}"),
    (1e-16, "10⁻¹⁶", "10^{-16}"),
    (1e-2, "10⁻²", "10^{-2}"),
    (0.1, "0.1", "0.1"),
    (1.0, "1", "1"),
    (10.0, "10", "10"),
    (1e4, "10⁴", "10^{4}"),
    (2.5e-7, "2.5·10⁻⁷", r"2.5\cdot 10^{-7}"),
    (0.025, "0.025", "0.025"),
    (-1e-3, "−10⁻³", "-10^{-3}"),
    (1.5e300, "1.5·10³⁰⁰", r"1.5\cdot 10^{300}"),
    (0.0, "0", "0"),
]


@pytest.mark.parametrize(("value", "text", "latex"), STEPS)
def test_steps(value, text, latex):
    assert numbers.step(value) == text
    assert numbers.step_latex(value) == latex


with mpmath.workdps(60):
    LECTURE = 9 * mpmath.e**2
    TINY = mpmath.mpf("1e-50")
    FAR = mpmath.exp(-1_000_000)
EXACT = [
    (LECTURE, TINY, 17, "66.501504890375852…", "="),
    (LECTURE, mpmath.mpf("1e-6"), 17, "66.50150…", "="),
    (6, 0, 17, "6", "="),
    (Fraction(1, 8), 0, 17, "0.125", "="),
    (Fraction(1, 3), 0, 5, "0.33333…", "="),
    (Fraction(-2, 3), 0, 5, "−0.66666…", "="),
    (Fraction(10**20, 3), 0, 5, "3.3333…·10¹⁹", "="),
    (0.1, 0, 20, "0.10000000000000000555…", "="),
    (2_000_000, 0, 17, "2000000", "="),
    (mpmath.mpf(6), TINY, 17, "6", "≈"),
    (mpmath.mpf(0), TINY, 17, "0", "≈"),
    (0, 0, 17, "0", "="),
    (mpmath.mpf(0), mpmath.ldexp(1, -4_000_000), 17, "0", "≈"),
    (mpmath.mpf(6), mpmath.ldexp(1, -4_000_000), 17, "6", "≈"),
    (LECTURE, mpmath.ldexp(1, -4_000_000), 17, "66.501504890375852…", "="),
    # mpmath and log10: e^-1000000 = 3.29683147808855…·10^-434295
    (FAR, mpmath.ldexp(FAR, -150), 12, "3.29683147808…·10⁻⁴³⁴²⁹⁵", "="),
    (FAR, FAR / 1000, 12, "3.29683147808·10⁻⁴³⁴²⁹⁵", "≈"),
]


@pytest.mark.parametrize(("value", "radius", "count", "text", "relation"), EXACT)
def test_exact_values_are_cut_after_true_digits(value, radius, count, text, relation):
    shown = numbers.exact_shown(value, radius, count)
    assert (shown.text, shown.relation) == (text, relation)
    assert "…" not in shown.latex


@given(st.fractions(), st.integers(10, 60))
def test_every_digit_of_a_cut_value_is_true_anywhere_in_the_ball(middle, places):
    radius = Fraction(1, 10**places)
    shown = numbers.exact_shown(middle, radius)
    if shown.relation == "=":
        digits = shown.text.replace("−", "-").removesuffix("…").partition("…·")[0]
        for end in (middle - radius, middle + radius):
            exact = numbers.to_decimal(end, 17, cut=True)
            assert exact.digits.startswith(digits.lstrip("-").replace(".", "").lstrip("0"))


@pytest.mark.parametrize(
    ("error", "exact", "count"),
    [(1.8e-7, 66.5, 8), (1.27e-11, 6, 11), (0, 6, math.inf), (7, 6, 0), (6, 6, 0), (Fraction(6, 10), 6, 1)],
)
def test_correct_digits(error, exact, count):
    assert numbers.correct_digits(error, exact) == count


@pytest.mark.parametrize(("error", "exact"), [(1e-3, 0), (math.nan, 1), (1, math.inf)])
def test_correct_digits_of_nothing(error, exact):
    assert math.isnan(numbers.correct_digits(error, exact))


@pytest.mark.parametrize("value", [math.nan, math.inf, mpmath.inf])
def test_only_finite_numbers_have_an_exact_value(value):
    with pytest.raises((ValueError, OverflowError)):
        numbers.as_fraction(value)
