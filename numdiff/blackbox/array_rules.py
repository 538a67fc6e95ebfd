"""How NumPy's functions of whole arrays act on dual numbers: one table, by kinds of function.

A function that is linear in some of its arguments does to the slopes what it does to the values; one that is a product
of its arguments obeys the product rule; one that looks at the values only gives no slope; what is made of others is
written with them, and so works on dual numbers of any depth; and a few of linear algebra have a rule of their own
(M. B. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation, 2008).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from numdiff.blackbox import composed_rules as composed

Function: TypeAlias = Callable[..., Any]

EVERY: tuple[int, ...] = ()
"""Stands for all positional arguments."""

_FIRST = (0,)

LINEAR: Mapping[Function, tuple[int, ...]] = {
    **dict.fromkeys(
        (
            *(np.sum, np.mean, np.cumsum, np.diff, np.ediff1d, np.gradient, np.trace, np.linalg.trace),
            *(np.reshape, np.ravel, np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.squeeze, np.expand_dims),
            *(np.matrix_transpose, np.linalg.matrix_transpose, np.broadcast_to, np.resize, np.copy, np.pad),
            *(np.flip, np.fliplr, np.flipud, np.rot90, np.roll, np.tile, np.repeat, np.take, np.take_along_axis),
            *(np.diag, np.diagflat, np.diagonal, np.linalg.diagonal, np.tril, np.triu, np.delete),
            *(np.split, np.array_split, np.hsplit, np.vsplit, np.dsplit, np.unstack),
            *(np.stack, np.concatenate, np.vstack, np.hstack, np.dstack, np.column_stack, np.block),
            *(np.real, np.imag, np.real_if_close, np.zeros_like, np.empty_like),
            *(np.fft.fft, np.fft.ifft, np.fft.rfft, np.fft.irfft, np.fft.fft2, np.fft.ifft2, np.fft.fftn, np.fft.ifftn),
            *(np.fft.rfft2, np.fft.irfft2, np.fft.rfftn, np.fft.irfftn, np.fft.hfft, np.fft.ihfft),
            *(np.fft.fftshift, np.fft.ifftshift),
        ),
        _FIRST,
    ),
    **dict.fromkeys((np.compress, np.extract, np.choose), (1,)),
    **dict.fromkeys((np.append, np.linspace), (0, 1)),
    **dict.fromkeys((np.where, np.select), (1, 2)),
    np.insert: (0, 2),
    **dict.fromkeys((np.atleast_1d, np.atleast_2d, np.atleast_3d, np.meshgrid, np.broadcast_arrays), EVERY),
}
"""The places of the arguments in which the function is linear together; a list of arrays counts as an array."""

OFFSETS = frozenset({"initial", "constant_values", "end_values", "prepend", "append", "to_begin", "to_end", "default"})
"""Arguments by name that are added to the values: they have a slope of 0, or one of their own."""

CONDITIONS = frozenset({np.where, np.select, np.choose, np.compress, np.extract})
"""Linear functions whose other argument says which value is taken."""

BY_ORDER = frozenset({"maximum", "minimum", "median", "empty"})
"""Modes of ``np.pad`` that are not linear."""

PRODUCTS: Mapping[Function, tuple[int, ...]] = {
    **dict.fromkeys(
        (
            *(np.dot, np.inner, np.outer, np.vdot, np.tensordot, np.kron, np.cross, np.convolve, np.correlate),
            *(np.matmul, np.vecdot, np.matvec, np.vecmat),
            *(np.linalg.matmul, np.linalg.vecdot, np.linalg.outer, np.linalg.cross, np.linalg.tensordot),
        ),
        (0, 1),
    ),
    np.einsum: EVERY,
}
"""The places of the factors: the function is linear in each of them alone."""

VALUES_ONLY: frozenset[Function] = frozenset(
    {
        *(np.shape, np.ndim, np.size, np.iscomplexobj, np.isrealobj, np.may_share_memory, np.shares_memory),
        *(np.argmax, np.argmin, np.argsort, np.nanargmax, np.nanargmin, np.argpartition, np.lexsort),
        *(np.any, np.all, np.nonzero, np.flatnonzero, np.argwhere, np.count_nonzero, np.searchsorted, np.digitize),
        *(np.isclose, np.allclose, np.array_equal, np.array_equiv, np.isposinf, np.isneginf, np.isreal, np.iscomplex),
        *(np.result_type, np.linalg.matrix_rank, np.linalg.cond),
    }
)
"""Places, truths and shapes: constants as far as a derivative goes."""

COMPOSED: Mapping[Function, Function] = {
    np.clip: composed.clip,
    np.sinc: composed.sinc,
    np.ones_like: composed.ones_like,
    np.full_like: composed.full_like,
    np.var: composed.var,
    np.std: composed.std,
    np.average: composed.average,
    np.prod: composed.folded(np.multiply),
    **dict.fromkeys((np.max, np.amax), composed.folded(np.maximum)),
    **dict.fromkeys((np.min, np.amin), composed.folded(np.minimum)),
    np.nanmax: composed.folded(np.fmax),
    np.nanmin: composed.folded(np.fmin),
    np.nanprod: composed.nanprod,
    np.nansum: composed.nansum,
    np.nanmean: composed.nanmean,
    np.ptp: composed.ptp,
    np.cumprod: composed.cumprod,
    np.sort: composed.sort,
    np.partition: composed.partition,
    np.median: composed.median,
    np.quantile: composed.quantile,
    np.percentile: composed.percentile,
    np.round: composed.rounded,
    np.around: composed.rounded,
    np.fix: composed.fix,
    np.nan_to_num: composed.nan_to_num,
    np.angle: composed.angle,
    np.piecewise: composed.piecewise,
    np.interp: composed.interp,
    np.polyval: composed.polyval,
    np.trapezoid: composed.trapezoid,
    np.cov: composed.cov,
    np.corrcoef: composed.corrcoef,
    np.linalg.norm: composed.norm,
    np.linalg.vector_norm: composed.vector_norm,
    np.linalg.multi_dot: composed.multi_dot,
    np.linalg.matrix_power: composed.matrix_power,
    np.linalg.pinv: composed.pinv,
    np.linalg.lstsq: composed.lstsq,
}
"""Written with other functions of this table, and with elementwise ones."""


def _of_inverse(result: Any, _values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401 - arrays and duals, here and below
    return -result @ slopes[0] @ result


def _of_solution(result: Any, values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    matrix, right = values
    is_vector = np.ndim(right) == 1
    moved = slopes[1] - (slopes[0] @ result[..., None])[..., 0] if is_vector else slopes[1] - slopes[0] @ result
    return np.linalg.solve(matrix, moved[..., None])[..., 0] if is_vector else np.linalg.solve(matrix, moved)


def _of_determinant(_result: Any, values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    """The sum of the determinants with one column moved: no inverse, so that a singular matrix has a slope, too."""
    n = np.shape(values[0])[-1]
    is_moved = np.eye(n, dtype=bool)[:, None, :]
    return np.sum(np.linalg.det(np.where(is_moved, slopes[0][..., None, :, :], values[0][..., None, :, :])), axis=-1)


def _of_log_determinant(result: Any, values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    trace = np.trace(np.linalg.solve(values[0], slopes[0]), axis1=-2, axis2=-1)
    return np.zeros_like(result[0]), trace


def _of_cholesky(result: Any, _values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    symmetric = (slopes[0] + np.swapaxes(slopes[0], -1, -2)) / 2
    left = np.linalg.solve(result, symmetric)
    inner = np.swapaxes(np.linalg.solve(result, np.swapaxes(left, -1, -2)), -1, -2)
    half = np.tril(np.ones(np.shape(inner)[-2:])) - np.eye(np.shape(inner)[-1]) / 2
    return result @ (inner * half)


def _in_eigenvectors(vectors: Any, slope: Any) -> Any:  # noqa: ANN401
    symmetric = np.tril(slope) + np.swapaxes(np.tril(slope, -1), -1, -2)  # the lower triangle is what NumPy reads
    return np.swapaxes(vectors, -1, -2) @ symmetric @ vectors


def _of_eigenvalues(values: Any, turned: Any) -> Any:  # noqa: ANN401
    """The slopes of symmetric eigenvalues; NaN where two that are equal part."""
    n = np.shape(values)[-1]
    off = ~np.eye(n, dtype=bool)
    parts = np.any((values[..., :, None] == values[..., None, :]) & off & (turned != 0), axis=-1)
    return np.where(parts, np.nan, np.diagonal(turned, axis1=-2, axis2=-1))


def _of_eigvalsh(result: Any, values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    return _of_eigenvalues(result, _in_eigenvectors(np.linalg.eigh(values[0])[1], slopes[0]))


def _of_eigh(result: Any, _values: list[Any], slopes: list[Any]) -> Any:  # noqa: ANN401
    values, vectors = result
    turned = _in_eigenvectors(vectors, slopes[0])
    gaps = values[..., None, :] - values[..., :, None]
    own = np.eye(np.shape(values)[-1], dtype=bool)
    turn = np.where(own, 0.0, turned / np.where(own, 1.0, gaps))
    return _of_eigenvalues(values, turned), vectors @ turn


MATRICES: Mapping[Function, Callable[[Any, list[Any], list[Any]], Any]] = {
    np.linalg.inv: _of_inverse,
    np.linalg.solve: _of_solution,
    np.linalg.det: _of_determinant,
    np.linalg.slogdet: _of_log_determinant,
    np.linalg.cholesky: _of_cholesky,
    np.linalg.eigvalsh: _of_eigvalsh,
    np.linalg.eigh: _of_eigh,
}
"""From the result, the values and the slopes of the arguments to the slope of the result."""
