"""The rows against each table of today that they are to replace; where a table says otherwise, it is named here."""

import inspect
import re
from fractions import Fraction

import pytest

from numdiff.algebra import symbolic
from numdiff.derivation.check import domains
from numdiff.derivation.relation import write as itself_write
from numdiff.derivation.rules.order import RULES
from numdiff.derivation.work import differentiate
from numdiff.evaluate.exact import exact_value
from numdiff.function import Function
from numdiff.functions import activations, recipes, registry, trees
from numdiff.printing import exact_code, javascript, latex, python, text
from numdiff.tree import Call, Number, Variable

U, X = Variable("u"), Variable("x")
ROWS = registry.rows()
UNARY = [row for row in ROWS if row.parameters == ("u",)]
PLACES = [Fraction(n, 8) for n in (-80, -13, -9, -8, -7, -4, -1, 0, 1, 4, 7, 8, 9, 13, 80)]


def name_of(row):
    return row.name


def sides(row, at):
    """Return the signs of the margins at a point."""
    found = []
    for margin in row.domain:
        value = exact_value(trees.read(margin.form), {"u": at})
        sign = None if value.status != "ok" else (value.value > 0) - (value.value < 0)
        found.append(abs(sign) if margin.both_sides and sign is not None else sign)
    return found


@pytest.mark.parametrize("row", UNARY, ids=name_of)
def test_conditions_of_derivations(row):
    """A condition holds exactly where the margins are positive, and where nothing breaks if a slope is wanted."""
    for moves in (False, True):
        conditions = tuple(domains.conditions_of(Call(row.name, (U,)), moves))
        for at in PLACES:
            value = exact_value(Call(row.name, (U,)), {"u": at})
            stops = [row.breaks, row.steep_at, row.hole_at] if moves else []
            stopped = any(_zero(form, at, value.value) for form in stops if form and value.status == "ok")
            inside = all(
                side == 1 or (side == 0 and not moves and m.zero == "edge")
                for side, m in zip(sides(row, at), row.domain, strict=True)
            )
            holds = not any(domains.excludes(condition, {"u": at}) for condition in conditions)
            assert holds == (inside and not stopped), (moves, at)


def _zero(form, at, value):
    found = exact_value(trees.read(form), {"u": at, "v": Fraction(float(value))})
    return found.status == "ok" and found.value == 0


def test_signs():
    positive = {row.name for row in UNARY if itself_write.is_positive(Call(row.name, (U,)))}
    assert positive == registry.having(sign="positive")


def test_what_has_no_single_slope():
    assert {row.name for row in ROWS if not row.slope} == {"root", "min", "max", "trigamma"}
    assert trees.slope("max", (U, X)) is None


def test_the_slope_of_leaky_relu():
    assert repr(inspect.signature(recipes.leaky_relu).parameters["a"].default) == activations.LEAKY_SLOPE


@pytest.mark.parametrize("row", [row for row in ROWS if row.name != "trigamma"], ids=name_of)
def test_rules(row):
    arguments = (X, Number("5"))[: row.arity[0]]
    assert differentiate(Function(Call(row.name, arguments), ("x",))).root.rule == row.rule_name
    assert row.rule_name in RULES


def head(row):
    """Return how the row is printed around u in LaTeX."""
    if "#" in row.printed_latex:
        return row.printed_latex.replace("#2", r"2").replace("#", "u")
    return f"{row.printed_latex} u" if row.style == "applied" else f"{row.printed_latex}(u)"


@pytest.mark.parametrize("row", UNARY, ids=name_of)
def test_latex_and_text(row):
    assert latex.to_latex(Call(row.name, (U,))) == head(row)
    printed = text.to_text(Call(row.name, (U,)))
    match row.style:
        case "fence":
            assert printed == f"{row.text[0]}u{row.text[1]}"
        case "radical":
            assert printed == f"{row.text}u"
        case _:
            assert printed == f"{row.text or row.name}(u)"


@pytest.mark.parametrize("row", UNARY, ids=name_of)
def test_javascript_python_and_libraries(row):
    printed = javascript.to_javascript(Call(row.name, (U,)), ("u",), inline_helpers=False)
    by_name, form = f"(u) => {row.javascript}(u)", Call(row.name, (U,))
    defined = trees.definition(row.name)
    assert printed == (by_name if row.javascript else javascript.to_javascript(defined, ("u",), inline_helpers=False))
    name = row.recipe or f"np.{row.numpy}"
    body = f"{name}(u)" if row.numpy else python.to_python(defined, ("u",)).rpartition("return ")[2].strip()
    assert python.to_python(form, ("u",)).rpartition("return ")[2].strip() == body
    for library, own in (("sp", row.sympy), ("mp", row.mpmath)):
        named = own.replace("#", "u") if "#" in own else f"{own}(u)"
        body = f"{library}.{named}" if own else exact_code.to_exact(defined, {"u": "u"}, library)
        assert _bare(exact_code.to_exact(form, {"u": "u"}, library)) == _bare(body)


def _bare(code):
    """Within a call a number need not be exact."""
    return re.sub(r"(?:sp.Integer|mp.mpf)\((-?\d+)\)", r"\1", code)


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_sympy(row):
    if row.sympy:
        import sympy

        assert symbolic.to_sympy(Call(row.name, (X, U)[: row.arity[0]]), define=True).func is not sympy.Symbol
    if row.definition:
        operands = tuple(map(Variable, row.parameters))
        defined = symbolic.to_sympy(trees.read(row.definition), define=True)
        assert defined == symbolic.to_sympy(Call(row.name, operands), define=True) or row.sympy
