"""What is to be differentiated and where: functions by name, or any callable of an array, brought to one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import as_dtype, as_reals, common_dtype
from numdiff.evaluate.floats import evaluate
from numdiff.function import Function
from numdiff.gradient.field import Field, Table
from numdiff.gradient.quick import Rows
from numdiff.naming import canonical_name, find_name

Point: TypeAlias = Mapping[str, ArrayLike] | ArrayLike
"""Values by name, or an array."""
Index: TypeAlias = str | int | tuple[int, ...]
"""A variable's name, or its place in the array."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Functions of the same variables and the points at which they are differentiated.

    ``functions`` are the typed ones, empty for a callable; ``shape`` is that of the variables, (n,) for names, and
    ``points`` that which the values of the names broadcast to: () for an array.
    """

    f: Any
    functions: tuple[Function, ...]
    field: Field
    names: tuple[str, ...]
    shape: tuple[int, ...]
    points: tuple[int, ...]
    is_listed: bool = False
    """Whether the typed functions came in a list, so that there is one row for each."""

    @property
    def variables(self) -> int:
        """How many variables there are."""
        return int(self.field.base.shape[0])

    def rows(self, variables: Sequence[int]) -> Rows:
        """Return one row for each of the variables at each point."""
        base = self.field.base
        variable = np.repeat(np.asarray(variables, dtype=np.intp), base.shape[1])
        point = np.tile(np.arange(base.shape[1]), len(variables))
        return Rows(variable, point, base[variable, point].astype(np.float64))

    def call(self, argument: Any) -> Any:  # noqa: ANN401 - dual numbers
        """Return f of one point in the shape that a callable expects: an array, or the values of the names."""
        return self.f(**dict(zip(self.names, argument, strict=True))) if self.names else self.f(argument)

    def place(self, var: Index) -> int:
        """Return which variable is meant by its name or by its index in the array.

        Raises
        ------
        TypeError
            If there is no such variable (a :class:`numdiff.VariableError` for names).
        """
        if self.names:
            return self.names.index(find_name(var, self.names))
        if isinstance(var, str):
            raise TypeError(f"the variables of a function of an array have numbers, not names such as {var!r}")
        try:
            return int(np.ravel_multi_index(var if isinstance(var, tuple) else (var,), self.shape, mode="raise"))
        except ValueError:
            raise TypeError(f"f has no variable {var!r}; the shape of its argument is {self.shape}") from None


def problem(f: AnyFunction | Sequence[AnyFunction], at: Point, dtype: DTypeLike | None) -> Problem:
    """Return what is to be differentiated, everything checked.

    Raises
    ------
    TypeError
        If f is none of the things that can be differentiated, or a variable has no value, two, or is unknown.
    ValueError
        If a value is not real, or the dtype is none of the working precisions.
    """
    listed = isinstance(f, list | tuple)
    functions = tuple(item for item in (f if isinstance(f, list | tuple) else (f,)) if isinstance(item, Function))
    if listed and len(functions) < len(f):  # type: ignore[arg-type]  # a list has a length
        raise TypeError("a list must hold typed functions only; let one callable return an array instead")
    if functions:
        return _typed(functions, at, dtype, listed)
    if not callable(f):
        raise TypeError(f"f must be a Function, a list of them, or a callable, got {type(f).__name__}")
    return _named(f, at, dtype) if isinstance(at, Mapping) else _of_array(f, at, dtype)


def problem_at_a_point(f: AnyFunction, at: Point, dtype: DTypeLike | None) -> Problem:
    """Return what is to be differentiated at one point. ValueError for no variable at all or more points than one."""
    task = problem(f, at, dtype)
    if task.points:
        raise ValueError("at must be one point")
    if not task.variables:
        raise ValueError('there is no variable to check; to check a constant, name one, such as at={"x": 1.0}')
    return task


def _typed(functions: tuple[Function, ...], at: Point, dtype: DTypeLike | None, listed: bool) -> Problem:
    variables = tuple(dict.fromkeys(name for f in functions for name in f.variables))
    every = Function(functions[0].tree, variables, name=functions[0].name)
    if isinstance(at, Mapping):
        given = every.arguments(**at)
    else:
        values = np.asarray(at)
        if values.shape != (len(variables),):
            raise TypeError(f"at must be {len(variables)} values ({', '.join(variables)}) or a mapping of names")
        given = dict(zip(variables, values, strict=True))
    names = tuple(dict.fromkeys((*variables, *given)))
    base, points = _broadcast([given[name] for name in names], dtype)

    def call(table: Table) -> NDArray[Any]:
        arguments = dict(zip(names, table, strict=True))
        values = [evaluate(f.tree, arguments) for f in functions]
        wide = [np.broadcast_to(value, table.shape[1:]) for value in values]  # a constant is one number
        return np.stack(wide) if listed else wide[0]

    shape = (len(functions),) if listed else ()
    field = Field(call, base, shape, is_typed=True)
    return Problem(functions[0], functions, field, names, (len(names),), points, listed)


def _by_place(f: Callable[..., Any]) -> Callable[..., Any]:
    """Return f to be called by names; NumPy's functions and built-in ones take their arguments by place."""
    try:
        parameters = signature(f).parameters.values()
    except (TypeError, ValueError):
        return lambda **named: f(*named.values())
    if any(parameter.kind == parameter.POSITIONAL_ONLY for parameter in parameters) or isinstance(f, np.ufunc):
        return lambda **named: f(*named.values())
    return f


def _named(f: Callable[..., Any], at: Mapping[str, ArrayLike], dtype: DTypeLike | None) -> Problem:
    f, names = _by_place(f), tuple(at)
    base, points = _broadcast(list(at.values()), dtype)
    field = Field(lambda table: f(**dict(zip(names, table, strict=True))), base)
    called = tuple(canonical_name(name) or name for name in names)
    distinct = called if len(set(called)) == len(called) else names  # f(x1, x_1) has two parameters
    return Problem(f, (), field, distinct, (len(names),), points)


def _of_array(f: Callable[[Any], Any], at: ArrayLike, dtype: DTypeLike | None) -> Problem:
    array = _as_real(at)
    shape = array.shape
    working = as_dtype(dtype) if dtype is not None else common_dtype(at)

    def call(table: Table) -> Any:  # noqa: ANN401 - whatever f returns
        return f(table.reshape((*shape, *table.shape[1:]))[()])

    base = array.astype(working).reshape(-1, 1)
    return Problem(f, (), Field(call, base), (), shape, ())


def _broadcast(values: Sequence[ArrayLike], dtype: DTypeLike | None) -> tuple[Table, tuple[int, ...]]:
    """Return the values of the variables at all points, shape (variables, points), and the points' shape."""
    arrays = [_as_real(value) for value in values]
    working = as_dtype(dtype) if dtype is not None else common_dtype(*values)
    shape = np.broadcast_shapes(*(array.shape for array in arrays))
    count = int(np.prod(shape))
    base = np.empty((len(values), count), dtype=working)
    for place, array in enumerate(arrays):
        base[place] = np.broadcast_to(array.astype(working), shape).ravel()
    return base, shape


def _as_real(value: ArrayLike) -> NDArray[Any]:
    array = np.asarray(value)
    return array if array.dtype == bool else as_reals(array, "at")
