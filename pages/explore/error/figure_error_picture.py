"""What the chart of errors shows, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["main", "quiet", "part", "precision"]

Frame = tuple[float, float, float, float]
"""Left, right, bottom, top of the chart as powers of ten."""


@dataclass(frozen=True)
class ErrorLine:
    """One line of the chart.

    Attributes
    ----------
    role : str
        The theme's role that gives colour and dash.
    label : str
        Stands at the line's end.
    steps, errors : ndarray
        Δx > 0 ascending, and the signed errors: the magnitude is drawn, 0 becomes a mark on the floor, NaN a gap.
    kind : {"main", "quiet", "part", "precision"}
        A line in full, one that steps back, a part of another line, or the same scheme in a narrower format.
    """

    role: str
    label: str
    steps: NDArray[np.float64]
    errors: NDArray[np.float64]
    kind: Kind = "main"


@dataclass(frozen=True)
class Slope:
    """A fitted slope, written beside its arm at (step, error): ``words`` ends or begins with ``number``."""

    role: str
    step: float
    error: float
    words: str
    number: str = ""
    is_falling: bool = False


@dataclass(frozen=True)
class Spot:
    """A named point: the learner's Δx, the model's optimal step, the best step measured."""

    role: str
    step: float
    error: float
    words: str
    filled: bool = True


@dataclass(frozen=True)
class Straight:
    """A straight line of the model, from one (step, error) to another."""

    start: tuple[float, float]
    end: tuple[float, float]
    words: str = ""


@dataclass(frozen=True)
class Gap:
    """A stretch of Δx without a value, and why."""

    start: float
    end: float
    words: str


@dataclass(frozen=True)
class ErrorPicture:
    """What is drawn. ``learner`` is Δx itself, marked by a vertical line; ``scale`` is abs(f′(x)), or 0."""

    lines: Sequence[ErrorLine]
    slopes: Sequence[Slope] = ()
    spots: Sequence[Spot] = ()
    model: Sequence[Straight] = ()
    gaps: Sequence[Gap] = ()
    learner: float | None = None
    scale: float = 0.0


@dataclass(frozen=True)
class ErrorLabels:
    """The words of the chart; none of them was typed by a user."""

    step: str
    error: str
    zero: str
    learner: str
