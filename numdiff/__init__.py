"""Numerical differentiation: typed formulas, difference schemes, exact derivatives and the error between them."""

from numdiff.exact import ExactNumber, exact_derivative
from numdiff.function import Function, parse
from numdiff.model import OptimalStep, optimal_step, taylor_terms
from numdiff.notation.errors import InputError
from numdiff.orders import FittedOrder
from numdiff.schemes import SCHEMES, Scheme, difference, finite_difference_weights, numerical_derivative
from numdiff.substitution import Substitution, substitution
from numdiff.sweep import DEFAULT_STEPS, ErrorSweep, error_sweep
from numdiff.verdict import BestStep, Verdict, crossover, explain, measured_best

__all__ = [
    "DEFAULT_STEPS",
    "SCHEMES",
    "BestStep",
    "ErrorSweep",
    "ExactNumber",
    "FittedOrder",
    "Function",
    "InputError",
    "OptimalStep",
    "Scheme",
    "Substitution",
    "Verdict",
    "crossover",
    "difference",
    "error_sweep",
    "exact_derivative",
    "explain",
    "finite_difference_weights",
    "measured_best",
    "numerical_derivative",
    "optimal_step",
    "parse",
    "substitution",
    "taylor_terms",
]
