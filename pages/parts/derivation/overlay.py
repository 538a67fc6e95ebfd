"""Two curves that lie on one another: f′ and what is said to be equal to it, by f alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numdiff.derivation.relation.ask import Relation
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.tree import Node
from pages.parts.derivation import cached
from pages.parts.derivation.cached import At
from pages.parts.entries import function_of
from pages.parts.kept import kept
from pages.parts.picture import window_around
from pages.parts.sampling import Curve, sample_curve

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Overlay:
    """Both sides of the equation over a window, drawn from values of f and f′ in float64.

    Attributes
    ----------
    left, right : Curve
    window : (float, float)
    point : (float, float)
        The learner's x, and the left side there.
    """

    left: Curve
    right: Curve
    window: tuple[float, float]
    point: tuple[float, float]


def _prime(relation: Relation) -> str:
    return f"{relation.name}'"


@kept
def overlay(text: str, frozen: str, variable: str, at: At, dx: float) -> Overlay | None:
    """Return the curves, or None where no equation is known.

    Parameters
    ----------
    text : str
        The function as typed.
    frozen : str
        The same as a function of the variable alone, the others held; it gives the window.
    variable : str
    at : tuple of (str, float)
        The value of every variable.
    dx : float
    """
    relation = cached.relation(text, variable)
    if len(relation.note.sides) != 2:
        return None
    tree, values = function_of(text).tree, dict(at)
    left, right = relation.note.sides

    def side(node: Node, x: Floats | float) -> Floats:
        point: dict[str, Floats | float] = {**values, variable: x}
        height, slope = evaluate_dual(tree, point, variable)
        known: dict[str, Floats | float] = {
            **point,
            relation.name: np.asarray(height),
            _prime(relation): np.asarray(slope),
        }
        return np.broadcast_to(np.asarray(evaluate(node, known), dtype=np.float64), np.shape(x))

    x = values[variable]
    window = window_around(function_of(frozen), x, dx, "auto")
    height = float(side(left, x))
    marked = [height] if np.isfinite(height) else []
    first = sample_curve(lambda points: side(left, points), window, marked)
    return Overlay(first, sample_curve(lambda points: side(right, points), window, marked), window, (x, height))
