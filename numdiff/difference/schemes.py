"""Difference schemes as data — offsets and weights — and one evaluator for any function.

A scheme approximates f′(x) by ``Σ wₖ f(x + oₖ Δx) / Δx``. The weights are not typed in but generated from the
offsets, exactly, by Fornberg's recursion; the order of accuracy and the constant of the leading error term follow
from the weights. The evaluator computes the quotient as a textbook writes it, in the working precision.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from numdiff.blackbox.calling import AnyFunction, call, check_callable, imaginary_part
from numdiff.blackbox.precision import DTYPES, Values, as_dtype, common_dtype

Step: TypeAlias = Literal["nominal", "taken"]
"""What the difference is divided by: Δx itself, or the step between the nodes as they were computed."""

STEPS: tuple[Step, ...] = ("nominal", "taken")


def finite_difference_weights(offsets: Sequence[int | float | Fraction], order: int = 1) -> tuple[Fraction, ...]:
    """Return the weights of the difference formula on a grid, exactly.

    Parameters
    ----------
    offsets : sequence of int, float or Fraction
        The places oₖ of the nodes in units of the step, seen from x; all different, more than ``order`` of them.
    order : int
        Which derivative to approximate; 0 interpolates f itself.

    Returns
    -------
    tuple[Fraction, ...]
        w, one per offset: Σ wₖ f(x + oₖ h) / h^order is exact for every polynomial of degree < len(offsets).

    Raises
    ------
    ValueError
        If the offsets are not finite and different, or are too few.
    TypeError
        If they are no sequence of numbers, or the order is no whole number.

    Notes
    -----
    The recursion adds one node at a time: the Lagrange polynomial of an old node gains the factor
    (z − new)/(old − new), that of the new node is the last old one times (z − last)·(ratio of the products of
    distances); differentiating the products at z = 0 gives the two lines below.

    References
    ----------
    .. [1] B. Fornberg, Generation of finite difference formulas on arbitrarily spaced grids, Math. Comp. 51 (1988).

    Examples
    --------
    >>> import numdiff as nd
    >>> [str(weight) for weight in nd.finite_difference_weights([-1, 0, 1], 2)]
    ['1', '-2', '1']
    """
    if isinstance(order, bool) or not isinstance(order, int | np.integer):
        raise TypeError(f"order must be a whole number, got {order!r}")
    if isinstance(offsets, str) or not np.iterable(offsets):
        raise TypeError(f"offsets must be a sequence of numbers, got {offsets!r}")
    if order < 0:
        raise ValueError(f"order must be at least 0, got {order}")
    if not all(math.isfinite(offset) for offset in offsets):
        raise ValueError(f"offsets must be finite, got {tuple(offsets)}")
    nodes = [Fraction(offset) for offset in offsets]
    if len(set(nodes)) < len(nodes) or len(nodes) <= order:
        raise ValueError(f"offsets must be at least {order + 1} different numbers, got {tuple(offsets)}")
    table = [[Fraction(1)] + [Fraction(0)] * order]  # table[node][m]: its weight in the m-th derivative so far
    last_product = Fraction(1)
    for count, new in enumerate(nodes[1:], start=1):
        product = math.prod((new - old for old in nodes[:count]), start=Fraction(1))
        ratio, last = last_product / product, nodes[count - 1]
        table.append([ratio * (m * _lower(table[-1], m) - last * table[-1][m]) for m in range(order + 1)])
        for old, row in zip(nodes[:count], table, strict=False):
            row[:] = [(new * row[m] - m * _lower(row, m)) / (new - old) for m in range(order + 1)]
        last_product = product
    return tuple(row[order] for row in table)


def _lower(row: list[Fraction], m: int) -> Fraction:
    return row[m - 1] if m else Fraction(0)


@dataclass(frozen=True)
class Scheme:
    """A difference scheme: f′(x) ≈ Σ weights[k] · f(x + offsets[k]·Δx) / Δx.

    Attributes
    ----------
    name : str
    offsets : tuple[int, ...]
        Nodes in units of Δx, from the right to the left, the order in which a textbook writes the terms.
    weights : tuple[Fraction, ...]
    derivative : int
        Which derivative is approximated; Δx is divided by that many times.
    imaginary : bool
        True for the complex step, Im f(x + iΔx)/Δx: its one node lies above x.
    """

    name: str
    offsets: tuple[int, ...]
    weights: tuple[Fraction, ...]
    derivative: int = 1
    imaginary: bool = False

    @classmethod
    def from_offsets(cls, name: str, offsets: Sequence[int], derivative: int = 1) -> Scheme:
        """Return the most accurate scheme on these nodes; nodes of weight 0 are left out."""
        places = sorted(set(offsets), reverse=True)
        weights = finite_difference_weights(places, derivative)
        used = [(place, weight) for place, weight in zip(places, weights, strict=True) if weight]
        return cls(name, tuple(place for place, _ in used), tuple(weight for _, weight in used), derivative)

    def __hash__(self) -> int:
        """Hash without the weights: hashing fractions would cost more than a sweep."""
        return hash((self.name, self.offsets))

    @cached_property
    def denominator(self) -> int:
        """The common denominator d of the weights: the quotient is written Σ n·f / (d·Δx)."""
        return math.lcm(*(weight.denominator for weight in self.weights))

    @cached_property
    def numerators(self) -> tuple[int, ...]:
        """The integer coefficients n of the values of f in the textbook's form of the quotient."""
        return tuple(int(weight * self.denominator) for weight in self.weights)

    def moment(self, degree: int) -> Fraction:
        """Return the factor of f⁽ᵈᵉᵍʳᵉᵉ⁾(x)·Δx^(degree − derivative) in the quotient's Taylor expansion."""
        if self.imaginary:  # Im (i·h)^j/j!
            return Fraction((0, 1, 0, -1)[degree % 4], math.factorial(degree))
        total = sum(weight * place**degree for place, weight in zip(self.offsets, self.weights, strict=True))
        return Fraction(total, math.factorial(degree))

    @cached_property
    def order(self) -> int:
        """The order of accuracy p: the truncation error is proportional to Δx^p as Δx → 0."""
        degree = self.derivative + 1
        while not self.moment(degree):
            degree += 1
        return degree - self.derivative

    @cached_property
    def error_constant(self) -> Fraction:
        """The signed factor c of the leading error term c·f⁽ᵖ⁺ᵐ⁾(x)·Δx^p (central: 1/6)."""
        return self.moment(self.derivative + self.order)

    @cached_property
    def noise(self) -> Fraction:
        """W = Σ abs(wₖ): an error δ in each value of f costs up to W·δ/Δx; 0 for the complex step."""
        return Fraction(0) if self.imaginary else sum((abs(weight) for weight in self.weights), start=Fraction(0))


_TABLE: dict[str, Scheme] = {}

SCHEMES: Mapping[str, Scheme] = MappingProxyType(_TABLE)
"""Every scheme for f′ by name: forward, backward, central, forward3, backward3, central4, central6, central8, complex,
and those that :func:`register` adds."""


def register(*schemes: Scheme) -> None:
    """Add schemes to the table: whatever takes the name of a scheme takes theirs from now on.

    Raises
    ------
    ValueError
        If a scheme is not for the first derivative, or its name is no identifier or taken.
    """
    for scheme in schemes:
        if scheme.derivative != 1:
            raise ValueError(
                f"{scheme.name} must approximate the first derivative, not one of order {scheme.derivative}"
            )
        if not scheme.name.isidentifier() or scheme.name in _TABLE:
            raise ValueError(f"a scheme's name must be an identifier that is not taken, got {scheme.name!r}")
        _TABLE[scheme.name] = scheme


def unregister(name: str) -> None:
    """Take a scheme away again. KeyError if there is none of that name."""
    del _TABLE[name]


register(
    Scheme.from_offsets("forward", (0, 1)),
    Scheme.from_offsets("backward", (-1, 0)),
    Scheme.from_offsets("central", (-1, 0, 1)),
    Scheme.from_offsets("forward3", (0, 1, 2)),
    Scheme.from_offsets("backward3", (-2, -1, 0)),
    Scheme.from_offsets("central4", range(-2, 3)),
    Scheme.from_offsets("central6", range(-3, 4)),
    Scheme.from_offsets("central8", range(-4, 5)),
    # W. Squire, G. Trapp, Using complex variables to estimate derivatives of real functions, SIAM Rev. 40 (1998).
    Scheme("complex", (1,), (Fraction(1),), imaginary=True),
)


def with_secant() -> tuple[str, ...]:
    """Return the schemes whose quotient is the slope of a line through two points of the curve, at most Δx from x."""
    pairs = (scheme for scheme in _TABLE.values() if len(scheme.offsets) == 2 and not scheme.imaginary)
    return tuple(scheme.name for scheme in pairs if max(map(abs, scheme.offsets)) == 1)


def as_scheme(scheme: str | Scheme) -> Scheme:
    """Return the scheme of that name; a :class:`Scheme` is returned as it is. ValueError for an unknown name."""
    if isinstance(scheme, Scheme):
        return scheme
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(SCHEMES)}, got {scheme!r}")
    return SCHEMES[scheme]


def check_step(step: str) -> None:
    """Raise ValueError unless the step is one of :data:`STEPS`."""
    if step not in STEPS:
        raise ValueError(f"step must be one of {', '.join(STEPS)}, got {step!r}")


def difference(
    f: AnyFunction,
    x: ArrayLike,
    dx: ArrayLike,
    scheme: str | Scheme = "central",
    dtype: DTypeLike | None = None,
    *,
    step: Step = "nominal",
) -> Values:
    """Return the difference quotient of f at x with the step dx, every operation done in the working precision.

    Parameters
    ----------
    f : callable
        A :class:`numdiff.Function` or any callable of one number; element by element if it takes no arrays.
    x, dx : array_like
        Point and step, broadcast against each other. A negative step mirrors the scheme.
    scheme : str or Scheme
        A name of :data:`SCHEMES`. The complex step needs an f that accepts complex numbers.
    dtype : dtype, optional
        float16, bfloat16, float32 or float64. By default that of x and dx; integers are taken as float64.
    step : "nominal" or "taken"
        Divide by Δx, or by the step between the nodes as computed, ``(x+Δx) − (x−Δx)`` for the central scheme.

    Returns
    -------
    scalar or ndarray
        Of the working dtype and the broadcast shape. The central quotient is ``(f(x+dx) - f(x-dx)) / (2*dx)`` bit for
        bit. NaN or inf where f is not defined or overflows; never a warning.

    Raises
    ------
    ValueError
        If dx is 0 or not finite, x is complex, or scheme, dtype or step is not one of those above.
    TypeError
        If f is not callable or does not return one number for each point.

    Examples
    --------
    >>> import numdiff as nd
    >>> nd.difference(lambda x: x**2, 3.0, 0.5, "forward").item()
    6.5
    """
    check_callable(f)
    chosen = as_scheme(scheme)
    check_step(step)
    point, h = _operands(x, dx, dtype)
    with np.errstate(all="ignore"):
        if chosen.imaginary:
            return imaginary_part(f, point, h) / h
        nodes = [node(point, h, offset) for offset in chosen.offsets]
        values = [call(f, place) for place in nodes]
        return weighted_sum(chosen, values) / divisor(chosen, point, h, nodes, step)


def numerical_derivative(f: AnyFunction, x: ArrayLike, delta_x: float = 1e-4) -> Values:
    """Return ``(f(x + delta_x) - f(x - delta_x)) / (2*delta_x)``, the lecture's numerical derivative.

    Parameters
    ----------
    f, x
        As for :func:`difference`.
    delta_x : float
        The step to both sides.

    Returns
    -------
    scalar or ndarray
        In the shape of x. No error estimate: see :func:`numdiff.derivative`.

    Raises
    ------
    TypeError, ValueError
        As :func:`difference`.

    Examples
    --------
    >>> import numdiff as nd
    >>> nd.numerical_derivative(lambda x: x**2, 3.0).item()
    6.000000000012662
    """
    return difference(f, x, delta_x)


def node(x: Values, h: Values, offset: int) -> Values:
    """Return x + offset·h as computed: the product first, then the sum, both rounded to the working precision."""
    if offset == 0:
        return x
    distance = h if abs(offset) == 1 else abs(offset) * h
    return x + distance if offset > 0 else x - distance


def weighted_sum(scheme: Scheme, values: Sequence[Values]) -> Values:
    """Return Σ n·f over the nodes from the left to the right of the textbook's formula, as computed."""
    total: Values = None
    for coefficient, value in zip(scheme.numerators, values, strict=True):
        if total is None:
            total = _signed(coefficient, value)
        elif coefficient == -1:
            total = total - value
        else:  # a negative multiple added is bit for bit the positive one subtracted
            total = total + _times(coefficient, value)
    return total


def divisor(scheme: Scheme, x: Values, h: Values, nodes: Sequence[Values], step: Step) -> Values:
    """Return what Σ n·f is divided by, as computed: d·h^m, or the same difference of the nodes themselves.

    The step taken is Σ n·node, the very combination that is taken of the values, so the quotient of a linear function
    is free of the nodes' rounding. Opposite nodes are subtracted first: that is exact when h is small beside x.
    """
    if step == "nominal":
        power = h
        for _ in range(scheme.derivative - 1):
            power = power * h
        return _times(scheme.denominator, power)
    if scheme.derivative != 1:
        raise ValueError(f"step must be 'nominal' for a derivative of order {scheme.derivative}")
    places = dict(zip(scheme.offsets, zip(scheme.numerators, nodes, strict=True), strict=True))
    paired = all(-offset in places and places[-offset][0] == -n for offset, (n, _) in places.items())
    spans = []
    for offset, (coefficient, place) in places.items():
        if paired and offset > 0:
            spans.append(_signed(coefficient, place - places[-offset][1]))
        elif not paired and offset:
            spans.append(_signed(coefficient, place - x))
    total = spans[0]
    for span in spans[1:]:
        total = total + span
    return total


def _times(factor: int, value: Values) -> Values:
    # A Python integer takes the value's dtype, bfloat16 too (a Python float would widen an array of that).
    return value if factor == 1 else factor * value


def _signed(coefficient: int, value: Values) -> Values:
    return -value if coefficient == -1 else _times(coefficient, value)


def _operands(x: ArrayLike, dx: ArrayLike, dtype: DTypeLike | None) -> tuple[Values, Values]:
    """Return x and dx as NumPy scalars or arrays of one working dtype."""
    arrays = np.asarray(x), np.asarray(dx)
    for name, array in zip(("x", "dx"), arrays, strict=True):
        if not (np.issubdtype(array.dtype, np.integer) or array.dtype.name in DTYPES):
            raise ValueError(f"{name} must be real numbers, got {array.dtype.name}")
    if not np.all(np.isfinite(arrays[1]) & (arrays[1] != 0)):
        raise ValueError(f"dx must be finite and not 0, got {dx!r}")
    working = as_dtype(dtype) if dtype is not None else common_dtype(x, dx)
    point, h = (array.astype(working)[()] for array in arrays)
    return point, h
