"""Tree to values in NumPy, in the dtype asked for.

Every operation, constants included, is carried out in that dtype: float16, bfloat16, float32, float64, longdouble,
complex64 or complex128. In float64 the result is bit for bit what the printed Python computes with the same kind of
argument: a scalar runs through NumPy's scalar operators (x**2 is C's pow), an array through its array operators
(x**2 is a square), and these may differ in the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import ml_dtypes
import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.evaluate.operations import operation
from numdiff.evaluate.tape import Tape, compile_tape
from numdiff.functions.recipes import Value
from numdiff.tree import Node

DType: TypeAlias = np.dtype[Any]

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
_NATIVE = "efdgFDG"


MANY = -2
"""In the place of a second operand: the operation takes the values of all instructions."""


def _of_many(function: Callable[..., Value], operands: tuple[int, ...]) -> Callable[[list[Value]], Value]:
    """Return an operation as a function of the list of all values."""
    return lambda values: function(*(values[place] for place in operands))


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A tape made ready for one dtype: constants are computed, each operation is bound to its NumPy function.

    ``registers`` has one place per instruction, filled for the constant ones; ``steps`` are (place, function, first
    operand, second operand or −1) for the others; ``inputs`` are (place, name). A step of more operands takes the list
    of all values: its second operand is :data:`MANY`.
    """

    registers: tuple[Value, ...]
    inputs: tuple[tuple[int, str], ...]
    steps: tuple[tuple[int, Callable[..., Value], int, int], ...]

    def run(self, arguments: Mapping[str, Value]) -> list[Value]:
        """Return the value of every instruction. Call it inside ``np.errstate(all="ignore")``."""
        values = list(self.registers)
        for place, name in self.inputs:
            values[place] = arguments[name]
        for place, function, first, second in self.steps:
            if second == MANY:
                values[place] = function(values)
            else:
                values[place] = function(values[first]) if second < 0 else function(values[first], values[second])
        return values


@lru_cache(maxsize=512)
def program(tape: Tape, dtype: DType) -> Program:
    """Return the tape bound to a dtype, its constant part already computed."""
    active = tape.depends_on(*tape.variables)
    registers: list[Value] = []
    inputs: list[tuple[int, str]] = []
    steps: list[tuple[int, Callable[..., Value], int, int]] = []
    for place, instruction in enumerate(tape.instructions):
        if instruction.op == "variable":
            inputs.append((place, str(instruction.parameter)))
            registers.append(None)
            continue
        function = operation(instruction, dtype)
        if active[place]:
            first, second = (*instruction.operands, -1)[:2]
            if len(instruction.operands) > 2:
                function, second = _of_many(function, instruction.operands), MANY
            steps.append((place, function, first, second))
            registers.append(None)
        else:
            registers.append(function(*(registers[operand] for operand in instruction.operands)))
    return Program(tuple(registers), tuple(inputs), tuple(steps))


def check_dtype(dtype: DTypeLike) -> DType:
    """Return the dtype, or raise TypeError if it is not a floating or complex one."""
    wanted = np.dtype(dtype)
    if wanted.char in _NATIVE or wanted == BFLOAT16:
        return wanted
    raise TypeError(f"dtype must be a float or complex type, got {wanted.name}")


def _as_float(value: complex) -> complex:
    """Return a Python number as float or complex; an integer beyond the range is infinite."""
    if isinstance(value, complex):
        return value
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _as_array(name: str, value: ArrayLike) -> tuple[Value, DType | None]:
    """Return the argument and its floating dtype; a Python number has none and takes that of the others."""
    if isinstance(value, int | float | complex) and not isinstance(value, np.generic):
        return _as_float(value), None
    array = np.asarray(value)
    if array.dtype.kind in "biu":
        return array, np.dtype(np.float64)
    if array.dtype.char in _NATIVE or array.dtype == BFLOAT16:
        return array, array.dtype
    raise TypeError(f"argument {name!r} must be real or complex numbers, got dtype {array.dtype.name}")


def prepare(
    names: tuple[str, ...], arguments: Mapping[str, ArrayLike], dtype: DTypeLike | None
) -> tuple[dict[str, Value], DType, tuple[int, ...]]:
    """Return the arguments in one dtype (0-d ones as scalars), that dtype, and the shape they broadcast to.

    Raises
    ------
    TypeError
        For a missing argument, an argument that is not numeric, or a dtype that is not a floating one.
    ValueError
        If the shapes do not broadcast.
    """
    missing = [name for name in names if name not in arguments]
    if missing:
        raise TypeError(f"missing argument {missing[0]!r}")
    given = {name: _as_array(name, value) for name, value in arguments.items()}
    if dtype is None:
        strong = [kind for _, kind in given.values() if kind is not None]
        wanted = np.result_type(*strong) if strong else np.dtype(np.float64)
        if wanted.kind != "c" and any(isinstance(value, complex) for value, _ in given.values()):
            wanted = np.result_type(wanted, np.complex64)
    else:
        wanted = check_dtype(dtype)
    cast = {name: _cast(value, wanted) for name, (value, _) in given.items()}
    shapes = [value.shape for value in cast.values()]
    shape = shapes[0] if len(shapes) == 1 else np.broadcast_shapes(*shapes)
    return cast, wanted, shape


def _cast(value: Value, dtype: DType) -> Value:
    array = np.asarray(value)
    if array.dtype.kind == "c" and dtype.kind != "c":
        raise TypeError(f"a complex argument does not fit the dtype {dtype.name}")
    return array.astype(dtype, copy=False)[()] if array.ndim == 0 else array.astype(dtype, copy=False)


def fill(value: Value, shape: tuple[int, ...], dtype: DType) -> Value:
    """Return the value in the given shape: a new array, or a NumPy scalar for the shape ()."""
    if shape == ():
        return value
    if value.shape == shape and isinstance(value, np.ndarray):
        return value
    return np.full(shape, value, dtype)


def evaluate(
    tree: Node, arguments: Mapping[str, ArrayLike], dtype: DTypeLike | None = None
) -> np.ndarray[Any, Any] | np.generic:
    """Return the value of the tree.

    Parameters
    ----------
    tree : Node
        An expression, as the parser gives it.
    arguments : mapping of str to array_like
        A value for each variable; they broadcast. Names that the tree does not contain take part in the shape.
        Integers and booleans become float64; Python numbers take the dtype of the other arguments.
    dtype : dtype, optional
        The floating or complex type to compute in; by default the common type of the arguments. Where a function is
        not analytic (abs, floor, max and what else is made of pieces) its complex value is NaN.

    Returns
    -------
    numpy.ndarray or numpy.generic
        In the shape the arguments broadcast to (a NumPy scalar for scalars) and the dtype computed in. NaN or inf at
        poles, outside the domain and on overflow, without a warning.

    Raises
    ------
    TypeError
        For a missing or non-numeric argument, or a dtype that is not a floating one.
    ValueError
        If the shapes do not broadcast.
    """
    tape = compile_tape(tree)
    with np.errstate(all="ignore"):
        cast, wanted, shape = prepare(tape.variables, arguments, dtype)
        value = program(tape, wanted).run(cast)[-1]
        if tape.instructions[-1].op == "variable" and shape != ():
            value = value.copy()
        return fill(value, shape, wanted)  # type: ignore[no-any-return]
