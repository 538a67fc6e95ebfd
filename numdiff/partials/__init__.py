"""Functions of several variables: partial derivatives, gradient, Jacobian, Hessian, the derivative in a direction."""

from numdiff.partials.first import directional_derivative, gradient, jacobian, partial
from numdiff.partials.result import PartialsResult
from numdiff.partials.second import hessian

__all__ = ["PartialsResult", "directional_derivative", "gradient", "hessian", "jacobian", "partial"]
