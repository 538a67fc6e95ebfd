"""What NumPy lacks, in pure NumPy and the standard library: the values of rows that are not a NumPy function.

The evaluator calls them and the Python printer pastes their source into the learner's code, so both give the same
bits. Each therefore uses only ``np``, ``math`` and its neighbours here, and only Python constants, which keep the
dtype of a float16, float32 or float64 argument. Each takes a scalar or an array and returns the same kind.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

Value: TypeAlias = Any
"""A NumPy scalar or array of a floating dtype (NumPy's own types do not say which)."""


def odd_root(b: Value, q: int) -> Value:
    """Return the real q-th root of ``b`` for odd q, also where b is negative."""
    return np.sign(b) * np.abs(b) ** (1 / q)


def sigmoid(z: Value) -> Value:
    """Return the logistic function 1/(1 + e^−z)."""
    return 1 / (1 + np.exp(-z))


def relu(z: Value) -> Value:
    """Return max(z, 0)."""
    return np.maximum(z, 0)


def leaky_relu(z: Value, a: Value = 0.01) -> Value:
    """Return z where z ≥ 0 and a·z elsewhere."""
    return np.where(z >= 0, z, a * z)[()]


def softplus(z: Value) -> Value:
    """Return ln(1 + e^z) without overflow."""
    return np.logaddexp(0, z)


def silu(z: Value) -> Value:
    """Return z times the logistic function of z."""
    return z / (1 + np.exp(-z))


def erf(z: Value) -> Value:
    """Return the error function, taken element by element from the standard library."""
    values = np.array(list(map(math.erf, np.ravel(z).tolist()))).reshape(np.shape(z))
    return values.astype(np.result_type(z, 0.0))[()]


def gelu(z: Value) -> Value:
    """Return z·Φ(z), Φ the normal distribution function."""
    return 0.5 * z * (1 + erf(z / math.sqrt(2)))


def normal(z: Value) -> Value:
    """Return the normal distribution function Φ(z), accurate far below 0 where (1 + erf)/2 cancels."""
    scaled = -np.asarray(z, np.float64) / math.sqrt(2)
    values = np.array(list(map(math.erfc, np.ravel(scaled).tolist()))).reshape(np.shape(z)) / 2
    return values.astype(np.asarray(z).dtype)[()]


def elementwise(function: Callable[[float], float], z: Value) -> Value:
    """Return a function of one Python number for each element, in the dtype of ``z``."""
    values = np.array([function(float(x)) for x in np.ravel(z)], np.float64).reshape(np.shape(z))
    dtype = np.asarray(z).dtype
    return values.astype(np.float64 if dtype.kind in "biu" else dtype)[()]


def erfc(z: Value) -> Value:
    """Return 1 − erf(z), accurate for large z."""
    return elementwise(math.erfc, z)


def gamma_of_one(x: float) -> float:
    """Return Γ(x); infinite at 0 and beyond float64, NaN at the negative integers."""
    try:
        return math.gamma(x)
    except ValueError:
        return math.copysign(math.inf, x) if x == 0 else math.nan
    except OverflowError:
        return math.inf


def gamma_function(z: Value) -> Value:
    """Return the gamma function."""
    return elementwise(gamma_of_one, z)


def lgamma_of_one(x: float) -> float:
    """Return ln|Γ(x)|, infinite at its poles."""
    try:
        return math.lgamma(x)
    except (ValueError, OverflowError):
        return math.inf


def lgamma(z: Value) -> Value:
    """Return the logarithm of the gamma function's absolute value."""
    return elementwise(lgamma_of_one, z)


def digamma_of_one(x: float) -> float:
    """Return ψ(x) = Γ′(x)/Γ(x): by ψ(x) = ψ(x + 1) − 1/x and the asymptotic series, by reflection on the left."""
    if x <= 0 and (math.isinf(x) or x == math.floor(x)):
        return math.nan
    if x < 0.5:
        return digamma_of_one(1 - x) - math.pi / math.tan(math.pi * (x - round(x)))
    if not x < math.inf:
        return x
    below = []
    while x < 10:
        below.append(-1 / x)
        x += 1
    s = 1 / (x * x)
    series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - s * (691 / 32760 - s / 12))))))
    return math.fsum([math.log(x), -0.5 / x, -series, *below])


def digamma(z: Value) -> Value:
    """Return the logarithmic derivative of the gamma function."""
    return elementwise(digamma_of_one, z)


def trigamma_of_one(x: float) -> float:
    """Return ψ′(x), in the ways of digamma."""
    if x <= 0 and (math.isinf(x) or x == math.floor(x)):
        return math.nan
    if x < 0.5:
        return (math.pi / math.sin(math.pi * (x - round(x)))) ** 2 - trigamma_of_one(1 - x)
    if not x < math.inf:
        return 1 / x
    below = []
    while x < 10:
        below.append(1 / (x * x))
        x += 1
    s = 1 / (x * x)
    series = s * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730 - s * 7 / 6))))))
    return math.fsum([1 / x, s / 2, series / x, *below])


def trigamma(z: Value) -> Value:
    """Return the derivative of digamma."""
    return elementwise(trigamma_of_one, z)


def sinc(z: Value) -> Value:
    """Return sin z/z, 1 at 0."""
    one = np.ones_like(z)
    return np.where(z == 0, one, np.sin(z) / np.where(z == 0, one, z))[()]


def sinc_slope(z: Value) -> Value:
    """Return (cos z − sin z/z)/z; around 0, where that cancels, by its power series."""
    inside = np.abs(z) < 1
    small, safe = np.where(inside, z, np.zeros_like(z)), np.where(inside, np.ones_like(z), z)
    s = small * small
    last = 1 / 93405312000 - s * (1 / 22230464256000 - s / 6758061133824000)
    series = 1 / 840 - s * (1 / 45360 - s * (1 / 3991680 - s * (1 / 518918400 - s * last)))
    near = -small * (1 / 3 - s * (1 / 30 - s * series))
    return np.where(inside, near, (np.cos(safe) - np.sin(safe) / safe) / safe)[()]
