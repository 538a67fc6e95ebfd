"""The lecture's recipe: formula, words and code side by side, where each of ①②③ lights up what belongs to it."""

from __future__ import annotations

from html import escape

import streamlit as st

from numdiff.function import Function
from pages.learn.lessons import entry, pieces, program
from pages.learn.lessons.program import LINES, literal
from pages.learn.lessons.stage import Stage
from pages.parts import sentences
from pages.parts.entries import formula_latex
from pages.parts.i18n import Translator
from pages.parts.theme import Theme

CODES = ("def func1(x):\n    return x**2\n\nf = lambda x: func1(x)", "f = lambda x: 3*x*np.exp(x)")
"""The lecture's own."""


def _offer(stage: Stage, _: Translator) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, code in enumerate(CODES, start=1):
            label = _("lesson.paste.example", number=str(number))
            st.button(label, key=f"paste_{number}", on_click=entry.put, args=(stage.screen, "f", code))


def _several(function: Function, _: Translator) -> None:
    st.latex(formula_latex(function), width="content")
    st.markdown(_("lesson.paste.several"))


def draw(stage: Stage) -> None:
    """Draw the screen."""
    _ = stage.messages
    with stage.live():
        _offer(stage, _)
        function = entry.code_field(stage.screen, _)
        if len(function.variables) > 1:
            _several(function, _)
        else:
            given = entry.asked(stage.screen)
            st.latex(formula_latex(function), width="content")
            x, dx = given.x.value, given.dx.value
            st.markdown(_("lesson.paste.value", x=sentences.number(x), dx=program.literal(dx)))
            st.html(program.output_html(function, x, dx, _))
            stage.explore("secant", _("lesson.explore.secant"), **_fields(function, given))
    stage.write()


def _fields(function: Function, given: entry.Asked) -> dict[str, str]:
    return {**pieces.same(given), "f": function.text}


PARTS = ("1", "2", "3")
SIGNS = {"1": "①", "2": "②", "3": "③"}
ROLES = {"1": "central4", "2": "forward", "3": "central6"}
"""Whose colours the three parts have."""


def colors(theme: Theme) -> dict[str, str]:
    """Return the colour of each part."""
    return {part: theme[role].color for part, role in ROLES.items()}


def quotient_latex(theme: Theme) -> str:
    """Return the central limit with its three parts in their colours, by which the style sheet finds them."""
    tint = colors(theme)

    def part(name: str, latex: str) -> str:
        return rf"\textcolor{{{tint[name]}}}{{{latex}}}"

    f, x, dx = part("1", "f"), part("1", "x"), r"\Delta x"
    quotient = rf"\frac{{{f}({x}+{dx}) - {f}({x}-{dx})}}{{2\,{dx}}}"
    limit = r"\lim_{\Delta x \to 0}"
    return f"f'(x) = {part('2', limit)} {part('3', quotient)}"


def steps_html(_: Translator) -> str:
    """Return the three steps in words."""
    items = "".join(
        f'<li data-part="{part}"><b>{SIGNS[part]}</b> {escape(_(f"lesson.recipe.{part}"))}</li>' for part in PARTS
    )
    return f'<ul class="nd-steps">{items}</ul>'


def code_html(dx: float) -> str:
    """Return the lecture's function, each line with the number of its part."""
    rows = "".join(
        f'<div data-part="{part}" class="nd-code-line"><b>{SIGNS[part]}</b>'
        f"<code>{escape(line.replace('{dx}', literal(dx)))}</code></div>"
        for part, line in zip(PARTS, LINES, strict=True)
    )
    return f'<div class="nd-code">{rows}</div>'


def style(theme: Theme, mark: str) -> str:
    """Return the style that makes a part stand out where it is pointed at, or where it is the chosen one."""
    tint = colors(theme)
    rules = [f'[data-part="{part}"] b {{ color: {color}; }}' for part, color in tint.items()]
    pointed = {part: f'[data-part="{part}"]:hover, {_glyphs(color)}:hover' for part, color in tint.items()}
    anywhere = ", ".join(pointed.values())
    for part, color in tint.items():
        states = [f".stMain:has({pointed[part]})"]
        states += [f".stMain:not(:has({anywhere}))"] if part == mark else []
        others = [_glyphs(other) for name, other in tint.items() if name != part]
        for state in states:
            dimmed = ", ".join(f"{state} {other}" for other in others)
            lit = f"color-mix(in srgb, {color} 18%, transparent)"
            rules.append(f'{state} [data-part="{part}"] {{ background: {lit}; }} {dimmed} {{ opacity: 0.25; }}')
    return f"<style>{''.join(rules)}</style>"


def _glyphs(color: str) -> str:
    """Return the selector of the formula's signs in a colour, as a browser writes it."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f'.st-key-recipe .katex-html [style*="rgb({red}, {green}, {blue})"]'
