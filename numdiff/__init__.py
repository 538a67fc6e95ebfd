"""Numerical differentiation: notation, values, difference schemes and their errors."""

from numdiff.function import Function, parse
from numdiff.notation.errors import InputError

__all__ = ["Function", "InputError", "parse"]
