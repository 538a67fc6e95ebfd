"""The card of rules and standard derivatives: each opens here, worked out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from numdiff.derivation.steps import Derivative
from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import row as row_of
from numdiff.functions.registry import rows, unary
from numdiff.printing.latex import to_latex
from pages.explore.chain.question import Asked
from pages.parts import controls, state
from pages.parts.controls import Example
from pages.parts.derivation import cached, lines
from pages.parts.derivation.words import general, name, says
from pages.parts.entries import function_of, variable_of
from pages.parts.i18n import Translator


def _entry_of(row: Elementary) -> tuple[str, Example]:
    return row.name, Example(f"{row.name}(x)", row.example)


_SHOWN = tuple(row for row in rows() if row.example)
_INVERSE = tuple(row for row in _SHOWN if row.family == "inverse")
_ELEMENTARY = tuple(
    shown
    for family in ("trigonometric", "hyperbolic")
    for shown in (
        *(row for row in _SHOWN if row.family == family),
        *(row for row in _INVERSE if row_of(row.inverse).family == family),
    )
)
"""Each family and its inverse functions after it."""
_ACTIVATIONS = tuple(row for row in _SHOWN if row.family in ("activation", "special") or row.name == "tanh")

CARD: Mapping[str, tuple[tuple[str, Example], ...]] = MappingProxyType(
    {
        "standard": (
            ("constant", Example("7", "2.0")),
            ("power", Example("3x^2", "2.0")),
            ("exponential", Example("e^x", "1.0")),
            ("logarithm", Example("ln x", "2.0")),
            ("chain", Example("e^-x", "1.0")),
            ("root", Example("√x", "4.0")),
            ("exponential_base", Example("2^x", "3.0")),
            ("logarithm_base", Example("log_2(x)", "4.0")),
        ),
        "rules": (
            ("sum", Example("3x^2 + e^x + 7", "1.0")),
            ("constant_multiple", Example("5sin x", "1.0")),
            ("product", Example("3x e^x", "2.0")),
            ("quotient", Example("x/(1 + x^2)", "2.0")),
            ("reciprocal", Example("1/x", "2.0")),
            ("chain", Example("e^(3x^2)", "0.5")),
            ("power_exponent", Example("x^x", "2.0")),
            ("indexed_sum", Example("Σ_{i=1}^{3} x^i", "2.0")),
        ),
        "functions": tuple(map(_entry_of, _ELEMENTARY)),
        "activations": (
            *map(_entry_of, _ACTIVATIONS),
            ("abs", Example("|x|", "2.0")),
            ("max", Example("max(0, x)", "2.0")),
            ("min", Example("min(x, x^2)", "2.0")),
            ("sign", Example("sign(x)", "2.0")),
            ("floor", Example("floor(x)", "2.5")),
        ),
    }
)
"""What stands on the card: the id of a rule, and a function on which it is seen."""


def _open(example: Example) -> None:
    controls.take(example)
    state.set_field("chain", "work")
    state.set_field("inner", "")


def equation(text: str) -> str:
    """Return ∂/∂x (f) = f′ as the engine works it out."""
    function = function_of(text)
    found = cached.derivation(text, variable_of(function))
    return f"{Derivative(function.tree, found.variable).latex()} = {to_latex(found.result.tree)}"


def draw(_: Translator, asked: Asked) -> None:  # noqa: ARG001 - a card is the same for every function
    """Draw the card."""
    st.caption(_("chain.rules.explain"))
    for section, entries in CARD.items():
        st.subheader(_(f"chain.rules.{section}"), anchor=False)
        beside = 2 if section in {"standard", "rules"} else 3
        for place, (rule, example) in enumerate(entries):
            if place % beside == 0:  # a row of its own: on a phone, columns come one after the other
                columns = st.columns(beside, gap="medium")
            with columns[place % beside], st.container(key=f"chain_card_{section}_{place}", gap=None):
                _entry(rule, example, f"chain_open_{section}_{place}", _, is_short=section == "functions")


def _entry(rule: str, example: Example, key: str, _: Translator, *, is_short: bool) -> None:
    if not is_short:
        formula = "" if rule in unary() else general(rule)  # a function's own line says it already
        letters = f"  ${formula}$" if formula else ""
        st.markdown(f"**{name(rule, _)}**{letters}  \n{says(rule, _)}")
    st.button(lines.inline(equation(example.f)), key=key, on_click=_open, args=(example,), type="tertiary")
