"""What a kind of exact or enclosed numbers can do, and where a function has a value.

An element is a rational number (kept exactly as long as it is not too long) or a real one, a ball. Values and
derivatives are computed once over an :class:`Arithmetic` (forms.py); arithmetic.py provides one. A decision (is u
positive? is it an integer?) is made only when it is proved; otherwise the value is NaN, which means "not decided at
this precision".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from numdiff.evaluate.balls.forms import Form, compiled
from numdiff.functions import registry, trees
from numdiff.functions.elementary import Margin
from numdiff.functions.registry import asked

Element: TypeAlias = Any
"""An exact rational (fmpq) or a real number (arb)."""


class UndefinedAtPoint(ArithmeticError):  # noqa: N818 - not an error of the program but an answer
    """The expression has provably no value here; ``reason`` is ``"pole"`` or ``"domain"``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Arithmetic(ABC):
    """What is needed of a kind of number; the functions take and return reals."""

    nan: Element
    exp: Callable[[Element], Element]
    expm1: Callable[[Element], Element]
    ln: Callable[[Element], Element]
    log1p: Callable[[Element], Element]
    sqrt: Callable[[Element], Element]
    sin: Callable[[Element], Element]
    cos: Callable[[Element], Element]
    tan: Callable[[Element], Element]
    asin: Callable[[Element], Element]
    acos: Callable[[Element], Element]
    atan: Callable[[Element], Element]
    sinh: Callable[[Element], Element]
    cosh: Callable[[Element], Element]
    tanh: Callable[[Element], Element]
    asinh: Callable[[Element], Element]
    acosh: Callable[[Element], Element]
    atanh: Callable[[Element], Element]
    erf: Callable[[Element], Element]
    erfc: Callable[[Element], Element]
    gamma: Callable[[Element], Element]
    lgamma: Callable[[Element], Element]
    digamma: Callable[[Element], Element]
    trigamma: Callable[[Element], Element]
    sinc: Callable[[Element], Element]
    sinc_slope: Callable[[Element], Element]
    pi: Callable[[], Element]
    e: Callable[[], Element]

    @abstractmethod
    def rational(self, value: Fraction) -> Element:
        """Return the exact rational."""

    @abstractmethod
    def is_rational(self, u: Element) -> bool:
        """Return True if the element is an exact rational."""

    @abstractmethod
    def real(self, u: Element) -> Element:
        """Return the element as a real number at the working precision."""

    @abstractmethod
    def tidy(self, u: Element) -> Element:
        """Return a rational that has grown too long as a real number, anything else as it is."""

    @abstractmethod
    def integer_power(self, u: Element, n: int) -> Element:
        """Return u^n for a nonzero u or n ≥ 0."""

    @abstractmethod
    def positive_root(self, u: Element, n: int) -> Element:
        """Return the n-th root of a real u ≥ 0."""

    @abstractmethod
    def odd_root(self, u: Element, n: int) -> Element:
        """Return the real n-th root for odd n, of any real u."""

    @abstractmethod
    def sign(self, u: Element) -> int | None:
        """Return −1, 0 or 1 if it is decided (0 only for an exact zero), else None."""

    @abstractmethod
    def floor(self, u: Element) -> Element:
        """Return the floor as a rational, or None if it is not decided."""

    @abstractmethod
    def is_finite(self, u: Element) -> bool:
        """Return False for NaN and infinite enclosures."""

    @abstractmethod
    def greater(self, u: Element, w: Element) -> Element:
        """Return an enclosure of max(u, w) where neither is proved to be the greater."""

    @abstractmethod
    def expansion(self, name: str, u: Element, count: int) -> Sequence[Element]:
        """Return the first Taylor coefficients at u of a function that has a series of its own."""

    @abstractmethod
    def is_right(self, u: Element) -> bool:
        """Return whether the (midpoint of the) real part is positive: which of two equal forms is the better."""


@asked
def _margins(op: str) -> tuple[tuple[Form, Margin], ...]:
    row = registry.row("sqrt" if op == "root_even" else op)
    return tuple((compiled(trees.read(margin.form), row.parameters), margin) for margin in row.domain)


def margins(k: Arithmetic, op: str, u: Element) -> int | None:
    """Return 1 if u is inside the function's domain, 0 on a closed edge of it, None if that is not decided.

    Raises
    ------
    UndefinedAtPoint
        If u is provably outside, or at a pole.
    """
    verdict: int | None = 1
    for form, margin in _margins(op):
        side = k.sign(form(k, u))
        if side == -1 and not margin.both_sides:
            raise UndefinedAtPoint("domain")
        if side == 0 and margin.zero == "pole":
            raise UndefinedAtPoint("pole")
        if side is None:
            verdict = None
        elif side == 0 and verdict is not None:
            verdict = 0
    return verdict
