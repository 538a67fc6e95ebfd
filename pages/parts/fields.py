"""What a view consists of, and how each of its fields is written into a link and read back.

A link carries the fields of the page that it opens: those that every explorer has, and the page's own options.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from numdiff.network.model import ACTIVATIONS
from numdiff.notation.formula import is_variable
from numdiff.practice.exercise import KINDS
from pages.parts.entries import Problem, parse, read_point, read_step
from pages.parts.lessons import outline

SCHEMES = ("forward", "backward", "central")
"""Difference schemes that have a secant in the picture."""
CURVES = ("forward", "backward", "central", "forward3", "backward3", "central4", "central6", "central8", "complex")
"""Difference schemes whose error can be drawn against Δx."""
DTYPES = ("float16", "bfloat16", "float32", "float64")
WINDOWS = ("auto", "step", "0.01", "0.1", "1", "10", "100")
"""Half-widths of the picture around x; auto follows the function and Δx, step is a few Δx."""
STEP_KINDS = ("nominal", "taken")
VIEWS = ("curve", "methods", "precision", "bugs")
"""What the error page shows."""
CHAIN_VIEWS = ("work", "graph", "rules", "proof")
"""What the page of the chain rule shows."""
SIGNS = ("partial", "total")
"""How a derivative is written: ∂f/∂x as in the lecture, or df/dx."""
REVEALS = ("all", "steps")
"""Whether the derivation is shown at once, or as far as the learner has come."""
KNOWN = ("linear", "power", "exponential", "logarithm", "trigonometric", "product", "quotient", "chain")
"""Families of rules that a learner may know already."""
PARTIAL_VIEWS = ("surface", "contours", "table", "weight")
"""What the page of partial derivatives shows."""
CHECK_VIEWS = ("function", "network")
"""What the page of the gradient check shows."""
QUOTIENTS = ("forward", "central")
"""The quotients that every course writes for a gradient."""
MISTAKES = ("sign", "zero", "twice")
"""What can be wrong with a rule on purpose."""
LOSSES = ("cross_entropy", "squared")
HIDDEN = (2, 4)
"""The least and the greatest number of hidden units."""
SEEDS = (0, 9)
"""The first and the last of the weights to begin with."""
DATA = (0, 3)
"""The first and the last of the data points."""
TENTHS = (1, 12)
"""The least and the greatest p of Δx = 10⁻ᵖ."""
RULES = ("constant", "power", "exponential", "logarithm", "decay")
"""The lecture's standard derivatives."""
FACTORS = (-5.0, 5.0)
"""The least and the greatest a of a·xⁿ; it moves by halves."""
POWERS = (-3, 6)
"""The least and the greatest n."""
SHEETS = ("lecture", "made")
"""The sheets of the practice page: the lecture's own exercises, or made from kinds, level and seed."""
LEVELS = ("1", "2", "3")
SHEET_SEEDS = (1, 999_999)
"""The least and the greatest seed of a sheet."""
ANGLES = (0, 359)
"""The least and the greatest angle of a direction, in whole degrees."""
TERM = 60
"""Characters at most of what is looked up in the glossary."""
MARKS = ("", "1", "2", "3")
"""The parts ①②③ of the lecture's recipe."""


@dataclass(frozen=True)
class View:
    """Everything that a link must carry to show the same again. Ids and typed texts only, never translated labels."""

    f: str = "3x e^x"
    x: str = "2.0"
    dx: str = "1"
    var: str = ""
    at: tuple[tuple[str, str], ...] = ()
    schemes: tuple[str, ...] = ("forward", "central")
    window: str = "auto"
    slope: bool = False
    curves: tuple[str, ...] = ("forward", "central", "central4")
    dtypes: tuple[str, ...] = ("float64",)
    focus: str = "central"
    parts: bool = False
    model: bool = False
    step: str = "nominal"
    zoom: str = "auto"
    present: bool = False
    view: str = "curve"
    chain: str = "work"
    inner: str = ""
    sign: str = "partial"
    reveal: str = "all"
    known: tuple[str, ...] = ()
    section: str = ""
    own_f: str = ""
    own_x: str = ""
    own_dx: str = ""
    own_at: tuple[tuple[str, str], ...] = ()
    rule: str = "power"
    a: float = 3.0
    n: int = 2
    mark: str = ""
    partial: str = "surface"
    angle: int = 30
    beside: str = ""
    sheet: str = "lecture"
    kinds: tuple[str, ...] = ()
    level: str = "1"
    sheet_seed: int = 1
    number: int = 1
    teacher: bool = False
    check: str = "function"
    precision: str = "float64"
    quotient: str = "central"
    broken: str = ""
    mistake: str = "sign"
    hidden: int = 3
    activation: str = "tanh"
    loss: str = "cross_entropy"
    seed: int = 0
    point: int = 1
    tenths: int = 5
    term: str = ""


PLACE = ("f", "x", "dx", "var", "at")
"""The function and the point: what one page hands on to the next."""

STARTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "chain": {"f": "e^(3x^2)", "x": "0.5", "dx": "10^-4"},
        "partial": {"f": "2x + 3xy + y^3", "x": "1", "dx": "0.5", "var": "y", "at": (("x", "1"),)},
        "gradcheck": {"f": "3x ln y + y e^(x^2) + 5", "x": "1", "dx": "10^-4", "at": (("y", "2"),)},
    }
)
"""What a page begins with as long as nothing has been chosen; any other page with the defaults of :class:`View`."""

TYPED = ("f", "x", "dx")
"""The fields in which something is typed: each has a draft, and enters the view only while it is understood."""


@dataclass(frozen=True)
class Field:
    """How one field of the view is written into a link and read back; reading gives None for anything unknown.

    ``pages`` names the pages whose links carry the field; with none, every page's do.
    """

    name: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    pages: tuple[str, ...] = ()


def _text(accept: Callable[[str], object]) -> Callable[[str], str | None]:
    return lambda raw: None if isinstance(accept(raw), Problem) else raw


def _optional_text(raw: str) -> str | None:
    return raw if not raw else _text(parse)(raw)


def one_of(options: Sequence[str]) -> Callable[[str], str | None]:
    """Return a reader that takes one of the options."""
    return lambda raw: raw if raw in options else None


def many_of(options: Sequence[str]) -> Callable[[str], tuple[str, ...] | None]:
    """Return a reader that takes several of the options, joined by dots, in any order."""

    def read(raw: str) -> tuple[str, ...] | None:
        names = raw.split(".") if raw else []
        return tuple(name for name in options if name in names) if set(names) <= set(options) else None

    return read


def switch(name: str, *pages: str) -> Field:
    """Return a field that is on or off."""
    return Field(name, lambda on: str(int(on)), {"0": False, "1": True}.get, pages)


def _unless_empty(accept: Callable[[str], object]) -> Callable[[str], str | None]:
    """Return a reader of what a learner typed into a lesson; nothing stands for the lesson's own."""
    return lambda raw: raw if not raw else _text(accept)(raw)


def _number_in(least: float, greatest: float, step: float) -> Callable[[str], float | None]:
    def read(raw: str) -> float | None:
        try:
            value = float(raw)
        except ValueError:
            return None
        return value if least <= value <= greatest and value % step == 0 else None

    return read


def _whole(raw: str) -> int | None:
    value = _number_in(*POWERS, 1)(raw)
    return None if value is None else int(value)


def _angle(raw: str) -> int | None:
    value = _number_in(*ANGLES, 1)(raw)
    return None if value is None else int(value)


def _integer_in(least: int, greatest: int) -> Callable[[str], int | None]:
    return {str(number): number for number in range(least, greatest + 1)}.get


def _edge(raw: str) -> str | None:
    """Return an edge of a graph: ``v4.1`` leads to the node v4 from its second operand; nothing is none."""
    return raw if re.fullmatch(r"(v\d{1,3}\.\d{1,3})?", raw, re.ASCII) else None


def _counting(most: int) -> Callable[[str], int | None]:
    """Return a reader that takes 1, 2, … up to the greatest."""

    def read(raw: str) -> int | None:
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 and 1 <= int(raw) <= most else None

    return read


def _short(raw: str) -> str | None:
    return raw if len(raw) <= TERM else None


def _variable(raw: str) -> str | None:
    return raw if not raw or _is_name(raw) else None


def _is_name(raw: str) -> bool:
    return is_variable(raw)


def _write_at(values: tuple[tuple[str, str], ...]) -> str:
    return ";".join(f"{name}={text}" for name, text in values)


def _read_at(raw: str) -> tuple[tuple[str, str], ...] | None:
    """Return the values of variables from ``y=2;z=π/2``."""
    pairs = [part.partition("=") for part in raw.split(";")] if raw else []
    names = [name for name, _, _ in pairs]
    is_sound = len(names) == len(set(names)) <= 12 and all(map(_is_name, names))
    if not is_sound or any(isinstance(read_point(text), Problem) for _, _, text in pairs):
        return None
    return tuple((name, text) for name, _, text in pairs)


def _zoom(raw: str) -> str | None:
    return raw if raw == "auto" or read_zoom(raw) else None


def read_zoom(raw: str) -> tuple[float, float, float, float] | None:
    """Return what is seen of the plane, centre and half-sizes ``x,y,w,h``; None for anything else (``auto``)."""
    try:
        x, y, width, height = (float(part) for part in raw.split(","))
    except ValueError:
        return None
    is_frame = all(map(math.isfinite, (x, y, width, height))) and width > 0 and height > 0
    return (x, y, width, height) if is_frame else None


FIELDS: tuple[Field, ...] = (
    Field("f", str, _text(parse)),
    Field("x", str, _text(read_point)),
    Field("dx", str, _text(read_step)),
    Field("var", str, _variable),
    Field("at", _write_at, _read_at),
    Field("schemes", ".".join, many_of(SCHEMES), ("secant", "partial")),
    Field("window", str, one_of(WINDOWS), ("secant",)),
    switch("slope", "secant"),
    Field("curves", ".".join, many_of(CURVES), ("error",)),
    Field("dtypes", ".".join, many_of(DTYPES), ("error",)),
    Field("focus", str, one_of(CURVES), ("error",)),
    switch("parts", "error"),
    switch("model", "error"),
    Field("step", str, one_of(STEP_KINDS), ("error",)),
    Field("zoom", str, _zoom, ("secant", "partial")),
    switch("present"),
    Field("view", str, one_of(VIEWS), ("error",)),
    Field("chain", str, one_of(CHAIN_VIEWS), ("chain",)),
    Field("inner", str, _optional_text, ("chain", "chainrule")),
    Field("sign", str, one_of(SIGNS), ("chain", "chainrule")),
    Field("reveal", str, one_of(REVEALS), ("chain",)),
    Field("known", ".".join, many_of(KNOWN), ("chain",)),
    Field("section", str, one_of(("", *outline.sections())), outline.SLUGS),
    Field("own_f", str, _unless_empty(parse), outline.SLUGS),
    Field("own_x", str, _unless_empty(read_point), outline.SLUGS),
    Field("own_dx", str, _unless_empty(read_step), outline.SLUGS),
    Field("own_at", _write_at, _read_at, outline.SLUGS),
    Field("rule", str, one_of(RULES), ("standard",)),
    Field("a", "{:g}".format, _number_in(*FACTORS, 0.5), ("standard",)),
    Field("n", str, _whole, ("standard",)),
    Field("mark", str, one_of(MARKS), ("numerical",)),
    Field("partial", str, one_of(PARTIAL_VIEWS), ("partial",)),
    Field("angle", str, _angle, ("partial",)),
    Field("beside", str, _variable, ("partial",)),
    Field("sheet", str, one_of(SHEETS), ("practice",)),
    Field("kinds", ".".join, many_of(KINDS), ("practice",)),
    Field("level", str, one_of(LEVELS), ("practice",)),
    Field("sheet_seed", str, _integer_in(*SHEET_SEEDS), ("practice",)),
    Field("number", str, _counting(99), ("practice",)),
    switch("teacher", "practice"),
    Field("check", str, one_of(CHECK_VIEWS), ("gradcheck",)),
    Field("precision", str, one_of(DTYPES), ("gradcheck",)),
    Field("quotient", str, one_of(QUOTIENTS), ("gradcheck",)),
    Field("broken", str, _edge, ("gradcheck",)),
    Field("mistake", str, one_of(MISTAKES), ("gradcheck",)),
    Field("hidden", str, _integer_in(*HIDDEN), ("gradcheck",)),
    Field("activation", str, one_of(ACTIVATIONS), ("gradcheck",)),
    Field("loss", str, one_of(LOSSES), ("gradcheck",)),
    Field("seed", str, _integer_in(*SEEDS), ("gradcheck",)),
    Field("point", str, _integer_in(*DATA), ("gradcheck",)),
    Field("tenths", str, _integer_in(*TENTHS), ("gradcheck",)),
    Field("term", str, _short, ("glossary",)),
)
