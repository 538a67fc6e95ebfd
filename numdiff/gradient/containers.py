"""Points that are containers of arrays: the parameters of a network in a dict, a list of weights, a labelled series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.precision import as_reals
from numdiff.function import Function
from numdiff.gradient.result import PartialsResult

_COLUMNS = ("df", "error", "step", "success", "status", "reason", "left", "right")


@dataclass(frozen=True)
class Flattened:
    """A function of a container as a function of one vector: ``unpack`` makes the container of a vector again."""

    f: Callable[..., Any]
    at: NDArray[Any]
    unpack: Callable[[Any], Any]

    def restored(self, found: PartialsResult) -> PartialsResult:
        """Return a gradient by the vector with containers for its columns."""
        columns: dict[str, Any] = {name: self.unpack(getattr(found, name)) for name in _COLUMNS}
        return replace(found, **columns)


def flattened(f: Any, at: Any, extra: int = 0) -> Flattened | None:  # noqa: ANN401 - whatever is given
    """Return f and its point flattened if the point is a container of arrays; None if it is an array or numbers.

    ``extra`` is how many further arguments f gets.
    """
    if isinstance(f, Function) or not callable(f):
        return None
    if hasattr(at, "index") and hasattr(at, "to_numpy"):  # a pandas Series
        return _of_series(f, at)
    by_names = isinstance(at, Mapping)
    if by_names:
        takes_one = _takes_one(f, at, extra)
        if not takes_one and _fit(at.values()):
            return None
    elif not isinstance(at, list | tuple) or _fits(at):
        return None
    leaves = list(_leaves(at))
    arrays = [as_reals(leaf, "at") for leaf in leaves]
    sizes = np.cumsum([0, *(array.size for array in arrays)])

    def unpack(x: Any) -> Any:  # noqa: ANN401 - a vector of numbers or a dual one, or columns of vectors
        shapes = [(*array.shape, *np.shape(x)[1:]) for array in arrays]
        parts = [x[a:b].reshape(shape)[()] for a, b, shape in zip(sizes, sizes[1:], shapes, strict=False)]
        return _rebuilt(at, iter(parts))

    def call(x: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        packed = unpack(x)
        return f(**packed, **kwargs) if by_names and not takes_one else f(packed, *args, **kwargs)

    vector = np.concatenate([array.ravel() for array in arrays]) if arrays else np.zeros(0)
    return Flattened(call, vector, unpack)


def _of_series(f: Callable[..., Any], at: Any) -> Flattened:  # noqa: ANN401
    def unpack(x: Any) -> Any:  # noqa: ANN401
        return type(at)(x, index=at.index, dtype=x.dtype)

    def call(x: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if np.ndim(x) > 1 or not isinstance(x, np.ndarray):
            raise TypeError("a series holds one point of plain numbers")
        return f(unpack(x), *args, **kwargs)

    return Flattened(call, at.to_numpy(), unpack)


def _takes_one(f: Callable[..., Any], at: Mapping[str, Any], extra: int) -> bool:
    """Whether f takes the mapping itself: its one parameter, besides the further arguments, is none of the names."""
    try:
        parameters = list(signature(f).parameters.values())
    except (TypeError, ValueError):
        return False
    if any(parameter.kind == parameter.VAR_KEYWORD or parameter.name in at for parameter in parameters):
        return False
    needed = [parameter for parameter in parameters if parameter.default is parameter.empty]
    kinds = {parameter.kind for parameter in needed}
    return len(needed) == 1 + extra and kinds <= {parameters[0].POSITIONAL_OR_KEYWORD, parameters[0].POSITIONAL_ONLY}


def _fit(values: Any) -> bool:  # noqa: ANN401
    """Whether values by name are numbers or arrays of many points."""
    if any(isinstance(value, Mapping) for value in values):
        return False
    try:
        np.broadcast_shapes(*(np.shape(value) for value in values))
    except ValueError:
        return False
    return True


def _fits(at: list[Any] | tuple[Any, ...]) -> bool:
    """Whether a list is one array."""
    if any(isinstance(item, Mapping) for item in at):
        return False
    try:
        return np.asarray(at).dtype.kind != "O" or all(np.ndim(item) == 0 for item in at)
    except ValueError:
        return False


def _leaves(at: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(at, Mapping):
        for item in at.values():
            yield from _leaves(item)
    elif isinstance(at, list | tuple) and not _fits(at):
        for item in at:
            yield from _leaves(item)
    else:
        yield at


def _rebuilt(at: Any, parts: Iterator[Any]) -> Any:  # noqa: ANN401
    if isinstance(at, Mapping):
        return {name: _rebuilt(item, parts) for name, item in at.items()}
    if isinstance(at, list | tuple) and not _fits(at):
        items = [_rebuilt(item, parts) for item in at]
        return type(at)(*items) if hasattr(at, "_fields") else type(at)(items)
    return next(parts)
