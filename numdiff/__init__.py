"""Numerical differentiation: typed formulas, difference schemes, exact derivatives and the error between them."""

from numdiff.blackbox.dual_number import Dual
from numdiff.derivation.chain.build import chain
from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.chain.choice import ChainError
from numdiff.derivation.equivalent import equivalent
from numdiff.derivation.export.script import export_python
from numdiff.derivation.export.text_files import export_latex, export_markdown
from numdiff.derivation.relation.ask import Note, ProofStep, Relation, in_terms_of_itself
from numdiff.derivation.steps import Check, Condition, Line, Step, TidyStep, Verification
from numdiff.derivation.work import Derivation, differentiate
from numdiff.derivative.any_order import derivative, second_derivative
from numdiff.derivative.result import DerivativeResult, Reason, Status
from numdiff.derivative.richardson import RichardsonTable, richardson_table
from numdiff.derivative.samples import derivative_of_samples
from numdiff.difference.complex_step import complex_step
from numdiff.difference.schemes import SCHEMES, Scheme, difference, finite_difference_weights, numerical_derivative
from numdiff.error.advice import BestStep, Verdict, crossover, explain, measured_best, rule
from numdiff.error.model import OptimalStep, optimal_step, taylor_terms
from numdiff.error.orders import FittedOrder
from numdiff.error.point import Point, Side, Sides, one_sided_slopes, point_kind
from numdiff.error.substitution import Substitution, substitution
from numdiff.error.sweep import DEFAULT_STEPS, ErrorSweep, error_sweep
from numdiff.error.tangent import Tangent, tangent
from numdiff.exact import ExactNumber, exact_derivative
from numdiff.function import Function, parse
from numdiff.gradient.check.check import Band, GradCheck, VariableCheck, gradcheck
from numdiff.gradient.check.edges import EdgeCheck
from numdiff.gradient.check.kinks import Kink
from numdiff.gradient.check.sweep import GradCheckSweep, gradcheck_sweep
from numdiff.gradient.first import directional_derivative, gradient, jacobian, partial
from numdiff.gradient.products import hvp, jvp, vjp
from numdiff.gradient.result import PartialsResult
from numdiff.gradient.second import hessian
from numdiff.graph.build import Graph, graph
from numdiff.graph.nodes import GraphEdge, GraphNode
from numdiff.graph.trace import TraceRow, TraceTerm
from numdiff.naming import VariableError
from numdiff.notation.errors import InputError

__version__ = "0.1.0"

__all__ = [
    "DEFAULT_STEPS",
    "SCHEMES",
    "Band",
    "BestStep",
    "Chain",
    "ChainError",
    "Check",
    "Condition",
    "Derivation",
    "DerivativeResult",
    "Dual",
    "EdgeCheck",
    "ErrorSweep",
    "ExactNumber",
    "FittedOrder",
    "Function",
    "GradCheck",
    "GradCheckSweep",
    "Graph",
    "GraphEdge",
    "GraphNode",
    "InputError",
    "Kink",
    "Line",
    "Note",
    "OptimalStep",
    "PartialsResult",
    "Point",
    "ProofStep",
    "Reason",
    "Relation",
    "RichardsonTable",
    "Scheme",
    "Side",
    "Sides",
    "Status",
    "Step",
    "Substitution",
    "Tangent",
    "TidyStep",
    "TraceRow",
    "TraceTerm",
    "VariableCheck",
    "VariableError",
    "Verdict",
    "Verification",
    "__version__",
    "chain",
    "complex_step",
    "crossover",
    "derivative",
    "derivative_of_samples",
    "difference",
    "differentiate",
    "directional_derivative",
    "equivalent",
    "error_sweep",
    "exact_derivative",
    "explain",
    "export_latex",
    "export_markdown",
    "export_python",
    "finite_difference_weights",
    "gradcheck",
    "gradcheck_sweep",
    "gradient",
    "graph",
    "hessian",
    "hvp",
    "in_terms_of_itself",
    "jacobian",
    "jvp",
    "measured_best",
    "numerical_derivative",
    "one_sided_slopes",
    "optimal_step",
    "parse",
    "partial",
    "point_kind",
    "richardson_table",
    "rule",
    "second_derivative",
    "substitution",
    "tangent",
    "taylor_terms",
    "vjp",
]
