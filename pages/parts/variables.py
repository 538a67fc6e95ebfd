"""Several variables: one of them moves, and each of the others is held at the value in its own field."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from numdiff.function import Function
from numdiff.printing.names import latex_name
from numdiff.printing.text import to_typed
from numdiff.tree import Add, Mul, Node, Number, Variable, expand_sums, substitute
from pages.parts import state
from pages.parts.entries import (
    Problem,
    Quantity,
    holding,
    number,
    parse,
    quantity_of,
    read_point,
    shown_name,
    tree_of,
    variable_of,
)
from pages.parts.i18n import Translator
from pages.parts.kept import kept

HELD = "1"
"""The value of a variable as long as none was typed."""


def moving(function: Function) -> str:
    """Return the variable that moves: the one chosen, if the function has it, else its first."""
    chosen = state.view().var
    return chosen if chosen in function.variables else variable_of(function)


def held(function: Function) -> tuple[str, ...]:
    """Return the variables that do not move, in the function's order."""
    return tuple(name for name in function.variables if name != moving(function))


def values(function: Function) -> Mapping[str, Quantity]:
    """Return the value of every variable; of a constant, that of x."""
    known, moved = dict(state.view().at), moving(function)
    texts = {name: known.get(name, HELD) for name in function.variables} | {moved: state.view().x}
    return {name: quantity_of(read_point(text)) for name, text in texts.items()}


def _nearest(value: Quantity) -> Node:
    return number(value.value)


def freeze(function: Function, at: Mapping[str, Quantity], moved: str) -> Function:
    """Return the function of the one variable that moves, the others' values put in as they were typed.

    Its text can be read again by :func:`function_of`. If values written out at length would make it longer than the
    notation allows, the nearest float64 stands in their place. The notation refuses a constant that has no value, such
    as ln(−1); where holding a variable makes one, 0 times the variable that moves is added inside it, so that the
    function has no value anywhere, as it should.
    """
    others = tuple(name for name in function.variables if name != moved)
    if not others:
        return function
    return _frozen(function, function.name, tuple((name, at[name]) for name in others), moved)


@kept
def _frozen(function: Function, _name: str, held: tuple[tuple[str, Quantity], ...], moved: str) -> Function:
    """Return a function with values put in; a move that leaves these alone does not write and read it anew.

    The function's name does not count where functions are compared, but is handed on.
    """

    def beside_the_domain(value: Quantity) -> Node:
        return Add(tree_of(value), Mul(Number("0"), Variable(moved)))

    for write in (tree_of, _nearest, beside_the_domain):
        tree = substitute(expand_sums(function.tree), {name: write(value) for name, value in held})
        found = parse(f"f({to_typed(Variable(moved))}) = {to_typed(tree)}")
        if not isinstance(found, Problem):
            return found
    return holding(function, {name: value.value for name, value in held})


def _switch() -> None:
    """Let another variable move: each keeps its value."""
    key = state.key("var")
    chosen, view = state.get(key), state.view()
    function = parse(view.f)
    if isinstance(function, Problem) or chosen not in function.variables:
        return
    old = moving(function)
    if chosen == old:
        return
    text = dict(view.at).get(chosen, HELD)
    state.hold({old: view.x})
    state.set_field("x", text)
    state.change(var=chosen, x=text)


def move(function: Function, name: str = "") -> None:
    """Let a variable of the function move, its first by default, and show it as chosen; only in a callback."""
    state.change(var=name)
    if len(function.variables) > 1:
        state.put(state.key("var"), name or variable_of(function))


def choose_moving(_: Translator, function: Function) -> None:
    """Draw the choice of the variable that moves."""
    names, moved = function.variables, moving(function)
    st.segmented_control(
        _("field.var"),
        names,
        default=moved,
        required=True,
        format_func=lambda name: _("variable.moves", name=shown_name(name)),
        key=state.key("var"),
        on_change=_switch,
        label_visibility="collapsed",
    )


def held_fields(_: Translator, function: Function) -> tuple[str, Problem | None]:
    """Draw a field for each variable that is held; return the first that is not understood, and what is wrong."""
    known = dict(state.view().at)
    wrong: tuple[str, Problem | None] = ("at", None)
    for name in held(function):
        slot = f"at.{name}"
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            st.markdown(f"${latex_name(name)} =$", width="content")
            text = st.text_input(
                _("field.held", name=shown_name(name)),
                state.draft(slot, known.get(name, HELD)),
                key=state.key(slot),
                live="0ms",
                autocomplete="off",
                width=84,
                label_visibility="collapsed",
            )
        state.keep_draft(slot, text)
        found = read_point(text)
        if isinstance(found, Problem):
            wrong = wrong if wrong[1] else (slot, found)
        elif known.get(name, HELD) != text:
            known[name] = text
            state.change(at=tuple(known.items()))
    return wrong
