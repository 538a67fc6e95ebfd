"""Arithmetic that proves: exact rationals and balls, their derivatives and power series."""
