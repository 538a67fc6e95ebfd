"""Our trees as SymPy expressions: the same values, real odd roots, and back again."""

from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import assume, given, settings

from numdiff.algebra.symbolic import NotInNotationError, from_sympy, to_sympy
from numdiff.evaluate.agreement import compare, sample_points
from numdiff.evaluate.exact import exact_value
from numdiff.function import parse
from numdiff.functions.registry import FUNCTIONS
from numdiff.tree import Call, variables, walk
from tests.strategies import trees

ONE_ARGUMENT = [name for name, arity in FUNCTIONS.items() if arity == (1, 1) and name != "trigamma"]
"""Trigamma can't be typed: it is only the slope of digamma."""
X = sympy.Symbol("x", real=True)


@pytest.mark.parametrize("name", ONE_ARGUMENT)
@pytest.mark.parametrize("point", [Fraction(-13, 7), Fraction(-3, 8), Fraction(2, 5), Fraction(9, 4)])
def test_each_function_means_what_it_means_here(name, point):
    tree = parse(f"{name}(x)").tree
    ours = exact_value(tree, {"x": point}, 30)
    theirs = to_sympy(tree, define=True).subs(X, sympy.Rational(point.numerator, point.denominator)).evalf(40)
    if ours.status == "ok":
        with mpmath.workdps(40):
            assert abs(mpmath.mpf(theirs) - ours.value) <= mpmath.mpf(10) ** -28 * max(1, abs(ours.value))
    else:
        assert not theirs.is_extended_real or not theirs.is_finite


@pytest.mark.parametrize("text", ["cbrt(x)", "root(x, 5)", "x^{1/3}", "x^{2/3}", "x^{-3/5}", "\\sqrt[3]{x}"])
def test_odd_roots_are_real(text):
    tree = parse(text).tree
    theirs = to_sympy(tree, define=True).subs(X, -8).evalf(30)
    assert abs(float(theirs) - float(exact_value(tree, {"x": -8}, 20).value)) < 1e-14


@pytest.mark.parametrize("define", [False, True])
@settings(deadline=None, max_examples=60)
@given(tree=trees(("x", "y"), sums=True, scientific=False, max_leaves=5))
def test_there_and_back_keeps_the_value(define, tree):
    steep = ("exp", "expm1", "sinh", "cosh")
    assume(not any(isinstance(part, Call) and part.name in steep for part in walk(tree)))
    numbers = [exact_value(tree, point, 20) for point in sample_points((tree,), variables(tree), 4)]
    assume(any(value.status == "ok" and abs(value.value) < 1e6 for value in numbers))
    expression = to_sympy(tree, define=define)
    try:
        back = from_sympy(expression)
    except NotInNotationError:
        return  # i, zoo and nan are not in the notation
    names = tuple(sorted({*variables(tree), *variables(back)}))
    assert compare(tree, back, sample_points((tree, back), names, 12)).differ == ()


def test_the_name_of_a_variable_is_only_a_name():
    tree = parse("야식 + theta").tree
    assert {str(symbol) for symbol in to_sympy(tree, define=False).free_symbols} == {"야식", "theta"}
    assert from_sympy(sympy.Symbol("theta", real=True) + 1) == parse("theta + 1").tree


@pytest.mark.parametrize(
    "expression", [sympy.I * X, sympy.zoo, sympy.Integral(X, X), sympy.zeta(X), (-X) ** X * sympy.I]
)
def test_what_the_notation_does_not_have_is_refused(expression):
    with pytest.raises(NotInNotationError):
        from_sympy(expression)


def test_what_is_written_back_is_written_as_in_a_textbook():
    assert from_sympy((X + 1) / (2 * X)) == parse("(x + 1)/(2x)").tree
    assert from_sympy(sympy.exp(-X)) == parse("e^{-x}").tree
    assert from_sympy(sympy.exp(-X), exp_as_call=True) == parse("exp(-x)").tree
    assert from_sympy(X**2 - 3) == parse("x^2 - 3").tree
    assert from_sympy(1 / sympy.sqrt(X)) == parse("1/sqrt(x)").tree
