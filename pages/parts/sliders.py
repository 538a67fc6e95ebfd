"""Sliders beside the fields of x and Δx: they type into the fields, and never undo what is typed there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from pages.parts import numbers, state
from pages.parts.entries import quantity_of, read_point, read_step
from pages.parts.i18n import Translator

STEPS: tuple[str, ...] = (*(f"{digit}e{power}" for power in range(-16, 1) for digit in (1, 2, 5)), "1e1")
"""The stops of the logarithmic slider."""


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


@dataclass(frozen=True)
class _Slider:
    """A slider beside a field: ``start`` is the field's text when it was made, ``text`` what it holds by now.

    Whenever the field is changed by other means, a new one takes its place. The browser sends the values of all
    widgets with every change: a slider that the server moves while something is being typed comes back where it was,
    as if a hand had moved it, and would undo what was typed meanwhile.
    """

    turn: int
    start: str
    text: str

    def key(self, name: str) -> str:
        return f"{state.key(name)}_slider_{self.turn}"


def _slot(name: str) -> str:
    return f"{state.key(name)}_slider"


def _slider(name: str) -> _Slider:
    """Return the slider that belongs beside a field now."""
    text = state.value(name)
    last: _Slider | None = state.get(_slot(name), None)
    if last is None or last.text != text:
        last = _Slider(last.turn + 1 if last else 0, text, text)
        state.put(_slot(name), last)
    return last


def _slide(name: str, key: str, write: Callable[[Any], str]) -> None:
    """Type into a field what its slider was moved to; one that has been replaced has no say."""
    slider: _Slider = state.get(_slot(name))
    if key != slider.key(name):
        return
    text = write(state.get(key))
    state.set_field(name, text)
    state.change(**{name: text})
    state.put(_slot(name), replace(slider, text=text))


def _point_text(value: float) -> str:
    return f"{value:.10g}"


def x_slider(_: Translator) -> None:
    """Draw the slider of x: as many powers of ten wide as x asks for."""
    slider = _slider("x")
    value, key = quantity_of(read_point(slider.start)).value, slider.key("x")
    length = reach(value)
    st.slider(
        _("field.x.slider"),
        -length,
        length,
        value,
        step=length / 500,
        format="%g",
        key=key,
        on_change=_slide,
        args=("x", key, _point_text),
        label_visibility="collapsed",
    )


def dx_slider(_: Translator) -> None:
    """Draw the slider of Δx, on a logarithmic scale."""
    slider = _slider("dx")
    key = slider.key("dx")
    st.select_slider(
        _("field.dx.slider"),
        STEPS,
        nearest_step(quantity_of(read_step(slider.start)).value),
        format_func=lambda stop: numbers.step(float(stop)),
        key=key,
        on_change=_slide,
        args=("dx", key, step_text),
        label_visibility="collapsed",
    )
