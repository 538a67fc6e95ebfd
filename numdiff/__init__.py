"""Numerical differentiation: typed formulas, difference schemes, exact derivatives and the error between them."""

from numdiff.exact import ExactNumber, exact_derivative
from numdiff.function import Function, parse
from numdiff.model import OptimalStep, optimal_step, taylor_terms
from numdiff.notation.errors import InputError
from numdiff.orders import FittedOrder
from numdiff.schemes import SCHEMES, Scheme, difference, finite_difference_weights, numerical_derivative
from numdiff.sides import Point, Side, Sides, one_sided_slopes, point_kind
from numdiff.substitution import Substitution, substitution
from numdiff.sweep import DEFAULT_STEPS, ErrorSweep, error_sweep
from numdiff.tangent import Tangent, tangent
from numdiff.verdict import BestStep, Verdict, crossover, explain, measured_best, rule

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
    "Point",
    "Scheme",
    "Side",
    "Sides",
    "Substitution",
    "Tangent",
    "Verdict",
    "crossover",
    "difference",
    "error_sweep",
    "exact_derivative",
    "explain",
    "finite_difference_weights",
    "measured_best",
    "numerical_derivative",
    "one_sided_slopes",
    "optimal_step",
    "parse",
    "point_kind",
    "rule",
    "substitution",
    "tangent",
    "taylor_terms",
]
