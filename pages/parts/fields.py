"""What a view consists of, and how each of its fields is written into a link and read back.

Every page has the place: the function and the point. A page's own options are a subclass of :class:`Place` in the
page's folder, in which each field is one row: its start, its reader and its writer. Fields with one name are one field,
whichever pages have it, so what two pages share is written down once, here or in a class that both inherit from.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from numdiff.difference.schemes import with_secant
from numdiff.notation.formula import is_variable
from pages.parts.entries import Problem, parse, read_point, read_step

SCHEMES = with_secant()
"""Difference schemes that have a secant in the picture."""
DTYPES = ("float16", "bfloat16", "float32", "float64")

T = TypeVar("T")


@dataclass(frozen=True)
class Field:
    """How one field of a view is written into a link and read back; reading gives None for anything unknown."""

    default: Any
    read: Callable[[str], Any]
    write: Callable[[Any], str]


def option(default: T, read: Callable[[str], T | None], write: Callable[[T], str] = str) -> T:
    """Declare a field of a view: what it starts with, and how a link has it."""
    declared: T = dataclasses.field(default=default, metadata={"link": Field(default, read, write)})
    return declared


def fields_of(kind: type[Place]) -> Mapping[str, Field]:
    """Return the fields of a kind of view by name, those of the place first."""
    return _declared(kind)  # type: ignore[arg-type]  # mypy takes the class's __hash__ for that of classes


@cache  # every move asks for them many times
def _declared(kind: type[Place]) -> Mapping[str, Field]:
    return MappingProxyType({item.name: item.metadata["link"] for item in dataclasses.fields(kind)})


def text(accept: Callable[[str], object]) -> Callable[[str], str | None]:
    """Return a reader that takes a text as it stands, if it is understood."""
    return lambda raw: None if isinstance(accept(raw), Problem) else raw


def text_or_nothing(accept: Callable[[str], object]) -> Callable[[str], str | None]:
    """Return a reader that takes a text that is understood, or none; nothing stands for what the page has itself."""
    return lambda raw: text(accept)(raw) if raw else raw


def one_of(options: Collection[str]) -> Callable[[str], str | None]:
    """Return a reader that takes one of the options."""
    return lambda raw: raw if raw in options else None


def many_of(options: Collection[str]) -> Callable[[str], tuple[str, ...] | None]:
    """Return a reader that takes several of the options, joined by dots, in any order."""

    def read(raw: str) -> tuple[str, ...] | None:
        names = raw.split(".") if raw else []
        return tuple(name for name in options if name in names) if set(names) <= set(options) else None

    return read


def switch() -> bool:
    """Declare a field that is on or off, and off at first."""
    return option(False, {"0": False, "1": True}.get, lambda on: str(int(on)))


def number_in(least: float, greatest: float, step: float) -> Callable[[str], float | None]:
    """Return a reader that takes a multiple of a step between two bounds."""

    def read(raw: str) -> float | None:
        try:
            value = float(raw)
        except ValueError:
            return None
        return value if least <= value <= greatest and value % step == 0 else None

    return read


def whole_in(least: int, greatest: int) -> Callable[[str], int | None]:
    """Return a reader that takes a whole number between two bounds, however it is written (``2.0``)."""

    def read(raw: str) -> int | None:
        value = number_in(least, greatest, 1)(raw)
        return None if value is None else int(value)

    return read


def integer_in(least: int, greatest: int) -> Callable[[str], int | None]:
    """Return a reader that takes an integer between two bounds in its one spelling."""

    def read(raw: str) -> int | None:
        value = int(raw) if re.fullmatch(r"-?[0-9]{1,9}", raw) else None
        return value if value is not None and str(value) == raw and least <= value <= greatest else None

    return read


def read_variable(raw: str) -> str | None:
    """Return the name of a variable, or nothing for none in particular."""
    return raw if not raw or is_variable(raw) else None


def write_at(values: tuple[tuple[str, str], ...]) -> str:
    """Write the values of variables as ``y=2;z=π/2``."""
    return ";".join(f"{name}={text}" for name, text in values)


def read_at(raw: str) -> tuple[tuple[str, str], ...] | None:
    """Return the values of variables from ``y=2;z=π/2``."""
    pairs = [part.partition("=") for part in raw.split(";")] if raw else []
    names = [name for name, _, _ in pairs]
    is_sound = len(names) == len(set(names)) <= 12 and all(map(is_variable, names))
    if not is_sound or any(isinstance(read_point(text), Problem) for _, _, text in pairs):
        return None
    return tuple((name, text) for name, _, text in pairs)


@dataclass(frozen=True)
class Place:
    """What every page has: the function, the point, and whether large type is shown.

    Ids and typed texts only, never translated labels.
    """

    f: str = option("3x e^x", text(parse))
    x: str = option("2.0", text(read_point))
    dx: str = option("1", text(read_step))
    var: str = option("", read_variable)
    at: tuple[tuple[str, str], ...] = option((), read_at, write_at)
    present: bool = switch()


PLACE = ("f", "x", "dx", "var", "at")
"""The function and the point: what one page hands on to the next."""
TYPED = ("f", "x", "dx")
"""The fields in which something is typed: each has a draft, and enters the view only while it is understood."""


def read_zoom(raw: str) -> tuple[float, float, float, float] | None:
    """Return what is seen of the plane, centre and half-sizes ``x,y,w,h``; None for anything else (``auto``)."""
    try:
        x, y, width, height = (float(part) for part in raw.split(","))
    except ValueError:
        return None
    is_frame = all(map(math.isfinite, (x, y, width, height))) and width > 0 and height > 0
    return (x, y, width, height) if is_frame else None


def _zoom(raw: str) -> str | None:
    return raw if raw == "auto" or read_zoom(raw) else None


@dataclass(frozen=True)
class Drawing(Place):
    """What pages with the canvas share: whose secants are drawn, and where a hand has zoomed to."""

    schemes: tuple[str, ...] = option(("forward", "central"), many_of(SCHEMES), ".".join)
    zoom: str = option("auto", _zoom)


SIGNS = ("partial", "total")
"""How a derivative is written: ∂f/∂x as in the lecture, or df/dx."""


@dataclass(frozen=True)
class Composition(Place):
    """What pages with the chain rule share: the inner function that was chosen, and the sign of a derivative."""

    inner: str = option("", text_or_nothing(parse))
    sign: str = option("partial", one_of(SIGNS))
