"""The exact arithmetic behind f′ in terms of f, against SymPy."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.budget import Budget, OutOfBudgetError
from numdiff.derivation import poly
from numdiff.derivation.relation.field import UnreadableError
from numdiff.derivation.relation.find import are_independent
from numdiff.derivation.relation.generators import Mode
from numdiff.derivation.relation.ratio import RatioArithmetic, ZeroDenominatorError, of_number, of_symbol
from numdiff.derivation.relation.read import read
from numdiff.evaluate.agreement import DIGITS, compare, same_value, sample_points
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.tree import variables
from tests.strategies import trees

BUDGET = Budget(10**9)
SYMBOLS = sympy.symbols("s0:3")
MODES = (Mode(), Mode(by_exponential=True), Mode(by_half_angle=True, by_exponential=True), Mode(by_terms=True))


def polynomials(most_symbols=3):
    monomials = st.lists(st.tuples(st.integers(0, most_symbols - 1), st.integers(1, 2)), max_size=2)
    terms = st.tuples(monomials, st.fractions(-5, 5, max_denominator=3))
    return st.lists(terms, min_size=1, max_size=4).map(_sum)


def _sum(terms):
    total = poly.ZERO
    for factors, value in terms:
        term = poly.constant(value)
        for index, power in factors:
            term = poly.multiply(term, poly.symbol(index, power), BUDGET)
        total = poly.add(total, term)
    return total


def as_sympy(a):
    return sum(
        (
            sympy.Rational(value.numerator, value.denominator) * sympy.prod([SYMBOLS[i] ** n for i, n in monomial])
            for monomial, value in a.items()
        ),
        sympy.Integer(0),
    )


@settings(deadline=None)
@given(polynomials(), polynomials(), polynomials())
def test_the_greatest_common_divisor_is_sympys(a, b, c):
    left, right = poly.multiply(a, c, BUDGET), poly.multiply(b, c, BUDGET)
    ours = as_sympy(poly.gcd(left, right, BUDGET))
    theirs = sympy.gcd(as_sympy(left), as_sympy(right))
    if theirs == 0:
        assert ours == 0
    else:
        assert sympy.cancel(ours / theirs).is_number


@settings(deadline=None)
@given(polynomials(), polynomials())
def test_a_product_is_divided_by_its_factor(a, b):
    if b:
        assert poly.divide(poly.multiply(a, b, BUDGET), b, BUDGET) == a
        quotient = poly.divide(a, b, BUDGET)
        assert (quotient is not None) == (sympy.cancel(as_sympy(a) / as_sympy(b)).is_polynomial(*SYMBOLS))


@settings(deadline=None, max_examples=60)
@given(polynomials(), polynomials())
def test_the_resultant_is_sympys(a, b):
    if poly.degree(a, 0) and poly.degree(b, 0):
        theirs = sympy.resultant(as_sympy(a), as_sympy(b), SYMBOLS[0])
        assert sympy.expand(as_sympy(poly.resultant(a, b, 0, BUDGET)) - theirs) == 0


@settings(deadline=None)
@given(polynomials(1), st.integers(1, 3))
def test_the_factors_make_the_polynomial_again(a, times):
    if a:
        factors = poly.factors(poly.power(a, times, BUDGET), BUDGET)
        whole = poly.constant(1)
        for factor, n in factors:
            assert n % times == 0
            whole = poly.multiply(whole, poly.power(factor, n, BUDGET), BUDGET)
        assert sympy.cancel(as_sympy(poly.power(a, times, BUDGET)) / as_sympy(whole)).is_number
        assert len(factors) == len(sympy.factor_list(as_sympy(a), *SYMBOLS)[1])


def test_what_flint_cannot_be_trusted_to_end_is_not_begun():
    long = {((0, n),): Fraction(1 + n) for n in range(1, 1500)}
    for ask in (poly.gcd, poly.divide, lambda a, b, budget: poly.resultant(a, b, 0, budget)):
        with pytest.raises(OutOfBudgetError):
            ask(long, poly.add(long, poly.constant(1)), BUDGET)


@settings(deadline=None)
@given(polynomials(), polynomials(), polynomials(), polynomials())
def test_rational_functions_are_kept_in_lowest_terms(a, b, c, d):
    k = RatioArithmetic(BUDGET)
    if not b or not d:
        with pytest.raises(ZeroDenominatorError):
            k.divide(of_number(1), of_number(0))
        return
    total = k.add(k.make(a, b), k.make(c, d))
    expected = as_sympy(a) / as_sympy(b) + as_sympy(c) / as_sympy(d)
    assert sympy.cancel(as_sympy(total.top) / as_sympy(total.bottom) - expected) == 0
    assert sympy.gcd(as_sympy(total.top), as_sympy(total.bottom)).is_number


def test_substitution_is_all_at_once():
    k = RatioArithmetic(BUDGET)
    swapped = k.substitute(k.divide(of_symbol(0), of_symbol(1)), {0: of_symbol(1), 1: of_symbol(0)})
    assert swapped.same(k.divide(of_symbol(1), of_symbol(0)))


@pytest.mark.parametrize("mode", MODES)
@settings(deadline=None, max_examples=40)
@given(tree=trees(("x",), max_leaves=5))
def test_what_is_read_is_written_with_the_same_values(mode, tree):
    try:
        reading = read(tree, "x", Budget(300_000), mode)
    except (UnreadableError, OutOfBudgetError, ZeroDivisionError):
        return
    back = reading.reader.write(reading.value)
    slope = reading.reader.write(reading.field.derivative(reading.value))
    names = tuple(dict.fromkeys((*variables(tree), *variables(back), *variables(slope))))
    points = sample_points((tree,), names or ("x",), 10)
    assert compare(tree, back, points).differ == ()
    for point in points:
        exact, written = exact_derivative(tree, point, "x", DIGITS), exact_value(slope, point, DIGITS)
        if (exact.status, written.status) == ("ok", "ok"):
            assert same_value(exact, written)


@pytest.mark.parametrize(
    ("text", "generators"),
    [
        ("e^x + e^{-2x} + e^{x/2}", 1),
        ("e^{x+1} + e^x", 2),
        ("sqrt(x) + cbrt(x)", 1),
        ("sqrt(sqrt(x)) + x^{1/4}", 1),
        ("2^x + 4^x + 8^{-x}", 1),
        ("tan x + cot x", 1),
        ("tanh x + coth x", 1),
        ("ln x + ln(1/x)", 0),
        ("ln 12 - 2 ln 2 - ln 3 + x", 1),
    ],
)
def test_generators_are_shared(text, generators):
    reading = read(nd.parse(text).tree, "x", BUDGET, Mode())
    assert len(reading.field.active(reading.value)) == generators


@pytest.mark.parametrize(
    "text",
    [
        "sin^2 x + cos^2 x - 1",
        "cosh^2 x - sinh^2 x - 1",
        "sin(2x) - 2sin(x)cos(x)",
        "cos(3x) - 4cos(x)^3 + 3cos(x)",
        "tanh(2x) - 2tanh(x)/(1 + tanh(x)^2)",
        "sqrt(x)^2 - x",
        "cbrt(x)^3 - x",
        "ln(6) - ln(2) - ln(3)",
        "e^{ln x} - x",
        "ln(e^x) - x",
        "|x|^2 - x^2",
        "max(x, 1) + min(x, 1) - x - 1",
        "relu(x) - relu(-x) - x",
        "sigmoid(x) + sigmoid(-x) - 1",
        "(x^2 - 1)/(x - 1) - x - 1",
        "tan(arctan(x)) - x",
        "log2(8) - 3",
        "sqrt(12)^2 - 12",
        "x^a x^b/x^{a + b} - 1",
    ],
)
def test_identities_reduce_to_zero(text):
    values = (read(nd.parse(text).tree, "x", BUDGET, mode).value for mode in MODES)
    assert any(value.is_zero for value in values)


@pytest.mark.parametrize(("text", "answer"), [("x e^x", True), ("x ln x", True), ("e^x", False), ("(x + e^x)^2", True)])
def test_independence(text, answer):
    reading = read(nd.parse(text).tree, "x", BUDGET, Mode())
    assert are_independent(reading.field, reading.value) is answer


@pytest.mark.parametrize("text", ["(x + y + z + a + b)^{60}", "(1.000000001 x + 1)^{300}", "(x^{300})^{300}"])
def test_what_grows_too_large_is_given_up(text):
    with pytest.raises(OutOfBudgetError):
        read(nd.parse(text).tree, "x", BUDGET, Mode())


@pytest.mark.parametrize("name", ["ln", "sqrt"])
def test_what_is_not_real_is_not_read(name):
    tree = nd.tree.Mul(nd.tree.Call(name, (nd.parse("-2").tree,)), nd.parse("x").tree)
    with pytest.raises(UnreadableError):
        read(tree, "x", BUDGET, Mode())


def test_numbers_are_exact():
    value = read(nd.parse("0.1 + 0.2 + x - x").tree, "x", BUDGET, Mode()).value
    assert value.number == Fraction(3, 10)
