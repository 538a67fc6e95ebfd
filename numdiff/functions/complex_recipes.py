"""Values for complex numbers where NumPy has none, or loses the tiny imaginary part of the complex step.

Where a function is analytic, a tiny imaginary part must come through to full relative accuracy. Odd roots continue
the real root on either side of 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from numdiff.functions import recipes
from numdiff.functions.recipes import Value
from numdiff.functions.recipes import erf as real_erf
from numdiff.precise import context

_TAYLOR_LIMIT = 1e-4
"""Below this abs(Im z)·(1 + abs(Re z)) the series of erf across the real axis errs by less than 1e-16."""

_FAR = 1e20
"""Beyond this abs(Re z) or abs(Im z) the first term of erfc's asymptotic series decides erf: the next is smaller by
1/(2z²), and e^(−z²) is 0, of size 1, or beyond every floating-point number. A multiprecision library would work with
as many bits as z² has."""


def not_analytic(u: Value, *_: Value) -> Value:
    """Return NaN: what is made of pieces is not continued to complex numbers."""
    return np.full(np.shape(u), complex(np.nan, np.nan), np.asarray(u).dtype)[()]


def odd_root(u: Value, n: int) -> Value:
    """Return the n-th root for odd n, the real one continued from either side of 0."""
    side = np.where(u.real < 0, -1, 1).astype(u.real.dtype)
    return (side * np.power(side * u, np.asarray(1 / n, u.dtype)))[()]


def cbrt(u: Value) -> Value:
    """Return the cube root, continued from either side of 0."""
    return odd_root(u, 3)


def sigmoid(u: Value) -> Value:
    """Return the logistic function from e^−abs(Re u), which cannot overflow."""
    right = u.real >= 0
    decay = np.exp(np.where(right, -u, u))
    return (np.where(right, 1, decay) / (1 + decay))[()]


def silu(u: Value) -> Value:
    """Return u times the logistic function of u."""
    return u * sigmoid(u)


def softplus(u: Value) -> Value:
    """Return ln(1 + e^u) from e^−abs(Re u)."""
    right = u.real >= 0
    return (np.where(right, u, 0) + log1p(np.exp(np.where(right, -u, u))))[()]


def log1p(u: Value) -> Value:
    """Return ln(1 + u); NumPy's own loses a small real part."""
    x, y = np.real(u), np.imag(u)
    near = np.log1p(x * (2 + x) + y * y) / 2
    real = np.where(np.abs(x) + np.abs(y) < 0.5, near, np.log(np.hypot(1 + x, y)))
    return _pair(real, np.arctan2(y, 1 + x), np.asarray(u).dtype)


def _pair(real: Value, imaginary: Value, dtype: np.dtype[Any]) -> Value:
    result = np.empty(np.shape(real), dtype)
    result.real, result.imag = real, imaginary
    return result[()]


def erf(u: Value) -> Value:
    """Return erf: by its Taylor series next to the real axis, by a multiprecision library elsewhere."""
    x, y = np.asarray(u.real, np.float64), np.asarray(u.imag, np.float64)
    bell = 2 / math.sqrt(math.pi) * np.exp(-x * x)
    result = np.empty(np.shape(u), np.complex128)
    result.real = real_erf(x) + y * y * x * bell
    result.imag = bell * (y - y**3 * (2 * x * x - 1) / 3)
    far = np.abs(y) * (1 + np.abs(x)) > _TAYLOR_LIMIT
    if far.any():
        result[far] = [_erf_anywhere(complex(z)) for z in np.asarray(u)[far]]
    return result.astype(np.asarray(u).dtype)[()]


def _erf_anywhere(z: complex) -> complex:
    if not (math.isfinite(z.real) and math.isfinite(z.imag)):
        return complex(math.nan, math.nan)
    if max(abs(z.real), abs(z.imag)) > _FAR:
        return _erf_far(z) if z.real >= 0 else -_erf_far(-z)
    try:
        with context(bits=53) as mp:
            return complex(mp.erf(z))
    except OverflowError:
        return complex(math.inf, math.inf)


def _erf_far(z: complex) -> complex:
    """Return erf z for Re z ≥ 0 far out: 1 − e^(−z²)/(√π z) (DLMF 7.12.1), infinite with the signs of that quotient."""
    x, y = z.real, z.imag
    if abs(y) < x:
        return complex(1, 0)
    if x == 0:
        return complex(0, math.copysign(math.inf, y))
    with context(bits=128) as mp:  # the product of two float64 numbers is exact
        cos, sin = mp.cos_sin(2 * mp.mpf(x) * mp.mpf(y))
        scale = max(x, abs(y))
        a, b = mp.mpf(x) / scale, mp.mpf(y) / scale
        real, imaginary = b * sin - a * cos, b * cos + a * sin  # −e^(−2ixy)·conj(z), scaled
        if abs(y) > x:
            return complex(*(math.copysign(math.inf, part) for part in (real, imaginary)))
        size = scale * mp.sqrt(mp.pi) * (a * a + b * b)
        return complex(1, imaginary / size)


def gelu(u: Value) -> Value:
    """Return u·Φ(u), Φ continued by the error function."""
    return 0.5 * u * (1 + erf(u / math.sqrt(2)))


_NEAR_AXIS = 1e-8
"""Below this part of the distance to the next pole, the imaginary part leaves a first Taylor term exact to 1e-16."""

_FAR_GAMMA = 1e15
"""Beyond this size a multiprecision library would count bits without end; nothing finite but ψ and ln Γ is there."""


def erfc(u: Value) -> Value:
    """Return 1 − erf: next to the real axis from its real values, which keep their digits for large u."""
    result = np.array(1 - np.asarray(erf(u)), np.complex128)
    x, y = np.asarray(u.real, np.float64), np.asarray(u.imag, np.float64)
    is_near = np.abs(y) * (1 + np.abs(x)) <= _TAYLOR_LIMIT
    bell = 2 / math.sqrt(math.pi) * np.exp(-x * x)
    result = np.where(is_near, _pair(recipes.erfc(x) - y * y * x * bell, result.imag, np.dtype(np.complex128)), result)
    return result.astype(np.asarray(u).dtype)[()]


def _beside_axis(u: Value, value: Value, slope: Value, anywhere: Callable[[Any, complex], complex]) -> Value:
    """Return a function with poles at 0, −1, −2, …: by value and slope next to the real axis, by mpmath elsewhere."""
    x, y = np.asarray(u.real, np.float64), np.asarray(u.imag, np.float64)
    distance = np.where(x > 0.5, 1, np.abs(x - np.rint(x)))
    result = np.array(_pair(value(x), y * slope(x), np.dtype(np.complex128)))
    far = np.abs(y) > _NEAR_AXIS * distance
    if far.any():
        result[far] = [_by_mpmath(complex(z), anywhere) for z in np.asarray(u)[far]]
    return result.astype(np.asarray(u).dtype)[()]


def _by_mpmath(z: complex, function: Callable[[Any, complex], complex], bits: int = 128) -> complex:
    if not abs(z) < _FAR_GAMMA:
        return complex(math.nan, math.nan)
    try:
        with context(bits=bits) as mp:
            return complex(function(mp, mp.mpc(z)))
    except (ArithmeticError, ValueError):
        return complex(math.nan, math.nan)


def gamma(u: Value) -> Value:
    """Return the gamma function."""
    return _beside_axis(
        u,
        recipes.gamma_function,
        lambda x: recipes.gamma_function(x) * recipes.digamma(x),
        lambda mp, z: mp.gamma(z),
    )


def lgamma(u: Value) -> Value:
    """Return ln|Γ| continued from the real axis: the principal logarithm of Γ or −Γ."""

    def anywhere(mp: Any, z: complex) -> complex:  # noqa: ANN401 - a context of mpmath
        if z.real > 0:
            return mp.loggamma(z)  # type: ignore[no-any-return]
        sine = mp.sinpi(z)
        return mp.log(mp.pi) - mp.log(sine if mp.re(sine) > 0 else -sine) - mp.loggamma(1 - z)  # type: ignore[no-any-return]

    return _beside_axis(u, recipes.lgamma, recipes.digamma, anywhere)


def digamma(u: Value) -> Value:
    """Return the logarithmic derivative of the gamma function."""
    return _beside_axis(u, recipes.digamma, recipes.trigamma, lambda mp, z: mp.digamma(z))


def trigamma(u: Value) -> Value:
    """Return the derivative of digamma, with so many bits that an imaginary part of 1e-50 keeps its digits."""

    def anywhere(mp: Any, z: complex) -> complex:  # noqa: ANN401 - a context of mpmath
        if z.real > 0:
            return mp.polygamma(1, z)  # type: ignore[no-any-return]
        return (mp.pi / mp.sinpi(z)) ** 2 - mp.polygamma(1, 1 - z)  # type: ignore[no-any-return]  # mpmath counts down

    values = [_by_mpmath(complex(z), anywhere, bits=256) for z in np.ravel(u)]
    return np.array(values).reshape(np.shape(u)).astype(np.asarray(u).dtype)[()]
