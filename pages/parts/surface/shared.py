"""What the views share: the canvas of the cut, the formula with its coloured letters, sliders of the variables.

The LaTeX is our own printer's, whose commands are known: so its letters can be told from the names of commands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.tree import Node, substitute
from pages.parts import state, theme, variables
from pages.parts.canvas import Moved, cached, canvas
from pages.parts.derivation import cached as derivations
from pages.parts.entries import Quantity, formula_latex, shown_name, tree_of
from pages.parts.fields import Drawing, read_zoom
from pages.parts.figures.surface import HELD
from pages.parts.i18n import Translator
from pages.parts.surface import question as asking
from pages.parts.surface.question import Asked

_TOKEN = re.compile(
    r"\\(?:begin|end|operatorname)\{[^{}]*\}"
    r"|\\(?:text|mathrm)\{(?:[^{}\\]|\\.)*\}(?:_\{[^{}]*\})?"
    r"|\\[A-Za-z]+(?:_\{[^{}=]*\})?"
    r"|\\."
    r"|[A-Za-z](?:_\{[^{}]*\})?"
)
_SUBSCRIPT = re.compile(r"^(\\[A-Za-z]+)(_\{.*\})$")


def colour(latex: str, names: Collection[str], color: str) -> str:
    r"""Return a formula of ours with some of its variables coloured, such as ``3\textcolor{#5B3FB0}{y}``."""
    wanted = {latex_name(name) for name in names}

    def paint(match: re.Match[str]) -> str:
        token = match[0]
        if token in wanted:
            return rf"\textcolor{{{color}}}{{{token}}}"
        inside = _SUBSCRIPT.match(token)  # \log_{y}: the command's index may be a letter that is held
        return inside[1] + colour(inside[2], names, color) if inside else token

    return _TOKEN.sub(paint, latex)


def named(function: Function) -> str:
    """Return the function's name as LaTeX."""
    return latex_name(function.name)


def formula(function: Function, declared: Collection[str], held: Collection[str], color: str) -> str:
    """Return ``f(x, y) = …``, the letters that are held coloured."""
    head = ", ".join(latex_name(name) for name in declared or ("x",))
    return f"{named(function)}({colour(head, held, color)}) = {colour(function.latex(), held, color)}"


def sign(function: Function, name: str) -> str:
    """Return ∂f/∂x."""
    return rf"\frac{{\partial {named(function)}}}{{\partial {latex_name(name)}}}"


def put_in(tree: Node, at: Mapping[str, Quantity]) -> str:
    """Return a formula with typed values in place of variables."""
    return to_latex(substitute(tree, {name: tree_of(quantity) for name, quantity in at.items()}))


LONGEST = 420
"""Characters of LaTeX of a formula in one line; a longer one is left to the derivation."""


def take_move(moved: Moved) -> None:
    """Let the page follow what a hand has done on the canvas."""
    state.set_field("x", cached.typed(moved.x))
    state.set_field("dx", cached.typed(moved.dx))
    state.set_field("schemes", moved.schemes)
    state.change(zoom=",".join(map(repr, moved.zoom)) if moved.zoom else "auto")


def draw_canvas(asked: Asked) -> None:
    """Draw the cut as a plane picture that follows the hand."""
    view, given = state.view(Drawing), asked.given
    shown = cached.scene(given.function.text, given.x.value, given.dx.value, view.schemes, zoom=read_zoom(view.zoom))
    with st.container(key="canvas_place"):
        canvas(replace(shown, plain=True), state.language(), key="canvas_partial", on_move=take_move)


def held_color() -> str:
    """Return the colour of what is held."""
    return theme.current()[HELD].color


def draw_formula(asked: Asked, _: Translator) -> None:
    """Write the function and its partial derivative, the letters that are held in their colour and named in words."""
    color, held = held_color(), (*asked.held,)
    found = derivations.derivation(asked.text, asked.moving)
    slope = f"{sign(asked.function, asked.moving)} = {colour(found.result.latex(), held, color)}"
    with st.container(key="partial_formula", horizontal=True, vertical_alignment="center", gap="medium"):
        if len(slope) <= LONGEST and not found.nowhere:
            st.latex(slope, width="content")
        if asked.held:
            st.markdown(held_sentence(asked, _), width="content")
        if asked.given.stale:
            with st.container(key="stale", width="content"):
                st.caption(_("stale", formula=f"${formula_latex(asked.function)}$"))


def echo(function: Function) -> str:
    """Return the function as LaTeX, the letters that are held in their colour."""
    moved = variables.moving(function)
    held = [name for name in function.variables if name != moved]
    return formula(function, asking.declared(function), held, held_color())


def held_sentence(asked: Asked, _: Translator) -> str:
    """Return which letters stay as they are, with their values; and which are in no list of variables."""
    color = held_color()
    values = tuple(
        rf"$\textcolor{{{color}}}{{{latex_name(name)} = {asked.given.at[name].latex}}}$"
        for name in asked.held
        if name not in asked.constants
    )
    sentences = [_("partial.held", values=", ".join(values), moving=shown_name(asked.moving))] if values else []
    for name in asked.constants:
        words = {"name": shown_name(name), "value": f"${asked.given.at[name].latex}$", "f": letters_name(asked)}
        sentences.append(_("partial.constant", **words))
    return " ".join(sentences)


def letters_name(asked: Asked) -> str:
    """Return f(x₁, x₂) as text."""
    return f"{shown_name(asked.function.name)}({', '.join(map(shown_name, asked.declared))})"


def put(name: str, moving: str, text: str) -> None:
    """Give a variable a value; only in a callback."""
    if name == moving:
        state.set_field("x", text)
        state.change(x=text)
    else:
        state.hold({name: text})


@dataclass(frozen=True)
class Scale:
    """A slider of a variable: from where to where, its step, and how many of its units make 1 of the variable."""

    least: float
    most: float
    step: float
    unit: float = 1.0


def _slide(name: str, moving: str, key: str, unit: float) -> None:
    put(name, moving, f"{state.get(key) / unit:.10g}")


def slider(asked: Asked, name: str, scale: Scale, label: str) -> None:
    """Draw a slider of a variable; a value beside its range rests at the end."""
    text = asked.given.at[name].text
    slot = f"partial_slider_{name}"
    turn, last, sent = state.get(slot, (0, "", ""))
    value = min(max(asked.given.at[name].value * scale.unit, scale.least), scale.most)
    if text not in (last, sent):
        # a new one: the browser sends all widgets back with every change, and the old one would undo this change
        turn, last = turn + 1, text
    key = f"{slot}_{turn}"
    state.put(slot, (turn, last, text))
    st.slider(
        label,
        float(scale.least),
        float(scale.most),
        float(value),
        float(scale.step),
        format="%g",
        key=key,
        on_change=_slide,
        args=(name, asked.moving, key, scale.unit),
    )


def result_latex(asked: Asked, name: str) -> str:
    """Return the partial derivative by a variable, the other letters in the colour of what is held."""
    result = derivations.derivation(asked.text, name).result
    others = [other for other in asked.function.variables if other != name]
    return colour(result.latex(), others, held_color())
