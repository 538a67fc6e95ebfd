"""Dual numbers: a value and its derivative, carried through any NumPy code.

``f(Dual(x, 1.0))`` is f(x) + f′(x)·ε with ε² = 0: every operation applies its own rule to value and slope, so the
derivative is exact but for the rounding of each rule. A value may itself be a dual number; the second derivative of f
at x is then ``f(Dual(Dual(x, 1.0), 1.0)).slope.slope``.

A. G. Baydin et al., Automatic differentiation in machine learning: a survey, J. Mach. Learn. Res. 18 (2018), §3.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from numdiff.blackbox.precision import DTYPES
from numdiff.blackbox.ufuncs import COMPARISONS, PARTIALS, WHOLE


class Dual:
    """A value and its derivative.

    Parameters
    ----------
    value : number, array or Dual
        The value; Python's numbers become NumPy's, so that 1/0 is inf and not an exception.
    slope : number, array or Dual
        The derivative by the variable: 1 for the variable itself, 0 for a constant.

    Notes
    -----
    NumPy's elementwise functions, ``np.where``, ``np.clip``, ``np.sum`` and a few more work on it; the functions of
    the math module cannot and raise TypeError. Comparisons look at the value only, so a branch taken by ``np.where``
    or ``if`` counts as the whole function. At a kink (abs at 0, the larger of two equal values) and at a jump the
    slope is NaN, unless both sides agree. Where two dual numbers of different depth meet, the shallower one is a
    constant for the outer variable of the deeper one.
    """

    __slots__ = ("slope", "value")
    __array_priority__ = 1000
    __hash__ = None  # type: ignore[assignment]  # it compares as arrays do, element by element

    def __init__(self, value: Any, slope: Any = 0.0) -> None:  # noqa: ANN401 - numbers, arrays and duals
        self.value = _number(value)
        self.slope = _number(slope)
        while depth(self.slope) < depth(self.value):  # a slope of 1 is a constant for the inner variables
            self.slope = Dual(self.slope, 0.0)
        while depth(self.value) < depth(self.slope):
            self.value = Dual(self.value, 0.0)
        if isinstance(self.value, np.ndarray):
            self.slope = np.broadcast_to(self.slope, self.value.shape)

    def __repr__(self) -> str:
        return f"Dual({self.value}, {self.slope})"

    @property
    def depth(self) -> int:
        """How deep the duals are nested: 1 if the value is an ordinary number."""
        return 1 + depth(self.value)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return np.shape(self.value) if not isinstance(self.value, Dual) else self.value.shape

    @property
    def ndim(self) -> int:
        """The number of dimensions of the value."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """The number of elements of the value."""
        return int(np.prod(self.shape))

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of the value."""
        found: np.dtype[Any] = self.value.dtype
        return found

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a dual number without dimensions has no length")
        return self.shape[0]

    def __getitem__(self, index: Any) -> Dual:  # noqa: ANN401 - whatever NumPy takes
        return Dual(self.value[index], self.slope[index])

    def __bool__(self) -> bool:
        return bool(self.value)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:  # noqa: ANN401
        """Apply one of NumPy's elementwise functions by its rule."""
        if method != "__call__" or options:
            raise TypeError(f"np.{ufunc.__name__} works on dual numbers as a plain call only")
        level = max(depth(item) for item in inputs)
        active = [isinstance(item, Dual) and item.depth == level for item in inputs]
        values = [item.value if on else item for item, on in zip(inputs, active, strict=True)]
        with np.errstate(all="ignore"):
            result = ufunc(*values)
            if ufunc in COMPARISONS:
                return result
            slopes = [item.slope if on else None for item, on in zip(inputs, active, strict=True)]
            return Dual(result, _slope(ufunc, result, values, slopes))

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:  # noqa: ANN401
        """Apply one of NumPy's other functions, where it has a meaning for dual numbers."""
        rule = _FUNCTIONS.get(function)
        if rule is None:
            raise TypeError(f"np.{function.__name__} does not work on dual numbers")
        return rule(*args, **kwargs)


def depth(item: object) -> int:
    """Return how deep a number is nested: 0 for an ordinary one."""
    return item.depth if isinstance(item, Dual) else 0


def _number(item: Any) -> Any:  # noqa: ANN401
    if isinstance(item, Dual):
        return item
    array = np.asarray(item)
    kept = array.dtype.name in DTYPES or array.dtype.kind in "fc"
    return array[()] if kept else array.astype(np.float64)[()]


def _slope(ufunc: np.ufunc, result: Any, values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    """Return the derivative of the result: Σ partial derivative · slope over the active operands."""
    if ufunc in WHOLE:
        zero = next(slope for slope in slopes if slope is not None) * 0.0
        return WHOLE[ufunc](values, [zero if slope is None else slope for slope in slopes])
    if ufunc not in PARTIALS:
        raise TypeError(f"np.{ufunc.__name__} has no rule for dual numbers")
    terms = [
        partial(result, *values) * slope
        for partial, slope in zip(PARTIALS[ufunc], slopes, strict=True)
        if slope is not None
    ]
    return terms[0] if len(terms) == 1 else terms[0] + terms[1]


def _operator(ufunc: np.ufunc) -> Callable[..., Any]:
    def method(*operands: Any) -> Any:  # noqa: ANN401 - a plain function, as NumPy's own do not become methods
        return ufunc(*operands)

    return method


def _swapped(ufunc: np.ufunc) -> Callable[[Any, Any], Any]:
    return lambda self, other: ufunc(other, self)


_BINARY: dict[str, np.ufunc] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "truediv": np.divide,
    "pow": np.power,
}
_OTHER: dict[str, np.ufunc] = {
    "neg": np.negative,
    "pos": np.positive,
    "abs": np.absolute,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
}
for _name, _ufunc in (_BINARY | _OTHER).items():
    setattr(Dual, f"__{_name}__", _operator(_ufunc))
for _name, _ufunc in _BINARY.items():
    setattr(Dual, f"__r{_name}__", _swapped(_ufunc))


def _parts(item: Any, level: int) -> tuple[Any, Any]:  # noqa: ANN401
    """Return value and slope of an operand at a level of nesting; the slope of a constant is 0."""
    if isinstance(item, Dual) and item.depth == level:
        return item.value, item.slope
    return item, 0.0


def _where(condition: Any, yes: Any, no: Any) -> Dual:  # noqa: ANN401
    level = max(depth(yes), depth(no))
    while isinstance(condition, Dual):
        condition = condition.value
    (one, one_slope), (two, two_slope) = _parts(yes, level), _parts(no, level)
    return Dual(np.where(condition, one, two), np.where(condition, one_slope, two_slope))


def _clip(a: Any, a_min: Any = None, a_max: Any = None) -> Any:  # noqa: ANN401
    above = a if a_min is None else np.maximum(a, a_min)
    return above if a_max is None else np.minimum(above, a_max)


def _sinc(x: Any) -> Any:  # noqa: ANN401
    at_zero = x == 0
    turned = np.pi * np.where(at_zero, 1.0, x)
    return np.where(at_zero, 1.0 + 0.0 * x, np.sin(turned) / turned)  # an even function: slope 0 at 0


def _linear(function: Callable[..., Any]) -> Callable[..., Dual]:
    return lambda a, *args, **kwargs: Dual(function(a.value, *args, **kwargs), function(a.slope, *args, **kwargs))


def _like(function: Callable[..., Any]) -> Callable[..., Any]:
    def rule(a: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        while isinstance(a, Dual):
            a = a.value
        return function(a, *args, **kwargs)

    return rule


_FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    np.where: _where,
    np.clip: _clip,
    np.sinc: _sinc,
    np.sum: _linear(np.sum),
    np.mean: _linear(np.mean),
    np.zeros_like: _like(np.zeros_like),
    np.ones_like: _like(np.ones_like),
    np.full_like: _like(np.full_like),
    np.shape: _like(np.shape),
    np.ndim: _like(np.ndim),
    np.size: _like(np.size),
}
