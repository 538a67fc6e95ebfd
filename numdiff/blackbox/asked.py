"""How any callable is asked for values: all at once where it answers each point as alone, else one after the other.

A function may change its argument in place, so it is given copies. One that takes arrays may mix their elements
(``x * np.sum(x)``, ``x**2 if np.all(x > 0) else -x``): one of the points is asked alone, too, and only if it comes out
the same the array's answer is believed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numdiff.blackbox.precision import DTYPES, unit_roundoff

DOMAIN_ERRORS = (ArithmeticError, ValueError)
"""What Python's functions raise outside their domain; what else a function raises at every point is an error of its."""
SAME = 1e-9
"""Two answers for one point may differ by this part: operations on arrays are rounded a little differently."""
LAST = ((-1, 0),)
"""The spare points to be asked alone if nothing better is known: see :meth:`Asked.at_once`."""


class Elementwise:
    """A function of arrays that is known to treat every element as alone; what it raises is passed on."""

    is_elementwise = True

    def __init__(self, call: Callable[[NDArray[Any]], NDArray[Any]]) -> None:
        self._call = call

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Return its values."""
        return self._call(x)


class Asked:
    """A function with what has been learnt by asking it.

    Attributes
    ----------
    f : callable
    raised : str
        What f raised first where it counts as undefined, and where that was; empty if nothing.
    """

    def __init__(self, f: Callable[[Any], Any]) -> None:
        self.f, self.raised = f, ""
        self._is_known = getattr(f, "is_elementwise", False) is True
        self._takes_many: bool | None = self._is_known or None

    @classmethod
    def of(cls, f: Any) -> Asked:  # noqa: ANN401 - a callable, or one that is asked already
        """Return f to be asked; f itself if it is that already."""
        return f if isinstance(f, cls) else cls(f)

    def at_once(self, x: NDArray[Any], spare: Sequence[Sequence[int]] = LAST) -> NDArray[Any] | None:
        """Return f of the whole array, None if it does not take that or mixes the elements.

        Parameters
        ----------
        x : ndarray
        spare : sequence of sequences of int
            Places in the flat array to be asked alone, once for each function: of each sequence the first place, and
            the next one where f has no value.
        """
        if self._is_known:
            raw = np.asarray(self.f(x))
            return raw if raw.shape == x.shape else None
        if self._takes_many is False:
            return None
        try:
            raw = np.asarray(self.f(x.copy()))
        except Exception:  # noqa: BLE001 - a function of one number refuses an array in its own way
            return None
        if raw.shape != x.shape:  # a constant; or a function that reduces its argument
            return None
        if self._takes_many is None and x.size > 1:
            verdicts = [self._agrees(raw.ravel(), x.ravel(), places) for places in spare]
            if False in verdicts:
                self._takes_many = False
                return None
            self._takes_many = True if None not in verdicts else None
        return raw

    def one_by_one(self, points: Iterable[Any]) -> NDArray[np.float64]:
        """Return f at single points; NaN where it raises, and where its value is not real.

        Raises
        ------
        TypeError
            If f returns something else than one number.
        Exception
            What f raises, if it raises at every point and not only what tells of a domain.
        """
        values, errors = [], []
        for point in points:
            try:
                value = self._value(point)
            except Exception as error:  # noqa: BLE001 - whatever f raises outside its domain
                self.raised = self.raised or f"{type(error).__name__}: {error} (at {point!r})"
                errors.append((error, point))
                values.append(math.nan)
            else:
                values.append(as_number(value))
        foreign = [pair for pair in errors if not isinstance(pair[0], DOMAIN_ERRORS)]
        if foreign and len(errors) == len(values):
            first, place = foreign[0]
            first.add_note(f"f raised this at {place!r}, and has no value at any other point")
            raise first
        return np.array(values, dtype=np.float64)

    def _value(self, point: Any) -> Any:  # noqa: ANN401
        """Return f of a number; if it refuses that, of NumPy's number, and of an array of one."""
        try:
            return self.f(point)
        except DOMAIN_ERRORS:
            raise
        except Exception:
            for other in (np.asarray(point)[()], np.asarray(point).reshape(1)):
                try:
                    return self.f(other)
                except Exception:  # noqa: BLE001 - what it raised for a plain number is what counts
                    continue
            raise

    def _agrees(self, every: NDArray[Any], x: NDArray[Any], places: Sequence[int]) -> bool | None:
        """Whether f of one point is what it is among the others; None if it has no value there either way."""
        for place in places:
            point = x[place]
            try:
                alone = as_number(self._value(point.item() if point.dtype == np.float64 else point))
            except Exception:  # noqa: BLE001 - it has no value here
                alone = math.nan
            among = as_number(every[place])
            if alone == among:
                return True
            if math.isnan(alone) and math.isnan(among):
                continue
            dtype = every.dtype if every.dtype.name in DTYPES else x.dtype if x.dtype.name in DTYPES else np.float64
            room = max(SAME, 64 * unit_roundoff(dtype)) * max(abs(alone), abs(among))
            return abs(alone - among) <= room
        return None


def as_number(value: Any) -> float:  # noqa: ANN401 - a number of any library
    """Return a value as a float, NaN if it is not real or too great for one. TypeError if it is not one number."""
    if isinstance(value, float | int):
        try:
            return float(value)
        except OverflowError:
            return math.nan
    array = np.asarray(value)
    if array.dtype.kind in "USmM" or value is None:
        raise TypeError(f"f must return one number for each point, got {type(value).__name__}")
    if array.size != 1:
        raise TypeError(f"f must return one number for each point, got an array of shape {array.shape}")
    try:
        number = complex(array.item())
    except DOMAIN_ERRORS:
        return math.nan
    return number.real if number.imag == 0 else math.nan
