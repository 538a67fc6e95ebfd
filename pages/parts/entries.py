"""What is typed into a field becomes a value, or a problem with a code and a place: sentences are made elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from numdiff.evaluate.exact import exact_value
from numdiff.function import Function
from numdiff.function import parse as parse_function
from numdiff.indices import negative_index
from numdiff.notation.errors import ERROR_CODES, InputError, Parameter
from numdiff.printing.names import GREEK, latex_name
from numdiff.tree import Neg, Node, Number, expand_sums, substitute
from pages.parts import numbers
from pages.parts.kept import kept

STEP_LIMITS = (1e-300, 1e3)
"""Least and greatest Δx: below, Δx itself is no ordinary float64; above, nothing on the picture is near x."""

POINT_LIMIT = 1e9
"""Greatest abs(x): beyond it no picture of x and x + Δx can be told apart."""

_HELD = "\0"
"""Parts a function's text from the values at which its variables are held; the notation refuses it."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

ENTRY_CODES: Mapping[str, tuple[str, ...]] = {
    "not_a_number": ("typed",),
    "no_value": ("typed",),
    "one_variable": (),
    "point_too_large": ("limit",),
    "step_not_positive": (),
    "step_too_large": ("limit",),
    "step_too_small": ("limit",),
}
"""What can be wrong with an entry beyond the notation itself, with the names of the parameters."""


@dataclass(frozen=True)
class Problem:
    """Why a typed text is not accepted.

    Attributes
    ----------
    code : str
        A key of numdiff's ``ERROR_CODES`` or of :data:`ENTRY_CODES`.
    text : str
        The text as typed; to be shown as text only.
    span : tuple[int, int]
        The place of the trouble in the text.
    params : Mapping
        What the sentence needs, by the names in the table of codes.
    readings : tuple[str, ...]
        Complete texts that could have been meant.
    """

    code: str
    text: str
    span: tuple[int, int]
    params: Mapping[str, Parameter] = field(default_factory=dict)
    readings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in ERROR_CODES and self.code not in ENTRY_CODES:
            raise ValueError(f"no such code: {self.code!r}")


@dataclass(frozen=True)
class Quantity:
    """A number as typed, as the float64 nearest to it, and typeset."""

    text: str
    value: float
    latex: str


def problem(error: InputError, text: str) -> Problem:
    """Return what is wrong with a typed text that the notation refused."""
    return Problem(error.code, text, error.span, error.params, error.readings)


@kept
def parse(text: str) -> Function | Problem:
    """Return the function that was typed, or what is wrong with the text."""
    try:
        return parse_function(text)
    except InputError as error:
        return problem(error, text)


@kept
def _read_number(text: str) -> Quantity | Problem:
    found = parse(text)
    if isinstance(found, Problem):
        return found
    whole = (0, len(text))
    if found.variables:
        return Problem("not_a_number", text, whole, {"typed": text})
    exact = exact_value(found.tree, {})
    if exact.status != "ok":
        return Problem("no_value", text, whole, {"typed": text})
    return Quantity(text, float(exact.value), found.latex())


def _read_number_of_any_length(text: str) -> Quantity | Problem:
    if len(text) > 1000:
        found = parse(text)
        if isinstance(found, Problem):
            return found
    return _read_number(text)


def read_point(text: str) -> Quantity | Problem:
    """Return x from any notation that has a value: ``2``, ``-0.5``, ``1e-4``, ``π/2``."""
    found = _read_number_of_any_length(text)
    if isinstance(found, Problem) or abs(found.value) <= POINT_LIMIT:
        return found
    return Problem("point_too_large", text, (0, len(text)), {"limit": numbers.step(POINT_LIMIT)})


def read_step(text: str) -> Quantity | Problem:
    """Return a positive Δx within :data:`STEP_LIMITS`."""
    found = _read_number_of_any_length(text)
    if isinstance(found, Problem):
        return found
    least, greatest = STEP_LIMITS
    whole = (0, len(text))
    if found.value <= 0:
        return Problem("step_not_positive", text, whole)
    if found.value > greatest:
        return Problem("step_too_large", text, whole, {"limit": f"{greatest:.0f}"})
    if found.value < least:
        return Problem("step_too_small", text, whole, {"limit": numbers.step(least)})
    return found


def number(value: float) -> Node:
    """Return a finite float64 as one writes it, with a sign before it if it is negative."""
    literal = Number(repr(abs(value)))
    return Neg(literal) if value < 0 else literal


def holding(whole: Function, values: Mapping[str, float]) -> Function:
    """Return a function with some of its variables held at float64 values, however long that makes it.

    The notation's limits are for what is typed. The text of this function can be read by :func:`function_of` only.
    """
    return _holding(_HELD.join((whole.text, *(f"{name}={value!r}" for name, value in values.items()))))


@kept
def _holding(text: str) -> Function:
    typed, *pairs = text.split(_HELD)
    values = {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
    whole = function_of(typed)
    tree = substitute(expand_sums(whole.tree), {name: number(float(value)) for name, value in values.items()})
    return Function(tree, tuple(name for name in whole.variables if name not in values), text)


def function_of(text: str) -> Function:
    """Return the function of a text that is known to be understood, such as a view's.

    Raises
    ------
    ValueError
        If it is not.
    """
    if _HELD in text:
        return _holding(text)
    found = parse(text)
    if isinstance(found, Problem):
        raise ValueError(f"not a function: {found.code}")
    return found


def quantity_of(found: Quantity | Problem) -> Quantity:
    """Return the quantity of a text that is known to be understood, such as a view's.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(found, Problem):
        raise ValueError(f"not a number that can be used here: {found.code}")
    return found


def tree_of(quantity: Quantity) -> Node:
    """Return a quantity as it was typed."""
    return function_of(quantity.text).tree


def variable_of(function: Function) -> str:
    """Return the name of the function's only, or first, variable; a constant is a function of x."""
    return function.variables[0] if function.variables else "x"


def shown_name(name: str) -> str:
    """Return a variable's name as one writes it by hand: ``x₁``, ``θ``, ``야식``."""
    base, _, index = name.partition("_")
    if base in GREEK and not base.startswith("var"):
        size = "CAPITAL" if base[0].isupper() else "SMALL"
        base = unicodedata.lookup(f"GREEK {size} LETTER {base.upper().replace('LAMBDA', 'LAMDA')}")
    if not index:
        return base
    if negative := negative_index(index):
        return f"{base}₋{negative.translate(_SUBSCRIPTS)}"
    return f"{base}{index.translate(_SUBSCRIPTS)}" if index.isdigit() else f"{base}_{index}"


def formula_latex(function: Function) -> str:
    """Return ``f(x) = …`` as LaTeX, by our own printer only; with several variables ``f(x, y) = …``."""
    names = function.variables or ("x",)
    return f"f({', '.join(map(latex_name, names))}) = {function.latex()}"
