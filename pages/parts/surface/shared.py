"""What the views share: the canvas of the cut, the formula with its coloured letters, sliders of the variables."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from numdiff.function import Function
from numdiff.printing.names import latex_name
from pages.parts import state, theme, variables
from pages.parts.canvas import Moved, canvas, knowledge
from pages.parts.derivation import knowledge as derivations
from pages.parts.entries import formula_latex, shown_name
from pages.parts.fields import Drawing, read_zoom
from pages.parts.figures.surface import HELD
from pages.parts.i18n import Translator
from pages.parts.surface import asked as asking
from pages.parts.surface import letters
from pages.parts.surface.asked import Asked

LONGEST = 420
"""Characters of LaTeX of a formula in one line; a longer one is left to the derivation."""


def take_move(moved: Moved) -> None:
    """Let the page follow what a hand has done on the canvas."""
    state.set_field("x", knowledge.typed(moved.x))
    state.set_field("dx", knowledge.typed(moved.dx))
    state.set_field("schemes", moved.schemes)
    state.change(zoom=",".join(map(repr, moved.zoom)) if moved.zoom else "auto")


def draw_canvas(asked: Asked) -> None:
    """Draw the cut as a plane picture that follows the hand."""
    view, given = state.view(Drawing), asked.given
    shown = knowledge.scene(given.function.text, given.x.value, given.dx.value, view.schemes, zoom=read_zoom(view.zoom))
    with st.container(key="canvas_place"):
        canvas(replace(shown, plain=True), state.language(), key="canvas_partial", on_move=take_move)


def held_color() -> str:
    """Return the colour of what is held."""
    return theme.current()[HELD].color


def draw_formula(asked: Asked, _: Translator) -> None:
    """Write the function and its partial derivative, the letters that are held in their colour and named in words."""
    color, held = held_color(), (*asked.held,)
    found = derivations.derivation(asked.text, asked.moving)
    slope = f"{letters.sign(asked.function, asked.moving)} = {letters.colour(found.result.latex(), held, color)}"
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
    return letters.formula(function, asking.declared(function), held, held_color())


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
    return letters.colour(result.latex(), others, held_color())
