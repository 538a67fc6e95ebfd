"""f′ in a script, to as many digits as one likes: SymPy differentiates, or the derivation's own result is computed.

mpmath is told to stop where a real function would leave the real numbers, as |√x| does below 0: there f has no value.

SymPy's derivative of functions with kinks and of odd roots cannot be computed everywhere; for them the result of the
rules stands in the script, if its value has been compared with the certified one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative, exact_value
from numdiff.evaluate.extent import asks_too_much, is_held_throughout
from numdiff.function import Function
from numdiff.printing.exact_code import Library, is_smooth, to_exact
from numdiff.printing.names import python_names
from numdiff.tree import Node, variables
from pages.parts.derivation import cached
from pages.parts.entries import variable_of
from pages.parts.i18n import Translator
from pages.parts.numbers import as_fraction
from pages.parts.takehome.document import Code, Words

DIGITS = 60
"""Of f′ where only it is needed."""
COMPARED = 30
"""Digits in which the result of the rules must be the certified value."""

How: TypeAlias = Literal["symbolic", "rules", "none"]
"""By SymPy; by the result of the rules; or there is no derivative, or none that a script can compute."""

TAKEN = frozenset(
    ("f", "h", "df", "exact", "figure", "slope", "sp", "mp", "go", "np", "point", "name", "at", "quotient")
)
TAKEN |= {"bounded", "power"}
"""Names that the scripts need for themselves."""


def names_of(function: Function) -> dict[str, str]:
    """Return what the variables are called in a script."""
    return python_names(function.variables or ("x",), taken=TAKEN)


def way(function: Function, at: Mapping[str, float], by: str) -> How:
    """Return how a script gets ∂f/∂by at a point."""
    point = {name: Fraction(value) for name, value in at.items()}
    exact = exact_derivative(function.tree, point, by, digits=COMPARED)
    if exact.status != "ok":
        return "none"
    found = cached.derivation(function.text, by).result
    if asks_too_much(found.tree, at):
        return "none"
    is_held = all(is_held_throughout(tree, at) and not asks_too_much(tree, at) for tree in (function.tree, found.tree))
    if is_held and is_smooth(function.tree):
        return "symbolic"  # SymPy stops at exponents that mpmath still computes with
    return "rules" if _is_same(exact, exact_value(found.tree, point, digits=COMPARED)) else "none"


def _is_same(one: Exact, other: Exact) -> bool:
    if other.status != "ok":
        return False
    wanted = as_fraction(one.value)
    gap = abs(wanted - as_fraction(other.value))
    return gap <= (abs(wanted) or 1) * Fraction(1, 10 ** (COMPARED - 5))


Held: TypeAlias = Mapping[str, Node]
"""Values that are meant as they were typed, π/2 and not the float64 next to it, by variable."""


def _value(name: str, place: str, held: Held, library: Library) -> str:
    if name in held:
        return to_exact(held[name], {}, library)
    return f'{"sp.Rational" if library == "sp" else "mp.mpf"}(at["{place}"])'


def by_symbols(function: Function, by: str, digits: int, held: Held) -> list[str]:
    """Return the lines of a function's body that differentiates with SymPy."""
    names = names_of(function)
    listed = list(names.values())
    kind = "symbols" if len(listed) > 1 else "Symbol"
    formula = to_exact(function.tree, names, "sp")
    subs = ", ".join(f"{place}: {_value(name, place, held, 'sp')}" for name, place in names.items())
    return [
        f'{", ".join(listed)} = sp.{kind}("{" ".join(listed)}", real=True)',
        f"formula = {formula}",
        f"slope = sp.diff(formula, {names.get(by, listed[0])})",
        'print("slope =", slope)',
        f"return mp.mpf(str(slope.evalf({digits}, subs={{{subs}}}, maxn={4 * digits})))",
    ]


def by_rules(function: Function, by: str, held: Held) -> list[str]:
    """Return the lines of a function's body that computes the result of the rules with mpmath."""
    found = cached.derivation(function.text, by).result
    names = names_of(function)
    given = [f"{names[name]} = {_value(name, names[name], held, 'mp')}" for name in variables(found.tree)]
    return [*given, f"return mp.mpf({to_exact(found.tree, names, 'mp')})"]


def code(  # noqa: PLR0917 - the point and the variable as everywhere
    function: Function,
    at: Mapping[str, float],
    by: str,
    name: str = "exact",
    digits: int = DIGITS,
    held: Held | None = None,
) -> str:
    """Return code that leaves f′ at the point in a variable and prints it; nothing where no script can."""
    typed = held or {}
    how = way(function, at, by)
    if how == "none":
        return ""
    names = names_of(function)
    point = ", ".join(f'"{names[each]}": {at[each]!r}' for each in function.variables or (by,) if each not in typed)
    body = by_symbols(function, by, digits, typed) if how == "symbolic" else by_rules(function, by, typed)
    inside = "\n".join(f"    {line}" for line in body)
    return (
        f"mp.mp.dps, mp.mp.trap_complex = {digits}, True\n\n\ndef find_{name}(at):\n{inside}\n\n\n"
        f"{name} = find_{name}({{{point}}})\nprint(float({name}))"
    )


def parts(function: Function, x: float, _: Translator, digits: int = DIGITS) -> list[Words | Code]:
    """Return f′ of a function of one variable in a document: how it is found, and the code; or that no script can."""
    by = variable_of(function)
    text = code(function, {by: x}, by, digits=digits)
    if not text:
        return [Words(_("takehome.no_exact"))]
    return [Words(_(f"takehome.exact.{way(function, {by: x}, by)}")), Code(text)]
