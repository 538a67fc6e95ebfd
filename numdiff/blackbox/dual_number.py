"""Dual numbers: a value and its derivative, carried through any NumPy code.

``f(Dual(x, 1.0))`` is f(x) + f′(x)·ε with ε² = 0: every operation applies its own rule to value and slope, so the
derivative is exact but for the rounding of each rule. A value may itself be a dual number; the second derivative of f
at x is then ``f(Dual(Dual(x, 1.0), 1.0)).slope.slope``.

A. G. Baydin et al., Automatic differentiation in machine learning: a survey, J. Mach. Learn. Res. 18 (2018), §3.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from inspect import Signature, signature
from typing import Any

import numpy as np

from numdiff.blackbox.array_rules import (
    BY_ORDER,
    COMPOSED,
    CONDITIONS,
    EVERY,
    LINEAR,
    MATRICES,
    OFFSETS,
    PRODUCTS,
    VALUES_ONLY,
)
from numdiff.blackbox.composed_rules import accumulated, folded
from numdiff.blackbox.precision import DTYPES
from numdiff.blackbox.ufuncs import COMPARISONS, PARTIALS, WHOLE, stays


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
    It is an array as NumPy's are: ``x @ w``, ``x[1:]``, ``x.sum()``, ``np.stack``, ``np.einsum``, ``np.linalg.solve``
    and about 200 functions more work on it (:mod:`numdiff.blackbox.array_rules`), and it is written to in place; where
    results are written into an array of zeros, that is made by ``np.zeros_like(x)``. The functions of the math module
    cannot, and raise TypeError, as does every function that has no rule. Comparisons look at the value only, so a
    branch taken by ``np.where`` or ``if`` counts as the whole function. At a kink (abs at 0, the larger of two equal
    values) and at a jump the slope is NaN, unless both sides agree. Where two dual numbers of different depth meet,
    the shallower one is a constant for the outer variable of the deeper one.
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
        if isinstance(self.value, np.ndarray) and np.shape(self.slope) != self.value.shape:
            self.slope = np.array(np.broadcast_to(self.slope, self.value.shape))  # its own: it may be written to

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

    def __setitem__(self, index: Any, item: Any) -> None:  # noqa: ANN401
        item = lifted(item)
        level = depth(item)
        if level > self.depth:
            raise TypeError("an array of dual numbers cannot take deeper ones")
        is_active = level == self.depth
        self.value[index] = item.value if is_active else item
        self.slope[index] = item.slope if is_active else 0.0

    def __iter__(self) -> Iterator[Dual]:
        return (self[place] for place in range(len(self)))

    def __bool__(self) -> bool:
        return bool(self.value)

    def __float__(self) -> float:
        raise TypeError(
            "a dual number is no float: use NumPy's functions, not those of the math module, and np.zeros_like(x) or "
            "np.stack([...]) for an array of results"
        )

    def __int__(self) -> int:
        raise TypeError("a dual number is no integer: np.argmax and comparisons give plain ones")

    @property
    def T(self) -> Dual:  # noqa: N802 - NumPy's name
        """The transpose."""
        return Dual(self.value.T, self.slope.T)

    @property
    def flat(self) -> Iterator[Dual]:
        """The elements one after the other."""
        return iter(self.reshape(-1))

    def reshape(self, *shape: Any) -> Dual:  # noqa: ANN401
        """Return the same elements in another shape."""
        return Dual(self.value.reshape(*shape), self.slope.reshape(*shape))

    def transpose(self, *axes: Any) -> Dual:  # noqa: ANN401
        """Return the same with other axes first."""
        return Dual(self.value.transpose(*axes), self.slope.transpose(*axes))

    def flatten(self) -> Dual:
        """Return a copy in one line."""
        line = self.reshape(-1)
        return Dual(line.value.copy(), line.slope.copy())

    def astype(self, dtype: Any, **_options: Any) -> Any:  # noqa: ANN401
        """Return the same in another precision; whole numbers and truths are constants."""
        if np.dtype(dtype).kind not in "fcV":
            return plain(self).astype(dtype)
        return Dual(self.value.astype(dtype), self.slope.astype(dtype))

    def item(self, *place: Any) -> Dual:  # noqa: ANN401
        """Return one element."""
        return self.reshape(-1)[place[0] if place else 0] if len(place) < 2 else self[place]

    def tolist(self) -> Any:  # noqa: ANN401
        """Return the elements in lists."""
        return [part.tolist() for part in self] if self.ndim else self

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = (), **options: Any) -> Any:  # noqa: ANN401
        """Apply one of NumPy's elementwise functions, or a product of matrices, by its rule."""
        inputs = tuple(lifted(item) for item in inputs)
        if method == "__call__" and not options:
            result = _elementwise(ufunc, inputs)
        else:
            result = _by_method(ufunc, method, inputs, options)
        return result if not any(item is not None for item in out) else _write(ufunc, out, result)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:  # noqa: ANN401
        """Apply one of NumPy's other functions, where it has a meaning for dual numbers."""
        args, kwargs = leaves_lifted(args), {name: leaves_lifted(item) for name, item in kwargs.items()}
        if kwargs.get("out") is not None:
            raise TypeError(f"{_name(function)} works on dual numbers without out only")
        with np.errstate(all="ignore"):
            if function in VALUES_ONLY:
                return function(*plain(args), **plain(kwargs))
            if function in COMPOSED:
                return _composed(function, args, kwargs)
            if function in LINEAR:
                return _linear(function, args, kwargs)
            if function in PRODUCTS:
                return _product(function, PRODUCTS[function], args, kwargs)
            if function in MATRICES:
                return _of_matrices(function, args, kwargs)
        raise TypeError(f"{_name(function)} does not work on dual numbers")


def depth(item: object) -> int:
    """Return how deep a number is nested: 0 for an ordinary one."""
    return item.depth if isinstance(item, Dual) else 0


def _number(item: Any) -> Any:  # noqa: ANN401
    if isinstance(item, Dual):
        return item
    array = np.asarray(item)
    kept = array.dtype.name in DTYPES or array.dtype.kind in "fc"
    return array[()] if kept else array.astype(np.float64)[()]


@lru_cache(maxsize=512)
def _signature(function: Callable[..., Any]) -> Signature:
    return signature(function)


def _name(function: Callable[..., Any]) -> str:
    """Return what a function of NumPy's is called."""
    module = str(getattr(function, "__module__", "numpy") or "numpy")
    return f"{module.replace('numpy', 'np', 1)}.{function.__name__}"


def plain(item: Any) -> Any:  # noqa: ANN401
    """Return the same with the values of dual numbers, also in lists."""
    while isinstance(item, Dual):
        item = item.value
    if isinstance(item, list | tuple):
        return _like(item, map(plain, item))
    if isinstance(item, dict):
        return {name: plain(part) for name, part in item.items()}
    return item


def _like(old: list[Any] | tuple[Any, ...], items: Iterable[Any]) -> Any:  # noqa: ANN401
    """Return items as a list or tuple of the same kind; one with names, too."""
    return type(old)(*items) if hasattr(old, "_fields") else type(old)(items)


def lifted(item: Any) -> Any:  # noqa: ANN401
    """Return an array of objects or a list that holds dual numbers as one dual number; anything else as it is."""
    if isinstance(item, list | tuple):
        if not any(isinstance(leaf, Dual) for leaf in _leaves(item)):
            return item
        rows: list[Any] = [leaf if isinstance(leaf, Dual) else np.asarray(leaf) for leaf in map(lifted, item)]
        return np.stack(rows)
    if isinstance(item, np.ndarray) and item.dtype == object:
        parts = list(item.flat)
        if any(isinstance(part, Dual) for part in parts):
            return np.stack(parts).reshape(item.shape)
    return item


def leaves_lifted(item: Any) -> Any:  # noqa: ANN401
    """Return the same with the arrays of objects in it as dual numbers."""
    return _like(item, map(leaves_lifted, item)) if isinstance(item, list | tuple) else lifted(item)


def _leaves(item: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(item, list | tuple):
        for part in item:
            yield from _leaves(part)
    else:
        yield item


def _elementwise(ufunc: np.ufunc, inputs: tuple[Any, ...]) -> Any:  # noqa: ANN401
    if ufunc in PRODUCTS:
        return _product(ufunc, PRODUCTS[ufunc], inputs, {})
    level = max(depth(item) for item in inputs)
    active = [isinstance(item, Dual) and item.depth == level for item in inputs]
    values = [item.value if on else item for item, on in zip(inputs, active, strict=True)]
    with np.errstate(all="ignore"):
        result = ufunc(*values)
        if ufunc in COMPARISONS:
            return result
        slopes = [item.slope if on else None for item, on in zip(inputs, active, strict=True)]
        return Dual(result, _slope(ufunc, result, values, slopes))


def _slope(ufunc: np.ufunc, result: Any, values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    """Return the derivative of the result: Σ partial derivative · slope over the active operands."""
    if ufunc in WHOLE:
        zero = next(slope for slope in slopes if slope is not None) * 0.0
        return WHOLE[ufunc](values, [zero if slope is None else slope for slope in slopes])
    if ufunc not in PARTIALS:
        own = "np." if getattr(np, ufunc.__name__, None) is ufunc else ""
        raise TypeError(f"{own}{ufunc.__name__} has no rule for dual numbers")
    terms = []
    for place, (partial, slope) in enumerate(zip(PARTIALS[ufunc], slopes, strict=True)):
        if slope is not None:
            term, still = partial(result, *values) * slope, stays(ufunc, place, values, slope)
            terms.append(term if still is None else np.where(still, 0.0, term))
    return terms[0] if len(terms) == 1 else terms[0] + terms[1]


def _by_method(ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return a reduction, a running reduction or a table of all pairs."""
    if ufunc in COMPARISONS:
        return getattr(ufunc, method)(*plain(inputs), **options)
    if method == "outer" and not options:
        one, other = inputs
        return ufunc(np.reshape(one, (*np.shape(one), *[1] * np.ndim(other))), other)
    if method == "reduce" and options.get("dtype") is None and ufunc.nin == 2:
        given = {name: item for name, item in options.items() if name in {"axis", "keepdims"}}
        axis = {"axis": 0} | given
        if ufunc is np.add and options.keys() <= {"axis", "keepdims", "dtype", "initial", "where"}:
            return np.sum(inputs[0], **(options | axis))
        if options.keys() <= {"axis", "keepdims", "dtype"}:
            return folded(ufunc)(inputs[0], **axis)
    if method == "at" and ufunc in {np.add, np.subtract} and isinstance(inputs[0], Dual):
        return _add_at(ufunc, *inputs)
    if method == "accumulate" and options.keys() <= {"axis"}:
        return accumulated(ufunc)(inputs[0], **options)
    how = f".{method}" if method != "__call__" else f" with {', '.join(options)}"
    raise TypeError(f"np.{ufunc.__name__}{how} does not work on dual numbers")


def _add_at(ufunc: np.ufunc, target: Dual, index: Any, item: Any) -> None:  # noqa: ANN401
    """Add to the elements at some places, to one that stands there twice twice."""
    level = depth(item)
    if level > target.depth:
        raise TypeError("an array of dual numbers cannot take deeper ones")
    value, slope = (item.value, item.slope) if level == target.depth else (item, 0.0)
    ufunc.at(target.value, index, value)
    ufunc.at(target.slope, index, slope)


def _write(ufunc: np.ufunc, out: tuple[Any, ...], result: Any) -> Any:  # noqa: ANN401
    """Return the array that a result was to be written into."""
    (target,) = out
    if not isinstance(target, Dual):
        raise TypeError(
            f"np.{ufunc.__name__} cannot write dual numbers into an array of plain ones: make it by np.zeros_like(x)"
        )
    target[...] = result
    return target


def _changed(item: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """Return the same with every array in it changed: lists of arrays count as arrays."""
    return _like(item, (_changed(part, change) for part in item)) if isinstance(item, list | tuple) else change(item)


def _paired(value: Any, slope: Any) -> Any:  # noqa: ANN401
    """Return results and their slopes as dual numbers, also in lists."""
    if isinstance(value, list | tuple):
        return _like(value, map(_paired, value, slope))
    return Dual(value, slope)


class _Call:
    """A call of one of NumPy's functions, seen at the outermost variable: which of its arrays depend on it."""

    def __init__(self, function: Callable[..., Any], places: Iterable[Any], args: Any, kwargs: Any) -> None:  # noqa: ANN401
        self.function, self.args, self.kwargs = function, list(args), dict(kwargs)
        if any(isinstance(leaf, Dual) for name in kwargs for leaf in _leaves(kwargs[name]) if name not in OFFSETS):
            bound = _signature(function).bind(*args, **kwargs)
            self.args, self.kwargs = list(bound.args), dict(bound.kwargs)
        named = [name for name in self.kwargs if name in OFFSETS]
        self.places = [*(place for place in places if place < len(self.args)), *named]
        self.level = max((depth(leaf) for place in self.places for leaf in _leaves(self[place])), default=0)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401
        return self.kwargs[place] if isinstance(place, str) else self.args[place]

    def check(self) -> None:
        """Raise TypeError if a dual number stands where the function takes none."""
        rest = [item for place, item in (*enumerate(self.args), *self.kwargs.items()) if place not in self.places]
        if any(isinstance(leaf, Dual) for leaf in _leaves(rest)):
            raise TypeError(f"{_name(self.function)} does not take dual numbers for this argument")

    def value(self, leaf: Any) -> Any:  # noqa: ANN401
        """Return the value of an array."""
        return leaf.value if depth(leaf) == self.level else leaf

    def slope(self, leaf: Any) -> Any:  # noqa: ANN401
        """Return the slope of an array, zeros for a constant."""
        return leaf.slope if depth(leaf) == self.level else np.zeros_like(leaf, dtype=None if depth(leaf) else float)

    def with_changes(self, changes: Mapping[Any, Callable[[Any], Any]]) -> Any:  # noqa: ANN401
        """Return the function's result with the arrays at some places changed."""
        args, kwargs = list(self.args), dict(self.kwargs)
        for place, change in changes.items():
            target: Any = kwargs if isinstance(place, str) else args
            target[place] = _changed(target[place], change)
        return self.function(*args, **kwargs)


def _linear(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:  # noqa: ANN401
    """Return the result of a function that does to the slopes what it does to the values."""
    places = range(len(args)) if LINEAR[function] == EVERY else LINEAR[function]
    call = _Call(function, places, args, kwargs)
    if function in CONDITIONS:
        call.args = [item if place in call.places else plain(item) for place, item in enumerate(call.args)]
    call.check()
    if function is np.pad and BY_ORDER & {*map(str, call.args[2:3]), str(call.kwargs.get("mode"))}:
        raise TypeError("np.pad with a mode that chooses by size does not work on dual numbers")
    if not call.level:  # only the condition was a dual number
        return call.with_changes({})
    return _paired(*(call.with_changes(dict.fromkeys(call.places, part)) for part in (call.value, call.slope)))


def _product(function: Callable[..., Any], factors: tuple[int, ...], args: Any, kwargs: Any) -> Any:  # noqa: ANN401
    """Return a product: its slope is the sum of the products with one of the factors replaced by its slope."""
    call = _Call(function, range(len(args)) if factors == EVERY else factors, args, kwargs)
    call.check()
    call.places = [place for place in call.places if isinstance(call[place], Dual | list | tuple)]
    values = dict.fromkeys(call.places, call.value)
    moving = [place for place in call.places if depth(call[place]) == call.level]
    terms = [call.with_changes({**values, place: call.slope}) for place in moving]
    return _paired(call.with_changes(values), sum(terms[1:], start=terms[0]))


def _of_matrices(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:  # noqa: ANN401
    call = _Call(function, range(len(args)), args, kwargs)
    if call.kwargs:
        raise TypeError(f"{_name(function)} works on dual numbers with its plain arguments only")
    operands = [np.asarray(item) if isinstance(item, list | tuple) else item for item in call.args]
    values, slopes = [call.value(item) for item in operands], [call.slope(item) for item in operands]
    result = function(*values)
    return _paired(result, MATRICES[function](result, values, slopes))


def _composed(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:  # noqa: ANN401
    rule = COMPOSED[function]
    try:
        _signature(rule).bind(*args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{_name(function)} does not work on dual numbers so: {error}") from None
    return rule(*args, **kwargs)


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
    "floordiv": np.floor_divide,
    "mod": np.remainder,
    "matmul": np.matmul,
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
for _operation, _ufunc in (_BINARY | _OTHER).items():
    setattr(Dual, f"__{_operation}__", _operator(_ufunc))
for _operation, _ufunc in _BINARY.items():
    setattr(Dual, f"__r{_operation}__", _swapped(_ufunc))


def _in_place(ufunc: np.ufunc) -> Callable[[Any, Any], Any]:
    def method(self: Dual, other: Any) -> Dual:  # noqa: ANN401
        result: Dual = ufunc(self, other)
        if not isinstance(result, Dual) or result.shape != self.shape or not self.shape or result.depth != self.depth:
            return result  # a number is not changed but replaced
        self[...] = result
        return self

    return method


def _method(function: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Dual, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - a plain function, which binds to its object
        return function(self, *args, **kwargs)

    return method


for _operation, _ufunc in _BINARY.items():
    setattr(Dual, f"__i{_operation}__", _in_place(_ufunc))
_METHODS: tuple[Any, ...] = (
    *(np.sum, np.mean, np.prod, np.cumsum, np.cumprod, np.max, np.min, np.ptp, np.var, np.std, np.argmax, np.argmin),
    *(np.argsort, np.any, np.all, np.nonzero, np.dot, np.clip, np.ravel, np.squeeze, np.swapaxes, np.take, np.repeat),
    *(np.diagonal, np.trace, np.round, np.copy, np.conjugate, np.searchsorted, np.compress, np.choose),
    *PARTIALS,  # what NumPy asks of the elements of an array of objects
    *WHOLE,
)
for _function in _METHODS:
    if not hasattr(Dual, _function.__name__):
        setattr(Dual, _function.__name__, _method(_function))
Dual.conj = Dual.conjugate  # type: ignore[attr-defined]
Dual.real = property(np.real)  # type: ignore[attr-defined]
Dual.imag = property(np.imag)  # type: ignore[attr-defined]
