"""The gallery of bugs: wrong code and its fix as text and as functions, and what both print on the learner's f.

tests/parts/test_bugs.py runs the shown text and expects the very characters that the page shows. ``{x}`` is filled in
with the point, a float as Python writes it, and ``{n}`` with the integer nearest to it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from numdiff.blackbox.calling import AnyFunction
from numdiff.derivative.api import derivative
from numdiff.error.point import point_kind
from numdiff.evaluate.answer import Exact
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function
from numdiff.printing.python import to_python
from pages.explore.error.peers import NAMES, TROUBLES, ask, installed
from pages.parts import numbers, sentences
from pages.parts.controls import Controls
from pages.parts.entries import formula_latex, function_of, variable_of
from pages.parts.i18n import Translator
from pages.parts.kept import kept
from pages.parts.tables import digits, look
from pages.parts.tables.look import deviation

H = 1e-4
"""Δx of the lecture, as the snippets write it."""


@dataclass(frozen=True)
class Snippet:
    """A few lines of code as text, and what they print when they are run with f at x: arguments of the last print."""

    code: str
    run: Callable[[AnyFunction, float], tuple[Any, ...]]


@dataclass(frozen=True)
class Bug:
    """A wrong snippet with the right one; and the function g that they make of f, if others are asked about that."""

    name: str
    wrong: Snippet
    fixed: Snippet
    black_box: Callable[[AnyFunction], AnyFunction] | None = None


def _quotient(f: AnyFunction, x: Any, h: Any) -> Any:  # noqa: ANN401 - numbers of any kind
    """Return what every snippet writes out."""
    return (f(x + h) - f(x - h)) / (2 * h)


# --- a step that is lost

_TINY = """\
x = np.float64({x})
h = 1e-50
print((f(x + h) - f(x - h)) / (2*h))"""


def _tiny(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return (_quotient(f, np.float64(x), 1e-50),)


_FITTING = """\
x = np.float64({x})
h = np.cbrt(np.finfo(float).eps) * max(1, abs(x))
print((f(x + h) - f(x - h)) / (2*h))"""


def _fitting(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return (_quotient(f, point, np.cbrt(np.finfo(float).eps) * max(1, abs(point))),)


# --- the missing brackets

_UNBRACKETED = """\
x = np.float64({x})
h = 1e-4
print((f(x + h) - f(x - h)) / 2*h)"""


def _unbracketed(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return ((f(point + H) - f(point - H)) / 2 * H,)


_BRACKETED = """\
x = np.float64({x})
h = 1e-4
print((f(x + h) - f(x - h)) / (2*h))"""


def _bracketed(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return (_quotient(f, np.float64(x), H),)


# --- an integer array: a gradient loop puts x ± h into the array and calls f

_LOOP = """
h = 1e-4
keep = a[0]
a[0] = keep + h
right = f(np.float64(a[0]))
a[0] = keep - h
left = f(np.float64(a[0]))
print((right - left) / (2*h))"""


def _loop(f: AnyFunction, a: np.ndarray) -> tuple[Any, ...]:
    keep = a[0]
    a[0] = keep + H
    right = f(np.float64(a[0]))
    a[0] = keep - H
    left = f(np.float64(a[0]))
    return ((right - left) / (2 * H),)


_INTEGERS = "a = np.array([{n}])" + _LOOP


def _integers(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _loop(f, np.array([round(x)]))


_FLOATS = "a = np.array([{n}], dtype=float)" + _LOOP


def _floats(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _loop(f, np.array([round(x)], dtype=float))


# --- the same step for every x

_RELATIVE = """\
x = np.float64({x})
h = np.cbrt(np.finfo(float).eps) * abs(x)
print((f(x + h) - f(x - h)) / (2*h))"""


def _relative(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return (_quotient(f, point, np.cbrt(np.finfo(float).eps) * abs(point)),)


# --- across a kink

_ACROSS = """\
x = np.float64({x})
h = 1e-4
g = lambda t: np.maximum(f(t) - f(x), 0)
print((g(x + h) - g(x - h)) / (2*h))"""


def _bent(f: AnyFunction, x: Any) -> AnyFunction:  # noqa: ANN401
    return lambda t: np.maximum(f(t) - f(x), 0)


def _across(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return (_quotient(_bent(f, point), point, H),)


_SIDES = """\
x = np.float64({x})
h = 1e-4
g = lambda t: np.maximum(f(t) - f(x), 0)
left = (g(x) - g(x - h)) / h
right = (g(x + h) - g(x)) / h
print(left, right)"""


def _one_sided(f: AnyFunction, point: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return (f(point) - f(point - H)) / H, (f(point + H) - f(point)) / H


def _sides(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return _one_sided(_bent(f, point), point)


_OWN_SIDES = """\
x = np.float64({x})
h = 1e-4
left = (f(x) - f(x - h)) / h
right = (f(x + h) - f(x)) / h
print(left, right)"""


def _own_sides(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _one_sided(f, np.float64(x))


# --- one double makes everything double

_PROMOTED = """\
x = np.float32({x})
h = np.float64(1e-4)
quotient = (f(x + h) - f(x - h)) / (2*h)
print(quotient.dtype, quotient)"""


def _promoted(f: AnyFunction, x: float) -> tuple[Any, ...]:
    quotient = _quotient(f, np.float32(x), np.float64(H))
    return quotient.dtype, quotient


_KEPT = """\
x = np.float32({x})
h = np.float32(1e-4)
quotient = (f(x + h) - f(x - h)) / (2*h)
print(quotient.dtype, quotient)"""


def _kept(f: AnyFunction, x: float) -> tuple[Any, ...]:
    quotient = _quotient(f, np.float32(x), np.float32(H))
    return quotient.dtype, quotient


# --- f changes what it is given

_CHANGING = """\
x = np.array([{x}])
h = 1e-4
def g(t):
    t /= 2
    return f(2 * t)
right, left = x + h, x - h
print(((g(right) - g(left)) / (right - left))[0])"""


def _halved_in_place(f: AnyFunction) -> AnyFunction:
    def g(t: Any) -> Any:  # noqa: ANN401
        t /= 2
        return f(2 * t)

    return g


def _over_the_nodes(g: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.array([x])
    right, left = point + H, point - H
    return (((g(right) - g(left)) / (right - left))[0],)


def _changing(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _over_the_nodes(_halved_in_place(f), x)


_UNCHANGING = """\
x = np.array([{x}])
h = 1e-4
def g(t):
    t = t / 2
    return f(2 * t)
right, left = x + h, x - h
print(((g(right) - g(left)) / (right - left))[0])"""


def _unchanging(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _over_the_nodes(lambda t: f(2 * (t / 2)), x)


# --- f is not elementwise

_MIXING = """\
x = np.float64({x})
h = 1e-4
def g(t):
    return f(t) * t / np.mean(t)
right, left = g(np.array([x + h, x - h]))
print((right - left) / (2*h))"""


def _over_the_mean(f: AnyFunction) -> AnyFunction:
    return lambda t: f(t) * t / np.mean(t)


def _mixing(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    right, left = _over_the_mean(f)(np.array([point + H, point - H]))
    return ((right - left) / (2 * H),)


_ONE_BY_ONE = """\
x = np.float64({x})
h = 1e-4
def g(t):
    return f(t) * t / np.mean(t)
right, left = g(x + h), g(x - h)
print((right - left) / (2*h))"""


def _one_by_one(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return (_quotient(_over_the_mean(f), np.float64(x), H),)


BUGS: tuple[Bug, ...] = (
    Bug("tiny", Snippet(_TINY, _tiny), Snippet(_FITTING, _fitting)),
    Bug("brackets", Snippet(_UNBRACKETED, _unbracketed), Snippet(_BRACKETED, _bracketed)),
    Bug("integers", Snippet(_INTEGERS, _integers), Snippet(_FLOATS, _floats)),
    Bug("absolute", Snippet(_BRACKETED, _bracketed), Snippet(_RELATIVE, _relative)),
    Bug("kink", Snippet(_ACROSS, _across), Snippet(_SIDES, _sides)),
    Bug("promoted", Snippet(_PROMOTED, _promoted), Snippet(_KEPT, _kept)),
    Bug("changing", Snippet(_CHANGING, _changing), Snippet(_UNCHANGING, _unchanging), _halved_in_place),
    Bug("mixing", Snippet(_MIXING, _mixing), Snippet(_ONE_BY_ONE, _one_by_one), _over_the_mean),
)

OWN_KINK = Bug("own_kink", Snippet(_BRACKETED, _bracketed), Snippet(_OWN_SIDES, _own_sides))
"""Stands in for "kink" where the learner's f has one at x."""


FAR = (1e8, 123456789.0)
"""Where a step of 1e-4 is not large beside the spacing of the numbers; at one of them rounding may cancel by luck."""
STAND_INS = (("3x e^x", 2.0), ("ln x", 2.0))
"""Functions on which every bug shows, where the learner's own does not show it."""
BUDGET = 1.0
"""Seconds in which the learner's function is tried, at x and beside it; after that, the stand-ins are shown."""
_CLEARLY = 10.0
"""A fix is shown if it errs so many times less."""


@dataclass(frozen=True)
class Output:
    """A snippet with the point filled in, and what it prints.

    Attributes
    ----------
    code : str
    values : tuple
        What print is given; the numbers among them are those of NumPy.
    """

    code: str
    values: tuple[Any, ...]

    @property
    def text(self) -> str:
        """What print writes."""
        return " ".join(str(value) for value in self.values)

    @property
    def number(self) -> Any:  # noqa: ANN401 - a NumPy scalar of any precision
        """The last number."""
        return self.values[-1]

    @property
    def is_finite(self) -> bool:
        """True if every printed number is finite."""
        return all(bool(np.isfinite(value)) for value in self.values if isinstance(value, np.generic))


@dataclass(frozen=True)
class Card:
    """One bug on one function at one point.

    Attributes
    ----------
    bug : Bug
    function : Function
    x : float
    is_own, is_here : bool
        False if another function, or another point, had to stand in for the learner's.
    exact : Exact
        f′(x), at x as float32 holds it for the bug that is about float32.
    wrong, fixed : Output
    others : tuple of (str, float)
        What numdiff.derivative and the packages that are installed say of g′(x), which is f′(x); NaN if they raise.
    """

    bug: Bug
    function: Function
    x: float
    is_own: bool
    is_here: bool
    exact: Exact
    wrong: Output
    fixed: Output
    others: tuple[tuple[str, float], ...] = ()


def definition(function: Function) -> str:
    """Return the code that defines f, by our own printer."""
    return to_python(function.tree, function.variables, "f")


def _written(x: float) -> str:
    """Return x as one writes it in Python: ``2.0``, ``1e+08``."""
    short = f"{x:g}"
    return short if "e" in short and float(short) == x else repr(x)


def _output(snippet: Snippet, function: Function, x: float) -> Output:
    code = snippet.code.replace("{x}", _written(x)).replace("{n}", str(round(x)))
    with np.errstate(all="ignore"):
        return Output(code, snippet.run(function, x))


def _is_clear(card: Card) -> bool:
    """Return True if the bug shows here: the fix is right, and the wrong code is not."""
    if not (card.wrong.is_finite and card.fixed.is_finite):
        return False
    if card.bug is OWN_KINK:
        return True
    if card.exact.status != "ok" or card.exact.value == 0:
        return False
    if card.bug.name == "kink":
        left, right = (float(value) for value in card.fixed.values)
        return abs(right - left) > 0.5 * float(abs(card.exact.value))
    if card.bug.name == "promoted":
        return str(card.wrong.values[0]) == "float64" and str(card.fixed.values[0]) == "float32"
    wrong, fixed = (float(deviation(float(output.number), card.exact)) for output in (card.wrong, card.fixed))
    return wrong > _CLEARLY * fixed and fixed < 0.01 * float(abs(card.exact.value))


def _card(bug: Bug, function: Function, x: float, *, is_own: bool, is_here: bool) -> Card:
    point = float(np.float32(x)) if bug.name == "promoted" else x  # abs(x) ≤ 10⁹ fits into float32
    name = variable_of(function)
    exact = exact_derivative(function.tree, {name: Fraction(point)}, name, digits=30)
    wrong, fixed = (_output(snippet, function, x) for snippet in (bug.wrong, bug.fixed))
    return Card(bug, function, x, is_own, is_here, exact, wrong, fixed)


def _others(card: Card) -> tuple[tuple[str, float], ...]:
    """Return what the libraries say of the function that the snippets make of f."""
    if card.bug.black_box is None:
        return ()
    g = card.bug.black_box(card.function)
    return tuple((name, _answer(name, g, card.x)) for name in (OURS, *installed()))


def _answer(name: str, g: AnyFunction, x: float) -> float:
    try:
        with np.errstate(all="ignore"):
            return float(derivative(g, x).df) if name == OURS else ask(name, g, x)[0]
    except TROUBLES:
        return math.nan


def _points(bug: Bug, x: float) -> list[float]:
    """Return the points at which a bug is looked for, the learner's first."""
    if bug.name == "absolute":
        return list(FAR)
    if bug is OWN_KINK:
        return [x]
    points = [x, x + 1, x - 1, x + 0.5, 1.0, 2.0, 0.5]
    return list(dict.fromkeys(float(round(point)) for point in points) if bug.name == "integers" else points)


def _candidates(bug: Bug, function: Function, x: float, deadline: float) -> Iterator[Card | None]:
    """Yield the cards that may be shown, None where there was no time for one."""
    for point in _points(bug, x):
        if time.monotonic() > deadline:
            yield None
            break
        yield _card(bug, function, point, is_own=True, is_here=point == x or bug.name == "absolute")
    for text, other in STAND_INS:
        point = FAR[0] if bug.name == "absolute" else other
        yield _card(bug, function_of(text), point, is_own=False, is_here=False)


def _had_time(answer: tuple[tuple[Card, ...], bool]) -> bool:
    return answer[1]


@kept(is_whole=_had_time)
def _gallery(text: str, x: float) -> tuple[tuple[Card, ...], bool]:
    """Return the gallery, and whether there was time for all that was looked for."""
    function = function_of(text)
    installed()  # imports the other packages, which is nobody's time
    deadline = time.monotonic() + BUDGET
    is_bent = point_kind(function, x).kind == "kink"
    bugs = [OWN_KINK if bug.name == "kink" and is_bent else bug for bug in BUGS]
    cards, is_whole = [], True
    for bug in bugs:
        for card in _candidates(bug, function, x, deadline):
            is_whole = is_whole and card is not None
            if card is not None and _is_clear(card):
                cards.append(replace(card, others=_others(card)))
                break
    return tuple(cards), is_whole


def find(text: str, x: float) -> tuple[Card, ...]:
    """Return the gallery for a function that was understood, at a finite x."""
    return _gallery(text, x)[0]


OURS = "numdiff"
"""The id of our own library among the others."""
_LARGE = 1e6
"""From here on x is written with a power of ten in a sentence."""


def _value(value: object, card: Card, *, is_marked: bool) -> str:
    if not isinstance(value, np.generic) or not is_marked:
        return escape(str(value))
    return digits.marked(str(value), digits.right_digits(value, card.exact.value))


def output_html(output: Output, card: Card, _: Translator) -> str:
    """Return what a snippet prints, digit by digit, with its error where there is one."""
    is_marked = "kink" not in card.bug.name and card.exact.status == "ok"
    text = " ".join(_value(value, card, is_marked=is_marked) for value in output.values)
    note = ""
    if is_marked:
        error = look.deviation(float(output.number), card.exact)
        note = f'<span class="nd-note">{escape(_("bugs.error", error=look.approximate(float(error))))}</span>'
    return f'{look.STYLE}<div class="nd-panel nd-output"><span class="nd-relation">→</span>{text}{note}</div>'


def words(card: Card) -> dict[str, str]:
    """Return everything that the sentences about a card fill in; all of it is computed."""
    whole = round(card.x)
    nodes = (whole + H, whole - H)
    right, left = (sentences.number(node) for node in nodes)
    right_cut, left_cut = (sentences.number(math.trunc(node)) for node in nodes)
    return {
        "x": numbers.step(card.x) if abs(card.x) >= _LARGE else sentences.number(card.x),
        "n": sentences.number(whole),
        "spacing": look.sized(float(np.spacing(abs(card.x)))),
        "right": right,
        "left": left,
        "right_cut": right_cut,
        "left_cut": left_cut,
    }


def notes(card: Card, _: Translator) -> list[str]:
    """Return why the wrong code is wrong, and what the fix does."""
    name, given = card.bug.name, words(card)
    return [_(f"bugs.{name}.why", **given), _(f"bugs.{name}.fix", **given)]


def place_note(card: Card, _: Translator) -> str:
    """Return that another point stands in for the learner's, where one does."""
    if card.is_own and not card.is_here:
        return _("bugs.moved", x=sentences.number(card.x))
    return ""


def _cells(value: float, card: Card, _: Translator) -> list[str]:
    if not math.isfinite(value):
        return [escape(_("methods.failed")), look.NONE]
    return [
        look.number_cell(np.float64(value), card.exact),
        escape(look.approximate(float(deviation(value, card.exact)))),
    ]


def others_html(card: Card, _: Translator) -> str:
    """Return what the libraries say of g′(x), as a table; empty if they were not asked."""
    if not card.others:
        return ""
    rows = [
        look.row(NAMES.get(name, "numdiff.derivative"), _cells(value, card, _), "nd-strong" if name == OURS else "")
        for name, value in card.others
    ]
    heads = [_(f"methods.column.{name}") for name in ("name", "value", "error")]
    return look.panel_html(look.table(_("bugs.others"), heads, rows))


def _side(title: str, output: Output, card: Card, _: Translator) -> None:
    st.markdown(f"**{title}**")
    code = output.code if card.is_own else f"{definition(card.function).strip()}\n\n{output.code}"
    st.code(code, language="python")
    st.html(output_html(output, card, _))


def _draw(number: int, card: Card, _: Translator) -> None:
    st.subheader(f"{number}. {_(f'bugs.{card.bug.name}.title')}", anchor=False)
    if not card.is_own:
        st.markdown(_("bugs.other"))
        st.latex(formula_latex(card.function), width="content")
    elif place := place_note(card, _):
        st.markdown(place)
    why, fix = notes(card, _)
    wrong_place, fixed_place = st.columns(2, gap="medium")
    with wrong_place:
        _side(_("bugs.wrong"), card.wrong, card, _)
        st.markdown(why)
    with fixed_place:
        _side(_("bugs.fixed"), card.fixed, card, _)
        st.markdown(fix)
    if card.others:
        st.markdown(f"**{_('bugs.others')}**")
        st.html(others_html(card, _))


def draw(given: Controls, _: Translator) -> None:
    """Draw the view."""
    cards = find(given.function.text, given.x.value)
    suffix = "_stale" if given.stale else ""
    with st.container(key=f"numbers{suffix}"):
        st.markdown(_("bugs.explain", count=len(BUGS)))
        st.code(definition(function_of(given.function.text)).strip(), language="python")
        for number, card in enumerate(cards, start=1):
            _draw(number, card, _)
