"""Numerical differentiation: notation, values, difference schemes and their errors."""
