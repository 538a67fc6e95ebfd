"""What each operation of the tape does in exact or enclosed numbers, and its derivative, as data.

An element is a rational number (kept exactly as long as it is not too long) or a real one (a ball, or a
multiprecision number). The tables are written once over an :class:`Arithmetic`; ball.py and multiprecision.py each
provide one. A decision (is u positive? is it an integer?) is made only when it is proved; otherwise the value is
NaN, which means "not decided at this precision".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An exact rational (fmpq, Fraction) or a real number (arb, mpf)."""


class UndefinedAtPoint(ArithmeticError):  # noqa: N818 - not an error of the program but an answer
    """The expression has provably no value here; ``reason`` is ``"pole"`` or ``"domain"``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Arithmetic(ABC):
    """What the tables need of a kind of number; the functions take and return reals."""

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
    def is_right(self, u: Element) -> bool:
        """Return whether the (midpoint of the) real part is positive: which of two equal forms is the better."""


Function: TypeAlias = Callable[[Any, Element], Element]
Margin: TypeAlias = tuple[Callable[[Element], Element], str | None]


def _inside_one(u: Element) -> Element:
    return (1 - u) * (1 + u)


def _outside_one(u: Element) -> Element:
    return (u - 1) * (u + 1)


_POSITIVE: tuple[Margin, ...] = ((lambda u: u, "pole"),)
_NOT_NEGATIVE: tuple[Margin, ...] = ((lambda u: u, None),)
_NONZERO: tuple[Margin, ...] = ((lambda u: u * u, "pole"),)

DOMAINS: Mapping[str, tuple[Margin, ...]] = {
    **dict.fromkeys(("ln", "log2", "log10"), _POSITIVE),
    "log1p": ((lambda u: 1 + u, "pole"),),
    **dict.fromkeys(("sqrt", "root_even"), _NOT_NEGATIVE),
    **dict.fromkeys(("cot", "csc", "csch", "coth", "arcsch"), _NONZERO),
    **dict.fromkeys(("arcsin", "arccos"), ((_inside_one, None),)),
    **dict.fromkeys(("arcsec", "arccsc"), ((_outside_one, None),)),
    "arcosh": ((lambda u: u - 1, None),),
    "artanh": ((_inside_one, "pole"),),
    "arsech": ((lambda u: u, "pole"), (lambda u: 1 - u, None)),
    "arcoth": ((_outside_one, "pole"),),
}
"""The domain of a function: margins that are positive inside, with what their zero is (None: a closed edge,
where the function has a value and a vertical tangent)."""


def _sigmoid(k: Arithmetic, u: Element) -> Element:
    if k.is_right(u):
        return 1 / (1 + k.exp(-u))
    growth = k.exp(u)
    return growth / (1 + growth)


def _sigmoid_slope(k: Arithmetic, u: Element) -> Element:
    decay = k.exp(-u) if k.is_right(u) else k.exp(u)
    return decay / ((1 + decay) * (1 + decay))


def _softplus(k: Arithmetic, u: Element) -> Element:
    return u + k.log1p(k.exp(-u)) if k.is_right(u) else k.log1p(k.exp(u))


def _normal(k: Arithmetic, u: Element) -> Element:
    """Return the normal distribution function."""
    return k.erfc(-u / k.sqrt(k.real(2))) / 2


FUNCTIONS: Mapping[str, Function] = {
    "exp": lambda k, u: k.exp(u),
    "expm1": lambda k, u: k.expm1(u),
    "ln": lambda k, u: k.ln(u),
    "log2": lambda k, u: k.ln(u) / k.ln(k.real(2)),
    "log10": lambda k, u: k.ln(u) / k.ln(k.real(10)),
    "log1p": lambda k, u: k.log1p(u),
    "sqrt": lambda k, u: k.sqrt(u),
    "sin": lambda k, u: k.sin(u),
    "cos": lambda k, u: k.cos(u),
    "tan": lambda k, u: k.tan(u),
    "sec": lambda k, u: 1 / k.cos(u),
    "csc": lambda k, u: 1 / k.sin(u),
    "cot": lambda k, u: 1 / k.tan(u),
    "arcsin": lambda k, u: k.asin(u),
    "arccos": lambda k, u: k.acos(u),
    "arctan": lambda k, u: k.atan(u),
    "arcsec": lambda k, u: k.acos(1 / u),
    "arccsc": lambda k, u: k.asin(1 / u),
    "arccot": lambda k, u: k.pi() / 2 - k.atan(u),
    "sinh": lambda k, u: k.sinh(u),
    "cosh": lambda k, u: k.cosh(u),
    "tanh": lambda k, u: k.tanh(u),
    "sech": lambda k, u: 1 / k.cosh(u),
    "csch": lambda k, u: 1 / k.sinh(u),
    "coth": lambda k, u: 1 / k.tanh(u),
    "arsinh": lambda k, u: k.asinh(u),
    "arcosh": lambda k, u: k.acosh(u),
    "artanh": lambda k, u: k.atanh(u),
    "arsech": lambda k, u: k.acosh(1 / u),
    "arcsch": lambda k, u: k.asinh(1 / u),
    "arcoth": lambda k, u: k.atanh(1 / u),
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "silu": lambda k, u: u * _sigmoid(k, u),
    "erf": lambda k, u: k.erf(u),
    "gelu": lambda k, u: u * _normal(k, u),
}
"""The smooth functions of one argument; valid for complex arithmetic too."""


def _arcsec_slope(k: Arithmetic, u: Element) -> Element:
    return 1 / (u * u * k.sqrt(_outside_one(u) / (u * u)))


SLOPES: Mapping[str, Callable[[Any, Element, Element], Element]] = {
    "exp": lambda _k, _u, v: v,
    "expm1": lambda k, u, _v: k.exp(u),
    "ln": lambda _k, u, _v: 1 / u,
    "log2": lambda k, u, _v: 1 / (u * k.ln(k.real(2))),
    "log10": lambda k, u, _v: 1 / (u * k.ln(k.real(10))),
    "log1p": lambda _k, u, _v: 1 / (1 + u),
    "sqrt": lambda _k, _u, v: 1 / (2 * v),
    "sin": lambda k, u, _v: k.cos(u),
    "cos": lambda k, u, _v: -k.sin(u),
    "tan": lambda _k, _u, v: 1 + v * v,
    "sec": lambda k, u, v: v * v * k.sin(u),
    "csc": lambda k, u, v: -v * v * k.cos(u),
    "cot": lambda _k, _u, v: -1 - v * v,
    "arcsin": lambda k, u, _v: 1 / k.sqrt(_inside_one(u)),
    "arccos": lambda k, u, _v: -1 / k.sqrt(_inside_one(u)),
    "arctan": lambda _k, u, _v: 1 / (1 + u * u),
    "arcsec": lambda k, u, _v: _arcsec_slope(k, u),
    "arccsc": lambda k, u, _v: -_arcsec_slope(k, u),
    "arccot": lambda _k, u, _v: -1 / (1 + u * u),
    "sinh": lambda k, u, _v: k.cosh(u),
    "cosh": lambda k, u, _v: k.sinh(u),
    "tanh": lambda k, u, _v: 1 / (k.cosh(u) * k.cosh(u)),
    "sech": lambda k, u, v: -v * k.tanh(u),
    "csch": lambda k, u, v: -v * v * k.cosh(u),
    "coth": lambda k, u, _v: -1 / (k.sinh(u) * k.sinh(u)),
    "arsinh": lambda k, u, _v: 1 / k.sqrt(1 + u * u),
    "arcosh": lambda k, u, _v: 1 / k.sqrt(_outside_one(u)),
    "artanh": lambda _k, u, _v: 1 / _inside_one(u),
    "arsech": lambda k, u, _v: -1 / (u * k.sqrt(_inside_one(u))),
    "arcsch": lambda k, u, _v: -1 / (u * u * k.sqrt(1 + 1 / (u * u))),
    "arcoth": lambda _k, u, _v: 1 / _inside_one(u),
    "sigmoid": lambda k, u, _v: _sigmoid_slope(k, u),
    "softplus": lambda k, u, _v: _sigmoid(k, u),
    "silu": lambda k, u, _v: _sigmoid(k, u) + u * _sigmoid_slope(k, u),
    "erf": lambda k, u, _v: 2 / k.sqrt(k.pi()) * k.exp(-u * u),
    "gelu": lambda k, u, _v: _normal(k, u) + u * k.exp(-u * u / 2) / k.sqrt(2 * k.pi()),
}
"""The local derivatives of :data:`FUNCTIONS`, from u and v = f(u)."""


def margins(k: Arithmetic, op: str, u: Element) -> int | None:
    """Return 1 if u is inside the function's domain, 0 on a closed edge of it, None if that is not decided.

    Raises
    ------
    UndefinedAtPoint
        If u is provably outside, or at a pole.
    """
    verdict: int | None = 1
    for margin, edge in DOMAINS.get(op, ()):
        side = k.sign(margin(u))
        if side == -1:
            raise UndefinedAtPoint("domain")
        if side == 0 and edge is not None:
            raise UndefinedAtPoint(edge)
        if side is None:
            verdict = None
        elif side == 0 and verdict is not None:
            verdict = 0
    return verdict
