"""Whether a method with fixed steps has seen enough of f to say that its derivative exists and is right.

A quotient sees its nodes and nothing else: the central one of abs(x) at 0 is 0 at any step. So f is asked at x and at
two small steps on either side, five values in all. They deny a kink (right and left slope come together as the step
shrinks), a jump or a pole, and a wide step that strides over periods of f (the small ones have another slope). They
can't see what is narrower than themselves; for that there is the method "auto".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.asked import Asked
from numdiff.blackbox.calling import AnyFunction
from numdiff.blackbox.precision import Values, unit_roundoff
from numdiff.derivative.adaptive.auto import Found
from numdiff.derivative.adaptive.sides import settled
from numdiff.derivative.adaptive.table import Flags, Floats
from numdiff.derivative.adaptive.values import values_at
from numdiff.derivative.result import Reason, Status

NODES = 5
"""How many values of f a witness takes."""
_COMES_TOGETHER = 1.6
"""Right and left slope of a smooth f are twice as far apart at twice the step; at a kink as far as before."""


def witness_steps(x: Values, step: Floats) -> Floats:
    """Return the smaller step at each point: that of the method, or that of a plain central quotient if it is less."""
    usual = np.cbrt(unit_roundoff(x.dtype)) * np.maximum(np.abs(x.astype(np.float64)), 1)
    wanted = np.log2(np.where(step > 0, np.minimum(step, usual), usual))
    return np.exp2(np.where(np.isfinite(wanted), np.round(wanted), 0))


def is_seen(df: Floats, error: Floats, slopes: Floats, noise: Floats, roundoff: float) -> Flags:
    """Return where one-sided slopes at two small steps bear a derivative out.

    Parameters
    ----------
    df, error : ndarray
        What is claimed.
    slopes : ndarray, shape (2, 2, …)
        (f(x±h) − f(x))/±h: to the right and to the left, each at h and at 2h. NaN where f has no value bears out
        nothing.
    noise : ndarray
        What rounding f does to those.
    roundoff : float
        The unit roundoff.
    """
    apart, middle = slopes[0] - slopes[1], slopes.mean(axis=0)
    comes_together = (np.abs(apart[0]) <= noise) | ~(apart[1] / apart[0] < _COMES_TOGETHER) | (apart[1] * apart[0] < 0)
    # of a jump the slope at half the step is the double: it is away from any number by more than that from its half
    agrees = np.abs(middle[0] - df) <= 4 * (error + noise) + np.abs(middle[1] - middle[0])
    size = np.maximum(np.abs(df), np.abs(slopes).max(axis=(0, 1)))
    is_sharp = error <= settled(roundoff) * size + np.abs(apart[1]) + noise
    return np.asarray(np.isfinite(slopes).all(axis=(0, 1)) & comes_together & agrees & is_sharp)


def slope_noise(values: Floats, df: Floats, x: Floats, step: Floats, roundoff: float) -> Floats:
    """Return what rounding f, whose size is that of the values, and its argument may do to a slope over the step."""
    return np.asarray(8 * roundoff * (np.abs(values) + np.abs(df * x)) / step)


def witnessed(f: AnyFunction | Asked, x: Values, found: Found) -> Found:
    """Return the derivatives, "unverified" in the status where f about x does not bear out what they claim."""
    place = x.astype(np.float64)
    h = witness_steps(x, found.step)
    nodes: NDArray[Any] = (place + np.multiply.outer([0, 1, 2, -1, -2], h)).astype(x.dtype)
    flat, computed_in = values_at(f, nodes.ravel())
    values, roundoff = flat.reshape(nodes.shape), unit_roundoff(computed_in)
    moved = nodes.astype(np.float64)
    slopes = ((values[1:] - values[0]) / (moved[1:] - moved[0])).reshape(2, 2, x.size)
    noise = slope_noise(np.abs(values).max(axis=0), found.df, place, h, roundoff)
    doubtful = (found.status == Status.CONVERGED) & ~is_seen(found.df, found.error, slopes, noise, roundoff)
    found.status[doubtful], found.reason[doubtful] = Status.UNVERIFIED, Reason.NONE
    return found._replace(nfev=found.nfev + NODES)
