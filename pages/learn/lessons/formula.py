"""The derivative by rules, as the lecture writes it: line by line, term by term, and with the learner's x put in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from numdiff.derivation.steps import Step
from numdiff.derivation.work import Derivation
from numdiff.evaluate.answer import Exact
from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.tree import Number, substitute
from pages.learn.lessons import pieces, program
from pages.learn.lessons.entry import Asked
from pages.parts import numbers
from pages.parts.derivation import cached
from pages.parts.entries import Quantity, function_of, tree_of, variable_of
from pages.parts.i18n import Translator
from pages.parts.tables import look
from pages.parts.theme import Theme


def derivation(text: str) -> Derivation:
    """Return the derivation of a function of one variable that was understood."""
    return cached.derivation(text, variable_of(function_of(text)))


def is_sure(text: str, by: str, at: Mapping[str, float]) -> bool:
    """Return whether every line of the derivation passed its check by numbers, at the learner's point too.

    Lines that hold of no point at all are not sure of anything.
    """
    checks = cached.verified(text, by, tuple(at.items()))
    return bool(checks) and checks.points > 0


def draw(latex: str, given: Asked, _: Translator) -> None:
    """Write lines of the derivation of the learner's function, if all of them passed their check."""
    name = variable_of(given.function)
    if is_sure(given.function.text, name, {name: given.x.value}):
        st.latex(latex, width="content")
    else:
        pieces.draw_said(_("lesson.unsure"))


def _prime(function: Function) -> str:
    return f"f'({latex_name(variable_of(function))})"


def aligned(left: str, lines: list[str]) -> str:
    """Return ``left = … = …``, a line below the other; a line that repeats the last one is left out."""
    steps = list(dict.fromkeys(lines))
    body = r" \\[0.3em] ".join(f"{left if not place else ''} &= {line}" for place, line in enumerate(steps))
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def lines_latex(text: str) -> str:
    """Return ``f'(x) = … = …``: the first rule, what it gives, and the result."""
    found = derivation(text)
    lines = [line.latex("total") for line in found.root.lines] + [found.result.latex()]
    return aligned(_prime(found.function), lines)


def step_latex(step: Step) -> str:
    """Return one step: what is differentiated, and the lines that follow."""
    return aligned(step.question.latex("total"), [line.latex("total") for line in step.lines])


def terms_latex(text: str, theme: Theme) -> str:
    """Return each term with its derivative; one whose derivative is 0 is set apart by colour."""
    root = derivation(text).root
    terms = root.children if root.rule in {"sum", "difference"} else (root,)
    rows = []
    for term in terms:
        row = [to_latex(term.before), r"\longrightarrow", to_latex(term.after)]
        is_gone = term.after == Number("0")
        cells = [rf"\textcolor{{{theme['trouble'].color}}}{{{cell}}}" for cell in row] if is_gone else row
        rows.append(" & ".join(cells))
    body = r" \\[0.2em] ".join(rows)
    return rf"\begin{{array}}{{rcl}} {body} \end{{array}}"


def put_in_latex(given: Asked) -> str:
    """Return ``f'(2.0) = 3 e^{2.0} + …``, the learner's x put into the derivative."""
    found = derivation(given.function.text)
    put_in = substitute(found.result.tree, {variable_of(found.function): tree_of(given.x)})
    return f"f'({given.x.latex}) = {to_latex(put_in)}"


def value(text: str, x: float) -> np.float64:
    """Return the derivative by rules at x, as float64 computes it."""
    found = derivation(text).result
    with np.errstate(all="ignore"):
        return np.float64(found(x))


def code(text: str, x: Quantity) -> str:
    """Return a program that prints the derivative by rules at x."""
    found = derivation(text).result
    place = program.point(found, x.value)
    return f"{program.definition(found, 'df', place)}\n\nprint(df({place}))"


def agreement_html(given: Asked, _: Translator, *, with_exact: bool = False) -> str:
    """Return the derivative by rules beside the numerical one, digits that agree with the exact value bold."""
    text, x, dx = given.place
    both = value(text, x), np.float64(program.computed(given.function, x, dx))
    return beside_html(pieces.exact_slope(text, x), both, dx, _, with_exact=with_exact)


def beside_html(
    exact: Exact, both: tuple[np.float64, np.float64], dx: float, _: Translator, *, with_exact: bool = False
) -> str:
    """Return a table of a derivative by rules and a numerical one with step dx, each with its error."""
    heads = ["", _("lesson.agreement.value"), _("term.error")]
    names = _("lesson.agreement.rule"), _("lesson.agreement.numerical", dx=numbers.step(dx))
    rows = [
        look.row(name, [look.number_cell(number, exact), look.approximate(float(look.deviation(float(number), exact)))])
        for name, number in zip(names, both, strict=True)
    ]
    if with_exact and exact.status == "ok":
        shown = numbers.exact_shown(exact.value, exact.radius)
        cell = f'<span class="nd-relation">{shown.relation}</span>{shown.text}'
        rows.insert(0, look.row(_("term.exact"), [cell, ""]))
    return look.panel_html(look.table(_("lesson.agreement"), heads, rows))


def result_latex(text: str) -> str:
    """Return ``f'(x) = 6x``."""
    found = derivation(text)
    return f"{_prime(found.function)} = {found.result.latex()}"


def output_html(given: Asked, _: Translator) -> str:
    """Return what the program of :func:`code` prints."""
    text, x, _dx = given.place
    return program.console_html(float(value(text, x)), pieces.exact_slope(text, x), _)
