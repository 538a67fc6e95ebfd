"""One difference quotient worked out in numbers: the nodes, the values, the difference, the division, the error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import mpmath
import numpy as np
from numpy.typing import DTypeLike

from numdiff.blackbox.calling import imaginary_part
from numdiff.blackbox.precision import Values, as_dtype
from numdiff.difference.schemes import Scheme, Step, as_scheme, check_step, divisor, node, weighted_sum
from numdiff.error.split import Parts, Splitter
from numdiff.evaluate.exact import exact_derivative
from numdiff.function import Function, one_variable
from numdiff.reference.balls import Reference


@dataclass(frozen=True, slots=True)
class Term:
    """One node of the quotient: its offset in steps, the textbook's integer coefficient, and the computed numbers.

    ``node`` is x + offset·Δx as rounded in the working precision, ``value`` is f there; of the complex step they are
    the imaginary parts.
    """

    offset: int
    coefficient: int
    node: float
    value: float


@dataclass(frozen=True, slots=True)
class Substitution:
    """A quotient with everything that a page shows of it. Floats hold the working precision's values exactly.

    Attributes
    ----------
    scheme, dtype, step_kind : str
        What was asked for.
    x, dx : float
        The point and the step as held in the working precision.
    terms : tuple[Term, ...]
        The nodes from the right to the left, as the textbook writes them.
    difference, divisor, quotient : float
        Σ coefficient·value, what it is divided by, and the result, all as computed.
    exact : mpmath.mpf
        f′(x) to the digits asked for; NaN if it does not exist.
    exact_is_certified : bool
        True if exact is proved to its last digit.
    exact_reason : str
        "" or why exact is NaN: "kink", "jump", "cusp", "vertical_tangent", "pole", "domain", "overflow" or
        "precision" (see :class:`numdiff.evaluate.answer.Exact`).
    parts : Parts
        The error and its parts, signed, and the reason why any is missing.
    """

    scheme: str
    dtype: str
    step_kind: Step
    x: float
    dx: float
    terms: tuple[Term, ...]
    difference: float
    divisor: float
    quotient: float
    exact: mpmath.mpf
    exact_is_certified: bool
    exact_reason: str
    parts: Parts

    @property
    def relative_error(self) -> float:
        """abs(error/f′(x)); infinite for an error where f′(x) is 0, 0 where there is no error."""
        error, exact = abs(self.parts.errors), abs(float(self.exact))
        if error == 0 or math.isnan(error):
            return error
        return error / exact if exact else math.inf

    @property
    def correct_digits(self) -> float:
        """−log10 of the relative error, not below 0: how many leading digits of the quotient are right."""
        error = self.relative_error
        if math.isnan(error):
            return math.nan
        return max(0.0, -math.log10(error)) if error else math.inf


def substitution(
    f: Function,
    x: float,
    dx: float,
    scheme: str | Scheme = "central",
    dtype: DTypeLike = np.float64,
    *,
    step: Step = "nominal",
    digits: int = 50,
) -> Substitution:
    """Return one quotient worked out in numbers, computed with scalars as a learner's own program does.

    Parameters
    ----------
    f : Function
        Of one variable, or of none.
    x, dx : float
        The point and the step, rounded to the dtype first.
    scheme : str or Scheme
        A name of :data:`numdiff.difference.schemes.SCHEMES`, or a scheme for the first derivative.
    dtype : dtype
        float16, bfloat16, float32 or float64.
    step : "nominal" or "taken"
        See :func:`numdiff.difference`.
    digits : int
        How many digits of f′(x) are wanted.

    Returns
    -------
    Substitution

    Raises
    ------
    ValueError
        If x is not finite in the dtype, dx is 0 or not finite, scheme, dtype or step are unknown, or f has several
        variables.

    Examples
    --------
    >>> import numdiff as nd
    >>> float(nd.substitution(nd.parse("x^2"), 3.0, 1e-4).quotient)
    6.000000000012662
    """
    chosen, working = as_scheme(scheme), as_dtype(dtype)
    check_step(step)
    one_variable(f)
    if chosen.derivative != 1:
        raise ValueError("scheme must be one for the first derivative")
    if dx == 0 or not math.isfinite(dx):
        raise ValueError(f"dx must be finite and not 0, got {dx!r}")
    with np.errstate(all="ignore"):
        point, h = working.type(x), working.type(dx)
        if not np.isfinite(point):
            raise ValueError(f"x must be a finite number in {working.name}, got {x!r}")
        numbers = _complex(f, point, h) if chosen.imaginary else _real(f, point, h, chosen, step)
    terms, _, _, quotient = numbers
    held, size = float(point), float(h)
    nodes = {} if chosen.imaginary else {term.offset: term.node for term in terms}
    parts = Splitter(Reference(f), held, step).split(size, nodes, [(chosen, quotient)])[0]
    exact = exact_derivative(f.tree, {f.variables[0]: held} if f.variables else {}, _name(f), digits)
    exact_answer = (exact.value, exact.certified, exact.reason or "")
    return Substitution(chosen.name, working.name, step, held, size, *numbers, *exact_answer, parts)


def _name(f: Function) -> str:
    return f.variables[0] if f.variables else "x"


Numbers = tuple[tuple[Term, ...], float, float, float]


def _real(f: Function, x: Values, h: Values, scheme: Scheme, step: Step) -> Numbers:
    nodes = [node(x, h, offset) for offset in scheme.offsets]
    values = [f(place) for place in nodes]
    total, below = weighted_sum(scheme, values), divisor(scheme, x, h, nodes, step)
    columns = zip(scheme.offsets, scheme.numerators, map(float, nodes), map(float, values), strict=True)
    return tuple(Term(*column) for column in columns), float(total), float(below), float(total / below)


def _complex(f: Function, x: Values, h: Values) -> Numbers:
    value, size = float(imaginary_part(f, x, h)), float(h)
    return (Term(1, 1, size, value),), value, size, float(h.dtype.type(value) / h)
