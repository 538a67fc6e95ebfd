r"""Why the arms have their slopes, in the learner's numbers: the Taylor expansion, the round-off, the optimal step.

Every formula is LaTeX of our own; computed numbers stand after "≈".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from numdiff.blackbox.precision import unit_roundoff
from numdiff.difference.schemes import SCHEMES, Scheme
from pages.explore.error.data import Found
from pages.parts.numbers import scientific_latex
from pages.parts.working import quotient_latex

TERMS = 3
"""How many terms of the truncation error are written out."""

FOLDS = ("right", "left", "optimum", "table")
"""What is folded away below the chart, by id."""

LEADING = ("scheme", "term", "value", "slope")
"""Ids of the columns of the table of leading terms."""


@dataclass(frozen=True)
class Term:
    """One term of the quotient's Taylor expansion beyond f′(x): its formula, its derivative, and its value."""

    formula: str
    derivative: float
    value: float


def _prime(degree: int) -> str:
    return {1: "f'", 2: "f''", 3: "f'''"}.get(degree, f"f^{{({degree})}}")


def _power(degree: int) -> str:
    return r"\Delta x" if degree == 1 else rf"\Delta x^{{{degree}}}"


def expansion_latex() -> str:
    """Return the Taylor expansion of f(x + Δx)."""
    return (
        r"f(x \pm \Delta x) = f(x) \pm f'(x)\,\Delta x + \frac{f''(x)}{2}\,\Delta x^{2}"
        r" \pm \frac{f'''(x)}{6}\,\Delta x^{3} + \cdots"
    )


def terms(found: Found, scheme: Scheme | None = None, most: int = TERMS) -> list[Term]:
    """Return the first terms of the truncation error that a scheme leaves, whether or not they vanish here.

    Parameters
    ----------
    found : Found
    scheme : Scheme, optional
        By default the one in focus.
    most : int
        How many terms at most.
    """
    scheme, derivatives = scheme or found.scheme, found.taylor
    written: list[Term] = []
    for degree in range(2, len(derivatives)):
        share = scheme.moment(degree)
        if share and len(written) < most:
            value = float(share) * float(derivatives[degree]) * found.asked.dx ** (degree - 1)
            written.append(Term(_term_latex(share, degree), float(derivatives[degree]), value))
    return written


def _term_latex(share: Fraction, degree: int) -> str:
    """Return share · f⁽ⁿ⁾(x) · Δx^(n−1)."""
    top = "" if abs(share.numerator) == 1 else f"{abs(share.numerator)}\\,"
    head = f"{top}{_prime(degree)}(x)"
    body = head if share.denominator == 1 else rf"\frac{{{head}}}{{{share.denominator}}}"
    return rf"{'-' if share < 0 else ''}{body}\,{_power(degree - 1)}"


def leading_rows(found: Found) -> list[tuple[str, str, str, str]]:
    """Return for every scheme of the chart: its name, its first term that is not 0, that term's value, its slope.

    The term and its value are LaTeX, empty if no term is left; the slope is the fitted one, empty if there is none.
    """
    rows = []
    for name in found.main.schemes:
        first = next((term for term in terms(found, SCHEMES[name], len(found.taylor)) if term.value), None)
        order = found.main.orders[name].order
        slope = f"{order:.2f}" if math.isfinite(order) else ""
        if first is None or not math.isfinite(first.value):
            rows.append((name, "", "", slope))
        else:
            rows.append((name, first.formula, _number(first.value), slope))
    return rows


def quotient_expansion_latex(found: Found) -> str:
    """Return quotient = f′(x) + the first terms of the truncation error + …."""
    text = f"{quotient_latex(found.scheme)} = f'(x)"
    for term in terms(found):
        text += f" - {term.formula[1:]}" if term.formula.startswith("-") else f" + {term.formula}"
    return text + r" + \cdots"


def _number(value: float) -> str:
    return scientific_latex(value, 3)


def term_lines(found: Found) -> list[str]:
    """Return each term with the learner's numbers put in; "= 0" where the derivative vanishes."""
    lines = []
    for term in terms(found):
        if term.derivative == 0:
            lines.append(f"{term.formula} = 0")
        elif math.isfinite(term.value):
            lines.append(rf"{term.formula} \approx {_number(term.value)}")
    return lines


def roundoff_lines(found: Found) -> list[str]:
    """Return the size of the round-off of one value of f, and what becomes of it when divided by Δx."""
    model, dx = found.model, found.asked.dx
    if not model.rounding > 0:
        return []
    unit = unit_roundoff(found.main.dtype)
    share = found.scheme.noise
    whole = "" if share == 1 else rf"{share.numerator}\,"
    weight = whole if share.denominator == 1 else rf"\tfrac{{{share.numerator}}}{{{share.denominator}}}\,"
    return [
        rf"u = 2^{{{round(math.log2(unit))}}} \approx {scientific_latex(unit, 2)}",
        r"\delta = u \cdot \max(|f(x)|,\ |x f'(x)|)",
        rf"\delta \approx {_number(model.rounding / float(share))}",
        rf"\frac{{{weight}\delta}}{{\Delta x}} \approx {_number(model.rounding / dx)}",
    ]


def optimum_lines(found: Found) -> list[str]:
    """Return the model of the error and its minimum, in the learner's numbers."""
    model = found.model
    if not (model.order and model.rounding > 0 and math.isfinite(model.step)):
        return []
    power, order = _power(model.order), model.order
    root = rf"\left(\frac{{B}}{{{order if order > 1 else ''}A}}\right)^{{1/{order + 1}}}"
    return [
        rf"E(\Delta x) = A\,{power} + \frac{{B}}{{\Delta x}}",
        rf"A \approx {_number(model.truncation)},\quad B \approx {_number(model.rounding)}",
        rf"h^{{*}} = {root} \approx {_number(model.step)}",
        rf"E(h^{{*}}) \approx {_number(model.error)}",
    ]
