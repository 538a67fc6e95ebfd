"""Brackets grow with what they hold, and only with that."""

import pytest
from hypothesis import given

from numdiff.printing.latex import to_latex
from numdiff.printing.stretch import stretched
from tests.strategies import trees

CASES = {
    r"(e^{t})(6x)": r"(e^{t})(6x)",
    r"= (-\frac{1}{t^{2}})(e^{u})(-1)": r"= \left(-\frac{1}{t^{2}}\right)(e^{u})(-1)",
    r"\frac{\partial}{\partial x}(\ln x + \frac{1}{x})": r"\frac{\partial}{\partial x}\left(\ln x + \frac{1}{x}\right)",
    r"\frac{\partial(\frac{1}{t})}{\partial t}": r"\frac{\partial\left(\frac{1}{t}\right)}{\partial t}",
    r"(e^{\frac{1}{x}})(2x)": r"(e^{\frac{1}{x}})(2x)",
    r"e^{(\frac{1}{x})}": r"e^{\left(\frac{1}{x}\right)}",
    r"((\frac{1}{2} + 1)(x))": r"\left(\left(\frac{1}{2} + 1\right)(x)\right)",
    r"\lvert \frac{x}{2} \rvert": r"\left\lvert \frac{x}{2} \right\rvert",
    r"(\sum_{i=1}^{2} x_{i})": r"\left(\sum_{i=1}^{2} x_{i}\right)",
    r"\textcolor{red}{= (\frac{1}{x})}": r"\textcolor{red}{= \left(\frac{1}{x}\right)}",
    r"\left(\frac{u}{v}\right)'": r"\left(\frac{u}{v}\right)'",
    r"f &= (\frac{1}{x} \\[0.3em] &= 2)": r"f &= (\frac{1}{x} \\[0.3em] &= 2)",
}


@pytest.mark.parametrize(("plain", "wanted"), CASES.items(), ids=CASES)
def test_a_pair_grows_if_it_holds_something_tall(plain, wanted):
    assert stretched(plain) == wanted


@given(trees())
def test_nothing_else_is_changed(tree):
    plain = to_latex(tree)
    grown = stretched(plain)
    assert grown.replace(r"\left", "").replace(r"\right", "") == plain
    assert grown.count(r"\left") == grown.count(r"\right")
    assert stretched(grown) == grown
