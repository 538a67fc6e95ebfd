"""Numerical differentiation: typed formulas, difference schemes, exact derivatives and the error between them."""

from numdiff.exact import ExactNumber, exact_derivative
from numdiff.function import Function, parse
from numdiff.model import OptimalStep, optimal_step, taylor_terms
from numdiff.notation.errors import InputError
from numdiff.schemes import SCHEMES, Scheme, difference, finite_difference_weights, numerical_derivative
from numdiff.sweep import ErrorSweep, error_sweep

__all__ = [
    "SCHEMES",
    "ErrorSweep",
    "ExactNumber",
    "Function",
    "InputError",
    "OptimalStep",
    "Scheme",
    "difference",
    "error_sweep",
    "exact_derivative",
    "finite_difference_weights",
    "numerical_derivative",
    "optimal_step",
    "parse",
    "taylor_terms",
]
