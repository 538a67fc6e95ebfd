"""Functions of several variables: partial derivatives, gradient, Jacobian, Hessian, the derivative in a direction."""
