"""What NumPy lacks, in pure NumPy and the standard library: the values of rows that are not a NumPy function.

The evaluator calls them and the Python printer pastes their source into the learner's code, so both give the same
bits. Each therefore uses only ``np``, ``math`` and its neighbours here, and only Python constants, which keep the
dtype of a float16, float32 or float64 argument. Each takes a scalar or an array and returns the same kind.
"""

from __future__ import annotations

import math
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
