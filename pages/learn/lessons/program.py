"""The lecture's program as text, and what it prints: computed by numdiff, which does the same operations bit for bit.

No text is ever run. tests/parts/test_lesson_program.py runs what is shown here and expects the very characters.
"""

from __future__ import annotations

import math
from html import escape

import numpy as np

from numdiff.difference.schemes import numerical_derivative
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.extent import is_finite_throughout
from numdiff.function import Function
from numdiff.printing.python import to_python
from pages.learn.lessons.pieces import exact_slope
from pages.parts import numbers
from pages.parts.i18n import Translator
from pages.parts.tables import digits, look

HEAD = "def numerical_derivative(f, x):"
"""① what is differentiated, and where."""
STEP = "    delta_x = {dx}"
"""② a small number in place of the limit."""
QUOTIENT = "    return (f(x+delta_x) - f(x-delta_x)) / (2*delta_x)"
"""③ numerator and denominator."""

LINES = (HEAD, STEP, QUOTIENT)


def literal(value: float) -> str:
    """Return a float as one writes it in Python: ``3.0``, ``0.5``, ``1e-4``."""
    mantissa, exponent = numbers.step_mantissa(value)
    short = f"{'-' if value < 0 else ''}{mantissa}e{exponent}"
    return short if exponent is not None and float(short) == value else repr(float(value))


def definition(function: Function, name: str, place: str = "") -> str:
    """Return the code that defines a function; NumPy is imported only where it is needed, for the point too."""
    code = to_python(function.tree, function.variables, name).strip()
    _head, _, body = code.partition("\n\n\n")
    return code.replace("\n\n\n", "\n\n") if "np." in body + place else body


def lecture(dx: float) -> str:
    """Return the lecture's function with this Δx."""
    return "\n".join(line.replace("{dx}", literal(dx)) for line in LINES)


def program(function: Function, x: float, dx: float) -> str:
    """Return a program that differentiates the function at x and prints the result."""
    place = point(function, x, dx)
    return f"{definition(function, 'f', place)}\n\n{lecture(dx)}\n\nprint(numerical_derivative(f, {place}))"


def point(function: Function, x: float, *steps: float) -> str:
    """Return the point as it is put into a program.

    Python's own floats raise where NumPy's are infinite or NaN: ``1/0.0``, ``10.0**400``. Where f meets such a number
    at x or a step beside it, the point is written as one of NumPy's.
    """
    places = (x, *(x + sign * step for step in steps for sign in (1, -1)))
    is_plain = all(is_finite_throughout(function.tree, dict.fromkeys(function.variables, at)) for at in places)
    return literal(x) if is_plain else f"np.float64({literal(x)})"


def twice(function: Function, x: float, dx: float, comment: str) -> str:
    """Return the lecture's program: through ``func1``, and through a lambda that calls it."""
    name = function.variables[0] if function.variables else "x"
    place = point(function, x, dx)
    calls = "\n\n".join(
        f"ret{number} = numerical_derivative({f}, {place})\nprint(ret{number})"
        for number, f in enumerate(("f", "func1"), start=1)
    )
    first = f"{definition(function, 'func1', place)}\n\nf = lambda {name}: func1({name})"
    return f"{first}\n\n# {comment}\n{lecture(dx)}\n\n{calls}"


def computed(function: Function, x: float, dx: float) -> float:
    """Return the numerical derivative; NaN or infinite where f has no value."""
    return float(numerical_derivative(function, x, dx))


def printed(function: Function, x: float, dx: float) -> str:
    """Return what a call prints; nothing where there is no value."""
    value = computed(function, x, dx)
    return str(value) if math.isfinite(value) else ""


def output_html(function: Function, x: float, dx: float, _: Translator, *, times: int = 1) -> str:
    """Return what the program prints as HTML."""
    return console_html(computed(function, x, dx), exact_slope(function.text, x), _, times=times)


def console_html(value: float, exact: Exact, _: Translator, *, times: int = 1) -> str:
    """Return a printed number as HTML, digits that agree with f′(x) bold; or that there is no value."""
    if not math.isfinite(value):
        return look.panel_html(look.paragraph(_("lesson.run.no_value")))
    text = str(value)
    shown = escape(text)
    if exact.status == "ok":
        shown = digits.marked(text, digits.right_digits(np.float64(value), exact.value))
    lines = "".join(f'<div class="nd-output-line">{shown}</div>' for _line in range(times))
    label = escape(_("lesson.run.output"))
    return f'{look.STYLE}<div class="nd-panel nd-console"><div class="nd-console-head">{label}</div>{lines}</div>'
