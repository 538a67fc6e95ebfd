"""The fields that every explorer has: the function with its echo, x, Δx, and choices bound to fields of the view."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from numdiff import Function
from pages.parts import address, messages, numbers, state
from pages.parts.entries import Problem, Quantity, parse, read_function, read_point, read_step
from pages.parts.i18n import Translator

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("x^2", "3.0"),
    ("3x e^x", "2.0"),
    ("3x^2 + e^x + 7", "1.0"),
    ("ln x + 1/x", "2.0"),
    ("e^-x", "1.0"),
    ("1/(1 + e^-x)", "0.5"),
    ("sin x", "1.0"),
    ("√x", "1.0"),
    ("|x|", "0.0"),
    ("relu(x)", "0.0"),
    ("tan x", "1.0"),
    ("x^3 - 3x", "1.5"),
)
"""Functions at hand, each with a point worth looking at; the lecture's come first."""

STEPS: tuple[str, ...] = tuple(f"{digit}e{power}" for power in range(-16, 1) for digit in (1, 2, 5)) + ("1e1",)
"""The stops of the logarithmic slider."""


@dataclass(frozen=True)
class Controls:
    """What the fields ask for; while one is not understood, the last good values, and ``stale`` is set."""

    function: Function
    variable: str
    x: Quantity
    dx: Quantity
    stale: bool


def _understood(name: str, text: str, found: object) -> Problem | None:
    """Keep what was typed; let it into the view if it was understood."""
    state.keep_draft(name, text)
    if isinstance(found, Problem):
        return found
    if getattr(state.view(), name) != text:
        state.change(**{name: text})
    return None


def _typed(name: str, label: str, placeholder: str | None = None) -> str:
    return st.text_input(
        label, key=state.key(name), live="0ms", autocomplete="off", placeholder=placeholder
    )  # nothing is sent while a Hangul syllable is being put together


def step_text(stop: str) -> str:
    """Return a stop of the slider as one would type it: ``10^-4``, ``2*10^-5``, ``0.5``."""
    digit, power = stop.split("e")
    if -4 < int(power) <= 1:
        return f"{float(stop):g}"
    return f"10^{int(power)}" if digit == "1" else f"{digit}*10^{int(power)}"


def nearest_step(value: float) -> str:
    """Return the stop of the slider nearest to a step, on the logarithmic scale."""
    return min(STEPS, key=lambda stop: abs(math.log(float(stop)) - math.log(value)))


def reach(value: float) -> float:
    """Return the half-length of the x slider: 5, 50, 500, … so that the value lies on it."""
    return 5.0 * 10.0 ** max(0, math.ceil(math.log10(max(abs(value), 1e-9) / 5.0)))


def _slide_x() -> None:
    state.set_field("x", f"{st.session_state[state.key('x_slider')]:.10g}")


def _slide_dx() -> None:
    state.set_field("dx", step_text(st.session_state[state.key("dx_slider")]))


def _take(text: str, x: str | None = None) -> None:
    state.set_field("f", text)
    if x is not None:
        state.set_field("x", x)


def _examples(_: Translator) -> None:
    with st.popover(_("examples"), key="examples"):
        for place, (text, x) in enumerate(EXAMPLES):
            found = parse(text)
            if not isinstance(found, Problem):
                label = f"${found.latex()}$"
                st.button(
                    label, key=f"example_{place}", on_click=_take, args=(text, x), width="stretch", type="tertiary"
                )


def _link(_: Translator) -> None:
    with st.popover(_("shell.link"), icon=":material/link:", key="link"):
        st.caption(_("shell.link.explain"))
        base = (st.context.url or "").split("?")[0]
        st.code(f"{base}?{state.link(state.view(), state.language())}", language=None, wrap_lines=True)


def _readings(readings: Sequence[str], field: str, question: str) -> None:
    """Offer what could have been meant, typeset by our own printer; a click types it."""
    offered = [(text, found) for text in readings if not isinstance(found := parse(text), Problem)]
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="readings"):
        st.markdown(question, width="content")
        for place, (text, found) in enumerate(offered):
            st.button(f"${found.latex()}$", key=f"reading_{place}", on_click=state.set_field, args=(field, text))


def _echo(function: Function, _: Translator) -> None:
    st.latex(rf"f({variable_of(function)}) = {function.latex()}")
    for place, note in enumerate(function.notes):
        messages.show_remark(_(f"note.{note.code}"), key=f"note_{place}")
        _readings(note.readings, "f", _("note.offer"))


def _number_row(_: Translator, choices: Callable[[], None] | None) -> tuple[Problem | None, Problem | None]:
    """Draw x and Δx, each as a field and a slider, and the page's choices; return what is wrong with x and Δx."""
    columns = st.columns([2, 3, 2, 4, 5] if choices else [2, 3, 2, 4], gap="small", vertical_alignment="bottom")
    with columns[0]:
        text = _typed("x", _("field.x"))
        x_problem = _understood("x", text, read_point(text))
    with columns[1]:
        _x_slider(_)
    with columns[2]:
        text = _typed("dx", _("field.dx"))
        dx_problem = _understood("dx", text, read_step(text))
    with columns[3]:
        _dx_slider(_)
    if choices:
        with columns[4]:
            choices()
    return x_problem, dx_problem


def _x_slider(_: Translator) -> None:
    value = _quantity(read_point(state.view().x)).value
    length = reach(value)
    st.session_state[state.key("x_slider")] = value
    st.slider(
        _("field.x.slider"),
        -length,
        length,
        step=length / 500,
        key=state.key("x_slider"),
        on_change=_slide_x,
        label_visibility="collapsed",
    )


def _dx_slider(_: Translator) -> None:
    st.session_state[state.key("dx_slider")] = nearest_step(_quantity(read_step(state.view().dx)).value)
    st.select_slider(
        _("field.dx.slider"),
        STEPS,
        format_func=lambda stop: numbers.step(float(stop)),
        key=state.key("dx_slider"),
        on_change=_slide_dx,
        label_visibility="collapsed",
    )


def _quantity(found: Quantity | Problem) -> Quantity:
    """Return the quantity of a text that stands in the view, where only understood texts are let in."""
    if isinstance(found, Problem):
        raise TypeError(f"the view holds {found.text!r}")
    return found


def _function(found: Function | Problem) -> Function:
    if isinstance(found, Problem):
        raise TypeError(f"the view holds {found.text!r}")
    return found


def explorer(_: Translator, choices: Callable[[], None] | None = None) -> Controls:
    """Draw the fields and return what they ask for.

    Parameters
    ----------
    _ : Translator
    choices : callable, optional
        Draws the page's own choices at the end of the second row.
    """
    left, right = st.columns(2, gap="medium")
    with left, st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="function_row"):
        text = _typed("f", _("field.f"), _("field.f.placeholder"))
        _examples(_)
        link_place = st.container(width="content")
    echo_place = right.container(key="echo", height=96, border=False, gap=None)
    f_problem = _understood("f", text, read_function(text))
    if f_problem is None:
        with echo_place:
            _echo(_function(read_function(text)), _)
    x_problem, dx_problem = _number_row(_, choices)
    problems = {"f": f_problem, "x": x_problem, "dx": dx_problem}
    _show_first(problems, echo_place, _)
    with link_place:
        _link(_)
    address.show(state.link(state.view(), state.language()), state.language())
    view = state.view()
    function = _function(read_function(view.f))
    return Controls(
        function,
        variable_of(function),
        _quantity(read_point(view.x)),
        _quantity(read_step(view.dx)),
        any(problem is not None for problem in problems.values()),
    )


def variable_of(function: Function) -> str:
    """Return the name of the function's only variable; a constant is a function of x."""
    return function.variables[0] if function.variables else "x"


def _show_first(problems: Mapping[str, Problem | None], place: DeltaGenerator, _: Translator) -> None:
    for name, problem in problems.items():
        if problem is not None:
            with place:
                messages.show_problem(problem, _, key=f"problem_{name}")
                _readings(problem.readings, name, _("reading.use"))
            return


def _pull(name: str) -> None:
    value = st.session_state[state.key(name)]
    state.change(**{name: tuple(value) if isinstance(value, list) else value})


def many(_: Translator, name: str, options: Sequence[str], prefix: str) -> tuple[str, ...]:
    """Draw a choice of several ids for a field of the view; return them in the order of the options."""
    st.pills(
        _(f"field.{name}"),
        options,
        selection_mode="multi",
        format_func=lambda option: _(f"{prefix}.{option}"),
        key=state.key(name),
        on_change=_pull,
        args=(name,),
    )
    chosen = getattr(state.view(), name)
    return tuple(option for option in options if option in chosen)


def one(_: Translator, name: str, options: Sequence[str], label: Callable[[str], str]) -> str:
    """Draw a choice of one id for a field of the view, and return it."""
    st.selectbox(
        _(f"field.{name}"),
        options,
        format_func=label,
        key=state.key(name),
        on_change=_pull,
        args=(name,),
        label_visibility="collapsed",
    )
    return str(getattr(state.view(), name))


def switch(_: Translator, name: str) -> bool:
    """Draw a switch for a field of the view, and return it."""
    st.toggle(_(f"field.{name}"), key=state.key(name), on_change=_pull, args=(name,))
    return bool(getattr(state.view(), name))
