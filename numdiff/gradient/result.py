"""What partial derivatives come with: the numbers, an error estimate and a status for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from numdiff.derivative.adaptive.auto import Found
from numdiff.derivative.result import SUCCESSFUL, lines_of
from numdiff.naming import find_name


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PartialsResult:
    """A gradient, a Jacobian or a Hessian: arrays of one shape.

    ``np.asarray(result)`` is ``df``; ``result["x"]`` are the partial derivatives by x, ``result["x", "y"]`` is an
    element of a Hessian; any other index is an index of ``df``.

    Attributes
    ----------
    df : ndarray of float64
        The derivatives, NaN where there is none. A gradient has the shape of the array ``at``, or one element for
        each name; a Jacobian has the outputs' axes in front, a Hessian the variables' axes twice. Where names have
        arrays for values, their common shape comes last.
    error : ndarray
        An estimate of abs(df − true value), meant to be an upper bound; NaN where df is.
    step : ndarray
        The smallest step that was used, 0 for a method without a step.
    success : ndarray of bool
        Where df can be relied on within ``error``.
    status, reason : ndarray of Status and Reason
        How it went for each, and why there is no derivative, as in :class:`numdiff.DerivativeResult`.
    left, right : ndarray
        The derivatives from the left and from the right along each variable.
    names : tuple[str, ...]
        The variables' canonical names; empty for a function of an array.
    method : str
    nfev : int
        At how many points f was evaluated.
    calls : int
        How often f was called; 0 if it was not called at all but its formula was differentiated.
    raised : str
        What f raised first where it counts as undefined, such as "ValueError: math domain error"; else empty.
    """

    df: NDArray[np.float64]
    error: NDArray[np.float64]
    step: NDArray[np.float64]
    success: NDArray[np.bool_]
    status: NDArray[np.object_]
    reason: NDArray[np.object_]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    names: tuple[str, ...]
    method: str
    nfev: int
    calls: int
    raised: str
    _axis: int = 0

    def __repr__(self) -> str:
        return lines_of(self)

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:
        """Return ``df``."""
        if copy is False and dtype not in (None, self.df.dtype):
            raise ValueError(f"a copy is needed for the dtype {dtype}")
        return self.df.copy() if copy is not False and dtype is None else self.df.astype(dtype, copy=copy is not False)

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - whatever NumPy takes, and names
        """Return the derivatives by a variable, or an element of ``df``.

        Raises
        ------
        VariableError
            A KeyError, for a name that is none of the variables'.
        """
        keys = key if isinstance(key, tuple) else (key,)
        if not any(isinstance(item, str) for item in keys):
            return self.df[key]
        places = tuple(self._place(item) for item in keys)
        return self.df[(slice(None),) * (self._axis - len(places) + 1) + places]

    def _place(self, name: Any) -> int:  # noqa: ANN401
        return self.names.index(find_name(name, self.names))

    def __len__(self) -> int:
        return len(self.df)


def as_partials(
    found: Found, shape: Sequence[int], names: tuple[str, ...], about: tuple[str, int, int, str], axis: int = 0
) -> PartialsResult:
    """Return the public result; ``about`` is method, nfev, calls and what was raised."""
    df, error, step, left, right = (
        np.asarray(item, dtype=np.float64).reshape(shape)
        for item in (found.df, found.error, found.step, found.left, found.right)
    )
    status, reason = found.status.reshape(shape), found.reason.reshape(shape)
    success = np.isin(status, SUCCESSFUL) & np.isfinite(df)
    return PartialsResult(df, error, step, success, status, reason, left, right, names, *about, _axis=axis)
