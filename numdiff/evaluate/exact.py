"""Exact values and derivatives to a chosen number of digits.

With python-flint every answer is certified: a proof by ball arithmetic, or exact rational arithmetic. Without it
mpmath stands in, and ``certified`` is False. The answer is one of three: a value with a bound of its error, "there is
none here", or "not decided at the highest precision".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from typing import Any, Literal, TypeAlias

import mpmath

from numdiff.evaluate.tape import compile_tape
from numdiff.tree import Node

Status: TypeAlias = Literal["ok", "undefined", "undecidable"]

REASONS = ("pole", "domain", "kink", "jump", "cusp", "vertical_tangent", "overflow", "precision")
"""Why there is no exact value; see :class:`Exact`."""

MOST_DIGITS = 1000
"""The most digits that may be asked for."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A value with its error bound, or the reason why there is none.

    Attributes
    ----------
    value : mpmath.mpf
        The value to the digits asked for (it carries its own precision); NaN unless ``status`` is ``"ok"``.
    radius : mpmath.mpf
        A bound of abs(value − true value), proved if ``certified``; NaN unless ``status`` is ``"ok"``. If the true
        value may be 0, so that no relative digits can be had, ``value`` is 0 and ``radius`` is at most 10^−digits.
    certified : bool
        True if value and radius, or the absence of a value, are proved.
    status : {"ok", "undefined", "undecidable"}
        Whether there is a value, provably none, or no decision at the highest precision.
    reason : str or None
        Why not: ``"pole"``, ``"domain"``, ``"kink"``, ``"jump"``, ``"cusp"``, ``"vertical_tangent"`` for undefined;
        ``"overflow"`` (beyond 2^±1,000,000) or ``"precision"`` for undecidable.
    """

    value: Any
    radius: Any
    certified: bool
    status: Status = "ok"
    reason: str | None = None


Compute: TypeAlias = Callable[[int], Any]


def missing(status: Status, reason: str, certified: bool) -> Exact:
    """Return the answer that there is no value, or none that could be decided.

    Raises
    ------
    ValueError
        If the reason is none of :data:`REASONS`.
    """
    if reason not in REASONS:
        raise ValueError(f"reason must be one of {', '.join(REASONS)}, got {reason!r}")
    nan = mpmath.mpf("nan")
    return Exact(nan, nan, certified and status == "undefined", status, reason)


def _checked(tree: Node, arguments: Mapping[str, Fraction | int | float], digits: int) -> dict[str, Fraction]:
    if not 1 <= digits <= MOST_DIGITS:
        raise ValueError(f"digits must be between 1 and {MOST_DIGITS}, got {digits}")
    for name in compile_tape(tree).variables:
        if name not in arguments:
            raise TypeError(f"missing argument {name!r}")
    return {name: Fraction(value) for name, value in arguments.items()}


@cache
def _backend() -> Any:  # noqa: ANN401 - one of two modules with the same functions
    """Return the module that computes: balls if python-flint is there, else mpmath."""
    if find_spec("flint") is None:
        from numdiff.evaluate import multiprecision

        return multiprecision
    from numdiff.evaluate import ball_exact

    return ball_exact


def exact_value(tree: Node, arguments: Mapping[str, Fraction | int | float], digits: int = 50) -> Exact:
    """Return the value of the tree at exact arguments.

    Parameters
    ----------
    tree : Node
        An expression; decimals in it are exact decimals (0.1 is 1/10).
    arguments : mapping of str to Fraction, int or float
        The exact arguments; a float is its binary value.
    digits : int
        Relative digits wanted, 1 to 1000; where the value may be 0, an absolute bound of 10^−digits.

    Returns
    -------
    Exact

    Raises
    ------
    ValueError
        For digits out of range, or an argument that is NaN.
    OverflowError
        For an infinite argument.
    TypeError
        For a missing argument.
    """
    return _backend().value(tree, _checked(tree, arguments, digits), digits)  # type: ignore[no-any-return]


def exact_derivative(tree: Node, arguments: Mapping[str, Fraction | int | float], var: str, digits: int = 50) -> Exact:
    """Return the derivative of the tree by a variable at exact arguments; parameters and errors as for the value.

    A derivative exists where the two one-sided derivatives agree; at the edge of a power's domain (x^1.5 at 0) the
    right one counts if it is finite. By a variable that does not occur it is 0, where the tree has a value.
    """
    return _backend().derivative(tree, _checked(tree, arguments, digits), var, digits)  # type: ignore[no-any-return]


def derivative_by_series(
    tree: Node, arguments: Mapping[str, Fraction | int | float], var: str, digits: int = 50
) -> Exact | None:
    """Return the derivative from the arithmetic of power series, which knows no table of slopes; None at a kink.

    It is the coefficient of the first power, worked out by sums, products and the differential equations of the
    functions that an arithmetic has (:mod:`numdiff.evaluate.taylor`); so it can judge what the rows state. Parameters
    and errors as for the value. None where the function or a part of it has a kink, a jump or a vertical tangent.
    """
    found: Exact | None = _backend().derivative_by_series(tree, _checked(tree, arguments, digits), var, digits)
    return found
