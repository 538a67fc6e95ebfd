"""The chain in numbers: each factor at a point, their products, and the sum over the ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.derivation.chain.exact import needed
from numdiff.derivation.chain.stages import Factor, Path
from numdiff.derivation.steps import Derivative, Line
from numdiff.evaluate.floats import evaluate
from numdiff.evaluate.forward import evaluate_dual
from numdiff.naming import by_name
from numdiff.tree import Node


@dataclass(frozen=True)
class FactorValue:
    """A factor and its number: NaN where what it differentiates has no derivative."""

    factor: Factor
    value: float


@dataclass(frozen=True)
class PathValue:
    """The factors of one path and their product, multiplied in float64 from left to right."""

    factors: tuple[FactorValue, ...]
    product: float


@dataclass(frozen=True)
class ChainValues:
    """The chain at a point.

    Attributes
    ----------
    at : Mapping[str, float]
        The point, and the values there of all inner functions, by name.
    paths : tuple[PathValue, ...]
        One for each way from the function to the variable; none where the chain rule alone does not do.
    total : float
        f′ at the point: the products of the paths added up from left to right in float64, or, where there are no
        paths, the value of the tidied derivative.
    """

    at: Mapping[str, float]
    paths: tuple[PathValue, ...]
    total: float


def point_of(names: Sequence[str], at: Mapping[str, Any]) -> dict[str, float]:
    """Return a value for each variable, given by any spelling of its name; other names are left out.

    Raises
    ------
    TypeError
        If a variable has no value, or two.
    """
    given = {name: float(value) for name, value in by_name(at, names).items()}
    missing = [name for name in names if name not in given]
    if missing:
        raise TypeError(f"a value is needed for {', '.join(missing)}")
    return {name: given[name] for name in names}


def inner_values(definitions: Mapping[str, Node], at: Mapping[str, float]) -> dict[str, float]:
    """Return the point with the values of the inner functions added; a definition may use later ones."""
    values = dict(at)
    for name, definition in reversed(list(definitions.items())):
        values[name] = float(evaluate(definition, values))
    return values


def path_value(path: Path, at: Mapping[str, float]) -> PathValue:
    """Return the numbers of a path's factors and their product."""
    factors = tuple(FactorValue(factor, factor_value(factor, at)) for factor in path)
    product = factors[0].value
    with np.errstate(all="ignore"):
        for factor in factors[1:]:
            product = float(np.float64(product) * np.float64(factor.value))
    return PathValue(factors, product)


def factor_value(factor: Factor, at: Mapping[str, float]) -> float:
    """Return the value of the local derivative; NaN at a kink or a jump, where the formula may still have one."""
    of = factor.derivative.of
    _, slope = evaluate_dual(of, dict(at), factor.bottom)
    return float("nan") if np.isnan(slope) else float(evaluate(factor.local, dict(at)))


class FloatTable:
    """Values of lines at points in float64, at all of them at once; parameters as for the exact table."""

    def __init__(self, definitions: Mapping[str, Node], points: Sequence[Mapping[str, Any]]) -> None:
        names = points[0] if points else ()
        self._point: dict[str, Any] = {name: np.array([float(point[name]) for point in points]) for name in names}
        for name, definition in reversed(list(definitions.items())) if points else ():
            self._point[name] = evaluate(definition, self._point)
        self._slopes: dict[Derivative, Any] = {}
        self._shape = (len(points),)

    def column(self, line: Line) -> NDArray[np.float64]:
        """Return the values of a line, of shape (n,); NaN or infinite where it has none in float64."""
        for derivative in line.open.values():
            if derivative not in self._slopes:
                self._slopes[derivative] = self._slope(derivative)
        slopes = {name: self._slopes[derivative] for name, derivative in line.open.items()}
        values = evaluate(line.tree, needed(line.tree, {**self._point, **slopes}))
        return np.broadcast_to(np.asarray(values, dtype=np.float64), self._shape)

    def _slope(self, derivative: Derivative) -> Any:  # noqa: ANN401 - NumPy's numbers
        moving = {derivative.variable: self._point[derivative.variable]}
        return evaluate_dual(derivative.of, {**needed(derivative.of, self._point), **moving}, derivative.variable)[1]
