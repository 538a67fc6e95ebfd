"""The canvas as a Streamlit component: what is sent to the browser, and what comes back when a hand lets go."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts import state
from pages.parts.canvas.script import packed, skeleton, style
from pages.parts.entries import POINT_LIMIT, STEP_LIMITS
from pages.parts.fields import SCHEMES

Zoom = tuple[float, float, float, float]
"""What is seen of the plane: centre x and y, half-width and half-height."""


Heights = tuple[tuple[float | str, ...], tuple[float | str, ...]]
"""Values of f on the right of x and on its left, x itself first."""


@dataclass(frozen=True)
class Known:
    """What the server knows about f at one x; the browser shows it for just this x.

    Attributes
    ----------
    x : float
    value, rest : float or None
        The float64 nearest to f′(x), and what is missing from it, so that errors near it can be told; None if there
        is no derivative.
    text, relation : str
        f′(x) as it is shown, and "=" or "≈" before it.
    errors : dict
        For each scheme the signed errors at numdiff's default steps, None where there is none.
    overflows : bool
        Whether f is too large here for float64, and f′(x) even to be worked out.
    """

    x: float
    value: float | None
    rest: float | None
    text: str
    relation: str
    errors: dict[str, list[float | None]]
    overflows: bool = False


@dataclass(frozen=True)
class Scene:
    """What the page asks the canvas to show.

    Attributes
    ----------
    code : str
        f as numdiff prints it in JavaScript, without helpers: never a text that a user typed.
    title : str
        f on one line, as numdiff prints it (numdiff.printing.text); shown as text only.
    x, dx : float
    schemes : sequence of str
    known : Known or None
    zoom : Zoom or None
        A frame that was chosen by hand; None fits the picture to the function.
    present : bool
        Whether it opens in projection mode.
    plain : bool
        Only the picture, the limit's animation and the quotients that are chosen: for a lesson, which has its own
        projection mode.
    name : str
        Of the variable that moves; shown as text only.
    heights : pair of sequences, or None
        f as float64 computes it at x + s, and at x − s, for the steps s that :func:`cached.heights` names; where
        it is no finite number, its name in JavaScript. The browser shows these instead of its own values, from which
        they may differ in the last places, or altogether where f makes much of the last places.
    """

    code: str
    title: str
    x: float
    dx: float
    schemes: Sequence[str]
    known: Known | None = None
    zoom: Zoom | None = None
    present: bool = False
    plain: bool = False
    name: str = "x"
    heights: Heights | None = None


@dataclass(frozen=True)
class Moved:
    """Where a hand has left the canvas."""

    x: float
    dx: float
    schemes: tuple[str, ...]
    zoom: Zoom | None
    present: bool


@dataclass
class _Agreed:
    """The last state that both sides know of; the browser takes the server's only with a new revision."""

    revision: int = 0
    scene: tuple[object, ...] = ()


_canvas = st.components.v2.component("numdiff_canvas", html=skeleton(), css=style(), js=packed())


def _finite(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) else None  # type: ignore[arg-type]  # a number


def _zoom(value: object) -> Zoom | None:
    if not isinstance(value, list | tuple) or len(value) != 4:
        return None
    x, y, half_width, half_height = (_finite(part) for part in value)
    if x is None or y is None or half_width is None or half_height is None:
        return None
    return (x, y, half_width, half_height) if half_width > 0 and half_height > 0 else None


def read_moved(value: object) -> Moved | None:
    """Return what the browser sent, or None if it is nothing that our script sends."""
    if not isinstance(value, dict):
        return None
    x, dx, schemes = _finite(value.get("x")), _finite(value.get("dx")), value.get("schemes")
    if x is None or dx is None or abs(x) > POINT_LIMIT or not STEP_LIMITS[0] <= dx <= STEP_LIMITS[1]:
        return None
    if not isinstance(schemes, list) or any(name not in SCHEMES for name in schemes):
        return None
    chosen = tuple(name for name in SCHEMES if name in schemes)
    return Moved(x, dx, chosen, _zoom(value.get("zoom")), value.get("present") is True)


def _agreed(key: str) -> _Agreed:
    agreed: _Agreed = state.own(f"{key}_agreed", _Agreed)
    return agreed


def _signature(code: str, x: float, dx: float, schemes: Sequence[str], zoom: Zoom | None) -> tuple[object, ...]:
    return (code, x, dx, tuple(schemes), zoom)


def _take(key: str, code: str, on_move: Callable[[Moved], None]) -> None:
    value: Any = state.get(key)["moved"]
    moved, agreed = read_moved(value), _agreed(key)
    if moved is None or value.get("revision") != agreed.revision:
        return  # drawn for a function or a point that has been replaced meanwhile
    agreed.scene = _signature(code, moved.x, moved.dx, moved.schemes, moved.zoom)
    on_move(moved)


def sent(scene: Scene, language: str, revision: int) -> dict[str, object]:
    """Return what the browser gets for a scene; it takes x and Δx from it only with a new revision."""
    known = scene.known
    return {
        "revision": revision,
        "language": language,
        "code": scene.code,
        "title": scene.title,
        "name": scene.name,
        "x": scene.x,
        "dx": scene.dx,
        "heights": scene.heights,
        "schemes": list(scene.schemes),
        "zoom": list(scene.zoom) if scene.zoom else None,
        "present": scene.present,
        "keyed": not scene.plain,
        "plain": scene.plain,
        "exact": known
        and {
            "x": known.x,
            "value": known.value,
            "low": known.rest,
            "text": known.text,
            "relation": known.relation,
            "errors": known.errors,
            "overflows": known.overflows,
        },
    }


def canvas(scene: Scene, language: str, *, key: str, on_move: Callable[[Moved], None]) -> None:
    """Draw the live canvas.

    Parameters
    ----------
    scene : Scene
    language : str
        "ko" or "en"; the words are in the script.
    key : str
        The canvas's place on the page.
    on_move : callable
        Called before the rerun that follows when a hand lets go, with what it has left.
    """
    agreed, wanted = _agreed(key), _signature(scene.code, scene.x, scene.dx, scene.schemes, scene.zoom)
    if agreed.scene != wanted:
        agreed.revision, agreed.scene = agreed.revision + 1, wanted
    data = sent(scene, language, agreed.revision)
    _canvas(data=data, key=key, on_moved_change=lambda: _take(key, scene.code, on_move))
