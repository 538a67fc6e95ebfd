"""The names of a reference's numbers, and the answer that there is none."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, get_args

Rational: TypeAlias = Any
"""An exact rational number."""

Number: TypeAlias = Any
"""A rational number, or a real number known up to a bound."""

Reason: TypeAlias = Literal[
    "",
    "not_differentiable",
    "outside_domain",
    "overflow",
    "step_underflow",
    "step_lost",
    "undecidable",
    "not_analytic",
    "no_complex_dtype",
    "no_exact_reference",
]
"""Why a number of :class:`numdiff.ErrorSweep` is missing or worthless, which describes each; "" where it is not."""

REASONS: tuple[Reason, ...] = get_args(Reason)

DOMAIN = frozenset({"domain", "pole"})
"""Reasons for a missing value that have to do with f itself, not with its derivative."""


class NoValueError(ArithmeticError):
    """There is no value, or none that can be decided; ``reason`` is a code of :class:`numdiff.ErrorSweep`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
