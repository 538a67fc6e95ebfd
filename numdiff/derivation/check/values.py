"""The values of many lines at once: one tape for all of them, the open derivatives from forward differentiation.

Forward differentiation takes the slopes of functions from their rows, as the rules do that are checked. So it is
believed only where the complex step agrees with it, Im f(x + ih)/h, which is made of values alone (Squire, Trapp, Using
complex variables to estimate derivatives of real functions, SIAM Review 40, 1998); there a function made of pieces is
the piece that holds at x.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from numdiff.derivation.steps import Line
from numdiff.evaluate.choice import Choice, Test, Verdict, in_floats, pick
from numdiff.evaluate.forms import compiled
from numdiff.evaluate.forward import slopes
from numdiff.evaluate.operations import operation
from numdiff.evaluate.tape import Builder, Instruction, Tape
from numdiff.functions import trees
from numdiff.functions.registry import pieces
from numdiff.functions.registry import row as row_of
from numdiff.tree import IndexedSum, Node, expand_sums

Floats: TypeAlias = NDArray[np.float64]

_DTYPE, _COMPLEX = np.dtype(np.float64), np.dtype(np.complex128)
_STEP = 1e-20
_AGREEMENT = 1e-9
"""The greatest relative difference from the complex step at which a derivative is believed."""


class _Places(Builder):
    """A tape's builder that looks at each node object once, and takes open derivatives as inputs."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[int, tuple[Node, int]] = {}
        self.inputs: Mapping[str, str] = {}

    def node(self, node: Node) -> int:
        """Write a sub-expression and return the place of its value."""
        seen = self._seen.get(id(node))
        if seen is None:
            # the node is kept, so that its id is not given to another one
            written_out = expand_sums(node) if isinstance(node, IndexedSum) else node
            seen = self._seen[id(node)] = (node, super().node(written_out))
        return seen[1]

    def variable(self, name: str) -> int:
        """Write a variable; a placeholder is the input that holds the derivative it stands for."""
        return super().variable(self.inputs.get(name, name))


def line_values(lines: Iterable[Line], points: Mapping[str, Floats], variable: str) -> list[Floats]:
    """Return the values of lines at points, in float64.

    Parameters
    ----------
    lines : iterable of Line
        All their open derivatives are by the same variable.
    points : mapping of str to ndarray
        For each variable its values, of shape (n,).
    variable : str
        The variable to differentiate by.

    Returns
    -------
    list of ndarray
        For each line its values, of shape (n,); NaN or infinite where it has none in float64.
    """
    lines, builder = tuple(lines), _Places()
    inner = [{mark: builder.node(derivative.of) for mark, derivative in line.open.items()} for line in lines]
    first = len(builder.places)
    places = []
    for line, marks in zip(lines, inner, strict=True):
        builder.inputs = {mark: f"∂{place}" for mark, place in marks.items()}
        places.append(builder.node(line.tree))
    steps = tuple(builder.places)
    shape = next(iter(points.values())).shape
    with np.errstate(all="ignore"):
        inputs: dict[str, Any] = dict(points)
        values = _run(steps[:first], inputs, [])
        seed = builder.places.get(Instruction("variable", (), variable))
        tape = Tape(steps[:first], tuple(points))
        derived = [0.0] * first if seed is None or seed >= first else slopes(tape, seed, _DTYPE, values)
        stepped = _complex_steps(steps[:first], points, variable)
        inputs.update({f"∂{place}": _believed(*pair) for place, pair in enumerate(zip(derived, stepped, strict=True))})
        values = _run(steps[first:], inputs, values)
    return [np.broadcast_to(np.asarray(values[place], dtype=_DTYPE), shape) for place in places]


def _run(steps: Sequence[Instruction], inputs: Mapping[str, Any], values: list[Any]) -> list[Any]:
    """Return the values with those of further instructions added."""
    values = list(values)
    for step in steps:
        if step.op == "variable":
            values.append(inputs[str(step.parameter)])
        else:
            values.append(operation(step, _DTYPE)(*(values[place] for place in step.operands)))
    return values


def _complex_steps(steps: Sequence[Instruction], points: Mapping[str, Floats], variable: str) -> list[Any]:
    """Return Im/h of every instruction's value at x + ih."""
    values: list[Any] = []
    for step in steps:
        if step.op == "variable":
            name = str(step.parameter)
            values.append(points[name] + (1j * _STEP if name == variable else 0j))
        else:
            values.append(_continued(step)(*(values[place] for place in step.operands)))
    return [np.imag(value) / _STEP for value in values]


def _continued(step: Instruction) -> Callable[..., Any]:
    """Return an operation on complex numbers, a function made of pieces by the piece at the real part."""
    if isinstance(step.parameter, Choice):
        return partial(_chosen, step.parameter)
    if step.op not in pieces():
        return operation(step, _COMPLEX)
    row, real = row_of(step.op), operation(step, _DTYPE)
    if row.shape == "jump":
        return lambda u: real(np.real(u)) + 0j
    breaks, *branches = (compiled(trees.read(form), row.parameters, _COMPLEX) for form in (row.breaks, *row.branches))

    def piece(*operands: Any) -> Any:  # noqa: ANN401 - NumPy scalars and arrays
        side = np.real(breaks(*operands))
        below, above = (branch(*operands) for branch in branches)
        return np.where(side > 0, above, np.where(side < 0, below, np.nan))

    return piece


def _chosen(choice: Choice, *operands: Any) -> Any:  # noqa: ANN401 - NumPy scalars and arrays
    """Return the value that conditions choose at the real part; none where one of them changes."""
    compare = in_floats(tuple(map(np.real, operands)))

    def apart(test: Test) -> Verdict:
        holds, fails = compare(test)
        differ = np.real(operands[test.left]) != np.real(operands[test.right])
        return np.logical_and(holds, differ), np.logical_and(fails, differ)

    return pick(choice, apart, operands[: choice.count], np.nan)


def _believed(slope: Any, stepped: Any) -> Any:  # noqa: ANN401
    """Return the slope where the complex step agrees with it, NaN elsewhere."""
    size = np.maximum(np.abs(slope), np.abs(stepped))
    return np.where(np.abs(slope - stepped) <= _AGREEMENT * size, slope, np.nan)
