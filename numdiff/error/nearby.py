"""The verdict on one step without a whole sweep: the parts of the error are computed at the few steps it turns on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numdiff.error.advice import REACH, Verdict, judge, relied_on
from numdiff.error.orders import arms, envelope
from numdiff.error.split import Parts
from numdiff.error.sweep import DEFAULT_STEPS, error_sweep
from numdiff.error.totals import TotalErrors
from numdiff.function import Function


class _Nearby:
    """The steps around one: all errors are known, their parts are computed when they are asked for."""

    def __init__(self, f: Function, x: float, scheme: str, totals: TotalErrors) -> None:
        self.h = DEFAULT_STEPS
        self.judged = relied_on(totals.errors[totals.row(scheme)])
        self._f, self._x, self._scheme = f, x, scheme

    def _arms(self, places: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return abs(truncation) and abs(round-off) at these places, in ascending order."""
        sweep = error_sweep(self._f, self._x, (self._scheme,), self.h[places])
        return arms(sweep, 0)[1:]

    def noise(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        neighbours = np.unique(np.add.outer(places, np.arange(-REACH, REACH + 1)).clip(0, len(self.h) - 1))
        rounding = np.full(len(self.h), np.nan)
        if neighbours.size:
            rounding[neighbours] = self._arms(neighbours)[1]
        return envelope(rounding, REACH)[places]

    def has_truncation(self) -> bool:
        # it is greatest at the greatest step, nearly always
        last = np.array([len(self.h) - 1])
        return any(bool(np.any(self._arms(places)[0] > 0)) for places in (last, np.arange(len(self.h))))


def explain_nearby(f: Function, x: float, scheme: str, dx: float, *, parts: Parts, totals: TotalErrors) -> Verdict:
    """Return what :func:`numdiff.explain` says of a step, judged by the default steps in float64.

    Parameters
    ----------
    f : Function
        Of one variable, or of none.
    x : float
    scheme : str
        One of the totals'.
    dx : float
        The step, finite and not 0.
    parts : Parts
        The error at dx.
    totals : TotalErrors
        Of f at x.
    """
    return judge(parts, dx, _Nearby(f, x, scheme, totals))
