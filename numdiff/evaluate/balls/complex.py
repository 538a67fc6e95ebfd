"""The tape in complex balls (acb): the function continued analytically, for the complex step.

What no complex number has touched is computed in rationals and real balls, so a constant abs(−3) stays allowed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from flint import acb, arb

from numdiff.evaluate.balls import forms, special
from numdiff.evaluate.balls.rules import Element
from numdiff.evaluate.tape import Instruction
from numdiff.functions.registry import row

_NAN = acb(arb.nan(), arb.nan())


class _ComplexFunctions:
    """The functions that :mod:`numdiff.evaluate.balls.forms` calls, for acb."""

    def __init__(self) -> None:
        self.exp, self.expm1, self.ln, self.log1p = acb.exp, acb.expm1, acb.log, acb.log1p
        self.sqrt, self.erf, self.erfc = acb.sqrt, acb.erf, acb.erfc
        self.sin, self.cos, self.tan = acb.sin, acb.cos, acb.tan
        self.asin, self.acos, self.atan = acb.asin, acb.acos, acb.atan
        self.sinh, self.cosh, self.tanh = acb.sinh, acb.cosh, acb.tanh
        self.asinh, self.acosh, self.atanh = acb.asinh, acb.acosh, acb.atanh
        self.gamma, self.lgamma = acb.gamma, special.complex_lgamma
        self.digamma, self.trigamma = acb.digamma, special.complex_trigamma
        self.sinc, self.sinc_slope = acb.sinc, special.sinc_slope
        self.pi, self.e = arb.pi, arb.const_e

    def real(self, u: Element) -> acb:
        """Return the element as acb."""
        return u if type(u) is acb else acb(u)

    def is_right(self, u: acb) -> bool:
        """Return whether the midpoint lies right of the imaginary axis."""
        return bool(u.real.mid() > 0)


_COMPLEX = _ComplexFunctions()


def _odd_root(u: acb, n: int) -> acb:
    """Continue the real root on either side of 0."""
    if u.real > 0:
        return u.root(n)
    return -(-u).root(n) if u.real < 0 else _NAN


def _rational_power(u: acb, exponent: tuple[int, int]) -> acb:
    p, q = exponent
    return _odd_root(u, q) ** p


def _power(u: Element, w: Element) -> acb:
    return _COMPLEX.real(u) ** _COMPLEX.real(w)


_OPERATIONS: Mapping[str, Callable[..., acb]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": lambda u, w: _COMPLEX.real(u) / _COMPLEX.real(w),
    "neg": operator.neg,
    "power": _power,
    "log": lambda u, b: _COMPLEX.real(u).log() / _COMPLEX.real(b).log(),
    "cbrt": lambda u: _odd_root(u, 3),
}

_WITH_PARAMETER: Mapping[str, Callable[[acb, Any], acb]] = {
    "power_integer": operator.pow,
    "power_rational": _rational_power,
    "root_odd": _odd_root,
    "root_even": acb.root,
}


def complex_operation(instruction: Instruction) -> Callable[..., acb]:
    """Return the function that computes the instruction when at least one operand is complex."""
    op, parameter = instruction.op, instruction.parameter
    if op in _WITH_PARAMETER:
        function = _WITH_PARAMETER[op]
        return lambda u: function(u, parameter)
    if op in _OPERATIONS:
        return _OPERATIONS[op]
    if op == "piecewise" or not row(op).is_analytic:
        return lambda *_: _NAN
    smooth = forms.value(op)
    return lambda u: smooth(_COMPLEX, u)
