"""The partial derivatives of NumPy's elementwise functions, written so that they work on dual numbers, too."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

Partial: TypeAlias = Callable[..., Any]
"""From the result and the operands to the derivative by one operand."""

_LN2, _LN10 = math.log(2), math.log(10)


def _by_base(_result: Any, a: Any, b: Any) -> Any:  # noqa: ANN401 - numbers, arrays and duals, here and below
    return np.where(b == 0, 0.0, b * a ** (b - 1))


def _by_exponent(result: Any, a: Any, b: Any) -> Any:  # noqa: ANN401
    return np.where(a == 0, np.where(b > 0, 0.0, np.nan), result * np.log(np.where(a == 0, 1.0, a)))


def stays(ufunc: np.ufunc, place: int, values: list[Any], slope: Any) -> Any:  # noqa: ANN401
    """Return where an operand that does not move counts as a constant, None if nowhere in particular.

    A negative number has powers with whole exponents only: there x**2 has a derivative by x, although 2 has none.
    """
    if place == 1 and ufunc in {np.power, np.float_power}:
        return (values[0] < 0) & (slope == 0)
    return None


PARTIALS: Mapping[np.ufunc, tuple[Partial, ...]] = {
    np.add: (lambda _r, _a, _b: 1.0, lambda _r, _a, _b: 1.0),
    np.subtract: (lambda _r, _a, _b: 1.0, lambda _r, _a, _b: -1.0),
    np.multiply: (lambda _r, _a, b: b, lambda _r, a, _b: a),
    np.divide: (lambda _r, _a, b: 1.0 / b, lambda r, _a, b: -r / b),
    np.power: (_by_base, _by_exponent),
    np.float_power: (_by_base, _by_exponent),
    np.hypot: (lambda r, a, _b: a / r, lambda r, _a, b: b / r),
    np.arctan2: (lambda _r, a, b: b / (a * a + b * b), lambda _r, a, b: -a / (a * a + b * b)),
    np.logaddexp: (lambda r, a, _b: np.exp(a - r), lambda r, _a, b: np.exp(b - r)),
    np.logaddexp2: (lambda r, a, _b: np.exp2(a - r), lambda r, _a, b: np.exp2(b - r)),
    np.negative: (lambda _r, _a: -1.0,),
    np.positive: (lambda _r, _a: 1.0,),
    np.square: (lambda _r, a: 2.0 * a,),
    np.reciprocal: (lambda r, _a: -r * r,),
    np.sqrt: (lambda r, _a: 0.5 / r,),
    np.cbrt: (lambda r, _a: 1.0 / (3.0 * r * r),),
    np.exp: (lambda r, _a: r,),
    np.exp2: (lambda r, _a: _LN2 * r,),
    np.expm1: (lambda _r, a: np.exp(a),),
    np.log: (lambda _r, a: 1.0 / a,),
    np.log2: (lambda _r, a: 1.0 / (_LN2 * a),),
    np.log10: (lambda _r, a: 1.0 / (_LN10 * a),),
    np.log1p: (lambda _r, a: 1.0 / (1.0 + a),),
    np.sin: (lambda _r, a: np.cos(a),),
    np.cos: (lambda _r, a: -np.sin(a),),
    np.tan: (lambda r, _a: 1.0 + r * r,),
    np.arcsin: (lambda _r, a: 1.0 / np.sqrt((1.0 - a) * (1.0 + a)),),
    np.arccos: (lambda _r, a: -1.0 / np.sqrt((1.0 - a) * (1.0 + a)),),
    np.arctan: (lambda _r, a: 1.0 / (1.0 + a * a),),
    np.sinh: (lambda _r, a: np.cosh(a),),
    np.cosh: (lambda _r, a: np.sinh(a),),
    np.tanh: (lambda _r, a: 1.0 / np.cosh(a) ** 2,),  # 1 − r² would lose its digits where tanh is near ±1
    np.arcsinh: (lambda _r, a: 1.0 / np.sqrt(1.0 + a * a),),
    np.arccosh: (lambda _r, a: 1.0 / np.sqrt((a - 1.0) * (a + 1.0)),),
    np.arctanh: (lambda _r, a: 1.0 / ((1.0 - a) * (1.0 + a)),),
    np.deg2rad: (lambda _r, _a: math.pi / 180,),
    np.radians: (lambda _r, _a: math.pi / 180,),
    np.rad2deg: (lambda _r, _a: 180 / math.pi,),
    np.degrees: (lambda _r, _a: 180 / math.pi,),
}
"""The derivative by each operand, from the result and the operands."""


def _absolute(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    (a,), (s,) = values, slopes
    if np.iscomplexobj(a):
        size = np.abs(a)
        along = (np.real(a) * np.real(s) + np.imag(a) * np.imag(s)) / np.where(size == 0, 1.0, size)
        return np.where(size == 0, np.where(s == 0, 0.0, np.nan), along)
    return np.where(a == 0, np.where(s == 0, 0.0, np.nan), np.sign(a) * s)


def _extreme(first: Callable[[Any, Any], Any]) -> Callable[[list[Any], list[Any]], Any]:
    def rule(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
        (a, b), (s, t) = values, slopes
        tie = np.where(s == t, s, np.nan)
        return np.where(first(a, b), s, np.where(first(b, a), t, tie))

    return rule


def _steps(is_jump: Callable[[Any], Any]) -> Callable[[list[Any], list[Any]], Any]:
    """Return the rule of a step function: flat, and without a derivative at its jumps."""

    def rule(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
        (a, *_), (s, *_) = values, slopes
        if np.iscomplexobj(a):
            raise TypeError("a step function of complex numbers has no rule for dual numbers")
        return np.where(is_jump(a), np.nan, s * 0.0)

    return rule


def _remainder(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    """a − b·floor(a/b), with a jump at the multiples of b."""
    (a, b), (s, t) = values, slopes
    return np.where(np.remainder(a, b) == 0, np.nan, s - np.floor(a / b) * t)


def _remainder_towards_zero(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    (a, b), (s, t) = values, slopes
    return np.where((np.fmod(a, b) == 0) & (a != 0), np.nan, s - np.trunc(a / b) * t)


def _floor_of_ratio(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    (a, b), (s, t) = values, slopes
    return np.where(np.remainder(a, b) == 0, np.nan, (s + t) * 0.0)


def _with_sign(values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    (a, b), (s, _) = values, slopes
    return _absolute([a], [s]) * np.where(np.signbit(b), -1.0, 1.0)


_WHOLE_NUMBERS = _steps(lambda a: a == np.floor(a))
_GREATER, _LESS = _extreme(lambda a, b: a > b), _extreme(lambda a, b: a < b)

WHOLE: Mapping[np.ufunc, Callable[[list[Any], list[Any]], Any]] = {
    np.absolute: _absolute,
    np.fabs: _absolute,
    np.maximum: _GREATER,
    np.fmax: _GREATER,
    np.minimum: _LESS,
    np.fmin: _LESS,
    np.sign: _steps(lambda a: a == 0),
    np.copysign: _with_sign,
    np.remainder: _remainder,
    np.fmod: _remainder_towards_zero,
    np.floor_divide: _floor_of_ratio,
    np.conjugate: lambda _values, slopes: np.conjugate(slopes[0]),
    np.heaviside: _steps(lambda a: a == 0),
    np.floor: _WHOLE_NUMBERS,
    np.ceil: _WHOLE_NUMBERS,
    np.trunc: _steps(lambda a: (a == np.floor(a)) & (a != 0)),
    np.rint: _steps(lambda a: a - np.floor(a) == 0.5),
}
"""Rules that need all values and slopes at once: kinks and jumps."""

COMPARISONS = frozenset(
    {
        np.less,
        np.less_equal,
        np.greater,
        np.greater_equal,
        np.equal,
        np.not_equal,
        np.isnan,
        np.isinf,
        np.isfinite,
        np.signbit,
        np.logical_and,
        np.logical_or,
        np.logical_xor,
        np.logical_not,
    }
)
"""Functions that answer with true or false: they look at the values only."""
